"""Rule sheets as Excel workbooks that an assessor can edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assess.core.kinds import ReferenceType, RoundTo, Title, WordList
from assess.core.numbers import NotANumber, Percent, exact, from_cell, reduced
from assess.core.rules.figure import SUPPLIERS, TOLD_BY, supplier_word
from assess.core.rules.nodes import AxesKind, MissingKind
from assess.core.rules.sheet import Department, RuleSheet
from assess.core.schema import FieldType
from assess.core.text import Language, Text
from assess.files.rule_sheets.book_content import Content, Row
from assess.files.rule_sheets.book_guide import write_guide
from assess.files.rule_sheets.book_layout import (
    DEPARTMENTS,
    FIGURES,
    FIRST_ROW,
    GRADES,
    ITEMS,
    MAIN,
    OBJECTS,
    SHEET,
    TABS,
    Tab,
    is_numeric,
    place_of,
)
from assess.files.rule_sheets.book_limits import holdable
from assess.files.rule_sheets.book_looks import (
    GENERAL,
    TEXT,
    BookFormats,
    PrintedArea,
    RowEmphasis,
    folded_columns,
    looks_of,
    mark_new_sections,
    percent_form,
    print_on_pages,
    width_of,
)
from assess.files.rule_sheets.book_remarks import remark_lines, remark_on
from assess.files.rule_sheets.book_spelling import Spelled, worded
from assess.files.rule_sheets.book_words import heading_of
from assess.files.workbooks.books import new_book, write_text

SPARE_ROWS: Final = 300
"""Rows below the last one that have drop-downs too."""
REFERRED: Final[dict[str, tuple[Tab, str]]] = {
    "figure": (FIGURES, "id"), "department": (DEPARTMENTS, "id"), "grade": (GRADES, "id"), "node": (ITEMS, "id"),
    "object kind": (OBJECTS, "id"),
}  # fmt: skip
ALWAYS: Final = (SHEET, FIGURES, ITEMS)
"""Tabs that are written without rows too; a sheet without items has all, to be filled in."""
PLAIN: Final = RowEmphasis()
EXPLANATION_WIDTH: Final = 40
FOLDED: Final = {"level": 1, "hidden": True}
MAX_LIST_LENGTH: Final = 255
"""Characters of the words of a drop-down."""
REMARKS: Final = Text("说明", "remarks")
OTHER_WORD: Final = Text(
    "这个词不在列表中。请从列表中选，或填“说明”里列出的同义词、英文词。",
    "This word is not in the list. Select one, or enter a Chinese word or synonym from the sheet 说明.",
)


Comments = Mapping[str, Mapping[str, str]]
"""What is said beside cells, by tab and cell."""
NO_COMMENTS: Final[Comments] = {}
COMMENT_SIZE: Final = {"width": 360, "height": 120}


def write_book(sheet: RuleSheet, path: Path, language: Language = "zh", comments: Comments = NO_COMMENTS) -> None:
    """Write a sheet that was read without flaws, words of lists in a language; the same sheet gives the same bytes.

    Raises:
        ValidationError: what a workbook cannot say, such as two items of one id, or a text that no cell can hold.
    """
    content = holdable(sheet, language)
    book = new_book(path, constant_memory=False)
    write_guide(book, language)
    writer = RuleSheetBookWriter(book, content, language)
    for tab in writer.tabs:
        page = writer.tab(tab)
        for cell, text in comments.get(tab.name, {}).items():
            page.write_comment(cell, text, COMMENT_SIZE)
    book.close()


class RuleSheetBookWriter:
    """Writes the tabs of one workbook."""

    def __init__(self, book: Workbook, content: Content, language: Language) -> None:
        self.book = book
        self.language = language
        self.content = content
        self.tabs = tuple(tab for tab in TABS if tab in ALWAYS or content[tab.key] or not content[ITEMS.key])
        self.columns = {tab.key: columns_of(tab, content[tab.key]) for tab in self.tabs}
        self.folded = {tab.key: folded_columns(tab, self.columns[tab.key], content[tab.key]) for tab in self.tabs}
        self.formats = BookFormats(book)
        self.plain = self.formats.of(TEXT, PLAIN)

    def tab(self, tab: Tab) -> Worksheet:
        """One tab: headings, keys, rows and drop-downs."""
        sheet = self.book.add_worksheet(tab.name)
        columns, rows = self.columns[tab.key], self.content[tab.key]
        for number, key in enumerate(columns):
            self.column(sheet, tab, number, key)
        for number, (row, look) in enumerate(zip(rows, looks_of(tab, rows), strict=True), FIRST_ROW - 1):
            self.row(sheet, number, {key: row.get(key) for key in columns}, look)
        if tab is SHEET:
            self.explain_keys(sheet, rows)
        if tab is ITEMS:
            below = range(FIRST_ROW + len(rows), last_row(rows) + 1)
            mark_new_sections(sheet, columns, below, self.formats.section)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(columns))}{last_row(rows)}"})
        sheet.freeze_panes(FIRST_ROW - 1, columns.index(tab.names) + 1)
        widths = [0 if key in self.folded[tab.key] else width_of(key) for key in columns]
        explained = [EXPLANATION_WIDTH] if tab is SHEET else []
        area = PrintedArea(FIRST_ROW - 1 + len(rows), (*widths, *explained), columns.index(tab.names) + 1)
        print_on_pages(sheet, area, tall=1 if tab is SHEET else 0)
        return sheet

    def column(self, sheet: Worksheet, tab: Tab, number: int, key: str) -> None:
        """The heading with its remark, the key, the width and form and the drop-down of a column."""
        place = place_of(tab.kinds, key)
        assert place is not None
        form = self.formats.of(GENERAL if is_numeric(place.kind) else TEXT, PLAIN)
        sheet.set_column(number, number, width_of(key), form, FOLDED if key in self.folded[tab.key] else {})
        write_text(sheet, 0, number, heading_of(tab, key).zh, self.formats.heading)
        write_text(sheet, 1, number, key, self.formats.key)
        remark = remark_on(tab, key).localized(self.language)
        sheet.write_comment(0, number, remark, {"x_scale": 2, "y_scale": 0.5 + remark_lines(remark) / 5})
        suppliers = self.suppliers() if (tab, key) == (FIGURES, "from") else None
        if choice := suppliers or self.choice(place.kind):
            last = last_row(self.content[tab.key])
            sheet.data_validation(FIRST_ROW - 1, number, last - 1, number, choice)

    def row(self, sheet: Worksheet, number: int, cells: Mapping[str, Spelled | None], look: RowEmphasis) -> None:
        """The cells of a row; those of a section look like it filled in or not, and titles stand in by their depth."""
        for column, (key, cell) in enumerate(cells.items()):
            own = look if key.startswith("title") else look._replace(depth=0)
            if cell is not None:
                self.cell(sheet, (number, column), cell, own)
            elif look.is_section:
                sheet.write_blank(number, column, None, self.formats.of(TEXT, own))

    def explain_keys(self, sheet: Worksheet, rows: list[Row]) -> None:
        """What each key of the sheet itself means, and the words it takes."""
        column = len(self.columns[SHEET.key])
        sheet.set_column(column, column, EXPLANATION_WIDTH)
        write_text(sheet, 0, column, REMARKS.zh, self.formats.heading)
        for number, row in enumerate(rows, FIRST_ROW - 1):
            key = row["key"].text
            heading = heading_of(MAIN, key)
            write_text(sheet, number, column, f"{heading.zh} {heading.en}", self.plain)
            place = place_of(MAIN.kinds, key)
            if place is not None and (choice := self.choice(place.kind)):
                sheet.data_validation(number, 1, number, 1, choice)

    def choice(self, kind: FieldType) -> dict[str, Any] | None:
        """The drop-down of a kind; it asks where a word is none of its own, for the other language has words too."""
        if kind.words:
            is_offer = isinstance(kind, RoundTo | MissingKind | AxesKind)
            words = [worded(word, kind, self.language) for word in kind.words]
            return {
                "validate": "list", "source": words, "show_error": not is_offer,
                "error_type": "warning" if isinstance(kind.words, WordList) else "stop",
                "error_message": OTHER_WORD.localized(self.language),
            }  # fmt: skip
        if isinstance(kind, ReferenceType) and REFERRED[kind.to][0] in self.tabs:
            tab, key = REFERRED[kind.to]
            column = xl_col_to_name(self.columns[tab.key].index(key), col_abs=True)
            source = f"='{tab.name}'!{column}${FIRST_ROW}:{column}${last_row(self.content[tab.key])}"
            return {"validate": "list", "source": source, "show_error": False}
        return None

    def suppliers(self) -> dict[str, Any] | None:
        """The drop-down of who may supply a figure, unless it is longer than Excel takes."""
        departments = [row["id"].text for row in self.content[DEPARTMENTS.key]]
        known = dict.fromkeys(departments, Department()) if departments else None
        told = ({"from": supplier, TOLD_BY.get(supplier, "title"): supplier} for supplier in SUPPLIERS)
        words = [supplier_word(each, known, self.language) for each in told] + departments
        fits = len(",".join(words)) <= MAX_LIST_LENGTH
        return {"validate": "list", "source": words, "show_error": False} if fits else None

    def cell(self, sheet: Worksheet, at: tuple[int, int], cell: Spelled, look: RowEmphasis) -> None:
        """A number as a number where Excel keeps every digit of it, all else as text."""
        value = number_in(cell)
        if value is None:
            write_text(sheet, *at, cell.text, self.formats.of(TEXT, look))
        else:
            sheet.write_number(*at, float(value), self.formats.of(percent_form(cell.text), look))


def number_in(cell: Spelled) -> Fraction | None:
    """The number of a cell that Excel would give back digit by digit; None where it is text."""
    if not is_numeric(cell.kind):
        return None
    try:
        value = exact(cell.text)
    except NotANumber:
        return None
    shown = from_cell(float(value))
    told = f"{reduced(shown * 100)}%" if isinstance(value, Percent) else reduced(shown)
    return value if told == cell.text else None


def last_row(rows: list[Row]) -> int:
    """The last row, counted from 1, that has the forms and drop-downs of its tab."""
    return FIRST_ROW - 1 + len(rows) + SPARE_ROWS


def columns_of(tab: Tab, rows: list[Row]) -> list[str]:
    """The keys of a tab in order: those it always has, and beside their kin those that only some sheets have."""
    columns = [name for key in tab.columns for name in both_languages(tab, key)]
    for row in rows:
        for key in row:
            if key not in columns:
                kin = [at for at, name in enumerate(columns, 1) if name.partition(".")[0] == key.partition(".")[0]]
                columns.insert(kin[-1] if kin else len(columns), key)
    return columns


def both_languages(tab: Tab, key: str) -> Iterator[str]:
    """A key, or its two columns where it is told in two languages."""
    place = place_of(tab.kinds, key)
    if place is not None and isinstance(place.kind, Title) and tab is not SHEET:
        yield from (f"{key}.zh", f"{key}.en")
    else:
        yield key
