"""Old workbooks (.xls): a look at the compound file and its records, then the cells by xlrd."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import xlrd
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from xlrd.compdoc import CompDoc

from assess.core.flaws import ValidationError
from assess.core.text import Text
from assess.files.foreign import BOOK_STREAMS, FOREIGN, OTHER_OLD, foreign_old_kind
from assess.files.opening import refusal
from assess.files.workbooks.cells import MAX_CELLS, TOO_MANY_CELLS, SheetCells
from assess.files.workbooks.packages import DAMAGED, EMBEDDED, ENCRYPTED, LINKS, MACROS, PASSWORD, TOO_LARGE_INSIDE
from assess.files.workbooks.spelling import ERROR_CELL, Spelling, is_percent

MACRO_FOLDERS: Final = ("_vba_project", "_vba_project_cur", "vba", "macros")
OBJECT_FOLDERS: Final = ("mbd", "lnk")
"""What names of embedded and linked objects begin with."""

FILE_PASS, BOUND_SHEET, SUP_BOOK, BEGINNING = 0x2F, 0x85, 0x1AE, 0x809
MANY_NUMBERS, MANY_BLANKS, BLANK = 0xBD, 0xBE, 0x201
ONE_VALUE: Final = frozenset([0x06, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6])
"""Records of one cell with a value."""
MACRO_SHEETS: Final = frozenset([1, 6])
OWN_BOOKS: Final = (b"\x01\x04", b"\x01\x3a")
"""What a reference to the workbook itself, or to functions of an add-in, says of its name."""
MAX_PLACES: Final = 4_000_000
"""Cells of rows filled up to their last column: what the reader keeps in memory."""
MAX_MEGABYTES: Final = 64
WHOLE: Final = 10.0**15


class OldSheet(NamedTuple):
    """A sheet of an old workbook."""

    title: str
    is_visible: bool
    cells: SheetCells


def read_old_book(data: bytes, path: Path) -> list[OldSheet]:
    """The sheets of an old workbook, after a look at it.

    Raises:
        ValidationError: with one flaw, if it is no workbook, damaged, locked, too large, or holds macros, links or
            objects.
    """
    if ENCRYPTED in data:
        raise refusal(path, PASSWORD)
    if (kind := foreign_old_kind(data)) is not OTHER_OLD:
        raise refusal(path, FOREIGN, kind=kind)
    with Path(os.devnull).open("w") as silence:
        try:
            look_at_records(book_stream(data, path, silence), path)
            book = xlrd.open_workbook(
                file_contents=data, logfile=silence, formatting_info=True, on_demand=True, ragged_rows=True
            )
            spelling = spelling_of(book)
            return [OldSheet(sheet.name, sheet.visibility == 0, cells_of(sheet, spelling)) for sheet in book.sheets()]
        except ValidationError:
            raise
        except Exception:  # whatever xlrd makes of a workbook that lies about itself
            raise refusal(path, DAMAGED) from None


def book_stream(data: bytes, path: Path, silence: Any) -> bytes:
    """The records of the workbook.

    Raises:
        ValidationError: the compound file holds none, or also macros or objects.
    """
    document = CompDoc(data, logfile=silence)
    names = [entry.name.casefold() for entry in document.dirlist]
    if any(name in MACRO_FOLDERS for name in names):
        raise refusal(path, MACROS)
    if any(name.startswith(OBJECT_FOLDERS) for name in names):
        raise refusal(path, EMBEDDED)
    for name in BOOK_STREAMS:
        memory, start, length = document.locate_named_stream(name)
        if memory is not None:
            return bytes(memory[start : start + length])
    raise refusal(path, FOREIGN, kind=OTHER_OLD)


def look_at_records(stream: bytes, path: Path) -> None:
    """Refuse a locked workbook, macro sheets, links and too much of everything, before anything is built of it."""
    values = places = 0
    widths: dict[int, int] = {}
    for kind, start, size in records(stream):
        if kind == FILE_PASS:
            raise refusal(path, PASSWORD)
        if kind == BOUND_SHEET and stream[start + 5] in MACRO_SHEETS:
            raise refusal(path, MACROS)
        if kind == SUP_BOOK and is_foreign(stream[start : start + size]):
            raise refusal(path, LINKS)
        if kind in ONE_VALUE or kind in (MANY_NUMBERS, MANY_BLANKS, BLANK):
            row, column = struct.unpack_from("<HH", stream, start)
            last = (
                struct.unpack_from("<H", stream, start + size - 2)[0] if kind in (MANY_NUMBERS, MANY_BLANKS) else column
            )
            values += 0 if kind in (MANY_BLANKS, BLANK) else 1 + last - column
            places += max(0, last + 1 - widths.get(row, 0))
            widths[row] = max(last + 1, widths.get(row, 0))
        elif kind == BEGINNING:
            widths = {}
    if values > MAX_CELLS:
        raise refusal(path, TOO_MANY_CELLS, most=MAX_CELLS)
    if places > MAX_PLACES:
        raise refusal(path, TOO_LARGE_INSIDE, most=MAX_MEGABYTES)


def records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of each record."""
    at, end = 0, len(stream) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def is_foreign(book: bytes) -> bool:
    """Whether a reference to a workbook leads to another one or to another program."""
    return not (book[2:4] in OWN_BOOKS or (book[2:4] == b"\x01\x00" and book[5:6] in (b"\x00", b" ")))


def spelling_of(book: Any) -> Spelling:
    """How the workbook writes its numbers."""
    formats = [book.format_map.get(style.format_key) for style in book.xf_list]
    percent = {number for number, each in enumerate(formats) if each and is_percent(each.format_str or "")}
    dates = {number for number, each in enumerate(formats) if each and each.type == xlrd.book.FDT}
    return Spelling(percent, dates, CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900)


def cells_of(sheet: Any, spelling: Spelling) -> SheetCells:
    """What stands in a sheet."""
    found = SheetCells()
    found.merged.extend(((top + 1, left + 1), (bottom, right)) for top, bottom, left, right in sheet.merged_cells)
    for row in range(sheet.nrows):
        cells: dict[int, str] = {}
        for column, cell in enumerate(sheet.row(row), 1):
            text = spelled(cell, spelling)
            if isinstance(text, Text):
                found.unfit[row + 1, column] = text
            elif text := text.strip():
                cells[column] = text
        if cells:
            found.rows.append((row + 1, cells))
    return found


def spelled(cell: Any, spelling: Spelling) -> str | Text:
    """The value of a cell as text, or why it cannot be used."""
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            whole = cell.value.is_integer() and abs(cell.value) < WHOLE
            return spelling.number(f"{cell.value:.0f}" if whole else repr(cell.value), cell.xf_index)
        case xlrd.XL_CELL_BOOLEAN:
            return "true" if cell.value else "false"
        case xlrd.XL_CELL_ERROR:
            return ERROR_CELL.format(text=xlrd.error_text_from_code.get(cell.value, "#?"))
        case _:
            return str(cell.value)
