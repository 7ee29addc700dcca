"""Tables from CSV files: UTF-8, with or without mark, or GB18030."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import Source, TextPosition
from assess.core.tables import Table, is_example
from assess.core.text import Text
from assess.files.csv_cells import as_written_by_hand
from assess.files.foreign import FOREIGN, foreign_kind
from assess.files.headings import NO_HEADINGS, sound_headings, values_without_heading, without_blank_end

UTF_16 = Text("文件为UTF-16编码，请另存为“CSV UTF-8”。", "The file is in UTF-16. Save it as “CSV UTF-8”.")
NOT_TEXT = Text(
    "这不是文本表格，请另存为“CSV UTF-8”或.xlsx。", "This is not a text table. Save it as “CSV UTF-8” or .xlsx."
)
UNKNOWN_LETTERS = Text(
    "本行文字既不是UTF-8也不是GB18030编码，请另存为“CSV UTF-8”。",
    "This row is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8”.",
)
OPEN_QUOTE = Text(
    "引号不成对，或引号后多出文字，请检查本行及以下的引号。",
    "A quotation mark is not closed, or text follows a closed one. Check the quotation marks from this row on.",
)
RAGGED = Text(
    "本行有{cells}个单元格，表头有{headings}个，请补齐或删去多余的逗号。",
    "This row has {cells} cells, but there are {headings} headings. Add the missing cells or remove the extra ones.",
)
SEPARATORS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class TablePlaces:
    """Places of a text table: the line where each row begins, and the number of each column's field in it, from 1."""

    file: str
    lines: Sequence[int]
    fields: Sequence[int]

    def __call__(self, row: int, column: int, /) -> Source:
        """The line and the field of a cell."""
        return TextPosition(self.file, self.lines[row], self.fields[column])


def read_text_table(data: bytes, path: Path) -> Table:
    """The table of a CSV file, separated by commas, semicolons or tabs as its headings are.

    Raises:
        ValidationError: it cannot be read as a table at all.
    """
    file = str(path)
    stream = TextIOWrapper(BytesIO(data), encoding_of(data, file), newline="")
    lines, rows = [], []
    for _, line, row in records(stream, file):
        if not is_example(row):
            lines.append(line)
            rows.append(row)
    if not rows:
        raise ValidationError([Flaw(TextPosition(file), NO_HEADINGS)])
    names = without_blank_end(rows[0])
    flaws = ragged_rows(rows[1:], lines[1:], len(names), file)
    if set(map(len, rows)) != {len(names)}:
        rows = [(row + [""] * len(names))[: len(names)] for row in rows]
    columns = list(zip(*rows[1:], strict=True)) if len(rows) > 1 else [()] * len(names)
    headings, of_headings = sound_headings(names, lambda field: TextPosition(file, lines[0], field + 1))
    flaws += of_headings + values_without_heading(
        names, columns, lambda row, field: TextPosition(file, lines[row + 1], field + 1)
    )
    kept = list(headings)
    places = TablePlaces(file, lines[1:], [field + 1 for field in kept])
    return Table(
        TextPosition(file), tuple(headings.values()), tuple(columns[field] for field in kept), places, tuple(flaws)
    )


def ragged_rows(rows: Sequence[Sequence[str]], lines: Sequence[int], width: int, file: str) -> list[Flaw]:
    """Rows with fewer cells than headings, or with more that hold something."""
    return [
        Flaw(TextPosition(file, line), RAGGED, {"cells": len(row), "headings": width})
        for row, line in zip(rows, lines, strict=True)
        if len(row) != width and (len(row) < width or any(row[width:]))
    ]


def encoding_of(data: bytes, file: str) -> str:
    """The encoding of a file.

    Raises:
        ValidationError: it is in no encoding that is read here.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValidationError([Flaw(TextPosition(file), UTF_16)])
    if kind := foreign_kind(data):
        raise ValidationError([Flaw(TextPosition(file), FOREIGN, {"kind": kind})])
    if b"\0" in data:
        raise ValidationError([Flaw(TextPosition(file), NOT_TEXT)])
    try:
        data.decode("utf-8")
        return "utf-8-sig"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not looks_chinese(text):
        raise ValidationError([Flaw(TextPosition(file, line), UNKNOWN_LETTERS)])
    return "gb18030"


def looks_chinese(text: str) -> bool:
    """Whether most characters beyond ASCII are common ones: accented letters read as GB18030 give rare ones."""
    beyond = [letter for letter in text if letter > "\x7f"]
    common = "".join(beyond).encode("gb2312", "ignore")
    return len(common) > len(beyond)


class TextRow(NamedTuple):
    """A row of a text table: which it is, counted from 1 as a spreadsheet would, its first line, and its texts."""

    number: int
    line: int
    cells: list[str]


def records(stream: TextIO, file: str) -> Iterator[TextRow]:
    """The rows that hold something, without blanks around their texts and marks that make them harmless.

    Raises:
        ValidationError: its quotation marks do not match.
    """
    reader = csv.reader(stream, delimiter=separator_of(stream), strict=True)
    line = 1
    try:
        for number, row in enumerate(reader, 1):
            cells = as_written_by_hand([cell.strip() for cell in row])
            if any(cells):
                yield TextRow(number, line, cells)
            line = reader.line_num + 1
    except csv.Error:
        raise ValidationError([Flaw(TextPosition(file, line), OPEN_QUOTE)]) from None


def separator_of(stream: TextIO) -> str:
    """What parts the headings: the one of the separators that stands most often in the first line with one of them."""
    first = next((line for line in stream if any(each in line for each in SEPARATORS)), "")
    stream.seek(0)
    return max(SEPARATORS, key=first.count)
