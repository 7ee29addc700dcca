"""The stages of a year: their dates, what must be there before it opens, and its moves from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from assess.core.actors import Actor, Role
from assess.core.appeals.states import AppealState
from assess.core.calendar import accepted_by_silence, day_of
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.timeline import DATED, MISSING, Span, check_spans
from assess.core.workflow import Act, Stage, Submission, check_allowed, move, moves_from
from assess.services import audit, cycles
from assess.services.readiness import check_ready
from assess.services.task_lists import lay_obligations_anew
from assess.services.years import year_of
from assess.store.base import Json
from assess.store.models import Cycle, StageDate, StageMove
from assess.store.queries import appeals, corrections, stages
from assess.store.queries.cycles import CycleRow
from assess.store.queries.releases import releases_of
from assess.store.session import Session, flush

SAME_DATES: Final = Text("日期没有变化，没有需要保存的内容。", "The dates are as they were: nothing to save.")
FAR: Final = Text("须在 {first} 年或 {last} 年内", "this must lie in {first} or {last}")
NO_REASON: Final = Text("年度已开始，调整日期请说明理由", "the year is open: give the reason for changing its dates")
OPEN_APPEALS: Final = Text(
    "还有 {count} 项申诉未裁定，不能定稿：请先逐项裁定。",
    "{count} appeals are not decided yet, so the result cannot become final: rule on them first.",
)
OPEN_CORRECTIONS: Final = Text(
    "还有 {count} 项依职权更正待确认，不能定稿：请先确认或不予批准。",
    "{count} corrections wait for a second person, so the result cannot become final: confirm or refuse them first.",
)
NOT_IN_RESULT: Final = Text(
    "有 {count} 项裁定或更正尚未计入公示结果，不能定稿：请重新计分并发布。",
    "{count} rulings or corrections are not part of the released result, so it cannot become final: score again and "
    "release the new run.",
)


Days = tuple[date | None, date | None]
"""The first and the last day of a stage, as far as they are given."""


@dataclass(frozen=True)
class Unfinished:
    """What is open in a stage: units by the state of their form, and requests nobody decided on."""

    draft: tuple[str, ...]
    submitted: tuple[str, ...]
    returned: tuple[str, ...]
    exemptions: int
    exclusions: int


def set_dates(
    session: Session, actor: Actor, *, cycle: CycleRow, spans: Mapping[Stage, Days | None], now: datetime,
    seen: int | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Give the stages their first and last days; of a year that is open none may be missing, and a reason is needed.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, the days are not in order, nothing changes, or a reason is missing.
        Stale: somebody else changed the year since it was seen.
    """
    actor.check_role(Role.OFFICE)
    row = cycles.taken(session, cycle)
    check_allowed(Stage(row.stage), Act.SCHEDULE)
    given = {
        stage: span for stage in DATED if (span := span_of(stage, *(spans.get(stage) or (None, None)))) is not None
    }
    if cycle.opened and len(given) < len(DATED):
        missing = next(stage for stage in DATED if stage not in given)
        raise cycles.refused(f"{missing}_begins", MISSING)
    check_near(given, cycle.year)
    check_spans(given)
    if cycle.opened and not reason.strip():
        raise cycles.refused("reason", NO_REASON)
    old = stages.spans_of(session, cycle.id)
    if given == {stage: span for stage, span in old.items() if stage in DATED}:
        raise Refused(SAME_DATES)
    cycles.count_change(session, row, seen)
    write_dates(session, cycle.id, given)
    told = {**as_json(given), "reason": reason.strip() or None}
    audit.record(session, actor, subject=f"dates:{cycle.year}", action="set", old=as_json(old), new=told, now=now)


def check_near(spans: Mapping[Stage, Span], year: int) -> None:
    """Let days pass that lie in the year or the next.

    Raises:
        Refused: some do not; says each at its field.
    """
    fields = {f"{stage}_{end}": day for stage, span in spans.items() for end, day in span._asdict().items()}
    far = {name: FAR.filled(first=year, last=year + 1) for name, day in fields.items() if day.year - year not in (0, 1)}
    if far:
        raise Refused(next(iter(far.values())), far)


def span_of(stage: Stage, begins: date | None, ends: date | None) -> Span | None:
    """The days of a stage; None where none was given.

    Raises:
        Refused: only one of them was.
    """
    if begins is None and ends is None:
        return None
    if begins is None or ends is None:
        raise cycles.refused(f"{stage}_{'begins' if begins is None else 'ends'}", MISSING)
    return Span(begins, ends)


