"""What is told of sections: how their points come about from those below, and why they have none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Outcome, Tree, a_section, a_sheet, a_unit, an_item, score

ALL = {"x": 42, "y": 30, "z": "50.5"}
TWO = {"x": 42, "y": 30}
ONE = {"x": 42}
NO_WEIGHT_FOR_X = {"x": 0, "y": 1, "z": 1}
WEIGHTS = {"x": 30, "y": 70, "z": 1}


def combined(combine: str, values: dict[str, Any], weights: dict[str, Any] | None = None, **keys: Any) -> Outcome:
    """One unit; items x, y, z of 100 points each in a section that combines them; nothing is rounded."""
    rounding = keys.pop("rounding", {})
    items: list[Tree] = [
        an_item(id=name, title=name, figure=name, points=100, floor=-100, weight=(weights or {}).get(name))
        for name in ("x", "y", "z")
    ]
    section = a_section(*items, combine=combine, **keys)
    return score(a_sheet(section, missing="exclude", rounding=rounding), a_unit(**values))


def told(*args: Any, **keys: Any) -> tuple[str, str]:
    """What is told of that section in both languages."""
    outcome = combined(*args, **keys)
    return outcome.whys("section", "zh")["a"], outcome.whys("section")["a"]


@pytest.mark.parametrize(
    ("combine", "values", "weights", "zh", "en"),
    [
        ("sum", ALL, None, "", ""),
        (
            "sum",
            TWO,
            None,
            "1项不计入；其余得分合计72 ÷ 其余分值合计200 × 本类分值300，得108分",
            "1 left out; points of the others 72 ÷ their full marks 200 × full mark of the section 300; 108 points",
        ),
        (
            "mean",
            ALL,
            None,
            "平均：(42 + 30 + 50.5) ÷ 3，得≈40.8333分",
            "average: (42 + 30 + 50.5) ÷ 3; ≈40.8333 points",
        ),
        (
            "mean",
            TWO,
            WEIGHTS,
            "1项不计入；加权平均：(42 × 30 + 30 × 70) ÷ 100，得33.6分",
            "1 left out; weighted average: (42 × 30 + 30 × 70) ÷ 100; 33.6 points",
        ),
        (
            "mean",
            ALL,
            NO_WEIGHT_FOR_X,
            "平均：(30 + 50.5) ÷ 2，得40.25分",
            "average: (30 + 50.5) ÷ 2; 40.25 points",
        ),
        (
            "mean",
            ONE,
            None,
            "2项不计入；只计1项的得分42，得42分",
            "2 left out; only one counts: 42; 42 points",
        ),
        (
            "harmonic",
            TWO,
            None,
            "1项不计入；调和平均：2 ÷ (1 ÷ 42 + 1 ÷ 30)，得35分",
            "1 left out; harmonic mean: 2 ÷ (1 ÷ 42 + 1 ÷ 30); 35 points",
        ),
        (
            "harmonic",
            TWO,
            WEIGHTS,
            "1项不计入；加权调和平均：100 ÷ (30 ÷ 42 + 70 ÷ 30)，得32.8125分",
            "1 left out; weighted harmonic mean: 100 ÷ (30 ÷ 42 + 70 ÷ 30); 32.8125 points",
        ),
        (
            "harmonic",
            {**ALL, "z": 0},
            None,
            "其中有0分，调和平均为0，得0分",
            "one of them is 0, and so is the harmonic mean; 0 points",
        ),
        (
            "geometric",
            ALL,
            None,
            "几何平均：42、30、50.5，得≈39.9228分",
            "geometric mean of 42, 30, 50.5; ≈39.9228 points",
        ),
        (
            "geometric",
            TWO,
            WEIGHTS,
            "1项不计入；几何平均：42（权重30）、30（权重70），得≈33.1864分",
            "1 left out; geometric mean of 42 (weight 30), 30 (weight 70); ≈33.1864 points",
        ),
        (
            "minimum",
            TWO,
            WEIGHTS,
            "1项不计入；取最低分：42、30，得30分",
            "1 left out; the lowest of 42, 30; 30 points",
        ),
    ],
)
def test_how_the_points_of_a_section_come_about(combine: str, values: Tree, weights: Tree | None, zh: str, en: str):
    assert told(combine, values, weights) == (zh, en)


def test_a_rate_is_told_with_its_full_marks():
    items = [an_item(id=name, figure=name, points=points) for name, points in (("x", 60), ("y", 30))]
    sheet = a_sheet(a_section(*items, combine="rate", points=10), missing="exclude", rounding={"section": 1})
    outcome = score(sheet, {"a": a_unit(x=60, y=28), "b": a_unit(x=30)})

    assert outcome.whys("section", "zh") == {
        "a": "得分合计88 ÷ 分值合计90 × 本类分值10，计得≈9.7778分，四舍五入得9.8分",
        "b": "1项不计入；其余得分合计30 ÷ 其余分值合计60 × 本类分值10，得5.0分",
    }
    assert outcome.whys("section") == {
        "a": "points 88 ÷ full marks 90 × full mark of the section 10; ≈9.7778 points, rounded to 9.8",
        "b": "1 left out; points of the others 30 ÷ their full marks 60 × full mark of the section 10; 5.0 points",
    }


@pytest.mark.parametrize(
    ("keys", "zh", "en"),
    [
        ({}, "", ""),
        (
            {"cap": 100},
            "各项得分合计，计得122.5分，按上限100分计",
            "sum of the points below; 122.5 points, but never above 100",
        ),
        (
            {"floor": 150},
            "各项得分合计，计得122.5分，按下限150分计",
            "sum of the points below; 122.5 points, but never below 150",
        ),
        (
            {"rounding": {"section": 0}},
            "各项得分合计，计得122.5分，四舍五入得123分",
            "sum of the points below; 122.5 points, rounded to 123",
        ),
        (
            {"rounding": {"section": 0, "mode": "half-even"}},
            "各项得分合计，计得122.5分，四舍六入五成双得122分",
            "sum of the points below; 122.5 points, rounded half-even to 122",
        ),
        (
            {"cap": "100.5", "rounding": {"section": 0}},
            "各项得分合计，计得122.5分，按上限100.5分计，舍入得101分",
            "sum of the points below; 122.5 points, but never above 100.5 points, rounded to 101",
        ),
    ],
)
def test_floor_cap_and_rounding_of_a_sum_are_told_where_they_change_it(keys: Tree, zh: str, en: str):
    assert told("sum", ALL, **keys) == (zh, en)


@pytest.mark.parametrize(
    ("combine", "values", "weights", "zh", "en"),
    [
        ("mean", {}, None, "下级均无得分", "nothing below has a score"),
        (
            "harmonic",
            {"x": -1, "y": 3},
            None,
            "其中有负分，不能取平均，本类不计分",
            "one of its items is negative, so the section has no average",
        ),
        (
            "mean",
            ONE,
            NO_WEIGHT_FOR_X,
            "有得分的项权重均为0，本类不计分",
            "the items with a score have no weight, so the section has none",
        ),
    ],
)
def test_why_a_section_has_no_points(combine: str, values: Tree, weights: Tree | None, zh: str, en: str):
    assert told(combine, values, weights) == (zh, en)


def test_numbers_are_cut_later_where_four_decimals_would_lead_to_other_points():
    # 3.3347 and 3.3353 would give 3.335 and so 3.34.
    thirds = [an_item("ratio", id=name, figure=name, target=30000, better="higher") for name in ("x", "y")]
    sheet = a_sheet(a_section(*thirds, combine="mean"), rounding={"section": 2})

    assert score(sheet, a_unit(x=10004, y="10005.97")).whys("section")["a"] == (
        "average: (≈3.334667 + ≈3.335323) ÷ 2; 3.334995 points, rounded to 3.33"
    )
