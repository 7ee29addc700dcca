"""The search on the grid of values that may be entered: from marks between which scores only rise or only fall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, where
from assess.core.methods.scored import Flags

Steps = NDArray[Any]
"""Whole numbers of steps of the grid, one a unit."""
MOST_DIGITS: Final = 15
"""Digits that a figure may have before the point."""
SMALL_STEPS: Final = 3
"""With so many decimals steps fit in 64 bits."""


class Grid(NamedTuple):
    """The multiples of one decimal that a figure may take: the digits, the lowest and the highest, in steps."""

    digits: int
    low: int
    high: int

    @classmethod
    def between(cls, digits: int, low: Fraction | None, high: Fraction | None) -> Grid:
        """The grid within these bounds, or what a figure may hold where there is none."""
        step = 10**digits
        most = 10 ** (MOST_DIGITS + digits) - 1
        least_step = -most if low is None else -(-low * step // 1)
        return cls(digits, int(least_step), most if high is None else int(high * step // 1))

    @property
    def dtype(self) -> type:
        """What holds steps."""
        return np.int64 if self.digits <= SMALL_STEPS else object

    def values(self, steps: Steps) -> Column:
        """The values of so many steps."""
        return Column.integers(steps, 10**self.digits)

    def steps_below(self, values: Column) -> Steps:
        """The last step at or below each value; the first of the grid where there is no value."""
        found = (values * 10**self.digits).floor()
        return np.where(found.missing, self.low, found.numerators.astype(object))

    def clipped(self, steps: Steps) -> Steps:
        """The same inside the grid."""
        found: Steps = np.clip(steps, self.low, self.high).astype(self.dtype)
        return found


@dataclass(frozen=True)
class MarkedScores:
    """What each unit would score at marks of the grid; between one mark and the next scores only rise or only fall.

    Attributes:
        value: what the units have.
        marks: one row a mark, ascending in each unit, among them the steps next to the value.
        tried: gives the score of each unit at a value of its own.
    """

    grid: Grid
    value: Column
    marks: NDArray[Any]
    tried: Callable[[Column], Column]

    @cached_property
    def scores(self) -> list[Column]:
        """The scores at the marks."""
        known: dict[tuple[int, ...], Column] = {}
        for row in self.marks:
            if (key := tuple(row.tolist())) not in known:
                known[key] = self.tried(self.grid.values(row))
        return [known[tuple(row.tolist())] for row in self.marks]

    def nearest(self, reached: Callable[[Column], Flags]) -> Column:
        """The value nearest to the own one whose score is as wanted, the higher of two; missing where there is none."""
        meets = np.array([reached(scores) for scores in self.scores])
        above = self.toward(meets, 1, reached)
        below = self.toward(meets, -1, reached)
        nearer = (above - self.value).abs() <= (self.value - below).abs()
        return where(above.present & (nearer | below.missing), above, below)

    def toward(self, meets: NDArray[np.bool_], way: int, reached: Callable[[Column], Flags]) -> Column:
        """The nearest above the own value (way 1) or below it (way -1)."""
        start = way * self.start(way)
        marks, meets = (self.marks, meets) if way > 0 else (-self.marks[::-1], meets[::-1])
        usable: NDArray[np.bool_] = meets & (marks >= start)
        found: Flags = usable.max(axis=0)
        units = np.arange(marks.shape[1])
        first = usable.argmax(axis=0)
        far = marks[first, units]
        near = marks[np.maximum(first - 1, 0), units]
        near = np.where((first > 0) & (near >= start) & found, near, far)
        steps = self.between(near, far, lambda steps: reached(self.tried(self.grid.values(way * steps))))
        return self.grid.values(way * steps).only(found)

    def between(self, near: Steps, far: Steps, reached: Callable[[Steps], Flags]) -> Steps:
        """The first step behind `near` that reaches what `far` does, in strides that double and then halve."""
        stride: Steps = np.ones(len(near), dtype=self.grid.dtype)
        while (apart := far - near > 1).any():
            tried = np.where(apart, near + np.minimum(stride, (far - near) // 2), far)
            good = reached(tried)
            far = np.where(apart & good, tried, far)
            near = np.where(apart & ~good, tried, near)
            stride = np.where(good, stride, np.minimum(stride, far - near) * 2)
        return far

    def start(self, way: int) -> Steps:
        """The step next to the own value on one side."""
        return next_step(self.grid, self.value, way)


def next_step(grid: Grid, value: Column, way: int) -> Steps:
    """The step next above a value (way 1), or next below it (way -1), which may lie outside the grid."""
    steps = grid.steps_below(value) + 1 if way > 0 else -grid.steps_below(-value) - 1
    return steps.astype(grid.dtype)


def marks_of(grid: Grid, value: Column, points: Sequence[Column], near: Iterable[int]) -> NDArray[Any]:
    """The marks of a search, ascending in each unit.

    Args:
        grid: the values that may be entered.
        value: what the units have.
        points: where scores turn or jump.
        near: how many steps from the own value marks are set besides.
    """
    size = len(value)
    rows = [np.full(size, grid.low), np.full(size, grid.high)]
    above, below = next_step(grid, value, 1), next_step(grid, value, -1)
    rows += [above, below]
    rows += [row for steps in near for row in (above + steps, below - steps)]
    for point in points:
        row = grid.steps_below(point)
        rows += [-grid.steps_below(-point) - 1, row, row + 1]
    return np.sort(np.array([grid.clipped(row) for row in rows]), axis=0)
