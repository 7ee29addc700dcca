"""Asking for the seal: what the documents will print is fixed in the transaction that asks, a job makes them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import Refused
from assess.core.reasons import MAX_PRINTED_REASON_LENGTH, checked_reason
from assess.core.runs.kinds import RunKind
from assess.core.seals.kinds import not_issued
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.services import audit, jobs, runs
from assess.services.cycles import taken
from assess.services.runs.releasing import check_fit
from assess.services.seals.sealing import KIND
from assess.services.years import year_of
from assess.store.models import SealOrder
from assess.store.queries import runs as run_queries
from assess.store.queries import seals as queries
from assess.store.queries.corrections import waiting_for_run
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import RunRow
from assess.store.queries.seals import SealRow
from assess.store.session import Session, flush

CHANCE: Final = 32
UNDER_WAY: Final = Text("正在封存，请等待完成。", "The results are already being sealed. Wait until this is complete.")
NOTHING_RELEASED: Final = Text(
    "尚未公示计分结果，不能封存，请先发布公示。",
    "No provisional result was released, so nothing can be sealed. Release a run first.",
)
NOT_IN_RUN: Final = Text(
    "有{count}项申诉处理决定或更正尚未计入任何一次计分，不能封存，请先重新计分。",
    "Decisions or corrections not yet part of any run: {count}. Nothing can be sealed. Score again first.",
)
NOTHING_NEW: Final = Text(
    "最新一次计分（第{run}次）已封存为第{edition}版，没有可封存的更正。如需更正，请先更正并重新计分。",
    "Run {run}, the newest, is sealed as edition {edition}, so there is no correction to seal. "
    "Correct what is wrong and score again first.",
)
NO_REASON: Final = Text(
    "请填写更正理由，该理由将印在新版的每份文件上。",
    "Enter the reason. It is printed on every document of the new edition.",
)
NOT_CONFIRMED: Final = Text(
    "{what}尚未封存。仍要封存的，请填写理由（记入日志）；否则请先发布正式的评分表，重新计分并发布。",
    "{what} Nothing was sealed. To seal anyway, enter the reason, which is recorded in the log. "
    "Otherwise publish the rule sheet as issued, score again and release that run.",
)


def seal_cycle(
    session: Session, actor: Actor, *, cycle: CycleRow, address: str, now: datetime, reason: str = "",
    unissued: str = "",
) -> int:  # fmt: skip
    """Have the results sealed; the number of the job.

    The first edition is of the run that was released last. A later one replaces the edition before it, is of the
    newest run, and says why. `address` is where people reach the service; the documents print it for the check page.
    `unissued` is why it is sealed although the rule sheet is a draft, or a demonstration in a year that is none.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, it is under way, the run may not count, or a reason is missing (`reason`,
            `unissued`).
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(taken(session, cycle).stage), Act.SEAL)
    open_orders = queries.open_orders(session, cycle=cycle.id)
    if any(each.job and each.job.is_under_way for each in open_orders):
        raise Refused(UNDER_WAY)
    before = next(iter(queries.seals_of(session, cycle=cycle.id)), None)
    run, said = run_to_seal(session, cycle, before), reason_in(reason, before)
    check_fit(session, cycle, run)
    confirmed = confirmed_in(unissued, unissued_sheet(session, cycle))
    edition = 1 if before is None else before.edition + 1
    order = SealOrder(
        cycle_id=cycle.id, run_id=run.id, edition=edition, replaces=None if before is None else before.edition,
        reason=said, unissued=confirmed, chance=secrets.token_hex(CHANCE), log_head=queries.log_head(session),
        address=address,
        asked_by=actor.account, asked_at=now.replace(microsecond=0),
    )  # fmt: skip
    session.add(order)
    flush(session)
    order.job = job = jobs.ask(session, actor, kind=KIND, arguments={"order": order.id}, now=now)
    flush(session)
    told = {"run": run.number, "reason": said or None, "unissued": confirmed, "log": order.log_head}
    audit.record(session, actor, subject=f"seal:{cycle.year}/{edition}", action="asked", new=told, now=now)
    return job


def run_to_seal(session: Session, cycle: CycleRow, before: SealRow | None) -> RunRow:
    """The released run for a first edition, the newest for a later one and where a correction came after the release.

    Raises:
        Refused: nothing was released, or the newest run is sealed already or does not contain all that was put right.
    """
    released = runs.released_run(session, cycle)
    if released is None:
        raise Refused(NOTHING_RELEASED)
    if before is None and not waiting_for_run(session, cycle=cycle.id, run=released[1].id):
        return released[1]
    newest = run_queries.newest_run(session, cycle=cycle.id, kind=RunKind.WORKING) or released[1]
    waiting = waiting_for_run(session, cycle=cycle.id, run=newest.id)
    if waiting:
        raise Refused(NOT_IN_RUN.format(count=len(waiting)))
    if (same := nothing_new(before, newest)) is not None:
        raise Refused(same)
    return newest


def nothing_new(before: SealRow | None, newest: RunRow | None) -> Text | None:
    """Why no edition replaces the one before: it is of the newest run; None where another can."""
    if before is None or newest is None or newest.id != before.run:
        return None
    return NOTHING_NEW.format(run=newest.number, edition=before.edition)


def reason_in(text: str, before: SealRow | None) -> str:
    """Why an edition replaces another; nothing for a first one.

    Raises:
        Refused: with the field `reason`, where it is missing or too long.
    """
    said = " ".join(text.split())
    return checked_reason(said, missing=NO_REASON, most=MAX_PRINTED_REASON_LENGTH) if before is not None else ""


def unissued_sheet(session: Session, cycle: CycleRow) -> Text | None:
    """Why the rule sheet of a year should not be sealed by; None where it may (2 queries)."""
    return not_issued(year_of(session, cycle).sheet.standing, demonstration=cycle.demonstration)


def confirmed_in(text: str, against: Text | None) -> str | None:
    """Why a result is sealed although its rule sheet is not issued; None where nothing stands against it.

    Raises:
        Refused: with the field `unissued`, where it is missing or too long.
    """
    said = " ".join(text.split())
    if against is None:
        return None
    missing = NOT_CONFIRMED.format(what=against)
    return checked_reason(said, field="unissued", missing=missing, most=MAX_PRINTED_REASON_LENGTH)
