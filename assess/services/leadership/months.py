"""The interim rankings of a year side by side: every unit month by month, each with how many items lacked data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.core.runs.ranks import printed_rank
from assess.core.text import Text
from assess.services.leadership.cards import ids_of_items
from assess.services.leadership.seeing import View
from assess.services.leadership.tables import maker_of
from assess.store.cache import cached
from assess.store.queries.leadership import MonthOutcome, items_missing, outcomes_in
from assess.store.queries.runs import RunRow
from assess.store.session import Session

LAST: Final = 10**9
"""Units without a rank come last."""


@dataclass(frozen=True)
class UnitInMonth:
    """How a unit stood in a month: rank and total of the items with data, and how many items had none."""

    rank: str | None
    total: str | None
    lacking: int


@dataclass(frozen=True)
class UnitByMonth:
    """A unit with its months, in the order of the rankings; None where a ranking does not know it."""

    unit: str
    name: Text
    months: tuple[UnitInMonth | None, ...]


@dataclass(frozen=True)
class MonthTable:
    """The last ranking of each month, oldest first, and the units as the newest of them ranks them."""

    rankings: tuple[RunRow, ...]
    rows: tuple[UnitByMonth, ...]


def month_table(session: Session, view: View, *, folder: Path) -> MonthTable:
    """The units by month (no query once it is in memory: runs never change).

    Raises:
        NotFound: the frozen inputs of the newest ranking are gone from the disk.
    """
    rankings = last_of_months(view.interims)
    runs = tuple(each.id for each in rankings)
    return cached(session, ("months", runs), lambda: read_table(session, rankings, folder))


def last_of_months(interims: Sequence[RunRow]) -> tuple[RunRow, ...]:
    """The last ranking of each month, oldest first."""
    found: dict[tuple[int, int], RunRow] = {}
    for each in interims:
        found.setdefault((each.day.year, each.day.month), each)
    return tuple(sorted(found.values(), key=lambda each: (each.day, each.number)))


def read_table(session: Session, rankings: Sequence[RunRow], folder: Path) -> MonthTable:
    """The same, read (2 queries)."""
    if not rankings:
        return MonthTable((), ())
    runs = [each.id for each in rankings]
    items = ids_of_items(maker_of(rankings[-1], folder=folder).results.inputs.sheet)
    lacking = items_missing(session, runs=runs, items=items)
    outcomes = {(each.run, each.unit): each for each in outcomes_in(session, runs=runs)}
    names = {each.unit: each.name for each in outcomes.values()}
    newest = {each.unit: (each.group or "", each.rank or LAST, each.place) for each in outcomes.values()}
    units = sorted(names, key=lambda unit: newest[unit])
    return MonthTable(
        tuple(rankings),
        tuple(
            UnitByMonth(
                unit,
                names[unit],
                tuple(in_month(outcomes.get((run, unit)), lacking.get((run, unit), 0)) for run in runs),
            )
            for unit in units
        ),
    )


def in_month(outcome: MonthOutcome | None, lacking: int) -> UnitInMonth | None:
    """How a unit stood."""
    return None if outcome is None else UnitInMonth(printed_rank(outcome.rank), outcome.total, lacking)
