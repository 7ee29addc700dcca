"""Every method that does not compare units, for one unit at a time, in fractions, straight from the plain tree."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any, Protocol

from assess.core.numbers import exact

Tree = dict[str, Any]
STATUSES = ("done", "trial", "started", "planned", "none")


class Gone(Exception):
    """What the method needs is missing, or there is no number."""


class Alone(Protocol):
    """One unit: its figures and attributes, and what stands in a value position."""

    now: dict[str, Any]

    def value(self, text: str) -> Any: ...

    def optional(self, tree: Tree, key: str) -> Any: ...


def done(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    if "when" in tree:
        left, right = tree["when"].split(" >= ")
        return full if unit.value(left) >= unit.value(right) else Fraction(0)
    return full * sum(unit.value(figure) for figure in tree["figures"]) / len(tree["figures"])


def ratio(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    value, target = unit.value(tree["figure"]), unit.value(tree["target"])
    zero_below, full_from = unit.optional(tree, "zero_below"), unit.optional(tree, "full_from")
    most = exact(tree.get("up_to", "1"))
    lower = tree["better"] == "lower"
    share = most if lower and value <= 0 else target / value if lower else divided(value, target)
    counted = min(share, most)
    if "unmet_factor" in tree and share < 1:
        counted *= exact(tree["unmet_factor"])
    if full_from is not None and full_from <= share < 1:
        counted = Fraction(1)
    if zero_below is not None and share < zero_below:
        counted = Fraction(0)
    return full * counted


def divided(value: Fraction, by: Fraction) -> Fraction:
    if by == 0:
        raise Gone("division by zero")
    return value / by


def interpolate(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    value = unit.value(tree["figure"])
    below, above = unit.optional(tree, "zero_below"), unit.optional(tree, "zero_above")
    if "points_at" in tree:
        ends = sorted((exact(x), exact(points)) for x, points in tree["points_at"])
        points = on_line(value, ends)
    else:
        full_at, zero_at = unit.value(tree["full_at"]), unit.value(tree["zero_at"])
        points = full * min(Fraction(1), max(Fraction(0), divided(value - zero_at, full_at - zero_at)))
    cut = (below is not None and value < below) or (above is not None and value > above)
    return Fraction(0) if cut else points


def on_line(value: Fraction, ends: list[tuple[Fraction, Fraction]]) -> Fraction:
    if value <= ends[0][0]:
        return ends[0][1]
    for (x, points), (next_x, next_points) in pairwise(ends):
        if value <= next_x:
            return points + (next_points - points) * (value - x) / (next_x - x)
    return ends[-1][1]


def bands(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    value, above = unit.value(tree["figure"]), tree.get("edge") == "above"
    for band in tree["bands"]:
        if "from" in band:
            reached = value > exact(band["from"]) if above else value >= exact(band["from"])
        elif "to" in band:
            reached = value < exact(band["to"]) if above else value <= exact(band["to"])
        else:
            reached = True
        if reached:
            return exact(band["points"])
    raise AssertionError("no band")


def lookup(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    return exact(tree["table"][unit.value(tree["figure"])])


def line(unit: Alone, tree: Tree, better: str) -> Fraction:
    value, target = unit.value(tree["figure"]), unit.value(tree.get("target", "0"))
    free, per = unit.value(tree.get("free", "0")), unit.value(tree.get("per", "1"))
    gap = max(Fraction(0), target - value if better == "higher" else value - target)
    if tree.get("relative") == "true":
        gap = divided(gap * 100, target)
    steps = divided(max(Fraction(0), gap - free) if "free" in tree else gap, per)
    steps = {"up": Fraction(ceil(steps)), "down": Fraction(floor(steps))}.get(tree.get("partial", ""), steps)
    points = steps * exact(tree["points"])
    return min(points, exact(tree["at_most"])) if "at_most" in tree else points


def deduct(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    return full - sum(line(unit, each, each.get("better", "lower")) for each in tree["lines"])


def award(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    other = {"higher": "lower", "lower": "higher"}
    return sum((line(unit, each, other[each.get("better", "higher")]) for each in tree["lines"]), Fraction(0))


def direct(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    return Fraction(unit.value(tree["figure"]))


def tasks(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    counts = {status: unit.now.get(f"{tree['id']}.{status}") or 0 for status in STATUSES}
    weighted = sum(count * exact(tree["coefficients"][status]) for status, count in counts.items())
    points = full * divided(Fraction(weighted), Fraction(sum(counts.values())))
    if "late" in tree:
        cost = (unit.now.get(f"{tree['id']}.days_late") or 0) * exact(tree["late"]["points"])
        points -= min(cost, exact(tree["late"]["at_most"])) if "at_most" in tree["late"] else cost
    return points


def formula(unit: Alone, tree: Tree, full: Fraction) -> Fraction:
    left, right = tree["points_from"].split(" / ")
    return divided(unit.value(left), unit.value(right))


METHODS = {
    each.__name__: each for each in (done, ratio, interpolate, bands, lookup, deduct, award, direct, tasks, formula)
}
