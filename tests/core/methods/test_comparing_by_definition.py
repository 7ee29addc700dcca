"""Methods that compare units, against their definitions worked out for one unit at a time by looking at all others."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.numbers import significant
from tests.builders import Unit, a_sheet, an_item, score
from tests.rounds import examples

Points = Fraction | None
FULL = Fraction(20)
KINDS = ("street", "township", "park")
GROUPS = [{"id": "streets", "where": "kind == 'street'"}, {"id": "townships", "where": "kind == 'township'"}]
DECIMALS = st.one_of(
    st.none(), st.integers(-4, 4).map(Fraction), st.integers(-5000, 5000).map(lambda n: Fraction(n, 100))
)
UNITS = st.lists(
    st.tuples(DECIMALS, st.sampled_from(KINDS), st.sampled_from([True, True, True, False])), min_size=1, max_size=9
)
BETTER = st.sampled_from(["higher", "lower"])
WITHIN = st.sampled_from(["group", "all"])
TIES = st.sampled_from(["competition", "minimum", "dense", "average", "maximum"])


def earned(method: str, keys: dict[str, Any], units: list[tuple[Points, str, bool]]) -> list[Points]:
    """What the engine gives; a unit to which the item does not apply earns 0."""
    bounds = {} if method == "normalise" else {"floor": -(10**9), "cap": 10**9}
    item = an_item(method, figure="x", points=FULL, applies="river", not_applicable="zero", **bounds, **keys)
    sheet = a_sheet(item, groups=GROUPS, missing="exclude")
    given = {f"u{n}": Unit({"x": x, "kind": kind, "river": river}, {}, {}) for n, (x, kind, river) in enumerate(units)}
    return list(score(sheet, given).points().values())


def by_definition(
    units: list[tuple[Points, str, bool]], within: str, points: Callable[[Fraction, list[Fraction]], Points]
) -> list[Points]:
    """`points` of each unit's figure among those of its peers, its own among them."""
    found: list[Points] = []
    for x, kind, river in units:
        peers = [
            other for other, its, flows in units
            if other is not None and flows and its != "park" and (within == "all" or its == kind)
        ]  # fmt: skip
        if kind == "park":
            found.append(None)
        elif not river:
            found.append(Fraction(0))
        else:
            found.append(None if x is None else points(x, peers))
    return found


def place(x: Fraction, peers: list[Fraction], better: str, ties: str) -> Fraction:
    """The rank of a figure, 1 the best."""
    ahead = [other for other in peers if (other > x if better == "higher" else other < x)]
    equal = peers.count(x)
    if ties == "dense":
        return Fraction(len(set(ahead)) + 1)
    first = Fraction(len(ahead) + 1)
    return first + {"average": Fraction(equal - 1, 2), "maximum": Fraction(equal - 1)}.get(ties, Fraction(0))


@settings(max_examples=examples(80))
@given(UNITS, BETTER, WITHIN, TIES, st.sampled_from([{"step": "0.5"}, {"last": 5}, {"table": [20, 12, 7]}]))
def test_points_by_place(units: Any, better: str, within: str, ties: str, by: dict[str, Any]):
    ties = "maximum" if ties == "average" and "table" in by else ties

    def points(x: Fraction, peers: list[Fraction]) -> Fraction:
        rank = place(x, peers, better, ties)
        if "step" in by:
            return FULL - (rank - 1) / 2
        if "last" in by:
            return FULL if len(peers) == 1 else FULL - (FULL - 5) * (rank - 1) / (len(peers) - 1)
        return Fraction(by["table"][min(int(rank), 3) - 1])

    keys = {"better": better, "within": within, "ties": ties, **by}
    assert earned("rank", keys, units) == by_definition(units, within, points)


@settings(max_examples=examples(80))
@given(UNITS, BETTER, WITHIN, st.sampled_from(["best", "mean"]))
def test_points_in_proportion_to_the_best_or_the_mean(units: Any, better: str, within: str, to: str):
    def points(x: Fraction, peers: list[Fraction]) -> Points:
        best = max(peers) if better == "higher" else min(peers)
        other = best if to == "best" else sum(peers) / len(peers)
        if x == best:
            return FULL
        above, below = (x, other) if better == "higher" else (other, x)
        return None if below == 0 else min(FULL, FULL * above / below)

    keys = {"better": better, "within": within, "to": to}
    assert earned("relative", keys, units) == by_definition(units, within, points)


@settings(max_examples=examples(80))
@given(UNITS, BETTER, WITHIN, st.sampled_from([Fraction(0), Fraction(12)]))
def test_points_by_the_efficacy_coefficient(units: Any, better: str, within: str, lowest: Fraction):
    def points(x: Fraction, peers: list[Fraction]) -> Fraction:
        best, worst = (max(peers), min(peers)) if better == "higher" else (min(peers), max(peers))
        return FULL if best == worst else lowest + (x - worst) / (best - worst) * (FULL - lowest)

    keys = {"better": better, "within": within, "lowest": lowest}
    assert earned("spread", keys, units) == by_definition(units, within, points)


def min_max(x: Fraction, peers: list[Fraction]) -> Fraction:
    return (x - min(peers)) / (max(peers) - min(peers)) * FULL


def to_best(x: Fraction, peers: list[Fraction]) -> Fraction:
    return 1 - (max(peers) - x) / (max(peers) - min(peers))


def z_score(x: Fraction, peers: list[Fraction]) -> Fraction:
    """50 + 10 standard scores, at 40 digits and then at 12."""
    mean = sum(peers) / len(peers)
    variance = sum((other - mean) ** 2 for other in peers) / (len(peers) - 1)
    wide = Context(prec=40)
    root = wide.sqrt(wide.divide(Decimal(variance.numerator), Decimal(variance.denominator)))
    return significant(50 + 10 * (x - mean) / Fraction(root), 12)


def percentile(x: Fraction, peers: list[Fraction]) -> Fraction:
    return (place(x, peers, "lower", "minimum") - 1) / (len(peers) - 1)


def to_target(x: Fraction, peers: list[Fraction]) -> Points:
    return None if min(peers) == 3 else min(Fraction(1), 1 - (3 - x) / (3 - min(peers)))


WAYS = {
    "min-max": ({}, min_max),
    "to-best": ({}, to_best),
    "to-target": ({"target": 3}, to_target),
    "z-score": ({"mean": 50, "deviation": 10}, z_score),
    "rank": ({"ties": "average"}, lambda x, peers: place(x, peers, "lower", "average")),
    "percentile-rank": ({}, percentile),
}


@pytest.mark.parametrize("how", WAYS)
@settings(max_examples=examples(40))
@given(UNITS, BETTER, WITHIN)
def test_figures_on_a_common_scale(how: str, units: Any, better: str, within: str):
    keys, way = WAYS[how]

    def points(x: Fraction, peers: list[Fraction]) -> Points:
        return None if min(peers) == max(peers) else way(x, peers)

    keys = {"how": how, "better": better, "within": within, **keys}
    if better == "lower" and "target" in keys:
        keys["target"] = -3
    turned = [(-x if x is not None and better == "lower" else x, kind, river) for x, kind, river in units]
    found, expected = earned("normalise", keys, units), by_definition(turned, within, points)
    if how == "z-score":  # a root in doubles may miss the twelfth digit by one
        found = [right if is_near(each, right) else each for each, right in zip(found, expected, strict=True)]
    assert found == expected


def is_near(one: Points, other: Points) -> bool:
    """Whether two scores of two digits before the point differ by no more than one in the twelfth."""
    return one is not None and other is not None and abs(one - other) <= Fraction(1, 10**10)
