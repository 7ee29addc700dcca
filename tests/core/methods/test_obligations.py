from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.builders import COEFFICIENTS, Unit, a_sheet, a_unit, an_item, refused, score


def an_item_of_tasks(**keys: Any) -> dict[str, Any]:
    return an_item(
        "tasks", **{"id": "t", "points": 20, "obligations": {"domain": "water"}, "coefficients": COEFFICIENTS, **keys}
    )


def with_tasks(**counts: Any) -> Unit:
    """A unit with so many obligations of each status."""
    return a_unit(**{f"t.{status}": count for status, count in counts.items()})


def earned(units: dict[str, Unit], **keys: Any) -> dict[str, Fraction | None]:
    """Points out of 20."""
    sheet = a_sheet(an_item_of_tasks(**keys), figures={"x": {"kind": "number"}}, adjustments=[USES], missing="exclude")
    return score(sheet, units).points("t")


USES = {"kind": "total-cap", "id": "uses", "clause": "1", "when": "x < 0", "at": 0}
"""A sheet needs a figure."""


def test_a_project_counts_by_its_status():
    # Two done, one in trial, one started: 20 × (2 + 0.75 + 0.5)/4 = 16.25; a status left blank counts 0.
    units = {
        "a": with_tasks(done=2, trial=1, started=1),
        "b": with_tasks(done=3),
        "c": with_tasks(none=1, planned=3),
        "d": with_tasks(done=1, trial=1, started=0, planned=0, none=1),
    }

    assert earned(units) == {"a": Fraction("16.25"), "b": 20, "c": Fraction("3.75"), "d": Fraction(35, 3)}


def test_a_unit_with_no_obligations_is_missing():
    units = {"a": with_tasks(done=0, none=0), "b": with_tasks(), "c": with_tasks(days_late=3), "d": with_tasks(none=1)}

    assert earned(units) == {"a": None, "b": None, "c": None, "d": 0}


def test_each_day_of_delay_costs_up_to_a_limit():
    # 16.25 − 0.5 × 3 = 14.75; 20 days cost 5 at most; below 0 there is nothing.
    late = {"per": "day", "points": "0.5", "at_most": 5}
    units = {
        "a": with_tasks(done=2, trial=1, started=1, days_late=3),
        "b": with_tasks(done=1, days_late=20),
        "c": with_tasks(done=1),
        "d": with_tasks(none=1, days_late=4),
    }

    assert earned(units, late=late) == {"a": Fraction("14.75"), "b": 15, "c": 20, "d": 0}
    assert earned(units, late={"per": "day", "points": "0.5"}) == {"a": Fraction("14.75"), "b": 10, "c": 20, "d": 0}


def test_every_status_must_have_a_coefficient():
    item = an_item_of_tasks(coefficients={"done": 1, "trial": "0.75", "started": "0.5", "none": 0})

    assert refused(item, figures={"x": {}}, adjustments=[USES]) == [
        "items.0.coefficients: `coefficients` lacks “planned”. Add it."
    ]
