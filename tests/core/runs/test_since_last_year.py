"""Why a total is another one than last year's: points of the total by cause, item and section, which add up."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from assess.core.runs.since_last_year import ChangeCause, change_since_last_year
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_item, score
from tests.core.scoring.random_sheets import sheets
from tests.core.scoring.test_properties import EVERY_COMBINE, EVERY_METHOD, Drawn, scored
from tests.rounds import examples


def amount(text: str) -> Fraction:
    """The number that a page shows."""
    return Fraction(text.replace("−", "-"))


def test_items_count_by_what_the_total_lost_through_them_and_say_why():
    gift = a_bonus(an_item(id="gift", title="Gift", figure="sixth", points=9), title="Bonus", cap=2)
    kept = an_item(id="kept", title="Kept", figure="first", points=20)
    river = an_item(id="river", title="River", figure="second", points=20, applies="has_river")
    before = a_sheet(
        a_section(kept, river, id="water", title="Water", points=40),
        an_item(id="other", title="Other", figure="third", points=40),
        an_item(id="gone", title="Gone", figure="fourth", points=20),
        adjustments=[gift], attributes=["has_river"], year=2025,
    )  # fmt: skip
    after = a_sheet(
        a_section(kept, river, id="water", title="Water", points=40),
        an_item(id="other", title="Other", figure="third", points=30),
        an_item(id="new", title="New", figure="fifth", points=30),
        adjustments=[gift], attributes=["has_river"],
    )  # fmt: skip
    was = score(before, a_unit(first=10, second=20, third=30, fourth=15, has_river=True))
    now = score(after, a_unit(first=15, third=25, fifth=30, sixth=5, has_river=False))

    change = change_since_last_year(was.lines, now.lines, "a")

    assert change is not None
    assert (change.year, change.was, change.now, change.amount) == (2025, "75.00", "87.00", "+12.00")
    assert [(each.cause, each.amount, each.items) for each in change.causes] == [
        (ChangeCause.WEIGHT, "−10.00", 1), (ChangeCause.POINTS, "+10.00", 1), (ChangeCause.RULE, "+5.00", 1),
        (ChangeCause.GONE, "+5.00", 1), (ChangeCause.ADJUSTMENT, "+2.00", 1),
    ]  # fmt: skip
    assert [(each.title.en, each.was.en, each.now.en, each.amount) for each in change.items] == [
        ("Other", "30 of 40", "25 of 30", "+5.00"), ("Gone", "15 of 20", "no such item", "+5.00"),
        ("Bonus", "0.00", "+2.00", "+2.00"),
    ]  # fmt: skip
    assert change.sections == {"water": "0.00", "other": "+5.00"}


def test_a_unit_without_a_total_in_one_of_the_years_is_not_compared():
    sheet = a_sheet(an_item(id="one", figure="first", points=10, missing="block"))
    was, now = score(sheet, a_unit(second=1)), score(sheet, a_unit(first=1))

    assert change_since_last_year(was.lines, now.lines, "a") is None
    assert change_since_last_year(now.lines, now.lines, "nobody") is None


@settings(max_examples=examples(60))
@given(sheets(EVERY_METHOD, EVERY_COMBINE))
def test_the_printed_causes_add_up_to_the_change(drawn: Drawn):
    tree, now, before = drawn
    was, is_now = scored(tree, before, before), scored(tree, now, before)
    for unit in was.codes:
        change = change_since_last_year(was.lines, is_now.lines, unit)
        if change is not None:
            assert sum(amount(each.amount) for each in change.causes) == amount(change.amount)
