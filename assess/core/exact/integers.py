"""Arrays of whole numbers: 64 bits while a bound says they suffice, Python integers where not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import gcd
from typing import Any, Final, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

LIMIT: Final = 2**63 - 1
"""The largest magnitude that is kept in 64 bits; its negative fits as well."""

Integers: TypeAlias = NDArray[Any]
"""Of 64-bit integers or of Python integers (dtype object)."""
Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = int | Integers
"""One integer for all units, or one for each."""

FEW_DECIMALS: Final = 3
MAX_WRITTEN: Final = 50_000
"""So many texts of numbers with so many decimals are remembered."""

INT64: Final = np.dtype(np.int64)
OBJECT: Final = np.dtype(object)


def integers(values: Sequence[int]) -> Integers:
    """An array of the values, in 64 bits where all of them fit."""
    return narrowed(np.array(values, dtype=object))


def narrowed(values: Integers) -> Integers:
    """The same integers in 64 bits where all of them fit, else as Python integers."""
    if largest(values) > LIMIT:
        return values.astype(object)
    return values if values.dtype == INT64 else values.astype(INT64)


def widened(values: Whole) -> Whole:
    """The same integers as Python integers, which have no bound."""
    return values if isinstance(values, int) else values.astype(object)


def repeated(value: int, size: int) -> Integers:
    """The same integer so many times."""
    return np.full(size, value, dtype=INT64 if abs(value) <= LIMIT else OBJECT)


def largest(values: Whole) -> int:
    """The largest magnitude, 0 for no values."""
    if isinstance(values, int):
        return abs(values)
    return max(int(values.max()), -int(values.min())) if len(values) else 0


def guard(*values: Whole) -> None:
    """Called where a bound passes 64 bits: Python integers may go on.

    Raises:
        OverflowError: one of the arrays is of 64-bit integers.
    """
    if any(not isinstance(value, int) and value.dtype != OBJECT for value in values):
        raise OverflowError


@overload
def times(left: Integers, right: Whole) -> Integers: ...
@overload
def times(left: Whole, right: Whole) -> Whole: ...
def times(left: Whole, right: Whole) -> Whole:
    """The product, without touching an array for a factor of 1."""
    if isinstance(right, int) and right == 1:
        return left
    if isinstance(left, int) and left == 1:
        return right
    return left * right


def lowest_terms(numerators: Integers, denominators: Whole) -> tuple[Integers, Whole]:
    """The same values over the smallest denominators: one where one is left."""
    if not numerators.any():
        return numerators, 1
    if isinstance(denominators, int):
        common = gcd(denominators, int(np.gcd.reduce(numerators)))
        return (numerators, denominators) if common == 1 else (numerators // common, denominators // common)
    shared = np.gcd(numerators, denominators)
    numerators, denominators = numerators // shared, denominators // shared
    if (denominators == denominators[0]).all():
        return numerators, int(denominators[0])
    return numerators, denominators


def nearest(numerators: Integers, denominators: Whole, to_even: bool) -> Integers:
    """The nearest whole number of each quotient; halves away from zero, or to the even neighbour.

    The caller makes sure that 2 × (numerator + denominator) fits.
    """
    divisor: Whole = denominators
    has_halves = True
    if isinstance(denominators, int):
        raised, has_halves = numerators + denominators // 2, denominators % 2 == 0
    else:
        raised, divisor = 2 * numerators, 2 * denominators
        raised += denominators
    if has_halves and not to_even:
        raised -= numerators < 0
    if not (has_halves and to_even):
        raised //= divisor  # in place: a fresh array of many units costs more than the division
        return raised
    whole: Integers = raised // divisor
    whole -= (whole * divisor == raised) & (whole % 2)
    return whole


@lru_cache(maxsize=64)
def no_gaps(size: int) -> Flags:
    """The one mask of nothing missing that all columns of a size share."""
    mask = np.zeros(size, dtype=np.bool_)
    mask.flags.writeable = False
    return mask


def either(left: Flags | None, right: Flags | None) -> Flags | None:
    """What is missing on one side or the other; None where nothing is."""
    if left is None or left is right:
        return right
    return left if right is None else left | right


def gaps_in(missing: Flags | None) -> Flags | None:
    """The mask, or None where it marks nothing."""
    return missing if missing is not None and missing.any() else None


def decimals(scaled: Sequence[int], digits: int, trimmed: bool = False) -> list[str]:
    """Integers counting units of the last decimal, with so many decimals (above 0), or `trimmed` of last zeros."""
    if digits <= FEW_DECIMALS:
        return list(map(written(digits, trimmed).__getitem__, scaled))
    filled = [str(abs(value)).zfill(digits + 1) for value in scaled]
    texts = [
        f"{'-' if value < 0 else ''}{text[:-digits]}.{text[-digits:]}"
        for value, text in zip(scaled, filled, strict=True)
    ]
    return [text.rstrip("0").rstrip(".") for text in texts] if trimmed else texts


class Written(dict[int, str]):
    """How integers that count units of the last decimal are written; many are remembered."""

    def __init__(self, digits: int, trimmed: bool) -> None:
        super().__init__()
        self.scale = 10**digits
        endings = [f".{rest:0{digits}d}" for rest in range(self.scale)]
        self.endings = [each.rstrip("0").rstrip(".") for each in endings] if trimmed else endings

    def __missing__(self, value: int) -> str:
        text = f"-{self[-value]}" if value < 0 else f"{value // self.scale}{self.endings[value % self.scale]}"
        if len(self) < MAX_WRITTEN:
            self[value] = text
        return text


@lru_cache
def written(digits: int, trimmed: bool) -> Written:
    """What is remembered of numbers with few decimals, which figures and points have."""
    return Written(digits, trimmed)
