"""The very hidden sheet by which a workbook of ours is known again."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.files.workbooks.books import open_book

STAMP: Final = "stamp"


def stamp_of(path: Path) -> dict[str, str]:
    """What the very hidden sheet of a workbook of ours says; nothing where there is none.

    Raises:
        ValidationError: the workbook cannot be read.
    """
    # slow library
    from assess.files.workbooks.cells import read_cells, sheets_of

    book = open_book(path)
    for sheet in sheets_of(book, hidden=True):
        if sheet.title == STAMP:
            return {row[1]: row.get(2, "") for _, row in read_cells(book, sheet, path).rows if 1 in row}
    return {}
