"""How the values of periods become the year's value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from assess.core.exact import Column, total
from assess.core.expressions import TextColumn
from assess.core.rules.figure import Figure, RollUp


def rolled_up(figure: Figure, values: Sequence[Column | TextColumn]) -> Column | TextColumn:
    """The year's value from those of one or more periods, in order; missing where too few of them are there."""
    counts = np.sum([~column.missing for column in values], axis=0)
    enough = counts >= max(figure.min_periods or 1, 1)
    words = [column for column in values if isinstance(column, TextColumn)]
    if words:
        latest = reduce(later_words, words)
        return TextColumn(latest.values, latest.missing | ~enough)
    columns = [column for column in values if isinstance(column, Column)]
    return combined(figure.roll_up or RollUp.LAST, columns, Column.integers(counts)).only(enough)


def combined(roll_up: RollUp, columns: Sequence[Column], counts: Column) -> Column:
    """The mean, sum, latest, largest or smallest of the values that are there."""
    match roll_up:
        case RollUp.MEAN:
            return total([column.filled(0) for column in columns]) / counts
        case RollUp.SUM:
            return total([column.filled(0) for column in columns])
        case RollUp.MAX:
            return reduce(lambda left, right: left.filled(right).at_least(right.filled(left)), columns)
        case RollUp.MIN:
            return reduce(lambda left, right: left.filled(right).at_most(right.filled(left)), columns)
        case RollUp.LAST:
            return reduce(lambda earlier, later: later.filled(earlier), columns)


def later_words(earlier: TextColumn, later: TextColumn) -> TextColumn:
    """The later text where there is one, else the earlier."""
    return TextColumn(np.where(later.missing, earlier.values, later.values), earlier.missing & later.missing)


def first_of(year: Column | TextColumn, finer: Column | TextColumn) -> Column | TextColumn:
    """The year's own value where there is one, else what its periods make of it."""
    if isinstance(year, Column) and isinstance(finer, Column):
        return year.filled(finer)
    assert isinstance(year, TextColumn)
    assert isinstance(finer, TextColumn)
    return later_words(finer, year)
