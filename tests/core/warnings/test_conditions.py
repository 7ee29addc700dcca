"""Conditions that hold always or never, and score rates that are taken for percentages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import a_section, an_adjustment, an_item
from tests.core.warnings.warned import warned

GRADES = [{"id": "good", "from": 5}, {"id": "fail"}]
FIGURES = {"cases": {"kind": "count"}, "rate": {"kind": "percent", "max": 100}, "level": {"kind": "number"}}
USED = an_item("formula", id="used", points_from="cases + rate + level")
CAPPED = a_section(an_item("formula", id="fine", points_from="level", cap=12), id="all")


def of_condition(when: str, *items: Any, **keys: Any) -> list[str]:
    """What the condition of a veto is warned of, beside an item `air` of 10 points; all figures are used."""
    adjustments = [an_adjustment("veto", when=when, grade="fail")]
    told = warned(an_item(id="air"), USED, *items, figures=FIGURES, grades=GRADES, adjustments=adjustments, **keys)
    assert all(each.endswith(" adjustments.0.when") for each in told)
    return [each.partition(" ")[0] for each in told]


@pytest.mark.parametrize(
    "when",
    [
        "cases >= 0", "cases < 0", "-1 > cases", "cases != -1", "cases == -1", "rate > 100", "rate <= 100", "1 > 2",
        "rate(air) >= 0", "rate(air) <= 1", "score(air) > 10", "score(air) <= 10", "total > 120", "total >= -5",
        "not (cases < 0)", "cases < 0 and level > 5", "level > 5 or rate <= 100", "rate > 100 or cases < 0",
    ],
)  # fmt: skip
def test_a_condition_that_the_bounds_decide_is_told(when: str):
    assert of_condition(when, total={"floor": -5, "cap": 120}) == ["constant-condition"]


@pytest.mark.parametrize(
    "when",
    [
        "cases > 0", "cases <= 0", "cases == 0", "rate >= 100", "rate < 0", "level > 5", "level > cases",
        "rate(air) < 1", "rate(air) > 0.6", "score(air) >= 10", "total > 119", "total < -4", "cases + 1 > 0",
        "cases < 0 or level > 5", "level > 5 and rate <= 100", "not (level > 5)", "previous(cases) >= 0",
        "score(fine) > 10", "score(all) > 10", "previous_rank > 0", "kind == 'street'", "true",
    ],
)  # fmt: skip
def test_a_condition_that_depends_on_the_data_is_not_told(when: str):
    assert of_condition(when, CAPPED, total={"floor": -5, "cap": 120}) == []


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("rate(air) < 60", ["rate-is-a-share"]),
        ("60 > rate(air)", ["rate-is-a-share"]),
        ("cases > 0 and rate(air) < 60", ["rate-is-a-share"]),
        ("rate(fine) > 1.2", []),
        ("rate(fine) > 1.21", ["rate-is-a-share"]),
        ("rate(all) > 1.1", []),
        ("rate(all) < 80", ["rate-is-a-share"]),
        ("rate(air) < 60%", []),
    ],
)
def test_a_score_rate_compared_with_a_percentage_is_told_and_nothing_else_of_it(when: str, told: list[str]):
    assert of_condition(when, CAPPED) == told


def test_conditions_of_groups_items_and_corrections_are_looked_at():
    groups = [{"id": "all", "where": "1 == 1"}]
    corrections = [{"when": "cases < 0", "keep": "40%", "clause": "1"}]
    items = [an_item(applies="2 < 1", corrections=corrections), an_item("done", id="met", when="cases >= 0")]

    assert warned(*items, groups=groups, figures={"cases": {"kind": "count"}}) == [
        "constant-condition groups.0.where",
        "constant-condition items.0.applies",
        "constant-condition items.0.corrections.0.when",
        "constant-condition items.1.when",
    ]


def test_a_condition_is_constant_where_it_is_so_in_every_group():
    groups = [{"id": name, "where": f'kind == "{name}"'} for name in ("street", "township")]
    air = an_item(id="air", points={"street": 10, "township": 20})
    adjustments = [an_adjustment("veto", when=f"score(air) > {number}", grade="fail") for number in (10, 20)]
    named = [{**each, "id": f"veto-{place}"} for place, each in enumerate(adjustments)]

    assert warned(air, groups=groups, grades=GRADES, adjustments=named) == ["constant-condition adjustments.1.when"]
