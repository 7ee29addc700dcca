"""Keys without effect, and percentages written as fractions of 1."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Tree, a_bonus, a_section, an_adjustment, an_item
from tests.core.warnings.warned import warned


def test_weights_stand_only_in_sections_that_weigh():
    sections = [
        a_section(an_item(id=f"{combine}.a", weight=1), an_item(id=f"{combine}.b"), id=combine, combine=combine)
        for combine in ("sum", "rate", "minimum", "mean", "geometric", "harmonic")
    ]

    assert warned(an_item(id="top", weight=2), *sections) == [
        "no-effect-key items.0.weight",
        "no-effect-key items.1.items.0.weight",
        "no-effect-key items.2.items.0.weight",
        "no-effect-key items.3.items.0.weight",
    ]


LINE = [{"figure": "x", "points": 1}]


@pytest.mark.parametrize(
    ("item", "given"),
    [
        (an_item("done", when="x > 1"), True),
        (an_item("ratio", figure="x", target=5, better="higher"), True),
        (an_item("ratio", figure="x", target=5, better="higher", up_to="120%"), False),
        (an_item("interpolate", figure="x", full_at=5, zero_at=0), True),
        (an_item("interpolate", figure="x", points_at=[[0, 0], [5, 10]]), False),
        (an_item("relative", figure="x", better="higher", to="best"), True),
        (an_item("spread", figure="x", better="higher"), True),
        (an_item("deduct", lines=LINE), True),
        (an_item("award", lines=LINE), False),
        (an_item("direct", figure="x"), True),
        (an_item("formula", points_from="x"), False),
        (an_item("bands", figure="x", bands=[{"points": 10}]), False),
    ],
)
def test_a_cap_above_what_the_method_gives_has_no_effect(item: Tree, given: bool):
    figures = {"x": {"kind": "number" if item["method"] not in ("deduct", "award") else "count"}}

    assert warned({**item, "cap": 12}, figures=figures) == ["no-effect-key items.0.cap"] * given
    assert warned({**item, "cap": 10}, figures=figures) == []


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"full_at": 10, "zero_at": 60, "zero_above": 60}, ["zero_above"]),
        ({"full_at": 10, "zero_at": 60, "zero_above": 59}, []),
        ({"full_at": 60, "zero_at": 10, "zero_below": 10}, ["zero_below"]),
        ({"full_at": 60, "zero_at": 10, "zero_below": 11}, []),
        ({"full_at": 60, "zero_at": 10, "zero_above": 70}, []),
        ({"full_at": 60, "zero_at": "income", "zero_below": 10}, []),
    ],
)
def test_a_cut_off_where_nothing_is_earned_anyway_has_no_effect(keys: dict[str, Any], told: list[str]):
    item = an_item("interpolate", figure="x", **keys)

    assert warned(item) == [f"no-effect-key items.0.{key}" for key in told]


def test_a_cap_of_the_total_at_the_highest_total_has_no_effect():
    def capped(at: int) -> list[str]:
        bonus = a_bonus(an_item(id="plus", points=5))
        return warned(an_item(), adjustments=[bonus, an_adjustment("total-cap", when="panel > 5", at=at)])

    assert capped(15) == ["no-effect-key adjustments.1.at"]
    assert capped(14) == []


PERCENT = {"kind": "percent"}


@pytest.mark.parametrize(
    ("item", "figure", "key"),
    [
        (an_item("bands", figure="x", bands=[{"from": "0.9", "points": 10}, {"points": 0}]), PERCENT, "bands"),
        (an_item("bands", figure="x", bands=[{"from": "0.9", "points": 10}, {"points": 0}]), {"kind": "number"}, None),
        (
            an_item("bands", figure="x", bands=[{"from": "0.9", "points": 10}, {"points": 0}]),
            {"kind": "percent", "max": 1},
            None,
        ),
        (an_item("bands", figure="x", bands=[{"from": 1, "points": 10}, {"points": 0}]), PERCENT, None),
        (an_item("interpolate", figure="x", points_at=[["0.6", 0], ["0.9", 10]]), PERCENT, "points_at"),
        (an_item("interpolate", figure="x", points_at=[["0.6", 0], [90, 10]]), PERCENT, None),
        (an_item("interpolate", figure="x", full_at="0.9", zero_at=0), PERCENT, "full_at"),
        (an_item("interpolate", figure="x", full_at=1, zero_at=0), PERCENT, None),
        (an_item("interpolate", figure="x", full_at="0.9", zero_at="income"), PERCENT, None),
    ],
)
def test_numbers_against_a_percentage_that_are_all_fractions_of_1_are_told(item: Tree, figure: Tree, key: str | None):
    assert warned(item, figures={"x": figure}) == ([f"percent-as-fraction items.0.{key}"] if key else [])
