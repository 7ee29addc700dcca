"""Methods by how far a target was met: done or not, in proportion, along a line (M01 to M05, M10)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assess.core.exact import Column, where
from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import Choice, Formula, ListOf, Number, Reference, Value, ValueOf
from assess.core.methods.scored import Amount, Better, Case, Inputs, Reckoned, Scored, Share, Told
from assess.core.schema import key, path_field
from assess.core.text import Text

FIGURE = Reference("figure")
SHARE = Number(least=Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """All or nothing by a condition, or the share of yes-no figures that hold."""

    when: Expression | None = key(Formula(), None)
    figures: tuple[str, ...] | None = key(ListOf(FIGURE), None)
    path: Path = path_field()


HOLDS = Text("条件“{condition}”成立，完成", "done: {condition} holds")
HOLDS_NOT = Text("条件“{condition}”不成立，未完成", "not done: {condition} does not hold")
SOME_HOLD = Text("{n} 项中完成 {held} 项", "{held} of {n} done")
FIGURE_DONE = Text("{title}：已完成", "{title}: done")
FIGURE_NOT_DONE = Text("{title}：未完成", "{title}: not done")


def done(method: Done, inputs: Inputs) -> Scored:
    """Full mark if the condition holds, else nothing; of a list, the share that hold (完成得满分、未完成不得分).

    Source: domain.md M01, M03, M10.
    """
    if method.figures is not None:
        return share_done(method.figures, inputs)
    assert method.when is not None
    holds, unknown = inputs.condition(method.when)
    earned = Column.truths(holds, unknown)
    if set(method.when.text.split()) == method.when.names:
        cases = (Case(holds, FIGURE_DONE), Case(None, FIGURE_NOT_DONE))
        return Scored(earned * inputs.full_mark, (Told(cases, {"title": inputs.title(method.when.text)}),))
    cases = (Case(holds, HOLDS), Case(None, HOLDS_NOT))
    return Scored(earned * inputs.full_mark, (Told(cases, {"condition": method.when.text}),))


def share_done(figures: tuple[str, ...], inputs: Inputs) -> Scored:
    """Full mark × the share of figures that hold."""
    held = inputs.figure(figures[0])
    for figure in figures[1:]:
        held = held + inputs.figure(figure)
    facts = {"n": str(len(figures)), "held": Reckoned(held)}
    return Scored(held * inputs.full_mark / len(figures), (Told((Case(None, SOME_HOLD),), facts),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Points in proportion to how much of the target was met."""

    figure: str = key(FIGURE)
    target: Value = key(ValueOf())
    better: Better = key(Choice(Better))
    zero_below: Value | None = key(ValueOf(), None)
    full_from: Value | None = key(ValueOf(), None)
    unmet_factor: Fraction | None = key(SHARE, None)
    up_to: Fraction | None = key(SHARE, None)
    path: Path = path_field()


RATIO_MET = Text("{title}为 {value}，达到目标 {target}", "{title} {value} meets the target of {target}")
RATIO_PART = Text("{title}为 {value}，目标 {target}，完成 {share}", "{title} {value} is {share} of the target of {target}")
RATIO_OVER = Text(
    "{title}为 {value}，超过目标 {target}，按 {share} 计", "{title} {value} is beyond the target of {target} and counts {share}"
)
RATIO_LOWER = Text(
    "{title}为 {value}，高于目标 {target}，按目标与实际之比 {share} 计",
    "{title} {value} is above the target of {target}: target to figure is {share}",
)
RATIO_FULL = Text(
    "{title}为 {value}，目标 {target}，比例 {share} 已达满分线 {full_from}",
    "{title} {value}, target {target}: the share of {share} reaches {full_from}, from which the full mark is given",
)
RATIO_ZERO = Text(
    "{title}为 {value}，目标 {target}，比例 {share} 低于 {zero_below}，不得分",
    "{title} {value}, target {target}: the share of {share} is below {zero_below} and earns nothing",
)
RATIO_UNMET = Text(
    "{title}为 {value}，未达目标 {target}，按比例 {share} × {factor} 计",
    "{title} {value} misses the target of {target}: the share of {share} × {factor} counts",
)
NO_TARGET = Text("目标为 0，比例无法计算", "the target is 0, so there is no share")


def ratio(method: Ratio, inputs: Inputs) -> Scored:
    """Points in proportion to how much of the target was met, at most the full mark (按完成比例计分).

    points = full mark × min(1, value / target); lower is better: full mark × min(1, target / value), and a
    value of 0 or less earns the full mark.

    Source: domain.md M02.
    """
    value, target = inputs.figure(method.figure), inputs.value_of(method.target)
    most = Fraction(1) if method.up_to is None else method.up_to
    if method.better is Better.HIGHER:
        share = value / target
    else:
        share = where(value <= 0, most, target / value)
    counted, cases = cut_off(share, share.at_most(most), method, inputs)
    facts = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "target": inputs.measured(method.figure, target),
        "share": Share(share),
    }
    part = RATIO_PART if method.better is Better.HIGHER else RATIO_LOWER
    met = RATIO_MET if method.up_to is None else RATIO_OVER
    for name in ("zero_below", "full_from"):
        if (bound := getattr(method, name)) is not None:
            facts[name] = Share(inputs.value_of(bound))
    if method.unmet_factor is not None:
        facts["factor"], part = Share(method.unmet_factor), RATIO_UNMET
    told = Told((*cases, Case(share > 1, met), Case(share == 1, RATIO_MET), Case(None, part)), facts)
    unreachable = (target == 0) & ~value.missing if isinstance(target, Column) else value.present & (target == 0)
    return Scored(counted * inputs.full_mark, (told,), (Case(unreachable, NO_TARGET),))


