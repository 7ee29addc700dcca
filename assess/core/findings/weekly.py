"""What happened to findings in a week, and how they stood at its end, as the ledger had them then.

An entry belongs to the week in which it was written down. So nothing that is written later changes a week that is
over, no entry falls between two weeks, and what is open at the end of one is what is open at the beginning of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from assess.core.calendar import BEIJING, Due, DueState, day_of
from assess.core.findings.history import Event, FindingStanding, after
from assess.core.findings.states import FindingState, FindingStep
from assess.core.text import Text

DAYS: Final = 7
LAST_MONTH: Final = 3
"""Until the end of this month of the year after, entries are still made."""
CALLED: Final = Text("{year}年第{n}周（{first}至{last}）", "Week {n} of {year} ({first} to {last})")


class Week(NamedTuple):
    """A week of the district from its Monday to its Sunday."""

    first: date

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=DAYS - 1)

    @property
    def before(self) -> date:
        """The Sunday before it."""
        return self.first - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """The moment it begins."""
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=BEIJING)

    @property
    def ends(self) -> datetime:
        """The moment it is over."""
        return self.begins + timedelta(days=DAYS)

    @property
    def label(self) -> Text:
        """Its number within the year, and its days."""
        year, number, _day = self.first.isocalendar()
        return CALLED.format(year=year, n=number, first=self.first, last=self.last)

    def is_over(self, now: datetime) -> bool:
        """Whether nothing more can be written down in it."""
        return now >= self.ends

    def through(self, now: datetime) -> date:
        """The last day that is told of: its Sunday, or today where it is not over."""
        return min(self.last, day_of(now))


def week_of(day: date) -> Week:
    """The week of a day."""
    return Week(day - timedelta(days=day.weekday()))


def weeks_of(year: int, now: datetime) -> tuple[Week, ...]:
    """The weeks in which findings of a year may have been written down, the newest first; the one of today at least."""
    first = week_of(date(year, 1, 1))
    last = min(week_of(day_of(now)), week_of(date(year + 1, LAST_MONTH, 31)))
    count = (last.first - first.first).days // DAYS + 1
    return tuple(Week(last.first - timedelta(days=DAYS * at)) for at in range(max(1, count)))


def last_full(weeks: Sequence[Week], now: datetime) -> Week:
    """The newest of some weeks that is over; the newest of all where none is."""
    return next((week for week in weeks if week.is_over(now)), weeks[0])


class WeeklyFlow(NamedTuple):
    """Findings of a week counted: `before` says how they stood when it began, `left` and `overdue` when it ended.

    Attributes:
        opened: those that were recorded in it.
        assigned: those that were assigned to their unit for the first time.
        reported: how often a unit reported one as put right.
        returned: how often review returned one.
        closed: how often one was closed in the ledger.
        reopened: how often one was opened again.
        voided: those that came to count nowhere.
        repeated: those that were found out to repeat an earlier one.
        late: how many entries tell of a day before the week.
    """

    before: int = 0
    opened: int = 0
    assigned: int = 0
    reported: int = 0
    returned: int = 0
    closed: int = 0
    reopened: int = 0
    voided: int = 0
    left: int = 0
    overdue_before: int = 0
    overdue: int = 0
    repeated: int = 0
    late: int = 0


COUNTED: Final[Mapping[FindingStep, str]] = {
    FindingStep.FIND: "opened",
    FindingStep.REPORT: "reported",
    FindingStep.RETURN: "returned",
    FindingStep.CLOSE: "closed",
    FindingStep.REOPEN: "reopened",
}
"""The steps of which each is counted."""


class Passed(NamedTuple):
    """What a week brought for one finding, and where it stood at its end."""

    flow: WeeklyFlow
    standing: FindingStanding


def passed(events: Iterable[Event], week: Week, day: date) -> Passed:
    """What a week brought for a finding.

    Args:
        events: its history, no further than the end of the week, from its beginning.
        week: the week.
        day: the last day that is told of.
    """
    standing: FindingStanding | None = None
    before: FindingStanding | None = None
    counts: dict[str, int] = {}
    begins = week.begins
    for event in events:
        is_in = event.entered_at >= begins
        for name in counted_in(standing, event, week) if is_in else ():
            counts[name] = counts.get(name, 0) + 1
        standing = after(standing, event)
        before = before if is_in else standing
    if standing is None:
        raise ValueError("a finding begins with being found")
    was_void = before is not None and before.is_void
    stood = {
        "before": before is not None and is_open(before),
        "overdue_before": before is not None and before.is_overdue(week.before),
        "voided": standing.is_void and not was_void,
        "left": is_open(standing),
        "overdue": standing.is_overdue(day),
    }
    return Passed(WeeklyFlow(**counts, **{name: int(value) for name, value in stood.items()}), standing)


def counted_in(standing: FindingStanding | None, event: Event, week: Week) -> Iterable[str]:
    """As what an entry of the week counts, which came to a finding that stood so."""
    if event.step in COUNTED:
        yield COUNTED[event.step]
    if event.step is FindingStep.ASSIGN and standing is not None and standing.state is FindingState.FOUND:
        yield "assigned"
    if event.day < week.first:
        yield "late"


def is_open(standing: FindingStanding) -> bool:
    """Whether a finding is neither closed nor void."""
    return not standing.is_done and not standing.is_void


def together(flows: Iterable[WeeklyFlow]) -> WeeklyFlow:
    """Flows added up."""
    return WeeklyFlow(*map(sum, zip(WeeklyFlow(), *flows, strict=True)))


class WeekLine(NamedTuple):
    """What a week brought for one unit or domain."""

    label: Text
    flow: WeeklyFlow


class LongOverdue(NamedTuple):
    """A finding that was overdue at the end of a week, and for how many days."""

    number: int
    unit: Text
    kind: Text
    place: str
    what: str
    responsible: str
    deadline: date
    days: int

    @property
    def message(self) -> Text:
        """For how many days, in words."""
        return Due(DueState.OVERDUE, self.days).message


@dataclass(frozen=True)
class Weekly:
    """The summary of one week, for pages, the workbook and the document.

    Attributes:
        year: of the assessment, `title` what it is called.
        through: the last day that is told of; `is_over` says whether that is the end of the week.
        units, domains: each with what the week brought, worst first.
        longest: what was overdue longest at the end, the longest first; `overdue` in all stand in `all`.
        quiet: the units for which nothing new was recorded.
    """

    year: int
    title: Text
    demonstration: bool
    week: Week
    through: date
    is_over: bool
    units: tuple[WeekLine, ...]
    domains: tuple[WeekLine, ...]
    longest: tuple[LongOverdue, ...]
    quiet: tuple[Text, ...]

    @cached_property
    def all(self) -> WeeklyFlow:
        """All units together."""
        return together(line.flow for line in self.units)
