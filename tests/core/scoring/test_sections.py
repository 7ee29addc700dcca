from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.builders import Outcome, a_section, a_sheet, a_unit, an_item, refused, score

SQUARE_ROOT_OF_3000 = Fraction("54.7722557505")


def panel(name: str, points: Any = 100, **keys: Any) -> dict[str, Any]:
    """An item whose points are the figure of its name."""
    return an_item("direct", id=name, figure=name, points=points, floor=-100, **keys)


def combined(combine: str, values: dict[str, Any], weights: dict[str, Any] | None = None, **keys: Any) -> Outcome:
    """One unit; items x, y, z of 100 points each in a section that combines them."""
    items = [panel(name, weight=(weights or {}).get(name)) for name in ("x", "y", "z")]
    return score(a_sheet(a_section(*items, combine=combine, **keys), missing="exclude"), a_unit(**values))


def points(*args: Any, **keys: Any) -> Fraction | None:
    """The points of that section."""
    return combined(*args, **keys).points("section")["a"]


# sum and rate


def test_a_sum_adds_points_up():
    assert points("sum", {"x": 42, "y": 30, "z": 0}) == 72


def test_the_full_marks_of_a_sum_must_add_up():
    assert refused(a_section(panel("x"), panel("y"), points=150)) == [
        "items.0.points: The full mark 150 is not the sum of those below, 200. Correct it."
    ]


def test_a_sum_scales_up_what_is_left_when_a_child_has_no_score():
    # (42 + 30) ÷ 200 × 300 = 108.
    assert points("sum", {"x": 42, "y": 30}) == 108
    assert points("sum", {}) is None


def test_a_rate_scales_any_full_marks_to_its_own():
    # 88 of 90, of 100: 97.77…
    section = a_section(panel("x", 60), panel("y", 30), combine="rate", points=100)
    outcome = score(a_sheet(section, missing="exclude"), {"a": a_unit(x=60, y=28), "b": a_unit(x=30), "c": a_unit()})

    assert outcome.points("section") == {"a": Fraction(8800, 90), "b": 50, "c": None}


def test_sections_stand_in_sections():
    # Inner: 30 of 60 × 50 = 25 by rate; outer 25 + 20 = 45 of 70.
    inner = a_section(panel("x", 40), panel("y", 20), id="inner", combine="rate", points=50)
    outcome = score(a_sheet(a_section(inner, panel("z", 20))), a_unit(x=20, y=10, z=20))

    assert (outcome.points("inner"), outcome.points("section")) == ({"a": 25}, {"a": 45})
    assert list(outcome.results.scores) == ["section", "inner", "x", "y", "z"]


# means


def test_a_mean_weighs_its_children():
    # 25 % × 90 + 75 % × 70 = 75; weights are relative: 1 and 3 say the same.
    assert points("mean", {"x": 90, "y": 70}, {"x": "25%", "y": "75%"}) == 75
    assert points("mean", {"x": 90, "y": 70}, {"x": 1, "y": 3}) == 75
    # Without weights each counts alike: (90 + 70 + 50)/3.
    assert points("mean", {"x": 90, "y": 70, "z": 50}) == 70


def test_weights_of_the_rest_are_scaled_up_where_a_child_has_no_score():
    # 1 × 90 + 3 × 70 over 4, though z has weight 6.
    assert points("mean", {"x": 90, "y": 70}, {"x": 1, "y": 3, "z": 6}) == 75


def test_a_geometric_mean_has_12_significant_digits():
    # √(40 × 90) = 60; √(50 × 60) = √3000 = 54.77225575051661…; 8^(1/4) × 2^(3/4) = 2 √2.
    assert points("geometric", {"x": 40, "y": 90}) == 60
    assert points("geometric", {"x": 50, "y": 60}) == SQUARE_ROOT_OF_3000
    assert points("geometric", {"x": 8, "y": 2}, {"x": 1, "y": 3}) == Fraction("2.82842712475")


def test_a_geometric_mean_is_cut_at_12_digits_before_its_cap_and_rounding():
    outcome = combined("geometric", {"x": 50, "y": 60}, cap=54)

    assert outcome.points("section") == {"a": 54}


def test_a_harmonic_mean_is_exact():
    # 2 ÷ (1/40 + 1/60) = 48; 4 ÷ (1/40 + 3/60) = 4 ÷ 0.075.
    assert points("harmonic", {"x": 40, "y": 60}) == 48
    assert points("harmonic", {"x": 40, "y": 60}, {"x": 1, "y": 3}) == Fraction(4000, 75)


@pytest.mark.parametrize("combine", ["geometric", "harmonic"])
def test_a_child_of_nothing_makes_the_mean_nothing_and_a_negative_one_makes_it_missing(combine: str):
    assert points(combine, {"x": 0, "y": 90}) == 0
    assert points(combine, {"x": -1, "y": 90}) is None
    assert points(combine, {"x": -1, "y": 0}) is None
    assert points(combine, {"x": 0, "y": 90}, {"x": 0}) == 90


