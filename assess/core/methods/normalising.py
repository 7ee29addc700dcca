"""Normalised scores of composite indexes (综合指数, M41)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assess.core import comparing
from assess.core.comparing import Ties
from assess.core.exact import Column
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, Number, Reference, Truth, Value, ValueOf
from assess.core.methods.scored import (
    Amount,
    Better,
    Case,
    Explained,
    Fact,
    Flags,
    Inputs,
    Reckoned,
    Scored,
    Told,
    Within,
)
from assess.core.schema import key, path_field
from assess.core.text import Text


class How(StrEnum):
    """The ways to normalise."""

    MIN_MAX = "min-max"
    GOALPOSTS = "goalposts"
    Z_SCORE = "z-score"
    RANK = "rank"
    PERCENTILE_RANK = "percentile-rank"
    TO_BEST = "to-best"
    TO_TARGET = "to-target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalise:
    """A figure put on a common scale among the peers."""

    figure: str = key(Reference("figure"))
    how: How = key(Choice(How))
    better: Better = key(Choice(Better))
    within: Within = key(Choice(Within), Within.ALL)
    range: tuple[Fraction, ...] | None = key(ListOf(Number()), None)
    goalposts: tuple[Value, ...] | None = key(ListOf(ValueOf()), None)
    target: Value | None = key(ValueOf(), None)
    clip: bool = key(Truth(), True)
    mean: Fraction | None = key(Number(), None)
    deviation: Fraction | None = key(Number(), None)
    ties: Ties = key(Choice(Ties), Ties.MINIMUM)
    from_: Fraction = key(Number(), Fraction(1), name="from")
    path: Path = path_field()


NORMALISED = Text("{title} {value}，标准化值 {points}", "{title}: {value}, normalised to {points}")
FROM_WORST = Text(
    "{title} {value}，由差到好列第 {points} 名", "{title}: {value}, number {points} counted from the worst"
)
ALL_EQUAL = Text(
    "各单位数值相同或只有一个单位有数值，无法标准化",
    "all values are equal, or only one unit has one, so they cannot be normalised",
)
NO_SPAN = Text("两端相同，无法标准化", "both ends are the same, so nothing can be normalised")


def normalise(method: Normalise, inputs: Inputs) -> Scored:
    """The figure on a common scale; lower is better: figures, goalposts and target are negated first.

    Missing where all the peers' values are equal or one only, except by goalposts.
    """
    value = inputs.figure(method.figure)
    signed = -value if method.better is Better.LOWER else value
    groups = inputs.peers(method.within)
    flat = comparing.highest(signed, groups, inputs.taking_part) == comparing.lowest(signed, groups, inputs.taking_part)
    points, unspanned = WAYS[method.how](method, signed, groups, inputs)
    no_span = Case(unspanned & value.present, NO_SPAN)
    if method.how is How.GOALPOSTS:
        return Scored(points, partial(normalise_explained, method, inputs, value, points, (no_span,)))
    points = points.only(~flat)
    return Scored(points, partial(normalise_explained, method, inputs, value, points, (Case(flat, ALL_EQUAL), no_span)))


def normalise_explained(
    method: Normalise, inputs: Inputs, value: Column, points: Column, reasons: tuple[Case, ...]
) -> Explained:
    """What the value became."""
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "points": Reckoned(points),
    }
    return Explained((Told((Case(None, FROM_WORST if method.how is How.RANK else NORMALISED),), facts),), reasons)


Groups = NDArray[np.int64]
Normalised = tuple[Column, Flags]
"""The scale's value, and where it has no span."""


def nowhere(column: Column) -> Flags:
    """No unit."""
    return np.zeros(len(column), dtype=bool)


def onto(share: Column, ends: tuple[Amount, Amount]) -> Column:
    """A share of 0 to 1 mapped onto a range."""
    return ends[0] + share * (ends[1] - ends[0])


def scale(method: Normalise, inputs: Inputs) -> tuple[Amount, Amount]:
    """The range, from 0 to the full mark unless given."""
    return (Fraction(0), inputs.full_mark) if method.range is None else (method.range[0], method.range[1])


