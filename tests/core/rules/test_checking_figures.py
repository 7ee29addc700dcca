"""Figures: who supplies them, their periods and ranges, formulas without circles, none without use."""

from __future__ import annotations

import pytest

from assess.core.rules.sheet import digest_of
from tests.core.rules.sheets import AN_ITEM, a_text, flaws_of, loaded

DEPARTMENTS = "missing: zero\ndepartments: {ecology: {title: E}, water: {}}"
Y = "\ny: {kind: number, from: unit}"
LOOKUP = '- {id: item, points: 10, method: lookup, figure: x, table: {a: 1, b: 2}, clause: "1"}'


def of_figures(text: str, *, items: str = AN_ITEM, head: str = "missing: zero") -> list[str]:
    """The flaws of figures; the first stands in line 6."""
    return flaws_of(a_text(items, figures=text, head=head))


def test_a_figure_is_supplied_by_a_department_of_the_sheet():
    assert of_figures("x: {kind: number, from: ecology}", head=DEPARTMENTS) == []
    assert of_figures("x: {kind: number, from: ecologie}", head=DEPARTMENTS) == [
        "7:27: There is no department “ecologie”. Did you mean “ecology”?"
    ]


def test_where_the_sheet_lists_no_departments_any_may_supply_a_figure():
    assert of_figures("x: {kind: number, from: the-office}") == []


def test_what_a_street_reports_is_certified_by_a_department():
    assert of_figures("x: {kind: number, from: unit, certified_by: water}", head=DEPARTMENTS) == []
    assert of_figures("x: {kind: number, from: unit, certified_by: unit}", head=DEPARTMENTS) == [
        "7:47: There is no department “unit”. Use one of: ecology, water."
    ]
    assert of_figures("x: {kind: number, from: ecology, certified_by: water}", head=DEPARTMENTS) == [
        "7:36: “certified_by” is only for from: unit. Delete it or change it."
    ]


def test_figures_of_the_task_list_and_the_ledger_are_measured_each_in_its_own_way():
    assert of_figures("x: {kind: percent, from: task-list, tasks: {domain: air}, measure: progress}") == []
    assert of_figures("x: {kind: count, from: ledger, findings: {kind: dust}, measure: overdue}") == []
    assert of_figures("x: {kind: count, from: ledger}") == ["6:6: The key “measure” is missing. Add it."]
    assert of_figures("x: {kind: count, from: task-list, measure: opened}") == [
        "6:46: The measure “opened” is not one of task-list. Select another."
    ]
    assert of_figures("x: {kind: count, from: ledger, measure: progress, tasks: {domain: air}}") == [
        "6:43: The measure “progress” is not one of ledger. Select another.",
        "6:53: “tasks” is only for from: task-list. Delete it or change it.",
    ]
    assert of_figures("x: {kind: count, from: unit, findings: {kind: dust}, formula: 1 + 1}") == [
        "6:32: “findings” is only for from: ledger. Delete it or change it.",
        "6:56: “formula” is only for from: formula. Delete it or change it.",
    ]


def test_periods_of_a_figure_become_the_years_value_in_a_way_that_is_stated():
    assert of_figures("x: {kind: number, from: unit, period: month, roll_up: mean, min_periods: 9}") == []
    assert of_figures("x: {kind: number, from: unit, period: quarter}") == [
        "6:6: A figure by quarter needs `roll_up`. Add how the year's value is made."
    ]
    assert of_figures("x: {kind: number, from: unit, period: half, roll_up: sum, min_periods: 3}") == [
        "6:74: `min_periods` is above the 2 periods of a year. Lower it."
    ]
    assert of_figures("x: {kind: number, from: unit, period: week, roll_up: average}") == [
        "6:41: “week” cannot be used here. Use one of: year, half, quarter, month.",
        "6:56: “average” cannot be used here. Use one of: mean, sum, last, max, min.",
    ]