@pytest.mark.parametrize("combine", ["mean", "geometric", "harmonic"])
def test_children_present_without_any_weight_leave_the_mean_missing(combine: str):
    assert points(combine, {"x": 50, "y": 60}, {"x": 0, "y": 0, "z": 1}) is None
    assert points(combine, {"x": 0, "y": 60}, {"x": 0, "y": 0, "z": 1}) is None
    assert points(combine, {}) is None


def test_weights_that_are_all_zero_are_refused():
    assert refused(a_section(panel("x", weight=0), panel("y", weight=0), combine="mean")) == [
        "items.0.items: The weights below are all 0. Add a weight above 0 to at least one."
    ]


def test_the_lowest_child_counts():
    assert points("minimum", {"x": 85, "y": 72, "z": 90}) == 72
    assert points("minimum", {"y": 72, "z": -3}) == -3
    assert points("minimum", {}) is None


@pytest.mark.parametrize("combine", ["mean", "geometric", "harmonic", "minimum"])
def test_children_of_a_mean_share_the_full_mark_of_their_section(combine: str):
    assert refused(a_section(panel("x", 100), panel("y", 60), combine=combine)) == [
        f"items.0.items.1.points: With combine {combine}, every full mark below must be that of the section, 100. "
        "Change them."
    ]


# availability, floor, cap


@pytest.mark.parametrize("combine", ["sum", "rate", "mean", "geometric", "harmonic", "minimum"])
def test_too_few_children_with_a_score_leave_a_section_missing(combine: str):
    # Two of three are 66.7 %: enough for 60 % and for exactly 2/3, too few for 67 %.
    values = {"x": 60, "y": 60}

    assert points(combine, values, availability="60%") is not None
    assert points(combine, values, availability="2/3") is not None
    assert points(combine, values, availability="67%") is None


def test_children_count_and_not_their_weights():
    # One of three by count, though x carries 98 %.
    assert points("mean", {"x": 60}, {"x": 98, "y": 1, "z": 1}, availability="50%") is None


def test_a_missing_figure_that_scores_zero_is_a_score():
    items = [panel("x"), panel("y", missing="zero")]
    sheet = a_sheet(a_section(*items, combine="mean", availability="100%"), missing="exclude")

    assert score(sheet, a_unit(x=60)).points("section") == {"a": 30}


def test_a_section_has_floor_and_cap_only_where_they_are_given():
    values = {"x": -90, "y": 10, "z": 0}

    assert points("sum", values) == -80
    assert points("sum", values, floor=-50) == -50
    assert points("sum", {"x": 90, "y": 90, "z": 0}, cap=150) == 150


def test_a_section_without_score_is_left_out_by_the_one_above_and_says_why():
    low = a_section(panel("x"), panel("y"), id="low", combine="mean", availability="100%")
    sheet = a_sheet(a_section(low, panel("z"), combine="mean"), missing="exclude")
    outcome = score(sheet, a_unit(x=50, z=80))

    assert outcome.points("section") == {"a": 80}
    assert outcome.states_of("low") == {"a": "missing"}
    assert outcome.why("low") == (
        "有得分的项目不足100%，本类不计分",
        "fewer than 100% of its items have a score, so the section has none",
    )


def test_a_section_of_which_too_few_children_have_a_score_is_missing_for_that_reason_though_none_applies():
    section = a_section(panel("x", applies="river"), id="water", availability="50%")
    outcome = score(a_sheet(section, panel("y")), a_unit(x=5, y=5, river=False))

    assert outcome.states_of("water") == {"a": "missing"}
    assert outcome.why("water") == (
        "有得分的项目不足50%，本类不计分",
        "fewer than 50% of its items have a score, so the section has none",
    )


def test_a_blocked_unit_has_no_score_in_the_sections_above_the_item_that_blocks_and_keeps_all_other_points():
    inner = a_section(panel("x", missing="block"), panel("y"), id="inner")
    sheet = a_sheet(a_section(inner, panel("z"), id="outer"), a_section(panel("w"), id="other"), missing="zero")
    outcome = score(sheet, {"a": a_unit(y=5, z=6, w=7), "b": a_unit(x=1, y=5, z=6, w=7)})

    assert outcome.states == {"a": "blocked", "b": "scored"}
    assert {node: outcome.states_of(node)["a"] for node in outcome.results.scores} == {
        "outer": "blocked", "inner": "blocked", "x": "missing", "y": "scored", "z": "scored",
        "other": "scored", "w": "scored",
    }  # fmt: skip
    assert {node: outcome.points(node)["a"] for node in outcome.results.scores} == {
        "outer": None, "inner": None, "x": None, "y": 5, "z": 6, "other": 7, "w": 7,
    }  # fmt: skip
    assert outcome.points("outer")["b"] == 12
    assert [outcome.whys("outer", language)["a"] for language in ("zh", "en")] == [
        "下列考核项缺数据，补齐前本类不计分：考核项1.1.1（1）",
        "no score until data are supplied for: Item 1.1.1 (1)",
    ]


