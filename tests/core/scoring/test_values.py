from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import Outcome, a_sheet, a_unit, an_item, score

MONTHS = {"kind": "number", "period": "month"}


def formula(points_from: str, units: Any, figures: dict[str, Any], mode: str = "half-up") -> Outcome:
    """The points of a formula without bounds that matter."""
    item = an_item("formula", points_from=points_from, floor=-1000, cap=1000, id="f", missing="exclude")
    return score(a_sheet(item, figures=figures, rounding={"mode": mode, "total": 2}), units)


def value(points_from: str, mode: str = "half-up", **values: Any) -> Fraction | None:
    """The value of a formula of the figures a, b and c for one street."""
    names = names_in(points_from)
    previous = {"a": 50} if "previous(a)" in points_from else {}
    units = a_unit(previous=previous, **{name: each for name, each in values.items() if name in names})
    return formula(points_from, units, {name: {} for name in names}, mode).points("f")["a"]


def names_in(expression: str) -> set[str]:
    """Those of the figures a, b and c that it names."""
    return set(re.findall(r"\b[abc]\b", expression))


def rolled(roll_up: str, periods: dict[str, Any], **keys: Any) -> Fraction | None:
    """The year's value of a monthly figure."""
    return formula("x", a_unit(x=periods), {"x": {**MONTHS, "roll_up": roll_up, **keys}}).points("f")["a"]


# periods


@pytest.mark.parametrize(
    ("roll_up", "year"),
    [("mean", Fraction(104, 3)), ("sum", 104), ("last", 30), ("max", 40), ("min", 30)],
)
def test_the_year_is_made_of_the_periods_that_are_there(roll_up: str, year: Fraction):
    # 34, 40 and 30 in January, March and July: the mean is 104/3, exactly.
    assert rolled(roll_up, {"2026-07": 30, "2026-01": 34, "2026-03": 40}) == year


def test_too_few_periods_leave_the_year_missing():
    periods = {"2026-01": 34, "2026-03": 40}

    assert rolled("mean", periods, min_periods=2) == 37
    assert rolled("mean", periods, min_periods=3) is None
    assert rolled("mean", {}) is None


def test_a_choice_of_the_last_period_counts():
    item = an_item("lookup", figure="grade", table={"II": 5, "III": 3})
    figure = {"kind": "choice", "choices": ["II", "III"], "period": "quarter", "roll_up": "last"}
    sheet = a_sheet(item, figures={"grade": figure})

    assert score(sheet, a_unit(grade={"2026-Q1": "II", "2026-Q3": "III"})).points() == {"a": 3}


def test_yes_and_no_are_1_and_0_and_a_percent_figure_is_counted_in_percent():
    figures = {"open": {"kind": "yes-no"}, "rate": {"kind": "percent"}}

    assert formula("open * 5 + rate", a_unit(open="是", rate="93.5%"), figures).points("f") == {"a": Fraction("98.5")}


# formula figures


def test_a_formula_figure_is_computed_from_this_year_and_last():
    # (33 − 40)/40 × 100 = −17.5.
    figures = {
        "pm25": {},
        "change": {"kind": "percent", "from": "formula", "formula": "(pm25 / previous(pm25) - 1) * 100"},
    }
    units = {
        "a": a_unit(pm25=33, previous={"pm25": 40}),
        "b": a_unit(pm25=33),
        "c": a_unit(pm25=33, previous={"pm25": 0}),
    }
    outcome = formula("change", units, figures)

    assert outcome.points("f") == {"a": Fraction("-17.5"), "b": None, "c": None}
    assert outcome.whys("f") == {
        "a": "change: -17.5%; by the formula change; -17.5 points",
        "b": "last year's pm25 is missing: left out",
        "c": "division by zero: left out",
    }


def test_last_years_formula_figure_is_computed_from_last_years_figures():
    # Twice last year's 40 is 80; of the year before that nothing is known.
    double = {"x": {}, "double": {"from": "formula", "formula": "2 * x"}}
    older = {"x": {}, "older": {"from": "formula", "formula": "previous(x)"}}
    units = a_unit(x=10, previous={"x": 40})

    assert formula("previous(double) + double", units, double).points("f") == {"a": 100}
    assert formula("previous(older) + older", units, older).points("f") == {"a": None}


# expressions inside the engine


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("a + b * 2", 11), ("(a + b) * 2", 16), ("a - b - 1", 1), ("a / 3", Fraction(5, 3)), ("-a", -5),
        ("30% * a", Fraction("1.5")),
        ("min(a, b, 4)", 3), ("max(a, b)", 5), ("abs(b - a)", 2), ("floor(a / 2)", 2), ("ceil(a / 2)", 3),
        ("floor(-a / 2)", -3), ("mean(a, b, 4)", 4), ("sum(a, b, 4)", 12),
        ("if(a > b, 1, 2)", 1), ("a >= 5 and b < 3", 0), ("a == 5 or b / 0 > 1", 1), ("not (a != 5)", 1),
        ("if(kind == 'street', a, b / 0)", 5), ("previous(a) - a", 45),
        ("round(a / 3, 2)", Fraction("1.67")), ("round(a * 0.5, 0)", 3), ("round(-a * 0.5, 0)", -3),
    ],
)  # fmt: skip
def test_an_expression_is_exact(expression: str, result: Fraction):
    assert value(expression, a=5, b=3) == result


def test_rounding_in_an_expression_follows_the_sheet():
    # 2.5 is between 2 and 3.
    assert value("round(a * 0.5, 0)", "half-even", a=5) == 2


@pytest.mark.parametrize(
    "expression",
    ["c + 1", "a / (b - 3)", "min(a, c)", "if(c > 1, 2, 3)", "c > 1 or a < 5", "c > 1 and a == 5", "not c"],
)
def test_what_needs_a_missing_name_or_divides_by_zero_is_missing(expression: str):
    assert value(expression, a=5, b=3) is None


@pytest.mark.parametrize(
    ("expression", "result"),
    [("if(a > 1, 2, c)", 2), ("a < 1 and c > 1", 0), ("a > 1 or c > 1", 1), ("if(a > 1, 2, 1 / (b - 3))", 2)],
)
def test_what_is_not_looked_at_may_be_missing(expression: str, result: int):
    assert value(expression, a=5, b=3) == result


def test_each_unit_takes_its_own_branch():
    units = {"a": a_unit(a=5, b=2), "b": a_unit(a=1, b=0), "c": a_unit(b=1)}

    assert formula("if(a > 2, a / b, 7)", units, {"a": {}, "b": {}}).points("f") == {
        "a": Fraction("2.5"), "b": 7, "c": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "zh", "en"),
    [
        ("c + 1", "缺少“c”，不计入", "c is missing: left out"),
        ("a / (b - 3)", "除数为零，不计入", "division by zero: left out"),
        ("previous(b) + a", "缺少上年度“b”，不计入", "last year's b is missing: left out"),
    ],
)
def test_a_formula_without_value_says_why(expression: str, zh: str, en: str):
    names = names_in(expression)
    units = a_unit(**{name: each for name, each in {"a": 5, "b": 3}.items() if name in names})

    assert formula(expression, units, {name: {} for name in names}).why("f") == (zh, en)
