"""Standings of a day on which no period that items are scored by has ended."""

from __future__ import annotations

from fractions import Fraction

from tests.core.scoring.interpreter.places import ObjectRow, Stretch, World
from tests.core.scoring.interpreter.scored_by_engine import scored_by_engine


def test_a_condition_counted_over_objects_is_told_of_no_part_before_the_first_half_ends():
    item = {
        "id": "n", "title": "n", "points": "1", "clause": "1", "method": "formula", "by": "half",
        "points_from": "f + count_by(section, g < 0)", "each": {"missing": "zero"}, "over": "mean",
    }  # fmt: skip
    figures = {
        "f": {"kind": "number", "from": "unit", "period": "quarter", "roll_up": "mean"},
        "g": {"kind": "number", "from": "unit", "of": "section"},
    }
    tree = {
        "id": "early", "title": "Early", "year": "2026", "objects": {"section": {"title": "section"}},
        "figures": figures, "missing": "zero", "items": [item],
    }  # fmt: skip
    units = {"u": {"kind": "street"}}
    objects = [ObjectRow("section", "S1", "u", {"level": "city"})]
    world = World(tree, units, objects, [{("f", "u", Stretch(3, 1)): Fraction(5)}], (), 5)

    (unit,) = scored_by_engine(world)
    assert unit["scores"]["n"]["parts"] == []
    assert (unit["scores"]["n"]["state"], unit["total"]) == ("not-applicable", None)