def test_a_section_that_lacks_data_is_missing_even_beside_what_does_not_apply():
    section = a_section(panel("x", applies="river"), panel("y"), id="water")
    outcome = score(a_sheet(section, panel("z"), missing="exclude"), a_unit(z=5, river=False))

    assert outcome.states_of("water") == {"a": "missing"}
    assert outcome.why("water") == ("下级均无得分", "nothing below has a score")


# the total


def test_a_unit_of_which_nothing_is_known_is_not_scored():
    outcome = score(a_sheet(panel("x"), missing="exclude"), {"a": a_unit(), "b": a_unit(x=40)})

    assert outcome.totals == {"a": None, "b": "40.00"}
    assert outcome.states == {"a": "not-scored", "b": "scored"}
    assert outcome.ranks == {"a": None, "b": "1"}


def test_the_total_is_rounded_once_after_its_cap_and_floor():
    # 99.996 is below the cap of 99.997 and prints 100.00; 5.004 below the floor of 5.005 prints 5.01.
    sheet = a_sheet(panel("x"), total={"cap": "99.997", "floor": "5.005"})
    units = {"a": a_unit(x="99.996"), "b": a_unit(x="5.004"), "c": a_unit(x=50)}

    assert score(sheet, units).totals == {"a": "100.00", "b": "5.01", "c": "50.00"}


def test_equal_print_means_equal_rank():
    # 80.004 and 79.996 both print 80.00.
    units = {"a": a_unit(x="79.996"), "b": a_unit(x="80.004"), "c": a_unit(x=70)}

    assert score(a_sheet(panel("x")), units).ranks == {"a": "1", "b": "1", "c": "3"}


def test_where_totals_are_not_rounded_they_are_compared_at_9_digits():
    units = {"a": a_unit(x="80.0000000004"), "b": a_unit(x=80), "c": a_unit(x="80.000000001")}
    outcome = score(a_sheet(panel("x"), rounding={}), units)

    assert outcome.ranks == {"a": "2", "b": "2", "c": "1"}
    assert outcome.totals == {"a": "80.0000000004", "b": "80", "c": "80.000000001"}


# weights by group

GROUPS = [{"id": "single", "where": 'kind == "street"'}, {"id": "district", "where": 'kind == "district"'}]


def weighed_by_group(combine: str, **weights: Any) -> Outcome:
    """A street and a district with x of 90, y of 40 and z of 0 points, each of 100."""
    items = [panel(name, weight=weights.get(name)) for name in ("x", "y", "z")]
    sheet = a_sheet(a_section(*items, combine=combine), missing="exclude", groups=GROUPS)
    values = {"x": 90, "y": 40, "z": 0}
    units = {"a": a_unit(**values), "b": a_unit(**values | {"kind": "district"}), "c": a_unit(kind="no", x=9)}
    return score(sheet, units)


def test_weights_differ_by_group():
    # (20 × 90 + 80 × 40) ÷ 100 = 50; (25 × 90 + 25 × 40) ÷ 50 = 65.
    outcome = weighed_by_group(
        "mean", x={"single": 20, "district": 25}, y={"single": 80, "district": 25}, z={"single": 0, "district": 0}
    )

    assert outcome.points("section") == {"a": 50, "b": 65, "c": None}
    assert outcome.whys("section") == {
        "a": "weighted average: (90 × 20 + 40 × 80) ÷ 100; 50 points",
        "b": "average: (90 + 40) ÷ 2; 65 points",
        "c": "the unit belongs to no group and is not assessed",
    }


def test_a_zero_makes_a_geometric_or_harmonic_mean_0_only_in_the_group_where_it_weighs():
    weights = {"x": 1, "y": {"single": 1, "district": 0}, "z": {"single": 0, "district": 1}}

    # √(90 × 40) = 60 and 2 ÷ (1/90 + 1/40) = 55.38…
    assert weighed_by_group("geometric", **weights).points("section") == {"a": 60, "b": 0, "c": None}
    harmonic = weighed_by_group("harmonic", **weights)
    assert harmonic.points("section") == {"a": Fraction(720, 13), "b": 0, "c": None}
    assert harmonic.whys("section")["b"] == "one of them is 0, and so is the harmonic mean; 0 points"


def test_a_weight_by_group_names_every_group_and_weighs_something_in_each():
    def told(x: Any, y: Any) -> list[str]:
        section = a_section(panel("x", weight=x), panel("y", weight=y), combine="mean")
        return refused(section, groups=GROUPS)

    assert told({"single": 1, "district": 0}, 1) == []
    assert told({"single": 1, "district": 0}, {"single": 1, "district": 0}) == [
        "items.0.items: The weights below are all 0. Add a weight above 0 to at least one (group district)."
    ]
    assert told({"single": 1}, {"single": 1, "distrct": 1, "district": 1}) == [
        "items.0.items.0.weight: The weight of the group “district” is missing. Add it.",
        "items.0.items.1.weight.distrct: There is no group “distrct”. Did you mean “district”?",
    ]
    assert refused(a_section(panel("x", weight={"single": 1}), combine="mean")) == [
        "items.0.items.0.weight: The sheet has no groups, so the weight must be one number. Change it."
    ]
