"""Normalised scores, and what is told of them: the two ends that a value lies between, its place, its deviation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from assess.core.exact import Column
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.normalising import (
    NORMALISATION_SENTENCES,
    How,
    Normalise,
    Peers,
    aim_of,
    deviations,
    onto,
    posts,
    scale,
)
from assess.core.methods.scored import (
    Amount,
    Better,
    Explained,
    ExplanationClause,
    Fact,
    MethodInputs,
    MethodResult,
    NumberFact,
    OutcomeSentence,
    PointsFact,
    RatioFact,
)
from assess.core.text import Text

TOWARDS = Text(
    "{title} {value}，位于{low_name}{low}（{low_points}）至{high_name}{high}（{high_points}）的{share}处",
    "{title}: {value}, {share} of the way from {low}, {low_name} ({low_points}), "
    "to {high}, {high_name} ({high_points})",
)
IS_LOW = Text("{title} {value}，为最差，对应{low_points}", "{title}: {value}, the worst, which earns {low_points}")
IS_HIGH = Text("{title} {value}，为最好，对应{high_points}", "{title}: {value}, the best, which earns {high_points}")
AT_LOW = Text(
    "{title} {value}，不好于{low_name}{low}，对应{low_points}",
    "{title}: {value}, no better than {low}, {low_name}, which earns {low_points}",
)
AT_HIGH = Text(
    "{title} {value}，不差于{high_name}{high}，对应{high_points}",
    "{title}: {value}, no worse than {high}, {high_name}, which earns {high_points}",
)
WORST, BEST = Text("最差", "the worst"), Text("最好", "the best")
LOW_POST, HIGH_POST = Text("下限", "the lower goalpost"), Text("上限", "the upper goalpost")
TARGET = Text("目标", "the target")
BETTER_THAN_MEAN = Text(
    "{title} {value}，平均{average}，标准差{spread}，优于平均{z}个标准差；平均得{mean}，每个标准差加{deviation}",
    "{title}: {value}, {z} standard deviations (of {spread}) better than the average of {average}; "
    "{mean} for the average and {deviation} more for each",
)
WORSE_THAN_MEAN = Text(
    "{title} {value}，平均{average}，标准差{spread}，差于平均{z}个标准差；平均得{mean}，每个标准差减{deviation}",
    "{title}: {value}, {z} standard deviations (of {spread}) worse than the average of {average}; "
    "{mean} for the average and {deviation} less for each",
)
FROM_WORST = Text(
    "{title} {value}，由差到好列第{place}名；第1名{first}，每升1名加1分",
    "{title}: {value}, rank {place} counted from the worst; {first} for rank 1, 1 point more for each place",
)
AMONG = Text(
    "{title} {value}，在{n}个单位中由差到好列第{place}名；第1名{low_points}，均匀递增至第{n}名{high_points}",
    "{title}: {value}, rank {place} of {n} counted from the worst; {low_points} for rank "
    "1, up in equal steps to {high_points} for rank {n}",
)
ALL_EQUAL = Text(
    "各单位数值相同或只有一个单位有数值，无法标准化",
    "all values are equal, or only one unit has a value, so they cannot be normalised",
)
NO_SPAN = Text("两端相同，无法标准化", "both ends are the same, so values cannot be normalised")


def normalise(method: Normalise, inputs: MethodInputs) -> MethodResult:
    """The figure on a common scale; lower is better: figures, goalposts and target are negated first.

    Missing where all the peers' values are equal or one only, except by goalposts.
    """
    value = inputs.figure(method.figure)
    peers = Peers.of(method, value, inputs)
    flat = peers.best == peers.worst
    points, unspanned = NORMALISATION_SENTENCES[method.how](method, peers, inputs)
    no_span = OutcomeSentence(unspanned & value.present, NO_SPAN)
    reasons: tuple[OutcomeSentence, ...] = (no_span,)
    if method.how is not How.GOALPOSTS:
        points, reasons = points.only(~flat), (OutcomeSentence(flat, ALL_EQUAL), no_span)
    return MethodResult(points, partial(normalise_explained, method, inputs, value, peers, reasons))


def normalise_explained(
    method: Normalise, inputs: MethodInputs, value: Column, peers: Peers, reasons: tuple[OutcomeSentence, ...]
) -> Explained:
    """What the value was compared with, and what that makes of it."""
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
    }
    if method.how is How.Z_SCORE:
        return z_explained(method, inputs, peers, facts, reasons)
    if method.how in (How.RANK, How.PERCENTILE_RANK):
        return place_explained(method, peers, facts, reasons)
    return way_explained(method, inputs, peers, facts, reasons)


def place_explained(
    method: Normalise, peers: Peers, facts: dict[str, Fact], reasons: tuple[OutcomeSentence, ...]
) -> Explained:
    """The place counted from the worst, and what places are worth."""
    low, high = (Fraction(0), Fraction(1)) if method.range is None else method.range
    facts |= {"place": NumberFact(peers.places(method.ties)), "n": NumberFact(peers.count())}
    facts |= {"first": PointsFact(method.from_), "low_points": PointsFact(low), "high_points": PointsFact(high)}
    return Explained(
        (ExplanationClause((OutcomeSentence(None, FROM_WORST if method.how is How.RANK else AMONG),), facts),), reasons
    )


def z_explained(
    method: Normalise, inputs: MethodInputs, peers: Peers, facts: dict[str, Fact], reasons: tuple[OutcomeSentence, ...]
) -> Explained:
    """How many standard deviations the value lies from the mean."""
    assert method.mean is not None
    assert method.deviation is not None
    z, spread = deviations(peers), np.sqrt(peers.variance().to_floats())
    counted, deviation = (Column.from_floats(each, ~np.isfinite(each)) for each in (z, spread))
    average = natural(method, peers.mean())
    facts |= {
        "average": inputs.measured(method.figure, average),
        "spread": inputs.difference(method.figure, deviation),
        "z": NumberFact(counted.abs()),
        "mean": PointsFact(method.mean),
        "deviation": PointsFact(method.deviation),
    }
    told = ExplanationClause(
        (OutcomeSentence(counted >= 0, BETTER_THAN_MEAN), OutcomeSentence(None, WORSE_THAN_MEAN)), facts
    )
    ways = (partial(z_as_shown, method, counted), partial(mean_as_shown, method, peers, deviation))
    return Explained((told,), reasons, ways)


def z_as_shown(method: Normalise, z: Column, shown: TruncatedAmounts) -> Column:
    """The points by the deviations as the sentence shows them."""
    assert method.mean is not None
    assert method.deviation is not None
    return method.mean + method.deviation * shown.number(z)


def mean_as_shown(method: Normalise, peers: Peers, deviation: Column, shown: TruncatedAmounts) -> Column:
    """The points by mean and deviation as the sentence shows them."""
    assert method.mean is not None
    assert method.deviation is not None
    z = (shown.number(peers.signed) - shown.number(peers.mean())) / shown.number(deviation)
    return method.mean + method.deviation * z


def natural(method: Normalise, amount: Any) -> Any:
    """A value as it was before it was negated."""
    return -amount if method.better is Better.LOWER else amount


@dataclass(frozen=True, slots=True)
class Normalisation:
    """From what to what a value is on its way, and what the two ends are worth."""

    low: Amount
    high: Amount
    low_points: Amount
    high_points: Amount
    names: tuple[Text, Text]

    def share(self, signed: Column) -> Column:
        """How far along a value is."""
        return (signed - self.low) / (self.high - self.low)

    def points(self, share: Column) -> Column:
        """What a share of the way is worth."""
        return onto(share, (self.low_points, self.high_points))


def way_of(method: Normalise, inputs: MethodInputs, peers: Peers) -> Normalisation:
    """The way that a value is measured along."""
    if method.how is How.GOALPOSTS:
        names = (HIGH_POST, LOW_POST) if method.better is Better.LOWER else (LOW_POST, HIGH_POST)
        return Normalisation(*posts(method, inputs), *scale(method, inputs), names)
    if method.how is How.MIN_MAX:
        return Normalisation(peers.worst, peers.best, *scale(method, inputs), (WORST, BEST))
    ends = (Fraction(0), Fraction(1)) if method.range is None else (method.range[0], method.range[1])
    if method.how is How.TO_BEST:
        return Normalisation(peers.worst, peers.best, *ends, (WORST, BEST))
    return Normalisation(peers.worst, aim_of(method, inputs), *ends, (WORST, TARGET))


def way_explained(
    method: Normalise, inputs: MethodInputs, peers: Peers, facts: dict[str, Fact], reasons: tuple[OutcomeSentence, ...]
) -> Explained:
    """Where the value lies between two ends."""
    way = way_of(method, inputs, peers)
    share = way.share(peers.signed)
    facts |= {
        "low": inputs.measured(method.figure, natural(method, way.low)),
        "high": inputs.measured(method.figure, natural(method, way.high)),
        "low_points": PointsFact(way.low_points),
        "high_points": PointsFact(way.high_points),
        "low_name": way.names[0],
        "high_name": way.names[1],
        "share": RatioFact(share),
    }
    is_clipped = method.clip and method.how in (How.GOALPOSTS, How.TO_TARGET)
    beyond = (share >= 1) if is_clipped else share == 1
    short = (share <= 0) if is_clipped and method.how is How.GOALPOSTS else share == 0
    at_high, at_low = IS_HIGH if way.names[1] is BEST else AT_HIGH, IS_LOW if way.names[0] is WORST else AT_LOW
    told = ExplanationClause(
        (OutcomeSentence(beyond, at_high), OutcomeSentence(short, at_low), OutcomeSentence(None, TOWARDS)), facts
    )
    bound = partial(within_ends, is_clipped, method.how is How.GOALPOSTS)
    ways = (partial(ends_as_shown, way, peers, bound), partial(share_as_shown, way, bound(share)))
    return Explained((told,), reasons, ways)


def within_ends(is_clipped: bool, both: bool, share: Column) -> Column:
    """A share that counts for no more than the whole way, and where both ends are stated for no less than nothing."""
    share = share.at_most(1) if is_clipped else share
    return share.at_least(0) if is_clipped and both else share


def ends_as_shown(
    way: Normalisation, peers: Peers, bound: Callable[[Column], Column], shown: TruncatedAmounts
) -> Column:
    """The points by value and ends as the sentence shows them."""
    low, high = shown.amount(way.low), shown.amount(way.high)
    seen = Normalisation(low, high, way.low_points, way.high_points, way.names)
    return seen.points(bound(seen.share(shown.number(peers.signed))))


def share_as_shown(way: Normalisation, share: Column, shown: TruncatedAmounts) -> Column:
    """The points by the share of the way as the sentence shows it."""
    return way.points(shown.share(share))
