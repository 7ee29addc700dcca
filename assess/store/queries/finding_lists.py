"""Findings in lists, worst first, a page at a time; and counted, for boards and for the figures of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, Integer, ScalarSelect, and_, cast, func, or_, select

from assess.core.findings.listing import AGES, Age, Show, span_of
from assess.core.findings.measures import Tally
from assess.core.findings.places import sought_in
from assess.core.findings.reckoning import Heap, Reckoned, tally_of
from assess.store.models import Finding
from assess.store.queries.findings import FindingRow, finding_rows, rows_of
from assess.store.session import Session

Dimension = Literal["unit", "kind", "domain", "source"]
"""What findings are counted by."""
BY_UNIT: Final[tuple[Dimension, ...]] = ("unit",)
BY_KIND: Final[tuple[Dimension, ...]] = ("kind", "domain", "source")
"""What the indexes stand by; findings are counted so, and added up for anything less."""


class Narrowed(NamedTuple):
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


def narrowed_to(cycle: int, narrowed: Narrowed) -> ColumnElement[bool]:
    """Which findings of a year a list may hold."""
    asked = [Finding.cycle_id == cycle]
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
    if narrowed.words.strip():
        asked.append(is_meant(narrowed.words.strip()))
    return and_(*asked)


def is_meant(words: str) -> ColumnElement[bool]:
    """Whether a finding holds words, or has them as its number."""
    held = Finding.sought.contains(sought_in(words), autoescape=True)
    is_number = words.isascii() and words.isdecimal() and len(words) < 10
    return or_(held, Finding.number == int(words)) if is_number else held


def is_shown(show: Show, day: date) -> ColumnElement[bool]:
    """Whether a finding is in one of the lists on a day."""
    least, after = span_of(show, day)
    is_in = and_(Finding.urgency >= least, Finding.urgency < after)
    return and_(is_in, Finding.waits_for_decision.is_(True)) if show is Show.ASKED else is_in


def finding_list(
    session: Session, *, cycle: int, narrowed: Narrowed, show: Show, day: date, part: slice
) -> list[FindingRow]:
    """A part of a list of findings, worst first (1 query)."""
    order = (Finding.urgency, Finding.number)
    meant = select(Finding.id).where(narrowed_to(cycle, narrowed), is_shown(show, day)).order_by(*order)
    here = meant.offset(part.start).limit(part.stop - part.start).subquery()
    return rows_of(session, finding_rows().join(here, here.c.id == Finding.id).order_by(*order))


def shown_counts(session: Session, *, cycle: int, narrowed: Narrowed, day: date) -> dict[Show, int]:
    """How many findings each list holds (1 query)."""
    meant = narrowed_to(cycle, narrowed)

    def number_of(show: Show) -> ScalarSelect[int]:
        query = select(func.count()).select_from(Finding).where(meant, is_shown(show, day))
        return query.scalar_subquery()

    counts = session.execute(select(*map(number_of, Show))).one()
    return dict(zip(Show, counts, strict=True))


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
    counted_by = by if "unit" in by else BY_KIND
    heaps: dict[tuple[str, ...], list[Heap]] = {}
    for names, heap in heaps_of(session, cycle=cycle, day=day, by=counted_by, units=units):
        heaps.setdefault(tuple(names[each] for each in by), []).append(heap)
    found = []
    for key, each in sorted(heaps.items()):
        named = dict(zip(by, key, strict=True))
        tally = tally_of(each)
        if tally.opened:
            kind, domain, source = (named.get(name, "") for name in BY_KIND)
            found.append((named.get("unit", ""), tally._replace(kind=kind, domain=domain, source=source)))
    return found


def heaps_of(
    session: Session, *, cycle: int, day: date, by: Sequence[Dimension], units: Collection[str] | None
) -> list[tuple[dict[Dimension, str], Heap]]:
    """Findings counted by what an index stands by and by how each is counted (1 query)."""
    columns = [*(getattr(Finding, name) for name in by), Finding.reckoned]
    query = select(*columns, *counted(day)).where(Finding.cycle_id == cycle)
    if units is not None:
        query = query.where(Finding.unit.in_(units))
    found = []
    for row in session.execute(query.group_by(*columns)):
        names = dict(zip(by, row[: len(by)], strict=True))
        reckoned, *numbers = row[len(by) :]
        found.append((names, Heap(Reckoned(reckoned), *(int(number or 0) for number in numbers))))
    return found


def counted(day: date) -> tuple[ColumnElement[int], ...]:
    """The numbers of a heap, in its order."""
    passed = func.sum(cast(Finding.deadline < day, Integer))
    return (
        func.count(),
        passed,
        func.sum(Finding.returns),
        func.count(Finding.repeat_of),
        func.sum(func.coalesce(Finding.days, 0)),
    )


def open_by_age(session: Session, *, cycle: int, day: date, units: Collection[str] | None = None) -> Mapping[Age, int]:
    """How many findings are open, by how long ago they were found (1 query)."""
    narrowed = Narrowed(units=units)
    is_open = and_(narrowed_to(cycle, narrowed), is_shown(Show.OPEN, day))
    query = select(*(func.sum(cast(Finding.found_on.between(*age.days(day)), Integer)) for age in AGES)).where(is_open)
    return {age: int(number or 0) for age, number in zip(AGES, session.execute(query).one(), strict=True)}
