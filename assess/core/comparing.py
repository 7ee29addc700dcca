"""Units compared with each other: order, ranks, and the extremes, mean and number of a group."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.exact.integers import INT64, LIMIT, Flags, Integers

Places: TypeAlias = NDArray[np.int64]
"""One whole number per unit: a group (negative: none), an order key, a place in a list."""

FEW_CELLS: Final = 4096
"""So many cells are sooner counted than sorted, however few the units."""


class Ties(StrEnum):
    """How units of equal value share ranks: 1, 2, 2, 4 · the same · 1, 2, 2, 3 · 1, 2.5, 2.5, 4 · 1, 3, 3, 4."""

    COMPETITION = "competition"
    MINIMUM = "minimum"
    DENSE = "dense"
    AVERAGE = "average"
    MAXIMUM = "maximum"


def order_keys(column: Column) -> Places:
    """Codes from 0 without holes, larger for larger values and equal for equal ones; -1 where missing."""
    keys = np.full(len(column), -1, dtype=INT64)
    present = np.flatnonzero(column.present)
    if len(present):
        keys[present] = dense(comparable(column.take(present)))
    return keys


def dense(keys: Integers) -> Places:
    """The same order in codes from 0 without holes."""
    codes: Places = np.unique(keys, return_inverse=True)[1].astype(INT64)
    return codes


def comparable(column: Column) -> Integers:
    """Integers in the exact order of a column without gaps: its numerators where one denominator serves all."""
    if isinstance(column.denominators, int):
        return column.numerators if column.numerators.dtype == INT64 else dense(column.numerators)
    order = np.argsort(column.to_floats(), kind="stable")
    if (column.take(order[:-1]) > column.take(order[1:])).any():
        values = [value or Fraction(0) for value in column.fractions()]
        order = np.array(sorted(range(len(values)), key=values.__getitem__))
    keys = np.zeros(len(order), dtype=INT64)
    keys[order[1:]] = np.cumsum(column.take(order[:-1]) != column.take(order[1:]))
    return keys


def ranks(column: Column, groups: Places, among: Flags, higher_first: bool, ties: Ties = Ties.COMPETITION) -> Column:
    """The rank inside each group, 1 for the best, among the units that take part and have a value.

    Args:
        column: what is compared.
        groups: one number per unit, negative for no group.
        among: which units take part.
        higher_first: whether the largest value is the best.
        ties: `average` gives halves.

    Returns:
        Whole or half numbers; missing for a unit that takes no part.
    """
    part = Part.of(column, groups, among)
    if not len(part.places):
        return Column.absent(len(column))
    cells, starts, counts = cells_of(comparable(column.take(part.places)), part.groups, higher_first)
    tally = (counts > 0).astype(INT64) if ties is Ties.DENSE else counts
    before = np.cumsum(tally) - tally
    found, share = before[cells] - before[starts] + 1, 1
    if ties is Ties.MAXIMUM:
        found += counts[cells] - 1
    elif ties is Ties.AVERAGE:
        found, share = 2 * found + counts[cells] - 1, 2
    numerators = np.zeros(len(column), dtype=INT64)
    numerators[part.places] = found
    return Column.integers(numerators, share, part.others)


def cells_of(keys: Integers, groups: Places, higher_first: bool) -> tuple[Places, Places, Places]:
    """Every group's values as one row of cells, best first, the rows one after another.

    Returns:
        The cell of each unit, the first cell of its group, and how many units each cell holds.
    """
    low, high, rows = int(keys.min()), int(keys.max()), int(groups.max()) + 1
    width = high - low + 1
    if max(width * rows, -low, high) > LIMIT // 2:
        return cells_of(dense(keys), groups, higher_first)
    starts = groups * width
    cells = starts + (high - keys if higher_first else keys - low)
    if width * rows <= FEW_CELLS + 8 * len(keys):
        return cells, starts, np.bincount(cells, minlength=width * rows)
    distinct, cells, counts = np.unique(cells, return_inverse=True, return_counts=True)
    return cells, np.searchsorted(distinct, np.arange(rows) * width)[groups], counts


def lowest(column: Column, groups: Places, among: Flags) -> Column:
    """The lowest value in the group of each unit; missing for a unit that takes no part (so below)."""
    return extreme(column, Part.of(column, groups, among), np.minimum, LIMIT)


def highest(column: Column, groups: Places, among: Flags) -> Column:
    """The highest value in the group of each unit."""
    return extreme(column, Part.of(column, groups, among), np.maximum, -LIMIT)


def extreme(column: Column, part: Part, better: np.ufunc, worst: int) -> Column:
    """The lowest or highest value in the group of each unit."""
    if not len(part.places):
        return Column.absent(len(column))
    keys = comparable(column.take(part.places))
    best = np.full(part.rows, worst, dtype=INT64)
    better.at(best, part.groups, keys)
    holders = np.zeros(part.rows, dtype=INT64)
    holding = keys == best[part.groups]
    holders[part.groups[holding]] = part.places[holding]
    return part.told(column.take(holders))


def count(column: Column, groups: Places, among: Flags) -> Column:
    """How many units of the group of each unit have a value."""
    part = Part.of(column, groups, among)
    return part.told(Column.integers(part.sizes))


def mean(column: Column, groups: Places, among: Flags) -> Column:
    """The exact mean of the values in the group of each unit."""
    part = Part.of(column, groups, among)
    return part.told(sums(column.take(part.places), part) / Column.integers(part.sizes))


def sums(column: Column, part: Part) -> Column:
    """The sum of each group; the column has the units that take part."""
    if isinstance(column.denominators, int):
        wide = column.bound * max(len(column), 1) > LIMIT
        added = np.zeros(part.rows, dtype=object if wide else INT64)
        np.add.at(added, part.groups, column.numerators.astype(added.dtype, copy=False))
        return Column.integers(added, column.denominators)
    members: list[list[Fraction]] = [[] for _ in range(part.rows)]
    for group, value in zip(part.groups.tolist(), column.fractions(), strict=True):
        members[group].append(value or Fraction(0))
    return Column.of(summed(values) for values in members)


def summed(values: list[Fraction]) -> Fraction:
    """The sum in pairs, so that long fractions are met late and seldom."""
    while len(values) > 1:
        values = [sum(values[place : place + 2], Fraction(0)) for place in range(0, len(values), 2)]
    return values[0] if values else Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """The units that take part in a comparison: they have a value and a group and are among those compared."""

    places: Places
    """Where they stand among all units."""
    groups: Places
    """The group of each of them."""
    others: Flags
    """All units: whether it takes no part."""

    @classmethod
    def of(cls, column: Column, groups: Places, among: Flags) -> Part:
        """Those of the units that have a value in the column."""
        taking = among & (groups >= 0)
        if column.any_missing:
            taking &= column.present
        places = np.flatnonzero(taking)
        return cls(places, groups[places], ~taking)

    @property
    def rows(self) -> int:
        """One more than the largest group number."""
        return int(self.groups.max()) + 1 if len(self.groups) else 0

    @property
    def sizes(self) -> Places:
        """How many units of each group take part."""
        return np.bincount(self.groups, minlength=self.rows).astype(INT64, copy=False)

    def told(self, by_group: Column) -> Column:
        """For each unit that takes part the value of its group; missing for the others."""
        if not len(self.places):
            return Column.absent(len(self.others))
        whose = np.zeros(len(self.others), dtype=INT64)
        whose[self.places] = self.groups
        return by_group.take(whose).only(~self.others)
