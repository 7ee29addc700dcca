"""Items of deductions: their line says what is taken off, never what was earned."""

from __future__ import annotations

from assess.core.explanations.ending_words import points_off
from assess.core.scorecard.book import BookMaker
from assess.core.text import Text
from tests.builders import Outcome, a_sheet, a_unit, an_adjustment, an_item, score

LATE = an_item(
    "award", id="late", title="Late", points=3, missing="zero", lines=[{"figure": "late", "points": "0.5"}],
    applies='kind == "street"',
)  # fmt: skip
OFF = an_adjustment("deduction", id="off", clause="第八条 / Article 8", items=[LATE], at_most=2)


def outcome() -> Outcome:
    """Streets with no, one and nine late reports and one that does not say, and a township."""
    sheet = a_sheet(
        an_item(points=100), adjustments=[OFF], figures={"late": {"kind": "count"}}, attributes=["kind"],
        rounding={"item": 2, "total": 2},
    )  # fmt: skip
    units = {name: a_unit(panel=80, kind="street", late=late) for name, late in (("none", 0), ("one", 1), ("nine", 9))}
    silent, other = a_unit(panel=80, kind="street"), a_unit(panel=80, kind="township", late=1)
    return score(sheet, units | {"silent": silent, "other": other})


def test_a_line_of_a_deduction_says_what_is_taken_off():
    lines = outcome().lines.of("late")

    assert lines.off == [
        Text("不扣分（最多扣3分）", "No points off (at most 3)"),
        Text("扣0.50分（最多扣3分）", "0.50 points off (at most 3)"),
        Text("扣3.00分（最多扣3分）", "3.00 points off (at most 3)"),
        Text("不扣分（最多扣3分）", "No points off (at most 3)"),
        None,
    ]
    ends = [
        ("，不扣分", "; no points off"),
        ("，扣0.50分（最多扣3分）", "; 0.50 points off (at most 3)"),
        ("，应扣4.5分，最多扣3分，扣3.00分", "; 4.5 points, but at most 3: 3.00 points off"),
        ("，不扣分", ": no points off"),
        ("，不扣分", ": no points off"),
    ]
    for unit, (zh, en) in enumerate(ends):
        assert lines.whys["zh"][unit].endswith(zh), lines.whys["zh"][unit]
        assert lines.whys["en"][unit].endswith(en), lines.whys["en"][unit]


def test_a_card_calls_an_untitled_deduction_by_kind_and_clause_and_says_what_it_takes_off():
    found = outcome()
    [adjustment] = BookMaker(found.lines).card(2).adjustments

    assert adjustment.title == Text("扣分（第八条）", "Deduction (Article 8)")
    assert adjustment.effect == Text("扣2.00分（最多扣2分）", "2.00 points off (at most 2)")
    assert [row.off for row in adjustment.rows] == [Text("扣3.00分（最多扣3分）", "3.00 points off (at most 3)")]


def test_an_item_with_a_cap_of_its_own_takes_off_at_most_that():
    sheet = a_sheet(an_item(points=100), adjustments=[OFF | {"items": [LATE | {"cap": "1.5"}]}], attributes=["kind"])
    item = sheet.adjustments[0].items[0]

    assert points_off(item, "1", "3") == Text("扣1分（最多扣1.5分）", "1 point off (at most 1.5)")
