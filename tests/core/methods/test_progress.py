from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.builders import Outcome, a_sheet, a_unit, an_item, refused, score, units_with

MISSING = {"figures": {"x": {}}, "missing": "exclude"}


def scored(method: str, keys: dict[str, Any], **values: Any) -> dict[str, Fraction | None]:
    """Points out of 10 of units with these values of the figure `x`; a missing one stays missing."""
    return score(a_sheet(an_item(method, **keys), **MISSING), units_with("x", **values)).points()


def ratio(**keys: Any) -> dict[str, Any]:
    return {"figure": "x", "better": "higher", "target": 80, **keys}


def line(**keys: Any) -> dict[str, Any]:
    return {"figure": "x", "full_at": 10, "zero_at": 70, **keys}


# done


def test_all_or_nothing_by_a_condition():
    # 收缴率90%以上得分: 90.00 reaches it, 89.99 does not.
    assert scored("done", {"when": "x >= 90"}, a=90, b="89.99", c=None) == {"a": 10, "b": 0, "c": None}


def test_of_a_list_each_measure_that_is_done_earns_its_share():
    # Four measures of 6 points: three done earn 6 × 3/4 = 4.5.
    sheet = a_sheet(an_item("done", points=6, figures=["m1", "m2", "m3", "m4"]))

    assert score(sheet, a_unit(m1=True, m2="是", m3=1, m4="no")).points() == {"a": Fraction("4.5")}


def test_a_measure_of_a_list_of_which_nothing_is_known_leaves_the_item_missing():
    sheet = a_sheet(an_item("done", figures=["m1", "m2"]), missing="exclude")
    outcome = score(sheet, a_unit(m1=True))

    assert outcome.points() == {"a": None}
    assert outcome.states_of() == {"a": "missing"}


# ratio


def test_points_in_proportion_to_the_completed_share_and_never_above_the_full_mark():
    # 10 × 60/80 = 7.5; 100 of 80 is over-fulfilled and earns 10; below zero there is nothing to earn.
    assert scored("ratio", ratio(), a=60, b=80, c=100, d=-8, e=None) == {
        "a": Fraction("7.5"), "b": 10, "c": 10, "d": 0, "e": None,
    }  # fmt: skip


def test_where_lower_is_better_the_target_is_divided_by_the_figure():
    # 10 × 26/32.5 = 8; at and below the target the full mark; 0 or less earns it too.
    assert scored("ratio", ratio(better="lower", target=26), a="32.5", b=26, c=20, d=0, e=-1) == {
        "a": 8, "b": 10, "c": 10, "d": 10, "e": 10,
    }  # fmt: skip


def test_a_target_of_zero_has_no_share_where_higher_is_better():
    assert scored("ratio", ratio(target=0), a=5, b=0) == {"a": None, "b": None}


def test_a_target_of_zero_where_lower_is_better_is_met_by_zero_only():
    # 10 × 0/5 = 0.
    assert scored("ratio", ratio(target=0, better="lower"), a=5, b=0) == {"a": 0, "b": 10}


def test_a_share_below_the_lowest_that_counts_earns_nothing():
    # 56/80 is exactly 70 %: 10 × 0.7 = 7; 55.9/80 is below.
    assert scored("ratio", ratio(zero_below="70%"), a=56, b="55.9") == {"a": 7, "b": 0}


def test_a_survival_of_95_percent_jumps_to_the_full_mark():
    # Nanchang 2009: 95 % and more earn 10, below that the share.
    keys = ratio(target=100, full_from="95%")

    assert scored("ratio", keys, a=95, b="94.9", c=100) == {"a": 10, "b": Fraction("9.49"), "c": 10}


def test_an_unmet_target_is_multiplied_by_its_factor():
    # Zhoushan 2021: 50 × 0.9 × 0.8 = 36, met 50.
    sheet = a_sheet(an_item("ratio", points=50, **ratio(target=100, unmet_factor="0.8")), **MISSING)

    assert score(sheet, units_with("x", a=90, b=100, c=110)).points() == {"a": 36, "b": 50, "c": 50}


def test_over_fulfilment_counts_up_to_its_limit():
    # 10 × 115/100 = 11.5; 130 % counts as 120 %: 12; 90 % stays 9.
    keys = {**ratio(target=100, up_to="120%"), "cap": 12}

    assert scored("ratio", keys, a=115, b=130, c=90) == {"a": Fraction("11.5"), "b": 12, "c": 9}


def test_over_fulfilment_needs_a_cap_above_the_full_mark():
    assert scored("ratio", ratio(target=100, up_to="120%"), a=115) == {"a": 10}


def test_where_lower_is_better_nothing_at_all_counts_as_the_limit_of_over_fulfilment():
    # 10 × 1.2 = 12 for 0; 100/90 counts as it is: 10 × 10/9.
    keys = {**ratio(target=100, better="lower", up_to="120%"), "cap": 12}

    assert scored("ratio", keys, a=0, b=90, c=50) == {"a": 12, "b": Fraction(100, 9), "c": 12}


def test_a_full_mark_line_does_not_cut_over_fulfilment():
    # From 95 % on the full mark, but 115 % counts 11.5.
    keys = {**ratio(target=100, full_from="95%", up_to="120%"), "cap": 12}

    assert scored("ratio", keys, a=96, b=115, c=94) == {"a": 10, "b": Fraction("11.5"), "c": Fraction("9.4")}


