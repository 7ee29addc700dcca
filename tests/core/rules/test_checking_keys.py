"""Keys of a sheet: required ones there, no others, each once; names known; expressions of kinds that fit."""

from __future__ import annotations

import pytest

from assess.core.expressions import ValueType
from tests.core.rules.sheets import AN_ITEM, a_text, flaws_of

SHEET = a_text()


def test_a_short_sheet_passes():
    assert flaws_of(SHEET) == []


@pytest.mark.parametrize("key", ["id", "title", "year"])
def test_a_sheet_has_an_id_a_title_and_a_year(key: str):
    without = "".join(line for line in SHEET.splitlines(keepends=True) if not line.startswith(f"{key}:"))

    assert flaws_of(without) == [f"1:1: The key “{key}” is missing. Add it."]


def test_a_sheet_has_items():
    assert flaws_of("id: a\ntitle: A\nyear: 2026\n") == ["1:1: The key “items” is missing. Add it."]


@pytest.mark.parametrize(
    ("whole", "without", "told"),
    [
        ("groups: [{id: a, where: 'kind == \"street\"'}]", "id: a, ", "9:10: The key “id” is missing. Add it."),
        ("groups: [{id: a, where: 'kind == \"street\"'}]", ", where: 'kind == \"street\"'",
         "9:10: The key “where” is missing. Add it."),
    ],
)  # fmt: skip
def test_a_group_has_an_id_and_a_condition(whole: str, without: str, told: str):
    assert flaws_of(a_text(rest=whole)) == []
    assert flaws_of(a_text(rest=whole.replace(without, ""))) == [told]


@pytest.mark.parametrize(("without", "key"), [("kind: number, ", "kind"), (", from: unit", "from")])
def test_a_figure_has_a_kind_and_a_supplier(without: str, key: str):
    assert flaws_of(SHEET.replace(without, "")) == [f"6:6: The key “{key}” is missing. Add it."]


@pytest.mark.parametrize(
    ("without", "key"), [("id: item, ", "id"), ("points: 10, ", "points"), (', clause: "1"', "clause")]
)
def test_an_item_has_an_id_a_full_mark_and_a_clause(without: str, key: str):
    assert flaws_of(SHEET.replace(without, "")) == [f"8:5: The key “{key}” is missing. Add it."]


def test_an_item_has_the_own_keys_of_its_method():
    assert flaws_of(a_text('- {id: item, points: 10, method: ratio, figure: x, clause: "1"}')) == [
        "8:5: The key “target” is missing. Add it.",
        "8:5: The key “better” is missing. Add it.",
    ]


def test_a_section_has_an_id_a_full_mark_and_items():
    section = """
    - title: Air
      items:
        - {id: item, points: 10, method: direct, figure: x, clause: "1"}
    - {id: empty, points: 5, items: []}
    """

    assert flaws_of(a_text(section)) == [
        "8:5: The key “id” is missing. Add it.",
        "8:5: The key “points” is missing. Add it.",
        "11:35: `items` must be a list of at least one item.",
    ]


def test_a_blank_value_is_an_absent_key():
    assert flaws_of(SHEET.replace("title: A sheet", "title:")) == ["1:1: The key “title” is missing. Add it."]
    assert flaws_of(a_text(rest="total:\ngrades: ~\nconversion: null")) == []


def test_unknown_keys_are_told_with_the_nearest_one():
    assert flaws_of(a_text(rest="grade: []\nraking: {}")) == [
        "9:1: There is no key “grade”. Did you mean “grades”?",
        "10:1: There is no key “raking”. Did you mean “ranking”?",
    ]
    assert flaws_of(SHEET.replace("from: unit", "from: unit, certified: a")) == [
        "6:33: There is no key “certified”. Did you mean “certified_by”?"
    ]


