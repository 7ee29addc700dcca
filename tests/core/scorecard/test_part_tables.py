"""The tables of items that are scored by parts, as cards show them."""

from __future__ import annotations

from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.part_content import PartTable
from assess.core.text import Language
from tests.builders import a_sheet, a_unit, an_item, score
from tests.part_cards import SHEET, parts_card, parts_maker, parts_of_item, row_of_item


def told(parts: PartTable, language: Language = "en") -> list[tuple[str | None, ...]]:
    """Every part: name, values, weight, score, full mark, whether it counts, and why."""
    return [
        (
            row.name.localized(language),
            *(None if each is None else each.shown.localized(language) for each in row.values),
            *([] if row.weight is None else [row.weight]),
            row.points, row.full, row.counts_told.localized(language), row.why.localized(language),
        )
        for row in parts.rows
    ]  # fmt: skip


def deducted(found: int, off: int, points: int) -> str:
    """The sentence of a quarter with so many problems."""
    return f"Full mark 100 points; Problems: {found}, 2 points each, {off} points off; {points} points"


def test_quarters_stand_with_the_sum_of_their_months_and_the_highest_and_lowest_do_not_count(tmp_path):
    parts = parts_of_item(parts_card(tmp_path, "2026-12"), "month")

    assert [each.en for each in parts.figures] == ["Problems"]
    assert told(parts) == [
        ("Quarter 1", "5", "90", "100", "yes", deducted(5, 10, 90)),
        ("Quarter 2", "10", "80", "100", "yes", deducted(10, 20, 80)),
        ("Quarter 3", "1", "98", "100", "no", deducted(1, 2, 98)),
        ("Quarter 4", None, "0", "100", "no, data missing", "Problems is missing"),
    ]  # fmt: skip
    assert [each.en for each in parts.dropped_told] == ["( ): not counted, the highest and the lowest are dropped"]


def test_the_value_of_a_part_is_the_very_one_that_was_entered_for_it_or_made_of_several(tmp_path):
    card = parts_card(tmp_path, "2026-12")

    quarters = [each and each.part for row in parts_of_item(card, "month").rows for each in row.values]
    assert quarters == ["", "2026-04", "2026-07", None]
    assert [each and each.part for row in parts_of_item(card, "water").rows for each in row.values] == [
        *("W1 2026", "W2 2026", "W3 2026"),
    ]


def test_river_sections_stand_with_their_weights_and_the_condition_that_leaves_one_out(tmp_path):
    assert told(parts_of_item(parts_card(tmp_path), "water")) == [
        ("Qingshui River", "II", "1", "20", "20", "yes", "Class: II, which earns 20 points; 20 points"),
        ("Baima River", "III", "0.5", "15", "20", "yes", "Class: III, which earns 15 points; 15 points"),
        ("Jing River", "III", "1", None, "20", "left out", 'counts where level = "national"'),
    ]


def test_sections_by_months_are_a_grid_with_signs_that_a_line_explains(tmp_path):
    parts = parts_of_item(parts_card(tmp_path), "oxygen-item")

    assert parts.is_grid
    assert [each.short.en for each in parts.periods] == ["Jan", "Feb", "Mar"]
    assert {owner.title.en: [row.cell.en for row in rows] for owner, rows in parts.lines} == {
        "Qingshui River": ["(100.0)", "50.0", "(100.0)"],
        "Baima River": ["75.0", "E", "L"],
        "Jing River": ["E", "E", "(75.0)"],
    }


def test_why_a_pair_is_exempt_is_told_with_who_approved_it(tmp_path):
    rows = parts_of_item(parts_card(tmp_path), "oxygen-item").rows

    assert {row.why.zh for row in rows if row.mark == "exempt"} == {"断流（批准人：区生态环境局）"}
    assert {row.why.zh for row in rows if row.mark == "left-out"} != {""}


def test_beside_the_table_the_sentence_tells_only_what_the_parts_came_to(tmp_path):
    maker_card = parts_card(tmp_path)

    assert row_of_item(maker_card, "water").why.en.startswith("the weighted mean of 2 river sections is ")
    assert row_of_item(maker_card, "month").why.zh.count("第一季度") == 0


def test_an_item_without_parts_has_no_table():
    card = BookMaker(score(a_sheet(an_item(points=10)), {"a": a_unit(done=1)}).lines).card(0)

    assert [row.parts for row in card.rows] == [None]


def test_an_item_whose_parts_the_condition_leaves_out_has_no_table(tmp_path):
    sheet = SHEET.replace('where: level == "national"', 'where: level == "none"')
    card = parts_maker(tmp_path, sheet=sheet).card(0)

    assert row_of_item(card, "water").parts is None
    assert row_of_item(card, "month").parts is not None
