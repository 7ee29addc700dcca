"""Methods that compare units with one another (M16, M17, M20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np

from assess.core.exact import Column, where
from assess.core.exact.comparing import Ties
from assess.core.flaws import Flaw
from assess.core.kinds import Choice, ChoiceWords, ListOf, NumberType, RecordOf, ReferenceType
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.place_shares import PlaceRounding, PlaceShare, SharedPlaces, check_shares
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
    Within,
)
from assess.core.methods.traits import (
    COUNTED_BITS,
    NO_TARGETS,
    CheckedItem,
    DivisorBits,
    FiguresTaken,
    ScoringMethod,
    above_mark,
    exactly_one,
)
from assess.core.numbers import reduced
from assess.core.schema import BROKEN, key
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank(ScoringMethod):
    """Points by place: a step for each place, a straight line to the last, a table, or shares of those ranked."""

    name = "rank"
    chinese_name = "名次"
    other_names = ("按名次赋分",)
    figures_taken = FiguresTaken.AMOUNTS
    targets = NO_TARGETS
    amounts = frozenset()
    compares_units = True

    figure: str = key(ReferenceType("figure"))
    better: Better = key(Choice(Better))
    within: Within = key(Choice(Within), Within.GROUP)
    ties: Ties = key(Choice(Ties), Ties.COMPETITION)
    step: Fraction | None = key(NumberType(least=Fraction(0)), None)
    last: Fraction | None = key(NumberType(), None)
    table: tuple[Fraction, ...] | None = key(ListOf(NumberType()), None)
    shares: tuple[PlaceShare, ...] | None = key(ListOf(RecordOf(PlaceShare)), None)
    places: PlaceRounding | None = key(Choice(PlaceRounding), None, implied=PlaceRounding.DOWN)

    def score(self, inputs: MethodInputs) -> MethodResult:
        """Points by place among those who have a value; the first earns the full mark (按名次赋分).

        Source: rules/README.md M17.
        """
        value = inputs.figure(self.figure)
        places = inputs.compared(self.within).ranks(value, self.better is Better.HIGHER, self.ties)
        points = points_by_place(self, places, value, inputs)
        return MethodResult(points, partial(rank_explained, self, inputs, value, places, points))

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """A step, a last place, or a table or shares that begin with the full mark."""
        yield from exactly_one(self, ("step", "last", "table", "shares"), of)
        if self.shares is not None and self.shares is not BROKEN:
            yield from check_shares(self.shares, of)
        if self.places is not None and self.shares is None:
            yield Flaw((*of.path, "places"), ONLY_WITH_SHARES)
        if self.last is not None:
            yield from above_mark(self.last, (*of.path, "last"), of)
        if self.table not in (None, BROKEN):
            if self.ties is Ties.AVERAGE:
                yield Flaw((*of.path, "ties"), NO_AVERAGE)
            wrong = [mark for mark in of.marks if self.table[0] not in (mark, BROKEN)]
            if wrong:
                yield Flaw((*of.path, "table", 0), FIRST_IS_FULL, {"full": reduced(wrong[0])})
            for i, points in enumerate(self.table[1:], start=1):
                yield from above_mark(points, (*of.path, "table", i), of)

    @property
    def needs_mark(self) -> bool:
        """Not where the points of places are stated."""
        return self.table is None and self.shares is None

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figure that it measures."""
        return (self.figure,)

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """Nowhere where a better place never earns less, else the values of the others."""
        earned = list(self.table or (share.points for share in self.shares or ()))
        if earned in (sorted(earned), sorted(earned, reverse=True)):
            return []
        return inputs.compared(self.within).each_value(inputs.figure(figure))

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Divided by how many are ranked."""
        return COUNTED_BITS


FIRST_IS_FULL = Text(
    "table的第一个数须为分值{full}，请修改。", "The first entry of `table` must be the full mark, {full}. Change it."
)
NO_AVERAGE = Text(
    "按table赋分时ties不能用平均名次，请另选。", "`ties: average` cannot be used with a table. Select another."
)
ONLY_WITH_SHARES = Text(
    "places只与shares一起用，请补上shares，或删去。", "`places` belongs to `shares`. Add shares or delete it."
)
FIRST = Text("{title} {value}，在{n}个单位中列第1名", "{title}: {value}, rank 1 of {n}")
BY_STEP = Text(
    "{title} {value}，在{n}个单位中列第{rank}名；第1名{full}，每降1名减{step}",
    "{title}: {value}, rank {rank} of {n}; {full} for rank 1, {step} less for each place",
)
TO_LAST = Text(
    "{title} {value}，在{n}个单位中列第{rank}名；第1名{full}，均匀递减至末名{last}",
    "{title}: {value}, rank {rank} of {n}; {full} for rank 1, down in equal steps to {last} for the last",
)
BY_TABLE = Text(
    "{title} {value}，在{n}个单位中列第{rank}名，对应{points}",
    "{title}: {value}, rank {rank} of {n}, which earns {points}",
)


def rank_explained(method: Rank, inputs: MethodInputs, value: Column, places: Column, points: Column) -> Explained:
    """The place among how many, and what places earn."""
    first = places == 1
    n = inputs.compared(method.within).count(value)
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "rank": NumberFact(places),
        "n": NumberFact(n),
        "points": PointsFact(points),
    }
    told: tuple[OutcomeSentence, ...] = (OutcomeSentence(None, BY_TABLE),)
    if method.needs_mark:
        facts["full"] = PointsFact(inputs.full_mark)
    if method.step is not None:
        facts["step"], told = PointsFact(method.step), (OutcomeSentence(None, BY_STEP),)
    elif method.last is not None:
        facts["last"], told = PointsFact(method.last), (OutcomeSentence(None, TO_LAST),)
    elif method.shares is not None:
        shared = shared_places(method, places, n)
        first, (told, of_shares) = shared.is_alone, shared.told()
        facts |= of_shares
    return Explained((ExplanationClause((OutcomeSentence(first, FIRST), *told), facts),))


def shared_places(method: Rank, places: Column, n: Column) -> SharedPlaces:
    """The places as shares of those ranked."""
    assert method.shares is not None
    return SharedPlaces(method.shares, places, n, method.places or PlaceRounding.DOWN)


def points_by_place(method: Rank, places: Column, value: Column, inputs: MethodInputs) -> Column:
    """What a place earns."""
    if method.step is not None:
        return inputs.full_mark - (places - 1) * method.step
    if method.table is not None:
        index = np.minimum(places.numerators // places.denominators, len(method.table)) - 1
        return Column.of(method.table).take(np.maximum(index, 0).astype(np.int64)).only(places.present)
    n = inputs.compared(method.within).count(value)
    if method.shares is not None:
        return shared_places(method, places, n).points()
    assert method.last is not None
    way = where(n == 1, 0, (places - 1) / (n - 1)).only(places.present)
    return inputs.full_mark - way * (inputs.full_mark - method.last)


class To(ChoiceWords):
    """What a figure is compared with."""

    BEST = "best", "最好"
    MEAN = "mean", "平均"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative(ScoringMethod):
    """Points in proportion to the best or the mean of the peers."""

    name = "relative"
    chinese_name = "与最好之比"
    other_names = ("相对",)
    figures_taken = FiguresTaken.AMOUNTS
    targets = NO_TARGETS
    amounts = frozenset()
    compares_units = True

    figure: str = key(ReferenceType("figure"))
    better: Better = key(Choice(Better))
    to: To = key(Choice(To), words=Text("比较对象", "compared with"))
    within: Within = key(Choice(Within), Within.GROUP)

    def score(self, inputs: MethodInputs) -> MethodResult:
        """Full mark × value ÷ the best (or the mean) of the peers, at most the full mark (与第一名比值).

        The best earns it.

        Source: rules/README.md M16.
        """
        value = inputs.figure(self.figure)
        compared, higher = inputs.compared(self.within), self.better is Better.HIGHER
        best = compared.highest(value) if higher else compared.lowest(value)
        other = best if self.to is To.BEST else compared.mean(value)
        is_best = value == best
        share = where(is_best, 1, value / other if higher else other / value).at_most(1)
        amounts = {"value": value, "other": other, "best": best}
        return MethodResult(share * inputs.full_mark, partial(relative_explained, self, inputs, amounts, share))

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figure that it measures."""
        return (self.figure,)

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """The best of the others, and where a divisor is 0."""
        value, compared = inputs.figure(figure), inputs.compared(self.within)
        ends = (compared.highest_other(value), compared.lowest_other(value))
        return [*ends, Fraction(0), -compared.sum_of_others(value)]

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Everything is divided by a figure."""
        return bits.divided


TO_BEST = Text(
    "{title} {value}，最好{other}，按{full}的{share}（{division}）计",
    "{title}: {value}, the best {other}, so {share} of {full} ({division})",
)
TO_MEAN = Text(
    "{title} {value}，平均{other}，按{full}的{share}（{division}）计",
    "{title}: {value}, the average {other}, so {share} of {full} ({division})",
)
DIVISIONS = {
    (To.BEST, Better.HIGHER): Text("本单位÷最好", "own ÷ best"),
    (To.BEST, Better.LOWER): Text("最好÷本单位", "best ÷ own"),
    (To.MEAN, Better.HIGHER): Text("本单位÷平均", "own ÷ average"),
    (To.MEAN, Better.LOWER): Text("平均÷本单位", "average ÷ own"),
}
IS_BEST = Text("{title} {value}，为最好", "{title}: {value}, the best")
MEAN_MET = Text("{title} {value}，不差于平均值{other}", "{title}: {value}, no worse than the average of {other}")
NO_SHARE = Text("除数为0，与他人之比无法计算", "the divisor is 0, so the share cannot be calculated")


def relative_explained(
    method: Relative, inputs: MethodInputs, amounts: Mapping[str, Column], share: Column
) -> Explained:
    """The share of the best or the mean."""
    value, other = amounts["value"], amounts["other"]
    is_best = value == amounts["best"]
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "other": inputs.measured(method.figure, other),
        "share": RatioFact(share),
        "full": PointsFact(inputs.full_mark),
        "division": DIVISIONS[method.to, method.better],
    }
    best, mean = (
        (OutcomeSentence(None, TO_BEST),),
        (OutcomeSentence(share == 1, MEAN_MET), OutcomeSentence(None, TO_MEAN)),
    )
    cases = (OutcomeSentence(is_best, IS_BEST), *(best if method.to is To.BEST else mean))
    divisor = other if method.better is Better.HIGHER else value
    higher = method.better is Better.HIGHER
    ways = (partial(shares_as_shown, inputs, amounts, higher), partial(part_as_shown, inputs, share))
    return Explained((ExplanationClause(cases, facts),), (OutcomeSentence((divisor == 0) & ~is_best, NO_SHARE),), ways)


def shares_as_shown(
    inputs: MethodInputs, amounts: Mapping[str, Column], higher: bool, shown: TruncatedAmounts
) -> Column:
    """The points by the two figures as the sentence shows them."""
    value, other = shown.number(amounts["value"]), shown.number(amounts["other"])
    share = where(amounts["value"] == amounts["best"], 1, value / other if higher else other / value)
    return share.at_most(1) * inputs.full_mark


def part_as_shown(inputs: MethodInputs, share: Column, shown: TruncatedAmounts) -> Column:
    """The points by the share as the sentence shows it."""
    return shown.share(share) * inputs.full_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class EfficacyMethod(ScoringMethod):
    """The efficacy coefficient: a straight line from the worst to the best."""

    name = "spread"
    chinese_name = "功效系数"
    figures_taken = FiguresTaken.AMOUNTS
    targets = NO_TARGETS
    amounts = frozenset()
    compares_units = True

    figure: str = key(ReferenceType("figure"))
    better: Better = key(Choice(Better))
    within: Within = key(Choice(Within), Within.GROUP)
    lowest: Fraction = key(NumberType(), Fraction(0))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """lowest + (value − worst) ÷ (best − worst) × (full mark − lowest); all equal earn the full mark (功效系数).

        Source: rules/README.md M20 (i).
        """
        value = inputs.figure(self.figure)
        compared = inputs.compared(self.within)
        best, worst = compared.highest(value), compared.lowest(value)
        if self.better is Better.LOWER:
            best, worst = worst, best
        share = where(best == worst, 1, (value - worst) / (best - worst))
        points = self.lowest + share * (inputs.full_mark - self.lowest)
        amounts = {"value": value, "low": worst, "high": best}
        return MethodResult(points, partial(spread_explained, self, inputs, amounts, share))

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """The lowest points are not above the full mark."""
        yield from above_mark(self.lowest, (*of.path, "lowest"), of)

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figure that it measures."""
        return (self.figure,)

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """The highest and the lowest of the others."""
        value, compared = inputs.figure(figure), inputs.compared(self.within)
        return [compared.highest_other(value), compared.lowest_other(value)]

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Everything is divided by a figure."""
        return bits.divided


SPREAD = Text(
    "{title} {value}，位于最差{low}（{low_points}）至最好{high}（{high_points}）的{share}处（功效系数）",
    "{title}: {value}, {share} of the way from the worst, {low} ({low_points}), to the best, {high} ({high_points})",
)
AT_BEST = Text("{title} {value}，为最好", "{title}: {value}, the best")
AT_WORST = Text("{title} {value}，为最差，对应{low_points}", "{title}: {value}, the worst, which earns {low_points}")
ALL_EQUAL = Text("{title} {value}，各单位相同", "{title}: {value}, the same for all")


def spread_explained(
    method: EfficacyMethod, inputs: MethodInputs, amounts: Mapping[str, Column], share: Column
) -> Explained:
    """Where the value lies between the worst and the best, and what those earn."""
    facts: dict[str, Fact] = {name: inputs.measured(method.figure, amount) for name, amount in amounts.items()}
    ends = {"low_points": PointsFact(method.lowest), "high_points": PointsFact(inputs.full_mark)}
    facts |= {"title": inputs.title(method.figure), "share": RatioFact(share), **ends}
    value, low, high = amounts["value"], amounts["low"], amounts["high"]
    cases = (
        OutcomeSentence(low == high, ALL_EQUAL),
        OutcomeSentence(value == high, AT_BEST),
        OutcomeSentence(value == low, AT_WORST),
    )
    ways = (partial(ends_as_shown, method, inputs, amounts), partial(way_as_shown, method, inputs, share))
    return Explained((ExplanationClause((*cases, OutcomeSentence(None, SPREAD)), facts),), ways=ways)


def ends_as_shown(
    method: EfficacyMethod, inputs: MethodInputs, amounts: Mapping[str, Column], shown: TruncatedAmounts
) -> Column:
    """The points by value, worst and best as the sentence shows them."""
    value, low, high = (shown.number(amounts[name]) for name in ("value", "low", "high"))
    share = where(amounts["low"] == amounts["high"], 1, (value - low) / (high - low))
    return method.lowest + share * (inputs.full_mark - method.lowest)


def way_as_shown(method: EfficacyMethod, inputs: MethodInputs, share: Column, shown: TruncatedAmounts) -> Column:
    """The points by the share of the way as the sentence shows it."""
    return method.lowest + shown.share(share) * (inputs.full_mark - method.lowest)
