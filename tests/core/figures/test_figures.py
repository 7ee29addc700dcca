"""Tables of figures: what they say, whatever their shape, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from assess.core.expressions import TextColumn
from assess.core.figures import FigureTable, Use, empty, from_values, read_figures
from assess.core.sources import StatedFigure, TextPosition
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames
from tests.tables import a_sheet, a_table, a_tasks_item, some_units, told

MONTHLY = {"kind": "number", "from": "unit", "period": "month"}
SHEET = a_sheet(
    {
        "pm25": {"title": "PM2.5", "kind": "number", "unit": "µg/m³", "decimals": "1", "from": "unit"},
        "burns": {"title": {"zh": "露天焚烧", "en": "Open burning"}, "kind": "count", "unit": "起", "from": "unit"},
        "plan": {"kind": "yes-no", "from": "unit"},
        "water": {"kind": "choice", "choices": ["II", "III"], "from": "unit"},
        "mean": {**MONTHLY, "roll_up": "mean"},
        "sum": {**MONTHLY, "roll_up": "sum", "min_periods": "2"},
        "last": {**MONTHLY, "roll_up": "last"},
        "highest": {**MONTHLY, "roll_up": "max"},
        "lowest": {**MONTHLY, "roll_up": "min"},
        "classes": {"kind": "choice", "choices": ["II", "III"], "period": "half", "roll_up": "last", "from": "unit"},
        "change": {"kind": "number", "from": "formula", "formula": "pm25 - 1"},
    },
    [a_tasks_item("tasks")],
)
UNITS = some_units(u1="建外街道", u2="三里屯街道", u3="望京街道")
NAMES = UnitNames(UNITS)


def read(*lines: str, year: int = 2026) -> FigureTable:
    """The figures of a flawless table."""
    figures, flaws = read_figures(SHEET, UNITS, NAMES, a_table(*lines), year)
    assert told(flaws) == []
    return figures


def flaws_of(*lines: str, year: int = 2026) -> list[str]:
    """What is wrong with a table, without the name of the file."""
    _, flaws = read_figures(SHEET, UNITS, NAMES, a_table(*lines), year)
    return [line.removeprefix("t.csv:") for line in told(flaws)]


def values(figures: FigureTable, figure: str) -> list[Any]:
    """The year's value of each unit."""
    value = figures.value(figure)
    if isinstance(value, TextColumn):
        return [None if gone else text for text, gone in zip(value.values, value.missing.tolist(), strict=True)]
    return [None if each is None else str(each) for each in value.fractions()]


def test_a_wide_table_has_a_column_for_each_figure_by_id_or_title() -> None:
    figures = read(
        "unit,name_zh,PM2.5（μg/m³）*,burns,plan,water,备注",
        "望京,,31.5,2,是,II,计数有误",
        "u1,建外街道,,0,no,Ⅲ,",
    )

    assert {name: values(figures, name) for name in ("pm25", "burns", "plan", "water")} == {
        "pm25": [None, None, "63/2"],
        "burns": ["0", None, "2"],
        "plan": ["0", None, "1"],
        "water": ["III", None, "II"],
    }
    assert figures.given == {"pm25", "burns", "plan", "water"}


def test_a_long_table_says_the_same_as_a_wide_one() -> None:
    wide = read("unit,period,pm25,burns,mean", "u1,,31.5,2,", "u1,2026-01,,,4", "u1,2026-02,,,5.5", "u2,,7,,")
    long = read(
        "period,value,unit,figure",
        "2026年2月,5.50,建外,mean",
        ",7.0,u2,PM2.5",
        ",31.5,u1,pm25",
        "2026-01,4,u1,mean",
        "2026,2,u1,Open burning",
        ",,u3,burns",
    )

    assert long.canonical() == wide.canonical()


def test_periods_become_the_value_of_the_year() -> None:
    figures = read(
        "unit,period,mean,sum,last,highest,lowest",
        "u1,2026-10,1,1,1,1,1",
        "u1,2026-02,2,2,2,2,2",
        "u1,2026-01,4,4,4,4,4",
        "u2,2026-01,5,5,5,5,5",
    )

    assert {name: values(figures, name) for name in ("mean", "sum", "last", "highest", "lowest")} == {
        "mean": ["7/3", "5", None],
        "sum": ["7", None, None],
        "last": ["1", "5", None],
        "highest": ["4", "5", None],
        "lowest": ["1", "5", None],
    }


