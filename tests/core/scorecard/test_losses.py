"""Losses of a card: what the total lost, so that the list and its sums are the full mark less the printed total."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from assess.core.scorecard.content import Scorecard
from assess.core.scorecard.losses import listed
from assess.core.scorecard.paper import card_on_paper
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, score
from tests.core.scoring.random_sheets import sheets
from tests.core.scoring.test_properties import EVERY_COMBINE, EVERY_METHOD, Drawn, scored
from tests.rounds import examples


def amount(text: str) -> Fraction:
    """The number that a page shows."""
    return Fraction(text.removeprefix("≈").replace("−", "-"))


def lines_of(card: Scorecard, most: int = 5) -> list[tuple[str, str]]:
    """The list as a page shows it in English."""
    found = listed(card_on_paper(card), most)
    return [
        *((row.title.en, row.lost or "") for row in found.lines),
        *((step.what.en, step.amount) for step in found.sums),
    ]


def test_losses_are_what_the_total_lost_and_not_raw_points():
    yearly = an_item(id="yearly", title="Yearly", figure="first", points=100, weight=1)
    monthly = an_item(id="monthly", title="Monthly", figure="second", points=100, weight=3)
    late = an_item("award", id="late", title="Late", points=3, lines=[{"figure": "count", "points": "0.5"}])
    small = an_item(id="small", title="Small", figure="third", points=20, applies='kind == "township"')
    sheet = a_sheet(
        a_section(yearly, monthly, id="mean", title="Mean", combine="mean", points=100),
        a_section(
            an_item(id="lone", title="Lone", figure="fourth", points=20), small, id="sum", title="Sum", points=40
        ),
        adjustments=[
            a_bonus(an_item(id="gift", title="Gift", figure="fifth"), title="Bonus"),
            an_adjustment("deduction", id="off", title="Late reports", items=[late]),
            an_adjustment("total-cap", id="lid", title="Lid", when="total > 100", at=100),
        ],
        attributes=["kind"],
        rounding={"total": 0},
    )

    card = score(sheet, a_unit(first=40, second="96.5", third=1, fourth="9.5", fifth=2, count=1, kind="street")).card()

    assert card.total == "100"
    assert lines_of(card, 6) == [
        ("Lone", "21"),
        ("Yearly", "15"),
        ("Lid", "2.875"),
        ("Monthly", "2.625"),
        ("Late reports", "0.5"),
        ("Bonus", "−2"),
        ("Total: full mark 140 less total 100", "40"),
    ]


def test_a_unit_without_a_total_has_no_losses():
    sheet = a_sheet(an_item(id="one", title="One", figure="first", points=10, missing="block"), rounding={"total": 1})

    assert listed(score(sheet, a_unit(second=1)).card(), 5) == ((), ())


@settings(max_examples=examples(60))
@given(sheets(EVERY_METHOD, EVERY_COMBINE))
def test_the_printed_list_adds_up_to_the_full_mark_less_the_total(drawn: Drawn):
    outcome = scored(*drawn)
    for unit in range(len(drawn[1])):
        card = outcome.card(f"u{unit}")
        *parts, whole = lines_of(card, 3) or [("", "0")]
        assert sum(amount(text) for _, text in parts) == amount(whole[1])
        if card.whole_loss is not None and "≈" not in card.whole_loss.amount:
            assert amount(whole[1]) == Fraction(card.full) - Fraction(card.total or "")
