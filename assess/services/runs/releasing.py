"""Which run counts: the office releases one for the notice, and a later one after rulings; both stay readable."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import Refused
from assess.core.runs.kinds import RunKind, RunStanding
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed, first_stage_of, is_allowed
from assess.services import audit
from assess.services.cycles import taken
from assess.services.runs.reading import run_of
from assess.services.stages.moving import check_time_to_appeal, move_year
from assess.services.years import year_of
from assess.store.models import Release
from assess.store.queries import releases
from assess.store.queries import runs as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.releases import ReleaseRow
from assess.store.queries.runs import RunRow
from assess.store.session import Session, flush

IS_INTERIM: Final = Text(
    "阶段排名不能作为公示结果发布，请先进行正式计分。",
    "An interim ranking cannot be released. Score the year first.",
)
SUPERSEDED: Final = Text(
    "这次计分已由第{number}次取代，请发布最新一次。", "This run was replaced by run {number}. Release the newest run."
)
BLOCKED: Final = Text(
    "有{count}个单位因缺数据没有总分，不能公示，请补齐数据后重新计分。",
    "Units without a total because data is missing: {count}. Nothing can be released. Supply the "
    "data, then score again.",
)
OTHER_RULES: Final = Text(
    "计分后评分表已修改，请按现行评分表重新计分后发布。",
    "The rule sheet was changed after this run. Score again by the current rule sheet.",
)
RELEASED: Final = Text("这次计分已经发布。", "This run is already released.")


def release_provisional(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, now: datetime, seen: int | None = None,
    words: str = "",
) -> Release:  # fmt: skip
    """Make a run the notice of the year; out of verifying the year moves to its notice in the same step.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such run.
        Refused: the stage does not allow it, or its last day has not passed; the time to appeal is over; the run is
            interim, superseded, made by other rules or released already; or units are blocked.
        Stale: somebody else changed the year since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
    run = run_of(session, cycle=cycle, number=number)
    check_fit(session, cycle, run)
    if Stage(taken(session, cycle).stage).is_moved_on_by_release:
        move_year(session, actor, cycle=cycle, to=first_stage_of(Act.RELEASE), now=now, seen=seen)
    check_allowed(Stage(taken(session, cycle).stage), Act.RELEASE)
    before = releases.releases_of(session, cycle=cycle.id)
    if before and before[0].run == run.id:
        raise Refused(RELEASED)
    if not before:
        check_time_to_appeal(session, cycle, now)
    return release(session, actor, cycle=cycle, run=run, standing=RunStanding.PROVISIONAL, words=words, now=now)


def check_fit(session: Session, cycle: CycleRow, run: RunRow) -> None:
    """Let a run pass that may count (3 queries).

    Raises:
        Refused: it may not; says why.
    """
    if run.kind is not RunKind.WORKING:
        raise Refused(IS_INTERIM)
    newest = queries.newest_run(session, cycle=cycle.id, kind=RunKind.WORKING)
    if newest is not None and newest.id != run.id:
        raise Refused(SUPERSEDED.format(number=newest.number))
    if run.blocked:
        raise Refused(BLOCKED.format(count=run.blocked))
    if year_of(session, cycle).digest != run.rule_digest:
        raise Refused(OTHER_RULES)


def release(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    run: RunRow,
    standing: RunStanding,
    now: datetime,
    words: str = "",
) -> Release:
    """Note that a run counts from now on; whoever calls this has checked that it may."""
    row = Release(
        cycle_id=cycle.id, run_id=run.id, standing=standing.value, words=words.strip(),
        move_id=releases.notice_move(session, cycle=cycle.id), released_by=actor.account, released_at=now,
    )  # fmt: skip
    session.add(row)
    flush(session)
    told = {"standing": standing.value, "words": row.words or None}
    audit.record(session, actor, subject=f"run:{cycle.year}/{run.number}", action="released", new=told, now=now)
    return row


def notices_of(session: Session, cycle: CycleRow) -> list[ReleaseRow]:
    """What was released for the notice that stands, newest first; none where the stage shows no results (1 query)."""
    return releases.releases_of(session, cycle=cycle.id) if is_allowed(cycle.stage, Act.SEE_OWN) else []


def notice_of(session: Session, cycle: CycleRow) -> ReleaseRow | None:
    """The release that counts now, None where nothing is released or the stage shows no results (at most 1 query)."""
    return next(iter(notices_of(session, cycle)), None)


def released_run(session: Session, cycle: CycleRow) -> tuple[ReleaseRow, RunRow] | None:
    """The release that counts now, and its run (at most 2 queries)."""
    notice = notice_of(session, cycle)
    run = None if notice is None else queries.run_at(session, run=notice.run)
    return None if notice is None or run is None else (notice, run)
