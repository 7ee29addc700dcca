"""A year goes from stage to stage: on after the last day, early or to its end with two people, back with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.appeals.states import AppealState
from assess.core.calendar import ACCEPTED, day_of, end_of
from assess.core.errors import Refused
from assess.core.reasons import optional_reason
from assess.core.stages.ends import WITHDREW, StageEnding, ending_of, silence_after
from assess.core.text import Text
from assess.core.workflow import Act, Request, Stage, SubmissionState, last_stage_of, move, moves_from
from assess.services import audit, cycles
from assess.services.set_up.readiness import check_ready
from assess.services.stages.closing import check_sealed
from assess.services.stages.dates import last_days
from assess.services.task_lists import rebuild_obligations
from assess.services.years import year_of
from assess.store.base import Json
from assess.store.models import Cycle, StageMove
from assess.store.queries import appeals, corrections, stages
from assess.store.queries.cycles import CycleRow
from assess.store.queries.releases import releases_of
from assess.store.queries.reopenings import open_reopenings
from assess.store.session import Session, flush

OPEN_APPEALS: Final = Text(
    "还有{count}项申诉未处理，不能定稿，请先逐项处理。",
    "Appeals not decided yet: {count}. The result cannot become final. Decide them first.",
)
OPEN_CORRECTIONS: Final = Text(
    "还有{count}项依职权更正待确认，不能定稿，请先确认或不予批准。",
    "Corrections waiting for a second person: {count}. The result cannot become final. Confirm or reject them first.",
)
NOT_IN_RESULT: Final = Text(
    "有{count}项申诉处理决定或更正尚未计入公示结果，不能定稿，请重新计分并发布。",
    "Decisions or corrections not yet part of the released result: {count}. It cannot become final. "
    "Score again and release the new run.",
)
NOTHING_RELEASED: Final = Text(
    "尚未发布公示结果，不能定稿，请先发布一次计分，供各单位查看和申诉。",
    "No result was released, so the year cannot become final. Release a run first, so that units can "
    "see it and appeal.",
)
TIME_OVER: Final = Text(
    "申诉期限（{day}）已过，公示后各单位将无法申诉，年度没有转阶段。请先调整各阶段日期。",
    "The appeal period ended on {day}, so units could not appeal against a released result. The year "
    "was not moved. Change the dates of the stages first.",
)


@dataclass(frozen=True)
class Unfinished:
    """What is open in a stage: units by the state of their form, and what nobody decided on.

    `exemptions` and `exclusions` are counts, `move` the row of a move that waits for a second person.
    """

    draft: tuple[str, ...]
    submitted: tuple[str, ...]
    returned: tuple[str, ...]
    exemptions: int
    exclusions: int
    move: int | None


def unfinished(session: Session, cycle: CycleRow) -> Unfinished:
    """What is open now (2 queries)."""
    by_state = stages.units_by_state(session, cycle.id)
    draft, submitted, returned = (
        by_state[each] for each in (SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.RETURNED)
    )
    return Unfinished(draft, submitted, returned, *stages.open_requests(session, cycle.id))


def move_year(
    session: Session, actor: Actor, *, cycle: CycleRow, to: Stage, now: datetime, seen: int | None = None,
    reason: str = "",
) -> StageMove:  # fmt: skip
    """Take a year to its next stage after the last day of this one, or back with a reason; out of the first it opens.

    Before that day, and to its end, a year goes by `ask_move` and `approve_move`.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there is no such move, a second person must approve it, a step back has no reason, or something is
            missing without which the year cannot come there.
        Stale: somebody else changed the year since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
    row = cycles.taken(session, cycle)
    origin = Stage(row.stage)
    cycles.count_change(session, row, seen)
    target = move(origin, to, reason)
    if (ending := ending_now(session, cycle, origin, target, now)) is not None:
        ending.check_alone()
    step = StageMove(cycle_id=cycle.id, origin=origin, target=target, reason=optional_reason(reason) or None,
                     moved_by=actor.account, moved_at=now)  # fmt: skip
    carry_out(session, actor, cycle, row, step=step, ending=ending)
    return step


def ending_now(session: Session, cycle: CycleRow, origin: Stage, to: Stage, now: datetime) -> StageEnding | None:
    """How a move would end the stage today by the dates as they stand, None for a move back (1 or 2 queries)."""
    ends = last_days(stages.spans_of(session, cycle.id))
    return ending_of(origin, to, ends, day_of(now), reopened_until(session, cycle, origin, now))


def ending_shown(session: Session, cycle: CycleRow, to: Stage, now: datetime) -> StageEnding | None:
    """The same as the page of the year saw its stage and dates (at most 1 query)."""
    return ending_of(cycle.stage, to, cycle.ends, day_of(now), reopened_until(session, cycle, cycle.stage, now))


def reopened_until(session: Session, cycle: CycleRow, stage: Stage, now: datetime) -> list[date]:
    """Until when units and departments may still report, where a move on would end that (at most 1 query)."""
    if not stage.ends_reporting:
        return []
    return [each.until for each in open_reopenings(session, cycle.id, day_of(now))]


