"""How the points of a section come about from those below: the clauses of its sentence, and how a reader reckons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, total, where
from assess.core.explanations.picked_words import picked_told
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import Explained, ExplanationClause, Fact, Flags, Joined, NumberFact, OutcomeSentence
from assess.core.numbers import exact_places, reduced
from assess.core.rules.nodes import MEAN_TYPE, Combine, Section
from assess.core.scoring.nodes import NodeScore, SectionScore
from assess.core.scoring.sections import COMBINED, as_column, points_and_marks
from assess.core.text import Text

LEFT_OUT: Final = Text("{n}项不计入", "{n} left out")
ADDED: Final = Text("各项得分合计", "sum of the points below")
SCALED: Final = Text(
    "得分合计{earned} ÷ 分值合计{marks} × 本类分值{full}",
    "points {earned} ÷ full marks {marks} × full mark of the section {full}",
)
OTHERS_SCALED: Final = Text(
    "其余得分合计{earned} ÷ 其余分值合计{marks} × 本类分值{full}",
    "points of the others {earned} ÷ their full marks {marks} × full mark of the section {full}",
)
ONLY_ONE: Final = Text("只计1项的得分{one}", "only one counts: {one}")
MEAN: Final = Text("平均：({terms}) ÷ {weights}", "average: ({terms}) ÷ {weights}")
WEIGHTED_MEAN: Final = Text("加权平均：({terms}) ÷ {weights}", "weighted average: ({terms}) ÷ {weights}")
HARMONIC: Final = Text("调和平均：{weights} ÷ ({terms})", "harmonic mean: {weights} ÷ ({terms})")
WEIGHTED_HARMONIC: Final = Text("加权调和平均：{weights} ÷ ({terms})", "weighted harmonic mean: {weights} ÷ ({terms})")
HARMONIC_ZERO: Final = Text("其中有0分，调和平均为0", "one of them is 0, and so is the harmonic mean")
GEOMETRIC: Final = Text("几何平均：{terms}", "geometric mean of {terms}")
MINIMUM: Final = Text("取最低分：{terms}", "the lowest of {terms}")

NUMBER: Final = Text.same("{number}")
PLUS: Final = Text.same(" + ")
COMMA: Final = Text("、", ", ")


class MeanWording(NamedTuple):
    """How a mean is written, and each number in it, where all weigh the same and where they do not."""

    even: Text
    weighted: Text
    each_even: Text
    each_weighted: Text
    joint: Text


FORMS: Final = {
    Combine.MEAN: MeanWording(MEAN, WEIGHTED_MEAN, NUMBER, Text.same("{number} × {weight}"), PLUS),
    Combine.HARMONIC: MeanWording(
        HARMONIC, WEIGHTED_HARMONIC, Text.same("1 ÷ {number}"), Text.same("{weight} ÷ {number}"), PLUS
    ),
    Combine.GEOMETRIC: MeanWording(
        GEOMETRIC, GEOMETRIC, NUMBER, Text("{number}（权重{weight}）", "{number} (weight {weight})"), COMMA
    ),
    Combine.MINIMUM: MeanWording(MINIMUM, MINIMUM, NUMBER, NUMBER, COMMA),
}


def explained_section(score: SectionScore) -> Explained:
    """How the points of a section come about, before floor and cap."""
    return of_terms(score) if is_mean(score) else of_sum(score)


def is_told(score: SectionScore) -> Flags:
    """Where the points of a section are not simply those below added up."""
    assert isinstance(score.node, Section)
    if is_mean(score) or score.node.pick is not None:
        return score.points.present
    return score.points.present & (is_scaled(score) | (score.points != points_below(score)))


def points_below(score: SectionScore) -> Column:
    """The points of those below that count and have a score, added up."""
    return total([child.points.filled(0) for child in score.entering])


def is_mean(score: SectionScore) -> bool:
    """Whether a section is a mean, or the lowest, of several."""
    assert isinstance(score.node, Section)
    return score.node.combine in MEAN_TYPE and len(score.children) > 1


def is_scaled(score: SectionScore) -> Flags:
    """Where the points below are scaled to the full mark of the section: theirs together are another."""
    if score.full is None:
        return np.zeros(len(score.points), dtype=bool)
    scaled: Flags = points_and_marks(score.entering)[1] != score.full
    return scaled


def of_sum(score: SectionScore) -> Explained:
    """Points added up, and scaled where the full marks below are not the section's."""
    earned = points_below(score)
    if score.full is None:
        return Explained((ExplanationClause((OutcomeSentence(None, ADDED),)),))
    full, marks = score.full, points_and_marks(score.entering)[1]
    scaled, left_out = is_scaled(score), number_left_out(score.children)
    cases = (
        OutcomeSentence(scaled & (left_out > 0), OTHERS_SCALED),
        OutcomeSentence(scaled, SCALED),
        OutcomeSentence(None, ADDED),
    )
    facts = {"earned": NumberFact(earned), "marks": NumberFact(marks), "full": NumberFact(full)}

    def way(shown: TruncatedAmounts) -> Column:
        return where(scaled, shown.number(earned) / shown.number(marks) * shown.amount(full), earned)

    told = (told_left_out(left_out, scaled), *picked_told(score), ExplanationClause(cases, facts))
    return Explained(told, ways=(way,))


