"""Tables from Excel workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from openpyxl.utils import get_column_letter

from assess.core.flaws import Flaw
from assess.core.sources import Source, WorkbookCell
from assess.core.tables import Table, heading_key, is_example
from assess.core.text import Text
from assess.files.headings import NO_HEADING, sound_headings
from assess.files.opening import refusal
from assess.files.workbooks.books import open_book
from assess.files.workbooks.cells import MAX_ROWS, At, SheetCells, read_cells, sheets_of

NO_TABLE = Text(
    "没有一张可见工作表的前{rows}行含有表头“{names}”，请补上表头。",
    "No visible sheet has the heading {names} in its first {rows} rows. Add it.",
)
MERGED = Text(
    "数据区有合并单元格，请取消合并并逐格填写。", "Cells with data are merged. Unmerge them and fill in each cell."
)
HEADING_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """Places of a sheet's table: the row of each row of the table, and the letters of each column."""

    file: str
    sheet: str
    rows: Sequence[int]
    letters: Sequence[str]

    def __call__(self, row: int, column: int, /) -> Source:
        """The cell."""
        return WorkbookCell(self.file, self.sheet, f"{self.letters[column]}{self.rows[row]}")


def read_book_table(path: Path, wanted: Sequence[str]) -> Table:
    """The table of the first visible sheet that has one of the wanted headings in its first 20 rows with text.

    Raises:
        ValidationError: the workbook cannot be read, or no sheet has such a heading.
    """
    book = open_book(path)
    names = frozenset(map(heading_key, wanted))
    for sheet in sheets_of(book):
        cells = read_cells(book, sheet, path)
        place = heading_row(cells, names)
        if place is not None:
            return sheet_table(cells, place, str(path), sheet.title)
    raise refusal(path, NO_TABLE, rows=HEADING_ROWS, names=" / ".join(wanted[:2]))


class HeadedSheet(NamedTuple):
    """A visible sheet with a wanted heading, and all headings beside it."""

    place: WorkbookCell
    headings: Sequence[str]


def headed_sheets(path: Path, wanted: Sequence[str]) -> list[HeadedSheet]:
    """Every visible sheet that has one of the wanted headings, in order; of them `read_book_table` reads the first.

    Raises:
        ValidationError: the workbook cannot be read.
    """
    book = open_book(path)
    names = frozenset(map(heading_key, wanted))
    found = []
    for sheet in sheets_of(book):
        cells = read_cells(book, sheet, path)
        place = heading_row(cells, names)
        if place is not None:
            found.append(HeadedSheet(WorkbookCell(str(path), sheet.title), list(cells.rows[place][1].values())))
    return found


def heading_row(cells: SheetCells, wanted: frozenset[str]) -> int | None:
    """Which of the rows with text has a wanted heading."""
    for place, (_, row) in enumerate(cells.rows[:HEADING_ROWS]):
        if any(heading_key(text) in wanted for text in row.values()):
            return place
    return None


def sheet_table(cells: SheetCells, place: int, file: str, sheet: str) -> Table:
    """The table below a row of headings."""
    heading_number, names = cells.rows[place]
    below = [(number, row) for number, row in cells.rows[place + 1 :] if not is_example(row.values())]
    at = SheetPlaces(file, sheet, range(1, MAX_ROWS + 1), list(map(get_column_letter, range(1, max(names) + 1))))
    listed = [names.get(column, "") for column in range(1, max(names) + 1)]
    headings, flaws = sound_headings(listed, lambda number: at(heading_number - 1, number))
    numbers = [number + 1 for number in headings]
    flaws += flaws_of_cells(cells, place, frozenset(numbers), WorkbookCell(file, sheet))
    columns = tuple([row.get(column, "") for _, row in below] for column in numbers)
    places = SheetPlaces(file, sheet, [row for row, _ in below], [get_column_letter(each) for each in numbers])
    return Table(WorkbookCell(file, sheet), tuple(headings.values()), columns, places, tuple(flaws))


def flaws_of_cells(cells: SheetCells, place: int, columns: frozenset[int], sheet: WorkbookCell) -> list[Flaw]:
    """Below the headings: unusable cells, merged areas, and the first value of a column without heading."""
    heading_number, names = cells.rows[place]
    below = cells.rows[place + 1 :]
    last = max((row for row, _ in below), default=0)
    found: dict[At, Text] = {}
    bare = {column for _, row in below for column in row if column not in names}
    for column in bare:
        found[next(row for row, texts in below if column in texts), column] = NO_HEADING
    for first, end in cells.merged:
        if first[0] <= last and end[0] > heading_number and any(first[1] <= column <= end[1] for column in columns):
            found[first] = MERGED
    found |= {at: why for at, why in cells.unfit.items() if at[0] > heading_number and at[1] in columns}
    return [Flaw(sheet._replace(cell=f"{get_column_letter(at[1])}{at[0]}"), found[at]) for at in sorted(found)]
