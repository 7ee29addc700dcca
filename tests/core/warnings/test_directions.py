"""Uses of a figure against the way in which it is good."""

from __future__ import annotations

import pytest

from tests.builders import Tree, a_bonus, a_deduction, an_adjustment, an_item
from tests.core.warnings.warned import warned

FROM = [{"from": 80, "points": 10}, {"points": 0}]
TO = [{"to": 20, "points": 10}, {"points": 0}]


def good(better: str) -> dict[str, Tree]:
    """The figure `x`, of which higher or lower is good."""
    return {"x": {"kind": "number", "better": better}}


@pytest.mark.parametrize(
    ("item", "better", "key"),
    [
        (an_item("ratio", figure="x", target=5, better="higher"), "higher", "better"),
        (an_item("rank", figure="x", better="lower", step=1), "lower", "better"),
        (an_item("normalise", figure="x", how="min-max", better="lower"), "lower", "better"),
        (an_item("bands", figure="x", bands=FROM), "higher", "bands"),
        (an_item("bands", figure="x", bands=FROM, better="higher"), "higher", "better"),
        (an_item("bands", figure="x", bands=TO, better="lower"), "lower", "better"),
        (an_item("interpolate", figure="x", full_at=90, zero_at=60), "higher", "full_at"),
        (an_item("interpolate", figure="x", full_at=60, zero_at=90), "lower", "full_at"),
        (an_item("interpolate", figure="x", points_at=[[90, 10], [60, 0]]), "higher", "points_at"),
        (an_item("interpolate", figure="x", points_at=[[60, 10], [90, 0]]), "lower", "points_at"),
        (a_deduction(figure="x", partial="down"), "lower", "lines.0"),
        (a_deduction(figure="x", partial="down", target=5), "higher", "lines.0"),
        (an_item("award", lines=[{"figure": "x", "points": 1, "partial": "down"}]), "higher", "lines.0"),
    ],
)
def test_a_use_the_other_way_round_is_told_where_it_says_so(item: Tree, better: str, key: str):
    other = {"higher": "lower", "lower": "higher"}[better]

    assert warned(item, figures=good(better)) == []
    assert warned(item, figures=good(other)) == [f"direction items.0.{key}"]


@pytest.mark.parametrize(
    "item",
    [
        an_item("bands", figure="x", bands=[{"points": 10}]),
        an_item("interpolate", figure="x", full_at="income", zero_at=0),
        an_item("interpolate", figure="x", points_at=[[0, 5], [5, 10], [10, 5]]),
        an_item("direct", figure="x"),
    ],
)
def test_a_use_without_direction_is_never_told(item: Tree):
    assert [warned(item, figures=good(better)) for better in ("higher", "lower")] == [[], []]


def test_what_an_award_takes_off_in_a_deduction_is_turned_round():
    def against(kind: str, better: str) -> list[str]:
        award = an_item("award", id="award", lines=[{"figure": "x", "points": 1, "partial": "down"}])
        adjustment = a_bonus(award) if kind == "bonus" else an_adjustment("deduction", items=[award])
        return warned(an_item(), figures=good(better), adjustments=[adjustment])

    line = "direction adjustments.0.items.0.lines.0"
    assert [against("bonus", better) for better in ("higher", "lower")] == [[], [line]]
    assert [against("deduction", better) for better in ("higher", "lower")] == [[line], []]
