"""Units compared with each other: order, ranks, and the extremes, mean and number of a group."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.exact.integers import INT64, LIMIT, Flags, Integers
from assess.core.word_lists import ChoiceWords

Places: TypeAlias = NDArray[np.int64]
"""One whole number per unit: a group (negative: none), an order key, a place in a list."""

FEW_CELLS: Final = 4096
"""So many cells are sooner counted than sorted, however few the units."""


class Ties(ChoiceWords):
    """How units of equal value share ranks: 1, 2, 2, 4 · the same · 1, 2, 2, 3 · 1, 2.5, 2.5, 4 · 1, 3, 3, 4."""

    COMPETITION = "competition", "并列跳号"
    MINIMUM = "minimum", "并列取前"
    DENSE = "dense", "并列不跳号"
    AVERAGE = "average", "平均名次"
    MAXIMUM = "maximum", "并列取后"


def order_keys(column: Column) -> Places:
    """Codes from 0 without holes, larger for larger values and equal for equal ones; -1 where missing."""
    present = np.flatnonzero(column.present)
    keys = np.full(len(column), -1, dtype=INT64)
    keys[present] = dense(comparable(column.take(present)))[0]
    return keys


def dense(keys: Integers) -> tuple[Places, Places]:
    """The same order in codes from 0 without holes, and the places of the keys in that order."""
    order = np.argsort(keys)
    ordered = keys[order]
    return coded(order, ordered[1:] != ordered[:-1]), order


def coded(order: Places, rises: Flags) -> Places:
    """The codes of places in ascending order, of which each but the first either rises or equals the one before."""
    codes = np.zeros(len(order), dtype=INT64)
    codes[order[1:]] = np.cumsum(rises)
    return codes


def comparable(column: Column) -> Integers:
    """64-bit integers in the exact order of a column without gaps: its numerators where these have it."""
    if isinstance(column.denominators, int):
        return column.numerators if column.numerators.dtype == INT64 else dense(column.numerators)[0]
    order = np.argsort(column.to_floats())
    lower, upper = column.take(order[:-1]), column.take(order[1:])
    if (lower > upper).any():
        values = [value or Fraction(0) for value in column.fractions()]
        order = np.array(sorted(range(len(values)), key=values.__getitem__))
        lower, upper = column.take(order[:-1]), column.take(order[1:])
    return coded(order, lower != upper)


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
    part = ComparedUnits.of(column, groups, among)
    if not len(part.groups):
        return Column.absent(len(column))
    cells, starts, counts = cells_of(comparable(column.take(part.places)), part, higher_first)
    tally = (counts > 0).astype(INT64) if ties is Ties.DENSE else counts
    before = np.cumsum(tally) - tally
    places, share = before[cells] - before[starts] + 1, 1
    if ties is Ties.MAXIMUM:
        places += counts[cells] - 1
    elif ties is Ties.AVERAGE:
        places, share = 2 * places + counts[cells] - 1, 2
    return part.spread(Column(places, share, None, 2 * len(column), share))


def cells_of(keys: Integers, part: ComparedUnits, higher_first: bool) -> tuple[Places, Places, Places]:
    """Every group's values as one row of cells, best first, the rows one after another.

    Returns:
        The cell of each unit, the first cell of its group, and how many units each cell holds.
    """
    low, high = int(keys.min()), int(keys.max())
    width = high - low + 1
    if max(width * part.rows, -low, high) > LIMIT // 2:
        return cells_of(dense(keys)[0], part, higher_first)
    starts = part.groups * width
    cells = high - keys if higher_first else keys - low
    cells += starts
    if width * part.rows <= FEW_CELLS + 8 * len(keys):
        return cells, starts, np.bincount(cells, minlength=width * part.rows)
    cells, order = dense(cells)
    sizes = part.sizes
    return cells, cells[order[np.cumsum(sizes) - sizes]][part.groups], np.bincount(cells)


def lowest(column: Column, groups: Places, among: Flags) -> Column:
    """The lowest value in the group of each unit; missing for a unit that takes no part (so below)."""
    return extreme(column, ComparedUnits.of(column, groups, among), np.minimum, LIMIT)


def highest(column: Column, groups: Places, among: Flags) -> Column:
    """The highest value in the group of each unit."""
    return extreme(column, ComparedUnits.of(column, groups, among), np.maximum, -LIMIT)


def extreme(column: Column, part: ComparedUnits, better: np.ufunc, worst: int) -> Column:
    """The lowest or highest value in the group of each unit."""
    values = column.take(part.places)
    keys = comparable(values)
    best = np.full(part.rows, worst, dtype=INT64)
    better.at(best, part.groups, keys)
    holders = np.zeros(part.rows, dtype=INT64)
    holding = np.flatnonzero(keys == best[part.groups])
    holders[part.groups[holding]] = holding
    return part.per_unit(values.take(holders)) if len(values) else Column.absent(len(column))


def count(column: Column, groups: Places, among: Flags) -> Column:
    """How many units of the group of each unit have a value."""
    part = ComparedUnits.of(column, groups, among)
    return part.per_unit(Column.integers(part.sizes))


def mean(column: Column, groups: Places, among: Flags) -> Column:
    """The exact mean of the values in the group of each unit."""
    part = ComparedUnits.of(column, groups, among)
    return part.per_unit(sums(column.take(part.places), part) / Column.integers(part.sizes))


def sums(column: Column, part: ComparedUnits) -> Column:
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
class ComparedUnits:
    """The units that take part in a comparison: they have a value and a group and are among those compared."""

    places: Places | slice
    """Where they stand among all units; a full slice where all take part."""
    groups: Places
    """The group of each of them."""
    rows: int
    """One more than the largest group number."""
    others: Flags | None
    """All units: whether it takes no part; None where all do."""

    @classmethod
    def of(cls, column: Column, groups: Places, among: Flags) -> ComparedUnits:
        """Those of the units that have a value in the column."""
        taking = groups >= 0
        taking &= among
        if column.gaps is not None:
            taking &= ~column.gaps
        if taking.all():
            return cls(slice(None), groups, rows_of(groups), None)
        places = np.flatnonzero(taking)
        groups = groups[places]
        return cls(places, groups, rows_of(groups), ~taking)

    @property
    def sizes(self) -> Places:
        """How many units of each group take part."""
        return np.bincount(self.groups, minlength=self.rows).astype(INT64, copy=False)

    def per_unit(self, by_group: Column) -> Column:
        """For each unit that takes part the value of its group; missing for the others."""
        return self.spread(by_group.take(self.groups))

    def spread(self, values: Column) -> Column:
        """The values of the units that take part, at their places; missing for the others."""
        if self.others is None:
            return values
        whose = np.zeros(len(self.others), dtype=INT64)
        whose[self.places] = np.arange(len(values))
        return values.take(whose).only(~self.others) if len(values) else Column.absent(len(self.others))


def rows_of(groups: Places) -> int:
    """One more than the largest group number, 0 without groups."""
    return int(groups.max()) + 1 if len(groups) else 0
