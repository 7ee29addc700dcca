"""Workbooks that people fill in: a sheet of instructions, sheets of input cells, and a stamp that nobody sees.

Input cells are tinted and unlocked, all else is locked without a password; what a column takes is said in the
instructions, under its heading, beside the chosen cell and when a wrong value is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from assess.core.tables import EXAMPLE
from assess.core.text import Language, Text
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text
from assess.files.workbooks.input_cells import Area, areas_of, value_of, width_in_cells
from assess.files.workbooks.stamps import STAMP

GUIDE: Final = Text("填写说明", "Instructions")
LISTS: Final = Text.same("lists")
REQUIRED: Final = Text("必填。", "Required. ")
COLUMNS: Final = Text("“{name}”表各栏填写要求", "Columns of the sheet {name}")
COLOURS: Final = Text(
    "请填写浅黄色的单元格；灰色的表头和白色的单元格已锁定，无需改动（未设密码）。标*的为必填。示例行和备注栏不读取。",
    "Fill in the pale yellow cells. Grey headings and white cells are locked and stay as they are "
    "(there is no password). * means required. The example row and remarks are not read.",
)
READING: Final = Text(
    "行、列的先后可以调整。不要合并单元格；公式须有计算结果。上传后，全部错误连同工作表和单元格一次列出。",
    "You can reorder rows and columns. Do not merge cells. Formulas need a stored result. After the "
    "upload, all errors are listed at once with sheet and cell.",
)
INPUT, HEADING, GREY = "#FFF9E0", "#D9E2EF", "#6B7280"
BARRED: Final = "#D5D8DC"
MAX_MESSAGE_LENGTH, MAX_TITLE_LENGTH, MAX_WORDS_LENGTH = 255, 32, 255
SPARE_ROWS: Final = 200
LAST_ROW: Final = 1_048_576
"""How many rows a sheet of Excel has."""
REFUSED: Final = {"validate": "custom", "value": "=FALSE"}
"""The rule of a cell that takes nothing, whatever is typed."""
PROTECTION: Final = {
    "format_columns": True, "format_rows": True, "sort": True, "autofilter": True, "insert_rows": True,
    "delete_rows": True, "select_locked_cells": True,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class InputColumn:
    """A column of a sheet to fill in.

    Attributes:
        heading: its name; a heading that begins the same in both languages is read in both.
        help: what it takes, in a sentence.
        words: offered in a drop-down; others are refused where `only_words`.
        rule: further conditions of the cell's validation, as XlsxWriter spells them.
        barred: nothing belongs here, which the cell shows in grey.
        explained: whether the instructions have a line about it.
    """

    heading: Text
    help: Text
    example: str = ""
    required: bool = False
    locked: bool = False
    hidden: bool = False
    width: float = 16
    words: Sequence[str] = ()
    only_words: bool = False
    is_date: bool = False
    number_format: str = "@"
    rule: Mapping[str, Any] = field(default_factory=dict)
    barred: bool = False
    explained: bool = True


@dataclass(frozen=True, kw_only=True)
class InputSheet:
    """A sheet to fill in: what stands in it already, and how many rows of blank input cells follow.

    `own` holds, by the number of a column, what each row's cell takes where that differs from row to row; cells that
    take the same share one object. An `open_ended` sheet takes input in every further row too. Rows of a `sortable`
    one can be sorted and filtered although cells are locked, which Excel allows only where they may be edited: their
    rule must refuse what is typed.
    """

    name: Text
    columns: Sequence[InputColumn]
    rows: Sequence[Sequence[str]] = ()
    spare: int = SPARE_ROWS
    frozen: int = 1
    own: Mapping[int, Sequence[InputColumn]] = field(default_factory=dict)
    heading_height: float = 32
    open_ended: bool = False
    sortable: bool = False

    def cell(self, row: int, column: int) -> InputColumn:
        """What a cell takes; rows count from 0."""
        own = self.own.get(column, ())
        return own[row] if row < len(own) else self.columns[column]


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """What the first sheet says: what this is, who fills it in, by when, and whom to ask."""

    title: Text
    who: Text
    steps: Sequence[Text] = ()
    due: str = ""
    contact: str = ""
    colours: Text = COLOURS

    def lines(self) -> Iterator[Text]:
        """The lines of the sheet, the title aside."""
        yield Text("填写人：{who}", "To be filled in by: {who}").format(who=self.who)
        if self.due:
            yield Text("截止日期：{due}", "Due: {due}").format(due=self.due)
        if self.contact:
            yield Text("联系方式：{contact}", "Contact: {contact}").format(contact=self.contact)
        yield from (*self.steps, self.colours, READING)


def write_input_book(
    target: Path | BytesIO,
    language: Language,
    guidance: Guidance,
    sheets: Sequence[InputSheet],
    stamp: Mapping[str, str],
) -> None:
    """Write a workbook to fill in; the same content gives the same bytes."""
    with new_book(target, constant_memory=False) as book:
        writer = InputBookWriter(book, language)
        writer.guide(guidance, sheets)
        for sheet in sheets:
            writer.sheet(sheet)
        writer.lists()
        writer.stamp(stamp)


class InputBookWriter:
    """Writes one workbook."""

    def __init__(self, book: Any, language: Language) -> None:
        self.book, self.language = book, language
        self.words: list[tuple[str, ...]] = []
        self.formats: dict[tuple[str, bool, bool], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.heading = book.add_format(
            {"bold": True, "bg_color": HEADING, "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.example = book.add_format(
            {"italic": True, "font_color": GREY, "bottom": 1, "text_wrap": True, "valign": "top"}
        )

    def guide(self, guidance: Guidance, sheets: Sequence[InputSheet]) -> None:
        """The sheet of instructions."""
        sheet = self.book.add_worksheet(self.say(GUIDE))
        sheet.set_column(0, 0, 110)
        lay_out_for_print(sheet, 0)
        write_text(sheet, 0, 0, self.say(guidance.title), self.title)
        lines = [(f"{n}. {self.say(line)}", self.wrapped) for n, line in enumerate(guidance.lines(), 1)]
        for each in sheets:
            lines.append((self.say(COLUMNS.format(name=each.name)), self.bold))
            lines += [
                (self.explained(column), self.wrapped)
                for column in each.columns
                if not column.hidden and column.explained
            ]
        for row, (line, style) in enumerate(lines, 2):
            write_text(sheet, row, 0, line, style)
            sheet.set_row(row, 16 * (1 + width_in_cells(line) // 105))
        sheet.protect()

    def explained(self, column: InputColumn) -> str:
        """A column in one line of the instructions; never a heading alone, which would be taken for one."""
        required = self.say(REQUIRED) if column.required else ""
        return f"· {self.say(column.heading)} – {required}{self.say(column.help)}"

    def sheet(self, sheet: InputSheet) -> None:
        """A sheet to fill in."""
        page = self.book.add_worksheet(self.say(sheet.name))
        has_examples = any(column.example for column in sheet.columns)
        first = 2 if has_examples else 1
        last = LAST_ROW - 1 if sheet.open_ended else first + len(sheet.rows) + sheet.spare - 1
        for number, column in enumerate(sheet.columns):
            further = self.style(column) if sheet.open_ended else None
            page.set_column(number, number, column.width, further, {"hidden": column.hidden})
            write_text(page, 0, number, self.say(column.heading) + "*" * column.required, self.heading)
            if has_examples:
                write_text(page, 1, number, self.say(EXAMPLE) + column.example if column.example else "", self.example)
            if number not in sheet.own:
                self.validate(page, column, [(first, number, last, number)])
        for row in range(len(sheet.rows) + sheet.spare):
            self.row(page, first, row, sheet)
        for number, cells in sheet.own.items():
            for cell, areas in areas_of(cells, first, number):
                self.validate(page, cell, areas)
        page.set_row(0, sheet.heading_height)
        page.freeze_panes(first, sheet.frozen)
        if sheet.sortable:
            page.autofilter(first - 1, 0, last, len(sheet.columns) - 1)
            page.unprotect_range(xl_range(first, 0, last, len(sheet.columns) - 1))
        page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(sheet.columns))}{last + 1}"})
        lay_out_for_print(page, first - 1)
        page.protect("", PROTECTION)

    def row(self, page: Worksheet, first: int, row: int, sheet: InputSheet) -> None:
        """One row, counted from 0: what is known, and blank input cells."""
        texts = sheet.rows[row] if row < len(sheet.rows) else ()
        for at in range(len(sheet.columns)):
            cell, text = sheet.cell(row, at), texts[at] if at < len(texts) else ""
            style = self.style(cell)
            value = None if cell.number_format == "@" else value_of(text, cell.is_date)
            if isinstance(value, date):
                page.write_datetime(first + row, at, value, style)
            elif value is not None:
                page.write_number(first + row, at, value, style)
            elif text:
                write_text(page, first + row, at, text, self.style(cell, "@"))
            else:
                page.write_blank(first + row, at, None, style)

    def validate(self, page: Worksheet, cell: InputColumn, areas: Sequence[Area]) -> None:
        """Say what cells take when one is chosen, offer the words, and refuse what does not fit."""
        if cell.locked and not cell.rule:
            return
        options: dict[str, Any] = {"validate": "any", **cell.rule}
        if cell.words:
            options |= {"validate": "list", "source": self.source(tuple(cell.words)), "show_error": cell.only_words}
        help_ = self.say(cell.help)
        options["input_title"] = options["error_title"] = self.say(cell.heading)[:MAX_TITLE_LENGTH]
        options["input_message"] = options["error_message"] = help_[:MAX_MESSAGE_LENGTH]
        if len(areas) > 1:
            options["other_cells"] = [list(area) for area in areas[1:]]
        page.data_validation(*areas[0], options)

    def source(self, words: tuple[str, ...]) -> list[str] | str:
        """The words of a drop-down, in a hidden sheet where a cell cannot hold them."""
        if len(",".join(words)) <= MAX_WORDS_LENGTH and not any("," in word for word in words):
            return list(words)
        if words not in self.words:
            self.words.append(words)
        column = xl_col_to_name(self.words.index(words), col_abs=True)
        return f"={self.say(LISTS)}!{column}$1:{column}${len(words)}"

    def lists(self) -> None:
        """The hidden sheet of long lists of words."""
        if not self.words:
            return
        sheet = self.book.add_worksheet(self.say(LISTS))
        for column, words in enumerate(self.words):
            for row, word in enumerate(words):
                write_text(sheet, row, column, word)
        sheet.hide()

    def stamp(self, stamp: Mapping[str, str]) -> None:
        """The very hidden sheet that says what the workbook is."""
        sheet = self.book.add_worksheet(STAMP)
        for row, (name, value) in enumerate(stamp.items()):
            write_text(sheet, row, 0, name)
            write_text(sheet, row, 1, value)
        sheet.very_hidden()

    def style(self, cell: InputColumn, number_format: str | None = None) -> Format:
        """The form of a cell, its number format another one where it holds text."""
        key = (number_format or cell.number_format, cell.locked, cell.barred)
        if key not in self.formats:
            tint = {} if cell.locked else {"bg_color": INPUT, "locked": False}
            tint |= {"bg_color": BARRED} if cell.barred else {}
            shown = {"num_format": key[0], "text_wrap": True, "valign": "top", "border": 1}
            self.formats[key] = self.book.add_format({**shown, "border_color": "#D0D4DA", **tint})
        return self.formats[key]

    def say(self, text: Text) -> str:
        """A text in the language of the workbook."""
        return text.localized(self.language)
