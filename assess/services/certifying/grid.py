"""What units reported as a grid: a row a unit or an object of it, a column a figure and period.

The units with most doubts come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.figures.entry import Stored
from assess.core.figures.part_labels import split_part
from assess.core.rules.figure import Figure
from assess.core.text import Text
from assess.core.workflow import Reported
from assess.services.certifying.choosing import called
from assess.services.certifying.overview import Scope, last_year_values, shown
from assess.services.years import Year
from assess.store.queries.certifying import ReportedRow
from assess.store.session import Session

Owner = tuple[str, str]
"""A unit and the code of its object, which is empty where the value is of the unit."""
OF_UNIT: Final = Text("{unit} · {object}", "{unit} · {object}")
MOST_CELLS: Final = 600
"""A page of the grid has so many cells at most, so that it stays light; but always some rows."""
FEWEST_ROWS: Final = 5


@dataclass(frozen=True)
class GridColumn:
    """One figure of one period.

    Attributes:
        title: the figure with its period.
    """

    figure: str
    period: str
    title: Text
    stated: Figure


@dataclass(frozen=True)
class GridCell:
    """One reported value in its row and column.

    Attributes:
        last_year: the unit's value of the same period a year before.
        doubt: why it is suspicious.
        may_decide: whether the reader may certify or return it now.
    """

    row: ReportedRow
    shown: Text
    last_year: Text | None
    doubt: Text | None
    may_decide: bool

    @property
    def waits(self) -> bool:
        """Whether the reader may certify it now."""
        return self.may_decide and self.state is Reported.REPORTED

    @property
    def state(self) -> Reported:
        """Where it stands."""
        return Reported(self.row.state)


@dataclass(frozen=True)
class GridRow:
    """The values of one unit, or of one object of it, None where it has none to show in a column."""

    unit: str
    name: Text
    cells: tuple[GridCell | None, ...]


@dataclass(frozen=True)
class ValueGrid:
    """A page of the grid; `all` and `size` are how many rows there are, and how many a page has."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    all: int
    size: int


@dataclass(frozen=True)
class FigureCount:
    """How many values of a figure the reader may certify, and how many of these are suspicious."""

    figure: str
    title: Text
    waiting: int
    doubtful: int


def grid_of(session: Session, scope: Scope, rows: Sequence[ReportedRow], page: int) -> ValueGrid:
    """A page of these values, from 1 (1 query where last year's figures changed)."""
    columns = columns_of(scope, rows)
    size = max(FEWEST_ROWS, MOST_CELLS // max(1, len(columns)))
    owners = owners_by_doubt(scope, rows)
    before = last_year_values(session, scope.year)
    places = {(column.figure, column.period): place for place, column in enumerate(columns)}
    found: dict[Owner, list[GridCell | None]] = {
        owner: [None] * len(columns) for owner in owners[(page - 1) * size : page * size]
    }
    for row in rows:
        code, period = split_part(row.period)
        if (row.unit, code) in found:
            found[row.unit, code][places[row.figure, period]] = cell_of(scope, row, before)
    lines = tuple(GridRow(unit, named(scope.year, unit, code), tuple(cells)) for (unit, code), cells in found.items())
    return ValueGrid(columns, lines, len(owners), size)


def named(year: Year, unit: str, code: str) -> Text:
    """A unit, with its object where there is one."""
    name = year.name_of(unit)
    return OF_UNIT.format(unit=name, object=year.objects.name_of(code)) if code else name


def columns_of(scope: Scope, rows: Sequence[ReportedRow]) -> tuple[GridColumn, ...]:
    """The figures and periods of these values, in the order of the sheet."""
    keys = {(row.figure, split_part(row.period)[1]) for row in rows}
    return tuple(
        GridColumn(name, period, called(scope.year, name, period), stated)
        for name, stated in scope.figures().items()
        for period in sorted(each for figure, each in keys if figure == name)
    )


def owners_by_doubt(scope: Scope, rows: Sequence[ReportedRow]) -> list[Owner]:
    """The units of these values and their objects, those with most doubts that wait first, then as the lists are."""
    doubts: dict[Owner, int] = {}
    for row in rows:
        owner = (row.unit, split_part(row.period)[0])
        doubts[owner] = doubts.get(owner, 0) + scope.is_doubtful(row)
    places = scope.year.units.places
    codes = {code: at for at, code in enumerate(c for kind in scope.year.objects.kinds.values() for c in kind.codes)}
    return sorted(doubts, key=lambda owner: (-doubts[owner], places[owner[0]], codes.get(owner[1], -1)))


def cell_of(scope: Scope, row: ReportedRow, before: Mapping[tuple[str, str, str], Stored]) -> GridCell:
    """One value with what a reader compares it with."""
    stated = scope.year.sheet.figures[row.figure]
    last = before.get((row.unit, row.figure, row.period))
    return GridCell(
        row=row,
        shown=shown(stated, Stored(row.millionths, row.word)),
        last_year=None if last is None else shown(stated, last),
        doubt=scope.doubts.get(row.id),
        may_decide=scope.may_decide(row),
    )


def figure_counts(scope: Scope, rows: Sequence[ReportedRow]) -> list[FigureCount]:
    """What waits of each figure for the reader, in the order of the sheet; figures without a value are left out."""
    reported = {row.figure for row in rows}
    waiting = [row for row in rows if scope.waits(row)]
    return [
        FigureCount(
            name,
            called(scope.year, name, str(scope.year.cycle.year)),
            sum(row.figure == name for row in waiting),
            sum(row.figure == name and scope.is_doubtful(row) for row in waiting),
        )
        for name in scope.figures()
        if name in reported
    ]
