"""Methods by how far a target was met: done or not, in proportion (M01 to M03, M10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from assess.core.exact import Column, where
from assess.core.expressions import Expression
from assess.core.flaws import Flaw
from assess.core.kinds import Choice, Formula, ListOf, NumberType, ReferenceType, Value, ValueOf
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
)
from assess.core.methods.stating import values_told
from assess.core.methods.traits import (
    NO_TARGETS,
    TARGET_ALONE,
    CheckedItem,
    DivisorBits,
    FiguresTaken,
    ScoringMethod,
    exactly_one,
)
from assess.core.schema import key
from assess.core.text import Text

FIGURE = ReferenceType("figure")
SHARE = NumberType(least=Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(ScoringMethod):
    """All or nothing by a condition, or the share of yes-no figures that hold."""

    name = "done"
    chinese_name = "完成得满分"
    other_names = ("完成",)
    figures_taken = FiguresTaken.YES_NO
    targets = NO_TARGETS
    amounts = frozenset()

    when: Expression | None = key(Formula(), None)
    figures: tuple[str, ...] | None = key(ListOf(FIGURE), None)

    def score(self, inputs: MethodInputs) -> MethodResult:
        """Full mark if the condition holds, else nothing; of a list, the share that hold (完成得满分、未完成不得分).

        Source: rules/README.md M01, M03, M10.
        """
        if self.figures is not None:
            return share_done(self.figures, inputs)
        assert self.when is not None
        holds, unknown = inputs.condition(self.when)
        earned = Column.truths(holds, unknown)
        return MethodResult(earned * inputs.full_mark, partial(done_explained, self.when, inputs, holds))

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """Either a condition or a list."""
        yield from exactly_one(self, ("when", "figures"), of)

    def own_targets(self, figure: str, inputs: MethodInputs) -> Iterator[Text]:
        """The condition, where it looks at the figure."""
        if self.when is not None and figure in self.when.names:
            yield inputs.readable(self.when)

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Points of a table or all of them: nothing is divided."""
        return 0


HOLDS = Text("达到要求（{condition}）", "met ({condition})")
HOLDS_NOT = Text("未达到要求（{condition}）", "not met ({condition})")
ALL_HOLD = Text("{n}项全部完成", "all {n} done")
NONE_HOLDS = Text("{n}项均未完成", "none of {n} done")
SOME_HOLD = Text("{n}项中完成{held}项，按{full}的{held}/{n}计", "{held} of {n} done, so {held}/{n} of {full}")
FIGURE_DONE = Text("{title}：已完成", "{title}: done")
FIGURE_NOT_DONE = Text("{title}：未完成", "{title}: not done")


def done_explained(when: Expression, inputs: MethodInputs, holds: Flags) -> Explained:
    """Whether the condition holds; a bare figure by its title."""
    if set(when.text.split()) == when.names:
        cases = (OutcomeSentence(holds, FIGURE_DONE), OutcomeSentence(None, FIGURE_NOT_DONE))
        return Explained((ExplanationClause(cases, {"title": inputs.title(when.text)}),))
    outcome = ExplanationClause(
        (OutcomeSentence(holds, HOLDS), OutcomeSentence(None, HOLDS_NOT)), {"condition": inputs.readable(when)}
    )
    return Explained((*values_told(when, inputs), outcome), ways=(partial(done_as_shown, when, inputs),))


