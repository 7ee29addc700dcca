from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.builders import a_deduction, a_sheet, a_unit, an_item, refused, score, units_with


def test_a_shortfall_deduction_is_exact_to_the_second_decimal():
    # 10 − 0.5 × (2559.27 − 2554.22) is 7.475; a spreadsheet in binary floating point prints 7.47.
    sheet = a_sheet(a_deduction(points=10, target="2559.27", per=1, costs="0.5", partial="pro-rata"))

    assert score(sheet, a_unit(done="2554.22")).total == Decimal("7.48")


def line(**keys: Any) -> dict[str, Any]:
    """A line by the figure `x`, a part of a step pro rata."""
    return {"figure": "x", "points": 1, "partial": "pro-rata", **keys}


def deducted(*lines: dict[str, Any], **values: Any) -> dict[str, Fraction | None]:
    """What is left of 10 points."""
    sheet = a_sheet(an_item("deduct", lines=list(lines)), missing="exclude")
    return score(sheet, units_with("x", **values)).points()


def awarded(keys: dict[str, Any], *lines: dict[str, Any], **values: Any) -> dict[str, Fraction | None]:
    """What is gained, of 10 points."""
    sheet = a_sheet(an_item("award", lines=list(lines), **keys), missing="exclude")
    return score(sheet, units_with("x", **values)).points()


def test_each_place_costs_until_nothing_is_left():
    # 发现一处扣2分，扣完为止: 10 − 2 × 3 = 4; 6 places would cost 12.
    assert deducted({"figure": "x", "points": 2}, a=3, b=0, c=5, d=6, e=None) == {
        "a": 4, "b": 10, "c": 0, "d": 0, "e": None,
    }  # fmt: skip


def test_a_deduction_stops_at_a_floor_that_is_not_zero():
    # Lianyungang keeps half of the satisfaction mark: 12.5 of 25.
    item = an_item("deduct", points=25, floor="12.5", lines=[{"figure": "x", "points": 5}])

    assert score(a_sheet(item), units_with("x", a=2, b=9)).points() == {"a": 15, "b": Fraction("12.5")}


def test_what_exceeds_the_target_costs_where_lower_is_better():
    # 0.5 for each µg/m³ over 35: 10 − 0.5 × 2.5 = 8.75; below the target nothing is lost and nothing gained.
    assert deducted(line(target=35, points="0.5"), a="37.5", b=35, c=20) == {"a": Fraction("8.75"), "b": 10, "c": 10}


def test_what_falls_short_of_the_target_costs_where_higher_is_better():
    # 0.2 for each day below 340: 10 − 0.2 × 10 = 8.
    assert deducted(line(target=340, better="higher", points="0.2"), a=330, b=340, c=366) == {"a": 8, "b": 10, "c": 10}


def test_part_steps_cost_what_the_rule_says():
    # 0.2 for each 10 below 70. 57 is 1.3 steps short: up 2 steps, down 1, pro rata 1.3.
    keys = {"target": 70, "better": "higher", "per": 10, "points": "0.2"}

    assert deducted(line(**keys, partial="up"), a=57, b=60, c=70) == {
        "a": Fraction("9.6"), "b": Fraction("9.8"), "c": 10,
    }  # fmt: skip
    assert deducted(line(**keys, partial="down"), a=57, b=60, c=61) == {
        "a": Fraction("9.8"),
        "b": Fraction("9.8"),
        "c": 10,
    }
    assert deducted(line(**keys), a=57) == {"a": Fraction("9.74")}


def test_an_excess_is_counted_in_percent_of_the_target():
    # Anhui: 10 − (1042 − 1000) × 100 ÷ 1000 = 5.8; nothing left from 10 % on.
    assert deducted(line(target=1000, relative=True), a=1042, b=1100, c=900) == {"a": Fraction("5.8"), "b": 0, "c": 10}


def test_a_dead_band_is_free():
    # Shangyu counts a change beyond 10 %: 115 of 100 costs 0.5 × 5; 110 costs nothing.
    keys = {"target": 100, "relative": True, "free": 10, "points": "0.5"}

    assert deducted(line(**keys), a=115, b=110, c=105) == {"a": Fraction("7.5"), "b": 10, "c": 10}


