"""Marks in a workbook of the person's own: wrong cells tinted and commented, a column and a sheet of errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink

from assess.core.evidence.names import UNIT_HEADINGS, plain_heading
from assess.core.flaws import Flaw
from assess.core.sources import TextPosition, WorkbookCell
from assess.core.text import Language, Text
from assess.files.evidence_book.layout import ERROR_SHEET, ERRORS, FOUND, MARKS, NOTICE
from assess.files.workbooks.books import MAX_TEXT_LENGTH
from assess.files.workbooks.cells import MAX_COLUMNS, cell_at

PLACE: Final = (
    Text("工作表", "Sheet"),
    Text("单元格", "Cell"),
    Text("问题与修改方法", "Error and how to correct it"),
)
SIGN: Final = "【错误标注 / Errors found】"
"""The line of a comment below which our own words stand."""
AUTHOR: Final = "街乡生态环境保护考核 / Environmental assessment of streets and townships"
WRONG, HEADED = "FFFFC2C7", "FFF4A6AD"
"""The tints of wrong cells and of headings of ours; no palette has them."""
FILLED, FILTERED = "fill", "filter"
"""What is remembered: the fill of a cell, the area of a filter."""
HEADING_ROWS: Final = 20
MAX_COMMENTS: Final = 5000
MAX_LINKS: Final = 65_000
"""A sheet of Excel holds 65,530 links."""
COLUMN_WIDTH, COMMENT_WIDTH = 60, 300
UNLOCKED: Final = Protection(locked=False)
"""Rows of a locked sheet can be sorted only where none of their cells is locked."""


def tint(colour: str) -> PatternFill:
    """A fill of one colour."""
    return PatternFill("solid", fgColor=colour)


def is_tinted(fill: Any, colour: str) -> bool:
    """Whether a fill is one of ours."""
    return bool(fill.fill_type == "solid" and fill.fgColor.rgb == colour)


def written(cell: Any, text: str) -> Any:
    """The cell with a text that stays one whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)[:MAX_TEXT_LENGTH]
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def style_of(cell: Any) -> Any:
    """The numbers of what a cell looks like."""
    if cell._style is None:
        cell._style = StyleArray()
    return cell._style


IsHeading = Callable[[str], bool]
"""Whether a text is a heading of a certain kind."""


def heads_units(text: str) -> bool:
    """Whether a text stands over the units of a file of evidence."""
    return plain_heading(text) in UNIT_HEADINGS


def set_marks(
    book: Workbook, flaws: Sequence[Flaw], notices: Sequence[Flaw], language: Language, heads_units: IsHeading
) -> None:
    """Mark the wrong cells of a workbook that bears no marks; notices only join the list."""
    Marking(book, language, heads_units).mark(flaws, notices)


class Looks:
    """The numbers of fills and fonts in a workbook: to look them up for each cell takes longer than all else."""

    def __init__(self, book: Any) -> None:
        self.wrong = book._fills.add(tint(WRONG))
        self.wrapped = book._alignments.add(Alignment(wrap_text=True, vertical="top"))
        self.unlocked = book._protections.add(UNLOCKED)
        self.link = book._fonts.add(Font(color="FF0563C1", underline="single"))


