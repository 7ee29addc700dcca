"""Columns at the very edge of 64 bits, where a wrong bound would let a number wrap."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assess.core.exact import Column, Rounding, total

EDGE = 2**63 - 1


def test_sums_and_products_that_just_pass_the_edge():
    assert (Column.of([EDGE]) + 1).fractions() == [EDGE + 1]
    assert (Column.of([-EDGE]) - Column.of([2])).fractions() == [-EDGE - 2]
    assert (Column.of([EDGE]) * 2).fractions() == [2 * EDGE]
    assert (Column.of([3037000500]) * Column.of([3037000500])).fractions() == [3037000500**2]
    assert Column.of([Fraction(EDGE, 2)]).at_most(Fraction(EDGE, 3)).fractions() == [Fraction(EDGE, 3)]


def test_a_total_that_passes_the_edge_though_no_part_does():
    part = Column.integers(np.array([2**62, -(2**62)]), 100)

    assert total([part] * 3).fractions() == [Fraction(3 * 2**62, 100), -Fraction(3 * 2**62, 100)]


def test_rounding_to_tens_just_below_the_edge():
    assert Column.of([EDGE, 5]).round(-1).fractions() == [EDGE + 3, 10]
    assert Column.of([-EDGE, -5]).round(-1).fractions() == [-EDGE - 3, -10]


def test_rounding_adds_a_half_to_numerators_just_below_the_edge():
    tenths = Column.integers(np.array([EDGE, -EDGE, 5]), 10)

    assert tenths.round(0).fractions() == [(EDGE + 3) // 10, -(EDGE + 3) // 10, 1]
    assert tenths.round(0, Rounding.HALF_EVEN).fractions() == [(EDGE + 3) // 10, -(EDGE + 3) // 10, 0]
    assert Column.of([Fraction(2**62 + 1, 3), Fraction(1, 7)]).round(0).fractions() == [(2**62 + 2) // 3, 0]


def test_more_decimals_than_there_are_change_nothing():
    thousandths = Column.integers(np.array([EDGE // 10 + 1, 5]), 1000)

    assert thousandths.round(4).fractions() == [Fraction(EDGE // 10 + 1, 1000), Fraction(1, 200)]


def test_a_third_of_shares_whose_denominators_have_no_room_for_it():
    shares = Column.of([1, 2]) / Column.of([2**62 - 1, 2**62 + 1])

    assert (shares / 3).fractions() == [Fraction(1, 3 * (2**62 - 1)), Fraction(2, 3 * (2**62 + 1))]


def test_denominators_that_pass_the_edge_under_small_numerators():
    one, other = (
        Column.of([1, 2]) / Column.of([2**40 - 1, 2**40 + 1]),
        Column.of([1, 1]) / Column.of([3**25, 3**25 + 1]),
    )

    assert (one + other).fractions() == [
        Fraction(1, 2**40 - 1) + Fraction(1, 3**25),
        Fraction(2, 2**40 + 1) + Fraction(1, 3**25 + 1),
    ]
    assert (one * other / 3).fractions() == [
        Fraction(1, 3 * (2**40 - 1) * 3**25),
        Fraction(2, 3 * (2**40 + 1) * (3**25 + 1)),
    ]


def test_rounding_what_is_already_whole_reaches_no_further():
    rounded = Column.of([EDGE]).round(0)

    assert (rounded.fractions(), rounded.bound, rounded.numerators.dtype) == ([EDGE], EDGE, np.dtype(np.int64))
