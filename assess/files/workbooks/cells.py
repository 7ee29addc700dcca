"""The cells of a sheet as text: numbers at the digits Excel shows, percent cells as `n%`, dates in ISO form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final
from xml.parsers import expat

from assess.core.text import Text
from assess.files.opening import refusal
from assess.files.workbooks.blank_cells import without_blanks
from assess.files.workbooks.lean_books import LeanBook, LeanSheet
from assess.files.workbooks.packages import BROKEN, DAMAGED, LINKS
from assess.files.workbooks.shared_texts import MAIN, MAX_SHARED_TEXT_LENGTH, READING, TEXT, plain
from assess.files.workbooks.spelling import ERROR_CELL, Spelling

TOO_MANY_CELLS = Text(
    "Excel表格中有内容的单元格超过{most}个，请拆分后分别上传。",
    "The Excel file has more than {most} cells with data. Split it and upload the parts separately.",
)
NO_STORED_VALUE = Text(
    "公式没有保存计算结果，请在Excel中打开并保存，或直接填写数值。",
    "The formula has no stored result. Open and save the file in Excel, or enter the value.",
)

MAX_CELLS: Final = 200_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
QUOTED: Final = re.compile(r'"[^"]*"')
NAMED: Final = r"[^\[\]!'\"()+\-*/,&<>=^;:{}\s]*"
FOREIGN: Final = re.compile(
    rf"\[[^\[\]]+\](?:{NAMED}|[^\[\]!']*')!|(?:^|[=(,+\-*/&<>^\s])(?:\w+|'[^']*')\|'?[^'!|]*'?!"
)
"""A sheet of another workbook, `[Book.xlsx]Sheet!A1`, or a value of another program (DDE), `program|topic!item`."""

At = tuple[int, int]
"""Row and column of a cell, both from 1."""


@dataclass(frozen=True, slots=True, eq=False)
class SheetCells:
    """What stands in a sheet.

    Attributes:
        rows: the row number and, by column number, the text of each cell that is not blank, without blanks around it.
        formulas: cells whose value a formula made.
        unfit: cells that hold no usable value, and why; they are not among `rows`.
        merged: first and last cell of each merged area.
    """

    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)
    formulas: set[At] = field(default_factory=set)
    unfit: dict[At, Text] = field(default_factory=dict)
    merged: list[tuple[At, At]] = field(default_factory=list)


def read_cells(book: LeanBook, sheet: LeanSheet, path: Path, most: int = MAX_CELLS) -> SheetCells:
    """All cells of a sheet that hold something.

    Raises:
        ValidationError: with one flaw, if more cells have a value than `most`, what the sheets before left of those
            that a workbook may have, or the sheet is damaged.
    """
    try:
        reader = SheetReader(book.spelling, book.texts, most)
        with book.opened(sheet) as source:
            for piece in without_blanks(source):
                reader.parser.Parse(piece)
            reader.parser.Parse(b"", True)
    except ForeignFormula:
        raise refusal(path, LINKS) from None
    except TooManyCells:
        raise refusal(path, TOO_MANY_CELLS, most=MAX_CELLS) from None
    except BROKEN:
        raise refusal(path, DAMAGED) from None
    return reader.found


def sheets_of(book: LeanBook, *, hidden: bool = False) -> Iterator[LeanSheet]:
    """The sheets of cells in order, hidden ones only on demand."""
    return (sheet for sheet in book.sheets if hidden or sheet.state == "visible")


class TooManyCells(Exception):
    """A sheet has more cells with a value than are read."""


class ForeignFormula(Exception):
    """A formula takes its value from another workbook or program."""


ROW, CELL, VALUE, FORMULA, MERGED = (MAIN + name for name in ("row", "c", "v", "f", "mergeCell"))


class SheetReader:
    """Follows the tags of a sheet. Nothing is built of them, so that a sheet of blank cells costs no memory."""

    def __init__(self, spelling: Spelling, strings: Sequence[str], most: int) -> None:
        self.spelling = spelling
        self.strings = strings
        self.room = most
        self.found = SheetCells()
        self.at: At = (0, 0)
        self.cells: dict[int, str] = {}
        self.kind, self.style = "n", 0
        self.value: str | None = None
        self.has_formula = self.in_reading = False
        self.formula = ""
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if name == CELL:
            self.at = self.next_at(attributes.get("r"))
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self.value, self.has_formula = None, False
        elif name == VALUE or (name == TEXT and not self.in_reading):
            self.value = self.value or ""
            self.parser.CharacterDataHandler = self.text
        elif name == FORMULA:
            self.has_formula, self.formula = True, ""
            self.parser.CharacterDataHandler = self.formula_text
        elif name == ROW:
            self.at, self.cells = self.next_row(attributes.get("r")), {}
        elif name == READING:
            self.in_reading = True
        elif name == MERGED:
            first, _, last = attributes["ref"].partition(":")
            self.found.merged.append((cell_at(first), cell_at(last or first)))
            if len(self.found.merged) > MAX_CELLS:
                raise TooManyCells

    def next_row(self, number: str | None) -> At:
        """Where a row begins.

        Raises:
            ValueError: it does not stand below the one before, or below all that a sheet has.
        """
        row = self.at[0] + 1 if number is None else int(number)
        if not self.at[0] < row <= MAX_ROWS:
            raise ValueError(number)
        return row, 0

    def next_at(self, reference: str | None) -> At:
        """Where a cell stands; a row without number has that of its first cell.

        Raises:
            ValueError: it does not stand behind the one before, so that two values of one cell are never chosen from.
        """
        row, column = self.at
        at = (row, column + 1) if reference is None else cell_at(reference)
        if at[0] < row or (at[0] > row and column) or not column < at[1] <= MAX_COLUMNS:
            raise ValueError(reference)
        return at

    def text(self, piece: str) -> None:
        """Text inside a value."""
        if not self.value:
            self.value = piece
        elif len(self.value) < MAX_SHARED_TEXT_LENGTH:
            self.value += piece

    def formula_text(self, piece: str) -> None:
        """Text inside a formula.

        Raises:
            ValueError: it is longer than any of Excel.
        """
        self.formula += piece
        if len(self.formula) > MAX_SHARED_TEXT_LENGTH:
            raise ValueError

    def end(self, name: str) -> None:
        """A tag closes."""
        if name in (VALUE, TEXT):
            self.parser.CharacterDataHandler = None
        elif name == CELL:
            self.take()
        elif name == ROW and self.cells:
            self.found.rows.append((self.at[0], self.cells))
        elif name == FORMULA:
            self.parser.CharacterDataHandler = None
            if FOREIGN.search(QUOTED.sub("", self.formula)):
                raise ForeignFormula
        elif name == READING:
            self.in_reading = False

    def take(self) -> None:
        """Keep the cell that closes, if it holds something."""
        if not self.value and not self.has_formula:
            return
        self.room -= 1
        if self.room < 0:
            raise TooManyCells
        if self.has_formula:
            self.found.formulas.add(self.at)
            if self.value is None or (not self.value and self.kind == "n"):
                self.found.unfit[self.at] = NO_STORED_VALUE
        if not self.value:
            return
        text = self.spelled(self.value)
        if isinstance(text, Text):
            self.found.unfit[self.at] = text
        elif text := text.strip():
            self.cells[self.at[1]] = text

    def spelled(self, value: str) -> str | Text:
        """The stored value as text, or why it cannot be used."""
        match self.kind:
            case "n":
                return self.spelling.number(value, self.style)
            case "s":
                return plain(self.strings[position(value)])
            case "b":
                return "true" if int(value) else "false"
            case "e":
                return ERROR_CELL.format(text=value)
            case "d":
                return value.removesuffix("Z").removesuffix("T00:00:00")
            case _:
                return plain(value)


def position(text: str) -> int:
    """A place in a list.

    Raises:
        ValueError: it is no number from 0.
    """
    if not text.strip().isdecimal():
        raise ValueError(text)
    return int(text)


def cell_at(reference: str) -> At:
    """Row and column of a reference such as B2.

    Raises:
        ValueError: it is no cell of a sheet.
    """
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    row, column = int(found[2]), column_number(found[1])
    if row > MAX_ROWS or column > MAX_COLUMNS:
        raise ValueError(reference)
    return row, column


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