def test_what_stays_below_a_free_part_earns_nothing_back_on_another_line():
    # 2 of 5 free cases cost nothing, 3 others cost 1 each.
    lines = [{"figure": "x", "free": 5, "points": 1}, {"figure": "y", "points": 1}]

    assert score(a_sheet(an_item("deduct", lines=lines)), a_unit(x=2, y=3)).points() == {"a": 7}


def test_the_order_is_percent_then_free_then_steps_then_parts_then_points_then_the_limit():
    # 1130 of 1000: 13 %, less 4 free is 9, ÷ 2 is 4.5 steps, up 5, × 1.5 is 7.5, at most 6: 10 − 6 = 4.
    # 1050: 5 %, less 4 is 1, half a step, up 1, × 1.5: 8.5.
    keys = {"target": 1000, "relative": True, "free": 4, "per": 2, "partial": "up", "points": "1.5", "at_most": 6}

    assert deducted(line(**keys), a=1130, b=1050, c=1040) == {"a": 4, "b": Fraction("8.5"), "c": 10}


def test_several_lines_add_up_and_one_that_is_missing_leaves_the_item_missing():
    # 0.5 a day late, 0.1 an error: 10 − 0.5 × 3 − 0.1 × 4 = 8.1.
    lines = [{"figure": "late", "points": "0.5"}, {"figure": "errors", "points": "0.1"}]
    sheet = a_sheet(an_item("deduct", lines=lines), missing="exclude")
    outcome = score(sheet, {"a": a_unit(late=3, errors=4), "b": a_unit(late=3)})

    assert outcome.points() == {"a": Fraction("8.1"), "b": None}


def test_target_step_and_free_part_are_figures_or_attributes():
    # 30 over a quota of 50, 10 of it free, in steps of 5: 4 steps of 0.5.
    keys = {"target": "quota", "per": "stride", "free": "spared", "points": "0.5"}
    sheet = a_sheet(
        an_item("deduct", lines=[line(**keys)]),
        figures={"stride": {}, "spared": {}}, attributes=["quota"], missing="exclude",
    )  # fmt: skip
    whole = {"x": 80, "quota": 50, "stride": 5, "spared": 10}
    units = {"a": a_unit(**whole), **{name: a_unit(**{**whole, name: None}) for name in whole}}

    assert score(sheet, units).points() == {"a": 8, "x": None, "quota": None, "stride": None, "spared": None}


def test_a_percentage_of_nothing_and_a_step_of_nothing_leave_the_item_missing():
    assert deducted(line(target=0, relative=True), a=5) == {"a": None}
    sheet = a_sheet(an_item("deduct", lines=[line(per="stride")]), figures={"stride": {}}, missing="exclude")
    assert score(sheet, a_unit(x=5, stride=0)).points() == {"a": None}


def test_the_rule_must_say_what_a_part_of_a_step_costs():
    plain = {"figure": "x", "points": 1}
    said = "items.0.lines.0: The sheet does not say what part of a step costs. Add `partial` (pro-rata, up or down)."

    assert refused(an_item("deduct", lines=[plain]), figures={"x": {"kind": "number"}}) == [said]
    assert refused(an_item("deduct", lines=[{**plain, "per": 5}]), figures={"x": {"kind": "count"}}) == [said]
    assert refused(an_item("deduct", lines=[plain]), figures={"x": {"kind": "count"}}) == []


def test_an_award_gains_for_each_up_to_its_cap():
    # Each further toilet 5, at most the full mark of 10.
    assert awarded({}, {"figure": "x", "points": 5}, a=0, b=1, c=3, d=None) == {"a": 0, "b": 5, "c": 10, "d": None}
    assert awarded({"cap": 12}, {"figure": "x", "points": 5}, a=3) == {"a": 12}


def test_an_award_counts_what_lies_above_its_target_or_below_it():
    # Each full 10 % above a mean of 50 gains 0.5, at most 2; 0.2 for each day less than 20.
    over = line(target=50, relative=True, per=10, partial="down", points="0.5", at_most=2)

    assert awarded({}, over, a=50, b="59.9", c=55, d=95, e=40) == {
        "a": 0, "b": Fraction("0.5"), "c": Fraction("0.5"), "d": 2, "e": 0,
    }  # fmt: skip
    assert awarded({}, line(target=20, better="lower", points="0.2"), a=15, b=25) == {"a": 1, "b": 0}
