"""Excel workbooks: opened for reading after a look at the package, and made for writing."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assess.files.opening import refusal, whole_file
from assess.files.workbooks.packages import BROKEN, DAMAGED, look_at_package

if TYPE_CHECKING:
    from assess.files.workbooks.lean_books import LeanBook

MAX_MEGABYTES: Final = 10
CREATED: Final = datetime(2000, 1, 1)
"""The date that every workbook of ours states, so that the same content gives the same bytes."""
MAX_TEXT_LENGTH: Final = 32_767
"""Characters that a cell of Excel holds."""


def open_book(path: Path) -> LeanBook:
    """A workbook for reading, with the stored values of formulas, after a look at its package.

    Raises:
        ValidationError: with one flaw, if it is missing, no workbook, too large, locked, damaged, or holds macros,
            links, embedded objects or document types.
    """
    data = whole_file(path, MAX_MEGABYTES)
    look_at_package(data, path)
    # slow library
    from assess.files.workbooks.lean_books import read_book

    try:
        return read_book(data)
    except BROKEN:
        raise refusal(path, DAMAGED) from None


class FileBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook that comes to the disk in one piece, so that the system and no library tells of a full disk."""

    def __init__(self, path: Path, settings: dict[str, Any]) -> None:
        self.path, self.made = path, BytesIO()
        super().__init__(self.made, settings)

    def close(self) -> None:
        """Make the workbook and write it."""
        super().close()
        self.path.write_bytes(self.made.getvalue())


def new_book(path: Path | BytesIO, **options: Any) -> xlsxwriter.Workbook:
    """A workbook of XlsxWriter, its rows to be written in order; the same content gives the same bytes."""
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, **options}
    book = xlsxwriter.Workbook(path, settings) if isinstance(path, BytesIO) else FileBook(path, settings)
    book.set_properties({"created": CREATED})
    return book


def lay_out_for_print(sheet: Worksheet, heading: int) -> None:
    """A4 across, as wide as one page, the heading rows (the last counted from 0) on every page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, heading)


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Write what a person typed as text, whatever it begins with; rows and columns count from 0.

    XlsxWriter takes `<r>…</r>` for markup of its own unless a blank follows.
    """
    plain = f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
    sheet.write_string(row, column, plain[:MAX_TEXT_LENGTH], style)
