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
        "1:1: the key year is missing: add it",
        "1:5: 2026 sheet cannot be an id: use letters and digits, joined by . or -",
        "2:8: a text is expected here, or {zh: …, en: …}",
        "3:1: there is no key yaer; did you mean year?",
        "6:26: at character 6 of the expression: a single = does not compare: write ==",
        "8:6: a figure by month needs `roll_up`: say how the year's value is made",
        "9:39: figures of kind percent are counted in percent: write 100, not 100%",
        "9:45: there is no key certified; did you mean certified_by?",
        "12:13: the full mark 20 is not the sum of those below, 19: correct it",
        "14:79: highr is not possible here; did you mean higher?",
        "15:14: the id air.a stands twice: change one of them",
        "15:65: nothing is said of figures beyond the last band: add a band with only `points`",
        "15:73: figures of kind percent are counted in percent: write 90, not 90%",
        "15:86: 10 points are above the full mark of 9: lower them, or raise the full mark",
        "16:5: the key clause is missing: add it",
        "16:62: there is no figure z; use one of: x, y",
        "17:40: a quota cannot be above 100%: write a share such as 30%",
        "17:69: grades go from best to worst: 90 is out of order or stands twice",
    ]


def test_what_is_wrong_with_one_key_of_a_figure_hides_nothing_of_the_others():
    figures = """
    x: {kind: numbr, from: unit, decimals: two, period: month, min: 5, max: 3, choices: [a]}
    y: {kind: choice, from: ledger, period: weekly, roll_up: mean, min_periods: many, measure: done, tasks: [12]}
    """
    items = '- {id: item, points: 10, method: ratio, figure: x, target: previous(y), better: higher, clause: "1"}'

    assert flaws_of(a_text(items, figures=figures)) == [
        "6:6: a figure by month needs `roll_up`: say how the year's value is made",
        "6:13: numbr is not possible here; did you mean number?",
        "6:42: two is not a whole number: write 0, 1, 2 and so on",
        "6:67: min is above max: exchange them",
        "7:6: a figure of kind choice needs its `choices`",
        "7:43: weekly is not possible here; use one of: year, half, quarter, month",
        "7:60: a figure of this kind can only have `roll_up: last`",
        "7:79: many is not a whole number: write 0, 1, 2 and so on",
        "7:94: the measure done is not one of ledger: choose another",
        "7:100: tasks is only for from: task-list: take it out or change it",
        "7:107: keys with values are expected here, as in `key: value`",
        "9:62: y is a figure of kind choice; number, count, percent is needed here",
    ]


def test_what_is_wrong_with_one_grade_hides_nothing_of_the_others():
    grades = "grades: [{id: a, from: high}, {id: b, from: 80, at_most: 200%}, {id: c, from: 85}, {id: d, to: 3}]"

    assert flaws_of(a_text(rest=grades)) == [
        "9:24: high is not a number: write it like 7.5, 30% or 2/3",
        "9:58: a quota cannot be above 100%: write a share such as 30%",
        "9:79: grades go from best to worst: 85 is out of order or stands twice",
        "9:96: with ranking.better higher a grade has `from`: change it",
    ]


def test_what_is_wrong_with_ranking_and_conversion_hides_nothing_of_either():
    rest = """
    ranking: {better: up, ties: average, tie_break: [air]}
    grades: [{id: a, from: 90, at_most: 120%}, {id: b}, {from: 3}]
    conversion: {by: rnk, points: 0, table: {a: 1}, members: [{post: a, items: [itm]}, {coefficient: x}]}
    """

    assert flaws_of(a_text(rest=rest)) == [
        "9:19: up is not possible here; use one of: higher, lower",
        "9:50: there is no item or section air; use one of: item",
        "10:37: a quota cannot be above 100%: write a share such as 30%",
        "10:53: the key id is missing: add it",
        "11:18: rnk is not possible here; did you mean rank?",
        "11:31: 0 must be above zero",
        "11:77: there is no item or section itm; did you mean item?",
        "11:84: the key post is missing: add it",
        "11:98: x is not a number: write it like 7.5, 30% or 2/3",
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
        "11:5: the key clause is missing: add it",
        "11:31: at character 13 of the expression: the expression ends too early: add a number, a name or a bracket",
        "11:55: there is no grade c; use one of: a, b",
        "12:56: sixty is not a number: write it like 7.5, 30% or 2/3",
        "13:5: a bonus or deduction must stand before a total-cap: move it up",
        "13:23: the id item stands twice: change one of them",
        "13:47: x is not a number: write it like 7.5, 30% or 2/3",
        "13:58: the key clause is missing: add it",
        "13:101: the list must not be empty",
        "13:106: an item or a section is expected here",
        "14:5: keys with values are expected here, as in `key: value`",
        "15:5: a bonus or deduction must stand before a total-cap: move it up",
        "15:50: `items` must be a list of at least one item",
    ]


