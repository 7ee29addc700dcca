"""Several columns of the same units combined unit by unit; what is missing takes no part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from assess.core.exact.column import Column, stacked, total, where
from assess.core.exact.comparing import order_keys
from assess.core.exact.integers import Flags

Order = NDArray[np.int64]


def present(columns: Sequence[Column]) -> NDArray[np.int64]:
    """How many of the columns have a value, by unit."""
    counts: NDArray[np.int64] = np.sum([column.present for column in columns], axis=0, dtype=np.int64)
    return counts


def sum_of(columns: Sequence[Column]) -> Column:
    """The sum; missing where no column has a value."""
    return total([column.filled(0) for column in columns]).only(present(columns) > 0)


def mean_of(columns: Sequence[Column]) -> Column:
    """The exact mean; missing where no column has a value."""
    return total([column.filled(0) for column in columns]) / Column.integers(present(columns))


def highest_of(columns: Sequence[Column]) -> Column:
    """The highest; missing where no column has a value."""
    return reduce(lambda left, right: left.filled(right).at_least(right.filled(left)), columns)


def lowest_of(columns: Sequence[Column]) -> Column:
    """The lowest; missing where no column has a value."""
    return reduce(lambda left, right: left.filled(right).at_most(right.filled(left)), columns)


def latest_of(columns: Sequence[Column]) -> Column:
    """The value of the last column that has one."""
    return reduce(lambda earlier, later: later.filled(earlier), columns)


def median_of(columns: Sequence[Column]) -> Column:
    """The middle value, of an even number the mean of the middle two; missing where no column has a value."""
    values, order, counts = stacked(columns), ascending(columns), present(columns)
    units = np.arange(len(counts))
    lower, upper = (
        values.take(order[np.maximum(middle, 0), units] * len(units) + units)
        for middle in ((counts - 1) // 2, counts // 2 * (counts > 0))
    )
    return where(counts > 0, (lower + upper) / 2, Column.absent(len(units)))


def ascending(columns: Sequence[Column]) -> Order:
    """The numbers of the columns from the lowest value to the highest, by unit: one row a place, one column a unit.

    Of equal values the earlier column comes first; what is missing comes last.
    """
    keys = order_keys(stacked(columns)).reshape(len(columns), -1)
    return np.argsort(np.where(keys < 0, np.iinfo(np.int64).max, keys), axis=0, kind="stable")


def first_equal(columns: Sequence[Column], value: Column) -> list[Flags]:
    """Of each column where it is the first that holds this value."""
    found: list[Flags] = []
    taken = np.zeros(len(value), dtype=np.bool_)
    for column in columns:
        found.append((column == value) & ~taken)
        taken = taken | found[-1]
    return found
