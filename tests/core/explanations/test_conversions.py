"""What is told of converted points: of units and of the posts of their leadership teams, and of a total scaled up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assess.core.scorecard.content import Scorecard
from tests.builders import Tree, a_section, a_sheet, an_adjustment, an_item, score, units_with
from tests.core.scoring.test_conversion import GRADES

LOWER = {"better": "lower"}
OFF = {"figure": "panel", "target": 5, "points": 3, "partial": "pro-rata"}
LOWERED = an_adjustment("deduction", items=[an_item("award", id="less", points=100, lines=[OFF])])


def cards(conversion: Tree, *totals: Any, **keys: Any) -> list[Scorecard]:
    """The cards of units judged at these points of 100."""
    sheet = a_sheet(an_item(points=100), conversion=conversion, **keys)
    outcome = score(sheet, units_with("panel", **dict(zip("abcdefgh", totals, strict=False))))
    return [outcome.card(code) for code in outcome.codes]


@pytest.mark.parametrize(
    ("conversion", "totals", "keys", "zh", "en"),
    [
        (
            {"by": "share", "points": 15},
            ["87.35"],
            {},
            "总分87.35 ÷ 满分100 × 折算分值15，计得13.1025分，四舍五入得13.10分",
            "total 87.35 ÷ full mark 100 × full mark of the conversion 15; 13.1025 points, rounded to 13.10",
        ),
        (
            {"by": "spread", "points": 10},
            [75, 90, 70],
            {},
            "(总分75 − 本组最差总分70) ÷ (本组最好总分90 − 本组最差总分70) × 折算分值10，得2.50分",
            "(total 75 − worst of the group 70) ÷ (best 90 − worst 70) × full mark of the conversion 10; 2.50 points",
        ),
        (
            {"by": "spread", "points": 10},
            [75, 75],
            {},
            "本组各单位总分相同，按折算分值10计，得10.00分",
            "all totals of the group are equal, which earns the full mark of the conversion 10; 10.00 points",
        ),
        (
            {"by": "relative", "points": 10},
            [60, 90],
            {},
            "总分60 ÷ 本组最好总分90 × 折算分值10，计得≈6.6667分，四舍五入得6.67分",
            "total 60 ÷ best of the group 90 × full mark of the conversion 10; ≈6.6667 points, rounded to 6.67",
        ),
        (
            {"by": "relative", "points": 10},
            [60, 45],
            {"ranking": LOWER},
            "本组最好总分45 ÷ 总分60 × 折算分值10，得7.50分",
            "best of the group 45 ÷ total 60 × full mark of the conversion 10; 7.50 points",
        ),
        (
            {"by": "relative", "points": 10},
            [90, 60],
            {},
            "总分为本组最好，按折算分值10计，得10.00分",
            "the best total of the group, which earns the full mark of the conversion 10; 10.00 points",
        ),
        (
            {"by": "relative", "points": 10},
            ["9.5", 2],
            {"adjustments": [LOWERED], "total": {"floor": -10}},
            "(总分-4 − 下限-10) ÷ (本组最好总分2 − 下限-10) × 折算分值10，得5.00分",
            "(total -4 − floor -10) ÷ (best of the group 2 − floor -10) × full mark of the conversion 10; 5.00 points",
        ),
        (
            {"by": "relative", "points": 10},
            [8, 2],
            {"adjustments": [LOWERED]},
            "总分-1低于0，按0分计，得0.00分",
            "the total -1 is below 0; 0.00 points",
        ),
        (
            {"by": "relative", "points": 10},
            [0, 0],
            {},
            "本组最好总分0不高于0，按0分计，得0.00分",
            "the best total of the group, 0, is not above 0; 0.00 points",
        ),
        (
            {"by": "grade", "table": {"good": 10, "pass": 8, "fail": 5}},
            [60],
            {"grades": GRADES},
            "等次为第2等，按等次折算，得8.00分",
            "by the grade: Grade 2; 8.00 points",
        ),
        (
            {"by": "rank", "table": [10, 8, 5]},
            [60, 70],
            {},
            "第2名，按名次折算，得8.00分",
            "by the rank: 2; 8.00 points",
        ),
        ({"by": "share", "points": 15}, [None], {"missing": "block"}, "", ""),
    ],
)
def test_how_the_converted_points_of_a_unit_come_about(
    conversion: Tree, totals: list[Any], keys: Tree, zh: str, en: str
):
    assert cards(conversion, *totals, **keys)[0].converted_why == (zh, en)


@pytest.mark.parametrize(
    ("member", "zh", "en"),
    [
        ({}, "", ""),
        (
            {"coefficient": "0.9"},
            "绩效折算分13.1025 × 系数0.9，计得11.79225分，四舍五入得11.79分",
            "converted points 13.1025 × coefficient 0.9; 11.79225 points, rounded to 11.79",
        ),
        (
            {"coefficient": "1.2"},
            "绩效折算分13.1025 × 系数1.2，计得15.723分，按上限15.00分计",
            "converted points 13.1025 × coefficient 1.2; 15.723 points, but never above 15.00",
        ),
        (
            {"cap": 12},
            "按绩效折算分计，计得13.1025分，按上限12.00分计",
            "the converted points of the unit; 13.1025 points, but never above 12.00",
        ),
        (
            {"items": ["item"]},
            "“{item}”：得分合计87.35 ÷ 分值合计100 × 折算分值15，计得13.1025分，四舍五入得13.10分",
            "“{item}”: points 87.35 ÷ full marks 100 × full mark of the conversion 15; "
            "13.1025 points, rounded to 13.10",
        ),
        (
            {"items": ["item"], "coefficient": "1.05"},
            "“{item}”：得分合计87.35 ÷ 分值合计100 × 折算分值15 × 系数1.05，计得13.757625分，四舍五入得13.76分",
            "“{item}”: points 87.35 ÷ full marks 100 × full mark of the conversion 15 × coefficient 1.05; "
            "13.757625 points, rounded to 13.76",
        ),
    ],
)
def test_how_the_points_of_a_post_come_about(member: Tree, zh: str, en: str):
    conversion = {"by": "share", "points": 15, "members": [{"post": "head", **member}]}
    sheet = a_sheet(an_item(points=100, title="“{item}”"), conversion=conversion)
    card = score(sheet, units_with("panel", a="87.35")).card("a")

    assert card.members[0].why == (zh, en)


def test_own_items_without_a_score_are_not_named():
    items = [an_item(id=name, title=name.title(), figure=name, points=50) for name in ("air", "water")]
    conversion = {"by": "share", "points": 10, "members": [{"post": "head", "items": ["air", "water"]}]}
    sheet = a_sheet(*items, conversion=conversion, missing="exclude")

    assert score(sheet, units_with("air", a=40)).card("a").members[0].why.en == (
        "Air: points 40 ÷ full marks 50 × full mark of the conversion 10; 8.00 points"
    )


def test_a_total_that_is_scaled_up_says_by_what():
    items = [an_item(id=name, figure=name, points=points) for name, points in (("air", 40), ("water", 60))]
    sheet = a_sheet(a_section(*items[:1], id="first"), items[1], missing="exclude")
    (_, step) = score(sheet, units_with("air", a=30)).card("a").bridge

    assert step.what == (
        "全表：未计分项的分值折算（得分合计30 ÷ 分值合计40 × 满分100）",
        "Whole sheet: full marks of items left out are redistributed (points 30 ÷ full marks 40 × full mark 100)",
    )
    assert Fraction(step.amount) == Fraction(30) / 40 * 100 - 30
