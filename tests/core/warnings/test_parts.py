"""Warnings of items that are scored by periods or objects."""

from __future__ import annotations

from typing import Any

from assess.core.examples import read_examples
from assess.core.warnings import not_exemplified, unused_objects
from tests.builders import Tree, a_sheet, an_item, text_of
from tests.core.warnings.warned import warned

MONTHLY = {"kind": "count", "max": 10, "period": "month", "roll_up": "sum"}


def by_month(method: str, **keys: Any) -> Tree:
    """An item by months of 100 points each, the year their mean."""
    terms = {"points": 100, "missing": "exclude"}
    return an_item(method, **{"by": "month", "each": terms, "over": "mean", "figure": "found", **keys})


def test_a_band_by_month_is_measured_by_what_a_month_may_hold_and_of_the_year_by_twelve():
    bands = [{"from": 12, "points": 0}, {"points": 0}]
    monthly = by_month("bands", bands=[{**bands[0], "points": 100}, bands[1]])
    yearly = an_item("bands", figure="found", bands=[{**bands[0], "points": 10}, bands[1]])

    assert warned(monthly, figures={"found": MONTHLY}) == [
        "dead-band items.0.bands.0",
        "unreachable-full-mark items.0.bands",
    ]
    assert warned(yearly, figures={"found": MONTHLY}) == []


def test_the_full_mark_of_a_part_is_what_its_points_must_reach():
    def told(points: int) -> list[str]:
        return warned(
            by_month("bands", bands=[{"from": 5, "points": points}, {"points": 0}]), figures={"found": MONTHLY}
        )

    assert told(100) == []
    assert told(90) == ["unreachable-full-mark items.0.bands"]


def test_a_cap_above_the_mark_has_an_effect_where_parts_are_added_up():
    deduct = by_month("deduct", over="sum", cap=1200, lines=[{"figure": "found", "points": 1}])
    del deduct["figure"]

    assert warned(deduct, figures={"found": MONTHLY}) == []


def test_a_factor_may_lift_points_to_the_full_mark_and_above_it():
    few = an_item("lookup", figure="class", table={"II": 5, "III": 0}, times=2)
    capped = an_item("deduct", lines=[{"figure": "found", "points": 1}], cap=20, times=2)

    assert [warned(few), warned(capped)] == [[], []]


def test_examples_score_items_by_their_parts():
    item = by_month("bands", bands=[{"from": 5, "points": 100}, {"from": 2, "points": 50}, {"points": 0}])
    sheet = a_sheet(item, figures={"found": MONTHLY})

    def left_out(**months: int) -> list[str]:
        found = {f"2026-{month[1:]}": value for month, value in months.items()}
        tree = [{"units": {"a": {"kind": "street", "figures": {"found": found}}}}]
        examples = read_examples(text_of(tree), [])
        return [f"{each.code} {'.'.join(map(str, each.where))}" for each in not_exemplified(sheet, examples)]

    assert left_out() == ["no-example items.0"]
    assert left_out(m01=6, m02=0) == ["band-never-reached items.0.bands.1"]
    assert left_out(m01=6, m02=0, m03=3) == []


def test_kinds_of_objects_that_nothing_names_are_unused():
    section = {"kind": "number", "of": "section"}
    village = {"kind": "number", "from": "formula", "formula": "count_by(village, clean)"}
    sheet = a_sheet(
        an_item("formula", points_from="mean_by(section, oxygen) + villages"),
        figures={"oxygen": section, "villages": village},
        objects={"section": {}, "village": {}, "site": {}},
        attributes=["clean"],
    )

    assert [kind for kind, _ in unused_objects(sheet, ["section", "village", "site", "park"])] == ["site", "park"]
