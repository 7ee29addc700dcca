"""A hand-over as a workbook in one language: units, members, corrections, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assess.core.columns import Row, TableColumn, for_readers
from assess.core.handover import words
from assess.core.handover.columns import (
    CHANGE_COLUMNS,
    MEMBER_COLUMNS,
    STANDING_COLUMNS,
    change_rows,
    member_rows,
    standing_rows,
    unit_columns,
    unit_rows,
)
from assess.core.handover.content import Handover
from assess.core.text import Language, Text
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text
from assess.files.workbooks.number_cells import double_of, pattern_of

HEAD_ROWS: Final = 3
"""Title, what the results are worth, and the digest of the rules stand above the headings."""
NOTE_WIDTHS: Final = (34, 96)


def workbook(handover: Handover, language: Language) -> bytes:
    """The bytes of the workbook."""
    writer = HandoverBookWriter(handover, language)
    writer.table(words.UNITS, unit_columns(handover.rules.unit_of_result), unit_rows(handover))
    if handover.rankings:
        writer.table(words.OTHER_RANKINGS, STANDING_COLUMNS, standing_rows(handover))
    writer.table(words.MEMBERS, MEMBER_COLUMNS, member_rows(handover))
    if handover.is_correction:
        told = (row for row in change_rows(handover) if row.field.field not in words.HIDDEN_FIELDS)
        writer.table(words.CHANGES, CHANGE_COLUMNS, told)
    writer.notes()
    return writer.close()


class HandoverBookWriter:
    """Writes the sheets of one workbook."""

    def __init__(self, handover: Handover, language: Language) -> None:
        self.handover, self.language, self.target = handover, language, BytesIO()
        self.names = handover.names
        self.book = new_book(self.target)
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.warning = self.book.add_format({"bold": True, "font_color": "#B00020"})
        self.heading = self.book.add_format({
            "bold": True, "bg_color": "#D9E2EF", "border": 1, "text_wrap": True, "valign": "top",
        })  # fmt: skip
        self.plain = self.book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self.numbers: dict[str, Format] = {}

    def close(self) -> bytes:
        """The bytes, once all is written."""
        self.book.close()
        return self.target.getvalue()

    def sheet(self, name: Text, widths: Iterable[int]) -> Worksheet:
        """A sheet with its title, which hand-over it is, and whether it is a demonstration."""
        sheet = self.book.add_worksheet(name.localized(self.language))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        title = words.TITLE.localized(self.language, title=self.handover.title)
        write_text(sheet, 0, 0, f"{title} · {name.localized(self.language)}", self.title)
        write_text(sheet, 1, 0, words.numbered(self.handover).localized(self.language))
        if self.handover.demonstration:
            write_text(sheet, 2, 0, words.DEMONSTRATION.localized(self.language), self.warning)
        return sheet

    def table(self, name: Text, columns: Sequence[TableColumn[Row]], rows: Iterable[Row]) -> None:
        """A sheet of rows under headings that stay in sight, with a filter."""
        shown = for_readers(columns)
        sheet = self.sheet(name, [column.width for column in shown])
        for at, column in enumerate(shown):
            write_text(sheet, HEAD_ROWS, at, column.title.localized(self.language), self.heading)
        last = HEAD_ROWS
        for last, row in enumerate(rows, HEAD_ROWS + 1):
            for at, column in enumerate(shown):
                self.cell(sheet, (last, at), column, row)
        sheet.freeze_panes(HEAD_ROWS + 1, 2)
        sheet.autofilter(HEAD_ROWS, 0, last, len(shown) - 1)
        lay_out_for_print(sheet, HEAD_ROWS)

    def notes(self) -> None:
        """What must be known to read the tables."""
        sheet = self.sheet(words.NOTES, NOTE_WIDTHS)
        for row, (head, said) in enumerate(words.notes(self.handover), HEAD_ROWS):
            write_text(sheet, row, 0, head.localized(self.language), self.heading)
            write_text(sheet, row, 1, said.localized(self.language), self.plain)
        lay_out_for_print(sheet, 0)

    def cell(self, sheet: Worksheet, at: tuple[int, int], column: TableColumn[Row], row: Row) -> None:
        """A text as text, a printed number as a number, a blank as a framed blank."""
        text = column.text(row, self.language)
        number = number_in(text) if column.is_number else None
        if number is not None:
            sheet.write_number(*at, number, self.number_format(text))
        elif text:
            write_text(sheet, *at, text, self.plain)
        else:
            sheet.write_blank(*at, None, self.plain)

    def number_format(self, printed: str) -> Format:
        """A format with as many decimals as are printed."""
        pattern = pattern_of(printed)
        if pattern not in self.numbers:
            self.numbers[pattern] = self.book.add_format({"num_format": pattern, "border": 1, "valign": "top"})
        return self.numbers[pattern]


def number_in(printed: str) -> float | None:
    """The number of a cell; None for a blank, and where no decimal writes the number in full."""
    return double_of(printed) if printed and "/" not in printed else None
