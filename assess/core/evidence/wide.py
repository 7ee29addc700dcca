"""Tables with units down and periods across: what each column is by one or two lines of headings and a title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from assess.core.evidence.names import ColumnRole, HeadingNames, OfFigure, plain_heading
from assess.core.evidence.pages import At, EvidencePage, sound
from assess.core.evidence.titles import TableTitle, TitledFigure, titled_figure
from assess.core.figures.period_words import NOT_A_PERIOD, of_kind, read_label
from assess.core.figures.periods import PeriodLabel
from assess.core.parsing import ParseError, wrong

FIRST_ROWS: Final = 20
MAX_LINES_BELOW: Final = 2
MAX_WIDTH: Final = 400
"""Columns of a merged heading that are looked at."""
MAX_AREAS: Final = 2000
"""Merged areas among the first rows that are looked at."""
AROUND: Final = "()-_:,.，、 的"
"""What parts a period and a figure in one heading."""


@dataclass(slots=True)
class WideColumn:
    """What the headings over a column say: the figure and the period, each None where they say none.

    `row` and `text` are those of its lowest heading.
    """

    text: str
    row: int
    figure: str | None = None
    label: PeriodLabel | ParseError | None = None


@dataclass(frozen=True, slots=True, eq=False)
class WideTable:
    """The columns of a table with periods across, where its data begin, and what its titles say."""

    columns: Mapping[int, WideColumn]
    start: int
    last: int
    rows: frozenset[int]
    titled: TitledFigure

    @property
    def is_clear(self) -> bool:
        """Whether a column with a period has a figure."""
        return any(self.figure_of(each) for each in self.columns.values() if isinstance(each.label, PeriodLabel))

    def figure_of(self, column: WideColumn) -> str | None:
        """The figure of a column: that of its headings, else that of the title."""
        return column.figure or (self.titled.figure if column.label is not None else None)


def wide_table(page: EvidencePage, names: HeadingNames) -> WideTable | None:
    """The table with periods across that a sheet of their own holds; None where it holds none."""
    if names.template is not None:
        return None
    layout = WideLayout(page, names)
    if layout.position is None:
        return None
    columns = {at: column for at in layout.used if (column := layout.column(at)) is not None}
    if not any(isinstance(each.label, PeriodLabel) for each in columns.values()):
        return None
    rows = frozenset(page.rows[each][0] for each in layout.lines)
    last = page.rows[layout.lines[-1]][0]
    return WideTable(columns, layout.lines[-1] + 1, last, rows, titled_figure(layout.titles, page.name, names))


@dataclass(eq=False)
class WideLayout:
    """The lines of headings of one sheet."""

    page: EvidencePage
    names: HeadingNames
    merged: dict[At, At] = field(init=False)

    def __post_init__(self) -> None:
        """Know the first cell of each merged area among the first rows."""
        high = [each for each in self.page.merged if each[0][0] in self.numbers]
        areas = [each for each in high[:MAX_AREAS] if each[1][0] - each[0][0] < FIRST_ROWS]
        self.merged = {
            (row, column): (top, left)
            for (top, left), (bottom, right) in areas
            for row in range(top, bottom + 1)
            for column in range(left, min(right, left + MAX_WIDTH) + 1)
        }

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The position of each of the first rows by its number."""
        return {number: position for position, (number, _) in enumerate(self.page.rows[:FIRST_ROWS])}

    @cached_property
    def texts(self) -> list[Mapping[int, str]]:
        """The texts of the first rows."""
        return [sound(cells) for _, cells in self.page.rows[:FIRST_ROWS]]

    @cached_property
    def position(self) -> int | None:
        """Which row has the heading of units."""
        return next((each for each, cells in enumerate(self.texts) if self.units_in(cells)), None)

    def units_in(self, cells: Mapping[int, str]) -> list[int]:
        """The columns that are headed as units in a row."""
        return [column for column, text in cells.items() if self.names.meaning(text) is ColumnRole.UNIT]

    @cached_property
    def lines(self) -> list[int]:
        """The positions of the lines of headings: that of the units, one above, and up to two below."""
        place = self.position
        assert place is not None
        units = self.units_in(self.texts[place])
        found = [place]
        if place and not any(column in self.texts[place - 1] for column in units) and self.says(place - 1):
            found.insert(0, place - 1)
        for below in range(place + 1, min(place + 1 + MAX_LINES_BELOW, len(self.texts))):
            if any(column in self.texts[below] for column in units) or not self.says(below):
                break
            found.append(below)
        return found

    def says(self, position: int) -> bool:
        """Whether a row names a figure or a period in more than numbers."""
        return any(
            isinstance(self.names.meaning(text), OfFigure)
            or isinstance(read_label(text, self.names.sheet.year), PeriodLabel)
            or self.parted(text) is not None
            for column, text in self.texts[position].items()
            if not self.is_title(position, column)
        ) or self.counts_below(position)

    def counts_below(self, position: int) -> bool:
        """Whether a row holds bare numbers below a heading that says what they count."""
        texts = self.texts[position]
        return bool(texts) and all(
            of_kind(text, plain_heading(self.over(position, column))) != text for column, text in texts.items()
        )

    def over(self, position: int, column: int) -> str:
        """The text of the row above over a column."""
        return self.text_at(position - 1, column) if position else ""

    def is_title(self, position: int, column: int) -> bool:
        """Whether a cell stands alone in its row, as titles do."""
        return (
            len(self.texts[position]) == 1
            and self.position is not None
            and position < self.position
            and (self.merged.get((self.page.rows[position][0], column)) is None)
        )

    @cached_property
    def used(self) -> list[int]:
        """The columns that have a heading."""
        found = {column for each in self.lines for column in self.texts[each]}
        numbers = {self.page.rows[each][0] for each in self.lines}
        return sorted(found | {column for row, column in self.merged if row in numbers and self.stack(column)})

    def text_at(self, position: int, column: int) -> str:
        """The text over a column in a row: its own, that of the merged area, in a CSV file that to the left of it."""
        number = self.page.rows[position][0]
        top, left = self.merged.get((number, column), (number, column))
        if top in self.numbers and (text := self.texts[self.numbers[top]].get(left)):
            return text
        if self.page.name or position == self.lines[-1]:
            return ""
        before = [at for at in self.texts[position] if at < column]
        return self.texts[position][max(before)] if before and max(before) not in self.units else ""

    @cached_property
    def units(self) -> list[int]:
        """The columns of units."""
        return [] if self.position is None else self.units_in(self.texts[self.position])

    def stack(self, column: int) -> list[tuple[str, int]]:
        """The headings over a column from above, each with its row."""
        found: dict[str, int] = {}
        for position in self.lines:
            if text := self.text_at(position, column):
                found[text] = (
                    self.page.rows[position][0]
                    if column in self.texts[position]
                    else found.get(text, self.page.rows[position][0])
                )
        return list(found.items())

    def column(self, at: int) -> WideColumn | None:
        """What the headings over a column say; None where there is none."""
        stack = self.stack(at)
        if not stack:
            return None
        found = WideColumn(*stack[-1])
        if isinstance(self.names.meaning(found.text), ColumnRole):
            return found
        for place, (text, _) in enumerate(stack):
            figure, label = self.told(text, stack[place - 1][0] if place else "")
            found.figure = figure or found.figure
            found.label = label or found.label
        return found

    def told(self, text: str, over: str) -> tuple[str | None, PeriodLabel | ParseError | None]:
        """The figure and the period that a heading says."""
        meaning = self.names.meaning(text)
        if isinstance(meaning, OfFigure):
            return meaning.figure, None
        label = read_label(of_kind(text, plain_heading(over)), self.names.sheet.year)
        if isinstance(label, PeriodLabel):
            return None, label
        parted = self.parted(text)
        if parted is not None:
            return parted
        return None, None if label == wrong(NOT_A_PERIOD, text) else label

    def parted(self, text: str) -> tuple[str, PeriodLabel | ParseError] | None:
        """The figure and the period in one heading: 1月PM2.5浓度, PM2.5浓度（1月）."""
        plain = plain_heading(text)
        for way in sorted((each for each in self.names.ways if each in plain), key=len, reverse=True):
            before, _, after = plain.partition(way)
            rest = before.strip(AROUND) or after.strip(AROUND)
            figures = self.names.ways[way]
            if not rest or (before.strip(AROUND) and after.strip(AROUND)) or len(figures) > 1:
                continue
            label = read_label(rest, self.names.sheet.year)
            if label != wrong(NOT_A_PERIOD, rest):
                return next(iter(figures)), label
        return None

    @property
    def titles(self) -> list[TableTitle]:
        """The texts over the headings."""
        return [
            TableTitle(text, self.page.rows[each][0], column)
            for each in range(self.lines[0])
            for column, text in self.texts[each].items()
        ]
