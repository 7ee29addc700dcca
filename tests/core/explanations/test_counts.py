from __future__ import annotations

from typing import Any

import pytest

from tests.builders import COEFFICIENTS, a_sheet, a_unit, an_item, score
from tests.core.explanations.telling import BURNS, CLASS, PANEL, PLAN, PM25, RESERVE, told


@pytest.mark.parametrize(
    ("x", "zh", "en"),
    [
        (0, "露天焚烧 0起，不扣分，得满分10分", "Open burning: 0 cases, no points off; full mark, 10 points"),
        (
            3,
            "分值10分；露天焚烧 3起，每1起扣2分，扣6分，得4分",
            "Full mark 10 points; Open burning: 3 cases, 2 points for each case, 6 points off; 4 points",
        ),
        (
            7,
            "分值10分；露天焚烧 7起，每1起扣2分，扣14分，计得-4分，按下限0分计",
            "Full mark 10 points; Open burning: 7 cases, 2 points for each case, 14 points off; -4 points, "
            "but never below 0",
        ),
        (None, "缺少“露天焚烧”，不计入", "Open burning is missing: left out"),
    ],
)
def test_what_is_told_of_cases_that_cost(x: Any, zh: str, en: str):
    assert told(an_item("deduct", lines=[{"figure": "x", "points": 2}]), {"x": BURNS}, {"x": x}) == (zh, en)


@pytest.mark.parametrize(
    ("x", "zh", "en"),
    [
        (0, "露天焚烧 0起，不计分，得0分", "Open burning: 0 cases, no points; 0 points"),
        (
            2,
            "露天焚烧 2起，每1起计5分，计10分，得满分10分",
            "Open burning: 2 cases, 5 points for each case, so 10 points; full mark, 10 points",
        ),
        (
            3,
            "露天焚烧 3起，每1起计5分，计15分，计得15分，按上限10分计",
            "Open burning: 3 cases, 5 points for each case, so 15 points; 15 points, but never above 10",
        ),
    ],
)
def test_what_is_told_of_cases_that_gain(x: Any, zh: str, en: str):
    assert told(an_item("award", lines=[{"figure": "x", "points": 5}]), {"x": BURNS}, {"x": x}) == (zh, en)


def test_several_lines_are_told_one_after_the_other():
    item = an_item("deduct", lines=[{"figure": "x", "points": 2}, {"figure": "y", "points": 1}])
    figures = {"x": BURNS, "y": {"title": {"zh": "占道经营", "en": "Street vending"}, "kind": "count"}}

    assert told(item, figures, {"x": 3, "y": 0}) == (
        "分值10分；露天焚烧 3起，每1起扣2分，扣6分；占道经营 0，不扣分，得4分",
        "Full mark 10 points; Open burning: 3 cases, 2 points for each case, 6 points off; Street vending: 0, "
        "no points off; 4 points",
    )


def test_a_step_of_nothing_is_told():
    item = an_item("deduct", lines=[{"figure": "x", "per": "stride", "points": 1, "partial": "up"}])

    assert told(item, {"x": PM25, "stride": {}}, {"x": 3, "stride": 0}) == (
        "每档幅度为0，无法计算，不计入",
        "the step is 0, so steps cannot be counted: left out",
    )


@pytest.mark.parametrize(
    ("when", "values", "zh", "en"),
    [
        ("plan", {"plan": True}, "实施方案：已完成，得满分10分", "Plan: done; full mark, 10 points"),
        ("plan", {"plan": False}, "实施方案：未完成，得0分", "Plan: not done; 0 points"),
        ("plan", {}, "缺少“实施方案”，不计入", "Plan is missing: left out"),
        (
            "plan or kind == 'street'",
            {"plan": False},
            "实施方案：否；类型 street；达到要求（实施方案 或 类型 = “street”），得满分10分",
            'Plan: no; kind: street; met (Plan or kind = "street"); full mark, 10 points',
        ),
        (
            "plan and has_river",
            {"plan": True, "has_river": False},
            "实施方案：是；有考核河道：否；未达到要求（实施方案 且 有考核河道），得0分",
            "Plan: yes; has an assessed river: no; not met (Plan and has an assessed river); 0 points",
        ),
        (
            "plan >= 1 and has_river >= 1",
            {"plan": True, "has_river": True},
            "实施方案：是；有考核河道 1；达到要求（实施方案 ≥ 1 且 有考核河道 ≥ 1），得满分10分",
            "Plan: yes; has an assessed river: 1; met (Plan ≥ 1 and has an assessed river ≥ 1); full mark, 10 points",
        ),
    ],
)
def test_what_is_told_of_yes_and_no(when: str, values: dict[str, Any], zh: str, en: str):
    assert told(an_item("done", when=when), {"plan": PLAN}, values) == (zh, en)


