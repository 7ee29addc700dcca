"""From the base total to the total: bonuses, deductions and conditions, in the order written."""

from __future__ import annotations

from typing import Any

import pytest

from assess.core.explanations.effects import applied_to, mark_of, words_of
from assess.core.rules.sheet import RuleSheet
from tests.builders import Outcome, Tree, a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, score

GRADES = [{"id": "excellent", "from": 90}, {"id": "good", "from": 80}, {"id": "fail"}]
BASE = an_item(points=100, figure="base")


def adjusted(*adjustments: Tree, unit: Any = None, **keys: Any) -> Outcome:
    """A unit `a` judged at 80 points of 100, with these adjustments."""
    sheet = with_adjustments(*adjustments, **keys)
    return score(sheet, unit if unit is not None else a_unit(base=80, extra=3, wrongs=2))


def with_adjustments(*adjustments: Tree, **keys: Any) -> RuleSheet:
    """A sheet of these adjustments, with the figures that they name."""
    figures: dict[str, Tree] = {name: {} for name in ("extra", "wrongs") if name in str(adjustments)}
    return a_sheet(BASE, figures=figures, **{"grades": GRADES, **keys}, adjustments=list(adjustments))


def an_award(points: Any = 5, each: Any = 1, figure: str = "extra", **keys: Any) -> Tree:
    """An item that awards so many points for each unit of the figure `extra`, at most its full mark."""
    line = {"figure": figure, "points": each, "partial": "pro-rata"}
    return an_item("award", id=keys.pop("id", "award"), points=points, lines=[line], **keys)


def a_deduction_of(*items: Tree, **keys: Any) -> Tree:
    """A deduction of these items."""
    return an_adjustment("deduction", items=list(items), **keys)


def effects(outcome: Outcome, unit: int = 0) -> list[tuple[str, str]]:
    """Which adjustments took effect on a unit, and their marks."""
    results = outcome.results
    return [(each.adjustment.id, mark_of(each, results, unit)) for each in applied_to(results, unit)]


def test_a_bonus_adds_what_its_items_earn():
    outcome = adjusted(a_bonus(an_award(), an_award(id="second", each="0.5")))

    assert str(outcome.total) == "84.50"
    assert effects(outcome) == [("bonus", "+4.50")]
    assert (outcome.scores("award"), outcome.scores("second")) == ({"a": "3"}, {"a": "1.5"})


def test_a_bonus_adds_no_more_than_its_cap():
    outcome = adjusted(a_bonus(an_award(), an_award(id="second"), cap=5))

    assert str(outcome.total) == "85.00"
    assert effects(outcome) == [("bonus", "+5.00")]


def test_a_deduction_takes_off_what_its_items_award_and_no_more_than_stated():
    wrongs = an_award(10, 3, "wrongs")

    assert str(adjusted(a_deduction_of(wrongs)).total) == "74.00"
    assert str(adjusted(a_deduction_of(wrongs, at_most=4)).total) == "76.00"
    assert effects(adjusted(a_deduction_of(wrongs, at_most=4))) == [("deduction", "-4.00")]


def test_an_item_of_a_bonus_without_a_score_adds_nothing():
    bonus = a_bonus(an_award(missing="exclude"), an_award(id="second", figure="wrongs"))

    assert str(adjusted(bonus, unit=a_unit(base=80, wrongs=2)).total) == "82.00"


def test_an_item_of_a_bonus_that_blocks_leaves_no_total():
    outcome = adjusted(a_bonus(an_award(missing="block")), unit=a_unit(base=80))

    assert (outcome.totals, outcome.states) == ({"a": None}, {"a": "blocked"})
    assert outcome.bases == {"a": None}


def test_points_are_added_exactly_and_the_total_is_rounded_once():
    bonus = a_bonus(an_award(each="0.335"))

    # 80.004 + 1.005 is 81.009; rounded apart it would be 80.00 + 1.01.
    assert str(adjusted(bonus, unit=a_unit(base="80.004", extra=3)).total) == "81.01"
    assert str(adjusted(bonus, unit=a_unit(base="80.001", extra=3)).total) == "81.01"
    assert str(adjusted(bonus, unit=a_unit(base="79.999", extra=3)).total) == "81.00"


