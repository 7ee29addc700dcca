from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assess.core.exact import Rounding
from assess.core.panels import Judged, PanelMember, judged_figures, mean_of, outcome_of, read_points
from assess.core.parsing import ParseError
from assess.core.rules.figure import FigureKind
from tests.demonstration import year_2026

ZHAO, QIAN, SUN = (
    PanelMember(1, "赵敏", frozenset()),
    PanelMember(2, "钱国庆", frozenset()),
    PanelMember(3, "孙丽华", frozenset({"jianwai"})),
)
PANEL = (ZHAO, QIAN, SUN)


def judged(**stated: object) -> Judged:
    """The judged figure of the shipped sheet: up to 5 points, one decimal; with other words of the figure or sheet."""
    found = judged_figures(year_2026().inputs.sheet)["carbon_panel"]
    of_sheet = {name: stated.pop(name) for name in ("rounding", "items") if name in stated}
    return replace(found, stated=replace(found.stated, **stated), **of_sheet)


def points(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


def test_figures_that_are_points_as_they_stand_are_judged():
    figures = judged_figures(year_2026().inputs.sheet)

    assert {name: (each.department, each.title.en) for name, each in figures.items()} == {
        "carbon_panel": ("development-reform", "Panel's mark for low-carbon work")
    }


@pytest.mark.parametrize("supplier", ["unit", "formula", "task-list", "ledger"])
def test_what_no_department_supplies_nobody_judges(supplier: str):
    sheet = year_2026().inputs.sheet
    figures = {**sheet.figures, "carbon_panel": replace(sheet.figures["carbon_panel"], from_=supplier)}

    assert judged_figures(replace(sheet, figures=figures)) == {}


@pytest.mark.parametrize(
    ("given", "digits", "mode", "mean"),
    [
        (("4.5", "4.6"), 1, Rounding.HALF_UP, "4.6"),
        (("4.5", "4.6"), 1, Rounding.HALF_EVEN, "4.6"),
        (("4.4", "4.5"), 1, Rounding.HALF_UP, "4.5"),
        (("4.4", "4.5"), 1, Rounding.HALF_EVEN, "4.4"),
        (("1", "1", "2"), 2, Rounding.HALF_UP, "1.33"),
        (("1", "1", "2"), None, Rounding.HALF_UP, "1.333333"),
        (("1", "2"), 0, Rounding.HALF_UP, "2"),
        (("0.1", "0.2", "0.3"), 1, Rounding.HALF_UP, "0.2"),
        (("5",), 1, Rounding.HALF_UP, "5"),
    ],
)
def test_the_mean_is_exact_and_rounded_once_as_the_figure_says(
    given: tuple[str, ...], digits: int | None, mode: Rounding, mean: str
):
    assert mean_of(points(*given), judged(decimals=digits, rounding=mode)) == Fraction(mean)


def test_the_mean_of_counts_is_whole():
    assert mean_of(points("3", "4"), judged(kind=FigureKind.COUNT, decimals=None)) == 4


@pytest.mark.parametrize(
    ("stated", "marks", "group", "most"),
    [
        ({"max": Fraction(5)}, {"streets": Fraction(4), "townships": Fraction(6)}, "streets", 4),
        ({"max": Fraction(5)}, {"streets": Fraction(4), "townships": Fraction(6)}, "townships", 5),
        ({"max": None}, {"streets": Fraction(4), "townships": Fraction(6)}, "townships", 6),
        ({"max": None}, {"streets": Fraction(4), "townships": Fraction(6)}, None, 6),
        ({"max": None}, Fraction(5), None, 5),
    ],
)
def test_points_end_at_the_full_mark_of_the_units_group_and_at_the_figures_own_bound(
    stated: dict[str, object], marks: object, group: str | None, most: int
):
    plain = judged(**stated)
    figure = replace(plain, items=(replace(plain.items[0], points=marks),))

    assert figure.most(group) == most


def test_points_are_read_as_any_figure_and_end_at_the_full_mark():
    figure = judged(max=None)

    assert [read_points(figure, None, text) for text in (" ４.５ ", "0", "5", "")] == [Fraction("4.5"), 0, 5, None]
    wrongs = [read_points(figure, None, text) for text in ("5.1", "4.55", "-1", "good")]
    assert [each.what.en for each in wrongs if isinstance(each, ParseError)] == [
        "“5.1” is out of range. Enter 0 to 5 points.",
        "“4.55” has 2 decimal places. At most 1 are allowed.",
        "“-1” is below the minimum of 0. Check it.",
        "“good” is not a number. Enter one such as 31.5.",
    ]


def test_a_unit_is_judged_once_everybody_has_who_may():
    given = {1: Fraction(4), 2: Fraction(3)}
    elsewhere, own = (outcome_of(judged(), PANEL, unit, given) for unit in ("chaowai", "jianwai"))

    assert ([each.name for each in elsewhere.waiting], elsewhere.is_complete) == (["孙丽华"], False)
    assert (own.waiting, own.is_complete, own.mean, own.spread) == ((), True, Fraction("3.5"), 1)


def test_points_of_former_members_stay_in_the_mean_and_complete_nothing():
    given = {9: Fraction(1), 1: Fraction(4), 2: Fraction(4)}
    assert outcome_of(judged(), PANEL[:2], "chaowai", given).mean == 3
    assert not outcome_of(judged(), (), "chaowai", given).is_complete
    assert not outcome_of(judged(), (SUN,), "jianwai", given).is_complete
    nothing = outcome_of(judged(), PANEL, "chaowai", {})
    assert (nothing.mean, nothing.spread, nothing.is_complete) == (None, None, False)
