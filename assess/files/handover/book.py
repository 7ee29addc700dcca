"""A hand-over as a workbook in one language: units, members, corrections, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assess.core.handover import words
from assess.core.handover.content import HandedMember, HandedUnit, Handover, HandoverChange
from assess.core.text import Language, Text
from assess.files.number_cells import double_of, pattern_of
from assess.files.workbooks import lay_out_for_print, new_book, write_text

HEAD_ROWS: Final = 3
"""Title, what the results are worth, and the digest of the rules stand above the headings."""
UNIT_COLUMNS: Final = {
    "code": 13, "name": 26, "group_title": 14, "state": 12, "total": 10, "rank": 8, "of": 11, "grade_title": 12,
    "converted": 11, "adjustments": 44, "check_code": 18,
}  # fmt: skip
MEMBER_COLUMNS: Final = {
    "code": 13, "unit": 26, "post_title": 30, "HandedMember.name": 16, "first": 13, "last": 13, "days": 11,
    "of_days": 10, "points": 12,
}  # fmt: skip
CHANGE_COLUMNS: Final = {
    "what": 9, "code": 13, "unit": 26, "post_title": 28, "HandedMember.name": 16, "step": 10, "field": 20, "old": 28,
    "new": 28,
}  # fmt: skip
NOTE_WIDTHS: Final = (34, 96)


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A printed number that becomes a number cell with the same digits."""

    printed: str


Cell = Text | str | NumberCell | None


def workbook(handover: Handover, language: Language) -> bytes:
    """The bytes of the workbook."""
    writer = HandoverBookWriter(handover, language)
    writer.table(words.UNITS, UNIT_COLUMNS, (writer.unit(each) for each in handover.units))
    writer.table(words.MEMBERS, MEMBER_COLUMNS, (writer.member(each) for each in handover.members))
    if handover.is_correction:
        writer.table(words.CHANGES, CHANGE_COLUMNS, (row for each in handover.changes for row in change_rows(each)))
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

    def table(self, name: Text, columns: dict[str, int], rows: Iterable[list[Cell]]) -> None:
        """A sheet of rows under headings that stay in sight, with a filter."""
        sheet = self.sheet(name, columns.values())
        for at, field in enumerate(columns):
            write_text(sheet, HEAD_ROWS, at, words.FIELDS[field].localized(self.language), self.heading)
        last = HEAD_ROWS
        for last, row in enumerate(rows, HEAD_ROWS + 1):
            for at, cell in enumerate(row):
                self.cell(sheet, last, at, cell)
        sheet.freeze_panes(HEAD_ROWS + 1, 2)
        sheet.autofilter(HEAD_ROWS, 0, last, len(columns) - 1)
        lay_out_for_print(sheet, HEAD_ROWS)

    def notes(self) -> None:
        """What must be known to read the tables."""
        sheet = self.sheet(words.NOTES, NOTE_WIDTHS)
        for row, (head, said) in enumerate(words.notes(self.handover), HEAD_ROWS):
            write_text(sheet, row, 0, head.localized(self.language), self.heading)
            write_text(sheet, row, 1, said.localized(self.language), self.plain)
        lay_out_for_print(sheet, 0)

    def cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        """A text as text, a printed number as a number, a blank as a framed blank."""
        value = double_of(cell.printed) if isinstance(cell, NumberCell) else None
        if isinstance(cell, NumberCell):
            if value is None:
                write_text(sheet, row, column, cell.printed, self.plain)
            else:
                sheet.write_number(row, column, value, self.number_format(cell.printed))
        elif text := cell.localized(self.language) if isinstance(cell, Text) else cell:
            write_text(sheet, row, column, text, self.plain)
        else:
            sheet.write_blank(row, column, None, self.plain)

    def number_format(self, printed: str) -> Format:
        """A format with as many decimals as are printed."""
        pattern = pattern_of(printed)
        if pattern not in self.numbers:
            self.numbers[pattern] = self.book.add_format({"num_format": pattern, "border": 1, "valign": "top"})
        return self.numbers[pattern]

    def unit(self, unit: HandedUnit) -> list[Cell]:
        """The row of a unit."""
        return [
            unit.code, unit.name, unit.group_title, words.STATES.get(unit.state, unit.state), number(unit.total),
            number(unit.rank), number(unit.of), unit.grade_title, number(unit.converted), unit.adjusted,
            self.handover.code(unit.code, self.language),
        ]  # fmt: skip

    def member(self, member: HandedMember) -> list[Cell]:
        """The row of a member."""
        return [
            member.unit, self.names.get(member.unit), member.post_title, member.name or words.NOBODY, member.first,
            member.last, number(member.days), number(member.of_days), number(member.points),
        ]  # fmt: skip


def change_rows(change: HandoverChange) -> Iterator[list[Cell]]:
    """The rows of a unit or member that differs, one for each field that readers know."""
    is_member = change.what == "member"
    name = (change.name or words.NOBODY) if is_member else None
    about: list[Cell] = [
        words.RECORD_LABELS[change.what], change.unit, change.unit_name, change.post_title if is_member else None, name,
        words.STEPS[change.step],
    ]  # fmt: skip
    for each in change.fields:
        if each.field not in words.HIDDEN_FIELDS:
            values = [words.value_told(each.field, value) for value in (each.old, each.new)]
            yield [*about, words.field_called(change.what, each.field), *values]


def number(printed: str | int | None) -> NumberCell | str | None:
    """A number cell; text where no decimal writes the number in full."""
    text = None if printed is None else str(printed)
    return NumberCell(text) if text is not None and "/" not in text else text