def test_a_key_stands_once():
    assert flaws_of(a_text(rest="missing: block")) == ["9:1: The key missing appears twice, first in line 4. Keep one."]
    assert flaws_of(SHEET.replace("kind: number", "kind: number, kind: count")) == [
        "6:21: The key kind appears twice, first in line 6. Keep one."
    ]


def test_two_figures_of_one_name_are_told():
    assert flaws_of(a_text(figures="x: {kind: number, from: unit}\nx: {kind: count, from: unit}")) == [
        "7:3: The key x appears twice, first in line 6. Keep one."
    ]


def test_an_item_and_a_section_cannot_be_one():
    both = """
    - id: both
      points: 10
      method: direct
      items: [{id: item, points: 10, method: direct, figure: x, clause: "1"}]
    """

    assert flaws_of(a_text(both)) == ["10:13: `method` and `items` cannot be used together. Keep one of them."]
    assert flaws_of(a_text(AN_ITEM + "\n- {id: neither, points: 5}")) == [
        "9:5: There is neither `method` (an item) nor `items` (a section). Add one of them."
    ]


def test_ids_of_nodes_are_words_joined_by_dots_and_dashes():
    for name in ("a", "a.b", "a-b", "2026.a-1", "空气"):
        assert flaws_of(SHEET.replace("id: item", f"id: {name}")) == []
    for name in ("a b", "a..b", "-a", "a/b"):
        assert flaws_of(SHEET.replace("id: item", f"id: '{name}'")) == [
            f"8:10: “{name}” cannot be an ID. Use letters and digits, joined by “.” or “-”."
        ]


def test_ids_stand_once():
    assert flaws_of(a_text(AN_ITEM + "\n" + AN_ITEM)) == ["9:10: The ID “item” appears twice. Change one of them."]
    assert flaws_of(a_text(rest="groups: [{id: a, where: 1 < 2}, {id: a, where: 1 < 2}]")) == [
        "9:38: The ID “a” appears twice. Change one of them."
    ]


def test_titles_are_a_text_or_two():
    assert flaws_of(SHEET.replace("A sheet", "{zh: 评分表, en: A sheet}")) == []
    assert flaws_of(SHEET.replace("A sheet", "{zh: 评分表, de: Blatt}")) == ["2:8: Enter a text, or {zh: …, en: …}."]


def test_standing_and_rounding_are_of_known_words():
    assert (
        flaws_of(a_text(rest="standing: issued\nrounding: {mode: half-even, item: 2, section: none, total: 0}")) == []
    )
    assert flaws_of(a_text(rest="standing: final\nrounding: {mode: up, item: 1.5, section: no, total: 13}")) == [
        "9:11: “final” cannot be used here. Use one of: demonstration, draft, issued.",
        "10:18: “up” cannot be used here. Use one of: half-up, half-even.",
        "10:28: “1.5” is not a whole number. Enter 0, 1, 2 and so on.",
        "10:42: “no” is not a whole number. Enter 0, 1, 2 and so on.",
        "10:53: “13” is too large. At most 12 is allowed.",
    ]


def test_an_expression_with_a_comma_in_braces_says_that_it_needs_quotes():
    item = '- {{id: item, points: 10, method: done, when: {}, clause: "1"}}'

    assert flaws_of(a_text(item.format('"max(x, 3) > 2"'))) == []
    assert flaws_of(a_text(item.format("max(x, 3) > 2"))) == [
        '8:48: An expression or text with a comma inside {…} must be in quotes: "max(x, 3) > 2"'
    ]


def test_names_of_an_expression_are_figures_or_attributes_of_units():
    item = '- {{id: item, points: 10, method: done, when: {}, clause: "1"}}'

    assert flaws_of(a_text(item.format("x > area")), attributes={"area": ValueType.NUMBER}) == []
    assert flaws_of(a_text(item.format("x > area"))) == [
        (
            "8:48: At character 5 of the expression: There is no figure or unit attribute "
            "“area”. Use one of: x, unit, kind."
        )
    ]
    assert flaws_of(a_text(item.format("x > aera")), attributes={"area": ValueType.NUMBER}) == [
        "8:48: At character 5 of the expression: There is no figure or unit attribute “aera”. Did you mean “area”?"
    ]


