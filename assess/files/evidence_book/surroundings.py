"""A cell of a kept file with what stands around it, drawn as the sheet is: a reader sees where a value comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.evidence.heads import SheetHeadings, heads_of
from assess.core.evidence.names import ColumnRole, HeadingNames
from assess.core.evidence.pages import EvidencePage, letters
from assess.files.evidence_book.near import page_near

AROUND: Final = 2
"""Rows and columns on each side of the cell."""
MAX_SHOWN_LENGTH: Final = 120
"""Characters of a cell that are shown."""
IN_SHEET: Final = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>[1-9][0-9]{0,6})", re.DOTALL)
IN_LINES: Final = re.compile(r"(?P<row>[1-9][0-9]{0,6}):(?P<column>[1-9][0-9]{0,4})")


class CellPosition(NamedTuple):
    """Where a cell stands: its sheet, "" for the only one, its row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet calls it."""
        return f"{letters(self.column)}{self.row}"


class SheetColumn(NamedTuple):
    """A column by its letters; `skips` says that columns before it are left out."""

    name: str
    skips: bool


class ShownRow(NamedTuple):
    """A row by its number with the texts of the columns shown; `skips` says that rows before it are left out."""

    number: int
    skips: bool
    is_heading: bool
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Surroundings:
    """A cell and what stands around it: the headings of the sheet, the units, the rows and columns beside it."""

    sheet: str
    row: int
    column: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[ShownRow, ...]


def place_from(text: str) -> CellPosition | None:
    """The place that is kept beside a value, such as 数据!B2 or 3:2; None where it names no cell."""
    if found := IN_LINES.fullmatch(text):
        return CellPosition("", int(found["row"]), int(found["column"]))
    if found := IN_SHEET.fullmatch(text):
        return CellPosition(found["sheet"] or "", int(found["row"]), column_number(found["column"]))
    return None


def column_number(name: str) -> int:
    """The number of a column, from 1, by its letters."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, name, 0)


def surroundings_of(
    path: Path, place: CellPosition, names: HeadingNames | None, *, neighbours: int = AROUND
) -> Surroundings | None:
    """A cell of a file with so many rows above and below it, and the headings; None where there is no such sheet.

    `names` is what headings mean to the department whose file it is; where it is no department's, the first row is
    that of the headings. Without neighbours nothing of any other row is given away.

    Raises:
        ValidationError: the file cannot be read any more.
    """
    page = page_near(path, place.sheet, place.row + neighbours)
    if page is None:
        return None
    heads = None if names is None else heads_of(page, names)
    rows = dict(page.rows)
    headings = {each for each in heading_rows(page, names, heads) if each < place.row}
    numbers = sorted(headings | set(around(place.row, neighbours, after=max(headings, default=0))))
    last = max(place.column, *(max(rows[each], default=0) for each in numbers if each in rows), 0)
    columns = sorted({*leading(names, heads), *(each for each in around(place.column, AROUND) if each <= last)})
    return Surroundings(
        sheet=page.name,
        row=place.row,
        column=letters(place.column),
        columns=tuple(SheetColumn(letters(each), skips) for each, skips in with_gaps(columns)),
        rows=tuple(
            ShownRow(each, skips, each in headings, texts_of(page, rows.get(each, {}), columns))
            for each, skips in with_gaps(numbers)
        ),
    )


def around(place: int, neighbours: int, after: int = 0) -> range:
    """The numbers on both sides of one, from 1 and after another on."""
    return range(max(1, after + 1, place - neighbours), place + neighbours + 1)


def heading_rows(page: EvidencePage, names: HeadingNames | None, heads: SheetHeadings | None) -> set[int]:
    """The numbers of the rows that hold headings."""
    if names is None:
        return {number for number, _ in page.rows[:1]}
    return set() if heads is None else heads.heading_rows


def leading(names: HeadingNames | None, heads: SheetHeadings | None) -> Iterator[int]:
    """The column of the names of units, and that of periods."""
    if names is not None and heads is not None:
        for role in (ColumnRole.UNIT, ColumnRole.PERIOD):
            yield from [at for at in sorted(heads.line) if names.meaning(heads.line[at].text) is role][-1:]


def with_gaps(numbers: Iterable[int]) -> Iterator[tuple[int, bool]]:
    """Each number with whether others before it are left out."""
    last = 0
    for number in numbers:
        yield number, number > last + 1
        last = number


def texts_of(page: EvidencePage, texts: Mapping[int, str], columns: Sequence[int]) -> tuple[str, ...]:
    """The texts of some columns of a row, as far as they are shown."""
    return tuple(shortened(texts.get(column, "")) for column in columns)


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}…"
