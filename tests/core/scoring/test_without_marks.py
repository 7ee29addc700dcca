"""Nodes without a full mark: money and other sums."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assess.core.estimated_sections import estimated_losses, estimated_sections
from assess.core.estimates import estimate
from assess.core.runs.since_last_year import change_since_last_year
from assess.core.runs.stability import rank_range, varied_factors
from assess.core.scoring.judging import judged_flaws
from tests.builders import (
    a_bonus,
    a_section,
    a_sheet,
    a_tree,
    a_unit,
    an_item,
    inputs_of,
    read,
    refused,
    score,
    units_with,
)

MONEY = {"points": "none"}


def money(method: str = "direct", /, **keys: Any) -> dict[str, Any]:
    """An item without a full mark."""
    return an_item(method, **{"id": "money", **MONEY, **keys})


def test_money_has_no_cap_no_floor_and_no_full_mark():
    outcome = score(a_sheet(money(figure="yuan")), units_with("yuan", a="1227.18", b=-90))

    assert outcome.totals == {"a": "1227.18", "b": "-90.00"}
    assert outcome.ranks == {"a": "1", "b": "2"}
    assert outcome.results.full is None
    assert outcome.full("money") == {"a": None, "b": None}
    assert outcome.lines.of("money").full == ["", ""]
    assert outcome.whys("money", "zh") == {"a": "yuan评定为1227.18分，得1227.18分", "b": "yuan评定为-90分，得-90分"}


def test_a_floor_and_a_cap_hold_where_they_are_given():
    outcome = score(a_sheet(money(figure="yuan", floor=-50, cap=100)), units_with("yuan", a=1227, b=-90))

    assert outcome.points("money") == {"a": 100, "b": -50}
    assert a_sheet(money(floor=0)) != a_sheet(money())


METHODS = {
    "award": (money("award", lines=[{"figure": "x", "points": 30}]), 90),
    "formula": (money("formula", points_from="x * -20"), -60),
    "direct": (money("direct", figure="x"), 3),
    "bands": (money("bands", figure="x", bands=[{"from": 3, "points": 300}, {"points": -300}]), 300),
    "interpolate": (money("interpolate", figure="x", points_at=[[0, -50], [6, 70]]), 10),
    "table": (money("rank", figure="x", better="higher", table=[30, 0, -30]), 30),
    "shares": (money("rank", figure="x", better="higher", shares=[{"to": "50%", "points": 7}, {"points": 9}]), 7),
    "z-score": (money("normalise", figure="x", how="z-score", better="higher", mean=50, deviation=10), 0),
    "range": (money("normalise", figure="x", how="goalposts", better="higher", goalposts=[0, 6], range=[0, 8]), 4),
}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_states_its_points_needs_no_full_mark(name: str):
    item, expected = METHODS[name]
    outcome = score(a_sheet(item, figures={"x": {"kind": "count"}}), a_unit(x=3))

    assert outcome.points("money") == {"a": expected}
    zh, en = outcome.why("money")
    assert "满分" not in zh
    assert "full mark" not in en


def test_a_choice_may_be_worth_any_sum():
    item = money("lookup", figure="x", table={"good": 100, "bad": -40})

    assert score(a_sheet(item), {"a": a_unit(x="good"), "b": a_unit(x="bad")}).totals == {"a": "100.00", "b": "-40.00"}


REFUSED = {
    "deduct": money("deduct", lines=[{"figure": "x", "points": 1}]),
    "ratio": money("ratio", figure="x", target=1, better="higher"),
    "relative": money("relative", figure="x", better="higher", to="best"),
    "spread": money("spread", figure="x", better="higher"),
    "done": money("done", when="x > 1"),
    "interpolate": money("interpolate", figure="x", full_at=1, zero_at=0),
    "step": money("rank", figure="x", better="higher", step=1),
    "last": money("rank", figure="x", better="higher", last=1),
    "min-max": money("normalise", figure="x", how="min-max", better="higher"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_method_that_reckons_from_the_full_mark_is_refused_without_one(name: str):
    assert refused(REFUSED[name], figures={"x": {"kind": "count"}}) == [
        "items.0.method: `points: none` cannot be used where points are computed from the full mark. Add the full mark "
        "or use another method."
    ]


def test_a_sum_of_money_is_not_scaled_up_where_something_is_left_out():
    section = a_section(money(id="x", figure="x"), money(id="y", figure="y"), **MONEY)
    sheet = a_sheet(section, money(id="z", figure="z"), missing="exclude")
    units = {"a": a_unit(x=10, y=20, z=30), "b": a_unit(x=10, z=5), "c": a_unit(z=1), "d": a_unit()}
    outcome = score(sheet, units)

    assert outcome.points("section") == {"a": 30, "b": 10, "c": None, "d": None}
    assert outcome.totals == {"a": "60.00", "b": "15.00", "c": "1.00", "d": None}
    assert outcome.states_of("section") == {"a": "scored", "b": "scored", "c": "missing", "d": "missing"}
    assert outcome.whys("section", "zh")["b"] == ""


def test_a_stated_score_for_missing_data_stands_and_what_does_not_apply_is_left_out_or_nothing():
    x = money(id="x", figure="x", missing={"points": -5})
    y = money(id="y", figure="y", applies="kind != 'street'", not_applicable="zero")

    assert score(a_sheet(x, y), a_unit(y=7)).points("x") == {"a": -5}
    assert score(a_sheet(x, y), a_unit(y=7)).points("y") == {"a": 0}


def test_marks_and_no_marks_do_not_mix():
    marked = an_item(id="marked", figure="x")
    alone = "`points: none` can only be used at the top, or below a section with `points: none`. Add the full mark."

    assert refused(marked, money()) == [
        "items.1.points: At the top, either everything that counts has `points: none` or nothing does. Change it."
    ]
    assert refused(marked, money(counts=False)) == []
    assert refused(a_section(marked, money(), points=10)) == [f"items.0.items.1.points: {alone}"]
    assert refused(a_section(marked, money(counts=False), points=10)) == []
    assert refused(a_section(money(), marked, **MONEY)) == [
        "items.0.items.1.points: Everything below a section with `points: none` must have `points: none` too. Change "
        "it."
    ]
    assert refused(marked, adjustments=[a_bonus(money())]) == [f"adjustments.0.items.0.points: {alone}"]
    assert refused(a_section(money(), combine="mean", **MONEY)) == [
        "items.0.combine: A section with `points: none` can only use `combine: sum`. Change it."
    ]


def test_nothing_asks_for_a_full_mark_that_is_not_there():
    def told(item: dict[str, Any] | None = None, **keys: Any) -> list[str]:
        return [each.partition(":")[0] for each in refused(item or money(), **keys)]

    assert told(points=100) == ["points"]
    assert told(conversion={"by": "share", "points": 10}) == ["conversion.by"]
    assert told(conversion={"by": "spread", "points": 10}) == []
    member = {"post": "chief", "items": ["money"]}
    assert told(conversion={"by": "spread", "points": 10, "members": [member]}) == ["conversion.members.0.items.0"]
    assert told(money(not_applicable="full")) == ["items.0.not_applicable"]
    assert told(money(not_applicable="rescale-total")) == ["items.0.not_applicable"]
    rated = {"kind": "total-cap", "id": "low", "clause": "1", "at": 0, "when": "rate(money) < 1"}
    assert told(adjustments=[rated]) == ["adjustments.0.when"]
    assert told(adjustments=[rated | {"when": "score(money) < 1"}]) == []


def test_points_of_a_panel_without_a_full_mark_may_be_any_number():
    assert judged_flaws(inputs_of(a_sheet(money(figure="yuan")), a_unit(yuan=-1000))) == []


def test_cards_estimates_and_comparisons_do_without_a_full_mark():
    sheet = a_sheet(a_section(money(id="x", figure="x"), **MONEY), money(id="y", figure="y"))
    units = {"a": a_unit(x=10, y=20), "b": a_unit(x=-3, y=5), "c": a_unit(x=1, y=2)}
    outcome = score(sheet, units)
    card = outcome.card("a")

    assert (card.full, card.losses, card.whole_loss, card.bridge) == ("", (), None, ())
    assert [(row.full, row.points, row.lost, row.share) for row in card.rows] == [
        ("", "10", None, None), ("", "10", None, None), ("", "20", None, None)
    ]  # fmt: skip
    found = estimate(inputs_of(sheet, a_unit(x=10, y=20)))
    assert (found.points, found.full, estimated_losses(found)) == ("30", "", [])
    assert [(each.points, each.full) for each in estimated_sections(sheet, found)] == [("10", "0"), ("20", "0")]
    ranges = rank_range(outcome.results, varied_factors("seed", ["x", "y"], 50))
    assert (ranges.best.fractions(), ranges.worst.fractions()) == ([1, 2, 2], [1, 3, 3])
    other = score(sheet, units | {"a": a_unit(x=10, y=50)})
    change = change_since_last_year(outcome.lines, other.lines, "a")
    assert change is not None
    assert [(each.was.en, each.now.en, each.amount) for each in change.items] == [("20", "50", "+30.00")]
    entries = [(entry.id, entry.points.fraction(0)) for entry in outcome.lines.split.entries]
    assert entries == [("section", 0), ("x", 10), ("y", 20), (None, 0)]


def test_scores_of_money_may_be_named_in_conditions():
    item = money(id="y", figure="y", corrections=[{"when": "score(x) < 0", "keep": "50%", "clause": "2"}])
    outcome = score(a_sheet(money(id="x", figure="x"), item), a_unit(x=-1, y=Fraction(7)))

    assert outcome.points("y") == {"a": Fraction(7, 2)}


def test_a_sheet_without_marks_reads_as_it_is_written():
    _, flaws = read(a_tree(money(figure="yuan"), groups=[{"id": "all", "where": "kind == 'street'"}]))

    assert flaws == []
