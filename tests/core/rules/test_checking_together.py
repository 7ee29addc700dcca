"""All flaws of a sheet at once: none hides another, and none brings forth another that is not there."""

from __future__ import annotations

import pytest

from tests.core.rules.sheets import a_text, flaws_of

MANY = """\
id: 2026 sheet
title: [A, sheet]
yaer: 2026
missing: zero
groups:
  - {id: streets, where: kind = "street"}
figures:
  x: {kind: number, from: unit, period: month}
  y: {kind: percent, from: unit, max: 100%, certified: unit}
items:
  - id: air
    points: 20
    items:
      - {id: air.a, points: 10, method: ratio, figure: x, target: 80, better: highr, clause: "1"}
      - {id: air.a, points: 9, method: bands, figure: y, bands: [{from: 90%, points: 10}], clause: "2"}
  - {id: water, points: 10, method: deduct, lines: [{figure: z, points: 1}]}
grades: [{id: good, from: 60, at_most: 130%}, {id: excellent, from: 90}, {id: fail}]
"""


def test_everything_wrong_in_a_sheet_is_told_at_once_in_the_order_of_the_file():
    assert flaws_of(MANY) == [
        "1:1: The key “year” is missing. Add it.",
        "1:5: “2026 sheet” cannot be an ID. Use letters and digits, joined by “.” or “-”.",
        "2:8: Enter a text, or {zh: …, en: …}.",
        "3:1: There is no key “yaer”. Did you mean “year”?",
        "6:26: At character 6 of the expression: A single = does not compare. Use ==.",
        "8:6: A figure by month needs `roll_up`. Add how the year's value is made.",
        "9:39: Percent figures are counted in percent. Write 100, not 100%.",
        "9:45: There is no key “certified”. Did you mean “certified_by”?",
        "12:13: The full mark 20 is not the sum of those below, 19. Correct it.",
        "14:79: “highr” cannot be used here. Did you mean “higher”?",
        "15:14: The ID “air.a” appears twice. Change one of them.",
        "15:65: Values beyond the last band have no points. Add a band with only `points`.",
        "15:73: Percent figures are counted in percent. Write 90, not 90%.",
        "15:86: 10 points is above the full mark of 9. Lower the points, or raise the full mark.",
        "16:5: The key “clause” is missing. Add it.",
        "16:62: There is no figure “z”. Use one of: x, y.",
        "17:40: A quota cannot be above 100%. Write a share such as 30%.",
        "17:69: Grades go from best to worst. 90 is out of order or appears twice. Change it.",
    ]


def test_what_is_wrong_with_one_key_of_a_figure_hides_nothing_of_the_others():
    figures = """
    x: {kind: numbr, from: unit, decimals: two, period: month, min: 5, max: 3, choices: [a]}
    y: {kind: choice, from: ledger, period: weekly, roll_up: mean, min_periods: many, measure: done, tasks: [12]}
    """
    items = '- {id: item, points: 10, method: ratio, figure: x, target: previous(y), better: higher, clause: "1"}'

    assert flaws_of(a_text(items, figures=figures)) == [
        "6:6: A figure by month needs `roll_up`. Add how the year's value is made.",
        "6:13: “numbr” cannot be used here. Did you mean “number”?",
        "6:42: “two” is not a whole number. Enter 0, 1, 2 and so on.",
        "6:67: `min` is above `max`. Swap them.",
        "7:6: A choice figure needs `choices`. Add them.",
        "7:43: “weekly” cannot be used here. Use one of: year, half, quarter, month.",
        "7:60: This type of figure can only have `roll_up: last`. Change it.",
        "7:79: “many” is not a whole number. Enter 0, 1, 2 and so on.",
        "7:94: The measure “done” is not one of ledger. Select another.",
        "7:100: “tasks” is only for from: task-list. Delete it or change it.",
        "7:107: Enter keys with values, as in `key: value`.",
        "9:62: “y” is a figure of type choice. number, count, percent is needed here.",
    ]


