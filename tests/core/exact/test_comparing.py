"""Ranks and the extremes, means and numbers of groups, held against one unit after another."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.exact.comparing import Ties, count, highest, lowest, mean, order_keys, ranks

figure = st.builds(Fraction, st.integers(-300, 300), st.sampled_from([1, 10, 100]))
share = st.builds(Fraction, st.integers(-(10**9), 10**9), st.integers(1, 10**9))
close = st.builds(lambda step, size: Fraction(10**17 + step, 10**17 + size), st.integers(-2, 2), st.integers(0, 2))
huge = st.builds(Fraction, st.integers(-(10**30), 10**30), st.sampled_from([1, 7, 10**20]))
edge = st.sampled_from([2**63 - 1, 1 - 2**63, 2**62, -(2**62), 0]).map(Fraction)


@st.composite
def units(draw: st.DrawFn) -> list[tuple[Fraction | None, int, bool]]:
    kind = draw(st.sampled_from([figure, share, close, huge, edge]))
    groups = draw(st.sampled_from([st.just(0), st.integers(-2, 3), st.integers(0, 40)]))
    unit = st.tuples(st.one_of(kind, kind, kind, st.none()), groups, st.sampled_from([True, True, True, False]))
    return draw(st.lists(unit, max_size=9))


def columns(units: list[tuple[Fraction | None, int, bool]]):
    values, groups, among = zip(*units, strict=True) if units else ((), (), ())
    return Column.of(values), np.array(groups, dtype=np.int64), np.array(among, dtype=bool)


def rivals(units: list[tuple[Fraction | None, int, bool]]) -> list[tuple[Fraction, list[Fraction]] | None]:
    """For each unit that takes part its value and all values of its group."""
    taking = [value is not None and group >= 0 and among for value, group, among in units]
    return [
        (value, [other for (other, of, _), takes in zip(units, taking, strict=True) if takes and of == group])
        if takes
        else None
        for (value, group, _), takes in zip(units, taking, strict=True)
    ]


def rank(value: Fraction, group: list[Fraction], higher_first: bool, ties: Ties) -> Fraction:
    better = [other for other in group if (other > value if higher_first else other < value)]
    shared = group.count(value)
    return {
        Ties.COMPETITION: Fraction(len(better) + 1),
        Ties.MINIMUM: Fraction(len(better) + 1),
        Ties.DENSE: Fraction(len(set(better)) + 1),
        Ties.AVERAGE: len(better) + Fraction(shared + 1, 2),
        Ties.MAXIMUM: Fraction(len(better) + shared),
    }[ties]


@given(units(), st.booleans(), st.sampled_from(Ties))
def test_a_rank_counts_the_better_units_of_the_group(units, higher_first, ties):
    expected = [None if each is None else rank(*each, higher_first, ties) for each in rivals(units)]

    assert ranks(*columns(units), higher_first, ties).fractions() == expected


@given(units())
def test_group_figures_are_those_of_the_units_that_take_part(units):
    taking = rivals(units)

    assert lowest(*columns(units)).fractions() == [each and min(each[1]) for each in taking]
    assert highest(*columns(units)).fractions() == [each and max(each[1]) for each in taking]
    assert count(*columns(units)).fractions() == [each and len(each[1]) for each in taking]
    assert mean(*columns(units)).fractions() == [each and sum(each[1]) / len(each[1]) for each in taking]


@given(units())
def test_order_keys_are_the_places_in_the_list_of_distinct_values(units):
    values = [value for value, _, _ in units]
    distinct = sorted({value for value in values if value is not None})

    assert order_keys(Column.of(values)).tolist() == [
        -1 if value is None else distinct.index(value) for value in values
    ]


@pytest.mark.parametrize(
    ("ties", "shown"),
    [
        (Ties.COMPETITION, ["1", "2", "2", "4"]),
        (Ties.MINIMUM, ["1", "2", "2", "4"]),
        (Ties.DENSE, ["1", "2", "2", "3"]),
        (Ties.AVERAGE, ["1", "2.5", "2.5", "4"]),
        (Ties.MAXIMUM, ["1", "3", "3", "4"]),
    ],
)
def test_streets_with_equal_points_share_a_rank(ties, shown):
    points = Column.integers(np.array([9120, 8850, 8850, 8700]), 100)

    assert ranks(points, np.zeros(4, dtype=np.int64), np.ones(4, dtype=bool), True, ties).printed(None) == shown


def test_streets_and_townships_are_ranked_apart_and_the_lowest_concentration_is_first():
    pm25 = Column.integers(np.array([312, 305, 298, 305, 290]), 10)
    groups = np.array([0, 1, 0, 1, -1])

    assert ranks(pm25, groups, np.ones(5, dtype=bool), False).printed(None) == ["2", "1", "1", "1", None]


def test_shares_that_no_double_tells_apart_have_different_ranks():
    # Both quotients are the same double: 0.5 plus about 2e-19, and 0.5.
    share = Column.of([Fraction(2**61 + 1, 2**62), Fraction(1, 2), None])

    taking = np.ones(3, dtype=bool)
    assert ranks(share, np.zeros(3, dtype=np.int64), taking, True).printed(None) == ["1", "2", None]


def test_the_largest_and_the_smallest_of_many_groups_do_not_run_into_each_other():
    values = Column.integers(np.array([2**63 - 1, 1 - 2**63, 0, 2**62, -(2**62), 2**61]))
    groups, taking = np.array([0, 0, 0, 30, 30, 31]), np.ones(6, dtype=bool)

    assert ranks(values, groups, taking, True).printed(None) == ["1", "3", "2", "1", "2", "1"]
    assert ranks(values, groups, taking, False).printed(None) == ["3", "1", "2", "2", "1", "1"]
    assert mean(values, np.zeros(6, dtype=np.int64), taking).fractions() == [Fraction(2**61, 6)] * 6


def test_the_mean_of_values_whose_sum_passes_sixty_four_bits():
    values = Column.integers(np.array([2**63 - 1, 2**63 - 3]))

    assert mean(values, np.zeros(2, dtype=np.int64), np.ones(2, dtype=bool)).fractions() == [2**63 - 2] * 2


def test_a_county_of_many_units_and_fine_values_is_ranked_like_a_small_one():
    values = np.random.default_rng(2026).integers(0, 10**12, 5000)
    values[::7] = values[0]
    groups = np.arange(5000) % 3

    found = ranks(Column.integers(values, 100), groups, np.ones(5000, dtype=bool), True).numerators

    for group in range(3):
        mine = values[groups == group]
        assert found[groups == group].tolist() == (1 + (mine[None, :] > mine[:, None]).sum(axis=1)).tolist()