def carry_out(
    session: Session, actor: Actor, cycle: CycleRow, row: Cycle, *, step: StageMove, ending: StageEnding | None,
    people: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Take the year to its new stage, and keep what that means: silence after the last day, or an early end.

    Args:
        session: the transaction.
        actor: who takes the last step.
        cycle: the year.
        row: its own row, which nobody else changes meanwhile.
        step: the move.
        ending: how it ends the stage; None for a move back.
        people: names of the two people, `asker` and `approver`, where there were two.

    Raises:
        Refused: something is missing without which the year cannot come there.
    """
    origin, target, today = Stage(step.origin), Stage(step.target), day_of(step.moved_at)
    check_may_come(session, cycle, target, None if ending is None else step.moved_at)
    if origin.is_preparing:
        check_ready(session, cycle)
        rebuild_obligations(session, cycle, year_of(session, cycle), step.moved_at)
        row.opened_at = row.opened_at or step.moved_at
    row.stage = target
    if ending is not None and ending.early:
        step.cut_short = ending.last
    elif ending is not None:
        step.accepted = silence(session, cycle, ending)
    note_ends(session, cycle, step, today)
    withdraw_overtaken(session, actor, cycle, step.moved_at)
    session.add(step)
    flush(session)
    cut = {} if step.cut_short is None else {"cut_short": step.cut_short.isoformat()}
    new = {"stage": target.value, "reason": step.reason, "accepted": step.accepted, **cut, **(people or {})}
    old = {"stage": origin.value}
    audit.record(
        session, actor, subject=f"cycle:{cycle.year}", action="moved", old=old, new=new, now=step.moved_at
    )  # fmt: skip


def note_ends(session: Session, cycle: CycleRow, step: StageMove, today: date) -> None:
    """Note at the dates which stage ended early; one that the year goes back to, or before, ended no more."""
    for stage, dates in stages.date_models(session, cycle.id).items():
        if step.cut_short is not None and stage == step.origin:
            dates.ended = today
        elif not Stage(step.target).is_after(stage):
            dates.ended = None


def withdraw_overtaken(session: Session, actor: Actor, cycle: CycleRow, now: datetime) -> None:
    """Let no request wait for a move that cannot be made any more."""
    waiting = stages.open_move_request(session, cycle=cycle.id)
    if waiting is not None:
        waiting.state, waiting.decided_by, waiting.decided_at = Request.WITHDRAWN.value, actor.account, now
        told = {"state": waiting.state, "stage": str(waiting.target)}
        subject = f"move:{cycle.year}/{waiting.id}"
        audit.record(session, actor, subject=subject, action="overtaken", new=told, now=now)


def check_may_come(session: Session, cycle: CycleRow, target: Stage, now: datetime | None) -> None:
    """Let a year come to a stage where nothing waits; `now` is None for a move back.

    Raises:
        Refused: something does, or the time to appeal against what would be released is over.
    """
    if target.makes_final:
        check_decided(session, cycle)
    if target.is_archived:
        check_sealed(session, cycle)
    if target.publishes and now is not None:
        check_time_to_appeal(session, cycle, now)


def in_the_way(session: Session, cycle: CycleRow, target: Stage, now: datetime) -> Text | None:
    """Why a year cannot come to a stage now, before anybody asks for it; None where it can (at most 4 queries)."""
    try:
        check_may_come(session, cycle, target, now)
    except Refused as declined:
        return declined.what
    return None


def check_time_to_appeal(session: Session, cycle: CycleRow, now: datetime) -> None:
    """Let a result be shown first while units can still appeal against it.

    Raises:
        Refused: the time to appeal is over.
    """
    last = last_days(stages.spans_of(session, cycle.id)).get(last_stage_of(Act.APPEAL))
    if last is not None and day_of(now) > last:
        raise Refused(TIME_OVER.format(day=last))


def check_decided(session: Session, cycle: CycleRow) -> None:
    """Let a result become final that was released, once nothing waits: no appeal, correction or decision for a run.

    Raises:
        Refused: something does; says how many.
    """
    if (lodged := appeals.counts_by_state(session, cycle=cycle.id)[AppealState.LODGED]) != 0:
        raise Refused(OPEN_APPEALS.format(count=lodged))
    if (proposed := corrections.open_proposals(session, cycle=cycle.id)) != 0:
        raise Refused(OPEN_CORRECTIONS.format(count=proposed))
    released = next(iter(releases_of(session, cycle=cycle.id)), None)
    if released is None:
        raise Refused(NOTHING_RELEASED)
    if waiting := corrections.waiting_for_run(session, cycle=cycle.id, run=released.run):
        raise Refused(NOT_IN_RESULT.format(count=len(waiting)))


def check_way(stage: Stage, to: Stage) -> None:
    """Let a move be looked at that can be made.

    Raises:
        Refused: a year cannot go from the stage to the other.
    """
    if to not in moves_from(stage):
        move(stage, to, "")


def silence(session: Session, cycle: CycleRow, ending: StageEnding) -> Json | None:
    """Whose silence counts as acceptance once a stage is over: no appeal, or no returned form sent again (1 query).

    Units that appealed and withdrew it stand apart, since they did not keep silent.
    """
    answer = silence_after(ending.stage, ending.to)
    if answer is None:
        return None
    if answer is Act.APPEAL:
        silent, withdrew = appeals.silent_units(session, cycle=cycle.id)
    else:
        silent, withdrew = (
            stages.not_sent_again(session, cycle.id, None if ending.last is None else end_of(ending.last)),
            (),
        )
    apart = {"withdrew": {"words": list(WITHDREW), "units": list(withdrew)}} if withdrew else {}
    told = {"answer": answer.value, "words": list(ACCEPTED[answer]), "units": list(silent), **apart}
    return told if silent or withdrew else None
