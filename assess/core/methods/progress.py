"""Methods by how far a target was met: done or not, in proportion, along a line (M01 to M05, M10)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise

from assess.core.exact import Column, where
from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import Choice, Formula, ListOf, Number, Reference, Value, ValueOf
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
    Share,
    Told,
)
from assess.core.methods.stating import values_told
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


HOLDS = Text("达到要求（{condition}）", "met ({condition})")
HOLDS_NOT = Text("未达到要求（{condition}）", "not met ({condition})")
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
    return Scored(earned * inputs.full_mark, partial(done_explained, method.when, inputs, holds))


def done_explained(when: Expression, inputs: Inputs, holds: Flags) -> Explained:
    """Whether the condition holds; a bare figure by its title."""
    if set(when.text.split()) == when.names:
        cases = (Case(holds, FIGURE_DONE), Case(None, FIGURE_NOT_DONE))
        return Explained((Told(cases, {"title": inputs.title(when.text)}),))
    outcome = Told((Case(holds, HOLDS), Case(None, HOLDS_NOT)), {"condition": inputs.readable(when)})
    return Explained((*values_told(when, inputs), outcome))


def share_done(figures: tuple[str, ...], inputs: Inputs) -> Scored:
    """Full mark × the share of figures that hold."""
    held = inputs.figure(figures[0])
    for figure in figures[1:]:
        held = held + inputs.figure(figure)
    facts: dict[str, Fact] = {"n": str(len(figures)), "held": Reckoned(held)}
    explained = Explained((Told((Case(None, SOME_HOLD),), facts),))
    return Scored(held * inputs.full_mark / len(figures), lambda: explained)


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


RATIO_MET = Text("{title} {value}，达到目标 {target}", "{title}: {value}, which meets the target of {target}")
RATIO_PART = Text("{title} {value}，目标 {target}，完成 {share}", "{title}: {value}, {share} of the target of {target}")
RATIO_OVER = Text(
    "{title} {value}，优于目标 {target}，按 {counted} 计",
    "{title}: {value}, better than the target of {target}, counted as {counted}",
)
RATIO_LOWER = Text(
    "{title} {value}，高于目标 {target}，按目标与实际之比 {share} 计",
    "{title}: {value}, above the target of {target}; target ÷ figure is {share}",
)
RATIO_FULL = Text(
    "{title} {value}，目标 {target}，比例 {share} 已达满分线 {full_from}",
    "{title}: {value}, target {target}; the share of {share} reaches {full_from}, from which the full mark is given",
)
RATIO_ZERO = Text(
    "{title} {value}，目标 {target}，比例 {share} 低于不得分线 {zero_below}",
    "{title}: {value}, target {target}; the share of {share} is below {zero_below} and earns nothing",
)
RATIO_UNMET = Text(
    "{title} {value}，未达目标 {target}，按比例 {share} × {factor} 计",
    "{title}: {value}, which misses the target of {target}; {share} × {factor} counts",
)
NO_TARGET = Text("目标为 0，比例无法计算", "the target is 0, so there is no share")


def ratio(method: Ratio, inputs: Inputs) -> Scored:
    """Points in proportion to how much of the target was met, at most the full mark (按完成比例计分).

    points = full mark × min(1, value / target); lower is better: full mark × min(1, target / value), and a
    value of 0 or less earns the full mark. Missing where the target or the figure of a cut-off is.

    Source: domain.md M02.
    """
    value, target = inputs.figure(method.figure), inputs.value_of(method.target)
    most = Fraction(1) if method.up_to is None else method.up_to
    higher = method.better is Better.HIGHER
    share = value / target if higher else where_known(where(value <= 0, most, target / value), target)
    counted = cut_off(share, share.at_most(most), method, inputs)
    return Scored(counted * inputs.full_mark, partial(ratio_explained, method, inputs, value, target, share))


def cut_off(share: Column, counted: Column, method: Ratio, inputs: Inputs) -> Column:
    """What counts of a share after the factor for an unmet target, the full-mark line and the zero line."""
    if method.unmet_factor is not None:
        counted = where(share < 1, counted * method.unmet_factor, counted)
    if method.full_from is not None:
        lifted = where(is_lifted(share, method, inputs), 1, counted)
        counted = where_known(lifted, inputs.value_of(method.full_from))
    if method.zero_below is not None:
        line = inputs.value_of(method.zero_below)
        counted = where_known(where(share < line, 0, counted), counted, line)
    return counted


def where_known(points: Column, *needed: Amount) -> Column:
    """The points where none of the amounts that they are measured by is missing."""
    for amount in needed:
        if isinstance(amount, Column) and amount.any_missing:
            points = points.only(amount.present)
    return points


def is_lifted(share: Column, method: Ratio, inputs: Inputs) -> Flags:
    """Where a share below 1 reaches the line from which the full mark is given."""
    assert method.full_from is not None
    return (share >= inputs.value_of(method.full_from)) & (share < 1)


def ratio_explained(method: Ratio, inputs: Inputs, value: Column, target: Amount, share: Column) -> Explained:
    """Value, target, share, and what the cut-offs made of it."""
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "target": inputs.measured(method.figure, target),
        "share": Share(share),
    }
    cases: list[Case] = []
    if method.zero_below is not None:
        facts["zero_below"] = Share(inputs.value_of(method.zero_below))
        cases.append(Case(share < inputs.value_of(method.zero_below), RATIO_ZERO))
    if method.full_from is not None:
        facts["full_from"] = Share(inputs.value_of(method.full_from))
        cases.append(Case(is_lifted(share, method, inputs), RATIO_FULL))
    part = RATIO_PART if method.better is Better.HIGHER else RATIO_LOWER
    met = RATIO_MET
    if method.up_to is not None:
        facts["counted"], met = Share(share.at_most(method.up_to)), RATIO_OVER
    if method.unmet_factor is not None:
        facts["factor"], part = Share(method.unmet_factor), RATIO_UNMET
    told = Told((*cases, Case(share > 1, met), Case(share == 1, RATIO_MET), Case(None, part)), facts)
    return Explained((told,), (Case(value.present & (target == 0), NO_TARGET),))


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


LINE_FULL = Text(
    "{title} {value}，达到满分线 {full_at}",
    "{title}: {value}, at or past {full_at}, which earns the full mark",
)
LINE_ZERO = Text(
    "{title} {value}，在零分线 {zero_at} 处或以外",
    "{title}: {value}, at or beyond {zero_at}, which earns nothing",
)
LINE_BETWEEN = Text(
    "{title} {value}，在零分线 {zero_at} 与满分线 {full_at} 之间按直线计 {share}",
    "{title}: {value}, {share} of the way from {zero_at} (nothing) to {full_at} (full mark)",
)
LINE_THROUGH = Text("{title} {value}，按折线计分", "{title}: {value}, read off the stated line")
CUT_BELOW = Text(
    "{title} {value}，低于不得分线 {zero_below}",
    "{title}: {value}, below {zero_below}, which earns nothing",
)
CUT_ABOVE = Text(
    "{title} {value}，高于不得分线 {zero_above}",
    "{title}: {value}, above {zero_above}, which earns nothing",
)
SAME_ENDS = Text("满分线与零分线相同，无法计分", "the full-mark and zero-mark lines are the same")


def interpolate(method: Interpolate, inputs: Inputs) -> Scored:
    """Points on a straight line between a zero-mark and a full-mark figure, flat outside (线性插值).

    Source: domain.md M04, with the cut-offs of M05.
    """
    value = inputs.figure(method.figure)
    if method.points_at is not None:
        points, way = along(method.points_at, value), None
    else:
        way = way_to_full(method, value, inputs)
        points = way * inputs.full_mark
    points = cut_outside(points, value, method, inputs)
    return Scored(points, partial(interpolate_explained, method, inputs, value, way))


def way_to_full(method: Interpolate, value: Column, inputs: Inputs) -> Column:
    """The share of the way from the zero-mark to the full-mark figure."""
    assert method.full_at is not None
    assert method.zero_at is not None
    full_at, zero_at = inputs.value_of(method.full_at), inputs.value_of(method.zero_at)
    return ((value - zero_at) / as_column(full_at - zero_at, value)).at_most(1).at_least(0)


def interpolate_explained(method: Interpolate, inputs: Inputs, value: Column, way: Column | None) -> Explained:
    """Where the value lies on the line, or beyond which cut-off."""
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
    }
    bounds = {
        name: inputs.value_of(bound)
        for name in ("zero_below", "zero_above", "full_at", "zero_at")
        if (bound := getattr(method, name)) is not None
    }
    facts |= {name: inputs.measured(method.figure, bound) for name, bound in bounds.items()}
    cases: list[Case] = []
    if "zero_below" in bounds:
        cases.append(Case(value < bounds["zero_below"], CUT_BELOW))
    if "zero_above" in bounds:
        cases.append(Case(value > bounds["zero_above"], CUT_ABOVE))
    if way is None:
        return Explained((Told((*cases, Case(None, LINE_THROUGH)), facts),))
    cases += [Case(way == 1, LINE_FULL), Case(way == 0, LINE_ZERO), Case(None, LINE_BETWEEN)]
    no_gap = as_column(bounds["full_at"] - bounds["zero_at"], value) == 0
    told = Told(tuple(cases), facts | {"share": Share(way)})
    return Explained((told,), (Case(no_gap & value.present, SAME_ENDS),))


def as_column(amount: Amount, like: Column) -> Column:
    """An amount as one entry per unit."""
    return amount if isinstance(amount, Column) else Column.constant(amount, len(like))


def along(line: tuple[tuple[Fraction, ...], ...], value: Column) -> Column:
    """Points read off the line through (figure, points), flat outside."""
    ends = sorted(line)
    points = Column.constant(ends[0][1], len(value)).only(value.present)
    for (x0, p0), (x1, p1) in pairwise(ends):
        points = where(value > x0, p0 + (value.at_most(x1) - x0) * ((p1 - p0) / (x1 - x0)), points)
    return points


def cut_outside(points: Column, value: Column, method: Interpolate, inputs: Inputs) -> Column:
    """Nothing beyond the cut-offs."""
    if method.zero_below is not None:
        line = inputs.value_of(method.zero_below)
        points = where_known(where(value < line, 0, points), points, line)
    if method.zero_above is not None:
        line = inputs.value_of(method.zero_above)
        points = where_known(where(value > line, 0, points), points, line)
    return points
