"""The sheets of a file of evidence as text: what is seen, and the stamp of a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assess.core.evidence.pages import Page
from assess.files.cells import MOST_CELLS, SheetCells, read_cells, sheets_of
from assess.files.stamps import STAMP
from assess.files.workbooks import open_book


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be read: its visible sheets, and what the stamp says where it is a workbook of ours."""

    pages: Sequence[Page]
    stamp: Mapping[str, str] = field(default_factory=dict)


def open_sheets(path: Path) -> Opened:
    """The sheets of a file.

    Raises:
        Flawed: with one flaw, if the file is not to be read at all.
    """
    return open_workbook(path)


def open_workbook(path: Path) -> Opened:
    """The sheets of a workbook of today's Excel, WPS or LibreOffice; cells with a value are counted on hidden ones too.

    Raises:
        Flawed: with one flaw, if it is unsafe, damaged or too large.
    """
    book = open_book(path)
    pages: list[Page] = []
    stamp: Mapping[str, str] = {}
    room = MOST_CELLS
    for sheet in sheets_of(book, hidden=True):
        cells = read_cells(book, sheet, path, room)
        room -= sum(len(texts) for _, texts in cells.rows)
        if sheet.sheet_state == "visible":
            pages.append(Page(str(path), sheet.title, cells.rows, cells.unfit, cells.merged))
        elif sheet.title == STAMP:
            stamp = stamp_in(cells)
    return Opened(pages, stamp)


def stamp_in(cells: SheetCells) -> dict[str, str]:
    """What a stamp says."""
    return {row[1]: row.get(2, "") for _, row in cells.rows if 1 in row}
