from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.builders import a_sheet, an_item, refused, score, units_with

MISSING = {"figures": {"x": {}}, "missing": "exclude"}
SHARES = [{"from": 90, "points": 10}, {"from": 80, "points": 8}, {"points": 0}]
PLACES = [{"to": 2, "points": 5}, {"to": 7, "points": 2}, {"points": 0}]


def banded(keys: dict[str, Any], **values: Any) -> dict[str, Fraction | None]:
    """Points out of 10 by the bands of the figure `x`."""
    sheet = a_sheet(an_item("bands", figure="x", **keys), **MISSING)
    return score(sheet, units_with("x", **values)).points()


def test_the_first_band_that_is_reached_counts_and_nothing_falls_between():
    # A real rule printed 80–89 and 90+: 89.5 and 89.999 belong to the band from 80.
    assert banded({"bands": SHARES}, a=90, b="89.999", c="89.5", d=80, e="79.99", f=None) == {
        "a": 10, "b": 8, "c": 8, "d": 8, "e": 0, "f": None,
    }  # fmt: skip


def test_where_lower_is_better_the_bound_itself_is_inside():
    assert banded({"bands": PLACES, "better": "lower"}, a=2, b="2.1", c=7, d="7.5", e=-3) == {
        "a": 5, "b": 2, "c": 2, "d": 0, "e": 5,
    }  # fmt: skip


def test_reaching_the_edge_is_not_enough_where_the_rule_says_above():
    assert banded({"bands": SHARES, "edge": "above"}, a=90, b="90.1", c=80) == {"a": 8, "b": 10, "c": 0}


def test_reaching_the_edge_is_not_enough_where_lower_is_better_either():
    assert banded({"bands": PLACES, "better": "lower", "edge": "above"}, a=2, b="1.9", c=7) == {"a": 2, "b": 5, "c": 0}


def test_one_band_alone_is_for_everybody():
    assert banded({"bands": [{"points": 3}]}, a=-1, b=5, c=None) == {"a": 3, "b": 3, "c": None}


def test_bands_may_end_where_the_figure_does():
    sheet = a_sheet(
        an_item("bands", figure="x", bands=[{"from": 90, "points": 10}, {"from": 0, "points": 4}]),
        figures={"x": {"kind": "percent", "min": 0, "max": 100}},
    )

    assert score(sheet, units_with("x", a=90, b=0)).points() == {"a": 10, "b": 4}


def test_a_percent_sign_in_the_bands_of_a_percent_figure_is_refused():
    item = an_item("bands", figure="x", bands=[{"from": "90%", "points": 10}, {"points": 0}])

    assert refused(item, figures={"x": {"kind": "percent"}}) == [
        "items.0.bands.0.from: Percent figures are counted in percent. Write 90, not 90%."
    ]
