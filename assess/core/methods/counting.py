"""Methods that take off or add points step by step (M07 to M09, M11, M14)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from assess.core.exact import Column
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, NumberType, RecordOf, ReferenceType, TruthType, Value, ValueOf
from assess.core.methods.scored import Better, MethodInputs
from assess.core.schema import key, path_field


class Partial(StrEnum):
    """What a part of a step costs."""

    PRO_RATA = "pro-rata"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """One count or shortfall and what each step of it is worth."""

    figure: str = key(ReferenceType("figure"))
    target: Value = key(ValueOf(), Fraction(0))
    per: Value = key(ValueOf(), Fraction(1))
    points: Fraction = key(NumberType(least=Fraction(0)))
    partial: Partial | None = key(Choice(Partial), None)
    relative: bool = key(TruthType(), False)
    free: Value | None = key(ValueOf(), None)
    at_most: Fraction | None = key(NumberType(least=Fraction(0)), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class LossLine(CountedLine):
    """A line of a deduction: less is better unless it says otherwise."""

    better: Better = key(Choice(Better), Better.LOWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLine(CountedLine):
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


class Steps(NamedTuple):
    """What a line counts: the gap to the target, what of it is beyond the free part, steps, whole steps, points.

    `unbounded` are the points before the line's own limit.
    """

    gap: Column
    counted: Column
    exact: Column
    steps: Column
    unbounded: Column
    points: Column


def steps_taken(line: CountedLine, below: bool, inputs: MethodInputs) -> Steps:
    """Points for the steps by which a figure lies below (or above) its target.

    Order: gap, in percent of the target where relative, less what is free, in steps, with the rule for part
    steps, times points, at most so many.
    """
    value, target = inputs.figure(line.figure), inputs.value_of(line.target)
    gap = (target - value if below else value - target).at_least(0)
    if line.relative:
        gap = gap * 100 / target
    counted = gap if line.free is None else (gap - inputs.value_of(line.free)).at_least(0)
    per = inputs.value_of(line.per)
    exact = counted / per if isinstance(per, Column) or per != 1 else counted
    steps = exact
    if line.partial is Partial.UP:
        steps = exact.ceil()
    elif line.partial is Partial.DOWN:
        steps = exact.floor()
    unbounded = steps * line.points
    points = unbounded if line.at_most is None else unbounded.at_most(line.at_most)
    return Steps(gap, counted, exact, steps, unbounded, points)
