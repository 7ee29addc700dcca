from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.builders import Outcome, a_section, a_sheet, a_unit, an_item, refused, score, units_with

GROUPS = [{"id": "streets", "where": "kind == 'street'"}, {"id": "townships", "where": "kind == 'township'"}]
THIRD = {"points_from": "x / 3"}


def of_x(*, rounding: dict[str, Any] | None = None, **keys: Any) -> Outcome:
    """Units with 2, 5, 20 and nothing for a formula of 10 points that is the figure `x`."""
    item = an_item("formula", **{"points_from": "x", **keys})
    sheet = a_sheet(item, figures={"x": {}}, rounding=rounding or {"total": 2})
    return score(sheet, units_with("x", a=2, b=5, c=20, d=None))


# floor and cap


def test_points_lie_between_nothing_and_the_full_mark():
    assert of_x(points_from="x - 4").points() == {"a": 0, "b": 1, "c": 10, "d": 0}


def test_floor_and_cap_stand_where_the_rule_puts_them():
    assert of_x(floor=3, cap=15).points() == {"a": 3, "b": 5, "c": 15, "d": 0}
    assert of_x(floor=-3, points_from="x - 10").points() == {"a": -3, "b": -3, "c": 10, "d": 0}


def test_a_floor_above_the_cap_is_refused():
    assert refused(an_item("direct", floor=11)) == [
        "items.0.floor: The floor 11 is above the cap 10. Change one of them."
    ]


# rounding


def test_nothing_is_rounded_unless_the_sheet_says_so():
    sheet = a_sheet(an_item(), rounding={})
    outcome = score(sheet, a_unit(panel="7.123456789"))

    assert outcome.points() == {"a": Fraction("7.123456789")}
    assert outcome.scores() == {"a": "7.123456789"}
    assert outcome.totals == {"a": "7.123456789"}


def test_a_number_that_no_decimal_writes_is_shown_with_15_digits_and_kept_exact():
    outcome = of_x(points_from="x / 3", rounding={})

    assert outcome.points() == {"a": Fraction(2, 3), "b": Fraction(5, 3), "c": Fraction(20, 3), "d": 0}
    assert outcome.scores() == {"a": "0.666666666666667", "b": "1.66666666666667", "c": "6.66666666666667", "d": "0"}


@pytest.mark.parametrize(
    ("mode", "printed"),
    [("half-up", ["2.35", "2.36", "-2.35"]), ("half-even", ["2.34", "2.36", "-2.34"])],
)
def test_halves_go_away_from_zero_or_to_the_even_digit(mode: str, printed: list[str]):
    sheet = a_sheet(an_item("direct", figure="x", floor=-10), rounding={"mode": mode, "item": 2, "total": 2})
    outcome = score(sheet, units_with("x", a="2.345", b="2.355", c="-2.345"))

    assert list(outcome.scores().values()) == printed
    assert list(outcome.totals.values()) == printed


def test_an_item_may_have_digits_of_its_own():
    rounding = {"item": 2, "total": 2}

    assert of_x(points_from="x / 3", rounding=rounding, round=0).points() == {"a": 1, "b": 2, "c": 7, "d": 0}
    assert of_x(points_from="x / 3", rounding=rounding, round="none").points()["a"] == Fraction(2, 3)
    assert of_x(points_from="x / 3", rounding=rounding).points() == {
        "a": Fraction("0.67"), "b": Fraction("1.67"), "c": Fraction("6.67"), "d": 0,
    }  # fmt: skip


def test_rounded_items_add_up_and_the_base_is_not_rounded_again():
    # Three items of 1/3 each: rounded 0.33 × 3 = 0.99; not rounded exactly 1.
    items = [an_item("formula", id=f"i{n}", **THIRD) for n in range(3)]
    rounded = a_sheet(*items, figures={"x": {}}, rounding={"item": 2, "total": 2})
    exact = a_sheet(*items, figures={"x": {}}, rounding={"total": 2})

    assert score(rounded, a_unit(x=1)).totals == {"a": "0.99"}
    assert score(exact, a_unit(x=1)).totals == {"a": "1.00"}
    assert score(exact, a_unit(x=1)).bases == {"a": 1}


