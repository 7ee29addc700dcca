"""The year as one picture: its stages, their days, what each allows and locks, and what silence means at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from assess.core.calendar import ACCEPTED, Due, check_dates, due_on
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import ALLOWED, Act, Stage, last_stage_of

ENDED_EARLY: Final = Text(
    "已于{day}提前结束（原定{last}截止），不视为认可",
    "ended early on {day} (planned for {last}): missing answers do not count as acceptance",
)
ENDS_EARLY: Final = Text("截止日期早于开始日期，请核对。", "The last day is before the first. Check both.")
OVERLAPS: Final = Text(
    "须在“{before}”阶段截止（{day}）之后开始。", "This must begin after the stage {before}, which ends on {day}."
)
MISSING: Final = Text("请填写开始日期和截止日期。", "Enter the first and the last day.")


class StageSpan(NamedTuple):
    """The first and the last day of a stage."""

    begins: date
    ends: date


class Position(StrEnum):
    """Where a stage lies, seen from the stage of the year."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"


@dataclass(frozen=True)
class StageLine:
    """One stage of the picture; `locks` are acts that an earlier stage allowed and this one does not.

    `silence` says what it means that nothing comes in by the last day, or that the stage was ended before it.
    """

    stage: Stage
    position: Position
    span: StageSpan | None
    due: Due | None
    allows: tuple[Act, ...]
    locks: tuple[Act, ...]
    silence: Text | None


def timeline(
    stage: Stage, spans: Mapping[Stage, StageSpan], today: date, ended: Mapping[Stage, date] | None = None
) -> tuple[StageLine, ...]:
    """All stages in order, seen from the one where the year stands; `ended` are days of early ends."""
    return tuple(stage_line(each, stage, spans.get(each), today, (ended or {}).get(each)) for each in Stage)


def stage_line(
    each: Stage, current: Stage, span: StageSpan | None, today: date, ended: date | None = None
) -> StageLine:
    """One stage of the picture."""
    order = list(Stage)
    place = order.index(each) - order.index(current)
    position = Position.CURRENT if place == 0 else Position.DONE if place < 0 else Position.WAITING
    due = due_on(span.ends, today) if span is not None and position is Position.CURRENT else None
    silence = next((told for answer, told in ACCEPTED.items() if last_stage_of(answer) is each), None)
    if ended is not None and span is not None:
        silence = ENDED_EARLY.format(day=ended, last=span.ends)
    return StageLine(each, position, span, due, allowed_in(each), locked_by(each), silence)


def allowed_in(stage: Stage) -> tuple[Act, ...]:
    """What may be done in a stage."""
    return tuple(act for act in Act if stage in ALLOWED[act])


def locked_by(stage: Stage) -> tuple[Act, ...]:
    """What may no longer be done in a stage, though the one before allowed it."""
    order = list(Stage)
    before = order[max(order.index(stage) - 1, 0)]
    return tuple(act for act in allowed_in(before) if stage not in ALLOWED[act])


def lost_by(stage: Stage, to: Stage) -> tuple[Act, ...]:
    """What may be done now and no longer after a move."""
    return tuple(act for act in allowed_in(stage) if to not in ALLOWED[act])


def gained_by(stage: Stage, to: Stage) -> tuple[Act, ...]:
    """What may be done after a move and not yet."""
    return tuple(act for act in allowed_in(to) if stage not in ALLOWED[act])


def check_spans(spans: Mapping[Stage, StageSpan]) -> None:
    """Let dates pass where each stage ends on or after its first day, and the next begins later.

    Raises:
        Refused: some do not; says each at the field of its stage and day, as in `collecting_ends`.
    """
    wrong: dict[str, Text] = {}
    dated = [stage for stage in Stage if stage in spans]
    for number, stage in enumerate(dated):
        if spans[stage].ends < spans[stage].begins:
            wrong[f"{stage}_ends"] = ENDS_EARLY
        before = dated[number - 1] if number else None
        if before is not None and spans[stage].begins <= spans[before].ends:
            what = OVERLAPS.format(before=before.label, day=spans[before].ends)
            wrong[f"{stage}_begins"] = what
    if wrong:
        raise Refused(next(iter(wrong.values())), wrong)
    check_dates({stage: span.ends for stage, span in spans.items()})
