"""Methods that take off or add points step by step (M07 to M09, M11, M14), and what is told of their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar, NamedTuple

import numpy as np

from assess.core.exact import Column, total
from assess.core.flaws import Flaw, Path
from assess.core.kinds import (
    Choice,
    ChoiceWords,
    ListOf,
    NumberType,
    RecordOf,
    ReferenceType,
    TruthType,
    Value,
    ValueOf,
)
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import (
    Amount,
    Better,
    Explained,
    ExplanationClause,
    Fact,
    MeasuredFact,
    MethodInputs,
    MethodResult,
    OutcomeSentence,
    PointsFact,
)
from assess.core.methods.traits import TARGET_ALONE, CheckedItem, DivisorBits, FiguresTaken, ScoringMethod
from assess.core.schema import BROKEN, key, path_field
from assess.core.text import Text


class Partial(ChoiceWords):
    """What a part of a step costs."""

    PRO_RATA = "pro-rata", "按比例"
    UP = "up", "进一", "进位"
    DOWN = "down", "舍去", "不计"


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
    better: Better = key(Choice(Better), Better.LOWER)

    @property
    def divisors(self) -> tuple[Value, ...]:
        """What the line divides by."""
        return (self.per, self.target) if self.relative is True else (self.per,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LossLine(CountedLine):
    """A line of a deduction: less is better unless it says otherwise."""

    points: Fraction = key(NumberType(least=Fraction(0)), words=Text("每档扣分", "points lost a step"))
    at_most: Fraction | None = key(NumberType(least=Fraction(0)), None, words=Text("最多扣", "at most"))
    better: Better = key(Choice(Better), Better.LOWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLine(CountedLine):
    """A line of an award: more is better unless it says otherwise."""

    points: Fraction = key(NumberType(least=Fraction(0)), words=Text("每档加分", "points gained a step"))
    at_most: Fraction | None = key(NumberType(least=Fraction(0)), None, words=Text("最多加", "at most"))
    better: Better = key(Choice(Better), Better.HIGHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingMethod(ScoringMethod):
    """A method of lines that count steps."""

    figures_taken = FiguresTaken.NUMBERS
    targets = TARGET_ALONE
    amounts = frozenset({"target", "per", "free"})

    counted_below: ClassVar[Better]
    """Of lines of which direction the steps below the target count; of the others those above."""

    lines: tuple[CountedLine, ...]

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """Each line says what part steps cost, and has a step."""
        for i, line in enumerate(() if self.lines is BROKEN else self.lines):
            if line is not BROKEN:
                yield from check_step(line, (*of.path, "lines", i), of)

    def is_percentage(self, record: object, key: str) -> bool:
        """Steps and the free part are in percent of the target where the line counts so."""
        return isinstance(record, CountedLine) and record.relative is True and key in ("per", "free")

    @property
    def figures_in_lines(self) -> frozenset[str]:
        """The figures that the lines count."""
        return frozenset(line.figure for line in self.lines)

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figures that the lines count."""
        return tuple(dict.fromkeys(line.figure for line in self.lines))

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """The targets of the lines of the figure; unknown where two of them pull in different directions."""
        lines = [line for line in self.lines if line.figure == figure]
        pull_together = len(lines) == 1 or lines_agree(lines, self.counted_below, inputs)
        return [inputs.value_of(line.target) for line in lines] if pull_together else None

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Each line is divided by its step, and by its target where it is taken in percent."""
        lines = () if self.lines is BROKEN else self.lines
        divisors = [value for line in lines if line is not BROKEN for value in line.divisors]
        return bits.varied + sum(bits.value(value) for value in divisors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct(CountingMethod):
    """The full mark less what each line costs."""

    name = "deduct"
    chinese_name = "扣分"
    counted_below = Better.HIGHER

    lines: tuple[LossLine, ...] = key(ListOf(RecordOf(LossLine)))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """The full mark less Σ of the lines, down to the floor (扣完为止).

        Source: rules/README.md M07, M08, M09, M14.
        """
        costs = [steps_taken(line, line.better is self.counted_below, inputs) for line in self.lines]
        points = inputs.full_mark - total([cost.points for cost in costs])
        return MethodResult(points, partial(deduct_explained, self, inputs, costs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(CountingMethod):
    """What each line gains."""

    name = "award"
    chinese_name = "加分"
    counts_up = True
    counted_below = Better.LOWER

    lines: tuple[GainLine, ...] = key(ListOf(RecordOf(GainLine)))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """Σ of the lines, up to the cap (加分).

        Source: rules/README.md M11.
        """
        gains = [steps_taken(line, line.better is self.counted_below, inputs) for line in self.lines]
        return MethodResult(total([gain.points for gain in gains]), partial(award_explained, self, inputs, gains))

    def is_target(self, value: Any) -> bool:
        """The 0 from which it counts is none."""
        return bool(value != 0)

    @property
    def needs_mark(self) -> bool:
        """The points of each step are stated."""
        return False


def lines_agree(lines: Sequence[CountedLine], counted_below: Better, inputs: MethodInputs) -> bool:
    """Whether at every value those lines of one figure that count there count more in one direction."""
    if not all(grows_with_gap(line, inputs) for line in lines):
        return False
    below = [inputs.value_of(line.target) for line in lines if line.better is counted_below]
    above = [inputs.value_of(line.target) for line in lines if line.better is not counted_below]
    return all(is_nowhere_above(low, high) for low in below for high in above)


def grows_with_gap(line: CountedLine, inputs: MethodInputs) -> bool:
    """Whether a line counts more, or as much, the further a value lies beyond its target."""
    target = inputs.value_of(line.target)
    return isinstance(line.per, Fraction) and (not line.relative or (isinstance(target, Fraction) and target > 0))


def is_nowhere_above(low: Amount, high: Amount) -> bool:
    """Whether an amount is at most another for every unit."""
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        return low <= high
    return bool(np.all(low <= high))


def check_step(line: CountedLine, path: Path, of: CheckedItem) -> Iterator[Flaw]:
    """Part steps need a rule unless the figure is a count and each one is a step."""
    if isinstance(line.per, Fraction) and line.per <= 0:
        yield Flaw((*path, "per"), NO_STEP)
    whole_steps = line.figure not in of.figures or (of.is_count(line.figure) and line.per == 1)
    if line.partial is None and not whole_steps:
        yield Flaw(path, NO_PARTIAL)


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


NO_PARTIAL = Text(
    "没有写明不足一档怎样计，请加partial（按比例、进一或舍去）。",
    "The sheet does not say what part of a step costs. Add `partial` (pro-rata, up or down).",
)
NO_STEP = Text("per应大于0，请修改。", "`per` must be above 0. Change it.")
OF_FULL = Text("分值{full}", "Full mark {full}")
VALUE = Text("{title} {value}", "{title}: {value}")
THAN = Text("，比目标{target}", "")
ABOVE = Text("高{gap}", ", {gap} above the target of {target}")
BELOW = Text("低{gap}", ", {gap} below the target of {target}")
EACH = Text("，每{per}", "")
UP = Text("，不足{per}", "")
UP_IS = Text("按{per}", ", part steps rounded up")
COUNTED = Text("计", "")
DOWN_IS = Text("不计", ", part steps rounded down")
AT_MOST_POINTS = Text("，最多{most}", ", at most {most}")


class Wording(NamedTuple):
    """What is said of a line that takes off, or that adds."""

    free: Text
    each: Text
    each_step: Text
    worth: Text
    met: Text
    nothing: Text


LOSS = Wording(
    Text("，{free}以内不扣", ", the first {free} free"),
    Text("，每1扣{price}", ", {price} each"),
    Text("扣{price}", ", {price} for each {per}"),
    Text("，扣{points}", ", {points} off"),
    Text("，达到目标{target}", ", which meets the target of {target}"),
    Text("，不扣分", ", no points off"),
)
GAIN = Wording(
    Text("，{free}以内不计", ", the first {free} not counted"),
    Text("，每1计{price}", ", {price} each"),
    Text("计{price}", ", {price} for each {per}"),
    Text("，计{points}", ", so {points}"),
    Text("，没有超出{target}", ", not beyond {target}"),
    Text("，不计分", ", no points"),
)
NO_BASE = Text("目标为0，百分比无法计算", "the target is 0, so a percentage of it cannot be calculated")
NO_WIDTH = Text("每档幅度为0，无法计算", "the step is 0, so steps cannot be counted")


def deduct_explained(method: Deduct, inputs: MethodInputs, costs: Sequence[Steps]) -> Explained:
    """What each line cost."""
    told = tuple(
        line_told(line, line.better is Better.HIGHER, cost, inputs, LOSS)
        for line, cost in zip(method.lines, costs, strict=True)
    )
    of = ExplanationClause(
        (OutcomeSentence(total([cost.points for cost in costs]) != 0, OF_FULL),), {"full": PointsFact(inputs.full_mark)}
    )
    ways = (partial(deduct_as_shown, method, inputs), partial(costs_as_shown, costs, inputs))
    return Explained((of, *told), uncountable(method.lines, inputs), ways)


def deduct_as_shown(method: Deduct, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by the figures that the sentence shows."""
    return method.score(inputs.as_shown(shown)).points


