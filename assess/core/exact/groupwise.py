"""One value for each group of units, told to every unit of the group, whether or not its own value counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.core.exact import comparing
from assess.core.exact.column import Column, where
from assess.core.exact.comparing import ComparedUnits, Places
from assess.core.exact.integers import Flags


@dataclass(frozen=True, slots=True, eq=False)
class GroupValues:
    """The values of units, the number of the group of each (negative: none), and whose value counts if it has one."""

    values: Column
    groups: Places
    among: Flags

    def sum(self) -> Column:
        """The sum; 0 where no value counts."""
        part = ComparedUnits.of(self.values, self.groups, self.among)
        added = self.told(part.per_unit(comparing.sums(self.values.take(part.places), part)))
        return where((self.groups >= 0) & added.missing, 0, added)

    def mean(self) -> Column:
        """The exact mean; missing where no value counts."""
        return self.told(comparing.mean(self.values, self.groups, self.among))

    def highest(self) -> Column:
        """The highest value."""
        return self.told(comparing.highest(self.values, self.groups, self.among))

    def lowest(self) -> Column:
        """The lowest value."""
        return self.told(comparing.lowest(self.values, self.groups, self.among))

    def median(self) -> Column:
        """The middle value, of an even number the mean of the middle two."""
        counted = np.flatnonzero((self.groups >= 0) & self.among & self.values.present)
        if not len(counted):
            return Column.absent(len(self.values))
        groups, values = self.groups[counted], self.values.take(counted)
        order = np.lexsort((comparing.order_keys(values), groups))
        sizes = np.bincount(groups)
        starts, sizes = (np.cumsum(sizes) - sizes)[groups], sizes[groups]
        lower, upper = (values.take(order[starts + middle]) for middle in ((sizes - 1) // 2, sizes // 2))
        spread = np.zeros(len(self.values), dtype=np.int64)
        spread[counted] = np.arange(len(counted))
        is_counted = np.isin(np.arange(len(self.values)), counted)
        return self.told(((lower + upper) / 2).take(spread).only(is_counted))

    def holding(self) -> GroupValues:
        """The same of a condition: 1 where it holds, 0 where not."""
        return GroupValues(Column.truths(self.values != 0, self.values.missing), self.groups, self.among)

    def told(self, of_counted: Column) -> Column:
        """The value that each unit that counts knows of its group, told to all units of the group."""
        counted = np.flatnonzero(of_counted.present)
        member = np.full(int(self.groups.max(initial=-1)) + 1, -1, dtype=np.int64)
        member[self.groups[counted]] = counted
        known = np.full(len(self.groups), -1, dtype=np.int64)
        inside = self.groups >= 0
        known[inside] = member[self.groups[inside]]
        return of_counted.take(np.maximum(known, 0)).only(known >= 0)