def test_a_value_position_takes_a_figure_or_an_attribute_that_is_a_number():
    item = '- {{id: item, points: 10, method: ratio, figure: x, better: higher, clause: "1", target: {}}}'

    assert flaws_of(a_text(item.format("area")), attributes={"area": ValueType.NUMBER}) == []
    assert flaws_of(a_text(item.format("aera")), attributes={"area": ValueType.NUMBER}) == [
        "8:91: There is no figure or unit attribute “aera”. Did you mean “area”?"
    ]
    assert flaws_of(a_text(item.format("kind"))) == [
        "8:91: The unit attribute “kind” is text. A number is needed here."
    ]
    assert flaws_of(a_text(item.format("previous(y)"))) == ["8:91: There is no figure “y”. Use one of: x."]


def test_without_the_units_names_in_conditions_of_groups_and_applies_are_taken_for_attributes():
    item = '- {id: item, points: 10, method: direct, figure: x, applies: has_river, clause: "1"}'

    assert flaws_of(a_text(item)) == []
    assert flaws_of(a_text(item), attributes={"river": ValueType.TRUTH}) == [
        (
            "8:64: At character 1 of the expression: There is no figure or unit attribute "
            "“has_river”. Did you mean “river”?"
        )
    ]


def test_text_and_numbers_are_not_compared():
    item = '- {{id: item, points: 10, method: done, when: {}, clause: "1"}}'

    assert flaws_of(a_text(item.format("kind > x"))) == [
        "8:48: At character 6 of the expression: A text cannot be compared with a number. Use text on both sides, "
        "or numbers on both."
    ]


def test_a_percentage_is_compared_in_percent():
    item = '- {{id: item, points: 10, method: done, when: {}, clause: "1"}}'

    assert flaws_of(a_text(item.format("x > 90"), figures="x: {kind: percent, from: unit}")) == []
    assert flaws_of(a_text(item.format("x > 90%"), figures="x: {kind: percent, from: unit}")) == [
        "8:48: At character 5 of the expression: x is counted in percent. Write “90” instead of “90%”."
    ]


def test_results_are_seen_only_in_conditions_of_adjustments_and_scores_also_in_those_of_corrections():
    item = '- {{id: item, points: 10, method: done, when: {}, clause: "1"}}'

    for name in ("total", "previous_grade", "previous_rank"):
        compared = f'{name} == "a"' if name == "previous_grade" else f"{name} > x"
        told = f"8:48: At character 1 of the expression: “{name}” can only be used in the condition of an adjustment."
        assert told in flaws_of(a_text(item.format(compared)))
    assert flaws_of(a_text(item.format("score(item) > x"))) == [
        "8:48: At character 1 of the expression: “score()” can only be used in the condition of an adjustment or "
        "a correction."
    ]


def test_a_task_number_is_in_the_task_list_where_there_is_one():
    item = '- {id: item, points: 10, method: direct, figure: x, tasks: [12, 13], clause: "1"}'

    assert flaws_of(a_text(item)) == []
    assert flaws_of(a_text(item), tasks=frozenset({"12", "13"})) == []
    assert flaws_of(a_text(item), tasks=frozenset({"12"})) == [
        "8:67: The task list has no task 13. Correct the number or add the task."
    ]


def test_a_correction_has_a_clause_too():
    item = '- {{id: item, points: 10, method: direct, figure: x, clause: "1", corrections: [{{when: x > 1, {}}}]}}'

    assert flaws_of(a_text(item.format('keep: 40%, clause: "9"'))) == []
    assert flaws_of(a_text(item.format("keep: -40%"))) == [
        "8:82: The key “clause” is missing. Add it.",
        "8:102: “-40%” must not be negative.",
    ]
