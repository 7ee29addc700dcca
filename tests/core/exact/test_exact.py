"""Columns of exact numbers, held against one fraction after another."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core import numbers
from assess.core.exact import Column, Rounding, stacked, total, where
from assess.core.exact.integers import INT64, LIMIT

Values = list[Fraction | None]

BOUNDARIES = [2**31, 2**32, 2**62, 2**63 - 1, 2**63, 2**63 + 1, 2**64, 10**18, 10**19, 3037000499, 3037000500]
whole = st.one_of(
    st.integers(-1000, 1000),
    st.integers(-(2**40), 2**40),
    st.sampled_from(BOUNDARIES).flatmap(lambda edge: st.sampled_from([edge, -edge, edge - 1, 1 - edge])),
    st.integers(-(10**40), 10**40),
)
divisor = st.one_of(
    st.sampled_from([1, 2, 4, 10, 100, 1000]),
    st.integers(1, 50),
    st.integers(1, 2**33),
    st.sampled_from([2**62, 2**63 - 1, 2**63, 10**19, 10**25]),
)
fraction = st.builds(Fraction, whole, divisor)
figure = st.builds(Fraction, st.integers(-(10**6), 10**6), st.sampled_from([1, 10, 100]))
value = st.one_of(st.none(), figure, fraction)
number = st.one_of(st.integers(-12, 12), whole, figure, fraction)


def lists(least: int = 0) -> st.SearchStrategy[Values]:
    """Values of a few units: decimals only, or anything."""
    return st.one_of(
        st.lists(st.one_of(st.none(), figure), min_size=least, max_size=6), st.lists(value, min_size=least, max_size=6)
    )


@st.composite
def pairs(draw: st.DrawFn) -> list[tuple[Fraction | None, Fraction | None]]:
    size = draw(st.integers(1, 6))
    sides = [
        draw(st.lists(draw(st.sampled_from([figure, value, fraction])), min_size=size, max_size=size)) for _ in "ab"
    ]
    return list(zip(*sides, strict=True))


def checked(column: Column) -> Values:
    """The values of a column that keeps every promise of its making."""
    below = column.denominators
    assert (column.numerators[column.missing] == 0).all()
    assert column.any_missing == bool(column.missing.any())
    assert (column.present == ~column.missing).all()
    assert below > 0 if isinstance(below, int) else (below > 0).all()
    assert all(abs(int(above)) <= column.bound for above in column.numerators)
    assert all(int(each) <= column.most for each in ([below] if isinstance(below, int) else below))
    if column.numerators.dtype == INT64:
        assert column.bound <= LIMIT
        assert isinstance(below, int) or (column.most <= LIMIT and below.dtype == INT64)
    else:
        assert column.bound > LIMIT or column.most > LIMIT
    return column.fractions()


def each(
    operation: Callable[[Fraction, Fraction], Fraction], left: Values, right: Sequence[Fraction | int | None]
) -> Values:
    """The operation unit by unit; missing where a side is, or where it divides by zero."""
    results: Values = []
    for one, other in zip(left, right, strict=True):
        impossible = one is None or other is None or (operation is operator.truediv and other == 0)
        results.append(None if impossible else Fraction(operation(Fraction(one or 0), Fraction(other or 0))))
    return results


ARITHMETIC = [operator.add, operator.sub, operator.mul, operator.truediv]
COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne]


@given(lists())
def test_a_column_gives_back_the_values_it_was_made_of(values: Values):
    assert checked(Column.of(values)) == values


@given(st.sampled_from(ARITHMETIC), pairs())
def test_arithmetic_of_two_columns_is_that_of_fractions(operation, values):
    left, right = map(list, zip(*values, strict=True))

    assert checked(operation(Column.of(left), Column.of(right))) == each(operation, left, right)


@given(st.sampled_from(ARITHMETIC), lists(), number)
def test_arithmetic_with_a_number_is_that_of_fractions_on_either_side(operation, values, constant):
    same = [constant] * len(values)

    assert checked(operation(Column.of(values), constant)) == each(operation, values, same)
    assert checked(operation(constant, Column.of(values))) == each(operation, [Fraction(c) for c in same], values)


@given(st.sampled_from(COMPARISONS), pairs(), number)
def test_comparison_is_exact_and_false_where_a_value_is_missing(holds, values, constant):
    left, right = map(list, zip(*values, strict=True))

    assert holds(Column.of(left), Column.of(right)).tolist() == [
        a is not None and b is not None and holds(a, b) for a, b in values
    ]
    assert holds(Column.of(left), constant).tolist() == [a is not None and holds(a, constant) for a in left]


@given(pairs(), number)
def test_the_smaller_and_the_larger_of_two(values, constant):
    left, right = map(list, zip(*values, strict=True))
    column, same = Column.of(left), [constant] * len(left)

    assert checked(column.at_most(Column.of(right))) == each(min, left, right)
    assert checked(column.at_least(Column.of(right))) == each(max, left, right)
    assert checked(column.at_most(constant)) == each(min, left, same)
    assert checked(column.at_least(constant)) == each(max, left, same)


@given(pairs(), number, st.randoms(use_true_random=False))
def test_a_choice_is_missing_only_where_the_chosen_side_is(values, constant, random):
    left, right = map(list, zip(*values, strict=True))
    flags = [random.random() < 0.5 for _ in values]
    condition = np.array(flags)

    def chosen(one: Values, other: Values) -> Values:
        return [a if flag else b for flag, a, b in zip(flags, one, other, strict=True)]

    same: Values = [Fraction(constant)] * len(left)
    assert checked(where(condition, Column.of(left), Column.of(right))) == chosen(left, right)
    assert checked(where(condition, Column.of(left), constant)) == chosen(left, same)
    assert checked(where(condition, constant, Column.of(right))) == chosen(same, right)
    assert checked(where(condition, constant, 2)) == chosen(same, [Fraction(2)] * len(left))
    assert checked(Column.of(left).only(condition)) == chosen(left, [None] * len(left))
    assert checked(Column.of(left).filled(constant)) == [Fraction(constant) if a is None else a for a in left]
    assert checked(Column.of(left).filled(Column.of(right))) == [b if a is None else a for a, b in values]


def rounded_one_by_one(values: Values, digits: int, mode: Rounding) -> Values:
    one = numbers.round_half_up if mode is Rounding.HALF_UP else numbers.round_half_even
    return [None if each is None else one(each, digits) for each in values]


halves = st.builds(lambda odd, digits: Fraction(2 * odd + 1, 2 * 10**digits), whole, st.integers(0, 3))


@given(st.one_of(lists(), st.lists(halves, max_size=5)), st.integers(-3, 12), st.sampled_from(Rounding))
def test_rounding_is_that_of_one_number(values, digits, mode):
    column = Column.of(values).round(digits, mode)

    assert checked(column) == rounded_one_by_one(values, digits, mode)
    assert max(10**digits, 1) % column.denominators == 0


@given(pairs(), st.integers(0, 4), st.sampled_from(Rounding))
def test_a_share_is_rounded_like_one_number(values, digits, mode):
    left, right = map(list, zip(*values, strict=True))
    shares = each(operator.truediv, left, right)

    assert checked((Column.of(left) / Column.of(right)).round(digits, mode)) == rounded_one_by_one(shares, digits, mode)


@given(lists())
def test_whole_numbers_sign_and_magnitude(values):
    column = Column.of(values)

    def one_by_one(change: Callable[[Fraction], Fraction | int]) -> Values:
        return [None if each is None else Fraction(change(each)) for each in values]

    assert checked(column.floor()) == one_by_one(floor)
    assert checked(column.ceil()) == one_by_one(ceil)
    assert checked(column.abs()) == one_by_one(abs)
    assert checked(-column) == one_by_one(operator.neg)
    assert checked(column.significant(3)) == one_by_one(lambda each: numbers.significant(each, 3))
    assert checked(column.take(np.arange(len(values))[::-1])) == values[::-1]


@given(
    st.integers(1, 5).flatmap(
        lambda size: st.lists(st.lists(value, min_size=size, max_size=size), min_size=1, max_size=6)
    )
)
def test_a_total_is_the_sum_and_missing_where_any_part_is(parts):
    columns = [Column.of(values) for values in parts]
    sums = [None if None in unit else sum(unit, Fraction(0)) for unit in zip(*parts, strict=True)]

    assert checked(total(columns)) == sums
    assert checked(total([*columns, columns[0]])) == each(operator.add, sums, parts[0])


@given(st.lists(st.tuples(st.sampled_from([*ARITHMETIC, min, max, round]), number), max_size=12), lists(least=1))
def test_a_long_chain_stays_exact(steps, values):
    column, expected = Column.of(values), values
    for step, constant in steps:
        same = [constant] * len(values)
        if step is round:
            column, expected = column.round(2), rounded_one_by_one(expected, 2, Rounding.HALF_UP)
        elif step is min or step is max:
            column = column.at_most(constant) if step is min else column.at_least(constant)
            expected = each(step, expected, same)
        else:
            column, expected = step(column, constant), each(step, expected, same)

    assert checked(column) == expected


@given(lists(), st.integers(-2, 5))
def test_a_column_prints_like_one_number(values, digits):
    def shown(each: Fraction | None, digits: int | None) -> str | None:
        return None if each is None else numbers.printed(each, digits)

    rounded = Column.of(values).round(digits)
    assert rounded.printed(digits) == [shown(each, digits) for each in rounded.fractions()]
    assert Column.of(values).printed(None) == [shown(each, None) for each in values]


@given(lists())
def test_a_double_is_as_near_as_doubles_come(values):
    for double, each in zip(Column.of(values).to_floats().tolist(), values, strict=True):
        assert (double != double) if each is None else double == pytest.approx(float(each), rel=1e-15)


near_halves = st.builds(
    lambda digits, rest: float(f"{digits}5{rest}e-10"), st.integers(-(10**12), 10**12), st.integers(0, 99)
)


@given(
    st.one_of(
        st.lists(st.floats(width=64), max_size=6),
        st.lists(st.floats(0.01, 1000), max_size=6),
        st.lists(near_halves, max_size=6),
        st.lists(
            st.sampled_from([0.0, 0.001, 1.0, 9.99999999999949, 9.9999999999996, 10.0, 1000.0, float("nan")]),
            max_size=6,
        ),
    )
)
def test_an_approximate_number_becomes_a_decimal_of_twelve_digits(doubles):
    gone = np.zeros(len(doubles), dtype=bool)

    assert checked(Column.from_floats(np.array(doubles, dtype=np.float64), gone)) == [
        Fraction(format(each, ".12g")) if np.isfinite(each) else None for each in doubles
    ]


@given(st.lists(lists(), min_size=1, max_size=4))
def test_columns_stand_one_after_the_other(several: list[Values]):
    expected = [value for values in several for value in values]

    assert stacked([Column.of(values) for values in several]).fractions() == expected
