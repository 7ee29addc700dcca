"""Full marks that add up to no usual total, full marks and grades that nobody reaches."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Tree, a_bonus, a_section, an_item
from tests.core.warnings.warned import all_warned, warned

GROUPS = [
    {"id": "streets", "title": "Streets", "where": 'kind == "street"'},
    {"id": "townships", "title": "Townships", "where": 'kind == "township"'},
]


@pytest.mark.parametrize(
    ("points", "keys", "given"),
    [
        (110, {}, True),
        (110, {"points": 110}, False),
        (100, {}, False),
        (1000, {}, False),
        ({"streets": 100, "townships": 1000}, {"groups": GROUPS}, False),
        ({"streets": 100, "townships": 90}, {"groups": GROUPS}, True),
    ],
)
def test_a_total_of_neither_100_nor_1000_is_to_be_stated(points: Any, keys: dict[str, Any], given: bool):
    told = all_warned(an_item(points=points), **keys)

    assert [each for each in told if "title" not in each] == ["total-not-stated-mark items"] * given


PERCENT = {"kind": "percent", "min": 0, "max": 100}


@pytest.mark.parametrize(
    ("item", "figure", "key"),
    [
        (an_item("interpolate", figure="x", points_at=[[0, 0], [100, 9]]), PERCENT, "points_at"),
        (an_item("interpolate", figure="x", points_at=[[0, 0], [100, 10]]), PERCENT, None),
        (an_item("interpolate", figure="x", full_at=101, zero_at=60), PERCENT, "full_at"),
        (an_item("interpolate", figure="x", full_at=100, zero_at=60), PERCENT, None),
        (an_item("interpolate", figure="x", full_at=-1, zero_at=60), PERCENT, "full_at"),
        (an_item("interpolate", figure="x", full_at=101, zero_at="income"), PERCENT, None),
        (an_item("ratio", figure="x", target=110, better="higher"), PERCENT, "target"),
        (an_item("ratio", figure="x", target=110, better="higher", full_from="90%"), PERCENT, None),
        (an_item("ratio", figure="x", target=100, better="higher"), PERCENT, None),
        (an_item("ratio", figure="x", target="income", better="higher"), PERCENT, None),
        (an_item("ratio", figure="x", target=4, better="lower"), {"kind": "number", "min": 5}, "target"),
        (an_item("ratio", figure="x", target=-1, better="lower"), {"kind": "number", "min": 0}, None),
        (an_item("lookup", figure="x", table={"II": 9, "III": 5}), None, "table"),
        (an_item("lookup", figure="x", table={"II": 10, "III": 5}), None, None),
        (an_item("award", lines=[{"figure": "x", "points": 1, "at_most": 9}]), None, "lines"),
        (an_item("award", lines=[{"figure": "x", "points": 1, "at_most": 10}]), None, None),
        (an_item("award", lines=[{"figure": "x", "points": 1}]), None, None),
    ],
)
def test_a_full_mark_that_no_value_earns_is_told_at_the_key_that_prevents_it(
    item: Tree, figure: Tree | None, key: str | None
):
    told = warned(item, figures={"x": figure} if figure else {})

    assert told == ([f"unreachable-full-mark items.0.{key}"] if key else [])


def test_what_is_said_of_a_full_mark_holds_in_every_group():
    marks = {"streets": 10, "townships": 8}
    item = an_item("lookup", figure="class", points=marks, table={"II": 8, "III": 5}, cap=8)
    lower = {**item, "table": {"II": 7, "III": 5}}

    assert warned(item, groups=GROUPS) == []
    assert warned(lower, groups=GROUPS) == ["unreachable-full-mark items.0.table"]


GRADES = [{"id": "good", "from": 90}, {"id": "pass", "from": 60}, {"id": "fail"}]
NORM = an_item("normalise", points=80, figure="panel", how="min-max", better="higher")


@pytest.mark.parametrize(
    ("items", "keys", "given"),
    [
        ([an_item(points=90)], {}, False),
        ([an_item(points=80)], {}, True),
        ([an_item(points=80)], {"adjustments": [a_bonus(an_item(id="plus"))]}, False),
        ([an_item(points=80)], {"adjustments": [a_bonus(an_item(id="plus"), cap=5)]}, True),
        ([an_item(points=100)], {"total": {"cap": 85}}, True),
        ([a_section(an_item("formula", points_from="panel", points=80, cap=95))], {}, False),
        ([a_section(an_item("formula", points_from="panel", points=80, cap=95), cap=80)], {}, True),
        ([NORM], {}, False),
        ([{**NORM, "cap": 80}], {}, True),
        ([an_item(points={"streets": 90, "townships": 80})], {"groups": GROUPS}, False),
    ],
)
def test_a_grade_above_the_highest_total_is_told(items: list[Tree], keys: dict[str, Any], given: bool):
    figures = {"panel": {"kind": "number"}}

    assert warned(*items, grades=GRADES, figures=figures, **keys) == ["unreachable-grade grades.0.from"] * given


def test_nothing_is_said_of_grades_where_less_is_better():
    grades = [{"id": "good", "to": 200}, {"id": "fail"}]

    assert warned(an_item(), grades=grades, ranking={"better": "lower"}) == []


def test_a_factor_may_lift_points_to_the_full_mark_and_above():
    bands = [{"from": 5, "points": 4}, {"points": 1}]
    item = an_item("bands", figure="x", bands=bands)

    assert warned(item) == ["unreachable-full-mark items.0.bands"]
    assert warned({**item, "times": 3}) == []
    assert warned({**item, "times": 3, "cap": 12}) == []


def test_what_has_no_full_mark_is_not_measured_against_one():
    bands = [{"from": 5, "points": 3}, {"points": -3}]
    money = [
        an_item("bands", id="air", points="none", figure="air", bands=bands),
        an_item("lookup", id="water", points="none", figure="water", table={"II": 3, "III": -3}, cap=2),
        an_item("award", id="dust", points="none", lines=[{"figure": "dust", "points": 1, "at_most": 2}]),
    ]
    assert all_warned(*({**each, "title": "Money"} for each in money), figures={"air": TITLED, "dust": TITLED}) == [
        "missing-title figures.water"
    ]
    assert warned(*money, grades=GRADES) == []


TITLED = {"kind": "count", "title": "A count"}