def test_what_is_told_of_a_list_of_measures():
    item = an_item("done", figures=["m1", "m2", "m3"], points=6)

    assert told(item, {}, {"m1": 1, "m2": 0, "m3": 1}) == (
        "3项中完成2项，按6分的2/3计，得4分",
        "2 of 3 done, so 2/3 of 6 points; 4 points",
    )


def test_what_is_told_of_a_choice():
    item = an_item("lookup", figure="x", table={"II": 10, "III": 1})

    assert told(item, {"x": CLASS}, {"x": "III"}) == (
        "水质类别 III，对应1分，得1分",
        "Water class: III, which earns 1 point; 1 point",
    )


def test_what_is_told_of_two_choices():
    table = {"II": {"up": 10, "down": 5}, "III": {"up": 6, "down": 1}}
    trend = {"title": {"zh": "变化", "en": "Change"}, "kind": "choice", "choices": ["up", "down"]}
    item = an_item("lookup", figure="x", across="trend", table=table)

    assert told(item, {"x": CLASS, "trend": trend}, {"x": "III", "trend": "up"}) == (
        "水质类别 III，变化 up，对应6分，得6分",
        "Water class: III, Change: up, which earns 6 points; 6 points",
    )


@pytest.mark.parametrize(
    ("counts", "zh", "en"),
    [
        (
            {"done": 2, "trial": 1, "days_late": 3},
            "完成2项，系数1；试运行1项，系数0.75；3项任务平均，计24分的≈91.6667%；逾期3天，"
            "每天扣0.5分，扣1.5分，得20.5分",
            "2 done, coefficient 1; 1 on trial, coefficient 0.75; 3 tasks, on average ≈91.6667% of 24 points; "
            "3 days late at 0.5 points a day, 1.5 points off; 20.5 points",
        ),
        (
            {"done": 1, "days_late": 2},
            "1项任务全部完成，计24分；逾期2天，每天扣0.5分，扣1分，得23分",
            "1 task, all done, 24 points; 2 days late at 0.5 points a day, 1 point off; 23 points",
        ),
        (
            {"none": 4},
            "未启动4项，系数0；4项任务平均，计24分的0%；没有逾期，得0分",
            "4 not started, coefficient 0; 4 tasks, on average 0% of 24 points; none late; 0 points",
        ),
        ({"done": 0}, "任务清单中没有该单位的任务，不计入", "the unit has no tasks in the task list: left out"),
    ],
)
def test_what_is_told_of_obligations(counts: dict[str, int], zh: str, en: str):
    late = {"per": "day", "points": "0.5"}
    keys = {"obligations": {"domain": "air"}, "coefficients": COEFFICIENTS, "late": late}
    item = an_item("tasks", id="t", points=24, **keys)
    uses = {"kind": "total-cap", "id": "uses", "clause": "1", "when": "x < 0", "at": 0}
    sheet = a_sheet(item, figures={"x": {}}, adjustments=[uses], missing="exclude")
    unit = a_unit(**{f"t.{status}": count for status, count in counts.items()})

    assert score(sheet, unit).why("t") == (zh, en)


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (
            {"x": 9, "y": 4},
            "PM2.5浓度 9 µg/m³；备用 4；按公式“如果(PM2.5浓度 > 5，PM2.5浓度 ÷ 3，备用)”计算，得3分",
            "PM2.5: 9 µg/m³; Reserve: 4; by the formula if(PM2.5 > 5, PM2.5 ÷ 3, Reserve); 3 points",
        ),
        (
            {"x": 9},
            "PM2.5浓度 9 µg/m³；备用：无数据；按公式“如果(PM2.5浓度 > 5，PM2.5浓度 ÷ 3，备用)”计算，得3分",
            "PM2.5: 9 µg/m³; Reserve: not known; by the formula if(PM2.5 > 5, PM2.5 ÷ 3, Reserve); 3 points",
        ),
        ({"x": 1}, "缺少“备用”，不计入", "Reserve is missing: left out"),
    ],
)
def test_what_is_told_of_a_formula(values: dict[str, Any], zh: str, en: str):
    item = an_item("formula", points_from="if(x > 5, x / 3, y)")

    assert told(item, {"x": PM25, "y": RESERVE}, values) == (zh, en)


def test_what_is_told_of_a_judgement_and_of_its_rounding():
    item = an_item("direct", figure="x", round=2)

    assert told(item, {"x": PANEL}, {"x": "8.125"}) == (
        "评审组评分评定为8.125分，计得8.125分，四舍五入得8.13分",
        "Panel: rated 8.125 points; 8.125 points, rounded to 8.13",
    )