def test_what_is_wrong_with_one_grade_hides_nothing_of_the_others():
    grades = "grades: [{id: a, from: high}, {id: b, from: 80, at_most: 200%}, {id: c, from: 85}, {id: d, to: 3}]"

    assert flaws_of(a_text(rest=grades)) == [
        "9:24: “high” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "9:58: A quota cannot be above 100%. Write a share such as 30%.",
        "9:79: Grades go from best to worst. 85 is out of order or appears twice. Change it.",
        "9:96: With ranking.better higher, a grade has `from`. Change it.",
    ]


def test_what_is_wrong_with_ranking_and_conversion_hides_nothing_of_either():
    rest = """
    ranking: {better: up, ties: average, tie_break: [air]}
    grades: [{id: a, from: 90, at_most: 120%}, {id: b}, {from: 3}]
    conversion: {by: rnk, points: 0, table: {a: 1}, members: [{post: a, items: [itm]}, {coefficient: x}]}
    """

    assert flaws_of(a_text(rest=rest)) == [
        "9:19: “up” cannot be used here. Use one of: higher, lower.",
        "9:50: There is no item or section “air”. Use one of: item.",
        "10:37: A quota cannot be above 100%. Write a share such as 30%.",
        "10:53: The key “id” is missing. Add it.",
        "11:18: “rnk” cannot be used here. Did you mean “rank”?",
        "11:31: “0” must be above 0.",
        "11:77: There is no item or section “itm”. Did you mean “item”?",
        "11:84: The key “post” is missing. Add it.",
        "11:98: “x” is not a number. Enter it as in 7.5, 30% or 2/3.",
    ]


def test_what_is_wrong_with_one_adjustment_hides_nothing_of_the_others():
    rest = """
    grades: [{id: a, from: 90}, {id: b}]
    adjustments:
      - {kind: veto, id: v, when: "score(itm) > ", grade: c}
      - {kind: total-cap, id: t, clause: "1", when: x, at: sixty}
      - {kind: bonus, id: item, clause: "1", cap: x, items: [{id: b.x, method: award, points: 2, lines: []}, 3]}
      - 7
      - {kind: deduction, id: d, clause: "2", items: []}
    """

    assert flaws_of(a_text(rest=rest)) == [
        "11:5: The key “clause” is missing. Add it.",
        "11:31: At character 13 of the expression: The expression ends too early. Add a number, a name or a bracket.",
        "11:55: There is no grade “c”. Use one of: a, b.",
        "12:56: “sixty” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "13:5: A bonus or deduction must come before a total-cap. Move it up.",
        "13:23: The ID “item” appears twice. Change one of them.",
        "13:47: “x” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "13:58: The key “clause” is missing. Add it.",
        "13:101: The list must not be empty. Enter at least one value.",
        "13:106: Enter an item or a section.",
        "14:5: Enter keys with values, as in `key: value`.",
        "15:5: A bonus or deduction must come before a total-cap. Move it up.",
        "15:50: `items` must be a list of at least one item.",
    ]