def on_range(method: Normalise, share: Column) -> Column:
    """A share as it is, or mapped onto the range where one is given."""
    return share if method.range is None else onto(share, (method.range[0], method.range[1]))


def min_max(method: Normalise, signed: Column, groups: Groups, inputs: Inputs) -> Normalised:
    """The lowest value at the first end of the range, the highest at the second."""
    low = comparing.lowest(signed, groups, inputs.taking_part)
    high = comparing.highest(signed, groups, inputs.taking_part)
    return onto((signed - low) / (high - low), scale(method, inputs)), nowhere(signed)


def goalposts(method: Normalise, signed: Column, groups: Groups, inputs: Inputs) -> Normalised:
    """Stated ends instead of the observed ones, clipped unless told not to."""
    assert method.goalposts is not None
    low, high = (inputs.value_of(end) for end in method.goalposts)
    if method.better is Better.LOWER:
        low, high = -high, -low
    span = high - low
    share = (signed - low) / span
    if method.clip:
        share = share.at_least(0).at_most(1)
    empty = span == 0
    return onto(share, scale(method, inputs)), empty if isinstance(empty, np.ndarray) else nowhere(signed) | empty


def z_score(method: Normalise, signed: Column, groups: Groups, inputs: Inputs) -> Normalised:
    """mean + deviation × (value − mean of all) ÷ sample deviation; approximate, at 12 significant digits."""
    assert method.mean is not None
    assert method.deviation is not None
    distance = signed - comparing.mean(signed, groups, inputs.taking_part)
    n = comparing.count(signed, groups, inputs.taking_part)
    variance = comparing.mean(distance * distance, groups, inputs.taking_part) * n / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = distance.to_floats() / np.sqrt(variance.to_floats())
    points = float(method.mean) + float(method.deviation) * z
    return Column.from_floats(points, ~np.isfinite(points)), nowhere(signed)


def rank(method: Normalise, signed: Column, groups: Groups, inputs: Inputs) -> Normalised:
    """The place counted from the worst."""
    places = comparing.ranks(signed, groups, inputs.taking_part, False, method.ties)
    return places - 1 + method.from_, nowhere(signed)


def percentile_rank(method: Normalise, signed: Column, groups: Groups, inputs: Inputs) -> Normalised:
    """(place from the worst − 1) ÷ (n − 1)."""
    places = comparing.ranks(signed, groups, inputs.taking_part, False, method.ties)
    n = comparing.count(signed, groups, inputs.taking_part)
    return on_range(method, (places - 1) / (n - 1)), nowhere(signed)


def to_best(method: Normalise, signed: Column, groups: Groups, inputs: Inputs) -> Normalised:
    """1 − (best − value) ÷ (best − worst)."""
    best = comparing.highest(signed, groups, inputs.taking_part)
    return on_range(method, towards(best, signed, groups, inputs)), nowhere(signed)


def to_target(method: Normalise, signed: Column, groups: Groups, inputs: Inputs) -> Normalised:
    """1 − (target − value) ÷ (target − worst), not above 1 unless told so."""
    assert method.target is not None
    target: Any = inputs.value_of(method.target)
    if method.better is Better.LOWER:
        target = -target
    share = towards(target, signed, groups, inputs)
    unspanned = comparing.lowest(signed, groups, inputs.taking_part) == target
    return on_range(method, share.at_most(1) if method.clip else share), unspanned


def towards(aim: Amount, signed: Column, groups: Groups, inputs: Inputs) -> Column:
    """How far a value has come from the worst to the aim."""
    worst = comparing.lowest(signed, groups, inputs.taking_part)
    return 1 - (aim - signed) / (aim - worst)


WAYS = {
    How.MIN_MAX: min_max,
    How.GOALPOSTS: goalposts,
    How.Z_SCORE: z_score,
    How.RANK: rank,
    How.PERCENTILE_RANK: percentile_rank,
    How.TO_BEST: to_best,
    How.TO_TARGET: to_target,
}
