"""Where each unit stands on a map of equal squares: two optional columns of the list of units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.flaws import Flaw
from assess.core.naming import quoted
from assess.core.numbers import NotANumber, exact
from assess.core.tables import Table
from assess.core.text import Text

ROW: Final = ("map_row", "地图行")
COLUMN: Final = ("map_column", "地图列")
"""Headings of the columns; rows count from the north, columns from the west, from 1."""
MOST: Final = 40
"""So many rows and columns a map has at most."""
NO_PLACE: Final = Text(
    "地图的行和列应同时填写，均为1至{most}的整数；“{text}”不可用。",
    "Row and column of the map must both be whole numbers from 1 to {most}. “{text}” cannot be used.",
)
TAKEN: Final = Text(
    "地图第{row}行第{column}列已有另一个单位，请改填其他行列。",
    "Another unit is in row {row}, column {column} of the map. Enter another place.",
)


class Square(NamedTuple):
    """A square of the map."""

    row: int
    column: int


def squares_of(codes: Sequence[str], attributes: Mapping[str, Column | TextColumn]) -> dict[str, Square]:
    """The squares of the units that have one, by code; none where the list has no such columns."""
    both = [next((attributes[name] for name in names if name in attributes), None) for names in (ROW, COLUMN)]
    rows, columns = (column.fractions() if isinstance(column, Column) else () for column in both)
    found = {}
    for code, row, column in zip(codes, rows, columns, strict=False):
        if is_place(row) and is_place(column):
            found[code] = Square(int(row or 0), int(column or 0))
    return found


def is_place(number: Fraction | None) -> bool:
    """Whether a number is a row or a column of a map."""
    return number is not None and number.denominator == 1 and 1 <= number <= MOST


def square_flaws(table: Table, rows: Iterable[int]) -> Iterator[Flaw]:
    """What is wrong with the squares of a list: no whole numbers, one without the other, or two units on one."""
    at, across = table.column_called(ROW), table.column_called(COLUMN)
    if at is None or across is None:
        return
    seen: set[tuple[str, str]] = set()
    for row in rows:
        texts = table.columns[at][row], table.columns[across][row]
        if texts == ("", ""):
            continue
        wrong = next((text for text in texts if not is_place(as_number(text))), None)
        if wrong is not None:
            yield Flaw(table.places(row, at), NO_PLACE, {"most": str(MOST), "text": quoted(wrong)})
        elif texts in seen:
            yield Flaw(table.places(row, at), TAKEN, {"row": texts[0], "column": texts[1]})
        seen.add(texts)


def as_number(text: str) -> Fraction | None:
    """The number that a text is, None where it is none."""
    try:
        return exact(text)
    except NotANumber:
        return None