def test_rows_of_details_belong_to_counts_that_somebody_enters():
    assert of_figures("x: {kind: count, from: unit, details: always}") == []
    told = ": `details` is only for counts (`kind: count`) that a department or a unit enters. Delete it."
    assert of_figures("x: {kind: number, from: unit, details: deducted}") == [f"6:42{told}"]
    assert of_figures("x: {kind: count, from: ledger, measure: opened, details: none}") == [f"6:60{told}"]
    assert of_figures("x: {kind: count, from: unit, details: often}") == [
        "6:41: “often” cannot be used here. Use one of: always, deducted, none."
    ]


def test_what_leaving_details_out_means_leaves_no_trace_in_the_digest():
    left_out, deducted, always, none = (
        digest_of(loaded(a_text(figures=f"x: {{kind: count, from: unit{key}}}")).sheet)
        for key in ("", ", details: deducted", ", details: always", ", details: none")
    )

    assert deducted == left_out
    assert len({left_out, always, none}) == 3


def test_choices_have_no_mean():
    figure = "x: {kind: choice, choices: [a, b], from: unit, period: month, roll_up: %s}"

    assert of_figures(figure % "last", items=LOOKUP) == []
    assert of_figures(figure % "mean", items=LOOKUP) == [
        "6:74: This type of figure can only have `roll_up: last`. Change it."
    ]


def test_a_range_is_possible_and_only_for_numbers():
    assert of_figures("x: {kind: number, from: unit, min: 3, max: 3, decimals: 1}") == []
    assert of_figures("x: {kind: number, from: unit, min: 3.1, max: 3}") == ["6:38: `min` is above `max`. Swap them."]
    assert of_figures("x: {kind: yes-no, from: unit, max: 3, decimals: 0}") == [
        "6:33: This type of figure has no number range. Delete max.",
        "6:41: This type of figure has no number range. Delete decimals.",
    ]


def test_a_choice_has_words_to_choose_from_each_once():
    assert of_figures("x: {kind: choice, choices: [a, b], from: unit}", items=LOOKUP) == []
    assert of_figures("x: {kind: choice, from: unit}", items=LOOKUP) == [
        "6:6: A choice figure needs `choices`. Add them."
    ]
    assert of_figures("x: {kind: choice, choices: [a, b, a], from: unit}", items=LOOKUP) == [
        "6:37: The choice “a” appears twice. Keep one."
    ]
    assert of_figures("x: {kind: number, choices: [a], from: unit}") == [
        "6:21: “choices” is only for kind: choice. Delete it or change it."
    ]


def test_the_range_of_a_percentage_is_written_in_percent():
    assert of_figures("x: {kind: percent, from: unit, min: 0, max: 100}") == []
    assert of_figures("x: {kind: percent, from: unit, min: 0, max: 100%}") == [
        "6:47: Percent figures are counted in percent. Write 100, not 100%."
    ]


@pytest.mark.parametrize(
    "items",
    [
        '- {id: item, points: 10, method: done, when: x > y, clause: "1"}',
        '- {id: item, points: 10, method: formula, points_from: x + previous(y), clause: "1"}',
        '- {id: item, points: 10, method: ratio, figure: x, target: y, better: higher, clause: "1"}',
        '- {id: item, points: 10, method: ratio, figure: x, target: previous(y), better: higher, clause: "1"}',
        '- {id: item, points: 10, method: interpolate, figure: x, full_at: 3, zero_at: y, clause: "1"}',
        '- {id: item, points: 10, method: award, lines: [{figure: x, target: y, points: 1, partial: up}], clause: "1"}',
        '- {id: item, points: 10, method: deduct, lines: [{figure: x, per: y, points: 1, partial: up}], clause: "1"}',
        '- {id: item, points: 10, method: direct, figure: x, corrections: [{when: y > 1, keep: 40%, clause: "2"}], '
        'clause: "1"}',
        '- {id: item, points: 10, method: normalise, how: goalposts, figure: x, goalposts: [y, 9], better: higher, '
        'clause: "1"}',
    ],
)  # fmt: skip
def test_a_figure_counts_as_used_wherever_an_item_may_name_it(items: str):
    assert of_figures("x: {kind: number, from: unit}" + Y, items=items) == []


