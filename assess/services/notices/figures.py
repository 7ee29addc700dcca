"""The figures behind the lines of one unit: the year's value, what it was made of, who supplied it, file and cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from assess.core.evidence.departments import departments_in
from assess.core.figures import Use
from assess.core.figures.table import COUNTED
from assess.core.rules.figure import BY_UNIT
from assess.core.rules.needed_figures import NeededFigure
from assess.core.rules.nodes import Item
from assess.core.runs.kinds import Origin
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.evidence import Register
from assess.core.scorecard.making import measured
from assess.core.scorecard.paper import words
from assess.core.sources import Entries
from assess.core.text import Text
from assess.services.runs.pages import called
from assess.store.queries.notices import SuppliedValue

THE_UNIT: Final = Text("本单位填报", "submitted by the unit")
YEAR_BEFORE: Final = Text("上年数据", "last year's figures")


class GivenValue(NamedTuple):
    """One value that a figure was made of; `period` None for the whole year, `told` words of a place without a file."""

    period: Text | None
    shown: Text
    row: SuppliedValue
    message: Text | None


@dataclass(frozen=True)
class FigureBehind:
    """A figure that a line stands on.

    Attributes:
        id: that of the sheet, or `<item>.<status>` of the task list.
        shown: the year's value with its unit of measure.
        supplier: the department, the unit itself, the task list or the ledger.
        values: what the year's value was made of, in the order of periods, at least one.
    """

    id: str
    title: Text
    shown: Text
    supplier: Text
    last_year: bool
    values: tuple[GivenValue, ...]

    @property
    def origin(self) -> Origin:
        """Where it came from."""
        return Origin(self.values[0].row.origin)

    @property
    def people(self) -> tuple[str, ...]:
        """Who entered its values."""
        return tuple(dict.fromkeys(each.row.by for each in self.values if each.row.by))

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """The files that it came in with, each with its cell, or with the first and the last of several."""
        places: dict[str, list[str]] = {}
        for each in self.values:
            if each.row.file:
                places.setdefault(each.row.file, []).append(each.row.place)
        return tuple((file, stretch(cells)) for file, cells in places.items())


def values_of_parts(figures: Iterable[FigureBehind]) -> dict[tuple[str, str], int]:
    """The rows of the kept values of this year behind some figures, by figure and part."""
    return {
        (figure.id, value.row.period or str(value.row.year)): value.row.value
        for figure in figures
        if not figure.last_year
        for value in figure.values
        if value.row.value is not None
    }


def stretch(cells: Sequence[str]) -> str:
    """The cell, or from which to which; the sheet is named once."""
    first, last = cells[0], cells[-1]
    sheet, _, cell = last.rpartition("!")
    return first if len(cells) == 1 else f"{first} … {cell if first.startswith(f'{sheet}!') else last}"


class FigureTeller:
    """Tells the figures behind the items of one unit."""

    def __init__(self, maker: BookMaker, unit: int, supplied: Sequence[SuppliedValue]) -> None:
        self.maker, self.unit = maker, unit
        self.inputs = maker.results.inputs
        self.departments = departments_in(self.inputs.sheet)
        self.rows = {(row.figure, row.year, row.period or str(row.year)): row for row in supplied}
        self.known: dict[tuple[NeededFigure, int], FigureBehind | None] = {}
        self.register = Register(maker.results, unit)

    def of(self, node: str) -> tuple[FigureBehind, ...]:
        """What a node stands on, formulas opened; nothing for a section, and not what nobody gave."""
        item = self.maker.results.scores[node].node
        wanted = self.maker.means.asked_by(item) if isinstance(item, Item) else ()
        found = (self.figure(asked, owner) for asked in wanted for owner in self.register.owners(asked))
        return tuple(figure for figure in found if figure is not None)

    def figure(self, asked: NeededFigure, owner: int) -> FigureBehind | None:
        """One figure of the unit or of an object, None where nothing was given."""
        if (asked, owner) not in self.known:
            table = self.inputs.table(self.inputs.sheet.year - asked.years_back)
            uses = table.uses(asked.figure, owner) if table is not None else ()
            self.known[asked, owner] = self.behind(asked, owner, uses) if uses else None
        return self.known[asked, owner]

    def behind(self, asked: NeededFigure, owner: int, uses: tuple[Use, ...]) -> FigureBehind | None:
        """One figure with the values that it was made of; None where the run does not know them."""
        year = self.inputs.sheet.year - asked.years_back
        stated = self.inputs.sheet.figures.get(asked.figure, COUNTED)
        before = "" if stated.of is None else f"{self.inputs.known_objects.kinds[stated.of].codes[owner]} "
        known = ((use, self.rows.get((asked.figure, year, before + use.period))) for use in uses)
        rows = [(use, row) for use, row in known if row is not None]
        if not rows:
            return None
        whole = uses[0].text if len(uses) == 1 else self.register.year_value(asked, owner)
        return FigureBehind(
            id=asked.figure,
            title=self.register.title_of_owner(asked, owner),
            shown=words(measured(stated, whole)),
            supplier=self.supplier(asked, Origin(rows[0][1].origin)),
            last_year=asked.last_year,
            values=tuple(
                GivenValue(called(use.period, year, {}), words(measured(stated, use.text)), row, place_told(use))
                for use, row in rows
            ),
        )

    def supplier(self, asked: NeededFigure, origin: Origin) -> Text:
        """Who a figure comes from."""
        if asked.last_year:
            return YEAR_BEFORE
        if origin is not Origin.VALUE:
            return origin.label
        supplied_by = self.inputs.sheet.figures.get(asked.figure, COUNTED).from_
        return THE_UNIT if supplied_by == BY_UNIT else self.departments.get(supplied_by, Text.same(supplied_by))


def place_told(use: Use) -> Text | None:
    """Where a value stands that came in no file, in words."""
    return Text(*use.source) if isinstance(use.source, Entries) else None
