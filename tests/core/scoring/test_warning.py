"""Warnings: conditions that could not be told, and so had no effect."""

from __future__ import annotations

from typing import Any

import pytest

from assess.core.text import Text
from tests.builders import a_bonus, a_sheet, a_unit, an_adjustment, an_item, score
from tests.core.scoring.test_adjusting import GRADES, adjusted, an_award, effects, with_adjustments


@pytest.mark.parametrize(
    ("kind", "name"),
    [("veto", "Veto"), ("grade-cap", "Grade cap"), ("grade-down", "Grade lowered"), ("total-cap", "Total cap")],
)
def test_a_condition_that_cannot_be_told_has_no_effect_and_the_result_warns(kind: str, name: str):
    own: dict[str, Any] = {"grade-down": {"by": 1}, "total-cap": {"at": 10}}.get(kind, {"grade": "fail"})
    outcome = adjusted(an_adjustment(kind, when="wrongs > 1", clause="article 9", **own), unit=a_unit(base=80, extra=1))

    assert (str(outcome.total), outcome.grades) == ("80.00", {"a": "good"})
    assert outcome.warnings == [
        (
            "a",
            kind,
            "article 9",
            f"{name} (article 9): its condition cannot be checked (wrongs is missing), so it had no effect",
        )
    ]


def test_a_condition_that_another_part_decides_is_told():
    cap = an_adjustment("grade-cap", when="base > 70 or wrongs > 1", grade="fail")
    outcome = adjusted(cap, unit=a_unit(base=80))

    assert (outcome.grades, outcome.warnings) == ({"a": "fail"}, [])


def test_without_last_years_results_conditions_on_them_warn():
    outcome = adjusted(an_adjustment("grade-cap", when='previous_grade == "fail"', grade="fail"))

    assert outcome.grades == {"a": "good"}
    assert [warned.what for warned in outcome.results.warnings] == [
        Text(
            "“等次限制（1）”的条件无法判断（缺少“上年度等次”），未执行",
            ("Grade cap (1): its condition cannot be checked (last year's grade is missing), so it had no effect"),
        )
    ]


def test_a_condition_on_the_score_of_an_item_left_out_warns_by_its_title():
    item = an_item(points=100, figure="base", title="Air", missing="exclude")
    other = an_item(id="other", points=10, figure="extra")
    cap = an_adjustment("grade-cap", when="rate(item) < 50%", grade="fail")
    sheet = a_sheet(item, other, grades=GRADES, adjustments=[cap])

    assert score(sheet, a_unit(extra=9)).warnings == [
        (
            "a",
            "grade-cap",
            "1",
            ("Grade cap (1): its condition cannot be checked (Air has no score), so it had no effect"),
        )
    ]


def test_a_unit_of_no_group_is_adjusted_by_nothing_and_warns_of_nothing():
    groups = [{"id": "s", "where": 'kind == "street"'}]
    adjustments = [a_bonus(an_award()), an_adjustment("grade-cap", when="wrongs > 0", grade="fail")]
    sheet = with_adjustments(*adjustments, groups=groups)
    outcome = score(sheet, {"a": a_unit(base=80, extra=1, kind="park"), "b": a_unit(base=80, extra=1, wrongs=0)})

    assert outcome.totals == {"a": None, "b": "81.00"}
    assert (effects(outcome, 0), effects(outcome, 1)) == ([], [("bonus", "+1.00")])
    assert outcome.warnings == []


def test_warnings_come_by_unit_in_the_order_of_the_units():
    caps = [an_adjustment("grade-cap", id=name, when="wrongs > 0", grade="fail") for name in ("one", "two")]
    outcome = score(with_adjustments(*caps), {"b": a_unit(base=80), "a": a_unit(base=80)})

    assert [(unit, id) for unit, id, _, _ in outcome.warnings] == [
        ("b", "one"),
        ("b", "two"),
        ("a", "one"),
        ("a", "two"),
    ]