def test_the_latest_class_counts_where_periods_have_classes() -> None:
    figures = read("unit,period,classes", "u1,2026-H2,III", "u1,2026-H1,II", "u2,2026上半年,II")

    assert values(figures, "classes") == ["III", "II", None]


def test_a_value_without_a_period_is_the_value_of_the_year_already() -> None:
    figures = read("unit,period,mean", "u1,,9.9", "u2,2026-01,1", "u2,2026-02,2", "u3,2026,5")

    assert values(figures, "mean") == ["99/10", "3/2", "5"]


def test_the_value_of_a_year_tells_what_it_was_made_of() -> None:
    figures = read("unit,period,mean,last,plan", "u1,2026-02,2.50,2,", "u1,2026-01,4,4,", "u1,,,,是")

    assert figures.uses("mean", 0) == (
        Use("2026-01", Text.same("4"), TextPosition("t.csv", 3, 3)),
        Use("2026-02", Text.same("2.5"), TextPosition("t.csv", 2, 3)),
    )
    assert figures.uses("last", 0) == (Use("2026-02", Text.same("2"), TextPosition("t.csv", 2, 4)),)
    assert figures.uses("plan", 0) == (Use("2026", Text("是", "yes"), TextPosition("t.csv", 4, 5)),)
    assert figures.uses("mean", 1) == figures.uses("pm25", 0) == ()


def test_two_rows_of_a_unit_may_hold_different_figures() -> None:
    figures = read("unit,pm25,burns", "u1,31.5,", "u2,1,1", "u1,,4")

    assert (values(figures, "pm25"), values(figures, "burns")) == (["63/2", "1", None], ["4", "1", None])
    assert figures.uses("burns", 0) == (Use("2026", Text.same("4"), TextPosition("t.csv", 4, 3)),)


def test_obligations_are_columns_of_the_item_that_counts_them() -> None:
    figures = read("unit,tasks.done,tasks.trial,tasks.days_late", "u1,3,,12", "u2,,,")

    columns = {name: figures.obligations("tasks", name).fractions() for name in ("done", "trial", "days_late")}
    assert columns == {"done": [3, None, None], "trial": [None] * 3, "days_late": [12, None, None]}
    assert figures.uses("tasks.done", 0) == (Use("2026", Text.same("3"), TextPosition("t.csv", 2, 2)),)


def test_last_years_table_may_hold_what_a_formula_gives() -> None:
    figures = read("unit,pm25,change", "u1,30,1.5", year=2025)

    assert values(figures, "change") == ["3/2", None, None]
    assert figures.uses("pm25", 0)[0].period == "2025"


def test_a_table_of_nothing_leaves_everything_missing() -> None:
    figures = empty(SHEET, UNITS)

    assert (values(figures, "pm25"), values(figures, "water")) == ([None] * 3, [None] * 3)
    assert (figures.given, figures.canonical(), figures.uses("pm25", 0)) == (frozenset(), {}, ())
    assert figures.obligations("tasks", "done").fractions() == [None] * 3


