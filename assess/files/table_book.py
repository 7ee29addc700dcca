"""Tables as sheets of a workbook that prints on A3 across: tinted by score rate, changes with their sign."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import fsum
from pathlib import Path
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assess.core.printed_tables import PrintedCell, PrintedTable, TableNumber
from assess.core.text import Language
from assess.files.charts.heat import is_low, tint_of
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text
from assess.files.workbooks.number_cells import double_of, pattern_of

A3: Final = 8
PAGE_WIDTH: Final = 260
"""Characters that a page of A3 across holds and that are still read with ease; a wider table takes more pages."""
TURNED_HEIGHT: Final = 160
"""Points that headings have that run upwards."""
HEADING_ROW: Final = 2
"""The rows above hold the title and the marks."""
MAX_NAME_LENGTH: Final = 31
"""Characters that the name of a sheet has in Excel."""
REFUSED_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_table_book(tables: Sequence[PrintedTable], target: Path | BytesIO, language: Language) -> None:
    """Write tables, a sheet each; the same tables give the same bytes."""
    book = new_book(target)
    sheets = TableSheets(book, language)
    for table in tables:
        sheets.add(table)
    book.close()


class TableSheets:
    """Adds tables to a workbook as sheets."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self.book, self.language = book, language
        self.heading = book.add_format(
            {"bold": True, "bg_color": "#D9E2EF", "border": 1, "text_wrap": True, "valign": "bottom"}
        )
        self.turned = book.add_format({"bold": True, "bg_color": "#D9E2EF", "border": 1, "rotation": 90})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.mark = book.add_format({"bold": True, "font_color": "#B00020"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.formats: dict[tuple[str, str | None, bool], Format] = {}

    def add(self, table: PrintedTable) -> None:
        """Add a table as a sheet of its own."""
        say = self.language
        sheet = self.book.add_worksheet(table.name.localized(say).translate(REFUSED_IN_NAMES)[:MAX_NAME_LENGTH])
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.width)
        write_text(sheet, 0, 0, table.title.localized(say), self.title)
        if any(column.is_turned for column in table.columns):
            sheet.set_row(HEADING_ROW, TURNED_HEIGHT)
        write_text(sheet, 1, 0, " · ".join(mark.localized(say) for mark in table.marks), self.mark)
        for at, column in enumerate(table.columns):
            look = self.turned if column.is_turned else self.heading
            write_text(sheet, HEADING_ROW, at, column.heading.localized(say), look)
        last = HEADING_ROW
        for last, row in enumerate(table.rows, start=HEADING_ROW + 1):
            for at, cell in enumerate(row):
                self.cell(sheet, last, at, cell)
        sheet.autofilter(HEADING_ROW, 0, last, len(table.columns) - 1)
        sheet.freeze_panes(HEADING_ROW + 1, table.frozen)
        lay_out(sheet, table)

    def cell(self, sheet: Worksheet, row: int, at: int, cell: PrintedCell) -> None:
        """A text as text; a printed number as a number that shows the same digits."""
        if isinstance(cell, TableNumber):
            plain = cell.printed.replace("−", "-")
            value = double_of(plain.removeprefix("≈").removeprefix("+"))
            if value is None:
                write_text(sheet, row, at, cell.printed, self.wrapped)
            else:
                sheet.write_number(row, at, value, self.number_format(cell, plain))
        elif cell:
            write_text(sheet, row, at, cell.localized(self.language), self.wrapped)

    def number_format(self, cell: TableNumber, plain: str) -> Format:
        """As many decimals as are printed, a tint by the score rate, and the sign of a change."""
        pattern = pattern_of(plain.removeprefix("+"))
        shown = f"+{pattern};-{pattern};{pattern}" if cell.is_change else pattern
        tint, is_bold = tint_of(cell.rate), is_low(cell.rate)
        key = (shown, tint, is_bold)
        if key not in self.formats:
            look = {"num_format": shown, "valign": "top", "bold": is_bold}
            self.formats[key] = self.book.add_format(look | ({"bg_color": tint} if tint else {}))
        return self.formats[key]


def lay_out(sheet: Worksheet, table: PrintedTable) -> None:
    """A3 across; a table that is wider than a page has its first columns on each."""
    lay_out_for_print(sheet, HEADING_ROW)
    sheet.set_paper(A3)
    pages = -(-int(fsum(column.width for column in table.columns)) // PAGE_WIDTH)
    if pages > 1:
        sheet.fit_to_pages(pages, 0)
        sheet.repeat_columns(0, table.frozen - 1)
