from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.builders import a_sheet, a_unit, an_item, refused, score, units_with

CHOICES = {
    "harm": {"kind": "choice", "choices": ["major", "minor"]},
    "deviation": {"kind": "choice", "choices": ["wide", "small"]},
}


def test_a_choice_earns_the_points_that_the_table_gives_it():
    # Yixing 2016: better 3, same 2, worse 0.
    table = {"better": 3, "same": 2, "worse": 0}
    sheet = a_sheet(an_item("lookup", points=3, figure="change", table=table), missing="exclude")

    assert score(sheet, units_with("change", a="better", b="same", c="worse", d=None)).points() == {
        "a": 3, "b": 2, "c": 0, "d": None,
    }  # fmt: skip


def test_every_choice_must_stand_in_the_table():
    figures = {"grade": {"kind": "choice", "choices": ["II", "III", "IV"]}}

    assert refused(an_item("lookup", figure="grade", table={"II": 5, "III": 3}), figures=figures) == [
        "items.0.table: The table lacks the choice “IV”. Add it."
    ]


def two_ways(table: Any, **keys: Any) -> Any:
    """An item of 25 points by the harm of a violation and how far it deviates."""
    return an_item("lookup", points=25, figure="harm", across="deviation", table=table, **keys)


def test_two_choices_together_earn_the_points_of_their_pair():
    # A penalty matrix: by harm and by deviation.
    table = {"major": {"wide": 25, "small": 10}, "minor": {"wide": 5, "small": "0.5"}}
    units = {
        "a": a_unit(harm="major", deviation="wide"), "b": a_unit(harm="major", deviation="small"),
        "c": a_unit(harm="minor", deviation="small"), "d": a_unit(harm="minor"), "e": a_unit(deviation="wide"),
    }  # fmt: skip
    outcome = score(a_sheet(two_ways(table), figures=CHOICES, missing="exclude"), units)

    assert outcome.points() == {"a": 25, "b": 10, "c": Fraction(1, 2), "d": None, "e": None}
    assert outcome.whys("item")["d"] == "deviation is missing: left out"


def test_every_pair_of_choices_must_stand_in_the_table():
    table = {"major": {"wide": 26, "smal": 10}, "minor": 5}

    assert refused(two_ways(table), figures=CHOICES) == [
        "items.0.table.major: The table lacks the choice “small”. Add it.",
        "items.0.table.major.smal: “smal” is not a choice of the figure. Did you mean “small”?",
        "items.0.table.major.wide: 26 points is above the full mark of 25. Lower the points, or raise the full mark.",
        "items.0.table.minor: With `across`, “minor” must list the points for each choice of that figure.",
    ]


def test_a_table_in_two_ways_names_its_second_figure():
    item = an_item("lookup", figure="harm", table={"major": {"wide": 1}, "minor": 0})

    assert refused(item, figures={"harm": CHOICES["harm"]}) == [
        "items.0.table.major: “major” lists choices of a second figure. Name that figure in `across`, "
        "or enter one number of points."
    ]
    assert refused(two_ways({"major": {"x": 1}, "minor": {"x": 0}}), figures={**CHOICES, "deviation": {}}) == [
        "items.0.across: “deviation” is a figure of type number. choice is needed here."
    ]
