"""The weekly summary of findings as a workbook; text is written as text, never as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

from xlsxwriter.worksheet import Worksheet

from assess.core.findings.weekly import LongOverdue, WeekLine, Weekly, WeeklyFlow
from assess.core.findings.weekly_words import (
    COLUMNS,
    DOMAIN,
    HOW,
    NOBODY_OVERDUE,
    OVERDUE_COLUMNS,
    SECTIONS,
    TITLE,
    TOGETHER,
    UNIT,
    sentences,
    told_quiet,
)
from assess.core.text import Language, Text
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text

DEMONSTRATION: Final = Text("演示数据，不是真实情况", "Demonstration: not real data")
HEAD_ROWS: Final = 3
"""Title, week, and what must be known of the data stand above the headings."""
NAME_WIDTH, NUMBER_WIDTH, TEXT_WIDTH = 30, 12, 130
OVERDUE_WIDTHS: Final = (8, 24, 24, 60, 18, 14, 12)

Cell = Text | str | int | date


def write_weekly_book(weekly: Weekly, target: Path | BytesIO, language: Language) -> None:
    """Write the workbook; it has the same bytes for the same summary."""
    book = WeeklyBookWriter(weekly, target, language)
    book.overview()
    book.counted(SECTIONS["units"], UNIT, weekly.units)
    book.counted(SECTIONS["domains"], DOMAIN, weekly.domains)
    book.longest()
    book.close()


class WeeklyBookWriter:
    """Writes the sheets of one workbook."""

    def __init__(self, weekly: Weekly, target: Path | BytesIO, language: Language) -> None:
        self.weekly, self.language = weekly, language
        self.book = new_book(target)
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.warning = self.book.add_format({"bold": True, "font_color": "#B00020"})
        self.heading = self.book.add_format({
            "bold": True, "bg_color": "#D9E2EF", "border": 1, "text_wrap": True, "valign": "top",
        })  # fmt: skip
        self.plain = self.book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self.total = self.book.add_format({"border": 1, "bold": True, "bg_color": "#F0F4F9"})
        self.day = self.book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.words = self.book.add_format({"text_wrap": True, "valign": "top"})

    def close(self) -> None:
        """The workbook is complete."""
        self.book.close()

    def sheet(self, name: Text, widths: Sequence[int], headings: Sequence[Text]) -> Worksheet:
        """A sheet with its title, week, mark and headings, which stay in sight."""
        say = self.language
        sheet = self.book.add_worksheet(name.localized(say))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        write_text(sheet, 0, 0, f"{TITLE.localized(say)} · {name.localized(say)}", self.title)
        write_text(sheet, 1, 0, f"{self.weekly.title.localized(say)} · {self.weekly.week.label.localized(say)}")
        if self.weekly.demonstration:
            write_text(sheet, 2, 0, DEMONSTRATION.localized(say), self.warning)
        for at, heading in enumerate(headings):
            write_text(sheet, HEAD_ROWS, at, heading.localized(say), self.heading)
        if headings:
            sheet.freeze_panes(HEAD_ROWS + 1, 1)
        lay_out_for_print(sheet, HEAD_ROWS if headings else HEAD_ROWS - 1)
        return sheet

    def overview(self) -> None:
        """What the week brought in sentences, and how it was counted."""
        sheet = self.sheet(SECTIONS["overview"], (TEXT_WIDTH,), ())
        quiet = (
            f"{SECTIONS['quiet'].localized(self.language)}：" if self.language == "zh" else f"{SECTIONS['quiet'].en}: "
        )
        told = [each.localized(self.language) for each in sentences(self.weekly)]
        told += [quiet + told_quiet(self.weekly).localized(self.language)]
        told += [HOW.localized(self.language, day=self.weekly.through)]
        for at, text in enumerate(told, HEAD_ROWS):
            write_text(sheet, at, 0, text, self.words)

    def counted(self, name: Text, what: Text, lines: Sequence[WeekLine]) -> None:
        """What the week brought for each unit or domain, and together."""
        sheet = self.sheet(name, (NAME_WIDTH, *[NUMBER_WIDTH] * len(COLUMNS)), (what, *COLUMNS.values()))
        self.row(sheet, HEAD_ROWS + 1, [TOGETHER, *numbers(self.weekly.all)], is_total=True)
        for at, line in enumerate(lines, HEAD_ROWS + 2):
            self.row(sheet, at, [line.label, *numbers(line.flow)])

    def longest(self) -> None:
        """What is overdue longest."""
        sheet = self.sheet(SECTIONS["longest"], OVERDUE_WIDTHS, OVERDUE_COLUMNS)
        for row, each in enumerate(self.weekly.longest, HEAD_ROWS + 1):
            self.row(sheet, row, cells_of(each))
        if not self.weekly.longest:
            write_text(sheet, HEAD_ROWS + 1, 0, NOBODY_OVERDUE.localized(self.language))

    def row(self, sheet: Worksheet, row: int, cells: Sequence[Cell], *, is_total: bool = False) -> None:
        """A row of texts, numbers and days."""
        style = self.total if is_total else self.plain
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, at, cell, style)
            elif isinstance(cell, date):
                sheet.write_datetime(row, at, cell, self.day)
            else:
                write_text(sheet, row, at, cell.localized(self.language) if isinstance(cell, Text) else cell, style)


def numbers(flow: WeeklyFlow) -> list[Cell]:
    """The numbers of a line, in the order of the columns."""
    return [getattr(flow, name) for name in COLUMNS]


def cells_of(each: LongOverdue) -> list[Cell]:
    """One finding as a row."""
    about = f"{each.place}：{each.what}"
    return [each.number, each.unit, each.kind, about, each.responsible, each.deadline, each.days]
