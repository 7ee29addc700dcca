"""The first and the last day of each stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.errors import Refused
from assess.core.reasons import checked_reason, optional_reason
from assess.core.stages.ends import check_not_shortened
from assess.core.stages.timeline import MISSING, StageSpan, check_spans
from assess.core.text import Text
from assess.core.workflow import DATED, Act, Stage, check_allowed
from assess.services import audit, cycles
from assess.store.models import StageDate
from assess.store.queries import stages
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

SAME_DATES: Final = Text("日期没有变化，无需保存。", "The dates are unchanged. There is nothing to save.")
FAR: Final = Text("须在{first}年或{last}年内。", "The date must be in {first} or {last}.")
NO_REASON: Final = Text(
    "年度已启动，调整日期请填写理由。", "The year is open. Enter the reason for changing its dates."
)


Days = tuple[date | None, date | None]
"""The first and the last day of a stage, as far as they are given."""


def set_dates(
    session: Session, actor: Actor, *, cycle: CycleRow, spans: Mapping[Stage, Days | None], now: datetime,
    seen: int | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Give the stages their first and last days; of a year that is open none may be missing, and a reason is needed.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, the days are not in order, nothing changes, a time that is running would
            end earlier, or a reason is missing.
        Stale: somebody else changed the year since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
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
    why = checked_reason(reason, missing=NO_REASON) if cycle.opened else optional_reason(reason)
    old = stages.spans_of(session, cycle.id)
    if given == {stage: span for stage, span in old.items() if stage in DATED}:
        raise Refused(SAME_DATES)
    if cycle.opened:
        check_not_shortened(Stage(row.stage), last_days(old), last_days(given))
    cycles.count_change(session, row, seen)
    write_dates(session, cycle.id, given)
    told = {**as_json(given), "reason": why or None}
    audit.record(session, actor, subject=f"dates:{cycle.year}", action="set", old=as_json(old), new=told, now=now)


def check_near(spans: Mapping[Stage, StageSpan], year: int) -> None:
    """Let days pass that lie in the year or the next.

    Raises:
        Refused: some do not; says each at its field.
    """
    fields = {f"{stage}_{end}": day for stage, span in spans.items() for end, day in span._asdict().items()}
    far = {name: FAR.format(first=year, last=year + 1) for name, day in fields.items() if day.year - year not in (0, 1)}
    if far:
        raise Refused(next(iter(far.values())), far)


def span_of(stage: Stage, begins: date | None, ends: date | None) -> StageSpan | None:
    """The days of a stage; None where none was given.

    Raises:
        Refused: only one of them was.
    """
    if begins is None and ends is None:
        return None
    if begins is None or ends is None:
        raise cycles.refused(f"{stage}_{'begins' if begins is None else 'ends'}", MISSING)
    return StageSpan(begins, ends)


def write_dates(session: Session, cycle: int, spans: Mapping[Stage, StageSpan]) -> None:
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


def last_days(spans: Mapping[Stage, StageSpan]) -> dict[Stage, date]:
    """The last day of each stage."""
    return {stage: span.ends for stage, span in spans.items()}


def as_json(spans: Mapping[Stage, StageSpan]) -> dict[str, Any]:
    """Dates as the log tells them."""
    return {stage.value: [day.isoformat() for day in span] for stage, span in spans.items()}
