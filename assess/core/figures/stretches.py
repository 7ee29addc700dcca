"""Stretches of a table: the rows of one period, and which of their columns hold which figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assess.core.figures.periods import PeriodLabel

RowNumbers: TypeAlias = NDArray[np.int64]


class PeriodRows(NamedTuple):
    """Rows of one period, and the column of each figure that has values in them."""

    label: PeriodLabel
    rows: Sequence[int]
    columns: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """The rows of a stretch by unit.

    Attributes:
        first, rows: the first row of each unit, -1 for none; as a list and as an array.
        later: further rows of units that have one, with their unit.
        strays: rows of no known unit.
        in_order: whether the table has one row a unit, in the order of the units.
    """

    first: list[int]
    rows: RowNumbers
    later: tuple[tuple[int, int], ...]
    strays: tuple[int, ...]
    in_order: bool

    def texts(self, column: Sequence[str]) -> Sequence[str]:
        """The texts of a column in the order of the units, from the first row of each."""
        return column if self.in_order else [column[row] if row >= 0 else "" for row in self.first]


def arranged(rows: Sequence[int], unit_of: Sequence[int], size: int) -> Arranged:
    """Rows by unit: `unit_of` each row of the table, -1 where no unit is known, among `size` units."""
    first = [-1] * size
    later, strays = [], []
    for row in rows:
        unit = unit_of[row]
        if unit < 0:
            strays.append(row)
        elif first[unit] < 0:
            first[unit] = row
        else:
            later.append((row, unit))
    in_order = len(unit_of) == size and first == list(range(size))
    return Arranged(first, np.array(first, dtype=np.int64), tuple(later), tuple(strays), in_order)


def by_period(labels: Sequence[PeriodLabel | None]) -> Iterator[tuple[PeriodLabel, list[int]]]:
    """The rows of each period, in the order of first mention; rows of no period are left out."""
    rows_of: dict[PeriodLabel, list[int]] = {}
    for row, label in enumerate(labels):
        if label is not None:
            rows_of.setdefault(label, []).append(row)
    yield from rows_of.items()
