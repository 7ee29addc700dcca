"""Marks of an earlier round taken away, and what they covered put back."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from assess.files.evidence_book.layout import ERROR_SHEET, ERRORS, MARKS
from assess.files.evidence_book.marks import FILLED, FILTERED, HEADED, SIGN, WRONG, is_tinted


def clear_marks(book: Workbook) -> None:
    """Take every mark of an earlier round out of a workbook."""
    memory = CoveredCells(book)
    for sheet in list(book.worksheets):
        if is_error_sheet(sheet) or sheet is memory.sheet:
            book.remove(sheet)
        else:
            clear_sheet(sheet, memory)


class CoveredCells:
    """What the marks of a workbook cover."""

    def __init__(self, book: Workbook) -> None:
        self.sheet: Worksheet | None = None
        self.fills: dict[tuple[str, str], Any] = {}
        self.filters: dict[str, str] = {}
        for sheet in book.worksheets:
            if sheet.title.startswith(MARKS) and sheet.sheet_state != "visible" and str(sheet["A1"].value) == SIGN:
                self.sheet = sheet
                self.read(sheet)

    def read(self, sheet: Worksheet) -> None:
        """Read the lines of the sheet that remembers."""
        for row in sheet.iter_rows(max_col=4):
            kind, title, what = (str(cell.value or "") for cell in row[:3])
            if kind == FILLED and what:
                self.fills[title, what] = row[3].fill
                self.fills.setdefault((title, column_of(what)), row[3].fill)
            elif kind == FILTERED:
                self.filters[title] = what

    def fill(self, title: str, cell: Any) -> Any:
        """The fill that a cell had; one of its column where rows were moved since."""
        found = self.fills.get((title, cell.coordinate)) or self.fills.get((title, cell.column_letter))
        return None if found is None else copy(found)


def column_of(cell: str) -> str:
    """The letters of a reference."""
    return cell.rstrip("0123456789")


def is_error_sheet(sheet: Worksheet) -> bool:
    """Whether a sheet is a list of errors of ours."""
    return sheet.title.startswith(tuple(ERROR_SHEET)) and is_tinted(sheet["A1"].fill, HEADED)


def clear_sheet(sheet: Any, memory: CoveredCells) -> None:
    """Take the marks out of one sheet."""
    fills = sheet.parent._fills
    wrong = {number for number, fill in enumerate(fills) if is_tinted(fill, WRONG)}
    headed = {number for number, fill in enumerate(fills) if is_tinted(fill, HEADED)}
    columns = set()
    for cell in list(sheet._cells.values()):
        if cell._style.fillId in headed and str(cell.value) in ERRORS:
            columns.add(cell.column)
        elif cell._style.fillId in wrong:
            cell.fill = memory.fill(sheet.title, cell)
        if cell.comment is not None and SIGN in cell.comment.text:
            cell.comment = own_comment(cell.comment)
    for column in columns:
        clear_column(sheet, column)
    if columns:
        clear_filter(sheet, max(columns), memory.filters.get(sheet.title))


def own_comment(comment: Comment) -> Comment | None:
    """What the person wrote, without our words."""
    own = comment.text.partition(SIGN)[0].rstrip()
    return Comment(own, comment.author) if own else None


def clear_column(sheet: Worksheet, column: int) -> None:
    """Leave nothing in a column."""
    for at in [at for at in sheet._cells if at[1] == column]:
        del sheet._cells[at]
    sheet.column_dimensions.pop(get_column_letter(column), None)


def clear_filter(sheet: Any, column: int, own: str | None) -> None:
    """Give a filter that covers the column of errors back the area it had, and show what it hid."""
    if not sheet.auto_filter.ref:
        return
    area: Any = range_boundaries(sheet.auto_filter.ref)
    left, top, right, bottom = area
    if right != column:
        return
    kept = [each for each in sheet.auto_filter.filterColumn if left + each.colId != column]
    if not kept and len(sheet.auto_filter.filterColumn):
        for row in range(top + 1, bottom + 1):
            if row in sheet.row_dimensions:
                sheet.row_dimensions[row].hidden = False
    sheet.auto_filter.filterColumn = kept
    sheet.auto_filter.ref = own or None
