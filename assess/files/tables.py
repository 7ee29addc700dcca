"""Tables from CSV files and from Excel workbooks: one way to read both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assess.core.tables import Table
from assess.files.opening import whole_file
from assess.files.text_tables import read_text_table
from assess.files.workbooks.packages import OLE, ZIP

BOOKS: Final = frozenset([".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods"])
MAX_MEGABYTES: Final = 200


def read_table(path: Path, wanted: Sequence[str]) -> Table:
    """The table of a CSV file, or of the first visible sheet of a workbook with one of the `wanted` headings.

    Raises:
        ValidationError: the file cannot be read as a table at all. What is wrong with single cells is in `Table.flaws`.
    """
    data = b"" if path.suffix.casefold() in BOOKS else whole_file(path, MAX_MEGABYTES)
    if data and not data.startswith((ZIP, OLE)):
        return read_text_table(data, path)
    # slow library
    from assess.files.workbooks.tables import read_book_table

    return read_book_table(path, wanted)
