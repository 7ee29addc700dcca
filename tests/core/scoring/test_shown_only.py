"""Nodes that are scored and shown but do not count in what is above them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assess.core.estimated_sections import estimated_losses
from assess.core.estimates import estimate, estimated_points
from assess.core.runs.stability import effects
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_item, inputs_of, refused, score

INDEX = an_item(id="index", figure="index", points=50, counts=False)
AIR = an_item(id="air", figure="air", points=60)
WATER = an_item(id="water", figure="water", points=40)


def test_a_top_item_that_does_not_count_is_scored_beside_the_total():
    outcome = score(a_sheet(AIR, WATER, INDEX, points=100), a_unit(air=50, water=30, index=45))

    assert outcome.totals == {"a": "80.00"}
    assert outcome.scores("index") == {"a": "45"}
    assert outcome.card().full == "100"
    assert [(row.id, row.points, row.lost) for row in outcome.card().rows] == [
        ("air", "50", "10"),
        ("water", "30", "10"),
        ("index", "45", None),
    ]


@pytest.mark.parametrize(
    ("combine", "own", "expected"), [("sum", 100, 80), ("rate", 50, 40), ("mean", 60, 40), ("minimum", 60, 30)]
)
def test_a_section_is_combined_as_if_what_does_not_count_were_not_there(combine: str, own: int, expected: int):
    water = {**WATER, "points": 60} if combine in ("mean", "minimum") else WATER
    section = a_section(AIR, water, INDEX, combine=combine, points=own, availability="100%")
    outcome = score(a_sheet(section, missing="exclude"), a_unit(air=50, water=30))

    assert outcome.points("section") == {"a": expected}


def test_what_does_not_count_never_blocks():
    inside = a_section({**INDEX, "counts": True, "missing": "block"}, id="beside", counts=False)
    sheet = a_sheet(AIR, {**INDEX, "id": "alone", "missing": "block"}, inside)
    outcome = score(sheet, a_unit(air=50))

    assert (outcome.states, outcome.totals) == ({"a": "scored"}, {"a": "50.00"})
    assert outcome.states_of("alone") == {"a": "missing"}
    assert outcome.states_of("beside") == {"a": "blocked"}
    assert outcome.whys("alone") == {"a": "index is missing: left out; shown only, not counted in the total"}
    assert outcome.whys("index") == {"a": "index is missing: its section has no score until it is supplied"}


def test_only_what_counts_is_named_where_a_unit_is_blocked():
    section = a_section({**INDEX, "counts": True}, id="beside", counts=False)
    outcome = score(a_sheet(AIR, section, missing="block"), a_unit())

    assert outcome.card().state_why is not None
    assert outcome.card().state_why.en == "no total until data are supplied for: Item 1 (1)"


def test_the_sentence_says_that_a_node_is_shown_only():
    section = a_section(AIR, INDEX, points=60)
    outcome = score(a_sheet(section, WATER, a_section(AIR | {"id": "c"}, id="beside", counts=False)), a_unit(index=45))

    assert outcome.whys("index", "zh") == {"a": "index评定为45分，得45分；只列示，不计入上级得分"}
    assert outcome.whys("beside", "zh") == {"a": "只列示，不计入总分"}
    assert outcome.whys("section", "zh") == {"a": ""}


def test_a_split_a_stability_and_an_estimate_leave_it_out():
    sheet = a_sheet(AIR, a_section(WATER, INDEX, points=40))
    outcome = score(sheet, a_unit(air=50, water=30, index=45))

    assert [entry.id for entry in outcome.lines.split.entries if entry.kind == "item"] == ["air", "water"]
    assert [each.node for each in effects(outcome.results)] == ["air", "water"]
    found = estimate(inputs_of(sheet, a_unit(air=50, water=30, index=45)))
    assert (found.points, found.full) == ("80", "100")
    assert [each.line.item for each in estimated_losses(found)] == ["air", "water"]
    assert [(line.item, line.points) for line in found.lines] == [("air", "50"), ("water", "30"), ("index", "45")]


def test_an_estimate_of_nothing_but_what_does_not_count_has_its_lines():
    sheet = a_sheet(AIR, INDEX)
    inputs = inputs_of(sheet, a_unit(index=45))

    assert [line.points for line in estimate(inputs, ["index"]).lines] == ["45"]
    assert estimated_points(inputs_of(a_sheet(AIR | {"applies": "kind == 'x'"}, INDEX), a_unit())).points == "0"


def test_checks_of_full_marks_and_weights_leave_it_out():
    mean = a_section(AIR | {"weight": 0}, INDEX, points=60, combine="mean")

    assert refused(a_section(AIR, INDEX, points=60), points=60) == []
    assert refused(mean) == ["items.0.items: The weights below are all 0. Add a weight above 0 to at least one."]
    assert refused(a_section(AIR | {"counts": False}, id="all", points=60), WATER) == [
        "items.0.items: Nothing below counts (`counts: false`), so there is nothing to combine. Let at least one count."
    ]
    leaving = INDEX | {"not_applicable": "rescale-total"}
    assert refused(a_section(AIR, leaving, points=60, combine="rate")) == []


def test_items_of_adjustments_always_count():
    assert refused(AIR, adjustments=[a_bonus(INDEX)]) == [
        "adjustments.0.items.0.counts: Items of an adjustment always count. Delete `counts: false`, or move the item "
        "to the tree."
    ]


def test_a_sheet_whose_nodes_all_count_says_nothing_of_it():
    assert a_sheet(AIR | {"counts": True}) == a_sheet(AIR)
    assert score(a_sheet(AIR), a_unit(air=50)).full("air") == {"a": Fraction(60)}
