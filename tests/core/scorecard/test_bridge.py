from __future__ import annotations

from fractions import Fraction

import pytest

from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import BridgeStep
from assess.core.scorecard.paper import card_on_paper
from assess.core.text import Text
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_item, score

PARTS = [an_item(id="one", figure="first", points=1), an_item(id="two", figure="second", points=2)]

WEIGHTS = {"daily": 30, "special": 70}


def test_a_bridge_has_no_step_of_nothing():
    sheet = a_sheet(a_section(*PARTS, points=10, combine="rate", title="Parts"))

    card = score(sheet, a_unit(first=1, second=0)).card()

    assert card_on_paper(card).bridge == (
        BridgeStep(Text("各考核项得分之和", "Sum of items"), "1"),
        BridgeStep(Text("Parts：按得分率折算", "Parts: by score rate"), "≈+2.3333"),
        BridgeStep(Text("总分上下限与四舍五入", "Cap, floor and rounding of the total"), "≈−0.0033"),
    )


def test_the_step_of_a_weighted_mean_tells_the_weights_of_what_has_a_score():
    parts = [an_item(id=name, title=name, figure=name, points=10, weight=weight) for name, weight in WEIGHTS.items()]
    sheet = a_sheet(a_section(*parts, combine="mean", title="Parts"))

    (_sum, step) = score(sheet, a_unit(daily=10, special=5)).card().bridge

    assert step == BridgeStep(
        Text(
            "Parts：取加权平均（权重：daily 30、special 70）", "Parts: weighted average (weights: daily 30, special 70)"
        ),
        "-8.5",
    )


def test_a_sheet_that_rounds_nothing_has_no_step_for_what_thirds_lose_in_print():
    keys = {"method": "ratio", "better": "higher", "target": 3, "points": 1}
    thirds = [an_item(id=name, figure=name, **keys) for name in ("one", "two")]
    sheet = a_sheet(a_section(*thirds), rounding={})

    card = score(sheet, a_unit(one=1, two=1)).card()

    assert [step.amount for step in card.bridge] == ["0.666666666666666", "+0.000000000000001"]
    assert card_on_paper(card).bridge == ()


@pytest.mark.parametrize("first", ["1", "0.37"])
def test_the_full_amounts_of_a_bridge_add_up_to_the_total(first: str):
    sheet = a_sheet(
        a_section(*PARTS, points=10, combine="rate"),
        an_item(id="three", points=5, figure="third", applies='kind == "township"', not_applicable="rescale-total"),
        adjustments=[a_bonus(an_item(id="four", figure="fourth"))],
        attributes=["kind"],
    )

    card = score(sheet, a_unit(first=first, second="1.5", fourth="0.25")).card()

    assert sum(Fraction(step.amount) for step in card.bridge) == Fraction(card.total or "")


def test_a_ranking_shows_the_parts_of_the_only_section():
    sheet = a_sheet(a_section(a_section(*PARTS, id="inner"), id="outer"))
    [table] = BookMaker(score(sheet, a_unit(first=1, second="0.5")).lines).book().tables

    assert [(title.en, full) for title, full in table.sections] == [("Item 1.1.1 (1)", "1"), ("Item 1.1.2 (1)", "2")]
    assert table.rows[0].sections == (("1", Fraction(1)), ("0.5", Fraction(1, 4)))
