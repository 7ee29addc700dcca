"""What a method gives, times a factor of the unit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assess.core.rules.needed_figures import NeededFigure, asked_of
from assess.core.rules.sheet import items_of
from tests.builders import Outcome, a_sheet, a_unit, an_item, refused, score


def times(
    factor: Any, *, figures: Any = None, attributes: tuple[str, ...] = (), unit: Any = None, **keys: Any
) -> Outcome:
    """A panel's points of at most 10, times a factor."""
    item = an_item(times=factor, **keys)
    figures = {"panel": {"title": "Panel"}, **(figures or {})}
    sheet = a_sheet(item, figures=figures, missing="exclude", rounding={"item": 2}, attributes=attributes)
    return score(sheet, unit or a_unit(panel=4))


def test_points_are_multiplied_before_floor_and_cap_hold():
    assert times("1.5").points() == {"a": 6}
    assert times(3).points() == {"a": 10}
    assert times(3, cap=20).points() == {"a": 12}
    assert times(-1).points() == {"a": 0}
    assert times(-1, floor=-20).points() == {"a": -4}


def test_the_factor_may_be_a_figure_last_years_figure_or_a_column_of_the_units():
    by_figure = times("weight", figures={"weight": {}}, unit=a_unit(panel=4, weight="0.5"))
    by_last_year = times("previous(weight)", figures={"weight": {}}, unit=a_unit(panel=4, previous={"weight": 2}))
    by_column = times("area", attributes=("area",), unit=a_unit(panel=4, area="1.25"))

    assert [each.points()["a"] for each in (by_figure, by_last_year, by_column)] == [2, 8, 5]


def test_without_the_factor_the_item_is_missing():
    outcome = times("weight", figures={"weight": {"title": "Weight"}})

    assert outcome.states_of() == {"a": "missing"}
    assert outcome.why()[1] == "Weight is missing: left out"


def test_corrections_and_rounding_come_after_the_factor():
    keys = {"corrections": [{"when": "panel > 1", "keep": "50%", "clause": "1"}]}

    # 4 × 1.337 = 5.348, half of it 2.674.
    assert times("1.337", **keys).points() == {"a": Fraction("2.67")}


def test_the_sentence_shows_the_factor():
    assert times("1.5").why() == (
        "Panel评定为4分；按方法计4分，乘以1.5，得6.00分",
        "Panel: rated 4 points; 4 points by the method, times 1.5; 6.00 points",
    )
    figures = {"weight": {"title": {"zh": "系数", "en": "Factor"}}}
    assert times("weight", figures=figures, unit=a_unit(panel=4, weight=3)).why() == (
        "Panel评定为4分；按方法计4分，乘以系数3，计得12分，按上限10.00分计",
        "Panel: rated 4 points; 4 points by the method, times Factor 3; 12 points, but never above 10.00",
    )
    before = times("previous(weight)", figures=figures, unit=a_unit(panel=4, previous={"weight": 2}))
    assert before.why()[0] == "Panel评定为4分；按方法计4分，乘以上年度系数2，得8.00分"


def test_numbers_are_shown_so_that_a_reader_reckons_the_points():
    # 10 × 26/33 = 7.8787…, times 1/3.
    item = an_item("ratio", figure="x", target=26, better="lower", times="1/3")
    outcome = score(a_sheet(item, figures={"x": {"title": "X"}}, rounding={"item": 2}), a_unit(x=33))

    assert outcome.scores() == {"a": "2.63"}
    assert outcome.why()[1].endswith("≈7.8788 points by the method, times 1/3; ≈2.6263 points, rounded to 2.63")


def test_a_factor_is_asked_for_and_must_be_a_number():
    sheet = a_sheet(an_item(times="weight"), figures={"weight": {}})

    assert asked_of(next(items_of(sheet.items)), sheet) == (
        NeededFigure("weight", 0), NeededFigure("panel", 0),
    )  # fmt: skip
    assert refused(an_item(times="level"), figures={"level": {"kind": "choice", "choices": ["a", "b"]}}) == [
        "items.0.times: “level” is a figure of type choice. number, count, percent, yes-no is needed here."
    ]


@pytest.mark.parametrize(("factor", "points"), [("1.5", 75), ("share", 120)])
def test_the_factor_of_an_item_by_months_is_read_at_each_month(factor: str, points: int):
    figures = {
        "found": {"kind": "count", "period": "month", "roll_up": "sum"},
        "share": {"period": "month", "roll_up": "mean"},
    }
    item = an_item(
        "formula", id="months", points=100, points_from="10 * found", times=factor, by="month", over="mean",
        each={"points": 100, "missing": "exclude", "cap": 200},
    )  # fmt: skip
    rest = an_item("formula", id="rest", points_from="share")
    unit = a_unit(found={"2026-01": 4, "2026-02": 6}, share={"2026-01": 3, "2026-02": 2})

    # 40 and 60; times 1.5: 60 and 90; times 3 and 2: 120 and 120.
    outcome = score(a_sheet(item, rest, figures=figures, rounding={}), unit)
    assert outcome.points("months") == {"a": min(points, 100)}
