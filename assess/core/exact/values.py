"""What a column holds: exact values, made, looked at and picked from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Final, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assess.core import numbers
from assess.core.exact.integers import (
    INT64,
    LIMIT,
    Flags,
    Integers,
    Whole,
    decimals,
    either,
    gaps_in,
    integers,
    largest,
    lowest_terms,
    narrowed,
    no_gaps,
    repeated,
    widened,
)

Number: TypeAlias = int | Fraction
SIGNIFICANT = numbers.SIGNIFICANT
ZERO: Final = Fraction(0)

MAX_PLACES: Final = 18
"""So many decimal digits fit in 64 bits."""


class ExactValues:
    """Exact rational numbers, one per unit, some of them missing. Never changed once made.

    Attributes:
        numerators: one integer per unit, 0 where missing; 64-bit, or Python integers where those do not suffice.
        denominators: one positive integer for all units, or one for each.
        gaps: where values are missing, None where none is.
        bound: no numerator has a larger magnitude.
        most: no denominator is larger.
    """

    __slots__ = ("bound", "denominators", "gaps", "most", "numerators")

    def __init__(self, numerators: Integers, denominators: Whole, gaps: Flags | None, bound: int, most: int) -> None:
        """From parts that already hold what the class promises; readers use the other constructors."""
        self.numerators = numerators
        self.denominators = denominators
        self.gaps = gaps
        self.bound = bound
        self.most = most

    @classmethod
    def settled(cls, numerators: Integers, denominators: Whole, gaps: Flags | None) -> Self:
        """From integers of any size: in lowest terms where 64 bits need it, and in 64 bits where they suffice."""
        bound, most = largest(numerators), largest(denominators)
        whole = isinstance(denominators, int)
        if bound > LIMIT or (most > LIMIT and not whole):
            numerators, denominators = lowest_terms(numerators, denominators)
            bound, most = largest(numerators), largest(denominators)
        if bound <= LIMIT and (isinstance(denominators, int) or most <= LIMIT):
            denominators = denominators if isinstance(denominators, int) else narrowed(denominators)
            return cls(narrowed(numerators), denominators, gaps, bound, most)
        return cls(numerators.astype(object), widened(denominators), gaps, bound, most)

    @classmethod
    def of(cls, values: Iterable[Number | Decimal | None]) -> Self:
        """These values, None where one is missing."""
        exact = [value if value is None or type(value) is Fraction else Fraction(value) for value in values]
        gaps = gaps_in(np.array([value is None for value in exact], dtype=np.bool_))
        known = [ZERO if value is None else value for value in exact]
        common = lcm(*{value.denominator for value in known})
        if common <= LIMIT:
            counted = [value.numerator * (common // value.denominator) for value in known]
            if common + max(map(abs, counted), default=0) <= LIMIT:
                return cls.settled(integers(counted), common, gaps)
        above, below = integers([value.numerator for value in known]), integers([value.denominator for value in known])
        return cls.settled(*lowest_terms(above, below), gaps)

    @classmethod
    def constant(cls, value: Number, size: int) -> Self:
        """The same value for every unit."""
        numerator, denominator = value.numerator, value.denominator
        return cls(repeated(numerator, size), denominator, None, abs(numerator), denominator)

    @classmethod
    def absent(cls, size: int) -> Self:
        """Nothing but missing values."""
        return cls(np.zeros(size, dtype=INT64), 1, gaps_in(np.ones(size, dtype=np.bool_)), 0, 1)

    @classmethod
    def integers(cls, numerators: Integers, denominator: int = 1, missing: Flags | None = None) -> Self:
        """The integers, each over the one positive denominator: the short way for readers."""
        gaps = gaps_in(missing)
        numerators = numerators if gaps is None else numerators * ~gaps
        bound = largest(numerators)
        if bound > LIMIT or numerators.dtype != INT64:
            return cls.settled(narrowed(numerators), denominator, gaps)
        return cls(numerators, denominator, gaps, bound, denominator)

    @classmethod
    def truths(cls, flags: Flags, missing: Flags | None = None) -> Self:
        """1 where the flag is set, 0 where not."""
        gaps = gaps_in(missing)
        numerators = flags.astype(INT64)
        return cls(numerators if gaps is None else numerators * ~gaps, 1, gaps, 1, 1)

    @classmethod
    def from_floats(cls, values: NDArray[np.float64], missing: Flags) -> Self:
        """The decimals of approximate numbers at 12 significant digits; missing where not finite."""
        lost = missing | ~np.isfinite(values)
        values = np.where(lost, 0.0, values)
        counted = twelve_digits(values)
        if counted is not None:
            return cls.integers(counted[0], 10 ** counted[1], lost)
        return cls.of(map(nearest_decimal, values.tolist())).only(~lost)

    def __len__(self) -> int:
        return len(self.numerators)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.of({self.fractions()})"

    @property
    def missing(self) -> Flags:
        """Where there is no value; not to be written to."""
        return no_gaps(len(self.numerators)) if self.gaps is None else self.gaps

    @property
    def present(self) -> Flags:
        """Where there is a value."""
        return ~self.missing

    @property
    def any_missing(self) -> bool:
        """Whether a value is missing anywhere."""
        return self.gaps is not None

    def reduced(self) -> Self:
        """The same values in lowest terms, with bounds that are reached."""
        return self.settled(*lowest_terms(self.numerators, self.denominators), self.gaps)

    def widened(self) -> Self:
        """The same values on Python integers."""
        return type(self)(self.numerators.astype(object), widened(self.denominators), self.gaps, self.bound, self.most)

    def take(self, indices: NDArray[np.int64] | slice) -> Self:
        """The values of the units at these places, in this order."""
        denominators = self.denominators if isinstance(self.denominators, int) else self.denominators[indices]
        gaps = None if self.gaps is None else gaps_in(self.gaps[indices])
        return type(self)(self.numerators[indices], denominators, gaps, self.bound, self.most)

    def only(self, mask: Flags) -> Self:
        """The values of the units that the mask marks; missing elsewhere."""
        gaps = either(self.gaps, gaps_in(~mask))
        if gaps is self.gaps:
            return self
        return type(self)(self.numerators * mask, self.denominators, gaps, self.bound, self.most)

    def without_remains(self) -> Self:
        """The same values, with nothing large left behind where one is missing."""
        if self.gaps is None:
            return self
        below = widened(self.denominators)
        denominators = np.where(self.gaps, 1, repeated(below, len(self)) if isinstance(below, int) else below)
        return self.settled(self.numerators.astype(object), denominators.astype(object), self.gaps)

    def fraction(self, place: int) -> Fraction | None:
        """The value of one unit, None where it is missing."""
        if self.gaps is not None and self.gaps[place]:
            return None
        denominator = self.denominators if isinstance(self.denominators, int) else int(self.denominators[place])
        return Fraction(int(self.numerators[place]), denominator)

    def fractions(self) -> list[Fraction | None]:
        """The value of each unit, None where it is missing."""
        below = self.denominators
        each_below = [below] * len(self) if isinstance(below, int) else below.tolist()
        values = map(Fraction, self.numerators.tolist(), each_below)
        if self.gaps is None:
            return list(values)
        return [None if lost else value for value, lost in zip(values, self.gaps.tolist(), strict=True)]

    def to_floats(self) -> NDArray[np.float64]:
        """The nearest doubles or their neighbours; not a number where missing, infinite beyond the largest double."""
        try:
            values = np.asarray(self.numerators / self.denominators, dtype=np.float64)
        except OverflowError:
            values = np.array([nearest_double(value or Fraction(0)) for value in self.fractions()])
        if self.gaps is not None:
            values[self.gaps] = np.nan
        return values

    def texts(self) -> list[str | None]:
        """Each value with as many decimals as are exact, at most 15 significant digits; None where missing."""
        texts = self.short_texts()
        if texts is None:
            values = self.fractions()
            shown = {value: None if value is None else numbers.printed(value) for value in set(values)}
            return [shown[value] for value in values]
        return [None if lost else text for text, lost in zip(texts, self.missing.tolist(), strict=True)]

    def short_texts(self) -> list[str] | None:
        """The texts where one denominator is a plain power of ten and no value needs more than 15 digits, else None."""
        if not isinstance(self.denominators, int):
            return None
        places = next((places for places in range(SIGNIFICANT) if 10**places % self.denominators == 0), None)
        if places is None or self.bound * 10**places // self.denominators >= 10**SIGNIFICANT:
            return None
        counted: list[int] = (self.numerators * (10**places // self.denominators)).tolist()
        if not places:
            return [str(value) for value in counted]
        return decimals(counted, places, trimmed=True)


def nearest_double(value: Fraction) -> float:
    """The value as a double, infinite beyond the largest."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def nearest_decimal(value: float) -> Fraction:
    """A double at 12 significant digits."""
    return Fraction(format(value, ".12g"))


def twelve_digits(values: NDArray[np.float64]) -> tuple[NDArray[np.int64], int] | None:
    """What `nearest_decimal` gives for whole arrays: integers and how many decimals they count.

    None where the values are too large, too small or too far apart for one count of decimals.
    """
    sizes = np.where(values == 0, 1.0, np.abs(values))
    places = 11 - np.floor(np.log10(sizes)).astype(INT64)
    digits = int(places.max(initial=0)) + 1
    if digits > MAX_PLACES or digits - places.min(initial=digits) > MAX_PLACES - 12 or places.min(initial=0) < 0:
        return None
    scaled = np.abs(values) * 10.0**places
    whole = np.rint(scaled)
    counted = np.sign(values).astype(INT64) * whole.astype(INT64) * 10 ** (digits - places)
    # A double of 12 digits is certain but next to a half, or where the logarithm may have missed a power of ten.
    doubtful = (np.abs(np.abs(scaled - whole) - 0.5) < 0.001) | (sizes * 10.0**places < 1e11) | (scaled >= 1e12)
    for place in np.flatnonzero(doubtful).tolist():
        counted[place] = int(nearest_decimal(float(values[place])) * 10**digits)
    return counted, digits
