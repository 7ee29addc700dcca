"""Methods that take off or add points step by step (M07 to M09, M11, M14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial

from assess.core.exact import Column, total
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, Number, RecordOf, Reference, Truth, Value, ValueOf
from assess.core.methods.scored import Better, Case, Explained, Fact, Inputs, Points, Scored, Share, Told
from assess.core.schema import key, path_field
from assess.core.text import Text


class Partial(StrEnum):
    """What a part of a step costs."""

    PRO_RATA = "pro-rata"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One count or shortfall and what each step of it is worth."""

    figure: str = key(Reference("figure"))
    target: Value = key(ValueOf(), Fraction(0))
    per: Value = key(ValueOf(), Fraction(1))
    points: Fraction = key(Number(least=Fraction(0)))
    partial: Partial | None = key(Choice(Partial), None)
    relative: bool = key(Truth(), False)
    free: Value | None = key(ValueOf(), None)
    at_most: Fraction | None = key(Number(least=Fraction(0)), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class LossLine(Line):
    """A line of a deduction: less is better unless it says otherwise."""

    better: Better = key(Choice(Better), Better.LOWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLine(Line):
    """A line of an award: more is better unless it says otherwise."""

    better: Better = key(Choice(Better), Better.HIGHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct:
    """The full mark less what each line costs."""

    lines: tuple[LossLine, ...] = key(ListOf(RecordOf(LossLine)))
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What each line gains."""

    lines: tuple[GainLine, ...] = key(ListOf(RecordOf(GainLine)))
    path: Path = path_field()


def figures_in_lines(method: object) -> frozenset[str]:
    """The figures that a line of a deduction or award names itself; none of any other method."""
    lines = method.lines if isinstance(method, Deduct | Award) else ()
    return frozenset(line.figure for line in lines)


DEDUCTED_COUNT = Text("{title} {value}，扣 {points}", "{title}: {value}, {points} off")
DEDUCTED = Text(
    "{title} {value}，与目标 {target} 差 {gap}，扣 {points}",
    "{title}: {value}, {gap} off the target of {target}, {points} off",
)
NOT_DEDUCTED = Text("{title} {value}，不扣分", "{title}: {value}, nothing off")
AWARDED = Text("{title} {value}，计 {points}", "{title}: {value}, {points}")
NOT_AWARDED = Text("{title} {value}，不计分", "{title}: {value}, no points")
NO_BASE = Text("目标为 0，百分比无法计算", "the target is 0, so there is no percentage of it")
NO_STEP = Text("每档幅度为 0，无法计算", "the step is 0, so steps cannot be counted")


def deduct(method: Deduct, inputs: Inputs) -> Scored:
    """The full mark less Σ of the lines, down to the floor (扣完为止).

    Source: domain.md M07, M08, M09, M14.
    """
    costs = [steps_taken(line, line.better is Better.HIGHER, inputs) for line in method.lines]
    points = inputs.full_mark - total([cost for cost, _ in costs])
    return Scored(points, partial(deduct_explained, method, inputs, costs))


def deduct_explained(method: Deduct, inputs: Inputs, costs: list[tuple[Column, Column]]) -> Explained:
    """What each line cost."""
    told = tuple(loss_told(line, *cost, inputs) for line, cost in zip(method.lines, costs, strict=True))
    return Explained(told, uncountable(method.lines, inputs))


def award(method: Award, inputs: Inputs) -> Scored:
    """Σ of the lines, up to the cap (加分).

    Source: domain.md M11.
    """
    gains = [steps_taken(line, line.better is Better.LOWER, inputs) for line in method.lines]
    return Scored(total([gain for gain, _ in gains]), partial(award_explained, method, inputs, gains))


def award_explained(method: Award, inputs: Inputs, gains: list[tuple[Column, Column]]) -> Explained:
    """What each line gained."""
    told = tuple(gain_told(line, gain, inputs) for line, (gain, _) in zip(method.lines, gains, strict=True))
    return Explained(told, uncountable(method.lines, inputs))


def steps_taken(line: Line, below: bool, inputs: Inputs) -> tuple[Column, Column]:
    """Points for the steps by which a figure lies below (or above) its target, and the gap itself.

    Order: gap, in percent of the target where relative, less what is free, in steps, with the rule for part
    steps, times points, at most so many.
    """
    value, target = inputs.figure(line.figure), inputs.value_of(line.target)
    gap = (target - value if below else value - target).at_least(0)
    if line.relative:
        gap = gap * 100 / target
    counted = gap if line.free is None else (gap - inputs.value_of(line.free)).at_least(0)
    per = inputs.value_of(line.per)
    if isinstance(per, Column) or per != 1:
        counted = counted / per
    if line.partial is Partial.UP:
        counted = counted.ceil()
    elif line.partial is Partial.DOWN:
        counted = counted.floor()
    points = counted * line.points
    return points if line.at_most is None else points.at_most(line.at_most), gap


def uncountable(lines: Sequence[Line], inputs: Inputs) -> tuple[Case, ...]:
    """Where there is a figure but the target or the step it is measured by is 0."""
    found: list[Case] = []
    for line in lines:
        present = inputs.figure(line.figure).present
        if line.relative:
            found.append(Case(present & (inputs.value_of(line.target) == 0), NO_BASE))
        found.append(Case(present & (inputs.value_of(line.per) == 0), NO_STEP))
    return tuple(found)


def loss_told(line: Line, cost: Column, gap: Column, inputs: Inputs) -> Told:
    """What a line cost."""
    plain_count = line.target == 0 and not line.relative
    facts: dict[str, Fact] = {
        "title": inputs.title(line.figure),
        "value": inputs.measured(line.figure, inputs.figure(line.figure)),
        "points": Points(cost),
    }
    if not plain_count:
        facts["target"] = inputs.measured(line.figure, inputs.value_of(line.target))
        facts["gap"] = Share(gap / 100) if line.relative else inputs.difference(line.figure, gap)
    return Told((Case(cost == 0, NOT_DEDUCTED), Case(None, DEDUCTED_COUNT if plain_count else DEDUCTED)), facts)


def gain_told(line: Line, gain: Column, inputs: Inputs) -> Told:
    """What a line gained."""
    facts: dict[str, Fact] = {
        "title": inputs.title(line.figure),
        "value": inputs.measured(line.figure, inputs.figure(line.figure)),
        "points": Points(gain),
    }
    return Told((Case(gain == 0, NOT_AWARDED), Case(None, AWARDED)), facts)
