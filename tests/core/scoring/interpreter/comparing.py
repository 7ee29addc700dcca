"""Methods that compare units or parts, for one of them at a time: each looks at all the others."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final, Protocol

from assess.core.numbers import exact, round_half_up
from tests.core.scoring.interpreter.places import Tree, place_among
from tests.core.scoring.plain_methods import Gone


class Among(Protocol):
    """One value among others."""

    def value(self, text: str) -> Any: ...

    def others(self) -> list[Any]: ...


def rank(at: Among, tree: Tree, full: Fraction) -> Fraction:
    own, values = at.value(tree["figure"]), at.others()
    place = place_among(own, values, tree.get("ties", "competition"), tree["better"] == "higher")
    if "table" in tree:
        return exact(tree["table"][min(int(place), len(tree["table"])) - 1])
    if len(values) == 1:
        return full
    if "shares" in tree:
        return of_shares(tree, place, len(values))
    if "step" in tree:
        return full - exact(tree["step"]) * (place - 1)
    return full - (full - exact(tree["last"])) * (place - 1) / (len(values) - 1)


def of_shares(tree: Tree, place: Fraction, n: int) -> Fraction:
    ways: dict[str, Callable[[Fraction], Any]] = {
        "down": floor, "up": ceil, "half-up": lambda many: round_half_up(many, 0),
    }  # fmt: skip
    for share in tree["shares"]:
        if "to" not in share or place <= ways[tree.get("places", "down")](exact(share["to"]) * n):
            return exact(share["points"])
    raise AssertionError("no entry")


def relative(at: Among, tree: Tree, full: Fraction) -> Fraction:
    own, values, is_higher = at.value(tree["figure"]), at.others(), tree["better"] == "higher"
    best = max(values) if is_higher else min(values)
    if own == best:
        return full
    other = best if tree["to"] == "best" else sum(values) / Fraction(len(values))
    above, below = (own, other) if is_higher else (other, own)
    if below == 0:
        raise Gone("division by zero")
    return min(full, full * above / below)


def spread(at: Among, tree: Tree, full: Fraction) -> Fraction:
    own, values = at.value(tree["figure"]), at.others()
    best, worst = (max(values), min(values)) if tree["better"] == "higher" else (min(values), max(values))
    if best == worst:
        return full
    lowest = exact(tree.get("lowest", "0"))
    return lowest + (own - worst) / Fraction(best - worst) * (full - lowest)


def normalise(at: Among, tree: Tree, full: Fraction) -> Fraction:
    sign = -1 if tree["better"] == "lower" else 1
    own, values = sign * at.value(tree["figure"]), [sign * each for each in at.others()]
    best, worst = max(values), min(values)
    if best == worst:
        raise Gone("all values are equal")
    match tree["how"]:
        case "min-max":
            return full * (own - worst) / Fraction(best - worst)
        case "rank":
            return place_among(own, values, "competition", False)
        case "percentile-rank":
            return (place_among(own, values, "competition", False) - 1) / (len(values) - 1)
        case "to-best":
            return 1 - Fraction(best - own) / (best - worst)
    target = sign * exact(tree["target"])
    if target == worst:
        raise Gone("division by zero")
    return min(Fraction(1), 1 - (target - own) / Fraction(target - worst))


COMPARING: Final[dict[str, Any]] = {each.__name__: each for each in (rank, relative, spread, normalise)}
