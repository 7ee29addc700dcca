"""Methods that compare units with one another (M16, M17, M20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial

import numpy as np

from assess.core import comparing
from assess.core.comparing import Ties
from assess.core.exact import Column, where
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, Number, Reference
from assess.core.methods.scored import (
    Better,
    Case,
    Explained,
    Fact,
    Inputs,
    Reckoned,
    Scored,
    Share,
    Told,
    Within,
)
from assess.core.schema import key, path_field
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """Points by place: a step for each place, a straight line to the last, or a table."""

    figure: str = key(Reference("figure"))
    better: Better = key(Choice(Better))
    within: Within = key(Choice(Within), Within.GROUP)
    ties: Ties = key(Choice(Ties), Ties.COMPETITION)
    step: Fraction | None = key(Number(least=Fraction(0)), None)
    last: Fraction | None = key(Number(), None)
    table: tuple[Fraction, ...] | None = key(ListOf(Number()), None)
    path: Path = path_field()


RANKED = Text("{title} {value}，在 {n} 个单位中列第 {rank} 名", "{title}: {value}, number {rank} of {n}")


def rank(method: Rank, inputs: Inputs) -> Scored:
    """Points by place among those who have a value; the first earns the full mark (按名次赋分).

    Source: domain.md M17.
    """
    value = inputs.figure(method.figure)
    groups = inputs.peers(method.within)
    places = comparing.ranks(value, groups, inputs.taking_part, method.better is Better.HIGHER, method.ties)
    return Scored(
        points_by_place(method, places, value, inputs), partial(rank_explained, method, inputs, value, places)
    )


def rank_explained(method: Rank, inputs: Inputs, value: Column, places: Column) -> Explained:
    """The place among how many."""
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "rank": Reckoned(places),
        "n": Reckoned(comparing.count(value, inputs.peers(method.within), inputs.taking_part)),
    }
    return Explained((Told((Case(None, RANKED),), facts),))


def points_by_place(method: Rank, places: Column, value: Column, inputs: Inputs) -> Column:
    """What a place earns."""
    full_mark = inputs.full_mark
    if method.step is not None:
        return full_mark - (places - 1) * method.step
    if method.last is not None:
        n = comparing.count(value, inputs.peers(method.within), inputs.taking_part)
        way = where(n == 1, 0, (places - 1) / (n - 1)).only(places.present)
        return full_mark - way * (full_mark - method.last)
    assert method.table is not None
    index = np.minimum(places.numerators // places.denominators, len(method.table)) - 1
    return Column.of(method.table).take(np.maximum(index, 0).astype(np.int64)).only(places.present)


class To(StrEnum):
    """What a figure is compared with."""

    BEST = "best"
    MEAN = "mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Points in proportion to the best or the mean of the peers."""

    figure: str = key(Reference("figure"))
    better: Better = key(Choice(Better))
    to: To = key(Choice(To))
    within: Within = key(Choice(Within), Within.GROUP)
    path: Path = path_field()


TO_BEST = Text(
    "{title} {value}，最好为 {other}，比例 {share}",
    "{title}: {value}, the best {other}, a share of {share}",
)
TO_MEAN = Text(
    "{title} {value}，平均为 {other}，比例 {share}",
    "{title}: {value}, the mean {other}, a share of {share}",
)
IS_BEST = Text("{title} {value}，为最好", "{title}: {value}, the best")
MEAN_MET = Text("{title} {value}，不差于平均值 {other}", "{title}: {value}, no worse than the mean of {other}")
NO_SHARE = Text("除数为 0，与他人之比无法计算", "the divisor is 0, so there is no share")


def relative(method: Relative, inputs: Inputs) -> Scored:
    """Full mark × value ÷ the best (or the mean) of the peers, at most the full mark; the best earns it (与第一名比值).

    Source: domain.md M16.
    """
    value = inputs.figure(method.figure)
    groups, among = inputs.peers(method.within), inputs.taking_part
    higher = method.better is Better.HIGHER
    best = (comparing.highest if higher else comparing.lowest)(value, groups, among)
    other = best if method.to is To.BEST else comparing.mean(value, groups, among)
    is_best = value == best
    share = where(is_best, 1, value / other if higher else other / value).at_most(1)
    amounts = {"value": value, "other": other, "best": best}
    return Scored(share * inputs.full_mark, partial(relative_explained, method, inputs, amounts, share))


def relative_explained(method: Relative, inputs: Inputs, amounts: Mapping[str, Column], share: Column) -> Explained:
    """The share of the best or the mean."""
    value, other = amounts["value"], amounts["other"]
    is_best = value == amounts["best"]
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "other": inputs.measured(method.figure, other),
        "share": Share(share),
    }
    best, mean = (Case(None, TO_BEST),), (Case(share == 1, MEAN_MET), Case(None, TO_MEAN))
    cases = (Case(is_best, IS_BEST), *(best if method.to is To.BEST else mean))
    divisor = other if method.better is Better.HIGHER else value
    return Explained((Told(cases, facts),), (Case((divisor == 0) & ~is_best, NO_SHARE),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The efficacy coefficient: a straight line from the worst to the best."""

    figure: str = key(Reference("figure"))
    better: Better = key(Choice(Better))
    within: Within = key(Choice(Within), Within.GROUP)
    lowest: Fraction = key(Number(), Fraction(0))
    path: Path = path_field()


SPREAD = Text(
    "{title} {value}，最好 {best}，最差 {worst}，功效系数 {share}",
    "{title}: {value}, {share} of the way from the worst, {worst}, to the best, {best}",
)
ALL_EQUAL = Text(
    "{title} {value}，各单位相同，按满分计", "{title}: {value}, the same for all, which earns the full mark"
)


def spread(method: Spread, inputs: Inputs) -> Scored:
    """lowest + (value − worst) ÷ (best − worst) × (full mark − lowest); all equal earn the full mark (功效系数).

    Source: domain.md M20 (i).
    """
    value = inputs.figure(method.figure)
    groups, among = inputs.peers(method.within), inputs.taking_part
    best, worst = comparing.highest(value, groups, among), comparing.lowest(value, groups, among)
    if method.better is Better.LOWER:
        best, worst = worst, best
    equal = best == worst
    share = where(equal, 1, (value - worst) / (best - worst))
    points = method.lowest + share * (inputs.full_mark - method.lowest)
    return Scored(
        points, partial(spread_explained, method, inputs, {"value": value, "best": best, "worst": worst}, share)
    )


def spread_explained(method: Spread, inputs: Inputs, amounts: Mapping[str, Column], share: Column) -> Explained:
    """Where the value lies between the worst and the best."""
    facts: dict[str, Fact] = {name: inputs.measured(method.figure, amount) for name, amount in amounts.items()}
    facts |= {"title": inputs.title(method.figure), "share": Share(share)}
    equal = amounts["best"] == amounts["worst"]
    return Explained((Told((Case(equal, ALL_EQUAL), Case(None, SPREAD)), facts),))
