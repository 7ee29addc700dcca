"""Normalised scores of composite indexes (综合指数, M41)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assess.core import comparing
from assess.core.comparing import Ties
from assess.core.exact import Column
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, NumberType, ReferenceType, TruthType, Value, ValueOf
from assess.core.methods.scored import (
    Amount,
    Better,
    Flags,
    MethodInputs,
    Within,
)
from assess.core.schema import key, path_field

Groups = NDArray[np.int64]


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

    figure: str = key(ReferenceType("figure"))
    how: How = key(Choice(How))
    better: Better = key(Choice(Better))
    within: Within = key(Choice(Within), Within.ALL)
    range: tuple[Fraction, ...] | None = key(ListOf(NumberType()), None)
    goalposts: tuple[Value, ...] | None = key(ListOf(ValueOf()), None)
    target: Value | None = key(ValueOf(), None)
    clip: bool = key(TruthType(), True)
    mean: Fraction | None = key(NumberType(), None)
    deviation: Fraction | None = key(NumberType(), None)
    ties: Ties = key(Choice(Ties), Ties.MINIMUM)
    from_: Fraction = key(NumberType(), Fraction(1), name="from")
    path: Path = path_field()


@dataclass(frozen=True, slots=True)
class Peers:
    """The values compared, negated where lower is better, and the ends of each unit's peers."""

    signed: Column
    groups: Groups
    among: Flags
    best: Column
    worst: Column

    @classmethod
    def of(cls, method: Normalise, value: Column, inputs: MethodInputs) -> Peers:
        """The peers of each unit."""
        signed = -value if method.better is Better.LOWER else value
        part = inputs.peers(method.within), inputs.taking_part
        return cls(signed, *part, comparing.highest(signed, *part), comparing.lowest(signed, *part))

    def places(self, ties: Ties) -> Column:
        """The place counted from the worst."""
        return comparing.ranks(self.signed, self.groups, self.among, False, ties)

    def count(self) -> Column:
        """How many are compared."""
        return comparing.count(self.signed, self.groups, self.among)

    def mean(self) -> Column:
        """The exact mean."""
        return comparing.mean(self.signed, self.groups, self.among)

    def variance(self) -> Column:
        """The exact sample variance."""
        distance, n = self.signed - self.mean(), self.count()
        return comparing.mean(distance * distance, self.groups, self.among) * n / (n - 1)


Normalised = tuple[Column, Flags]
"""The scale's value, and where it has no span."""


def nowhere(column: Column) -> Flags:
    """No unit."""
    return np.zeros(len(column), dtype=bool)


def onto(share: Column, ends: tuple[Amount, Amount]) -> Column:
    """A share of 0 to 1 mapped onto a range."""
    return ends[0] + share * (ends[1] - ends[0])


def scale(method: Normalise, inputs: MethodInputs) -> tuple[Amount, Amount]:
    """The range, from 0 to the full mark unless given."""
    return (Fraction(0), inputs.full_mark) if method.range is None else (method.range[0], method.range[1])


def on_range(method: Normalise, share: Column) -> Column:
    """A share as it is, or mapped onto the range where one is given."""
    return share if method.range is None else onto(share, (method.range[0], method.range[1]))


def min_max(method: Normalise, peers: Peers, inputs: MethodInputs) -> Normalised:
    """The lowest value at the first end of the range, the highest at the second."""
    share = (peers.signed - peers.worst) / (peers.best - peers.worst)
    return onto(share, scale(method, inputs)), nowhere(share)


def goalposts(method: Normalise, peers: Peers, inputs: MethodInputs) -> Normalised:
    """Stated ends instead of the observed ones, clipped unless told not to."""
    low, high = posts(method, inputs)
    span = high - low
    share = clipped(method, (peers.signed - low) / span)
    empty = span == 0
    no_span = empty if isinstance(empty, np.ndarray) else nowhere(share) | empty
    return onto(share, scale(method, inputs)), no_span


def posts(method: Normalise, inputs: MethodInputs) -> tuple[Amount, Amount]:
    """The goalposts, the worse one first, negated where lower is better."""
    assert method.goalposts is not None
    low, high = (inputs.value_of(end) for end in method.goalposts)
    return (-high, -low) if method.better is Better.LOWER else (low, high)


def clipped(method: Normalise, share: Column) -> Column:
    """The share between the goalposts, or beyond them where that counts."""
    return share.at_least(0).at_most(1) if method.clip else share


def z_score(method: Normalise, peers: Peers, inputs: MethodInputs) -> Normalised:
    """mean + deviation × (value − mean of all) ÷ sample deviation; approximate, at 12 significant digits."""
    assert method.mean is not None
    assert method.deviation is not None
    points = float(method.mean) + float(method.deviation) * deviations(peers)
    return Column.from_floats(points, ~np.isfinite(points)), nowhere(peers.signed)


def deviations(peers: Peers) -> NDArray[np.float64]:
    """How many sample deviations a value is better than the mean."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = (peers.signed - peers.mean()).to_floats() / np.sqrt(peers.variance().to_floats())
    return found


def rank(method: Normalise, peers: Peers, inputs: MethodInputs) -> Normalised:
    """The place counted from the worst."""
    return peers.places(method.ties) - 1 + method.from_, nowhere(peers.signed)


def percentile_rank(method: Normalise, peers: Peers, inputs: MethodInputs) -> Normalised:
    """(place from the worst − 1) ÷ (n − 1)."""
    share = (peers.places(method.ties) - 1) / (peers.count() - 1)
    return on_range(method, share), nowhere(share)


def to_best(method: Normalise, peers: Peers, inputs: MethodInputs) -> Normalised:
    """1 − (best − value) ÷ (best − worst)."""
    return on_range(method, towards(peers.best, peers)), nowhere(peers.signed)


def to_target(method: Normalise, peers: Peers, inputs: MethodInputs) -> Normalised:
    """1 − (target − value) ÷ (target − worst), not above 1 unless told so."""
    target = aim_of(method, inputs)
    share = towards(target, peers)
    return on_range(method, share.at_most(1) if method.clip else share), peers.worst == target


def aim_of(method: Normalise, inputs: MethodInputs) -> Any:
    """The target, negated where lower is better."""
    assert method.target is not None
    target: Any = inputs.value_of(method.target)
    return -target if method.better is Better.LOWER else target


def towards(aim: Amount, peers: Peers) -> Column:
    """How far a value has come from the worst to the aim."""
    return 1 - (aim - peers.signed) / (aim - peers.worst)


NORMALISATION_SENTENCES = {
    How.MIN_MAX: min_max,
    How.GOALPOSTS: goalposts,
    How.Z_SCORE: z_score,
    How.RANK: rank,
    How.PERCENTILE_RANK: percentile_rank,
    How.TO_BEST: to_best,
    How.TO_TARGET: to_target,
}
