from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.builders import Outcome, a_section, a_sheet, a_unit, an_item, refused, score, units_with

FALSE_DATA = {"when": "false_data", "keep": "40%", "clause": "第九条"}


def of_x(missing: Any) -> Outcome:
    """Units with 2, 20 and nothing for a formula of 10 points that is the figure `x`."""
    sheet = a_sheet(an_item("formula", points_from="x"), figures={"x": {}}, missing=missing)
    return score(sheet, units_with("x", a=2, b=20, c=None))


# missing


@pytest.mark.parametrize(
    ("missing", "points"),
    [("zero", 0), ("exclude", None), ("block", None), ({"points": "6.5"}, Fraction("6.5"))],
)
def test_a_missing_figure_means_what_the_rule_says(missing: Any, points: Any):
    outcome = of_x(missing)

    assert outcome.points() == {"a": 2, "b": 10, "c": points}
    assert outcome.states_of() == {"a": "scored", "b": "scored", "c": "missing"}


def test_an_item_left_out_for_want_of_data_leaves_its_full_mark_to_its_section():
    items = [
        an_item("direct", id="i1", figure="x", points=30, missing="exclude"),
        an_item("direct", id="i2", figure="y"),
    ]
    outcome = score(a_sheet(a_section(*items)), a_unit(y=6))

    assert outcome.points("section") == {"a": 24}


def test_a_unit_without_a_figure_that_blocks_has_no_total_and_the_others_have_theirs():
    items = [an_item("direct", id="i1", figure="x", missing="block"), an_item("direct", id="i2", figure="y")]
    outcome = score(a_sheet(*items), {"a": a_unit(y=5), "b": a_unit(x=7, y=6), "c": a_unit(x=1, y=2)})

    assert outcome.totals == {"a": None, "b": "13.00", "c": "3.00"}
    assert outcome.ranks == {"a": None, "b": "1", "c": "2"}
    assert outcome.states == {"a": "blocked", "b": "scored", "c": "scored"}
    assert outcome.points("i2") == {"a": 5, "b": 6, "c": 2}


def test_an_item_that_does_not_apply_blocks_nothing():
    items = [
        an_item("direct", id="i1", figure="x", missing="block", applies="river"),
        an_item("direct", id="i2", figure="y"),
    ]

    assert score(a_sheet(*items), a_unit(y=5, river=False)).states == {"a": "scored"}


def test_what_missing_means_is_inherited_from_the_nearest_above():
    def node(name: str, **keys: Any) -> dict[str, Any]:
        return an_item("direct", id=name, figure=name.replace(".", "_"), **keys)

    outer = a_section(
        node("a.own", missing={"points": 1}),
        a_section(node("a.inner"), id="a.s", missing={"points": 2}),
        node("a.outer"), id="a", missing={"points": 3},
    )  # fmt: skip
    outcome = score(a_sheet(outer, node("top"), missing={"points": 4}), a_unit())

    assert {name: outcome.points(name)["a"] for name in ("a.own", "a.inner", "a.outer", "top")} == {
        "a.own": 1, "a.inner": 2, "a.outer": 3, "top": 4,
    }  # fmt: skip


def test_an_item_with_no_missing_from_anywhere_is_refused():
    assert refused(an_item("direct"), missing=None) == [
        "items.0: The sheet does not say what a missing value means. Add `missing` (zero, exclude, block or points)."
    ]


# corrections


def corrected(*corrections: dict[str, Any], missing: str = "zero", **keys: Any) -> Outcome:
    """An item of 10 points by the figure `x`; b has false data, c too and also hid it, d has no word about it."""
    item = an_item("formula", points_from="x", corrections=list(corrections), applies="kind != 'park'", **keys)
    figures = {"x": {}, "false_data": {"kind": "yes-no"}, "hidden": {"kind": "yes-no"}}
    uses = {"kind": "total-cap", "id": "uses", "clause": "1", "when": "false_data and hidden and x > 99", "at": 50}
    sheet = a_sheet(item, figures=figures, adjustments=[uses], missing=missing)
    clean, false, hidden = (
        {"hidden": False},
        {"false_data": True, "hidden": False},
        {"false_data": True, "hidden": True},
    )
    units = {
        "a": a_unit(x=8, false_data=False, **clean), "b": a_unit(x=8, **false), "c": a_unit(x=8, **hidden),
        "d": a_unit(x=8, **clean), "e": a_unit(**false), "f": a_unit(x=8, **false, kind="park"),
        "g": a_unit(**clean), "h": a_unit(x=8, **clean, kind="park"),
    }  # fmt: skip
    return score(sheet, units)


def test_false_data_costs_60_percent_of_the_points():
    # 40 % of 8 is 3.2; missing and not applicable items keep their score.
    assert corrected(FALSE_DATA).points() == {
        "a": 8, "b": Fraction("3.2"), "c": Fraction("3.2"), "d": 8, "e": 0, "f": None, "g": 0, "h": None,
    }  # fmt: skip


def test_corrections_apply_in_turn():
    # 8 × 0.4 × 0.5 = 1.6.
    hidden = {"when": "hidden", "keep": "50%", "clause": "第十条"}

    assert corrected(FALSE_DATA, hidden).points() == {
        "a": 8, "b": Fraction("3.2"), "c": Fraction("1.6"), "d": 8, "e": 0, "f": None, "g": 0, "h": None,
    }  # fmt: skip


def test_a_stated_score_and_a_full_mark_given_are_not_corrected():
    outcome = corrected(FALSE_DATA, missing={"points": 6}, not_applicable="full")

    assert outcome.points() == {
        "a": 8, "b": Fraction("3.2"), "c": Fraction("3.2"), "d": 8, "e": 6, "f": 10, "g": 6, "h": 10,
    }  # fmt: skip


def test_corrections_come_after_floor_and_cap_and_before_rounding():
    # Capped at 7: 40 % is 2.8; a floor of 3 does not lift it again. 1/3 of 7 rounds to 2.33.
    assert corrected(FALSE_DATA, cap=7, floor=3).points()["b"] == Fraction("2.8")
    assert corrected({**FALSE_DATA, "keep": "1/3"}, cap=7, round=2).points()["b"] == Fraction("2.33")


def test_a_correction_that_cannot_be_told_has_no_effect_and_warns_where_there_are_points():
    warned = [(unit, clause) for unit, id, clause, _ in corrected(FALSE_DATA).warnings if id == "item"]

    assert warned == [("d", "第九条")]