METHODS = {
    "bands, figure: x, edge: over, bands: [{from: ninety, points: 11}, {points: 8}, {from: 80, points: 3}]": [
        "8:73: over is not possible here; did you mean above?",
        "8:94: ninety is not a number: write it like 7.5, 30% or 2/3",
        "8:110: 11 points are above the full mark of 10: lower them, or raise the full mark",
        "8:115: a band without a bound must be the last: move it",
    ],
    "bands, figure: x, better: up, bands: [90, {from: ninety, points: 11}, {from: 80, points: three}]": [
        "8:75: up is not possible here; use one of: higher, lower",
        "8:87: keys with values are expected here, as in `key: value`",
        "8:98: ninety is not a number: write it like 7.5, 30% or 2/3",
        "8:114: 11 points are above the full mark of 10: lower them, or raise the full mark",
        "8:138: three is not a number: write it like 7.5, 30% or 2/3",
    ],
    "interpolate, figure: x, points_at: [[1, 2], [one, 12], 3, [1, 12]]": [
        "8:94: one is not a number: write it like 7.5, 30% or 2/3",
        "8:104: a list is expected here, as in [a, b]",
        "8:107: the figure 1 stands twice in points_at: keep one",
        "8:111: 12 points are above the full mark of 10: lower them, or raise the full mark",
    ],
    "deduct, lines: [{figure: x, per: -1, points: one}, 3, {figure: z, points: 1, partial: half}]": [
        "8:65: it is not said what a part of a step costs: add `partial` (pro-rata, up or down)",
        "8:82: per must be above zero",
        "8:94: one is not a number: write it like 7.5, 30% or 2/3",
        "8:100: keys with values are expected here, as in `key: value`",
        "8:112: there is no figure z; use one of: x",
        "8:135: half is not possible here; use one of: pro-rata, up, down",
    ],
    "rank, figure: x, better: hi, table: [9, ten, 11], ties: average": [
        "8:74: hi is not possible here; use one of: higher, lower",
        "8:86: the first entry of the table must be the full mark, 10",
        "8:89: ten is not a number: write it like 7.5, 30% or 2/3",
        "8:94: 11 points are above the full mark of 10: lower them, or raise the full mark",
        "8:105: ties: average cannot be used with a table: choose another",
    ],
    "normalise, figure: x, how: goalposts, better: high, goalposts: [5, 4], target: a b": [
        "8:95: high is not possible here; did you mean higher?",
        "8:112: goalposts go from the lower to the higher",
        "8:120: target is only for how: to-target: take it out",
        "8:128: a b must be a number, a figure, previous(figure) or a unit attribute",
    ],
    "spread, figure: x, better: higher, within: grp, lowest: 12": [
        "8:92: grp is not possible here; did you mean group?",
        "8:105: 12 points are above the full mark of 10: lower them, or raise the full mark",
    ],
    "done, when: x >, figures: [x]": [
        "8:5: write exactly one of when, figures",
        "8:61: at character 4 of the expression: the expression ends too early: add a number, a name or a bracket",
        "8:76: x is a figure of kind number; yes-no is needed here",
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
        "12:9: there is neither `method` (an item) nor `items` (a section): add one of them"
    ]


def test_grades_that_cannot_be_read_bring_forth_no_flaws_of_what_names_them():
    rest = """
    grades: none
    adjustments: [{kind: veto, id: v, clause: "1", when: x > 3, grade: fail}]
    """

    assert flaws_of(a_text(rest=rest)) == ["9:9: a list is expected here, as in [a, b]"]


def test_groups_that_cannot_be_read_bring_forth_no_flaws_of_what_names_them():
    items = '- {id: item, points: {streets: 10, townships: 8}, method: direct, figure: x, clause: "1"}'

    assert flaws_of(a_text(items, head="missing: zero\ngroups: streets")) == [
        "5:9: a list is expected here, as in [a, b]"
    ]


def test_what_unreadable_parts_of_a_sheet_mention_counts_as_used():
    items = """
    - {id: item, points: 10, method: direct, figure: x, clause: "1"}
    - {id: two, points: 10, method: bandz, figure: y, clause: "2"}
    """
    figures = "x: {kind: number, from: unit}\ny: {kind: number, from: unit}\nz: {kind: number, from: unit}"

    assert flaws_of(a_text(items, figures=figures)) == [
        "8:3: no item, condition or formula uses the figure z: use it or take it out",
        "11:35: there is no method bandz; did you mean bands?",
    ]


def test_a_choice_that_cannot_be_read_brings_forth_no_flaws_of_the_table():
    items = '- {id: item, points: 10, method: lookup, figure: x, table: {a: 1, b: 2}, clause: "1"}'

    assert flaws_of(a_text(items, figures="x: {kind: choice, choices: [a, {}], from: unit}")) == [
        "6:34: one text or number is expected here, not a list or a group of keys"
    ]
