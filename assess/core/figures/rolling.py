"""How the values of periods become the year's value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Final

import numpy as np

from assess.core.exact import Column, across
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
    return COMBINED[figure.roll_up or RollUp.LAST](columns).only(enough)


COMBINED: Final[dict[RollUp, Callable[[Sequence[Column]], Column]]] = {
    RollUp.MEAN: across.mean_of,
    RollUp.SUM: across.sum_of,
    RollUp.MAX: across.highest_of,
    RollUp.MIN: across.lowest_of,
    RollUp.LAST: across.latest_of,
}


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