def write_dates(session: Session, cycle: int, spans: Mapping[Stage, Span]) -> None:
    """Have the stages bear exactly these dates."""
    rows = stages.date_models(session, cycle)
    for stage in DATED:
        span, row = spans.get(stage), rows.get(stage)
        if span is None and row is not None:
            session.delete(row)
        elif span is not None and row is not None:
            row.begins, row.ends = span
        elif span is not None:
            session.add(StageDate(cycle_id=cycle, stage=stage, begins=span.begins, ends=span.ends))
    flush(session)


def as_json(spans: Mapping[Stage, Span]) -> dict[str, Any]:
    """Dates as the log tells them."""
    return {stage.value: [day.isoformat() for day in span] for stage, span in spans.items()}


def unfinished(session: Session, cycle: CycleRow) -> Unfinished:
    """What is open now (2 queries)."""
    by_state = stages.units_by_state(session, cycle.id)
    exemptions, exclusions = stages.open_requests(session, cycle.id)
    return Unfinished(
        by_state[Submission.DRAFT],
        by_state[Submission.SUBMITTED],
        by_state[Submission.RETURNED],
        exemptions,
        exclusions,
    )


def move_year(
    session: Session, actor: Actor, *, cycle: CycleRow, to: Stage, now: datetime, seen: int | None = None,
    reason: str = "",
) -> StageMove:  # fmt: skip
    """Take a year to its next stage, or back to an earlier one with a reason; out of the first one it opens.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there is no such move, a step back has no reason, or something is missing without which no year opens.
        Stale: somebody else changed the year since it was seen.
    """
    actor.check_role(Role.OFFICE)
    row = cycles.taken(session, cycle)
    origin = Stage(row.stage)
    cycles.count_change(session, row, seen)
    target = move(origin, to, reason)
    if target is Stage.FINAL:
        check_decided(session, cycle)
    if origin is Stage.PREPARING:
        check_ready(session, cycle)
        open_to_units(session, cycle, row, now)
    row.stage = target
    accepted = accepted_by_then(session, cycle, target, now)
    step = StageMove(
        cycle_id=cycle.id, origin=origin, target=target, reason=reason.strip() or None, accepted=accepted,
        moved_by=actor.account, moved_at=now,
    )  # fmt: skip
    session.add(step)
    flush(session)
    new = {"stage": target.value, "reason": step.reason, "accepted": accepted}
    audit.record(
        session, actor, subject=f"cycle:{cycle.year}", action="moved", old={"stage": origin.value}, new=new, now=now
    )
    return step


def open_to_units(session: Session, cycle: CycleRow, row: Cycle, now: datetime) -> None:
    """Let the units in, each with the obligations that the task list lays on it."""
    lay_obligations_anew(session, cycle, year_of(session, cycle), now)
    row.opened_at = row.opened_at or now


def check_decided(session: Session, cycle: CycleRow) -> None:
    """Let a result become final once nothing waits: no appeal, no correction, and no decision for a new run.

    Raises:
        Refused: something does; says how many.
    """
    if (lodged := appeals.counts_by_state(session, cycle=cycle.id)[AppealState.LODGED]) != 0:
        raise Refused(OPEN_APPEALS.filled(count=lodged))
    if (proposed := corrections.open_proposals(session, cycle=cycle.id)) != 0:
        raise Refused(OPEN_CORRECTIONS.filled(count=proposed))
    released = next(iter(releases_of(session, cycle=cycle.id)), None)
    waiting = [] if released is None else corrections.waiting_for_run(session, cycle=cycle.id, run=released.run)
    if waiting:
        raise Refused(NOT_IN_RESULT.filled(count=len(waiting)))


def check_way(stage: Stage, to: Stage) -> None:
    """Let a move be looked at that can be made.

    Raises:
        Refused: a year cannot go from the stage to the other.
    """
    if to not in moves_from(stage):
        move(stage, to, "")


def accepted_by_then(session: Session, cycle: CycleRow, target: Stage, now: datetime) -> Json | None:
    """Whose silence counts as acceptance: units that appealed against nothing, or sent no returned form again."""
    answer = Act.APPEAL if target is Stage.FINAL else Act.RESUBMIT
    told = accepted_by_silence(answer, target, cycle.ends, day_of(now))
    if told is None:
        return None
    if answer is Act.APPEAL:
        silent = appeals.silent_units(session, cycle=cycle.id)
    else:
        silent = stages.units_by_state(session, cycle.id)[Submission.RETURNED]
    return {"answer": answer.value, "words": list(told), "units": list(silent)} if silent else None