@pytest.mark.parametrize(
    ("lines", "flaws"),
    [
        (("pm25", "1"), [" There is no column `unit`. Add this heading."]),
        (
            ("unit,pm52,nothing like it", "u1,1,2"),
            [
                "1:2: There is no figure “pm52”. Did you mean “pm25”?",
                "1:3: The rule sheet has no figure “nothing like it”. Use a title or ID of the sheet, or delete it.",
            ],
        ),
        (("unit,change", "u1,1"), ["1:2: “change” is calculated by its formula. Delete it."]),
        (("unit,pm25,PM2.5", "u1,1,"), ["1:3: “PM2.5” and “pm25” are the same figure. Keep one."]),
        (
            ("unit,figure,value", "u1,pm52,1", "u1,,3", "u1,nothing,", "u1,change,1"),
            [
                "2:2: There is no figure “pm52”. Did you mean “pm25”?",
                "3:2: This row has a value but no figure. Enter the figure.",
                "5:2: “change” is calculated by its formula. Delete it.",
            ],
        ),
        (
            ("unit,pm25", "建内街道,1", ",2", "u1,3", "不存在,"),
            [
                "2:1: No unit is called “建内街道”. Did you mean “建外街道”?",
                "3:1: This row has values but no unit. Enter the unit.",
            ],
        ),
        (
            ("unit,pm25,burns", "建外,1,2", "u2,,3", "u1,1.0,", "u2,x,3"),
            [
                "4:2: PM2.5 of 建外街道 for 2026 appears twice, first at t.csv:2:2. Keep one.",
                "5:3: Open burning of 三里屯街道 for 2026 appears twice, first at t.csv:3:3. Keep one.",
                "5:2: PM2.5: “x” is not a number. Enter one such as 31.5.",
            ],
        ),
        (
            ("unit,figure,period,value", "u1,mean,soon,x", "u9,burns,,y"),
            [
                "2:3: “soon” is not a period. Enter it as in 2026, 2026-H1, 2026-Q1 or 2026-01.",
                "2:4: mean: “x” is not a number. Enter one such as 31.5.",
                "3:1: No unit is called “u9”. Check the list of units.",
                "3:4: Open burning: “y” is not a number. Enter one such as 3.",
            ],
        ),
        (
            ("unit,figure,period,value", "u1,mean,2026-01,1", "u1,mean,2026年1月,1"),
            ["3:4: mean of 建外街道 for 2026-01 appears twice, first at t.csv:2:4. Keep one."],
        ),
        (
            ("unit,period,mean", "u1,2026-02,1", "u1,,9", "u1,2026-01,2", "u2,2026-01,2"),
            [
                (
                    "4:3: mean of 建外街道 already has a value for the year (t.csv:3:3). Keep either "
                    "that or the values of its periods."
                )
            ],
        ),
        (
            ("unit,period,mean,pm25", "u1,2026-Q1,1,2", "u1,2025-12,1,", "u1,soon,x,3", "u2,soon,,"),
            [
                "2:3: mean: The period “2026-Q1” does not fit. This figure is monthly. Enter a period such as 2026-01.",
                "2:4: PM2.5: The period “2026-Q1” does not fit. This figure is yearly. Leave the period empty.",
                "3:2: “2025-12” is outside 2026. Check the period.",
                "4:2: “soon” is not a period. Enter it as in 2026, 2026-H1, 2026-Q1 or 2026-01.",
                "4:3: mean: “x” is not a number. Enter one such as 31.5.",
            ],
        ),
        (
            ("unit,pm25,burns,tasks.done", "u1,12.34,2.5,half", "不存在街道,x,,1"),
            [
                "2:2: PM2.5: “12.34” has 2 decimal places. At most 1 are allowed.",
                "2:3: Open burning: “2.5” is not a whole number. Enter a count such as 3.",
                "2:4: tasks.done: “half” is not a number. Enter one such as 3.",
                "3:1: No unit is called “不存在街道”. Check the list of units.",
                "3:2: PM2.5: “x” is not a number. Enter one such as 31.5.",
            ],
        ),
    ],
)
def test_everything_wrong_with_a_table_is_told_at_once(lines: Sequence[str], flaws: list[str]) -> None:
    found = flaws_of(*lines)

    assert sorted(found) == sorted(flaws)


def test_flaws_stand_in_the_order_of_the_table() -> None:
    places = [flaw.split(" ")[0] for flaw in flaws_of("unit,burns,pm25", "u2,x,x", "u1,x,x")]

    assert places == ["2:2:", "2:3:", "3:2:", "3:3:"]


def test_a_flaw_is_told_in_chinese() -> None:
    _, flaws = read_figures(SHEET, UNITS, NAMES, a_table("unit,burns", "u1,1", "u1,1"), 2026)

    assert (
        flaws[0].localized("zh") == "t.csv:3:2: 建外街道的“露天焚烧”（2026）出现两次，首次在t.csv:2:2，请只保留一处。"
    )


def test_the_figures_of_a_worked_example_are_read_as_those_of_a_table() -> None:
    given_figures: dict[str, dict[str, str | Mapping[str, str]]] = {
        "u1": {"pm25": "31.5", "mean": {"2026-01": "1", "2026-02": "2"}, "tasks.done": "3"}
    }
    figures, flaws = from_values(SHEET, UNITS, given_figures, "example 1")

    assert flaws == []
    assert (values(figures, "mean"), figures.obligations("tasks", "done").fractions()[0]) == (["3/2", None, None], 3)
    assert figures.uses("pm25", 0) == (Use("2026", Text.same("31.5"), StatedFigure("example 1, u1 pm25")),)


def test_a_wrong_figure_of_a_worked_example_is_told_of_the_example() -> None:
    _, flaws = from_values(SHEET, UNITS, {"u1": {"pm25": "x"}, "u9": {"burns": "1"}}, "example 1")

    assert told(flaws) == [
        "example 1, u1 pm25: PM2.5: “x” is not a number. Enter one such as 31.5.",
        "example 1, u9 burns: No unit is called “u9”. Check the list of units.",
    ]
