"""How a rule sheet's workbook looks: formats of cells, widths of columns, pages on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assess.files.rule_sheets.book_content import Row
from assess.files.rule_sheets.book_layout import ADJUSTMENTS, FIGURES, FIRST_ROW, GRADES, ITEMS, MEMBERS, ROWS, Tab
from assess.files.workbooks.books import lay_out_for_print

TEXT: Final = "@"
GENERAL: Final = "General"
SECTION: Final = {"bold": True, "bg_color": "#E2EFDA", "top": 1}
DEEPEST_INDENT: Final = 6
SIDE_MARGIN, FOOT_MARGIN = 0.3, 0.55
"""Inches."""
PAGE_PIXELS: Final = (11.69 - 2 * SIDE_MARGIN) * 96
CHARACTER_PIXELS, CELL_PIXELS = 7, 5
LEAST_SCALE: Final = 0.6
"""Smaller print is hard to read; a wider tab is printed two pages wide."""
WIDTH: Final = 8
WIDTHS: Final = {
    "title": 18, "note": 24, "text": 24, "counting": 20, "example": 16, "proof": 16, "settings": 22, "clause": 18,
    "formula": 30, "when": 30, "where": 26, "applies": 16, "parent": 14, "id": 17, "node": 17, "part": 11, "key": 22,
    "value": 26, "figure": 16, "choices": 16, "from": 13, "certified_by": 13, "items": 26, "post": 16, "method": 12,
    "combine": 11, "kind": 9, "target": 10, "better": 10, "missing": 10, "not_applicable": 11, "points": 8,
}  # fmt: skip
"""Of columns, in characters, by their keys; others have `WIDTH`."""
ALWAYS_SHOWN: Final[dict[str, tuple[str, ...]]] = {
    FIGURES.key: ("id", "title", "unit", "kind", "period", "roll_up", "from"),
    ITEMS.key: ("parent", "id", "title", "points", "method", "figure", "target", "better", "settings", "clause",
                "missing"),
    ROWS.key: ("node", "part", "no", "figure", "points", "from", "key"),
    ADJUSTMENTS.key: ("id", "kind", "title", "when", "clause"),
    GRADES.key: ("id", "title", "from"),
    MEMBERS.key: ("post", "title", "coefficient"),
}  # fmt: skip
"""Columns that are not folded where they are empty; all of other tabs."""


class RowEmphasis(NamedTuple):
    """How a row looks: whether it is a section's, and how deep it stands."""

    is_section: bool = False
    depth: int = 0


class BookFormats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.heading = book.add_format({"bold": True, "bg_color": "#D9E2EF", "border": 1, "text_wrap": True})
        self.key = book.add_format({"italic": True, "font_color": "#44546A", "bg_color": "#F2F2F2", "border": 1})
        self.section = book.add_format(SECTION)
        self.made: dict[tuple[str, RowEmphasis], Format] = {}

    def of(self, shown: str, look: RowEmphasis) -> Format:
        """The format of cells that show a number or text in this way."""
        if (shown, look) not in self.made:
            form = {"num_format": shown, "valign": "top", "indent": look.depth, "text_wrap": shown == TEXT}
            self.made[shown, look] = self.book.add_format(form | (SECTION if look.is_section else {}))
        return self.made[shown, look]


def percent_form(text: str) -> str:
    """How a number is shown: a percentage with its decimals, all else as it is."""
    if not text.endswith("%"):
        return GENERAL
    decimals = len(text.rstrip("%").partition(".")[2])
    return "0." + "0" * decimals + "%" if decimals else "0%"


def looks_of(tab: Tab, rows: Sequence[Row]) -> Iterator[RowEmphasis]:
    """How each row of a tab looks: in the items sections stand out, and what is below them is indented."""
    depths: dict[str, int] = {}
    for row in rows:
        if tab is not ITEMS:
            yield RowEmphasis()
            continue
        parent = row["parent"].text if "parent" in row else ""
        depths[row["id"].text] = depth = depths.get(parent, -1) + 1
        yield RowEmphasis("method" not in row, min(depth, DEEPEST_INDENT))


def mark_new_sections(sheet: Worksheet, columns: Sequence[str], rows: range, form: Format) -> None:
    """Let rows that are filled in later look like sections as long as they have no method; rows count from 1."""
    letters = {key: letter_of(columns.index(key)) for key in ("id", "method")}
    condition = f'=AND(${letters["id"]}{rows[0]}<>"",${letters["method"]}{rows[0]}="")'
    area = f"A{rows[0]}:{letter_of(len(columns) - 1)}{rows[-1]}"
    sheet.conditional_format(area, {"type": "formula", "criteria": condition, "format": form})


def letter_of(column: int) -> str:
    """The letters of a column, counted from 0."""
    return (letter_of(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def width_of(key: str) -> int:
    """The width of the column of a key."""
    return WIDTHS.get(key, WIDTHS.get(key.partition(".")[0], WIDTH))


def folded_columns(tab: Tab, columns: Sequence[str], rows: Sequence[Row]) -> frozenset[str]:
    """The columns that no row uses and that are not among those always shown."""
    shown = ALWAYS_SHOWN.get(tab.key)
    if shown is None:
        return frozenset()
    used = {key for row in rows for key in row}
    return frozenset(key for key in columns if key not in used and key.partition(".")[0] not in shown)


class PrintedArea(NamedTuple):
    """What of a tab is printed: its rows, the widths of its columns, and how many columns stand on every page."""

    rows: int
    widths: tuple[int, ...]
    named: int


def print_on_pages(sheet: Worksheet, area: PrintedArea, *, tall: int) -> None:
    """A4 across with narrow margins and page numbers, as many pages wide as it takes to be read, at most so many tall.

    The rows of headings and the columns that name a row stand on every page; 0 is any number of pages tall.
    """
    lay_out_for_print(sheet, FIRST_ROW - 2)
    sheet.set_margins(left=SIDE_MARGIN, right=SIDE_MARGIN, top=SIDE_MARGIN, bottom=FOOT_MARGIN)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.print_area(0, 0, area.rows - 1, len(area.widths) - 1)
    pixels = sum(width * CHARACTER_PIXELS + CELL_PIXELS for width in area.widths if width)
    if pixels * LEAST_SCALE > PAGE_PIXELS:
        sheet.fit_to_pages(2, tall)
        sheet.repeat_columns(0, area.named - 1)
    else:
        sheet.fit_to_pages(1, tall)
