"""What would lift a unit to a better grade: points, and what stands in the way of them."""

from __future__ import annotations

from typing import Any

import pytest

from assess.core.scorecard.book import BookMaker
from assess.core.text import Text
from tests.builders import Outcome, a_sheet, an_adjustment, an_item, score, units_with

GRADES: list[dict[str, Any]] = [
    {"id": "excellent", "title": "Excellent", "from": 90, "at_most": "25%"},
    {"id": "good", "title": "Good", "from": 80},
    {"id": "pass", "title": "Pass", "from": 60},
    {"id": "fail", "title": "Fail"},
]
FRAUD = {"when": "panel > 0", "title": "Fraud", "clause": "第九条 / Article 9"}


def scored(*panels: Any, **keys: Any) -> Outcome:
    """Units `a`, `b`, … with these points."""
    sheet = a_sheet(an_item(points=100), **{"grades": GRADES, "rounding": {"total": 1}, **keys})
    return score(sheet, units_with("panel", **dict(zip("abcdefgh", panels, strict=False))))


def lift(outcome: Outcome, code: str = "a") -> str | None:
    """What the card of a unit says in English."""
    told = outcome.card(code).next_grade
    return None if told is None else told.en


def test_points_alone_lift_a_unit_where_nothing_else_stands_in_the_way():
    assert lift(scored(75, 50, 50, 50)) == "5 more points reach 80, from which the grade is Good"
    assert lift(scored(95, 50, 50, 50)) is None


def test_a_grade_whose_places_are_taken_is_not_reached_by_points_alone():
    outcome = scored(95, 94, 85, 50)

    assert lift(outcome, "b") == (
        "the total reaches Excellent, but all its places in the group (1) are taken; the unit must overtake another"
    )
    assert lift(outcome, "c") == (
        "5 more points reach 90, from which the grade is Excellent; all its places in the "
        "group (1) are taken, so the unit must also overtake one of them"
    )
    assert lift(scored(85, 84)) == (
        "5 more points reach 90, from which the grade is Excellent; but the group has no "
        "places for that grade, so points alone cannot reach it"
    )


@pytest.mark.parametrize(
    ("kind", "keys", "points", "words"),
    [
        ("veto", {"grade": "fail"}, 75, "the total reaches Pass, but these limit the grade: Fraud"),
        ("grade-cap", {"grade": "good"}, 85, "more points cannot raise the grade, which is limited by: Fraud"),
        ("grade-cap", {"grade": "good"}, 75, "5 more points reach 80, from which the grade is Good"),
        (
            "grade-down",
            {"by": 1},
            75,
            "5 more points reach 80, from which the grade is Good; with Fraud the grade is then Pass",
        ),
        (
            "total-cap",
            {"at": 79},
            85,
            "Good begins at 80, above the highest possible total of 79 (Fraud), so more points cannot reach it",
        ),
    ],
)
def test_vetoes_caps_and_steps_down_are_accounted_for(kind: str, keys: dict[str, Any], points: int, words: str):
    outcome = scored(points, 50, 50, 50, adjustments=[an_adjustment(kind, **FRAUD, **keys)])

    assert lift(outcome) == words


def test_a_line_of_a_ranking_says_why_a_unit_was_vetoed_or_capped():
    outcome = scored(85, adjustments=[an_adjustment("veto", grade="fail", **FRAUD)])
    [row] = BookMaker(outcome.lines).book().tables[0].rows

    assert row.marks == (
        Text("一票否决，等次定为Fail：Fraud（第九条）", "veto: the grade becomes Fail: Fraud (Article 9)"),
    )
