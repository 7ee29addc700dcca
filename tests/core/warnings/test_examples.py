"""Items, adjustments and bands that no worked example shows."""

from __future__ import annotations

from typing import Any

import pytest

from assess.core.examples import read_examples
from assess.core.warnings import not_exemplified
from tests.builders import Tree, a_bonus, a_sheet, an_adjustment, an_item, text_of

BANDS = an_item("bands", figure="rate", bands=[{"from": 90, "points": 10}, {"from": 80, "points": 8}, {"points": 0}])
ENTRIES = [{"to": "50%", "points": 10}, {"to": "75%", "points": 5}, {"points": 0}]
SHARES = an_item("rank", figure="rate", better="higher", shares=ENTRIES)
GRADES = [{"id": "good", "from": 5}, {"id": "fail"}]


def told(items: list[Tree], *examples: dict[str, dict[str, Any]], **keys: Any) -> list[str]:
    """`code path` of what the examples leave out; each is units with their figures."""
    units = [{code: {"kind": "street", "figures": figures} for code, figures in each.items()} for each in examples]
    read = read_examples(text_of([{"units": each} for each in units]), [])
    sheet = a_sheet(*items, **keys)
    return [f"{each.code} {'.'.join(map(str, each.where))}" for each in not_exemplified(sheet, read)]


def test_without_examples_nothing_is_asked_for():
    assert told([BANDS]) == []


@pytest.mark.parametrize("missing", ["zero", "exclude"])
def test_an_item_that_no_example_scores_lacks_one(missing: str):
    items = [BANDS, an_item(id="other", figure="other", missing=missing)]

    assert told(items, {"a": {"rate": 95}, "b": {"rate": 85}}, {"a": {"rate": 10}}) == ["no-example items.1"]
    assert told(items, {"a": {"rate": 95}, "b": {"rate": 85}}, {"a": {"rate": 10, "other": 3}}) == []


def test_a_band_whose_points_no_unit_gets_is_told_where_the_item_has_an_example():
    assert told([BANDS], {"a": {"rate": 95}}, {"a": {"rate": 80}}) == ["band-never-reached items.0.bands.2"]


def test_bands_of_the_same_points_need_one_example():
    bands = an_item(
        "bands", figure="rate", bands=[{"from": 90, "points": 10}, {"from": 80, "points": 0}, {"points": 0}]
    )

    assert told([bands], {"a": {"rate": 95}, "b": {"rate": 85}}) == []


def test_a_factor_does_not_hide_which_band_was_reached():
    assert told([{**BANDS, "times": 2, "cap": 20}], {"a": {"rate": 95}, "b": {"rate": 85}, "c": {"rate": 5}}) == []


def test_a_lone_unit_gets_no_entry_of_shares():
    assert told([SHARES], {"a": {"rate": 95}}) == [f"band-never-reached items.0.shares.{place}" for place in range(3)]
    assert told([SHARES], {"a": {"rate": 95}, "b": {"rate": 5}}) == ["band-never-reached items.0.shares.1"]
    four = {code: {"rate": rate} for code, rate in zip("abcd", (90, 80, 70, 60), strict=True)}
    assert told([SHARES], four) == []


def test_an_adjustment_that_takes_effect_in_no_example_lacks_one():
    adjustments = [
        a_bonus(an_item(id="plus", figure="plus")),
        an_adjustment("veto", when="rate < 10", grade="fail"),
        an_adjustment("grade-cap", when='previous_grade == "fail"', grade="fail"),
    ]
    item = an_item(figure="rate")

    def left_out(*examples: dict[str, Any]) -> list[str]:
        return told([item], *({"a": each} for each in examples), adjustments=adjustments, grades=GRADES)

    assert left_out({"rate": 10}) == [
        "no-example adjustments.0.items.0",
        "no-example adjustments.0",
        "no-example adjustments.1",
    ]
    assert left_out({"rate": 9, "plus": 0}) == ["no-example adjustments.0"]
    assert left_out({"rate": 9}, {"plus": 1}) == []
