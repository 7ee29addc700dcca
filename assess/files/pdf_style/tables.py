"""Tables whose rows stay whole, and paragraphs, which are tables of one column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple, TypedDict, Unpack

from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.flow import Block, Flow
from assess.files.pdf_style.look import (
    BAND,
    BLACK,
    BODY,
    BODY_WIDTH,
    CELL,
    CELL_BOLD,
    HAIR,
    HEADING,
    LINE,
    SMALL,
    SMALL_BOLD,
    Style,
)
from assess.files.pdf_style.page import Page
from assess.files.pdf_style.setting import Typesetter

PAD: Final = 1.0
"""Blank above and below the lines of a cell."""
SIDE: Final = 2.6
"""Blank left and right of the lines of a cell."""
NUMBER_SIDE: Final = 4.0
"""Blank right of numbers, which part them from the text that follows."""
LEAST_LINES: Final = 3
"""A row longer than a page is cut so that so many lines stand on either side at least."""


class Align(StrEnum):
    """How the lines of a column stand; numbers stand with their decimal points in line."""

    LEFT = "left"
    MIDDLE = "middle"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, width in points, how it is set; `fraction` is the width of its longest decimals,
    `side` the blank to the right of numbers.

    A heading with a `note` below stands in the middle; a `turned` one runs upwards to save width, as much of it as
    there is room for.
    """

    title: str
    width: float
    align: Align = Align.LEFT
    style: Style = CELL
    fraction: float = 0.0
    side: float = NUMBER_SIDE
    turned: bool = False
    note: str | None = None


class CellLines(NamedTuple):
    """The lines of one cell and where they stand in the row."""

    left: float
    column: Column
    lines: tuple[str, ...]
    style: Style
    tint: str | None = None


@dataclass(frozen=True, slots=True)
class Row(Block):
    """One row of a table."""

    width: float
    cells: tuple[CellLines, ...]
    tint: str | None = None
    colour: str = BLACK
    rule: str | None = HAIR
    to: str | None = None
    title: str | None = None

    def draw(self, page: Page, left: float, top: float) -> None:
        """Put the row on a page."""
        bottom = top - self.height
        if self.title:
            page.titles.append(self.title)
        if self.tint:
            page.tint(left, bottom, self.width, self.height, self.tint)
        if self.rule:
            page.rule(left, bottom, left + self.width, colour=self.rule)
        if self.to:
            page.link(self.to, left, bottom, left + self.width, top)
        first = max(cell.style.line / 2 + cell.style.size * 0.36 for cell in self.cells)
        for cell in self.cells:
            if cell.tint:
                page.tint(left + cell.left, bottom + 0.2, cell.column.width, self.height - 0.4, cell.tint)
            draw_cell(page, cell, left + cell.left, top - PAD - first, self.colour)

    def cut(self, room: float) -> tuple[Block, Block] | None:
        """The lines that fit into a height as one row, and the others as another."""
        line = max(cell.style.line for cell in self.cells)
        most = max(len(cell.lines) for cell in self.cells)
        count = min(int((room - 2 * PAD) / line), most - LEAST_LINES)
        if count < LEAST_LINES:
            return None
        first = tuple(cell._replace(lines=cell.lines[:count]) for cell in self.cells)
        second = tuple(cell._replace(lines=cell.lines[count:]) for cell in self.cells)
        below = replace(self, height=height_of(second), cells=second, title=None)
        return replace(self, height=height_of(first), cells=first), below


def height_of(cells: Sequence[CellLines]) -> float:
    """The height of a row of these cells."""
    return max((len(cell.lines) * cell.style.line for cell in cells), default=0.0) + 2 * PAD


def draw_cell(page: Page, cell: CellLines, left: float, y: float, colour: str) -> None:
    """Put the lines of one cell on a page, the first on the base line y."""
    column, style = cell.column, cell.style
    for line in cell.lines:
        if column.align is Align.LEFT:
            page.text(left + SIDE, y, line, style, colour)
        elif column.align is Align.MIDDLE:
            page.text_around(left + column.width / 2, y, line, style, colour)
        else:
            blank = column.fraction - page.setter.width(decimals_of(line), style) if has_digits(line) else 0.0
            page.text_to(left + column.width - column.side - blank, y, line, style, colour)
        y -= style.line