class Marking:
    """Sets the marks of one workbook."""

    def __init__(self, book: Workbook, language: Language, heads_units: IsHeading) -> None:
        self.book, self.language, self.heads_units = book, language, heads_units
        self.sheets: dict[str, Any] = {sheet.title: sheet for sheet in book.worksheets}
        self.comments_left = MAX_COMMENTS
        self.memory = book.create_sheet(MARKS)
        self.memory.sheet_state = "veryHidden"
        written(self.memory["A1"], SIGN)
        self.remembered = 1
        self.looks = Looks(book)

    def mark(self, flaws: Sequence[Flaw], notices: Sequence[Flaw]) -> None:
        """Set every mark."""
        wrong: dict[str, dict[tuple[int, int], list[str]]] = {}
        for flaw in flaws:
            at = place_of(flaw)
            if at is not None and isinstance(flaw.where, WorkbookCell) and flaw.where.sheet in self.sheets:
                wrong.setdefault(flaw.where.sheet, {}).setdefault(at, []).append(self.message(flaw))
        for title, cells in wrong.items():
            self.mark_cells(self.sheets[title], cells)
            self.add_column(self.sheets[title], cells)
        self.add_sheet(flaws, notices)

    def message(self, flaw: Flaw) -> str:
        """What is wrong and what to do."""
        return flaw.what.localized(self.language, **flaw.facts)

    def remember(self, *what: str) -> Any:
        """Write a line into the memory; the cell behind it, to carry a fill."""
        self.remembered += 1
        for number, text in enumerate(what, 1):
            written(self.memory.cell(self.remembered, number), text)
        return self.memory.cell(self.remembered, len(what) + 1)

    def mark_cells(self, sheet: Any, cells: dict[tuple[int, int], list[str]]) -> None:
        """Tint the cells and say in a comment what is wrong with them."""
        for (row, column), told in cells.items():
            cell = sheet.cell(row, column)
            if isinstance(cell, MergedCell):
                cell = first_of_area(sheet, row, column)
            style, kept = style_of(cell), style_of(self.remember(FILLED, sheet.title, cell.coordinate))
            kept.fillId, style.fillId = style.fillId, self.looks.wrong
            if self.comments_left > 0:
                self.comments_left -= 1
                cell.comment = with_words(cell.comment, "\n".join(told))

    def add_column(self, sheet: Any, cells: dict[tuple[int, int], list[str]]) -> None:
        """Say behind each row what is wrong in it, in a column that can be filtered."""
        used = [at for at, cell in sheet._cells.items() if cell.value is not None]
        heading = heading_row_of(sheet, used, self.heads_units)
        column = max(column for _, column in used) + 1 + bool(sheet.tables)
        if heading is None or column > MAX_COLUMNS:
            return
        make_room(sheet, column)
        top = written(sheet.cell(heading, column), ERRORS.localized(self.language))
        top.fill, top.font = tint(HEADED), Font(bold=True)
        rows: dict[int, dict[str, list[str]]] = {}
        for (row, number), told in sorted(cells.items()):
            for text in told:
                rows.setdefault(row, {}).setdefault(text, []).append(f"{get_column_letter(number)}{row}")
        for row, texts in rows.items():
            if row > heading:
                lines = [f"{', '.join(dict.fromkeys(places))} {text}" for text, places in texts.items()]
                style = style_of(written(sheet.cell(row, column), "\n".join(lines)))
                style.alignmentId, style.protectionId = self.looks.wrapped, self.looks.unlocked
        last = max(*rows, *(row for row, _ in used))
        first = column if sheet.tables else min(number for row, number in used if row == heading)
        self.add_filter(sheet, (first, heading, column, last))

    def add_filter(self, sheet: Any, area: tuple[int, int, int, int]) -> None:
        """Let the rows be filtered, together with what a filter of their own covers."""
        own = sheet.auto_filter.ref or ""
        first, top, column, last = area
        if own:
            covered: Any = range_boundaries(own)
            left, upper, _, lower = covered
            if upper != top:
                return
            first, last = left, max(last, lower)
        self.remember(FILTERED, sheet.title, own)
        sheet.auto_filter.ref = f"{get_column_letter(first)}{top}:{get_column_letter(column)}{last}"

    def add_sheet(self, flaws: Sequence[Flaw], notices: Sequence[Flaw]) -> None:
        """The sheet of all errors in front, each with a link to its cell, and of what else is to be known."""
        sheet = self.book.create_sheet(ERROR_SHEET.localized(self.language), 0)
        top = written(sheet["A1"], FOUND.localized(self.language, number=len(flaws)))
        top.fill, top.alignment = tint(HEADED), Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells("A1:C1")
        sheet.row_dimensions[1].height = 48
        for number, (name, width) in enumerate(zip(PLACE, (24, 12, 100), strict=True), 1):
            written(sheet.cell(2, number), name.localized(self.language)).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(number)].width = width
        lines = listed(flaws, notices, self.language)
        for row, (title, cell, told) in enumerate(lines, 3):
            written(sheet.cell(row, 1), title)
            style_of(written(sheet.cell(row, 3), told)).alignmentId = self.looks.wrapped
            place = written(sheet.cell(row, 2), cell)
            if title in self.sheets and row < MAX_LINKS:
                style_of(link(place, title, cell.partition(",")[0] or "A1")).fontId = self.looks.link
        sheet.auto_filter.ref = f"A2:C{max(3, len(lines) + 2)}"
        sheet.freeze_panes = "A3"
        self.show(sheet)

    def show(self, sheet: Any) -> None:
        """Open the workbook at this sheet and at no other."""
        for each in self.book.worksheets:
            each.sheet_view.tabSelected = each is sheet
        self.book.active = 0


