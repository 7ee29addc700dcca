from __future__ import annotations

from fractions import Fraction

from assess.core.scoring.judging import judged_flaws
from tests.builders import a_sheet, a_unit, an_item, inputs_of, score, units_with


def test_a_panels_points_count_as_they_are():
    sheet = a_sheet(an_item("direct", figure="panel"), missing="exclude")

    assert score(sheet, units_with("panel", a="8.125", b=0, c=10, d=None)).points() == {
        "a": Fraction("8.125"), "b": 0, "c": 10, "d": None,
    }  # fmt: skip


def test_points_that_no_panel_can_give_are_flaws_of_the_figures():
    # The streets' full mark is 10, the townships' 20: 15 is too much for the street alone.
    groups = [{"id": "streets", "where": "kind == 'street'"}, {"id": "townships", "where": "kind == 'township'"}]
    sheet = a_sheet(an_item("direct", figure="panel", points={"streets": 10, "townships": 20}), groups=groups)
    units = {
        "a": a_unit(panel=15), "b": a_unit(panel=15, kind="township"), "c": a_unit(panel="-0.5"), "d": a_unit(panel=10),
    }  # fmt: skip

    assert [flaw.localized("en") for flaw in judged_flaws(inputs_of(sheet, units))] == [
        "a test, a panel: a: panel is 15, but must be from 0 to 10 points.",
        "a test, c panel: c: panel is -0.5, but must be from 0 to 10 points.",
    ]


def test_a_formula_gives_the_points_within_floor_and_cap():
    # 共界断面: 0.7 × 90 + 0.3 × 70 = 84; above 100 and below 0 nothing counts.
    item = an_item("formula", points=100, points_from="0.7 * own + 0.3 * neighbour")
    sheet = a_sheet(item, figures={"own": {}, "neighbour": {}}, missing="exclude")
    units = {
        "a": a_unit(own=90, neighbour=70), "b": a_unit(own=120, neighbour=90), "c": a_unit(own=-5, neighbour=0),
        "d": a_unit(own=90),
    }  # fmt: skip

    assert score(sheet, units).points() == {"a": 84, "b": 100, "c": 0, "d": None}


def test_a_formula_knows_attributes_and_last_years_figures():
    # M05: 70 r − 63, here with the share of a unit's quota; 47.5 of 50 is 95 %: 66.5 − 63 = 3.5, and 1 for the rise.
    item = an_item("formula", points_from="70 * x / quota - 63 + if(x > previous(x), 1, 0)", applies="quota > 0")

    assert score(a_sheet(item, figures={"x": {}}), a_unit(x="47.5", quota=50, previous={"x": 40})).points() == {
        "a": Fraction("4.5")
    }
