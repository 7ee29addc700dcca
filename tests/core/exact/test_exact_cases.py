"""Columns in plain cases of the domain."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from assess.core.exact import Column, Rounding
from assess.core.exact.integers import INT64
from tests.core.exact.test_exact import checked


def test_a_shortfall_deduction_is_exact_to_the_second_decimal():
    # 10 − 0.5 × (2559.27 − 2554.22) is 7.475; a spreadsheet in binary floating point prints 7.47.
    done = Column.integers(np.array([255422, 255427, 255927]), 100)

    points = 10 - (Fraction("2559.27") - done).at_least(0) * Fraction("0.5")

    assert points.round(2).printed(2) == ["7.48", "7.50", "10.00"]


def test_halves_go_away_from_zero_or_to_the_even_neighbour():
    points = Column.of([Decimal("0.125"), Decimal("-0.125"), Decimal("0.135"), Decimal("-0.135"), None])

    assert points.round(2).printed(2) == ["0.13", "-0.13", "0.14", "-0.14", None]
    assert points.round(2, Rounding.HALF_EVEN).printed(2) == ["0.12", "-0.12", "0.14", "-0.14", None]


def test_a_figure_that_nobody_reported_stays_missing_through_every_step():
    reported = Column.integers(np.array([935, 7, 870]), 10, np.array([False, True, False]))

    assert (reported / 90 * 8).at_most(8).round(2).printed(2) == ["8.00", None, "7.73"]
    assert (reported >= 0).tolist() == [True, False, True]
    assert reported.filled(0).printed(1) == ["93.5", "0.0", "87.0"]


def test_what_sixty_four_bits_cannot_hold_comes_back_to_them_after_rounding():
    huge = Column.of([10**18, -(10**18)]) * 10**6

    back = (huge / 10**20).round(1)

    assert (huge.numerators.dtype, back.numerators.dtype) == (np.dtype(object), INT64)
    assert back.fractions() == [10000, -10000]


def test_the_most_negative_64_bit_integer_does_not_wrap():
    lowest = Column.integers(np.array([-(2**63), 2**63 - 1], dtype=np.int64))

    assert checked(lowest.abs()) == [2**63, 2**63 - 1]
    assert checked(-lowest) == [2**63, 1 - 2**63]


def test_a_float_is_refused():
    with pytest.raises(TypeError, match=r"not an exact number: 0\.5"):
        Column.constant(1, 2) * 0.5  # type: ignore[operator]


def test_yes_and_no_count_one_and_nothing():
    met = Column.truths(np.array([True, False, True]), np.array([False, False, True]))

    assert checked(met) == [1, 0, None]
    assert checked(Column.absent(2)) == [None, None]
    assert checked(Column.constant(Fraction(2, 3), 2)) == [Fraction(2, 3)] * 2
