"""Roots, logarithms and powers of e: the true value at 12 significant digits, half-up, and exact from there on."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from math import isqrt
from typing import Final

from assess.core.exact.column import Column
from assess.core.numbers import significant

SIGNIFICANT: Final = 12
SPARE: Final = 40
"""Digits that a value is found with, so that the twelfth is never in doubt."""
LARGEST_POWER: Final = 700


def square_roots(column: Column) -> Column:
    """The square root of numbers that are not negative."""
    return each_rounded(column, square_root)


def natural_logarithms(column: Column) -> Column:
    """The natural logarithm of numbers above 0."""
    return each_rounded(column, lambda value: logarithm(value, Context.ln))


def common_logarithms(column: Column) -> Column:
    """The logarithm to base 10 of numbers above 0."""
    return each_rounded(column, lambda value: logarithm(value, Context.log10))


def powers_of_e(column: Column) -> Column:
    """e raised to numbers within ±700."""
    return each_rounded(column, power_of_e)


def each_rounded(column: Column, function: Callable[[Fraction], Fraction]) -> Column:
    """A function of each value at 12 significant digits; each value is taken once."""
    values = column.fractions()
    found = {value: None if value is None else significant(function(value), SIGNIFICANT) for value in set(values)}
    return Column.of(found[value] for value in values)


def square_root(value: Fraction) -> Fraction:
    """Cut where it is not exact, far behind any half that rounding could meet."""
    above, below = value.numerator, value.denominator
    scale = 10 ** (SPARE + len(str(below)))
    return Fraction(isqrt(above * below * scale**2), below * scale)


def logarithm(value: Fraction, function: Callable[[Context, Decimal], Decimal]) -> Fraction:
    """With more digits the nearer the value is to 1, where a logarithm is next to nothing."""
    gap = abs(value - 1)
    lost = max(len(str(gap.denominator)) - len(str(gap.numerator)), 0) + 1
    context = Context(prec=SPARE + lost)
    return Fraction(function(context, context.divide(value.numerator, value.denominator)))


def power_of_e(value: Fraction) -> Fraction:
    """The exponential of a number that is not too large."""
    context = Context(prec=SPARE)
    return Fraction(context.exp(context.divide(value.numerator, value.denominator)))
