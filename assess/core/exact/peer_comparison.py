"""Units compared with each other, and each unit compared at a value it might have had with what the others have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from assess.core.exact import Column, comparing, stacked
from assess.core.exact.comparing import Places, Ties, order_keys
from assess.core.exact.groupwise import GroupValues
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
class OthersAsTheyAre:
    """What others in the group of each unit have, for a unit that might have another value, or count where it does not.

    Attributes:
        known: what the units have.
        among: whose values count, those that are there.

    The columns given to its methods hold what each unit might have, missing where its own does not count.
    """

    groups: Places
    among: Flags
    known: Column

    @cached_property
    def counted(self) -> Flags:
        """The units whose known value counts."""
        flags: Flags = (self.groups >= 0) & self.among & self.known.present
        return flags

    @cached_property
    def by_group(self) -> tuple[tuple[Places, Places], ...]:
        """The units of each group, and those of them that count, the lowest value first."""
        ordered = np.argsort(order_keys(self.known), kind="stable")
        numbers = (number for number in np.unique(self.groups) if number >= 0)
        ordered_groups, counted = self.groups[ordered], self.counted[ordered]
        return tuple(
            (np.flatnonzero(self.groups == number), ordered[counted & (ordered_groups == number)]) for number in numbers
        )

    @cached_property
    def most(self) -> Column:
        """The highest value of the others."""
        return self.first([(inside, members[::-1]) for inside, members in self.by_group])

    @cached_property
    def least(self) -> Column:
        """The lowest value of the others."""
        return self.first(self.by_group)

    @cached_property
    def added(self) -> Column:
        """The sum of the others."""
        everybody = GroupValues(self.known, self.groups, self.among).sum()
        return everybody - self.known.only(self.counted).filled(0)

    @cached_property
    def number(self) -> Column:
        """How many others count."""
        counted = Column.truths(self.counted)
        return GroupValues(counted, self.groups, self.counted).sum() - counted

    def first(self, by_group: Sequence[tuple[Places, Places]]) -> Column:
        """The value of the first that counts in each group, for that one itself of the second."""
        found = np.full(len(self.known), -1, dtype=np.int64)
        for inside, members in by_group:
            if len(members):
                found[inside] = members[0]
                found[members[0]] = members[1] if len(members) > 1 else -1
        return taken_at(self.known, found)

    def lowest(self, own: Column) -> Column:
        """The lowest of the own value and those of the others."""
        return own.filled(self.least).at_most(self.least.filled(own))

    def highest(self, own: Column) -> Column:
        """The highest of the own value and those of the others."""
        return own.filled(self.most).at_least(self.most.filled(own))

    def sum(self, own: Column) -> Column:
        """The sum of the own value and those of the others."""
        return self.added + own.filled(0)

    def count(self, own: Column) -> Column:
        """How many count."""
        return self.number + Column.truths(own.present)

    def mean(self, own: Column) -> Column:
        """The mean of the own value and those of the others."""
        return self.sum(own) / self.count(own)

    def ranks(self, own: Column, higher_first: bool, ties: Ties) -> Column:
        """The place of the own value among those of the others."""
        keys = order_keys(stacked([self.known, own]))
        known, asked = (keys if not higher_first else -keys).reshape(2, -1)
        places = np.zeros(len(own), dtype=np.int64)
        for inside, members in self.by_group:
            found = standing(known[members], asked[inside], known[inside], self.counted[inside])
            places[inside] = twice_the_place(found, ties)
        return Column.integers(places, 2, own.missing | (self.groups < 0))


@dataclass(frozen=True)
class ComparisonWithOthers(PeerComparison):
    """The same comparison of every unit by itself: a column holds what each might have had, the others as they are."""

    others: OthersAsTheyAre

    def ranks(self, column: Column, higher_first: bool, ties: Ties) -> Column:
        """The place of the own value among those of the others."""
        return self.others.ranks(column, higher_first, ties)

    def lowest(self, column: Column) -> Column:
        """The lowest of the own value and those of the others."""
        return self.others.lowest(column)

    def highest(self, column: Column) -> Column:
        """The highest of the own value and those of the others."""
        return self.others.highest(column)

    def mean(self, column: Column) -> Column:
        """The mean of the own value and those of the others."""
        return self.others.mean(column)

    def count(self, column: Column) -> Column:
        """How many are compared, itself included."""
        return self.others.count(column)


class Standing(NamedTuple):
    """How many others, or values of others, are better, and how many others are equal."""

    better: Places
    better_values: Places
    equal: Places


def standing(held: Places, own: Places, known: Places, counted: Flags) -> Standing:
    """How many of the others' values lie below each own one.

    Args:
        held: the values that count in a group.
        own: what its units might have.
        known: what these units have.
        counted: whether that is among those that count, and so has to be left out for the unit itself.
    """
    held, values = np.sort(held), np.unique(held)
    below, was_below = np.searchsorted(held, own, "left"), counted & (known < own)
    equal = np.searchsorted(held, own, "right") - below - (counted & (known == own))
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
