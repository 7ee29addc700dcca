"""A cell of a kept file with what stands around it, so that a reader sees where a figure comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.evidence.pages import letters
from assess.files.evidence_book.sheets import open_sheets

AROUND: Final = 2
"""Rows and columns on each side of the cell."""
HEADINGS_WITHIN: Final = 20
"""The first rows, among which headings are looked for."""
IN_SHEET: Final = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>[1-9][0-9]{0,6})", re.DOTALL)
IN_LINES: Final = re.compile(r"(?P<row>[1-9][0-9]{0,6}):(?P<column>[1-9][0-9]{0,4})")
NUMBER: Final = re.compile(r"[-+0-9.,%]+")


class Heading(NamedTuple):
    """A column or a row: its letter or number, and what heads it, "" where nothing does."""

    name: str
    title: str


class SurroundingRow(NamedTuple):
    """A row around the cell, with the texts of the columns around it."""

    heading: Heading
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Surroundings:
    """A cell and what stands around it; `row` and `column` are the names of its own."""

    sheet: str
    row: str
    column: str
    columns: tuple[Heading, ...]
    rows: tuple[SurroundingRow, ...]


class Place(NamedTuple):
    """Where a cell stands: its sheet, "" for the only one, its row and column from 1."""

    sheet: str
    row: int
    column: int


def place_from(text: str) -> Place | None:
    """The place that is kept beside a value, such as 数据!B2 or 3:2; None where it names no cell."""
    if found := IN_LINES.fullmatch(text):
        return Place("", int(found["row"]), int(found["column"]))
    if found := IN_SHEET.fullmatch(text):
        return Place(found["sheet"] or "", int(found["row"]), column_number(found["column"]))
    return None


def column_number(name: str) -> int:
    """The number of a column, from 1, by its letters."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, name, 0)


def surroundings_of(path: Path, place: Place) -> Surroundings | None:
    """What stands around a cell of a file, five rows and five columns; None where the file has no such sheet.

    Raises:
        Flawed: the file cannot be read any more.
    """
    pages = open_sheets(path).pages
    page = next((each for each in pages if each.name == place.sheet), None)
    if page is None and not place.sheet and pages:
        page = pages[0]
    if page is None:
        return None
    rows = dict(page.rows)
    columns = range(max(1, place.column - AROUND), max(1, place.column - AROUND) + 2 * AROUND + 1)
    numbers = range(max(1, place.row - AROUND), max(1, place.row - AROUND) + 2 * AROUND + 1)
    return Surroundings(
        sheet=page.name,
        row=str(place.row),
        column=letters(place.column),
        columns=tuple(Heading(letters(each), title_above(rows, each, place.row)) for each in columns),
        rows=tuple(row_around(rows.get(each, {}), each, columns) for each in numbers),
    )


def row_around(texts: Mapping[int, str], number: int, columns: Iterable[int]) -> SurroundingRow:
    """One row around the cell: headed by its first text that is no number."""
    words = (texts[column] for column in sorted(texts) if not NUMBER.fullmatch(texts[column]))
    return SurroundingRow(Heading(str(number), next(words, "")), tuple(texts.get(column, "") for column in columns))


def title_above(rows: Mapping[int, Mapping[int, str]], column: int, below: int) -> str:
    """What heads a column: the first text, among the first rows and above the cell, that is no number."""
    above = (rows[number].get(column, "") for number in sorted(rows) if number < min(below, HEADINGS_WITHIN))
    return next((text for text in above if text and not NUMBER.fullmatch(text)), "")
