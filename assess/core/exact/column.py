"""One number per unit: what scoring methods compute with."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from typing import cast

import numpy as np

from assess.core import numbers
from assess.core.exact.arithmetic import (
    added,
    chosen,
    compared,
    divided,
    multiplied,
    picked,
    rounded,
    scaled,
    subtracted,
    whole_below,
)
from assess.core.exact.integers import LIMIT, OBJECT, Flags, Integers, decimals, either, gaps_in, repeated
from assess.core.exact.values import ExactValues, Number
from assess.core.word_lists import ChoiceWords


class Rounding(ChoiceWords):
    """What happens to a half: away from zero (四舍五入), or to the even neighbour."""

    HALF_UP = "half-up", "四舍五入"
    HALF_EVEN = "half-even", "四舍六入五留双"


class Column(ExactValues):
    """Exact rational numbers, one per unit, some of them missing. Never changed once made.

    Arithmetic and comparison take a column of the same length, an integer or a fraction on either side. What is
    computed from a missing value is missing, and so is a division by zero; a comparison with it is false.
    """

    __slots__ = ()
    __array_ufunc__ = None
    __hash__ = None  # type: ignore[assignment]

    def __add__(self, other: Column | Number) -> Column:
        return added(self, operand(other))

    __radd__ = __add__

    def __sub__(self, other: Column | Number) -> Column:
        return subtracted(self, operand(other))

    def __rsub__(self, other: Number) -> Column:
        return subtracted(operand(other), self)

    def __mul__(self, other: Column | Number) -> Column:
        return multiplied(self, other) if isinstance(other, Column) else scaled(self, *parts(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Column | Number) -> Column:
        if isinstance(other, Column):
            return divided(self, other)
        above, below = parts(other)
        if above == 0:
            return self.absent(len(self))
        return scaled(self, below, above) if above > 0 else scaled(self, -below, -above)

    def __rtruediv__(self, other: Number) -> Column:
        return divided(operand(other), self)

    def __neg__(self) -> Column:
        return Column(-self.numerators, self.denominators, self.gaps, self.bound, self.most)

    def __lt__(self, other: Column | Number) -> Flags:
        return compared(np.less, self, operand(other))

    def __le__(self, other: Column | Number) -> Flags:
        return compared(np.less_equal, self, operand(other))

    def __gt__(self, other: Column | Number) -> Flags:
        return compared(np.greater, self, operand(other))

    def __ge__(self, other: Column | Number) -> Flags:
        return compared(np.greater_equal, self, operand(other))

    def __eq__(self, other: Column | Number) -> Flags:  # type: ignore[override]
        return compared(np.equal, self, operand(other))

    def __ne__(self, other: Column | Number) -> Flags:  # type: ignore[override]
        return compared(np.not_equal, self, operand(other))

    def at_most(self, other: Column | Number) -> Column:
        """The smaller of the two."""
        return picked(np.minimum, self, operand(other))

    def at_least(self, other: Column | Number) -> Column:
        """The larger of the two."""
        return picked(np.maximum, self, operand(other))

    def abs(self) -> Column:
        """Without the sign."""
        return Column(np.abs(self.numerators), self.denominators, self.gaps, self.bound, self.most)

    def floor(self) -> Column:
        """The whole numbers below."""
        return whole_below(self)

    def ceil(self) -> Column:
        """The whole numbers above."""
        return -whole_below(-self)

    def round(self, digits: int, mode: Rounding = Rounding.HALF_UP) -> Column:
        """To so many decimals, or with negative digits to tens, hundreds, ….

        The one denominator is 10 ** digits (1 for negative digits), or a part of it where 64 bits need that.
        """
        return rounded(self, digits, mode is Rounding.HALF_EVEN)

    def significant(self, digits: int) -> Column:
        """To so many significant digits, halves away from zero."""
        values = self.fractions()
        kept = {value: None if value is None else numbers.significant(value, digits) for value in set(values)}
        return Column.of(kept[value] for value in values)

    def filled(self, value: Column | Number) -> Column:
        """With this value, or that of its unit in this column, where one is missing."""
        return self if self.gaps is None else where(self.gaps, value, self)

    def printed(self, digits: int | None) -> list[str | None]:
        """Each value as `numbers.printed` shows it (with digits: already rounded to them); None where missing."""
        if digits is None or digits <= 0:
            return self.texts()
        rounded = self.round(digits)
        factor = 10**digits // cast("int", rounded.denominators)
        counted = rounded.numerators.tolist()
        texts: list[str | None] = [*decimals(counted if factor == 1 else [each * factor for each in counted], digits)]
        for place in () if self.gaps is None else np.flatnonzero(self.gaps):
            texts[place] = None
        return texts


def parts(value: Number) -> tuple[int, int]:
    """Numerator and denominator of a number.

    Raises:
        TypeError: anything but an integer or a fraction, floats included.
    """
    if not isinstance(value, (int, Fraction)):
        raise TypeError(f"not an exact number: {value!r}")
    return int(value.numerator), value.denominator


def operand(value: Column | Number) -> Column:
    """The column; of a number, an operand that keeps its one numerator for all units."""
    if isinstance(value, Column):
        return value
    numerator, denominator = parts(value)
    return Column(cast("Integers", numerator), denominator, None, abs(numerator), denominator)


def where(condition: Flags, first: Column | Number, second: Column | Number) -> Column:
    """The first value where the condition holds, else the second; missing where the chosen one is."""
    if not isinstance(first, Column) and not isinstance(second, Column):
        first = Column.constant(first, len(condition))
    return chosen(condition, operand(first), operand(second))


def stacked(columns: Sequence[Column]) -> Column:
    """At least one column, the values of each after those of the one before."""
    if any(column.numerators.dtype == OBJECT or column.most > LIMIT for column in columns):
        columns = [column.widened() for column in columns]
    shared = {column.denominators if isinstance(column.denominators, int) else None for column in columns}
    below = [repeated(c.denominators, len(c)) if isinstance(c.denominators, int) else c.denominators for c in columns]
    denominators = shared.pop() if len(shared) == 1 else None
    return Column(
        np.concatenate([column.numerators for column in columns]),
        np.concatenate(below) if denominators is None else denominators,
        gaps_in(np.concatenate([column.missing for column in columns])),
        max(column.bound for column in columns),
        max(column.most for column in columns),
    )


def total(columns: Sequence[Column]) -> Column:
    """The sum of at least one column, missing where any of them is."""
    alike: dict[int, list[Column]] = {}
    for column in columns:
        alike.setdefault(column.denominators if isinstance(column.denominators, int) else -id(column), []).append(
            column
        )
    return reduce(operator.add, (sum_of_alike(group) for group in alike.values()))


def sum_of_alike(columns: Sequence[Column]) -> Column:
    """The sum of columns over one and the same denominator."""
    first, bound = columns[0], sum(column.bound for column in columns)
    if bound > LIMIT or len(columns) == 1:
        return reduce(operator.add, columns)
    numerators = first.numerators.copy()
    for column in columns[1:]:
        numerators += column.numerators
    gaps = reduce(either, (column.gaps for column in columns))
    if gaps is not None:
        numerators *= ~gaps
    return Column(numerators, first.denominators, gaps, bound, first.most)
