"""The units on a map of equal squares: each with its name and a number, tinted by its grade or by a score rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.scorecard.content import RankedLine, RankingTable
from assess.core.text import Text
from assess.core.units.squares import Square

BY_GRADE: Final = ""
"""What tells the tints where no section is chosen."""


class MapTile(NamedTuple):
    """A unit on its square.

    `number` is its total, or its points in the section chosen; `rate` tints it by a section, `place` by its grade: 0
    for the best, None without one.
    """

    square: Square
    row: RankedLine
    number: str | None
    rate: Fraction | None
    place: int | None


def tiles_of(
    tables: Sequence[RankingTable], squares: Mapping[str, Square], section: int | None, grades: Sequence[Text]
) -> list[MapTile]:
    """The units that have a square, from the north to the south and from the west to the east.

    Args:
        tables: the rankings of the groups.
        squares: by the codes of the units.
        section: the place of the section chosen among those of the tables; None for grades.
        grades: what they are called, the best first.
    """
    found = []
    for row in (row for table in tables for row in table.rows if row.unit in squares):
        number, rate = (row.total, None) if section is None else row.sections[section]
        place = grades.index(row.grade) if section is None and row.grade in grades else None
        found.append(MapTile(squares[row.unit], row, number, rate, place))
    return sorted(found, key=lambda tile: tile.square)