def decimals_of(number: str) -> str:
    """The point and what follows it."""
    _whole, point, decimals = number.partition(".")
    return point + decimals


def has_digits(line: str) -> bool:
    """Whether a cell of a column of numbers holds one; a dash or a word stands at the right edge."""
    return any(char.isdigit() for char in line)


def number_column(setter: Typesetter, title: str, values: Sequence[str | None], least: float = 0.0) -> Column:
    """A column just wide enough for its numbers, which may be missing, and for the words of its heading."""
    whole, fraction = number_widths(setter, values, CELL_BOLD)
    other = max((setter.width(value, CELL_BOLD) for value in values if value), default=0.0)
    return Column(title, max(least, max(whole + fraction, other) + SIDE + NUMBER_SIDE), Align.NUMBER, fraction=fraction)


def number_widths(setter: Typesetter, values: Sequence[str | None], style: Style) -> tuple[float, float]:
    """How wide the longest whole parts and the longest decimals of numbers are."""
    numbers = [value for value in values if value and has_digits(value)]
    whole = max((setter.width(value.partition(".")[0], style) for value in numbers), default=0.0)
    return whole, max((setter.width(decimals_of(value), style) for value in numbers), default=0.0)


class RowLook(TypedDict, total=False):
    """How a whole row looks: its tint, colour of text and rule below, and the place that it leads to."""

    tint: str | None
    colour: str
    rule: str | None
    to: str | None


class Look(RowLook, total=False):
    """How a row and single cells of it look."""

    bold: bool
    strong: Collection[int]
    tints: Sequence[str | None]


class Table:
    """A table in a flow; its head is repeated on each page. Rows are given as texts of their cells."""

    def __init__(self, flow: Flow, columns: Sequence[Column], *, head: bool = True) -> None:
        self.flow, self.columns = flow, columns
        self.width = sum(column.width for column in columns)
        lefts = [sum(column.width for column in columns[:at]) for at in range(len(columns))]
        self._plan = [
            (column, left, column.width - 2 * SIDE, column.style, column.style._replace(bold=True))
            for column, left in zip(columns, lefts, strict=True)
        ]
        if head:
            flow.put(Head.of(flow.setter, columns), keep=True, head=True)

    def add(self, cells: Sequence[str], *, keep: bool = False, **look: Unpack[Look]) -> None:
        """Add a row; `keep` holds it together with the next one."""
        self.flow.put(self.row(cells, **look), keep=keep)

    def row(
        self,
        cells: Sequence[str],
        *,
        bold: bool = False,
        strong: Collection[int] = (),
        tints: Sequence[str | None] = (),
        **look: Unpack[RowLook],
    ) -> Row:
        """A row as a block of its own; `tints` colours and `strong` sets in bold single cells."""
        made, lines = [], self.flow.setter.lines
        for at, ((column, left, room, plain, heavy), text) in enumerate(zip(self._plan, cells, strict=True)):
            style = heavy if bold or at in strong else plain
            made.append(
                CellLines(left, column, lines(text, room, style) if text else (), style, tints[at] if tints else None)
            )
        return Row(height_of(made), self.width, tuple(made), **look)

    def end(self) -> None:
        """The table is complete."""
        self.flow.end_table()


@dataclass(frozen=True, slots=True)
class Head(Block):
    """The head of a table: the headings of its columns, some of them turned upwards to save width."""

    columns: tuple[tuple[float, Column, tuple[str, ...]], ...]
    width: float

    @classmethod
    def of(cls, setter: Typesetter, columns: Sequence[Column]) -> Head:
        """The head of these columns, as high as the longest heading."""
        made, left, high = [], 0.0, 0.0
        for column in columns:
            lines = turned_lines(setter, column) if column.turned else upright_lines(setter, column)
            high = max(high, height_of_heading(setter, column, lines))
            made.append((left, column, lines))
            left += column.width
        return cls(high + 2 * PAD, tuple(made), left)

    def draw(self, page: Page, left: float, top: float) -> None:
        """Put the headings on a page between two rules."""
        bottom = top - self.height
        page.tint(left, bottom, self.width, self.height, BAND)
        page.rule(left, top, left + self.width, 0.9, LINE)
        page.rule(left, bottom, left + self.width, 0.6, LINE)
        for offset, column, lines in self.columns:
            if column.note is None:
                draw_heading(page, left + offset, bottom + PAD, column, lines)
            else:
                draw_noted(page, left + offset + column.width / 2, bottom + PAD + 1.5, column, lines)


