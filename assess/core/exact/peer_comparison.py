"""Units compared with each other, and each unit compared at a value it might have had with what the others have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, comparing, stacked
from assess.core.exact.comparing import Places, Ties, order_keys
from assess.core.exact.integers import Flags


@dataclass(frozen=True)
class PeerComparison:
    """Units that are compared with each other: a number that those share who are compared, and who takes part."""

    groups: Places
    among: Flags

    def ranks(self, column: Column, higher_first: bool, ties: Ties) -> Column:
        """The rank of each unit, 1 for the best."""
        return comparing.ranks(column, self.groups, self.among, higher_first, ties)

    def lowest(self, column: Column) -> Column:
        """The lowest value of those that each unit is compared with, itself included (so below)."""
        return comparing.lowest(column, self.groups, self.among)

    def highest(self, column: Column) -> Column:
        """The highest value."""
        return comparing.highest(column, self.groups, self.among)

    def mean(self, column: Column) -> Column:
        """The exact mean of the values."""
        return comparing.mean(column, self.groups, self.among)

    def count(self, column: Column) -> Column:
        """How many have a value."""
        return comparing.count(column, self.groups, self.among)

    def ordered(self, column: Column) -> tuple[Places, ...]:
        """The units of each group that are compared, the lowest value first."""
        keys = order_keys(column)
        part = np.flatnonzero((self.groups >= 0) & self.among & column.present)
        part = part[np.argsort(keys[part], kind="stable")]
        return tuple(part[self.groups[part] == group] for group in np.unique(self.groups[part]))

    def highest_other(self, column: Column) -> Column:
        """The highest value of the others, without the own one; missing where there is none."""
        return first_other(column, [members[::-1] for members in self.ordered(column)])

    def lowest_other(self, column: Column) -> Column:
        """The lowest value of the others."""
        return first_other(column, self.ordered(column))

    def sum_of_others(self, column: Column) -> Column:
        """The sum of the values of the others."""
        return self.mean(column) * self.count(column) - column

    def each_value(self, column: Column) -> Iterator[Column]:
        """The values in the group of each unit, place by place."""
        ordered = self.ordered(column)
        for place in range(max(map(len, ordered), default=0)):
            found = np.full(len(column), -1, dtype=np.int64)
            for members in ordered:
                found[members] = members[min(place, len(members) - 1)]
            yield taken_at(column, found)


def first_other(column: Column, ordered: Sequence[Places]) -> Column:
    """The value of the first unit in each group, for that one itself of the second."""
    found = np.full(len(column), -1, dtype=np.int64)
    for members in ordered:
        if len(members) > 1:
            found[members] = members[0]
            found[members[0]] = members[1]
    return taken_at(column, found)


def taken_at(column: Column, places: Places) -> Column:
    """The values at these places; missing at negative ones."""
    return column.take(np.maximum(places, 0)).only(places >= 0)


@dataclass(frozen=True)
class ComparisonWithOthers(PeerComparison):
    """The same comparison of every unit by itself: a column holds what each might have had, `known` what they have."""

    known: Column

    @cached_property
    def members(self) -> tuple[Places, ...]:
        """The units of each group, the lowest of the known values first."""
        return super().ordered(self.known)

    @cached_property
    def most(self) -> Column:
        """The highest known value of the others."""
        return super().highest_other(self.known)

    @cached_property
    def least(self) -> Column:
        """The lowest known value of the others."""
        return super().lowest_other(self.known)

    @cached_property
    def counts(self) -> Column:
        """How many are compared with each unit, itself included."""
        return super().count(self.known)

    @cached_property
    def rest(self) -> Column:
        """The sum of the known values of the others."""
        return super().mean(self.known) * self.counts - self.known

    def lowest(self, column: Column) -> Column:
        """The lowest of the own value and those of the others."""
        return column.at_most(self.least.filled(column))

    def highest(self, column: Column) -> Column:
        """The highest of the own value and those of the others."""
        return column.at_least(self.most.filled(column))

    def mean(self, column: Column) -> Column:
        """The mean of the own value and those of the others."""
        return (self.rest + column) / self.counts

    def count(self, column: Column) -> Column:
        """How many are compared, itself included."""
        return self.counts

    def ranks(self, column: Column, higher_first: bool, ties: Ties) -> Column:
        """The place of the own value among those of the others."""
        keys = order_keys(stacked([self.known, column]))
        known, own = (keys if not higher_first else -keys).reshape(2, -1)
        places = np.zeros(len(column), dtype=np.int64)
        ranked = np.zeros(len(column), dtype=np.bool_)
        for members in self.members:
            places[members] = twice_the_place(standing(known[members], own[members]), ties)
            ranked[members] = True
        return Column.integers(places, 2, ~ranked)


class Standing(NamedTuple):
    """How many others, or values of others, are better, and how many others are equal."""

    better: Places
    better_values: Places
    equal: Places


def standing(known: NDArray[np.int64], own: NDArray[np.int64]) -> Standing:
    """How many of the others' values lie below each own one; all in one group, in the same order."""
    held, values = np.sort(known), np.unique(known)
    below, was_below = np.searchsorted(held, own, "left"), known < own
    equal = np.searchsorted(held, own, "right") - below - (known == own)
    times = np.searchsorted(held, known, "right") - np.searchsorted(held, known, "left")
    better_values = np.searchsorted(values, own, "left") - (was_below & (times == 1))
    return Standing(below - was_below, better_values, equal)


def twice_the_place(standing: Standing, ties: Ties) -> Places:
    """The place, doubled, since an average may be a half."""
    if ties is Ties.DENSE:
        return 2 + 2 * standing.better_values
    if ties is Ties.MAXIMUM:
        return 2 + 2 * (standing.better + standing.equal)
    first = 2 + 2 * standing.better
    return first + standing.equal if ties is Ties.AVERAGE else first
