"""Roots, logarithms and powers of e against values with 60 digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.exact.roots import common_logarithms, natural_logarithms, powers_of_e, square_roots

WIDE = Context(prec=400)
TWELVE = Context(prec=12, rounding=ROUND_HALF_UP)
POSITIVE = st.fractions(min_value=Fraction(1, 10**30), max_value=10**30)


def of_one(function: object, value: Fraction) -> Fraction | None:
    """What a function gives for one unit."""
    (found,) = function(Column.of([value])).fractions()  # type: ignore[operator]
    return found  # type: ignore[no-any-return]


def twelve(value: Decimal) -> Fraction:
    """A value at 12 significant digits."""
    return Fraction(TWELVE.plus(value))


def wide(value: Fraction) -> Decimal:
    """A value with 400 digits."""
    return WIDE.divide(value.numerator, value.denominator)


@given(POSITIVE)
def test_a_value_is_the_true_one_at_twelve_significant_digits(value: Fraction):
    assert of_one(square_roots, value) == twelve(WIDE.sqrt(wide(value)))
    assert of_one(natural_logarithms, value) == twelve(WIDE.ln(wide(value)))
    assert of_one(common_logarithms, value) == twelve(WIDE.log10(wide(value)))


@given(st.fractions(min_value=-700, max_value=700, max_denominator=10**6))
def test_a_power_of_e_is_the_true_one_at_twelve_significant_digits(value: Fraction):
    assert of_one(powers_of_e, value) == twelve(WIDE.exp(wide(value)))


def test_a_half_of_the_twelfth_digit_is_rounded_up():
    # The square of 1.000000000005 has that root, a half in the thirteenth place.
    assert of_one(square_roots, Fraction("1.000000000005") ** 2) == Fraction("1.00000000001")
    assert of_one(square_roots, (Fraction("1.000000000005") - Fraction(1, 10**40)) ** 2) == 1


def test_a_logarithm_next_to_nothing_keeps_its_twelve_digits():
    assert of_one(natural_logarithms, 1 + Fraction(1, 3 * 10**200)) == Fraction(333333333333, 10**212)