def test_a_figure_counts_as_used_in_a_condition_of_an_adjustment_and_in_a_formula():
    figures = (
        "x: {kind: number, from: formula, formula: z * 2}\ny: {kind: count, from: unit}\nz: {kind: number, from: unit}"
    )
    veto = """
    grades: [{id: good, from: 60}, {id: fail}]
    adjustments: [{kind: veto, id: v, clause: "9", when: y > 0, grade: fail}]
    """

    assert flaws_of(a_text(AN_ITEM, figures=figures, rest=veto)) == []


def test_a_figure_counts_as_used_by_an_item_of_a_bonus():
    bonus = """
    adjustments:
      - {kind: bonus, id: b, clause: "9", items: [{id: b.y, points: 1, method: direct, figure: y, clause: "9"}]}
    """

    assert flaws_of(a_text(AN_ITEM, figures="x: {kind: number, from: unit}" + Y, rest=bonus)) == []


def test_a_figure_that_nothing_uses_is_refused_at_its_name():
    figures = """
    x: {kind: number, from: unit}
    y:
      title: x plus y
      kind: number
      from: unit
    """

    assert of_figures(figures) == ["7:3: No item, condition or formula uses the figure “y”. Use it or delete it."]


def test_formulas_do_not_need_each_other_in_a_circle():
    figures = """
    x: {kind: number, from: formula, formula: y + 1}
    y: {kind: number, from: formula, formula: z * 2}
    z: {kind: number, from: formula, formula: x}
    """

    assert of_figures(figures) == [
        "6:45: The formulas refer to each other in a circle: x → y → z → x. Change one of them."
    ]


def test_every_circle_of_formulas_is_told_once():
    figures = """
    x: {kind: number, from: formula, formula: y + z}
    y: {kind: number, from: formula, formula: x * 2}
    z: {kind: number, from: formula, formula: x}
    w: {kind: number, from: formula, formula: w + x}
    """

    assert of_figures(figures) == [
        "6:45: The formulas refer to each other in a circle: x → y → x. Change one of them.",
        "8:45: The formulas refer to each other in a circle: z → x → z. Change one of them.",
        "9:45: The formulas refer to each other in a circle: w → w. Change one of them.",
    ]


def test_last_years_value_of_itself_is_no_circle():
    assert of_figures("x: {kind: number, from: formula, formula: previous(x) + y}" + Y) == []


def test_a_formula_has_known_names_and_no_text_with_numbers():
    assert of_figures("x: {kind: number, from: formula, formula: yy + 1}" + Y) == [
        "6:45: At character 1 of the expression: There is no figure or unit attribute “yy”. Did you mean “y”?",
        "7:3: No item, condition or formula uses the figure “y”. Use it or delete it.",
    ]
    assert of_figures("x: {kind: number, from: formula, formula: y + kind}" + Y) == [
        "6:45: At character 5 of the expression: Text cannot be used with “+”. Use a number."
    ]
    assert of_figures("x: {kind: number, from: formula, formula: previous(yy)}" + Y) == [
        "6:45: At character 10 of the expression: There is no figure “yy” for previous(). Did you mean “y”?",
        "7:3: No item, condition or formula uses the figure “y”. Use it or delete it.",
    ]
    assert of_figures("x: {kind: number, from: formula}") == ["6:6: The key “formula” is missing. Add it."]


def test_figure_ids_are_lower_snake_case_and_no_words_of_expressions():
    item = '- {{id: item, points: 10, method: direct, figure: {}, clause: "1"}}'

    assert of_figures("pm2_5: {kind: number, from: unit}", items=item.format("pm2_5")) == []
    for name in ("PM25", "pm-25", "2pm", "颗粒物"):
        assert of_figures(f"{name}: {{kind: number, from: unit}}", items=item.format(name)) == [
            f"6:3: “{name}” cannot be a figure ID. Use lower-case letters, digits and _, beginning with a letter."
        ]
    for name in ("if", "not", "total", "previous_grade"):
        assert of_figures(f"{name}: {{kind: number, from: unit}}", items=item.format(name)) == [
            f"6:3: “{name}” is a word used in expressions. Use another ID."
        ]


def test_a_circle_is_told_in_chinese_as_an_office_would():
    figures = "x: {kind: number, from: formula, formula: x + 1}"

    assert flaws_of(a_text(figures=figures), language="zh") == ["6:45: 公式互相引用，形成循环：x → x。请改其中一个。"]
