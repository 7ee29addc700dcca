"""Old workbooks (.xls), written record by record, as Excel 97 to 2003 and systems of that age write them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any, Final

from tests.files.odd_books.cases import flawed, refused, sound
from tests.files.odd_books.values import PM, SHARE, WATER

SECTOR: Final = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
FORMATS: Final = (0, 10, 14, 57)
PLAIN, PERCENT, DAY, CHINESE_DAY = range(4)
ERRORS: Final = {"#DIV/0!": 7, "#REF!": 23}
HEADS: Final = ["单位", PM, SHARE]


def record(kind: int, *parts: bytes) -> bytes:
    """A record with what stands in it."""
    data = b"".join(parts)
    return struct.pack("<HH", kind, len(data)) + data


def text_of(text: str, length: str = "<H") -> bytes:
    """A text of 16 bits a character, its length before it."""
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def cell(row: int, column: int, value: Any) -> bytes:
    """The record of a cell: a text, an error, a number, or a number with its style."""
    number, style = value if isinstance(value, tuple) else (value, PLAIN)
    at = struct.pack("<HHH", row, column, style)
    if isinstance(number, bool) or number in ERRORS:
        is_error = number in ERRORS
        return record(0x205, at, bytes([ERRORS[number] if is_error else number, is_error]))
    return (
        record(0x204, at, text_of(number)) if isinstance(number, str) else record(0x203, at, struct.pack("<d", number))
    )


def sheet_of(rows: Sequence[Sequence[Any]], merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """The records of a sheet."""
    cells = (
        cell(at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row) if value is not None
    )
    areas = b"".join(struct.pack("<HHHH", *area) for area in merged)
    ends = record(0xE5, struct.pack("<H", len(areas) // 8), areas) if areas else b""
    return record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(cells) + ends + record(0x0A)


def records_of(*sheets: tuple[str, bytes], extra: bytes = b"", hidden: int = -1, is_1904: bool = False) -> bytes:
    """The records of a workbook; `hidden` is the place of a sheet that is not seen."""
    beginning = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)) + extra
    beginning += record(0x22, struct.pack("<H", is_1904)) + record(0x31, bytes(14), text_of("Arial", "<B"))
    beginning += b"".join(record(0xE0, struct.pack("<HH", 0, number), bytes(16)) for number in FORMATS)
    names = [text_of(name, "<B") for name, _ in sheets]
    start = len(beginning) + sum(10 + len(name) for name in names) + 4
    listed = b""
    for place, (name, (_, body)) in enumerate(zip(names, sheets, strict=True)):
        listed += record(0x85, struct.pack("<IBB", start, place == hidden, 0), name)
        start += len(body)
    return beginning + listed + record(0x0A) + b"".join(body for _, body in sheets)


def compound(stream: bytes, *folders: str) -> bytes:
    """A compound file that holds the records of a workbook, and empty folders of these names."""
    data = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count, tables = len(data) // SECTOR, 1
    while tables * 128 < count + tables + 1:
        tables += 1
    chain = [FAT] * tables + [END] + [tables + 2 + number for number in range(count - 1)] + [END]
    entries = entry("Root Entry", 5, END, 0, child=1) + entry("Workbook", 2, tables + 1, len(data))
    entries += b"".join(entry(name, 1, END, 0) for name in folders[:2])
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", tables, tables, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    fat = struct.pack(f"<{tables * 128}I", *chain, *[FREE] * (tables * 128 - len(chain)))
    return header + fat + entries.ljust(SECTOR, b"\0") + data


def entry(name: str, kind: int, start: int, size: int, child: int = -1) -> bytes:
    """An entry of the directory of a compound file."""
    text = name.encode("utf-16-le")
    tree = struct.pack("<iii", -1, -1 if name != "Workbook" else 2, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text) + 2, kind, 1)
        + tree
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )


def a_book(*rows: Sequence[Any]) -> bytes:
    """An old workbook of one sheet."""
    return compound(records_of(("数据", sheet_of(rows))))


@sound(
    {"u1 pm": "31.5", "u1 share": "98.765", "u2 pm": "12.5", "u2 share": "85", "u3 pm": "0.3", "u4 pm": "7"},
    ending=".xls",
)
def xls_with_numbers_texts_and_percentages() -> bytes:
    return a_book(
        HEADS,
        ["三里屯街道", 31.5, (0.98765, PERCENT)],
        ["建外", "１２．５", "85%"],
        ["u3", 0.1 + 0.2, None],
        ["小红门", 7.0],
    )


@sound({"u1 pm": "31.5"}, ending=".xlsx")
def xls_called_xlsx() -> bytes:
    return a_book(HEADS, ["三里屯", 31.5])


@sound({"u1 water 2026-01": "3", "u2 water 2026-02": "4"}, ending=".xls")
def xls_with_dates() -> bytes:
    return a_book(["单位", "期间", WATER], ["三里屯", (46023, DAY), 3], ["建外", (46054, CHINESE_DAY), 4])


@sound({"u1 water 2026-01": "3"}, ending=".xls")
def xls_with_dates_counted_from_1904() -> bytes:
    rows = [["单位", "期间", WATER], ["三里屯", (46023 - 1462, DAY), 3]]
    return compound(records_of(("数据", sheet_of(rows)), is_1904=True))


@flawed("数据!B2: #DIV/0!", "数据!C2: not a number", "数据!A3: merged", "数据!B5: 15 digits", ending=".xls")
def xls_with_errors_truths_merged_cells_and_long_numbers() -> bytes:
    rows = [HEADS, ["三里屯", "#DIV/0!", True], ["建外", 30], [None, 29], ["小红门", 1e15]]
    return compound(records_of(("数据", sheet_of(rows, [(2, 3, 0, 0)]))))


@sound({"u1 pm": "31.5"}, ending=".xls")
def xls_with_a_hidden_sheet() -> bytes:
    wrong = sheet_of([HEADS, ["不存在", "many"]])
    return compound(records_of(("旧", wrong), ("数据", sheet_of([HEADS, ["三里屯", 31.5]])), hidden=0))


@refused("password", ending=".xls")
def xls_with_a_password() -> bytes:
    locked = record(0x2F, bytes(54))
    return compound(records_of(("数据", sheet_of([HEADS])), extra=locked))


@refused("links to other", ending=".xls")
def xls_with_a_link_to_another_workbook() -> bytes:
    link = record(0x1AE, struct.pack("<H", 1), text_of("\x01C:\\b.xls"), text_of("s"))
    return compound(records_of(("数据", sheet_of([HEADS, ["三里屯", 1]])), extra=link))


@refused("macros", ending=".xls")
def xls_with_macros() -> bytes:
    return compound(records_of(("数据", sheet_of([HEADS, ["三里屯", 1]]))), "_VBA_PROJECT_CUR")


@refused("contains embedded objects", ending=".xls")
def xls_with_an_embedded_object() -> bytes:
    return compound(records_of(("数据", sheet_of([HEADS, ["三里屯", 1]]))), "MBD0012AB34")


@refused("damaged", ending=".xls")
def xls_cut_short() -> bytes:
    return a_book(HEADS, *(["三里屯", number] for number in range(500)))[:5000]


@refused("more than 200000 cells", ending=".xls")
def xls_of_too_many_cells() -> bytes:
    wide = [struct.pack("<HH", row, 0) + bytes(6 * 256) + struct.pack("<H", 255) for row in range(1, 784)]
    return compound(records_of(("数据", sheet_of([HEADS])[:-4] + b"".join(record(0xBD, each) for each in wide))))