def listed(flaws: Sequence[Flaw], notices: Sequence[Flaw], language: Language) -> list[tuple[str, str, str]]:
    """The lines of a list of errors: the errors, then notices, which say that they are none."""
    lines = [columns_of(each, language) for each in notices]
    told = [(*place, NOTICE.localized(language, what=what)) for *place, what in lines]
    return [*as_one(flaws, language), *((sheet, cell, what) for sheet, cell, what in told)]


def as_one(flaws: Sequence[Flaw], language: Language) -> list[tuple[str, str, str]]:
    """The lines of errors; the same error in several cells of a row is one line with all of the cells."""
    lines: dict[tuple[object, ...], list[str]] = {}
    for number, flaw in enumerate(flaws):
        sheet, cell, what = columns_of(flaw, language)
        at = place_of(flaw)
        lines.setdefault((sheet, what, number if at is None else (at[0],)), []).append(cell)
    return [(str(sheet), ", ".join(dict.fromkeys(cells)), str(what)) for (sheet, what, _), cells in lines.items()]


def columns_of(flaw: Flaw, language: Language) -> tuple[str, str, str]:
    """Sheet or line, cell or field, and what is wrong, as a sheet of errors shows them."""
    told = flaw.what.localized(language, **flaw.facts)
    match flaw.where:
        case WorkbookCell(_, sheet, cell):
            return sheet, cell, told
        case TextPosition(_, line, column):
            return str(line or ""), str(column or ""), told
        case where:
            return str(where), "", told


def place_of(flaw: Flaw) -> tuple[int, int] | None:
    """Row and column of a flaw that stands at a cell."""
    try:
        return cell_at(flaw.where.cell) if isinstance(flaw.where, WorkbookCell) and flaw.where.cell else None
    except ValueError:
        return None


def first_of_area(sheet: Any, row: int, column: int) -> Any:
    """The cell that shows what a merged area holds."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return sheet.cell(area.min_row, area.min_col)
    raise AssertionError((row, column))


def with_words(own: Comment | None, words: str) -> Comment:
    """A comment that keeps the person's own words and adds ours below our line."""
    before = f"{own.text}\n\n" if own is not None else ""
    text = f"{before}{SIGN}\n{words}"
    author = AUTHOR if own is None else own.author
    return Comment(text, author, height=60 + 16 * (len(text) // 20), width=COMMENT_WIDTH)


def link(cell: Any, sheet: str, target: str) -> Any:
    """The cell, which leads to another of the workbook."""
    shown = cell.value
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!{target}")
    return written(cell, shown or target)


def heading_row_of(sheet: Any, used: Sequence[tuple[int, int]], heads_units: IsHeading) -> int | None:
    """The lowest of the first rows that holds the heading of units."""
    rows = set(sorted({row for row, _ in used})[:HEADING_ROWS])
    texts = [(at[0], sheet._cells[at].value) for at in used if at[0] in rows]
    headings = [row for row, text in texts if isinstance(text, str | CellRichText) and heads_units(str(text))]
    return max(headings, default=None)


def make_room(sheet: Any, column: int) -> None:
    """Give a column a width of its own, where it shares one with its neighbours too."""
    dimensions = sheet.column_dimensions
    shared = next((each for each in dimensions.values() if (each.min or 0) <= column <= (each.max or 0)), None)
    if shared is not None and shared.max > column:
        rest = copy(shared)
        rest.index, rest.min = get_column_letter(column + 1), column + 1
        dimensions[rest.index] = rest
    if shared is not None and shared.min < column:
        shared.max = column - 1
    letter = get_column_letter(column)
    dimensions.pop(letter, None)
    dimensions[letter].width = COLUMN_WIDTH
    dimensions[letter].protection = UNLOCKED
