"""Items by period or object at the edges that sheets drawn by chance have found."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assess.core.scoring.run import score
from tests.core.scoring.interpreter.places import YEAR, Known, ObjectRow, Stretch, Tree, World
from tests.core.scoring.interpreter.scored_by_engine import inputs_of_world, scored_by_engine

JANUARY, FEBRUARY, MARCH = (Stretch(1, number) for number in (1, 2, 3))
BY_SECTION: Tree = {
    "id": "water", "points": "10", "clause": "1", "by": "section", "each": {"missing": "zero"}, "over": "mean",
    "missing": "zero", "method": "direct", "figure": "oxygen",
}  # fmt: skip
OXYGEN: Tree = {"kind": "number", "of": "section", "from": "water-bureau"}
SECTIONS: Tree = {"section": {"title": "river sections"}}


def a_world(*items: Tree, figures: Tree, **others: Any) -> World:
    """A world of one street `a` without objects, unless given; its sheet rounds nothing."""
    tree = {"id": "parts", "title": "Parts", "year": "2026", "figures": figures, "items": list(items)}
    tree |= {"objects": others.pop("kinds")} if "kinds" in others else {}
    given: dict[str, Any] = {"units": {"a": {"kind": "street"}}, "objects": [], "tables": [{}]}
    return World(tree, **(given | others))


def entry(world: World, item: str = "water") -> Tree:
    """What the result says of an item of the first unit."""
    found: Tree = scored_by_engine(world)[0]["scores"][item]
    return found


def in_english(found: Tree) -> str:
    """Its sentence."""
    return str(found["reason"]["en"])


def section(code: str, share: str | None) -> ObjectRow:
    """A river section of the street, which counts with a share."""
    attributes: dict[str, Known] = {"share": None if share is None else Fraction(share)}
    return ObjectRow("section", code, "a", attributes)


def test_a_section_without_a_measurement_counts_as_zero_with_its_own_share():
    world = a_world(
        {**BY_SECTION, "part_weight": "share"}, figures={"oxygen": OXYGEN}, kinds=SECTIONS,
        objects=[section("W1", "0.7"), section("W2", "0.3")], tables=[{("oxygen", "W1", YEAR): Fraction(10)}],
    )  # fmt: skip

    assert entry(world)["score"] == "7"


def test_a_section_without_a_share_counts_with_one_where_it_has_a_score_all_the_same():
    world = a_world(
        {**BY_SECTION, "part_weight": "share"}, figures={"oxygen": OXYGEN}, kinds=SECTIONS,
        objects=[section("W1", "3"), section("W2", None)],
        tables=[{("oxygen", "W1", YEAR): Fraction(10), ("oxygen", "W2", YEAR): Fraction(10)}],
    )  # fmt: skip

    found = entry(world)
    assert found["score"] == "7.5"
    assert [(part["score"], part["state"]) for part in found["parts"]] == [("10", "scored"), ("0", "missing")]


def test_an_item_by_objects_does_not_apply_where_no_unit_has_an_object():
    corrected = {**BY_SECTION, "corrections": [{"when": "found > 0", "keep": "50%", "clause": "1"}]}
    found = {"kind": "count", "from": "water-bureau"}
    world = a_world(corrected, figures={"oxygen": OXYGEN, "found": found}, kinds=SECTIONS)

    found = entry(world)
    assert (found["score"], found["state"], found["parts"]) == (None, "not-applicable", [])
    assert in_english(found).startswith("there is no object of the kind river sections: ")
    assert found["reason"]["zh"].startswith("没有“river sections”")


def test_an_item_by_half_years_does_not_apply_before_the_first_half_has_ended():
    figures = {
        "class": {"kind": "choice", "choices": ["II", "III"], "from": "unit", "period": "month", "roll_up": "last"},
        "oxygen": {**OXYGEN, "period": "month", "roll_up": "mean"},
    }
    table = {"method": "lookup", "figure": "class", "table": {"II": "10", "III": "5"}}
    kept = {"id": "water", "points": "10", "clause": "1", "by": "half", "each": {"missing": "zero"}, "over": "mean"}
    mean = {"method": "formula", "points_from": "mean_by(section, oxygen)", "id": "oxygen-item"}
    world = a_world(
        {**kept, **table, "missing": "zero"}, {**kept, **mean, "missing": "zero"},
        figures=figures, kinds=SECTIONS, objects=[section("W1", "1")], through=5,
    )  # fmt: skip

    for item in ("water", "oxygen-item"):
        found = entry(world, item)
        assert (found["score"], found["state"], found["parts"]) == (None, "not-applicable", [])
        assert in_english(found).startswith("no period has ended yet: ")


def test_too_few_periods_of_a_year_are_no_reason_for_a_month_without_value():
    burns = {"kind": "count", "from": "unit", "period": "month", "roll_up": "sum", "min_periods": "6"}
    item = {
        "id": "air", "points": "10", "clause": "1", "by": "month", "each": {"missing": "exclude"}, "over": "mean",
        "missing": "zero", "method": "formula", "points_from": "10 - burns",
    }  # fmt: skip
    given = {("burns", "a", JANUARY): Fraction(1), ("burns", "a", MARCH): Fraction(3)}
    world = a_world(item, figures={"burns": burns}, tables=[given], through=3)

    found = entry(world, "air")
    assert found["score"] == "8"
    assert [part["reason"]["en"] for part in found["parts"] if part["state"] == "missing"] == ["burns is missing"]


def test_an_empty_column_of_objects_is_no_figure():
    item = {"id": "shared", "points": "10", "clause": "1", "method": "formula", "missing": "zero"}
    world = a_world(
        {**item, "points_from": "count_by(section, share > 0.5) + found"},
        figures={"found": {"kind": "count", "from": "unit"}}, kinds=SECTIONS,
        objects=[section("W1", "0.7"), section("W2", "0.3")], tables=[{("found", "a", YEAR): Fraction(2)}],
    )  # fmt: skip

    assert entry(world, "shared")["score"] == "3"


def test_no_object_is_counted_where_no_unit_has_one():
    item = {"id": "shared", "points": "10", "clause": "1", "method": "formula", "missing": "zero"}
    world = a_world(
        {**item, "points_from": 'count_by(section, kind == "street" and oxygen > 1) + found'},
        figures={"found": {"kind": "count", "from": "unit"}, "oxygen": OXYGEN}, kinds=SECTIONS,
        units={"a": {"kind": "street"}, "b": {"kind": "street"}}, tables=[{("found", "a", YEAR): Fraction(2)}],
    )  # fmt: skip

    assert entry(world, "shared")["score"] == "2"


def test_a_section_of_which_nobody_can_tell_whether_it_counts_does_so_with_a_warning():
    world = a_world(
        {**BY_SECTION, "where": "share > 0.5"}, figures={"oxygen": OXYGEN}, kinds=SECTIONS,
        objects=[section("W1", "0.7"), section("W2", None)],
        tables=[{("oxygen", "W1", YEAR): Fraction(10), ("oxygen", "W2", YEAR): Fraction(4)}],
    )  # fmt: skip

    (warned,) = score(inputs_of_world(world)).warnings

    assert entry(world)["score"] == "7"
    assert (warned.unit, warned.id, warned.clause) == (0, "water", "1")
    assert "W2" in warned.what.en
    assert "W1" not in warned.what.en


def test_a_value_of_two_years_ago_is_told_as_one():
    item = {"id": "fires", "points": "10", "clause": "1", "method": "formula", "missing": "zero"}
    world = a_world(
        {**item, "points_from": "previous(found, 2) + previous(found) + found"},
        figures={"found": {"kind": "count", "from": "unit"}},
        tables=[{("found", "a", YEAR): Fraction(number)} for number in (1, 3, 4)],
    )  # fmt: skip

    found = entry(world, "fires")
    assert found["score"] == "8"
    assert in_english(found).startswith("found of 2 years ago: 4; last year's found: 3; found: 1; ")
    assert found["reason"]["zh"].startswith("2年前的found 4；上年度found 3；found 1；")


def test_a_figure_that_reads_its_own_month_before_is_known_once_a_month_does_without_the_one_before():
    streak = {"kind": "number", "from": "formula", "formula": "if(found > 0, 1 + before(streak), 0)"}
    item = {"id": "fires", "points": "10", "clause": "1", "by": "month", "over": "last", "each": {"missing": "exclude"}}
    given = {("found", "a", Stretch(1, month)): Fraction(number) for month, number in ((1, 2), (2, 0), (3, 5), (4, 1))}
    world = a_world(
        {**item, "method": "formula", "points_from": "streak", "missing": "zero"},
        figures={"found": {"kind": "count", "from": "unit", "period": "month", "roll_up": "sum"}, "streak": streak},
        tables=[given], through=4,
    )  # fmt: skip

    assert [part["score"] for part in entry(world, "fires")["parts"]] == [None, "0", "1", "2"]


def test_an_item_none_of_whose_months_has_a_score_says_so():
    item = {"id": "air", "points": "10", "clause": "1", "by": "month", "each": {"missing": "exclude"}, "over": "mean"}
    world = a_world(
        {**item, "missing": "zero", "method": "direct", "figure": "rating"},
        figures={"rating": {"kind": "count", "from": "unit", "period": "month", "roll_up": "sum"}}, through=2,
    )  # fmt: skip

    assert in_english(entry(world, "air")).startswith("no part has a score")
