"""Lists and boards of findings: for a unit its own, for inspectors, the office and leaders those of all units."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.core.findings.catalogue import Catalogue
from assess.core.findings.listing import Age, Aged, FindingView
from assess.core.findings.measures import Tally, measure, share
from assess.core.numbers import round_half_up, with_decimals
from assess.core.rules.figure import Measure
from assess.core.text import Text
from assess.services.findings.lines import FindingLine
from assess.services.findings.seeing import catalogue_in, units_seen
from assess.services.years import NO_UNIT, Year, year_of
from assess.store.cache import cached
from assess.store.queries import finding_lists as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.finding_lists import Dimension, FindingFilter
from assess.store.queries.findings import first_photos
from assess.store.session import Session

ALL: Final = Text("合计", "Total")
Counts = tuple[list[tuple[str, Tally]], Mapping[Age, Aged]]
"""Findings counted by what a board is of, and what is open by age."""


@dataclass(frozen=True)
class FindingList:
    """A part of a list of findings on a day.

    Attributes:
        lines: the findings, worst first.
        counts: how many findings each list holds, narrowed as this one.
        show: which list it is.
        units: the codes of the units whose findings the reader sees, in their order.
    """

    year: Year
    catalogue: Catalogue
    today: date
    lines: tuple[FindingLine, ...]
    counts: Mapping[FindingView, int]
    show: FindingView
    units: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many findings the list holds."""
        return self.counts[self.show]


class BoardLine(NamedTuple):
    """The findings of one unit, kind, domain or source counted; `id` is "" for all together."""

    id: str
    label: Text
    tally: Tally

    @property
    def open(self) -> int:
        """Those that are not closed."""
        return self.tally.opened - self.tally.closed

    @property
    def share_closed(self) -> str:
        """Closed ones in percent with one decimal, "" of none."""
        return percent(self.tally.closed, self.tally.opened)

    @property
    def share_on_time(self) -> str:
        """Those put right in time, in percent of those that are due, with one decimal, "" of none."""
        return percent(self.tally.closed_on_time, self.tally.due)

    @property
    def mean_days(self) -> str:
        """Days from found to put right, in the mean of the closed ones, with one decimal, "" of none."""
        mean = measure(Measure.MEAN_DAYS, self.tally)
        return "" if mean is None else with_decimals(round_half_up(mean, 1), 1)


@dataclass(frozen=True)
class Board:
    """Findings counted by one thing, worst first: most overdue, then most open, then in the order of the list."""

    year: Year
    today: date
    by: Dimension
    lines: tuple[BoardLine, ...]
    ages: Mapping[Age, Aged]

    @cached_property
    def all(self) -> BoardLine:
        """All of them together."""
        numbers = zip(*(each.tally[3:] for each in self.lines), strict=True)
        return BoardLine("", ALL, Tally("", "", "", *map(sum, numbers)) if self.lines else Tally())


def findings_of(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    narrowed: FindingFilter,
    show: FindingView,
    part: slice,
    now: datetime,
) -> FindingList:
    """A part of a list of findings that a person may see (5 queries, one more where the sheet or the units changed).

    Raises:
        NotAllowed: the person sees no findings.
        NotFound: a unit that is asked for is none of the year, or none that the person sees.
        Refused: no rule sheet is published.
    """
    seen = units_seen(actor)
    year, today = year_of(session, cycle), day_of(now)
    narrowed = within_sight(narrowed, seen, year)
    rows = queries.finding_list(session, cycle=cycle.id, narrowed=narrowed, show=show, day=today, part=part)
    counts = queries.shown_counts(session, cycle=cycle.id, narrowed=narrowed, day=today)
    photos = first_photos(session, [row.id for row in rows])
    catalogue = catalogue_in(session, year)
    return FindingList(
        year=year,
        catalogue=catalogue,
        today=today,
        lines=tuple(FindingLine(row, year, catalogue, today, photos.get(row.id)) for row in rows),
        counts=counts,
        show=show,
        units=tuple(code for code in year.units.codes if seen is None or code in seen),
    )


def within_sight(narrowed: FindingFilter, seen: Collection[str] | None, year: Year) -> FindingFilter:
    """What a list is narrowed to, and to the units that a person sees.

    Raises:
        NotFound: a unit that is asked for is none of the year, or none of these.
    """
    asked = narrowed.units
    if asked is None:
        return narrowed._replace(units=seen)
    if any(unit not in year.units.places or (seen is not None and unit not in seen) for unit in asked):
        raise NotFound(NO_UNIT)
    return narrowed


def counts_of(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str | None = None, now: datetime
) -> dict[FindingView, int]:
    """How many findings each list holds for a person, of all their units or of one (1 query).

    Raises:
        NotAllowed: the person sees no findings.
        NotFound: the person does not see the unit.
    """
    seen = units_seen(actor)
    if unit is not None and seen is not None and unit not in seen:
        raise NotFound(NO_UNIT)
    narrowed = FindingFilter(units=seen if unit is None else [unit])
    return queries.shown_counts(session, cycle=cycle.id, narrowed=narrowed, day=day_of(now))


def board_of(session: Session, actor: Actor, *, cycle: CycleRow, by: Dimension, now: datetime) -> Board:
    """The findings that a person may see counted by unit, kind, domain or source, and by age (4 queries).

    One more query where the sheet or the units changed, two less where no finding changed since. What has no finding
    stands in it with zeros, but for kinds.

    Raises:
        NotAllowed: the person sees no findings.
        Refused: no rule sheet is published.
    """
    seen = units_seen(actor)
    year, today = year_of(session, cycle), day_of(now)
    tallied, ages = cached(
        session,
        ("findings counted", cycle.id, year.findings, today, by, None if seen is None else frozenset(seen)),
        lambda: counts_for(session, cycle.id, today, by, seen),
    )
    found = {unit or tally.kind or tally.domain or tally.source: tally for unit, tally in tallied}
    names = called_by(year, catalogue_in(session, year), by, seen)
    names |= {each: Text.same(each) for each in found if each not in names}
    lines = [BoardLine(each, called, cleared(found.get(each, Tally()))) for each, called in names.items()]
    shown = [line for line in lines if by != "kind" or line.tally.opened]
    shown.sort(key=lambda line: (-line.tally.overdue, -line.open))
    return Board(year, today, by, tuple(shown), ages)


def counts_for(session: Session, cycle: int, day: date, by: Dimension, units: Collection[str] | None) -> Counts:
    """What a board tells, in numbers (2 queries)."""
    tallied = queries.tallies_by(session, cycle=cycle, day=day, by=(by,), units=units)
    return tallied, queries.open_by_age(session, cycle=cycle, day=day, units=units)


def called_by(year: Year, catalogue: Catalogue, by: Dimension, seen: Collection[str] | None) -> dict[str, Text]:
    """What findings are counted by, by id, in the order of its list."""
    match by:
        case "unit":
            return {code: year.name_of(code) for code in year.units.codes if seen is None or code in seen}
        case "kind":
            return {each.id: each.label for each in catalogue.kinds.values()}
        case "domain":
            return dict(catalogue.domains)
    return dict(catalogue.sources)


def cleared(tally: Tally) -> Tally:
    """A tally without what it was counted by, which its line says."""
    return tally._replace(kind="", domain="", source="")


def percent(part: int, whole: int) -> str:
    """A share in percent with one decimal, "" of none."""
    found = share(part, whole)
    return "" if found is None else with_decimals(round_half_up(found, 1), 1)
