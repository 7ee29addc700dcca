"""One sheet of a file as far as a cell and its headings need it, so that a large workbook is not read for one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.evidence.heads import HEADING_ROWS
from assess.core.evidence.pages import EvidencePage
from assess.files.evidence_book.sheets import open_sheets, page_of
from assess.files.opening import refusal
from assess.files.workbooks.blank_cells import without_blanks
from assess.files.workbooks.books import open_book
from assess.files.workbooks.cells import MAX_CELLS, SheetReader, sheets_of
from assess.files.workbooks.packages import BROKEN, DAMAGED, ZIP

ROW: Final = re.compile(rb'<row r="([0-9]{1,7})"[^<>]*?(/)?>')
ROW_ENDS, ROWS_END = b"</row>", b"</sheetData>"
VALUES: Final = (b"<v", b"<is")
"""What a row with something in it holds."""
OPAQUE: Final = (b"<![CDATA[", b"<!--")
ROWS: Final = 8
"""So many rows at the end are read beside the first ones."""


class RowPlace(NamedTuple):
    """A row in the XML of its sheet: its number, and where it begins and ends."""

    number: int
    start: int
    end: int


def page_near(path: Path, name: str, last: int) -> EvidencePage | None:
    """A visible sheet, "" for the only one, as far as a row; None where there is none of this name.

    Of a workbook of today the rows between the headings and the last few up to that row are left out.

    Raises:
        ValidationError: the file cannot be read any more.
    """
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            return named(open_sheets(path).pages, name)
    book = open_book(path)
    sheet = next((each for each in sheets_of(book) if each.title == name), None)
    if sheet is None:
        return None
    reader = SheetReader(book.spelling, book.texts, MAX_CELLS)
    try:
        with book.opened(sheet) as source:
            reader.parser.Parse(rows_near(b"".join(without_blanks(source)), last), True)
    except BROKEN:
        raise refusal(path, DAMAGED) from None
    return page_of(path, sheet.title, reader.found)


def named(pages: Sequence[EvidencePage], name: str) -> EvidencePage | None:
    """The sheet of this name."""
    return next((each for each in pages if each.name == name), None)


def rows_near(sheet: bytes, last: int) -> bytes:
    """The XML of a sheet with its first rows that hold something and the last few up to a number.

    All of it is left where its rows do not say their numbers, or are not to be told from text.
    """
    if any(each in sheet for each in OPAQUE) or sheet.count(b"<row") != sheet.count(b'<row r="'):
        return sheet
    kept: list[bytes] = []
    holding = 0
    for row in takewhile(lambda each: each.number <= last, rows_in(sheet)):
        text = sheet[row.start : row.end]
        if holding < HEADING_ROWS or row.number > last - ROWS:
            holding += any(each in text for each in VALUES)
            kept.append(text)
    first, end = sheet.find(b"<row"), sheet.rfind(ROWS_END)
    return sheet if first < 0 or end < first else b"".join([sheet[:first], *kept, sheet[end:]])


def rows_in(sheet: bytes) -> Iterator[RowPlace]:
    """The rows in their order."""
    for found in ROW.finditer(sheet):
        end = found.end()
        if not found[2]:
            end = sheet.find(ROW_ENDS, end) + len(ROW_ENDS)
        yield RowPlace(int(found[1]), found.start(), end)
