"""Normalised scores of composite indexes (综合指数, M41), and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, comparing
from assess.core.exact.comparing import Ties
from assess.core.flaws import Flaw
from assess.core.kinds import Choice, ChoiceWords, ListOf, NumberType, ReferenceType, TruthType, Value, ValueOf
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import (
    Amount,
    Better,
    Explained,
    ExplanationClause,
    Fact,
    Flags,
    MethodInputs,
    MethodResult,
    NumberFact,
    OutcomeSentence,
    PointsFact,
    RatioFact,
    Within,
)
from assess.core.methods.traits import TARGET_ALONE, CheckedItem, DivisorBits, FiguresTaken, ScoringMethod
from assess.core.schema import BROKEN, key
from assess.core.text import Text

Groups = NDArray[np.int64]


class How(ChoiceWords):
    """The ways to normalise."""

    MIN_MAX = "min-max", "极差"
    GOALPOSTS = "goalposts", "目标区间"
    Z_SCORE = "z-score", "标准分"
    RANK = "rank", "名次"
    PERCENTILE_RANK = "percentile-rank", "百分位"
    TO_BEST = "to-best", "与最好之差"
    TO_TARGET = "to-target", "与目标之差"


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalise(ScoringMethod):
    """A figure put on a common scale among the peers."""

    name = "normalise"
    chinese_name = "标准化"
    figures_taken = FiguresTaken.AMOUNTS
    targets = TARGET_ALONE
    amounts = frozenset({"goalposts", "target", "mean", "deviation"})
    compares_units = True
    may_exceed_mark = True

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
    from_: Fraction = key(NumberType(), Fraction(1), name="from", words=Text("名次起点", "rank of the worst"))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """The figure on a common scale; lower is better: figures, goalposts and target are negated first.

        Missing where all the peers' values are equal or one only, except by goalposts.
        """
        value = inputs.figure(self.figure)
        peers = Peers.of(self, value, inputs)
        flat = peers.best == peers.worst
        points, unspanned = NORMALISATION_SENTENCES[self.how](self, peers, inputs)
        no_span = OutcomeSentence(unspanned & value.present, NO_SPAN)
        reasons: tuple[OutcomeSentence, ...] = (no_span,)
        if self.how is not How.GOALPOSTS:
            points, reasons = points.only(~flat), (OutcomeSentence(flat, ALL_EQUAL), no_span)
        return MethodResult(points, partial(normalise_explained, self, inputs, value, peers, reasons))

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """Each way to normalise has the keys it needs and no others."""
        if self.how is not BROKEN:
            yield from check_way(self, of)
        for name in ("range", "goalposts"):
            ends = getattr(self, name)
            if ends not in (None, BROKEN) and len(ends) != 2:
                yield Flaw((*of.path, name), TWO_ENDS, {"key": name})
        posts = self.goalposts
        if posts not in (None, BROKEN) and len(posts) == 2 and all(isinstance(post, Fraction) for post in posts):
            low, high = posts
            if low == high:
                yield Flaw((*of.path, "goalposts"), POSTS_EQUAL)
            elif isinstance(low, Fraction) and isinstance(high, Fraction) and low > high:
                yield Flaw((*of.path, "goalposts"), POSTS_ORDER)

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Everything is divided by a figure."""
        return bits.divided

    @property
    def needs_mark(self) -> bool:
        """Only for a scale that ends at the full mark."""
        return self.range is None and self.how in (How.MIN_MAX, How.GOALPOSTS)


TWO_ENDS = Text("{key}应为两个数，请修改。", "{key} must be two values. Change it.")
POSTS_EQUAL = Text("goalposts两端相同，请改其一。", "Both goalposts are the same. Change one.")
POSTS_ORDER = Text("goalposts应从小到大写，请修改。", "Goalposts must go from lower to higher. Change the order.")
ONLY_WITH = Text("“{key}”只用于how: {how}，请删去。", "“{key}” is only for `how: {how}`. Delete it.")
NEEDS = Text("how: {how}需要“{key}”，请补上。", "`how: {how}` needs the key “{key}”. Add it.")
NORMALISE_KEYS = {
    "goalposts": (How.GOALPOSTS,),
    "target": (How.TO_TARGET,),
    "mean": (How.Z_SCORE,),
    "deviation": (How.Z_SCORE,),
}
RANGED = (How.MIN_MAX, How.GOALPOSTS, How.PERCENTILE_RANK, How.TO_BEST, How.TO_TARGET)


def check_way(method: Normalise, of: CheckedItem) -> Iterator[Flaw]:
    """The keys of one way to normalise stand only with it, and those it needs are there."""
    for name, ways in NORMALISE_KEYS.items():
        given = getattr(method, name) is not None
        if given and method.how not in ways:
            yield Flaw((*of.path, name), ONLY_WITH, {"key": name, "how": ways[0].told})
        elif not given and method.how in ways:
            yield Flaw(of.path, NEEDS, {"key": name, "how": method.how.told})
    if method.range is not None and method.how not in RANGED:
        yield Flaw((*of.path, "range"), ONLY_WITH, {"key": "range", "how": Text.listed(RANGED)})


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