def cut_off(share: Column, counted: Column, method: Ratio, inputs: Inputs) -> tuple[Column, tuple[Case, ...]]:
    """What counts of a share after the factor for an unmet target, the full-mark line and the zero line."""
    cases: tuple[Case, ...] = ()
    if method.unmet_factor is not None:
        counted = where(share < 1, counted * method.unmet_factor, counted)
    if method.full_from is not None:
        lifted = (share >= inputs.value_of(method.full_from)) & (share < 1)
        counted = where(lifted, 1, counted)
        cases = (Case(lifted, RATIO_FULL),)
    if method.zero_below is not None:
        lost = share < inputs.value_of(method.zero_below)
        counted = where(lost, 0, counted)
        cases = (Case(lost, RATIO_ZERO), *cases)
    return counted, cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolate:
    """A straight line between points, flat outside."""

    figure: str = key(FIGURE)
    full_at: Value | None = key(ValueOf(), None)
    zero_at: Value | None = key(ValueOf(), None)
    points_at: tuple[tuple[Fraction, ...], ...] | None = key(ListOf(ListOf(Number())), None)
    zero_below: Value | None = key(ValueOf(), None)
    zero_above: Value | None = key(ValueOf(), None)
    path: Path = path_field()


LINE_FULL = Text("{title}为 {value}，达到满分线 {full_at}", "{title} {value} reaches {full_at}, which earns the full mark")
LINE_ZERO = Text("{title}为 {value}，在零分线 {zero_at} 之外", "{title} {value} is at or beyond {zero_at}, which earns nothing")
LINE_BETWEEN = Text(
    "{title}为 {value}，在零分线 {zero_at} 与满分线 {full_at} 之间按直线计 {share}",
    "{title} {value} lies {share} of the way from {zero_at} (nothing) to {full_at} (full mark)",
)
LINE_THROUGH = Text("{title}为 {value}，按折线计分", "{title} {value} is read off the stated line")
CUT_BELOW = Text("{title}为 {value}，低于下限 {zero_below}，不得分", "{title} {value} is below {zero_below} and earns nothing")
CUT_ABOVE = Text("{title}为 {value}，高于上限 {zero_above}，不得分", "{title} {value} is above {zero_above} and earns nothing")
SAME_ENDS = Text("满分线与零分线相同，无法计分", "the full-mark and zero-mark lines are the same")


def interpolate(method: Interpolate, inputs: Inputs) -> Scored:
    """Points on a straight line between a zero-mark and a full-mark figure, flat outside (线性插值).

    Source: domain.md M04, with the cut-offs of M05.
    """
    value = inputs.figure(method.figure)
    facts: dict[str, Any] = {"title": inputs.title(method.figure), "value": inputs.measured(method.figure, value)}
    reasons: tuple[Case, ...] = ()
    if method.points_at is not None:
        points, cases = along(method.points_at, value), (Case(None, LINE_THROUGH),)
    else:
        assert method.full_at is not None and method.zero_at is not None
        full_at, zero_at = inputs.value_of(method.full_at), inputs.value_of(method.zero_at)
        gap = as_column(full_at - zero_at, value)
        way = ((value - zero_at) / gap).at_most(1).at_least(0)
        points = way * inputs.full_mark
        cases = (Case(way == 1, LINE_FULL), Case(way == 0, LINE_ZERO), Case(None, LINE_BETWEEN))
        facts |= {name: inputs.measured(method.figure, at) for name, at in (("full_at", full_at), ("zero_at", zero_at))}
        facts["share"] = Share(way)
        reasons = (Case((gap == 0) & value.present, SAME_ENDS),)
    points, cut = cut_outside(points, value, method, inputs)
    for name in ("zero_below", "zero_above"):
        if (bound := getattr(method, name)) is not None:
            facts[name] = inputs.measured(method.figure, inputs.value_of(bound))
    return Scored(points, (Told((*cut, *cases), facts),), reasons)


def as_column(amount: Amount, like: Column) -> Column:
    """An amount as one entry per unit."""
    return amount if isinstance(amount, Column) else Column.constant(amount, len(like))


def along(line: tuple[tuple[Fraction, ...], ...], value: Column) -> Column:
    """Points read off the line through (figure, points), flat outside."""
    ends = sorted(line)
    points = Column.constant(ends[0][1], len(value)).only(value.present)
    for (x0, p0), (x1, p1) in zip(ends, ends[1:], strict=False):
        points = where(value > x0, p0 + (value.at_most(x1) - x0) * ((p1 - p0) / (x1 - x0)), points)
    return points


def cut_outside(
    points: Column, value: Column, method: Interpolate, inputs: Inputs
) -> tuple[Column, tuple[Case, ...]]:
    """Nothing beyond the cut-offs."""
    cases: tuple[Case, ...] = ()
    if method.zero_below is not None:
        below = value < inputs.value_of(method.zero_below)
        points, cases = where(below, 0, points), (Case(below, CUT_BELOW),)
    if method.zero_above is not None:
        above = value > inputs.value_of(method.zero_above)
        points, cases = where(above, 0, points), (*cases, Case(above, CUT_ABOVE))
    return points, cases