def test_zero_below_counts_the_share_before_the_factor():
    # 75 % is not below 70 %: 10 × 0.75 × 0.8 = 6.
    keys = ratio(target=100, unmet_factor="0.8", zero_below="70%")

    assert scored("ratio", keys, a=75, b="69.9") == {"a": 6, "b": 0}


def targets(**keys: Any) -> Outcome:
    """Units whose target, last year's value and lowest share that counts are figures of their own."""
    sheet = a_sheet(
        an_item("ratio", figure="x", better="lower", **keys), figures={"x": {}, "goal": {}, "least": {}},
        missing="exclude", attributes=["quota"], adjustments=[USES],
    )  # fmt: skip
    units = {
        "a": a_unit(x=40, goal=30, least="0.8", quota=20, previous={"x": 35}),
        "b": a_unit(x=40),
        "c": a_unit(x=0),
    }
    return score(sheet, units)


USES = {"kind": "total-cap", "id": "uses", "clause": "1", "when": "goal + least < 0", "at": 0}
"""Names the figures that an item of the test may leave out."""


@pytest.mark.parametrize(
    ("target", "points"),
    [("goal", Fraction("7.5")), ("previous(x)", Fraction("8.75")), ("quota", 5)],
)
def test_a_target_is_a_figure_last_years_value_or_an_attribute(target: str, points: Fraction):
    # 10 × 30/40, 10 × 35/40, 10 × 20/40; without its target nothing is scored, not even a figure of 0.
    assert targets(target=target).points() == {"a": points, "b": None, "c": None}


def test_without_the_figure_of_a_cut_off_nothing_is_scored():
    # 20/40 is below 0.8; of b and c it is not known what is below.
    assert targets(target=20, zero_below="least").points() == {"a": 0, "b": None, "c": None}
    assert targets(target=20, full_from="least").points() == {"a": 5, "b": None, "c": None}


# interpolate


def test_road_dust_is_scored_on_a_straight_line_between_full_and_zero():
    # Full at 10 g/m², nothing at 70: (70 − 25) × 10/60 = 7.5; flat outside.
    assert scored("interpolate", line(), a=25, b=10, c=5, d=70, e=80, f=None) == {
        "a": Fraction("7.5"), "b": 10, "c": 10, "d": 0, "e": 0, "f": None,
    }  # fmt: skip


def test_a_line_rises_where_the_full_mark_is_above():
    # Full at 100, nothing at 75: 10 × (90 − 75)/25 = 6.
    assert scored("interpolate", line(full_at=100, zero_at=75), a=90, b=70) == {"a": 6, "b": 0}


def test_a_line_is_flat_beyond_its_ends_whatever_the_floor_and_cap():
    assert scored("interpolate", {**line(), "floor": -5, "cap": 15}, a=5, b=80) == {"a": 10, "b": 0}


def test_several_points_make_a_broken_line():
    # [0, 0], [5, 5], [10, 15] of 15: 7 lies at 5 + 2 × 2 = 9, 3 at 3; flat outside, in whatever order they stand.
    keys = {"figure": "x", "points_at": [[10, 15], [0, 0], [5, 5]], "points": 15}

    assert scored("interpolate", keys, a=7, b=3, c=20, d=-1, e=5) == {"a": 9, "b": 3, "c": 15, "d": 0, "e": 5}


def test_a_hard_floor_cuts_a_line_off():
    # 10 × 60/100 = 6 at 60; 59.9 earns nothing, whatever the line says.
    assert scored("interpolate", line(full_at=100, zero_at=0, zero_below=60), a=60, b="59.9") == {"a": 6, "b": 0}


def test_a_line_is_cut_off_above_too():
    # (70 − 40) × 10/60 = 5 at 40; 40.1 earns nothing.
    assert scored("interpolate", line(zero_above=40), a=40, b="40.1") == {"a": 5, "b": 0}


def test_a_broken_line_is_cut_off_as_well():
    keys = {"figure": "x", "points_at": [[0, 0], [10, 10]], "zero_below": 2, "zero_above": 8}

    assert scored("interpolate", keys, a=1, b=2, c=8, d=9) == {"a": 0, "b": 2, "c": 8, "d": 0}


def ends(**values: Any) -> dict[str, Fraction | None]:
    """A line from last year's value (nothing) to a goal (full), cut off where a third figure says."""
    keys = {"figure": "x", "full_at": "goal", "zero_at": "previous(x)", "zero_above": "most"}
    sheet = a_sheet(an_item("interpolate", **keys), figures={"x": {}, "goal": {}, "most": {}}, missing="exclude")
    return score(sheet, a_unit(**values)).points()


def test_the_ends_of_a_line_are_figures_or_last_years():
    # From 50 (nothing) to 30 (full): 45 lies a quarter of the way, 2.5.
    assert ends(x=45, goal=30, most=60, previous={"x": 50}) == {"a": Fraction("2.5")}


@pytest.mark.parametrize("lost", ["goal", "most", "previous"])
def test_without_an_end_or_a_cut_off_nothing_is_scored(lost: str):
    values: dict[str, Any] = {"x": 45, "goal": 30, "most": 60, "previous": {"x": 50}}

    assert ends(**{**values, lost: None}) == {"a": None}


def test_ends_that_turn_out_the_same_leave_the_item_missing():
    assert ends(x=45, goal=50, most=60, previous={"x": 50}) == {"a": None}


def test_ends_that_are_the_same_are_refused():
    assert refused(an_item("interpolate", **line(zero_at=10)), **MISSING) == [
        "items.0.zero_at: `full_at` and `zero_at` are the same. Change one."
    ]