def costs_as_shown(costs: Sequence[Steps], inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by what each line cost, as the sentence shows it."""
    return inputs.full_mark - total([shown.number(cost.points) for cost in costs])


def award_explained(method: Award, inputs: MethodInputs, gains: Sequence[Steps]) -> Explained:
    """What each line gained."""
    told = tuple(
        line_told(line, line.better is Better.LOWER, gain, inputs, GAIN)
        for line, gain in zip(method.lines, gains, strict=True)
    )
    ways = (partial(award_as_shown, method, inputs), partial(gains_as_shown, gains))
    return Explained(told, uncountable(method.lines, inputs), ways)


def award_as_shown(method: Award, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by the figures that the sentence shows."""
    return method.score(inputs.as_shown(shown)).points


def gains_as_shown(gains: Sequence[Steps], shown: TruncatedAmounts) -> Column:
    """The points by what each line gained, as the sentence shows it."""
    return total([shown.number(gain.points) for gain in gains])


def uncountable(lines: Sequence[CountedLine], inputs: MethodInputs) -> tuple[OutcomeSentence, ...]:
    """Where there is a figure but the target or the step it is measured by is 0."""
    found: list[OutcomeSentence] = []
    for line in lines:
        present = inputs.figure(line.figure).present
        if line.relative:
            found.append(OutcomeSentence(present & (inputs.value_of(line.target) == 0), NO_BASE))
        found.append(OutcomeSentence(present & (inputs.value_of(line.per) == 0), NO_WIDTH))
    return tuple(found)


def line_told(line: CountedLine, below: bool, taken: Steps, inputs: MethodInputs, words: Wording) -> ExplanationClause:
    """What a line cost or gained: gap, what is free, what each step is worth, and what bounds it."""
    plain_count = line.target == 0 and not line.relative and not below
    gap = () if plain_count else (THAN, BELOW if below else ABOVE)
    free = () if line.free is None else (words.free,)
    start = (VALUE, *gap, *free, *((words.each,) if is_of_nothing(line, inputs) else (EACH, words.each_step)))
    part = (UP, UP_IS, COUNTED) if line.partial is Partial.UP else (UP, DOWN_IS)
    is_part, is_bound = taken.steps != taken.exact, taken.points != taken.unbounded
    met = (VALUE, words.nothing) if plain_count else (VALUE, words.met, words.nothing)
    cases = (
        OutcomeSentence(taken.gap == 0, Text.run(*met)),
        OutcomeSentence(taken.counted == 0, Text.run(VALUE, *gap, *free, words.nothing)),
        OutcomeSentence(is_part & is_bound, Text.run(*start, *part, AT_MOST_POINTS, words.worth)),
        OutcomeSentence(is_part, Text.run(*start, *part, words.worth)),
        OutcomeSentence(is_bound, Text.run(*start, AT_MOST_POINTS, words.worth)),
        OutcomeSentence(None, Text.run(*start, words.worth)),
    )
    return ExplanationClause(cases, facts_of(line, taken, inputs))


def step_unit(line: CountedLine, inputs: MethodInputs) -> Text:
    """The unit of measure of steps."""
    return PERCENT if line.relative else inputs.difference(line.figure, Fraction(0)).unit


def is_of_nothing(line: CountedLine, inputs: MethodInputs) -> bool:
    """Whether a step is simply one, of no unit of measure."""
    return line.per == 1 and not step_unit(line, inputs).en


def facts_of(line: CountedLine, taken: Steps, inputs: MethodInputs) -> dict[str, Fact]:
    """What fills the sentence of a line."""
    facts: dict[str, Fact] = {
        "title": inputs.title(line.figure),
        "value": inputs.measured(line.figure, inputs.figure(line.figure)),
        "target": inputs.measured(line.figure, inputs.value_of(line.target)),
        "gap": difference(line, taken.gap, inputs),
        "price": PointsFact(line.points),
        "points": PointsFact(taken.points),
        "per": step(line, inputs),
    }
    if line.free is not None:
        facts["free"] = difference(line, inputs.value_of(line.free), inputs)
    if line.at_most is not None:
        facts["most"] = PointsFact(line.at_most)
    return facts


def step(line: CountedLine, inputs: MethodInputs) -> Fact:
    """The width of a step."""
    if isinstance(line.per, Fraction) and not line.relative:
        return inputs.step_of(line.figure, line.per)
    return difference(line, inputs.value_of(line.per), inputs)


def difference(line: CountedLine, amount: Amount, inputs: MethodInputs) -> Fact:
    """How far two values of the figure lie apart; in percent of the target where the line says so."""
    return MeasuredFact(amount, PERCENT) if line.relative else inputs.difference(line.figure, amount)


PERCENT = Text.same("%")