def done_as_shown(when: Expression, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by the values that the sentence shows."""
    seen = inputs.as_shown(shown)
    return Column.truths(*seen.condition(when)) * seen.full_mark


def share_done(figures: tuple[str, ...], inputs: MethodInputs) -> MethodResult:
    """Full mark × the share of figures that hold."""
    held = inputs.figure(figures[0])
    for figure in figures[1:]:
        held = held + inputs.figure(figure)
    explain = partial(share_explained, len(figures), held, inputs.full_mark)
    return MethodResult(held * inputs.full_mark / len(figures), explain)


def share_explained(n: int, held: Column, full: Amount) -> Explained:
    """How many of the figures hold."""
    cases = (
        OutcomeSentence(held == n, ALL_HOLD),
        OutcomeSentence(held == 0, NONE_HOLDS),
        OutcomeSentence(None, SOME_HOLD),
    )
    return Explained((ExplanationClause(cases, {"n": str(n), "held": NumberFact(held), "full": PointsFact(full)}),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(ScoringMethod):
    """Points in proportion to how much of the target was met."""

    name = "ratio"
    chinese_name = "按比例"
    other_names = ("按比例计分",)
    figures_taken = FiguresTaken.AMOUNTS
    targets = TARGET_ALONE
    amounts = frozenset({"target"})

    figure: str = key(FIGURE)
    target: Value = key(ValueOf())
    better: Better = key(Choice(Better))
    zero_below: Value | None = key(ValueOf(), None)
    full_from: Value | None = key(ValueOf(), None)
    unmet_factor: Fraction | None = key(SHARE, None)
    up_to: Fraction | None = key(SHARE, None)

    def score(self, inputs: MethodInputs) -> MethodResult:
        """Points in proportion to how much of the target was met, at most the full mark (按完成比例计分).

        points = full mark × min(1, value / target); lower is better: full mark × min(1, target / value), and a
        value of 0 or less earns the full mark. Missing where the target or the figure of a cut-off is.

        Source: rules/README.md M02.
        """
        value, target = inputs.figure(self.figure), inputs.value_of(self.target)
        share = share_of_target(self, value, target)
        counted = cut_off(share, share.at_most(most_of(self)), self, inputs)
        return MethodResult(counted * inputs.full_mark, partial(ratio_explained, self, inputs, value, target, share))

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figure that it measures."""
        return (self.figure,)

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """The target, and where the share of it reaches a line."""
        target, lines = inputs.value_of(self.target), (self.zero_below, self.full_from, self.up_to)
        shares = [Fraction(1), *(inputs.value_of(line) for line in lines if line is not None)]
        if self.better is Better.HIGHER:
            return [target * share for share in shares]
        return [Fraction(0), *(target / share for share in shares if isinstance(share, Column) or share != 0)]

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Divided by its target, or by the figure where lower is better."""
        is_plain = isinstance(self.target, Fraction) and self.better is Better.HIGHER
        return bits.varied if is_plain else bits.divided


RATIO_MET = Text("{title} {value}，达到目标{target}", "{title}: {value}, which meets the target of {target}")
RATIO_PART = Text(
    "{title} {value}，目标{target}，按{full}的{counted}（{division}）计",
    "{title}: {value}, target {target}, so {counted} of {full} ({division})",
)
RATIO_OVER = Text(
    "{title} {value}，优于目标{target}，按{full}的{counted}（{division}）计",
    "{title}: {value}, better than the target of {target}, so {counted} of {full} ({division})",
)
MAX_RATIO = Text(
    "{title} {value}，优于目标{target}，按{full}的{most}计，不再增加",
    "{title}: {value}, better than the target of {target}, so {most} of {full}, the most that counts",
)
RATIO_FULL = Text(
    "{title} {value}，目标{target}，完成{share}（{division}），已达满分线{full_from}",
    "{title}: {value}, target {target}; {share} ({division}) reaches {full_from}",
)
RATIO_ZERO = Text(
    "{title} {value}，目标{target}，完成{share}（{division}），低于不得分线{zero_below}",
    "{title}: {value}, target {target}; {share} ({division}) is below {zero_below} and earns nothing",
)
RATIO_UNMET = Text(
    "{title} {value}，未达目标{target}，按{full}的{counted}（{division}）再乘{factor}计",
    "{title}: {value}, which misses the target of {target}, so {counted} of {full} ({division}), times {factor}",
)
DIVISIONS = {
    Better.HIGHER: Text("实际÷目标", "figure ÷ target"),
    Better.LOWER: Text("目标÷实际", "target ÷ figure"),
}
NO_TARGET = Text("目标为0，比例无法计算", "the target is 0, so the ratio cannot be calculated")


def share_of_target(method: Ratio, value: Column, target: Amount) -> Column:
    """How much of the target was met."""
    if method.better is Better.HIGHER:
        return value / target
    return where_known(where(value <= 0, most_of(method), target / value), target)


def most_of(method: Ratio) -> Fraction:
    """The largest share that counts."""
    return Fraction(1) if method.up_to is None else method.up_to


def cut_off(share: Column, counted: Column, method: Ratio, inputs: MethodInputs) -> Column:
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


def is_lifted(share: Column, method: Ratio, inputs: MethodInputs) -> Flags:
    """Where a share below 1 reaches the line from which the full mark is given."""
    assert method.full_from is not None
    return (share >= inputs.value_of(method.full_from)) & (share < 1)


def ratio_explained(method: Ratio, inputs: MethodInputs, value: Column, target: Amount, share: Column) -> Explained:
    """Value, target, share, and what the cut-offs made of it."""
    counted = share.at_most(most_of(method))
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "target": inputs.measured(method.figure, target),
        "share": RatioFact(share),
        "counted": RatioFact(counted),
        "full": PointsFact(inputs.full_mark),
        "division": DIVISIONS[method.better],
    }
    cases: list[OutcomeSentence] = []
    if method.zero_below is not None:
        facts["zero_below"] = RatioFact(inputs.value_of(method.zero_below))
        cases.append(OutcomeSentence(share < inputs.value_of(method.zero_below), RATIO_ZERO))
    if method.full_from is not None:
        facts["full_from"] = RatioFact(inputs.value_of(method.full_from))
        cases.append(OutcomeSentence(is_lifted(share, method, inputs), RATIO_FULL))
    if method.up_to is not None and method.up_to > 1:
        facts["most"] = RatioFact(method.up_to)
        cases += [OutcomeSentence(share >= method.up_to, MAX_RATIO), OutcomeSentence(share > 1, RATIO_OVER)]
    part = RATIO_PART
    if method.unmet_factor is not None:
        facts["factor"], part = RatioFact(method.unmet_factor), RATIO_UNMET
    told = ExplanationClause((*cases, OutcomeSentence(share >= 1, RATIO_MET), OutcomeSentence(None, part)), facts)
    no_target = OutcomeSentence(value.present & (target == 0), NO_TARGET)
    ways = (partial(ratio_as_shown, method, inputs), partial(share_as_shown, method, inputs, share, counted))
    return Explained((told,), (no_target,), ways)


def ratio_as_shown(method: Ratio, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by figure and target as the sentence shows them."""
    return method.score(inputs.as_shown(shown)).points


def share_as_shown(
    method: Ratio, inputs: MethodInputs, share: Column, counted: Column, shown: TruncatedAmounts
) -> Column:
    """The points by the share as the sentence shows it."""
    return cut_off(share, shown.share(counted), method, inputs) * inputs.full_mark
