"""Figures that are made of several others: judges without the highest and the lowest mark."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assess.core.rules.needed_figures import NeededFigure, asked_of
from assess.core.rules.sheet import items_of
from tests.builders import Outcome, Tree, a_sheet, a_unit, an_item, refused, score

JUDGES = {"j1": 95, "j2": 90, "j3": "85.5", "j4": 88, "j5": 80}
TITLES = {name: {"title": name.upper()} for name in JUDGES}
SHOW = {"title": {"zh": "汇报", "en": "Show"}, "from": "panel", "panel": list(JUDGES)}


def a_panel_sheet(item: Tree, **keys: Any) -> Any:
    """A sheet of an item that reads the panel `show` of five judges."""
    return a_sheet(item, figures={**TITLES, "show": {**SHOW, **keys}}, missing="exclude", rounding={})


def judged(keys: Tree, **marks: Any) -> Outcome:
    """The panel's points, of 100, for one unit."""
    item = an_item("direct", figure="show", points=100)
    return score(a_panel_sheet(item, **keys), a_unit(**{**JUDGES, **marks}))


@pytest.mark.parametrize(
    ("keys", "points"),
    [
        ({}, Fraction("87.7")),
        ({"over": "sum", "pick": {"worst": 1}}, 80),
        ({"over": "median"}, 88),
        ({"over": "median", "pick": {"best": 4}}, 89),
        ({"over": "max"}, 95),
        ({"over": "min"}, 80),
        ({"pick": {"trim": 1}}, Fraction(527, 6)),
        ({"pick": {"trim": 2}}, 88),
    ],
)
def test_a_panel_is_combined_of_those_who_are_picked(keys: Tree, points: Fraction | int):
    assert judged(keys).points() == {"a": points}


def test_who_gave_no_mark_takes_no_part():
    trim = {"pick": {"trim": 1, "at_least": 4}}

    assert judged({}, j1=None, j5=None).points() == {"a": Fraction(527, 6)}
    # Four are there: 90 and 80 fall away.
    assert judged(trim, j1=None).points() == {"a": Fraction("86.75")}


def test_too_few_marks_make_no_panel_and_the_reason_says_so():
    outcome = judged({"pick": {"trim": 1, "at_least": 4}}, j1=None, j2=None)

    assert outcome.points() == {"a": None}
    assert outcome.why() == (
        "“汇报”只有3个有值，至少须有4个，不计入",
        "Show: only 3 have a value and at least 4 are needed: left out",
    )
    assert judged({}, **dict.fromkeys(JUDGES)).why()[1] == "Show is missing: left out"


def test_the_sentence_says_how_many_were_there_and_who_was_left_out():
    assert judged({"pick": {"trim": 1}}, j2=None).why() == (
        "汇报：5个中4个有值，去掉J1 95、J5 80，取平均；汇报评定为86.75分，得86.75分",
        "Show: 4 of 5 have a value; without J1 95, J5 80; their mean; Show: rated 86.75 points; 86.75 points",
    )
    assert judged({"over": "max"}).why()[1] == (
        "Show: 5 of 5 have a value; the highest; Show: rated 95 points; 95 points"
    )


def test_a_panel_serves_as_a_formula_figure_does():
    # A formula of it, and last year's panel of last year's marks.
    item = an_item("formula", points_from="show - previous(show) + 10")
    sheet = a_panel_sheet(item, over="max")

    assert score(sheet, a_unit(**JUDGES, previous={"j1": 89, "j2": 88})).points() == {"a": 10}
    assert score(sheet, a_unit(**{**JUDGES, "j1": 91}, previous={"show": 90})).points() == {"a": 10}
    assert asked_of(next(items_of(sheet.items)), sheet) == (
        *(NeededFigure(name, 0) for name in JUDGES), *(NeededFigure(name, 1) for name in JUDGES),
    )  # fmt: skip


def test_a_panel_of_formulas_and_panels_is_computed_from_them():
    figures = {
        "a": {}, "b": {},
        "double": {"from": "formula", "formula": "2 * a"},
        "inner": {"from": "panel", "panel": ["double", "b"]},
        "outer": {"from": "panel", "panel": ["inner", "a"], "over": "sum"},
    }  # fmt: skip
    sheet = a_sheet(an_item(figure="outer", points=100), figures=figures, rounding={})

    # 2 × 3 = 6 and 4: 5, and 3.
    assert score(sheet, a_unit(a=3, b=4)).points() == {"a": 8}


def flawed(**keys: Any) -> list[str]:
    """The flaws of a panel of two judges with other keys."""
    figures = {"j1": {}, "j2": {}, "show": {"from": "panel", "panel": ["j1", "j2"], **keys}}
    return refused(an_item(figure="show"), an_item(id="two", figure="j1"), figures=figures)


def test_a_panel_lists_numbers_and_says_once_what_it_picks():
    assert flawed() == []
    assert flawed(pick={}) == ["figures.show.pick: Write exactly one of worst, best, trim."]
    assert flawed(panel=["j1", "j3"], formula="j2") == [
        "figures.show.panel.1: There is no figure “j3”. Use one of: show, j1, j2.",
        "figures.show.formula: “formula” is only for from: formula. Delete it or change it.",
    ]
    assert flawed(**{"from": "unit"}) == [
        "figures.show.panel: “panel” is only for from: panel. Delete it or change it."
    ]
    assert flawed(details="always", kind="count") == [
        "figures.show.details: `details` is only for counts (`kind: count`) that a department or a unit enters. "
        "Delete it."
    ]


def test_a_panel_neither_has_nor_is_a_word():
    figures = {"a": {}, "b": {"kind": "yes-no"}, "show": {"from": "panel", "panel": ["a", "b"], "kind": "yes-no"}}

    assert refused(an_item("done", figures=["show"]), figures=figures) == [
        "figures.show.kind: A `panel` makes a number. `kind` must be number, count or percent. Change it.",
        "figures.show.panel.1: “b” is not a number, count or percent figure and cannot be one of a `panel`. "
        "Delete it or change it.",
    ]


def test_panels_do_not_need_themselves():
    figures = {
        "a": {},
        "one": {"from": "panel", "panel": ["a", "two"]},
        "two": {"from": "formula", "formula": "one / 2"},
    }

    assert refused(an_item(figure="one"), figures=figures) == [
        "figures.one.panel: The formulas refer to each other in a circle: one → two → one. Change one of them."
    ]


def test_over_and_pick_belong_to_a_panel():
    assert refused(an_item(figure="x"), figures={"x": {"over": "sum", "pick": {"best": 1}}}) == [
        "figures.x.over: “over” is only for panel. Delete it or change it.",
        "figures.x.pick: “pick” is only for panel. Delete it or change it.",
    ]


def test_without_a_list_of_figures_panel_is_a_department_as_before():
    departments = {"panel": {"title": "Panel of experts"}}
    figures = {"marks": {"from": "panel"}, "all": {"from": "panel", "panel": ["marks"]}}

    assert a_sheet(an_item(figure="marks"), figures={"marks": {"from": "panel"}}).figures["marks"].department == "panel"
    sheet = a_sheet(an_item(figure="all"), figures=figures, departments=departments)
    assert {name: figure.department for name, figure in sheet.figures.items()} == {"marks": "panel", "all": None}
    assert refused(an_item(figure="all"), figures=figures, departments={"bureau": {}}) == [
        "figures.marks.from: There is no department “panel”. Use one of: unit, task-list, ledger, formula, bureau."
    ]