def test_sections_are_rounded_only_where_the_sheet_says_so():
    # 1.666… + 1.666…: the section alone 3.33, or rounded to one digit 3.3.
    section = a_section(*(an_item("formula", id=name, **THIRD) for name in ("i1", "i2")))
    units = a_unit(x=5)

    assert score(a_sheet(section, figures={"x": {}}), units).points("section") == {"a": Fraction(10, 3)}
    assert score(a_sheet(section, figures={"x": {}}, rounding={"section": 1, "total": 2}), units).totals == {
        "a": "3.30"
    }


# applies


def riverside(not_applicable: str, *, combine: str = "sum", points: Any = None) -> Outcome:
    """A river of 30 points beside an item of 10; a has 15 and 6, b no river and 6."""
    river = an_item("direct", id="river", figure="r", points=30, applies="has_river", not_applicable=not_applicable)
    section = a_section(river, an_item("direct", id="other", figure="o"), combine=combine, points=points)
    sheet = a_sheet(section, an_item("direct", id="rest", figure="z", points=60))
    units = {"a": a_unit(r=15, o=6, z=30, has_river=True), "b": a_unit(r=15, o=6, z=30, has_river=False)}
    return score(sheet, units)


def test_an_item_that_does_not_apply_leaves_its_full_mark_to_its_section():
    # b: 6 of 10 in a section of 40 gives 24.
    outcome = riverside("rescale")

    assert outcome.points("river") == {"a": 15, "b": None}
    assert outcome.points("section") == {"a": 21, "b": 24}
    assert outcome.states_of("river") == {"a": "scored", "b": "not-applicable"}
    assert outcome.totals == {"a": "51.00", "b": "54.00"}


def test_an_item_may_leave_its_full_mark_to_the_whole_sheet():
    # b: 6 + 30 = 36 of 100 − 30 = 70; 36/70 × 100 = 51.43. The section keeps 6 of 10.
    outcome = riverside("rescale-total")

    assert outcome.points("section") == {"a": 21, "b": 6}
    assert outcome.full("section") == {"a": 40, "b": 10}
    assert outcome.totals == {"a": "51.00", "b": "51.43"}


def test_an_item_that_does_not_apply_may_have_its_full_mark_or_nothing():
    full, zero = riverside("full"), riverside("zero")

    assert (full.points("river"), full.totals) == ({"a": 15, "b": 30}, {"a": "51.00", "b": "66.00"})
    assert (zero.points("river"), zero.totals) == ({"a": 15, "b": 0}, {"a": "51.00", "b": "36.00"})
    assert full.states_of("river") == zero.states_of("river") == {"a": "scored", "b": "not-applicable"}


def test_an_approved_exemption_has_the_same_effect():
    sheet = a_sheet(
        a_section(an_item("direct", id="i1", figure="x", points=30), an_item("direct", id="i2", figure="y"))
    )
    units = {"a": a_unit(x=15, y=6), "b": a_unit(x=15, y=6)}
    outcome = score(sheet, units, [("b", "i1")])

    assert outcome.points("section") == {"a": 21, "b": 24}
    assert outcome.states_of("i1") == {"a": "scored", "b": "not-applicable"}


def test_an_item_applies_where_nobody_can_say_and_the_result_warns():
    sheet = a_sheet(an_item("direct", applies="has_river"))
    outcome = score(sheet, {"a": a_unit(panel=5, has_river=False), "b": a_unit(panel=5)})

    assert outcome.points() == {"a": None, "b": 5}
    assert outcome.warnings == [
        (
            "b",
            "item",
            "1",
            (
                "whether Item 1 (1) applies cannot be checked (has an assessed river is missing), so "
                "it counts as applicable"
            ),
        )
    ]


def test_an_exempt_unit_needs_no_warning_that_nobody_can_say_whether_the_item_applies():
    outcome = score(
        a_sheet(an_item("direct", applies="river")), {"a": a_unit(river=True), "b": a_unit()}, [("b", "item")]
    )

    assert (outcome.states_of(), outcome.warnings) == ({"a": "missing", "b": "not-applicable"}, [])


