"""The sheets of a file of evidence as text: what is seen, and the stamp of a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path

from assess.core.evidence.pages import EvidencePage
from assess.files.opening import refusal, whole_file
from assess.files.tables import BOOKS
from assess.files.text_tables import encoding_of, records
from assess.files.workbooks.books import MAX_MEGABYTES, open_book
from assess.files.workbooks.cells import MAX_CELLS, TOO_MANY_CELLS, SheetCells, read_cells, sheets_of
from assess.files.workbooks.old_books import read_old_book
from assess.files.workbooks.packages import OLE
from assess.files.workbooks.stamps import STAMP


@dataclass(frozen=True, slots=True)
class OpenedBook:
    """A file that may be read: its visible sheets, and what the stamp says where it is a workbook of ours."""

    pages: Sequence[EvidencePage]
    stamp: Mapping[str, str] = field(default_factory=dict)


def open_sheets(path: Path) -> OpenedBook:
    """The sheets of a file, whose kind its content tells; a name that promises a workbook must keep its word.

    Raises:
        ValidationError: with one flaw, if the file is not to be read at all.
    """
    data = whole_file(path, MAX_MEGABYTES)
    if data.startswith(OLE):
        return open_old_workbook(data, path)
    if data.startswith(b"PK") or path.suffix.casefold() in BOOKS:
        return open_workbook(path)
    return OpenedBook([text_page(data, path)])


def open_old_workbook(data: bytes, path: Path) -> OpenedBook:
    """The sheets of an old workbook."""
    sheets = read_old_book(data, path)
    pages = [page_of(path, sheet.title, sheet.cells) for sheet in sheets if sheet.is_visible]
    stamps = [stamp_in(sheet.cells) for sheet in sheets if sheet.title == STAMP and not sheet.is_visible]
    return OpenedBook(pages, stamps[0] if stamps else {})


def text_page(data: bytes, path: Path) -> EvidencePage:
    """The one sheet of a CSV file, its rows numbered as a spreadsheet would.

    Raises:
        ValidationError: with one flaw, if it is no text, in an unknown encoding, or too large.
    """
    file = str(path)
    stream = TextIOWrapper(BytesIO(data), encoding_of(data, file), newline="")
    rows, room = [], MAX_CELLS
    for record in records(stream, file):
        cells = {column: text for column, text in enumerate(record.cells, 1) if text}
        rows.append((record.number, cells))
        room -= len(cells)
        if room < 0:
            raise refusal(path, TOO_MANY_CELLS, most=MAX_CELLS)
    return EvidencePage(file, "", rows)


def open_workbook(path: Path) -> OpenedBook:
    """The sheets of a workbook of today's Excel, WPS or LibreOffice; cells with a value are counted on hidden ones too.

    Raises:
        ValidationError: with one flaw, if it is unsafe, damaged or too large.
    """
    book = open_book(path)
    pages: list[EvidencePage] = []
    stamp: Mapping[str, str] = {}
    room = MAX_CELLS
    for sheet in sheets_of(book, hidden=True):
        cells = read_cells(book, sheet, path, room)
        room -= sum(len(texts) for _, texts in cells.rows)
        if sheet.state == "visible":
            pages.append(page_of(path, sheet.title, cells))
        elif sheet.title == STAMP:
            stamp = stamp_in(cells)
    return OpenedBook(pages, stamp)


def page_of(path: Path, title: str, cells: SheetCells) -> EvidencePage:
    """A sheet of a workbook."""
    return EvidencePage(str(path), title, cells.rows, cells.unfit, cells.merged)


def stamp_in(cells: SheetCells) -> dict[str, str]:
    """What a stamp says."""
    return {row[1]: row.get(2, "") for _, row in cells.rows if 1 in row}