def of_terms(score: SectionScore) -> Explained:
    """A mean, or the lowest, of the scores that count."""
    assert isinstance(score.node, Section)
    combine = score.node.combine
    left_out = number_left_out(score.children)
    cases: list[OutcomeSentence] = []
    facts: dict[str, Fact] = {}
    weightings = weightings_of(score)
    for number, (holds, weights) in enumerate(weightings):
        own_cases, own_facts = terms_told(score, weights)
        ending = str(number) if len(weightings) > 1 else ""
        cases += (only_where(holds, case, ending) for case in own_cases)
        facts |= {name + ending: fact for name, fact in own_facts.items()}

    def way(shown: TruncatedAmounts) -> Column:
        seen = tuple(replace(child, points=shown.number(child.points)) for child in score.entering)
        return COMBINED[combine](seen, score.full)

    told = (told_left_out(left_out, left_out > 0), *picked_told(score), ExplanationClause(tuple(cases), facts))
    return Explained(told, ways=(way,))


class Weighting(NamedTuple):
    """The weights below a section, one for each child, and the units for which they are these; None for all."""

    holds: Flags | None
    weights: tuple[Fraction, ...]


def weightings_of(score: SectionScore) -> list[Weighting]:
    """The different weights below a section; several only where groups weigh differently."""
    fixed = tuple(child.weight for child in score.children if isinstance(child.weight, Fraction))
    if len(fixed) == len(score.children):
        return [Weighting(None, fixed)]
    size = len(score.points)
    rows = list(zip(*(as_column(child.weight, size).fractions() for child in score.children), strict=True))
    different = dict.fromkeys(tuple(each for each in row if each is not None) for row in rows if None not in row)
    return [Weighting(np.array([row == weights for row in rows]), weights) for weights in different]


def only_where(holds: Flags | None, case: OutcomeSentence, ending: str) -> OutcomeSentence:
    """A case for some units only, whose blanks bear an ending."""
    if holds is None:
        return case
    both = holds if case.holds is None else holds & case.holds
    return OutcomeSentence(both, Text(*(each.replace("}", ending + "}") for each in case.text)))


def terms_told(score: SectionScore, weights: Sequence[Fraction]) -> tuple[list[OutcomeSentence], dict[str, Fact]]:
    """What is told of a mean, or the lowest, by its weights, and what fills it."""
    assert isinstance(score.node, Section)
    combine = score.node.combine
    paired = zip(score.entering, weights, strict=True)
    counting = [(child, weight) for child, weight in paired if weight or combine is Combine.MINIMUM]
    children = [child for child, _ in counting]
    cases = [OutcomeSentence(number_present(children) == 1, ONLY_ONE)]
    if combine is Combine.HARMONIC:
        cases.append(OutcomeSentence(np.logical_or.reduce([each.points == 0 for each in children]), HARMONIC_ZERO))
    text, facts = written(FORMS[combine], children, relative_weights([weight for _, weight in counting]))
    return [*cases, OutcomeSentence(None, text)], facts


def written(
    form: MeanWording, counting: Sequence[NodeScore], weights: Sequence[Fraction]
) -> tuple[Text, dict[str, Fact]]:
    """How a mean is written, and what fills it."""
    is_even = len(set(weights)) == 1
    each = form.each_even if is_even else form.each_weighted
    terms = tuple(
        (child.points, Text(*(text.replace("{weight}", reduced(weight)) for text in each)))
        for child, weight in zip(counting, weights, strict=True)
    )
    together = total(
        [
            where(child.points.present, Column.constant(weight, len(child.points)), 0)
            for child, weight in zip(counting, weights, strict=True)
        ]
    )
    facts: dict[str, Fact] = {
        "terms": Joined(terms, form.joint),
        "one": Joined(tuple((child.points, NUMBER) for child in counting), form.joint),
        "weights": NumberFact(together),
    }
    return form.even if is_even else form.weighted, facts


def relative_weights(weights: list[Fraction]) -> list[Fraction]:
    """Weights as the sheet has them; 1 where all are the same, and whole where decimals hold one of them only cut."""
    if len(set(weights)) == 1:
        return [Fraction(1)] * len(weights)
    if all(exact_places(weight) is not None for weight in weights):
        return weights
    common = lcm(*(weight.denominator for weight in weights))
    return [weight * common for weight in weights]


def told_left_out(left_out: NDArray[np.int64], told: Flags) -> ExplanationClause:
    """How many of those below have no score, where that is told."""
    return ExplanationClause(
        (OutcomeSentence(told & (left_out > 0), LEFT_OUT),), {"n": NumberFact(Column.integers(left_out))}
    )


def number_left_out(children: Sequence[NodeScore]) -> NDArray[np.int64]:
    """How many have no score."""
    return len(children) - number_present(children)


def number_present(children: Sequence[NodeScore]) -> NDArray[np.int64]:
    """How many have a score."""
    counted: NDArray[np.int64] = np.sum([child.points.present for child in children], axis=0, dtype=np.int64)
    return counted
