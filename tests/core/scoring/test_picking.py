"""Which of several values are picked, against the rule as the page writes it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.rules.picking import Pick
from assess.core.scoring.picking import picked, picked_columns

Values = list[Fraction | None]
VALUES = st.one_of(st.none(), st.integers(0, 4).map(Fraction), st.fractions(0, 4, max_denominator=7))
PICKS = st.builds(
    lambda way, k, least: Pick(**{way: k, "at_least": least}),
    st.sampled_from(["worst", "best", "trim"]), st.integers(1, 4), st.sampled_from([None, 1, 2, 5]),
)  # fmt: skip


def by_hand(pick: Pick, values: Values) -> list[bool]:
    """The rule, value by value."""
    there = [place for place, value in enumerate(values) if value is not None]
    rising = sorted(there, key=lambda place: values[place] or 0)
    falling = sorted(there, key=lambda place: -(values[place] or 0))
    kept = set(there)
    if pick.worst is not None:
        kept = set(rising[: pick.worst])
    elif pick.best is not None:
        kept = set(falling[: pick.best])
    elif pick.trim is not None:
        gone = set(rising[: pick.trim])
        gone |= set([place for place in falling if place not in gone][: pick.trim])
        kept -= gone
    too_few = len(there) < (pick.at_least or 1) or (pick.trim is not None and len(there) <= 2 * pick.trim)
    return [place in kept and not too_few for place in range(len(values))]


@given(PICKS, st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(VALUES, min_size=n, max_size=n), min_size=1)))
def test_every_unit_picks_among_its_own_values(pick: Pick, units: list[Values]):
    columns = [Column.of(values) for values in zip(*units, strict=True)]

    kept = np.array([column.present for column in picked_columns(pick, columns)]).T.tolist()

    assert kept == [by_hand(pick, values) for values in units]


@given(PICKS, st.lists(st.tuples(st.integers(-1, 3), VALUES), min_size=1))
def test_units_may_have_different_numbers_of_values_in_one_long_column(
    pick: Pick, parts: list[tuple[int, Fraction | None]]
):
    wholes = [whole for whole, _ in parts]
    kept = picked(pick, Column.of(value for _, value in parts), np.array(wholes)).tolist()

    for whole in range(4):
        values = [value for each, value in parts if each == whole]
        assert [flag for each, flag in zip(wholes, kept, strict=True) if each == whole] == by_hand(pick, values)
    assert not any(flag for each, flag in zip(wholes, kept, strict=True) if each < 0)


@pytest.mark.parametrize(
    ("pick", "kept"),
    [
        (Pick(worst=2), [1, 0, 0, 0, 1]),
        (Pick(best=2), [0, 1, 1, 0, 0]),
        # The earlier 80 goes as the lowest, the earlier 95 as the highest.
        (Pick(trim=1), [0, 0, 1, 1, 1]),
        (Pick(trim=2), [0, 0, 0, 1, 0]),
        (Pick(trim=2, at_least=6), [0, 0, 0, 0, 0]),
    ],
)
def test_of_equal_values_the_earlier_written_is_taken_first(pick: Pick, kept: list[int]):
    marks = [Column.of([mark]) for mark in (80, 95, 95, 90, 80)]

    assert [int(column.present[0]) for column in picked_columns(pick, marks)] == kept
