"""Findings in lists, worst first, a page at a time; and counted, for boards and for the figures of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from assess.core.findings.listing import AGES, STATES, Age, Show
from assess.core.findings.measures import NAMED, Tally
from assess.core.findings.places import place_key
from assess.core.findings.states import DONE, TO_RECTIFY, FindingState
from assess.store.models import Finding
from assess.store.queries.findings import FindingRow, finding_rows, rows_of
from assess.store.session import Session

Dimension = Literal["unit", "kind", "domain", "source"]
"""What findings are counted by."""


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


class StateCount(NamedTuple):
    """Findings of one state counted: all, those overdue, and those that wait for a decision."""

    state: FindingState
    all: int
    overdue: int
    asked: int


def narrowed_to(cycle: int, narrowed: Narrowed) -> ColumnElement[bool]:
    """Which findings of a year a list may hold."""
    asked = [Finding.cycle_id == cycle]
    for name in ("kind", "domain", "source"):
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
        asked.append(sought(narrowed.words.strip()))
    return and_(*asked)


def sought(words: str) -> ColumnElement[bool]:
    """Whether a finding holds words, or has them as its number."""
    held = [
        Finding.what.icontains(words, autoescape=True),
        Finding.place.icontains(words, autoescape=True),
        Finding.place_key.contains(place_key(words), autoescape=True),
    ]
    if words.isascii() and words.isdecimal() and len(words) < 10:
        held.append(Finding.number == int(words))
    return or_(*held)


def shown(show: Show, day: date) -> ColumnElement[bool]:
    """Whether a finding is in one of the lists on a day."""
    match show:
        case Show.OVERDUE:
            return is_overdue(day)
        case Show.ASKED:
            return Finding.waits_for_decision.is_(True)
        case Show.ALL:
            return Finding.number > 0
    return Finding.state.in_(STATES[show])


def is_overdue(day: date) -> ColumnElement[bool]:
    """Whether the unit has not put it right although its deadline has passed."""
    return and_(Finding.state.in_(TO_RECTIFY), Finding.deadline < day)


def finding_list(
    session: Session, *, cycle: int, narrowed: Narrowed, show: Show, day: date, part: slice
) -> list[FindingRow]:
    """A part of a list of findings, worst first (1 query)."""
    query = finding_rows().where(narrowed_to(cycle, narrowed), shown(show, day))
    query = query.order_by(Finding.urgency, Finding.number).offset(part.start).limit(part.stop - part.start)
    return rows_of(session, query)


def counts_by_state(session: Session, *, cycle: int, narrowed: Narrowed, day: date) -> list[StateCount]:
    """The findings of each state counted (1 query)."""
    query = (
        select(Finding.state, func.count(), number_of(is_overdue(day)), number_of(Finding.waits_for_decision.is_(True)))
        .where(narrowed_to(cycle, narrowed))
        .group_by(Finding.state)
        .order_by(Finding.state)
    )
    return [StateCount(FindingState(state), *map(int, numbers)) for state, *numbers in session.execute(query)]


def shown_counts(counts: Iterable[StateCount]) -> dict[Show, int]:
    """How many findings each list holds, from those of each state."""
    found = dict.fromkeys(Show, 0)
    for count in counts:
        found[Show.OVERDUE] += count.overdue
        found[Show.ASKED] += count.asked
        for show, states in STATES.items():
            if show not in (Show.OVERDUE, Show.ASKED) and count.state in states:
                found[show] += count.all
    return found


def number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """In how many rows something holds."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def tallies_by(
    session: Session,
    *,
    cycle: int,
    day: date,
    by: Sequence[Dimension] = ("unit",),
    units: Collection[str] | None = None,
) -> list[tuple[str, Tally]]:
    """Findings that are not void counted by some of unit, kind, domain and source, with the unit first (1 query).

    What they are not counted by is "". Whatever is suspended is not due: its deadline moves when it is taken up again.
    """
    columns = [getattr(Finding, name) for name in by]
    query = select(*columns, *tallied(day)).where(Finding.cycle_id == cycle, Finding.state != FindingState.VOID)
    if units is not None:
        query = query.where(Finding.unit.in_(units))
    found = []
    for row in session.execute(query.group_by(*columns).order_by(*columns)):
        names: dict[str, str] = dict(zip(by, row[: len(by)], strict=True))
        numbers = map(int, row[len(by) :])
        kind, domain, source = (names.get(name, "") for name in NAMED)
        found.append((names.get("unit", ""), Tally(kind, domain, source, *numbers)))
    return found


def tallied(day: date) -> tuple[ColumnElement[int], ...]:
    """The numbers of a tally, in its order."""
    is_closed = Finding.state.in_(DONE)
    in_time = and_(Finding.fixed_on.is_not(None), Finding.fixed_on <= Finding.deadline)
    has_passed = and_(Finding.deadline < day, Finding.state != FindingState.SUSPENDED)
    return (
        func.count(),
        number_of(is_closed),
        number_of(and_(is_closed, in_time)),
        number_of(or_(is_closed, and_(has_passed, ~in_time))),
        number_of(is_overdue(day)),
        func.coalesce(func.sum(Finding.returns), 0),
        func.count(Finding.repeat_of),
        func.coalesce(func.sum(case((is_closed, Finding.days), else_=0)), 0),
    )


def open_by_age(session: Session, *, cycle: int, day: date, units: Collection[str] | None = None) -> Mapping[Age, int]:
    """How many findings are open, by how long ago they were found (1 query)."""
    counted = [number_of(Finding.found_on.between(*age.days(day))) for age in AGES]
    query = select(*counted).where(Finding.cycle_id == cycle, Finding.state.in_(STATES[Show.OPEN]))
    if units is not None:
        query = query.where(Finding.unit.in_(units))
    return dict(zip(AGES, map(int, session.execute(query).one()), strict=True))
