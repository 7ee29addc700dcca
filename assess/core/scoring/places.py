"""The places that values are computed at: a unit, perhaps an object of it, and a period of a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.figures.periods import PeriodLabel, periods_of
from assess.core.rules.figure import PERIOD_AXES
from assess.core.units.objects import UnitObjects

Indices = NDArray[np.int64]


class Place(NamedTuple):
    """What a column has an entry for: each unit, or each row of a kind of objects, at each of some periods.

    Entries stand period by period, inside a period in the order of the units or of the rows of objects. The year
    itself stands for no period.
    """

    kind: str | None
    periods: tuple[PeriodLabel, ...]

    def years_back(self, years: int) -> Place:
        """The same so many years before."""
        return self._replace(periods=tuple(each.years_back(years) for each in self.periods))

    def before(self) -> Place:
        """The same at the period before each."""
        return self._replace(periods=tuple(each.before() for each in self.periods))

    def along(self, axis: str, year: tuple[PeriodLabel, ...]) -> Place:
        """The parts of the place along an axis; `year` are the periods of the axis that count this year."""
        if axis not in PERIOD_AXES:
            return self._replace(kind=axis)
        (whole,) = self.periods
        return self._replace(periods=tuple(each._replace(year=whole.year) for each in year))


def entries(place: Place, units: int, objects: UnitObjects) -> int:
    """How many units or rows of objects there are at each period."""
    if place.kind is None:
        return units
    return len(objects.kinds[place.kind]) if place.kind in objects.kinds else 0


def rows_of_units(kind: str, units: int, objects: UnitObjects) -> list[Indices]:
    """For the first object of each unit, the second and so on: its row, -1 for units with fewer."""
    if kind not in objects.kinds or not len(objects.kinds[kind]):
        return []
    owners = objects.kinds[kind].units
    order = np.argsort(owners, kind="stable")
    counts = np.bincount(owners, minlength=units)
    starts = np.cumsum(counts) - counts
    number = np.arange(len(owners)) - starts[owners[order]]
    found = [np.full(units, -1, dtype=np.int64) for _ in range(int(counts.max()))]
    for row, nth in zip(order.tolist(), number.tolist(), strict=True):
        found[nth][owners[row]] = row
    return found


def apart(column: Column, rows: Sequence[Indices]) -> list[Column]:
    """A column of parts as one column for the first part of each unit, one for the second and so on.

    `rows` say where these stand; it is missing where they are -1.
    """
    if not len(column):
        return []
    return [column.take(np.maximum(each, 0)).only(each >= 0) for each in rows]


def periods_that_count(axis: str, year: int, through: PeriodLabel | None) -> tuple[PeriodLabel, ...]:
    """The periods of an axis in a year that end no later than `through`."""
    periods = periods_of(PERIOD_AXES[axis], year)
    return periods if through is None else tuple(each for each in periods if each.months[-1] <= through.months[-1])