METHODS = {
    "bands, figure: x, edge: over, bands: [{from: ninety, points: 11}, {points: 8}, {from: 80, points: 3}]": [
        "8:73: “over” cannot be used here. Did you mean “above”?",
        "8:94: “ninety” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "8:110: 11 points is above the full mark of 10. Lower the points, or raise the full mark.",
        "8:115: A band without a bound must be the last. Move it.",
    ],
    "bands, figure: x, better: up, bands: [90, {from: ninety, points: 11}, {from: 80, points: three}]": [
        "8:75: “up” cannot be used here. Use one of: higher, lower.",
        "8:87: Enter keys with values, as in `key: value`.",
        "8:98: “ninety” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "8:114: 11 points is above the full mark of 10. Lower the points, or raise the full mark.",
        "8:138: “three” is not a number. Enter it as in 7.5, 30% or 2/3.",
    ],
    "interpolate, figure: x, points_at: [[1, 2], [one, 12], 3, [1, 12]]": [
        "8:94: “one” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "8:104: Enter a list, as in [a, b].",
        "8:107: The value 1 appears twice in `points_at`. Keep one.",
        "8:111: 12 points is above the full mark of 10. Lower the points, or raise the full mark.",
    ],
    "deduct, lines: [{figure: x, per: -1, points: one}, 3, {figure: z, points: 1, partial: half}]": [
        "8:65: The sheet does not say what part of a step costs. Add `partial` (pro-rata, up or down).",
        "8:82: `per` must be above 0. Change it.",
        "8:94: “one” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "8:100: Enter keys with values, as in `key: value`.",
        "8:112: There is no figure “z”. Use one of: x.",
        "8:135: “half” cannot be used here. Use one of: pro-rata, up, down.",
    ],
    "rank, figure: x, better: hi, table: [9, ten, 11], ties: average": [
        "8:74: “hi” cannot be used here. Use one of: higher, lower.",
        "8:86: The first entry of `table` must be the full mark, 10. Change it.",
        "8:89: “ten” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "8:94: 11 points is above the full mark of 10. Lower the points, or raise the full mark.",
        "8:105: `ties: average` cannot be used with a table. Select another.",
    ],
    "normalise, figure: x, how: goalposts, better: high, goalposts: [5, 4], target: a b": [
        "8:95: “high” cannot be used here. Did you mean “higher”?",
        "8:112: Goalposts must go from lower to higher. Change the order.",
        "8:120: “target” is only for `how: to-target`. Delete it.",
        "8:128: “a b” must be a number, a figure, previous(figure) or a unit attribute.",
    ],
    "spread, figure: x, better: higher, within: grp, lowest: 12": [
        "8:92: “grp” cannot be used here. Did you mean “group”?",
        "8:105: 12 points is above the full mark of 10. Lower the points, or raise the full mark.",
    ],
    "done, when: x >, figures: [x]": [
        "8:5: Write exactly one of when, figures.",
        "8:61: At character 4 of the expression: The expression ends too early. Add a number, a name or a bracket.",
        "8:76: “x” is a figure of type number. yes-no is needed here.",
    ],
}


@pytest.mark.parametrize("method", METHODS)
def test_what_is_wrong_with_one_key_of_a_method_hides_nothing_of_the_others(method: str):
    assert flaws_of(a_text(f'- {{id: item, points: 10, clause: "1", method: {method}}}')) == METHODS[method]


def test_a_node_that_is_neither_item_nor_section_still_counts_where_it_is_named():
    items = """
    - id: air
      points: 10
      items:
        - {id: a, points: 4, method: direct, figure: x, clause: "1"}
        - {id: b, points: 6}
    """

    assert flaws_of(a_text(items, rest="ranking: {tie_break: [b]}")) == [
        "12:9: There is neither `method` (an item) nor `items` (a section). Add one of them."
    ]


def test_grades_that_cannot_be_read_bring_forth_no_flaws_of_what_names_them():
    rest = """
    grades: none
    adjustments: [{kind: veto, id: v, clause: "1", when: x > 3, grade: fail}]
    """

    assert flaws_of(a_text(rest=rest)) == ["9:9: Enter a list, as in [a, b]."]


def test_groups_that_cannot_be_read_bring_forth_no_flaws_of_what_names_them():
    items = '- {id: item, points: {streets: 10, townships: 8}, method: direct, figure: x, clause: "1"}'

    assert flaws_of(a_text(items, head="missing: zero\ngroups: streets")) == ["5:9: Enter a list, as in [a, b]."]


def test_what_unreadable_parts_of_a_sheet_mention_counts_as_used():
    items = """
    - {id: item, points: 10, method: direct, figure: x, clause: "1"}
    - {id: two, points: 10, method: bandz, figure: y, clause: "2"}
    """
    figures = "x: {kind: number, from: unit}\ny: {kind: number, from: unit}\nz: {kind: number, from: unit}"

    assert flaws_of(a_text(items, figures=figures)) == [
        "8:3: No item, condition or formula uses the figure “z”. Use it or delete it.",
        "11:35: There is no method “bandz”. Did you mean “bands”?",
    ]


def test_a_choice_that_cannot_be_read_brings_forth_no_flaws_of_the_table():
    items = '- {id: item, points: 10, method: lookup, figure: x, table: {a: 1, b: 2}, clause: "1"}'

    assert flaws_of(a_text(items, figures="x: {kind: choice, choices: [a, {}], from: unit}")) == [
        "6:34: Enter one text or number, not a list or a group of keys."
    ]
