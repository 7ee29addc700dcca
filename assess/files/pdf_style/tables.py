"""Tables whose rows stay whole, and paragraphs, which are tables of one column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Final, NamedTuple, TypedDict, Unpack

from assess.files.pdf_style.columns import PAD, SIDE, Align, PdfColumn, decimals_of, has_digits
from assess.files.pdf_style.flow import FlowBlock, PageFlow
from assess.files.pdf_style.heads import TableHead
from assess.files.pdf_style.look import (
    BLACK,
    BODY,
    BODY_WIDTH,
    HAIR,
    HEADING,
    Style,
)
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter

LEAST_LINES: Final = 3
"""A row longer than a page is cut so that so many lines stand on either side at least."""


class CellLines(NamedTuple):
    """The lines of one cell and where they stand in the row."""

    left: float
    column: PdfColumn
    lines: tuple[str, ...]
    style: Style
    tint: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow(FlowBlock):
    """One row of a table."""

    width: float
    cells: tuple[CellLines, ...]
    tint: str | None = None
    colour: str = BLACK
    rule: str | None = HAIR
    to: str | None = None
    title: str | None = None

    def draw(self, page: PdfPage, left: float, top: float) -> None:
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

    def cut(self, room: float) -> tuple[FlowBlock, FlowBlock] | None:
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


def draw_cell(page: PdfPage, cell: CellLines, left: float, y: float, colour: str) -> None:
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


class PdfTable:
    """A table in a flow; its head is repeated on each page. Rows are given as texts of their cells."""

    def __init__(self, flow: PageFlow, columns: Sequence[PdfColumn], *, head: bool = True) -> None:
        self.flow, self.columns = flow, columns
        self.width = fsum(column.width for column in columns)
        lefts = [fsum(column.width for column in columns[:at]) for at in range(len(columns))]
        self._plan = [
            (column, left, column.width - 2 * SIDE, column.style, column.style._replace(bold=True))
            for column, left in zip(columns, lefts, strict=True)
        ]
        if head:
            flow.put(TableHead.of(flow.setter, columns), keep=True, head=True)

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
    ) -> TableRow:
        """A row as a block of its own; `tints` colours and `strong` sets in bold single cells."""
        made, lines = [], self.flow.setter.lines
        for at, ((column, left, room, plain, heavy), text) in enumerate(zip(self._plan, cells, strict=True)):
            style = heavy if bold or at in strong else plain
            made.append(
                CellLines(left, column, lines(text, room, style) if text else (), style, tints[at] if tints else None)
            )
        return TableRow(height_of(made), self.width, tuple(made), **look)

    def end(self) -> None:
        """The table is complete."""
        self.flow.end_table()


def paragraph(
    setter: Typesetter, text: str, style: Style = BODY, *, width: float = BODY_WIDTH, align: Align = Align.LEFT
) -> TableRow:
    """A text as one block."""
    column = PdfColumn("", width, align, style)
    cell = CellLines(0, column, setter.lines(text, width - 2 * SIDE, style), style)
    return TableRow(height_of([cell]), width, (cell,), rule=None)


def put_heading(flow: PageFlow, text: str) -> None:
    """Place a heading that stays with what follows it."""
    flow.put(FlowBlock(7), keep=True)
    flow.put(replace(paragraph(flow.setter, text, HEADING), title=text), keep=True)
