"""Bands that no value reaches."""

from __future__ import annotations

import pytest

from assess.core.methods.scored import Better
from assess.core.methods.steps import Band, Bands, Edge
from assess.core.warnings.bands import reachable
from assess.core.warnings.bounds import ValueBounds
from tests.builders import an_item
from tests.core.warnings.warned import warned

RATE = {"kind": "percent", "min": 0, "max": 100}


def bands(*bounds: str, points: tuple[int, ...] = (10, 8, 5, 0), **keys: str) -> dict[str, object]:
    """An item by bands of the figure `rate`: `from 90` and so on, `rest` for a band without bound."""
    entries = []
    for bound, each in zip(bounds, points, strict=False):
        key, _, number = bound.partition(" ")
        entries.append({"points": each} if key == "rest" else {key: number, "points": each})
    return an_item("bands", figure="rate", bands=entries, **keys)


@pytest.mark.parametrize(
    ("figure", "given", "dead"),
    [
        (RATE, ("from 90", "from 80", "rest"), []),
        (RATE, ("from 100", "from 80", "rest"), []),
        (RATE, ("from 90", "from 0", "rest"), [2]),
        ({"kind": "count"}, ("from 5", "from 0", "rest"), [2]),
        ({"kind": "number"}, ("from 5", "from 0", "rest"), []),
        ({"kind": "count", "max": 20, "period": "quarter", "roll_up": "sum"}, ("from 80", "from 10", "rest"), []),
        ({"kind": "count", "max": 20, "period": "quarter", "roll_up": "max"}, ("from 20", "from 10", "rest"), []),
    ],
)
def test_a_band_is_dead_where_no_value_within_the_bounds_of_its_figure_is_in_it(
    figure: dict[str, object], given: tuple[str, ...], dead: list[int]
):
    assert warned(bands(*given), figures={"rate": figure}) == [f"dead-band items.0.bands.{place}" for place in dead]


def test_a_first_band_beyond_the_bounds_takes_the_full_mark_with_it():
    assert warned(bands("from 105", "from 90", "rest"), figures={"rate": RATE}) == [
        "dead-band items.0.bands.0",
        "unreachable-full-mark items.0.bands",
    ]


@pytest.mark.parametrize(
    ("better", "edge", "bounds", "within", "reached"),
    [
        (Better.HIGHER, Edge.REACHED, (100, 90, None), (0, 100), [True, True, True]),
        (Better.HIGHER, Edge.ABOVE, (100, 90, None), (0, 100), [False, True, True]),
        (Better.HIGHER, Edge.ABOVE, (100, 0, None), (0, 100), [False, True, True]),
        (Better.HIGHER, Edge.ABOVE, (90, 0, None), (1, 100), [True, True, False]),
        (Better.HIGHER, Edge.REACHED, (90, 80, None), (None, 85), [False, True, True]),
        (Better.HIGHER, Edge.REACHED, (90, 80, None), (85, None), [True, True, False]),
        (Better.LOWER, Edge.REACHED, (0, 10, None), (0, 10), [True, True, False]),
        (Better.LOWER, Edge.ABOVE, (0, 10, None), (0, 10), [False, True, True]),
        (Better.LOWER, Edge.REACHED, (5, 10, None), (7, None), [False, True, True]),
        (Better.LOWER, Edge.REACHED, (5, 10, None), (None, None), [True, True, True]),
    ],
)
def test_the_edges_of_bands_count_as_they_do_in_scoring(
    better: Better,
    edge: Edge,
    bounds: tuple[int | None, ...],
    within: tuple[int | None, int | None],
    reached: list[bool],
):
    name = "from_" if better is Better.HIGHER else "to"
    entries = tuple(Band(**{name: bound}, points=1) for bound in bounds)  # type: ignore[arg-type]
    method = Bands(figure="rate", bands=entries, better=better, edge=edge)

    assert reachable(method, ValueBounds(*within)) == reached  # type: ignore[arg-type]