def test_the_base_is_what_stands_before_any_adjustment():
    outcome = adjusted(a_bonus(an_award()), unit=a_unit(base="80.004", extra=3))

    assert str(outcome.bases["a"]) == "20001/250"


def test_adjustments_without_points_are_not_said_to_have_an_effect():
    outcome = adjusted(
        a_bonus(an_award()),
        a_deduction_of(an_award(figure="wrongs", id="less")),
        unit=a_unit(base=80, extra=0, wrongs=0),
    )

    assert effects(outcome) == []


def test_bounds_of_the_total_come_after_every_adjustment():
    plus, minus = a_bonus(an_award(30)), a_deduction_of(an_award(90, 40, "wrongs", id="less"))
    bounds = {"cap": 100, "floor": 10}

    outcome = adjusted(plus, minus, unit=a_unit(base=95, extra=30, wrongs=2), total=bounds)
    assert str(outcome.total) == "45.00"
    assert str(adjusted(plus, unit=a_unit(base=95, extra=30), total=bounds).total) == "100.00"
    assert str(adjusted(minus, unit=a_unit(base=5, wrongs=2), total=bounds).total) == "10.00"
    assert str(adjusted(minus, unit=a_unit(base=5, wrongs=2)).total) == "-75.00"


def test_a_total_cap_holds_where_its_condition_does():
    cap = an_adjustment("total-cap", when="wrongs > 1", at=60)

    outcome = adjusted(cap)
    assert str(outcome.total) == "60.00"
    assert effects(outcome) == [("total-cap", "total at most: 60")]
    assert str(adjusted(cap, unit=a_unit(base=80, wrongs=1)).total) == "80.00"
    assert str(adjusted(cap, unit=a_unit(base=50, wrongs=2)).total) == "50.00"


def test_each_adjustment_sees_the_total_of_those_above_it():
    bonus, cap = a_bonus(an_award()), an_adjustment("total-cap", when="total > 82", at=81)
    veto = an_adjustment("veto", when="total == 81", grade="fail")

    assert str(adjusted(bonus, cap).total) == "81.00"
    assert adjusted(bonus, cap, veto).grades == {"a": "fail"}
    assert adjusted(bonus, veto, cap).grades == {"a": "good"}


def test_conditions_see_totals_as_printed():
    veto = an_adjustment("veto", when="total < 60", grade="excellent")

    assert adjusted(veto, unit=a_unit(base="59.994")).grades == {"a": "excellent"}
    assert adjusted(veto, unit=a_unit(base="59.995")).grades == {"a": "fail"}


def test_conditions_see_scores_as_printed():
    item = an_item(points=100, figure="base", round=1)
    veto = an_adjustment("veto", when="score(item) >= 60", grade="excellent")
    sheet = a_sheet(item, grades=GRADES, adjustments=[veto])

    assert score(sheet, a_unit(base="59.95")).grades == {"a": "excellent"}
    assert score(sheet, a_unit(base="59.94")).grades == {"a": "fail"}


def test_a_rate_is_the_score_by_the_full_mark_that_counts():
    air = an_item(id="air", figure="air", points={"s": 40, "t": 20})
    water = an_item(id="water", figure="water", points=60)
    section = a_section(air, water, points={"s": 100, "t": 80})
    groups = [{"id": "s", "where": 'kind == "street"'}, {"id": "t", "where": 'kind == "township"'}]
    veto = an_adjustment("veto", when="rate(air) < 50%", grade="excellent")
    sheet = a_sheet(section, grades=GRADES, groups=groups, adjustments=[veto])
    units = {"a": a_unit(air="19.9", water=0), "b": a_unit(air="19.9", water=0, kind="township")}

    assert score(sheet, units).grades == {"a": "excellent", "b": "fail"}


