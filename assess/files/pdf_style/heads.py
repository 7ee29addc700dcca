"""Heads of tables: upright, in the middle above a note, or turned upwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.columns import NUMBER_SIDE, PAD, SIDE, Align, PdfColumn
from assess.files.pdf_style.flow import FlowBlock
from assess.files.pdf_style.look import BAND, LINE, SMALL, SMALL_BOLD
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter


@dataclass(frozen=True, slots=True)
class TableHead(FlowBlock):
    """The head of a table: the headings of its columns, some of them turned upwards to save width."""

    columns: tuple[tuple[float, PdfColumn, tuple[str, ...]], ...]
    width: float

    @classmethod
    def of(cls, setter: Typesetter, columns: Sequence[PdfColumn]) -> TableHead:
        """The head of these columns, as high as the longest heading."""
        made, left, high = [], 0.0, 0.0
        for column in columns:
            lines = turned_lines(setter, column) if column.turned else upright_lines(setter, column)
            high = max(high, height_of_heading(setter, column, lines))
            made.append((left, column, lines))
            left += column.width
        return cls(high + 2 * PAD, tuple(made), left)

    def draw(self, page: PdfPage, left: float, top: float) -> None:
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


def height_of_heading(setter: Typesetter, column: PdfColumn, lines: tuple[str, ...]) -> float:
    """How high a heading stands, with the note below it."""
    note = 0 if column.note is None else SMALL_BOLD.line
    if column.turned:
        return max(setter.width(line, SMALL_BOLD) for line in lines) + 5 + note
    return len(lines) * SMALL_BOLD.line + note


def upright_lines(setter: Typesetter, column: PdfColumn) -> tuple[str, ...]:
    """The lines of a heading; where it stands in the middle, the last is never a single character."""
    lines = setter.lines(column.title, column.width - 2, SMALL_BOLD)
    if column.note is None or len(lines) == 1 or len(lines[-1]) > 1:
        return lines
    room = setter.width(column.title, SMALL_BOLD) / len(lines)
    while len(even := setter.lines(column.title, room, SMALL_BOLD)) > len(lines) and room < column.width - 2:
        room += SMALL_BOLD.size / 4
    return even if len(even) == len(lines) else lines


def turned_lines(setter: Typesetter, column: PdfColumn) -> tuple[str, ...]:
    """The lines of a heading that runs upwards, as many as stand side by side in the column."""
    count = max(1, int(column.width / SMALL_BOLD.line))
    return shortened(setter.plain(column.title), TURNED_HEIGHT, SMALL_BOLD.size, SMALL_BOLD.bold, count)


def draw_noted(page: PdfPage, middle: float, bottom: float, column: PdfColumn, lines: tuple[str, ...]) -> None:
    """Put a heading with its note below on a page, both in the middle of the column."""
    page.text_around(middle, bottom, column.note or "", SMALL)
    if column.turned:
        draw_turned(page, middle, bottom + SMALL_BOLD.line, lines)
        return
    for at, line in enumerate(lines, 1):
        page.text_around(middle, bottom + (len(lines) - at + 1) * SMALL_BOLD.line, line, SMALL_BOLD)


def draw_turned(page: PdfPage, middle: float, bottom: float, lines: tuple[str, ...]) -> None:
    """Put a heading that runs upwards on a page."""
    x = middle - len(lines) * SMALL_BOLD.line / 2 + SMALL_BOLD.line / 2 + SMALL_BOLD.size * 0.36
    for line in lines:
        page.text_up(x, bottom, line, SMALL_BOLD)
        x += SMALL_BOLD.line


def draw_heading(page: PdfPage, left: float, bottom: float, column: PdfColumn, lines: tuple[str, ...]) -> None:
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
