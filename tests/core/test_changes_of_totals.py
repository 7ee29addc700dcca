"""What items changed in a total from one run to the next: with all else, the change of the total."""

from __future__ import annotations

from typing import Any

from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.runs.adding_up import TotalChange, change_of_total
from assess.core.runs.comparing import LineChange, MovedLine, moved_lines
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, score
from tests.outcome import Outcome


def moved(sheet: RuleSheet, before: Outcome, after: Outcome, unit: int = 0) -> list[MovedLine]:
    """The items of a unit whose printed points or state differ."""
    changes = []
    for item in all_items(sheet):
        was, now = (each.lines.of(item.id) for each in (before, after))
        sides = (was.scores[unit], now.scores[unit]), (was.states[unit], now.states[unit])
        if sides[0][0] != sides[0][1] or sides[1][0] != sides[1][1]:
            changes.append(LineChange(before.codes[unit], item.id, *sides[0], *sides[1]))
    return moved_lines((sheet, sheet), changes, ()).get(before.codes[unit], [])


def changed(sheet: RuleSheet, before: dict[str, Any], after: dict[str, Any]) -> TotalChange | None:
    """What one unit's total changed by when its figures did."""
    was, now = score(sheet, a_unit(**before)), score(sheet, a_unit(**after))
    return change_of_total(was.lines, now.lines, was.codes[0], moved(sheet, was, now))


def test_an_item_of_a_section_that_is_converted_counts_as_the_section_does():
    sheet = a_sheet(
        a_section(
            an_item(id="closed", figure="first", points=20),
            an_item(id="late", figure="second", points=15),
            id="findings", combine="rate", points=7,
        ),
        an_item(id="air", figure="third", points=93, missing="block"),
        adjustments=[an_adjustment("total-cap", id="lid", when="total > 90", at=90)],
        rounding={"total": 2},
    )  # fmt: skip

    assert changed(sheet, {"first": 20, "second": 5, "third": 80}, {"first": 10, "second": 6, "third": 80}) == (
        {"closed": "-2", "late": "+0.2"}, None,
    )  # fmt: skip
    assert changed(sheet, {"first": 20, "second": 5, "third": 80}, {"first": 20, "second": 5, "third": 90}) == (
        {"air": "+10"}, "-5",
    )  # fmt: skip
    assert changed(sheet, {"first": 20, "second": 5}, {"first": 20, "second": 5, "third": 90}) is None


def test_an_item_that_no_longer_applies_gives_its_mark_to_the_others():
    river = an_item(id="river", figure="first", points=20, applies="has_river")
    sheet = a_sheet(river, an_item(id="air", figure="second", points=80), attributes=["has_river"])

    assert changed(
        sheet, {"first": 10, "second": 40, "has_river": True}, {"first": 10, "second": 40, "has_river": False}
    ) == ({"river": "-10"}, "+10")


def test_items_of_an_adjustment_and_items_below_the_lowest_score_are_told_with_all_else():
    sheet = a_sheet(
        a_section(
            an_item(id="level", figure="first", points=50), an_item(id="work", figure="second", points=50),
            id="lower", combine="minimum", points=50,
        ),
        an_item(id="air", figure="third", points=50),
        adjustments=[a_bonus(an_item(id="gift", figure="fourth", points=9), cap=2)],
    )  # fmt: skip

    assert changed(
        sheet,
        {"first": 20, "second": 40, "third": 10, "fourth": 1},
        {"first": 30, "second": 40, "third": 12, "fourth": 5},
    ) == ({"air": "+2", "gift": "+4"}, "+7")