def test_a_section_has_a_rate_of_what_did_not_leave_the_whole_sheet():
    river = an_item(id="river", figure="river", points=40, applies="has_river", not_applicable="rescale-total")
    water = an_item(id="water", figure="water", points=60)
    veto = an_adjustment("veto", when="rate(section) == 50%", grade="excellent")
    sheet = a_sheet(a_section(river, water), grades=GRADES, adjustments=[veto], attributes=["has_river"])

    assert score(sheet, a_unit(water=30, has_river="no")).grades == {"a": "excellent"}


def test_a_score_of_an_item_of_a_bonus_is_seen_below_it():
    veto = an_adjustment("grade-cap", when="score(award) >= 3", grade="fail")

    assert adjusted(a_bonus(an_award()), veto).grades == {"a": "fail"}


def test_conditions_see_last_years_results():
    last = {"grade": "fail", "rank": 23, "of": 24, "total": "50.00"}
    conditions = {
        'previous_grade == "fail"': "fail",
        'previous_grade == "no such grade"': "good",
        "previous_rank > previous_of - 2": "fail",
        "previous_rank > 23": "good",
    }
    for when, grade in conditions.items():
        cap = an_adjustment("grade-cap", when=when, grade="fail")
        assert adjusted(cap, unit=a_unit(base=80, last_result=last)).grades == {"a": grade}


def test_conditions_see_last_years_figures():
    down = an_adjustment("grade-down", when="base < previous(base)", by=1)

    assert adjusted(down, unit=a_unit(base=80, previous={"base": 81})).grades == {"a": "fail"}
    assert adjusted(down, unit=a_unit(base=80, previous={"base": 80})).grades == {"a": "good"}


def test_a_figure_may_be_called_like_something_of_last_year():
    cap = an_adjustment("grade-cap", when="previous_findings > 2", grade="fail")
    item, sheet_keys = an_item(points=100, figure="base"), {"grades": GRADES, "adjustments": [cap]}
    sheet = a_sheet(item, figures={"previous_findings": {"kind": "count"}}, **sheet_keys)

    assert score(sheet, a_unit(base=80, previous_findings=3)).grades == {"a": "fail"}


@pytest.mark.parametrize(
    ("kind", "keys", "words"),
    [
        ("veto", {"grade": "fail"}, "veto: the grade becomes Grade 3"),
        ("veto", {"grade": "fail", "unranked": True}, "veto: the grade becomes Grade 3, and the unit is not ranked"),
        ("grade-cap", {"grade": "good"}, "no better grade than Grade 2"),
        ("grade-down", {"by": 1}, "1 grade lower"),
        ("grade-down", {"by": 2}, "2 grades lower"),
        ("total-cap", {"at": "60.5"}, "the total is at most 60.5"),
    ],
)
def test_what_an_adjustment_did_is_told_in_words(kind: str, keys: dict[str, Any], words: str):
    results = adjusted(an_adjustment(kind, when="wrongs > 0", **keys)).results

    assert [words_of(each, results, 0).en for each in applied_to(results, 0)] == [words]


def test_marks_of_effects_are_alike_in_all_languages():
    outcome = adjusted(
        a_bonus(an_award()),
        a_deduction_of(an_award(5, "0.75", "wrongs", id="less")),
        an_adjustment("veto", when="wrongs > 0", grade="fail"),
        an_adjustment("grade-cap", when="wrongs > 0", grade="good"),
        an_adjustment("grade-down", when="wrongs > 0", by=1),
        an_adjustment("total-cap", when="wrongs > 0", at=60),
    )

    assert effects(outcome) == [
        ("bonus", "+3.00"),
        ("deduction", "-1.50"),
        ("veto", "grade: fail"),
        ("grade-cap", "grade at most: good"),
        ("grade-down", "grade: -1"),
        ("total-cap", "total at most: 60"),
    ]


def test_where_totals_are_not_rounded_effects_show_what_is_exact():
    outcome = adjusted(a_bonus(an_award(each="0.12345")), rounding={})

    assert effects(outcome) == [("bonus", "+0.37035")]
