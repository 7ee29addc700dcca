from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.builders import Outcome, a_sheet, a_unit, an_item, refused, score, units_with

HOW = {
    "min-max": {},
    "goalposts": {"goalposts": [0, 100]},
    "z-score": {"mean": 50, "deviation": 10},
    "rank": {},
    "percentile-rank": {},
    "to-best": {},
    "to-target": {"target": 25},
}
Points = dict[str, Fraction | None]


def outcome(how: str, keys: dict[str, Any], **values: Any) -> Outcome:
    item = an_item("normalise", **{"figure": "x", "how": how, "better": "higher", "points": 100, **HOW[how], **keys})
    return score(a_sheet(item, missing="exclude"), units_with("x", **values))


def normalised(how: str, keys: dict[str, Any], **values: Any) -> Points:
    """The figure `x` on a scale of 100."""
    return outcome(how, keys, **values).points()


def test_the_lowest_value_goes_to_the_first_end_and_the_highest_to_the_second():
    assert normalised("min-max", {}, a=10, b=25, c=30, d=None) == {"a": 0, "b": 75, "c": 100, "d": None}
    assert normalised("min-max", {"range": [60, 100]}, a=10, b=20, c=30) == {"a": 60, "b": 80, "c": 100}


def test_where_lower_is_better_the_highest_value_goes_to_the_first_end():
    assert normalised("min-max", {"better": "lower"}, a=10, b=25, c=30) == {"a": 100, "b": 25, "c": 0}


def test_goalposts_stand_instead_of_the_observed_ends():
    keys = {"goalposts": [0, 40]}

    assert normalised("goalposts", keys, a=10, b=20, c=50, d=-5) == {"a": 25, "b": 50, "c": 100, "d": 0}
    assert normalised("goalposts", {**keys, "clip": False}, a=10, c=50, d=-10) == {"a": 25, "c": 125, "d": -25}


def test_goalposts_stay_in_natural_order_where_lower_is_better():
    # 10 lies three quarters of the way from 40 down to 0.
    keys = {"goalposts": [0, 40], "better": "lower", "range": [1, 5]}

    assert normalised("goalposts", keys, a=10, b=50, c=-1) == {"a": 4, "b": 1, "c": 5}


def test_goalposts_serve_a_unit_alone_and_equal_values():
    assert normalised("goalposts", {}, a=30) == {"a": 30}
    assert normalised("goalposts", {}, a=30, b=30) == {"a": 30, "b": 30}


def test_goalposts_may_be_figures_and_leave_the_item_missing_where_they_meet():
    item = an_item("normalise", figure="x", how="goalposts", better="higher", goalposts=["low", "high"], points=100)
    sheet = a_sheet(item, figures={"low": {}, "high": {}}, missing="exclude")
    units = {"a": a_unit(x=30, low=20, high=40), "b": a_unit(x=30, low=20, high=20), "c": a_unit(x=30, low=20)}

    assert score(sheet, units).points() == {"a": 50, "b": None, "c": None}


def test_a_standard_score_counts_sample_deviations_from_the_mean():
    # 10, 20, 30: mean 20, sample deviation 10.
    assert normalised("z-score", {}, a=10, b=20, c=30, d=None) == {"a": 40, "b": 50, "c": 60, "d": None}
    assert normalised("z-score", {"better": "lower"}, a=10, b=20, c=30) == {"a": 60, "b": 50, "c": 40}


def test_a_standard_score_has_12_significant_digits_before_it_is_rounded():
    # 1, 2, 4: mean 7/3, deviation √(7/3) = 1.5275252316519467; (1 − 7/3)/√(7/3) = −0.87287156094396952…
    expected = {
        "a": Fraction("-0.872871560944"), "b": Fraction("-0.218217890236"), "c": Fraction("1.09108945118"),
    }  # fmt: skip

    assert normalised("z-score", {"mean": 0, "deviation": 1}, a=1, b=2, c=4) == expected
    assert outcome("z-score", {"mean": 0, "deviation": 1, "round": 2}, a=1, b=2, c=4).scores() == {
        "a": "-0.87", "b": "-0.22", "c": "1.09",
    }  # fmt: skip


def test_the_worst_has_rank_1():
    assert normalised("rank", {}, a=10, b=30, c=20, d=None) == {"a": 1, "b": 3, "c": 2, "d": None}
    assert normalised("rank", {"better": "lower"}, a=10, b=30, c=20) == {"a": 3, "b": 1, "c": 2}
    assert normalised("rank", {"from": 0}, a=10, b=30, c=20) == {"a": 0, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("keys", "places"),
    [
        ({}, ["1", "2", "2", "4"]),
        ({"ties": "average"}, ["1", "2.5", "2.5", "4"]),
        ({"ties": "maximum"}, ["1", "3", "3", "4"]),
        ({"ties": "dense"}, ["1", "2", "2", "3"]),
    ],
)
def test_equal_values_share_the_lower_rank_unless_the_rule_says_otherwise(keys: dict[str, Any], places: list[str]):
    assert list(normalised("rank", keys, a=1, b=7, c=7, d=9).values()) == [Fraction(place) for place in places]