TURNED_HEIGHT: Final = 84.0


def height_of_heading(setter: Typesetter, column: Column, lines: tuple[str, ...]) -> float:
    """How high a heading stands, with the note below it."""
    note = 0 if column.note is None else SMALL_BOLD.line
    if column.turned:
        return max(setter.width(line, SMALL_BOLD) for line in lines) + 5 + note
    return len(lines) * SMALL_BOLD.line + note


def upright_lines(setter: Typesetter, column: Column) -> tuple[str, ...]:
    """The lines of a heading; where it stands in the middle, the last is never a single character."""
    lines = setter.lines(column.title, column.width - 2, SMALL_BOLD)
    if column.note is None or len(lines) == 1 or len(lines[-1]) > 1:
        return lines
    room = setter.width(column.title, SMALL_BOLD) / len(lines)
    while len(even := setter.lines(column.title, room, SMALL_BOLD)) > len(lines) and room < column.width - 2:
        room += SMALL_BOLD.size / 4
    return even if len(even) == len(lines) else lines


def turned_lines(setter: Typesetter, column: Column) -> tuple[str, ...]:
    """The lines of a heading that runs upwards, as many as stand side by side in the column."""
    count = max(1, int(column.width / SMALL_BOLD.line))
    return shortened(setter.plain(column.title), TURNED_HEIGHT, SMALL_BOLD.size, SMALL_BOLD.bold, count)


def draw_noted(page: Page, middle: float, bottom: float, column: Column, lines: tuple[str, ...]) -> None:
    """Put a heading with its note below on a page, both in the middle of the column."""
    page.text_around(middle, bottom, column.note or "", SMALL)
    if column.turned:
        draw_turned(page, middle, bottom + SMALL_BOLD.line, lines)
        return
    for at, line in enumerate(lines, 1):
        page.text_around(middle, bottom + (len(lines) - at + 1) * SMALL_BOLD.line, line, SMALL_BOLD)


def draw_turned(page: Page, middle: float, bottom: float, lines: tuple[str, ...]) -> None:
    """Put a heading that runs upwards on a page."""
    x = middle - len(lines) * SMALL_BOLD.line / 2 + SMALL_BOLD.line / 2 + SMALL_BOLD.size * 0.36
    for line in lines:
        page.text_up(x, bottom, line, SMALL_BOLD)
        x += SMALL_BOLD.line


def draw_heading(page: Page, left: float, bottom: float, column: Column, lines: tuple[str, ...]) -> None:
    """Put a heading on a page, its last line above a height."""
    y = bottom + (len(lines) - 0.5) * SMALL_BOLD.line - SMALL_BOLD.size * 0.36
    for line in lines:
        if column.align is Align.LEFT:
            page.text(left + SIDE, y, line, SMALL_BOLD)
        elif column.align is Align.MIDDLE:
            page.text_around(left + column.width / 2, y, line, SMALL_BOLD)
        else:
            page.text_to(left + column.width - NUMBER_SIDE, y, line, SMALL_BOLD)
        y -= SMALL_BOLD.line


def paragraph(
    setter: Typesetter, text: str, style: Style = BODY, *, width: float = BODY_WIDTH, align: Align = Align.LEFT
) -> Row:
    """A text as one block."""
    column = Column("", width, align, style)
    cell = CellLines(0, column, setter.lines(text, width - 2 * SIDE, style), style)
    return Row(height_of([cell]), width, (cell,), rule=None)


def put_heading(flow: Flow, text: str) -> None:
    """Place a heading that stays with what follows it."""
    flow.put(Block(7), keep=True)
    flow.put(replace(paragraph(flow.setter, text, HEADING), title=text), keep=True)
