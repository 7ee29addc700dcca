"""When things happen in a year of the demonstration: the last day of each stage, and moments before now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from assess.core.calendar import BEIJING, day_of
from assess.core.stages.timeline import StageSpan
from assess.core.workflow import DATED, Stage

LENGTHS: Final = {
    Stage.VERIFYING: timedelta(days=7),
    Stage.PROVISIONAL: timedelta(days=14),
    Stage.APPEALS: timedelta(days=10),
}
"""How long the stages after reporting last in a year that is going on."""
PAST: Final = {
    Stage.VERIFYING: timedelta(days=6),
    Stage.PROVISIONAL: timedelta(days=6),
    Stage.APPEALS: timedelta(days=3),
}
"""The same in a year that is over: final on 16 January."""
AHEAD: Final = timedelta(days=14)
"""Whenever it is filled, reporting stays open at least so long."""
BEGUN, TO_GO = timedelta(days=3), timedelta(days=7)
"""A later stage that is tried began so many days ago, and lasts so many more."""


@dataclass(frozen=True)
class Days:
    """The days of a year: when it is opened, and its stages.

    Attributes:
        year: the year.
        opened: the day on which it is set up and opened.
        spans: the first and the last day of each dated stage.
        now: the moment of the filling; nothing happens later.
    """

    year: int
    opened: date
    spans: Mapping[Stage, StageSpan]
    now: datetime

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of a day, never later than now."""
        return min(self.now, datetime.combine(day, time(hour, minute), BEIJING))

    def before_end(self, stage: Stage, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment so many days before the last of a stage."""
        return self.at(self.spans[stage].ends - timedelta(days=days), hour, minute)

    def after_end(self, stage: Stage, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment so many days after the last of a stage."""
        return self.before_end(stage, -days, hour, minute)

    def set_up(self, minute: int = 0) -> datetime:
        """A moment of the day on which the year is set up."""
        return self.at(self.opened, 9, minute)


def going_on(year: int, now: datetime) -> Days:
    """Reporting goes on until 10 December, or two weeks from today where that is later."""
    latest = date(year + 1, 12, 1) - sum(LENGTHS.values(), timedelta())
    ends = min(latest, max(date(year, 12, 10), day_of(now) + AHEAD))
    return Days(year, date(year, 1, 5), dict(after(StageSpan(date(year, 1, 1), ends), LENGTHS)), now)


def over(year: int, now: datetime) -> Days:
    """Reporting ended with the year, and the result became final in January."""
    reporting = StageSpan(date(year, 1, 1), date(year, 12, 31))
    return Days(year, date(year, 1, 6), dict(after(reporting, PAST)), now)


def standing_at(year: int, stage: Stage, now: datetime) -> Days:
    """A later stage goes on today; those before it are over."""
    place, today = DATED.index(stage), min(day_of(now), date(year + 1, 12, 1))
    whole = BEGUN + TO_GO + timedelta(days=1)
    lengths = {each: whole if each is stage else PAST[each] for each in DATED[1:]}
    ended = today - BEGUN - timedelta(days=1) - sum((lengths[each] for each in DATED[1:place]), timedelta())
    return Days(year, date(year, 1, 6), dict(after(StageSpan(date(year, 1, 1), ended), lengths)), now)


def after(reporting: StageSpan, lengths: Mapping[Stage, timedelta]) -> Iterator[tuple[Stage, StageSpan]]:
    """Reporting and the stages after it, each as long as it lasts."""
    yield DATED[0], reporting
    span = reporting
    for _before, stage in pairwise(DATED):
        begins = span.ends + timedelta(days=1)
        span = StageSpan(begins, span.ends + lengths[stage])
        yield stage, span