def test_a_percentile_rank_is_the_share_of_units_that_are_worse():
    assert normalised("percentile-rank", {}, a=1, b=7, c=7, d=9, e=None) == {
        "a": 0, "b": Fraction(1, 3), "c": Fraction(1, 3), "d": 1, "e": None,
    }  # fmt: skip
    assert normalised("percentile-rank", {"range": [0, 90]}, a=1, b=7, d=9) == {"a": 0, "b": 45, "d": 90}


def test_the_way_to_the_best_begins_at_the_worst():
    # 1 − (30 − 25)/(30 − 10) = 0.75.
    assert normalised("to-best", {}, a=10, b=25, c=30) == {"a": 0, "b": Fraction("0.75"), "c": 1}
    assert normalised("to-best", {"better": "lower"}, a=10, b=25, c=30) == {"a": 1, "b": Fraction("0.25"), "c": 0}
    assert normalised("to-best", {"range": [0, 100]}, a=10, b=25, c=30) == {"a": 0, "b": 75, "c": 100}


def test_the_way_to_a_target_ends_there_unless_told_not_to():
    # 1 − (25 − 20)/(25 − 10) = 2/3; 30 lies a third beyond.
    assert normalised("to-target", {}, a=10, b=20, c=30) == {"a": 0, "b": Fraction(2, 3), "c": 1}
    assert normalised("to-target", {"clip": False}, a=10, b=20, c=30) == {
        "a": 0,
        "b": Fraction(2, 3),
        "c": Fraction(4, 3),
    }
    # Lower is better with a target of 15: 1 − (20 − 15)/(30 − 15).
    assert normalised("to-target", {"target": 15, "better": "lower"}, a=10, b=20, c=30) == {
        "a": 1, "b": Fraction(2, 3), "c": 0,
    }  # fmt: skip


def test_a_target_at_the_worst_value_leaves_the_item_missing():
    assert normalised("to-target", {"target": 10}, a=10, b=20) == {"a": None, "b": None}


@pytest.mark.parametrize("how", [how for how in HOW if how != "goalposts"])
def test_equal_values_and_a_unit_alone_cannot_be_normalised(how: str):
    reason = "all values are equal, or only one unit has a value, so they cannot be normalised: left out"

    assert outcome(how, {}, a=5, b=5).whys() == {"a": reason, "b": reason}
    assert normalised(how, {}, a=5, b=5, c=None) == {"a": None, "b": None, "c": None}
    assert outcome(how, {}, a=5, b=None).whys() == {"a": reason, "b": "x is missing: left out"}


def test_all_units_are_compared_unless_the_group_is_named():
    # Townships 10 and 20, streets 10 and 30.
    groups = [{"id": "streets", "where": "kind == 'street'"}, {"id": "townships", "where": "kind == 'township'"}]
    units = {
        "a": a_unit(x=10, kind="township"), "b": a_unit(x=20, kind="township"), "c": a_unit(x=10), "d": a_unit(x=30),
        "park": a_unit(x=90, kind="park"),
    }  # fmt: skip

    def by(**keys: Any) -> Points:
        item = an_item("normalise", figure="x", how="min-max", better="higher", points=100, **keys)
        return score(a_sheet(item, groups=groups, missing="exclude"), units).points()

    assert by() == {"a": 0, "b": 50, "c": 0, "d": 100, "park": None}
    assert by(within="group") == {"a": 0, "b": 100, "c": 0, "d": 100, "park": None}


def test_units_to_which_the_item_does_not_apply_are_not_compared():
    item = an_item("normalise", figure="x", how="min-max", better="higher", points=100, applies="has_river")
    units = {
        "a": a_unit(x=10, has_river=True), "b": a_unit(x=30, has_river=True), "c": a_unit(x=90, has_river=False),
    }  # fmt: skip

    assert score(a_sheet(item), units).points() == {"a": 0, "b": 100, "c": None}


def test_normalised_points_have_floor_and_cap_only_where_they_are_given():
    keys = {"mean": 0, "deviation": 150}

    assert normalised("z-score", keys, a=10, b=20, c=30) == {"a": -150, "b": 0, "c": 150}
    assert normalised("z-score", {**keys, "floor": -100, "cap": 120}, a=10, b=20, c=30) == {"a": -100, "b": 0, "c": 120}
    assert normalised("z-score", {**keys, "cap": 120}, a=10, b=20, c=30) == {"a": -150, "b": 0, "c": 120}


def test_each_way_to_normalise_has_the_keys_that_it_needs_and_no_others():
    item = an_item("normalise", figure="x", how="z-score", better="higher", range=[0, 1], target=5, mean=50)

    assert refused(item) == [
        "items.0.target: “target” is only for `how: to-target`. Delete it.",
        "items.0: `how: z-score` needs the key “deviation”. Add it.",
        "items.0.range: “range” is only for `how: min-max, goalposts, percentile-rank, to-best, to-target`. Delete it.",
    ]


def test_goalposts_from_the_higher_to_the_lower_are_refused():
    item = an_item("normalise", figure="x", how="goalposts", better="lower", goalposts=[40, 0])

    assert refused(item) == ["items.0.goalposts: Goalposts must go from lower to higher. Change the order."]
