"""Findings in lists, worst first, a page at a time; and counted, for boards and for the figures of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from assess.core.findings.behind import NumberedTally
from assess.core.findings.counting import alone
from assess.core.findings.listing import AGES, BAND, BANDS, SHOWN, Age, Aged, FindingView, span_of
from assess.core.findings.measures import Tally
from assess.core.findings.places import sought_in
from assess.core.findings.reckoning import LATE, OPEN, RECKONED, Counted, CountingState, Heap, tally_of
from assess.core.findings.states import FindingState
from assess.store.models import Finding, FindingCount
from assess.store.queries.findings import FindingRow, finding_rows
from assess.store.session import Session

Dimension = Literal["unit", "kind", "domain", "source"]
"""What findings are counted by."""
BY_UNIT: Final[tuple[Dimension, ...]] = ("unit",)
BY_KIND: Final[tuple[Dimension, ...]] = ("kind", "domain", "source")
"""What the database keeps counts by."""
DIMENSIONS: Final = (*BY_UNIT, *BY_KIND)
COUNTING_STATES: Final = tuple(CountingState)
APART: Final = (
    FindingView.TO_RECTIFY,
    FindingView.TO_ASSIGN,
    FindingView.TO_REVIEW,
    FindingView.TO_CLOSE,
    FindingView.SUSPENDED,
    FindingView.DONE,
    FindingView.VOID,
)
"""Lists of which every finding is in one."""
MAX_WAYS: Final = 4096
"""So many ways of being counted are remembered: a few for each kind, domain and source."""


class FindingFilter(NamedTuple):
    """What a list of findings is narrowed to; blank narrows nothing, `units` None is every unit.

    `words` are sought in what was found and where; digits are a number too. `found` are the first and the last day.
    """

    units: Collection[str] | None = None
    kind: str = ""
    domain: str = ""
    source: str = ""
    words: str = ""
    patrol: int | None = None
    repeated: bool = False
    found: tuple[date, date] | None = None
    counted: Counted | None = None


def narrowed_to(cycle: int, narrowed: FindingFilter) -> ColumnElement[bool]:
    """Which findings of a year a list may hold."""
    asked = [of_year(cycle, narrowed)]
    for name in BY_KIND:
        if wanted := getattr(narrowed, name):
            asked.append(getattr(Finding, name) == wanted)
    if narrowed.units is not None:
        asked.append(Finding.unit.in_(narrowed.units))
    if narrowed.patrol is not None:
        asked.append(Finding.patrol_id == narrowed.patrol)
    if narrowed.repeated:
        asked.append(Finding.repeat_of.is_not(None))
    if narrowed.found is not None:
        asked.append(Finding.found_on.between(*narrowed.found))
    if narrowed.counted is not None:
        asked.extend(counted_as(narrowed.counted))
    if narrowed.words.strip():
        asked.append(is_meant(narrowed.words.strip()))
    return and_(*asked)


def counted_as(counted: Counted) -> Iterator[ColumnElement[bool]]:
    """Which findings are behind a number of a board; what is void is behind none."""
    yield Finding.urgency < BANDS[FindingState.VOID] * BAND
    if counted in RECKONED:
        yield Finding.reckoned.in_(RECKONED[counted])
    if counted is Counted.RETURNED:
        yield Finding.returns > 0
    if counted is Counted.REPEATED:
        yield Finding.repeat_of.is_not(None)


def of_year(cycle: int, narrowed: FindingFilter) -> ColumnElement[bool]:
    """Whether a finding is of a year.

    Words sought in all units are sought from row to row: every index leads to the rows at random, which takes longer.
    """
    number = Finding.cycle_id + 0 if narrowed.words.strip() and narrowed.units is None else Finding.cycle_id
    return number == cycle


def is_meant(words: str) -> ColumnElement[bool]:
    """Whether a finding holds words, or has them as its number."""
    held = Finding.sought.contains(sought_in(words), autoescape=True)
    is_number = words.isascii() and words.isdecimal() and len(words) < 10
    return or_(held, Finding.number == int(words)) if is_number else held


def meant_by(cycle: int, narrowed: FindingFilter) -> FromClause:
    """What a list may hold, with what tells which list a finding is in; words are sought before it is put in order."""
    query = select(Finding.id, Finding.number, Finding.urgency, Finding.waits_for_decision)
    query = query.where(narrowed_to(cycle, narrowed))
    return query.cte("meant").prefix_with("MATERIALIZED") if narrowed.words.strip() else query.subquery()


def is_shown(of: FromClause, show: FindingView, day: date) -> ColumnElement[bool]:
    """Whether a finding is in one of the lists on a day."""
    least, after = span_of(show, day)
    is_in = and_(of.c.urgency >= least, of.c.urgency < after)
    return and_(is_in, of.c.waits_for_decision.is_(True)) if show is FindingView.ASKED else is_in


def finding_list(
    session: Session, *, cycle: int, narrowed: FindingFilter, show: FindingView, day: date, part: slice
) -> list[FindingRow]:
    """A part of a list of findings, worst first (1 query)."""
    meant = meant_by(cycle, narrowed)
    query = select(meant.c.id).where(is_shown(meant, show, day)).order_by(meant.c.urgency, meant.c.number)
    here = query.offset(part.start).limit(part.stop - part.start).subquery()
    rows = finding_rows().join(here, here.c.id == Finding.id)
    return list(session.scalars(rows.order_by(Finding.urgency, Finding.number)))


def shown_counts(session: Session, *, cycle: int, narrowed: FindingFilter, day: date) -> dict[FindingView, int]:
    """How many findings each list holds (1 query)."""
    meant = meant_by(cycle, narrowed)
    conditions = {show: is_shown(meant, show, day) for show in (*APART, FindingView.OVERDUE, FindingView.ASKED)}
    if narrowed == FindingFilter(units=narrowed.units):
        numbers = [
            select(func.count()).select_from(meant).where(each).scalar_subquery() for each in conditions.values()
        ]
        query = select(*numbers)
    else:
        query = select(*(func.sum(cast(each, Integer)) for each in conditions.values())).select_from(meant)
    found = dict(zip(conditions, (int(each or 0) for each in session.execute(query).one()), strict=True))
    together = {
        show: sum(found[each] for each in APART if is_within(each, show))
        for show in (FindingView.OPEN, FindingView.ALL)
    }
    return {show: (found | together)[show] for show in FindingView}


def is_within(show: FindingView, other: FindingView) -> bool:
    """Whether one list is a part of another."""
    (first, after), (least, most) = SHOWN[show], SHOWN[other]
    return least <= first and after <= most


def tallies_by(
    session: Session,
    *,
    cycle: int,
    day: date,
    by: Sequence[Dimension] = BY_UNIT,
    units: Collection[str] | None = None,
) -> list[tuple[str, Tally]]:
    """Findings that are not void counted by some of unit, kind, domain and source, with the unit first (1 query).

    What they are not counted by is "".
    """
    heaps: dict[tuple[str, ...], list[Heap]] = {}
    for names, heap in heaps_of(session, heaps_by(cycle, day, by, units)):
        heaps.setdefault(tuple(names[DIMENSIONS.index(each)] for each in by), []).append(heap)
    found = []
    for key, each in sorted(heaps.items()):
        told = dict(zip(by, key, strict=True))
        tally = tally_of(each)
        if tally.opened:
            kind, domain, source = (told.get(name, "") for name in BY_KIND)
            found.append((told.get("unit", ""), tally._replace(kind=kind, domain=domain, source=source)))
    return found


def heaps_of(session: Session, query: Select[Any] | CompoundSelect[Any]) -> Iterator[tuple[tuple[str, ...], Heap]]:
    """What findings are counted by, in the order of the dimensions, and the heap of each (1 query)."""
    for unit, kind, domain, source, reckoned, *numbers in session.execute(query):
        yield (unit, kind, domain, source), Heap(COUNTING_STATES[reckoned], *numbers)


def heaps_by(
    cycle: int, day: date, by: Sequence[Dimension], units: Collection[str] | None
) -> Select[Any] | CompoundSelect[Any]:
    """Heaps of findings by what they are counted by: of all units as the database keeps them, else counted now."""
    if units is None and set(by) <= set(BY_KIND):
        return heaps_kept(cycle, day, BY_KIND)
    if units is None and tuple(by) == BY_UNIT:
        return heaps_kept(cycle, day, BY_UNIT)
    return heaps_counted(cycle, day, by, units)


def heaps_kept(cycle: int, day: date, by: Sequence[Dimension]) -> CompoundSelect[Any]:
    """The heaps that the database keeps by unit or by kind, and beside them those whose deadline passed."""
    none = literal(0)
    names = [getattr(FindingCount, name) for name in DIMENSIONS]
    numbers = (FindingCount.found, none, FindingCount.returned, FindingCount.repeated, FindingCount.days)
    kept = select(*names, FindingCount.reckoned, *numbers).where(FindingCount.cycle_id == cycle, FindingCount.found > 0)
    kept = kept.where(FindingCount.reckoned != CountingState.VOID, *(getattr(FindingCount, name) != "" for name in by))
    late = late_ones(cycle, day)
    passed = select(*(late.c[name] if name in by else literal("") for name in DIMENSIONS), late.c.reckoned)
    passed = passed.add_columns(none, func.count(), none, none, none)
    return union_all(kept, passed.group_by(*(late.c[name] for name in by), late.c.reckoned))


def late_ones(cycle: int, day: date) -> FromClause:
    """What was not put right before a deadline that passed, sought before it is put in order."""
    query = select(*(getattr(Finding, name) for name in DIMENSIONS), Finding.reckoned)
    query = query.where(Finding.cycle_id == cycle, Finding.reckoned.in_(LATE), Finding.deadline < day)
    return query.cte("late").prefix_with("MATERIALIZED")


def heaps_counted(cycle: int, day: date, by: Sequence[Dimension], units: Collection[str] | None) -> Select[Any]:
    """Heaps of findings counted now; how a finding is counted is looked at before its deadline is."""
    passed = and_(Finding.reckoned.in_(LATE), Finding.deadline < day)
    numbers = (
        func.count(),
        func.count().filter(passed),
        cast(func.sum(Finding.returns), BigInteger),
        func.count(Finding.repeat_of),
        cast(func.sum(func.coalesce(Finding.days, 0)), BigInteger),
    )
    named = [getattr(Finding, name) if name in by else literal("") for name in DIMENSIONS]
    query = select(*named, Finding.reckoned, *numbers).where(Finding.cycle_id == cycle)
    if units is not None:
        query = query.where(Finding.unit.in_(units))
    return query.group_by(*(getattr(Finding, name) for name in by), Finding.reckoned)


def open_by_age(session: Session, *, cycle: int, day: date, units: Collection[str] | None = None) -> Mapping[Age, Aged]:
    """How many findings are open and how many of these overdue, by how long ago they were found (1 query)."""
    of_cycle = select(func.count()).where(narrowed_to(cycle, FindingFilter(units=units)))
    least, after = span_of(FindingView.OVERDUE, day)
    asked = (
        of_cycle.where(Finding.reckoned.in_(OPEN)),
        of_cycle.where(Finding.urgency >= least, Finding.urgency < after),
    )
    numbers = (each.where(Finding.found_on.between(*age.days(day))).scalar_subquery() for age in AGES for each in asked)
    found = session.execute(select(*numbers)).one()
    return {age: Aged(*found[at : at + 2]) for age, at in zip(AGES, range(0, len(found), 2), strict=True)}


def numbered_findings(
    session: Session, *, cycle: int, day: date, units: Collection[str] | None = None
) -> list[tuple[str, NumberedTally]]:
    """The findings of a year that are not void, each counted alone, with its unit (1 query).

    What stands behind a figure depends neither on days nor on how often one was returned, so both are left out.
    """
    passed = cast(Finding.deadline < day, Integer)
    columns = (Finding.kind, Finding.domain, Finding.source, Finding.reckoned, passed, Finding.returns > 0)
    query = select(Finding.unit, Finding.number, *columns, Finding.repeat_of.is_not(None))
    query = query.where(Finding.cycle_id == cycle, Finding.reckoned != CountingState.VOID.value)
    if units is not None:
        query = query.where(Finding.unit.in_(units))
    return [(unit, NumberedTally(number, tally_of_one(*facts))) for unit, number, *facts in session.execute(query)]


@lru_cache(maxsize=MAX_WAYS)
def tally_of_one(kind: str, domain: str, source: str, reckoned: int, *numbers: bool | None) -> Tally:
    """One finding counted alone; most findings are counted like some other."""
    passed, returned, repeated = (int(number or 0) for number in numbers)
    return alone(Heap(CountingState(reckoned), 1, passed, returned, repeated, 0), kind, domain, source)