def test_full_marks_of_items_left_out_go_to_the_rest_of_the_sheet_at_the_top_too():
    # 88 of 90, of 100: 97.78.
    items = [an_item("direct", id="i1", figure="x", points=90), an_item("direct", id="i2", figure="y", applies="river")]

    assert score(a_sheet(*items), a_unit(x=88, y=1, river=False)).totals == {"a": "97.78"}


@pytest.mark.parametrize("combine", ["rate", "mean", "geometric", "harmonic", "minimum"])
def test_leaving_the_total_is_refused_where_a_section_above_is_no_sum(combine: str):
    item = an_item("direct", not_applicable="rescale-total", applies="river")

    assert refused(a_section(a_section(item, id="inner"), combine=combine)) == [
        f"items.0.items.0.items.0.not_applicable: `rescale-total` cannot be used inside a section with combine "
        f"{combine}. Use `rescale`."
    ]


def test_leaving_the_section_and_leaving_the_total_go_together():
    # Of 100, r (30) leaves the total and s (20) its section: section 12 of 30 × 50 = 20 of 50; 20 + 15 = 35 of 70 → 50.
    r = an_item("direct", id="r", figure="x", points=30, applies="river", not_applicable="rescale-total")
    s = an_item("direct", id="s", figure="x", points=20, applies="river")
    t = an_item("direct", id="t", figure="y", points=30)
    sheet = a_sheet(a_section(r, s, t), an_item("direct", id="rest", figure="z", points=20))
    outcome = score(sheet, a_unit(x=1, y=12, z=15, river=False))

    assert outcome.points("section") == {"a": 20}
    assert outcome.full("section") == {"a": 50}
    assert outcome.totals == {"a": "50.00"}


def test_a_section_of_which_nothing_applies_is_left_out_itself():
    river = a_section(an_item("direct", id="r", figure="x", applies="river"), id="water")
    sheet = a_sheet(river, an_item("direct", id="rest", figure="y", points=30))
    outcome = score(sheet, a_unit(x=1, y=15, river=False))

    assert outcome.points("water") == {"a": None}
    assert outcome.states_of("water") == {"a": "not-applicable"}
    # 15 of 30, of 40.
    assert outcome.totals == {"a": "20.00"}


# groups


def test_full_marks_may_differ_by_group():
    # The township's ratio of 1/2 earns half of 20.
    item = an_item("ratio", points={"streets": 10, "townships": 20}, figure="x", target=8, better="higher")
    section = a_section(item, points={"streets": 10, "townships": 20})
    units = {"a": a_unit(x=4), "b": a_unit(x=4, kind="township"), "c": a_unit(x=9, kind="township")}
    outcome = score(a_sheet(section, groups=GROUPS), units)

    assert outcome.points() == {"a": 5, "b": 10, "c": 20}
    assert outcome.full("section") == {"a": 10, "b": 20, "c": 20}
    assert outcome.totals == {"a": "5.00", "b": "10.00", "c": "20.00"}


def test_full_marks_must_add_up_in_every_group():
    item = an_item("direct", points={"streets": 10, "townships": 20})

    assert refused(a_section(item, points={"streets": 10, "townships": 15}), groups=GROUPS) == [
        "items.0.points: The full mark 15 is not the sum of those below, 20. Correct it (group townships)."
    ]


def test_full_marks_by_group_name_every_group():
    assert refused(an_item("direct", points={"streets": 10}), groups=GROUPS) != []


def test_a_unit_of_no_group_has_no_scores_and_is_not_compared():
    outcome = score(
        a_sheet(an_item("direct"), groups=GROUPS), {"a": a_unit(panel=5), "b": a_unit(panel=9, kind="park")}
    )

    assert outcome.states == {"a": "scored", "b": "no-group"}
    assert outcome.points() == {"a": 5, "b": None}
    assert outcome.states_of() == {"a": "scored", "b": "no-group"}
