"""How the sentences of items end: what was earned, and what floor, cap, corrections and rounding did to it."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import numpy as np

from assess.core.exact import Column, where
from assess.core.explanations.corrected import CorrectedPoints
from assess.core.explanations.earned import ByLanguage, EarnedPoints
from assess.core.explanations.ending_words import EARNED, NONE_COUNTED, TAKEN_OFF, most_off
from assess.core.explanations.explanation import Explanation
from assess.core.explanations.parts import no_part_told
from assess.core.explanations.reckoning import ToPrinted, digits_of, places_to_reckon, printed_points
from assess.core.explanations.sentences import first_reason, shown_to
from assess.core.kinds import EXACT
from assess.core.methods.scored import Explained, ExplanationClause, OutcomeSentence
from assess.core.numbers import printed
from assess.core.result_units import counted_in
from assess.core.rules.nodes import Item, MissingRule
from assess.core.rules.sheet import nodes_outside
from assess.core.scoring.nodes import NOT_APPLICABLE, OUTSIDE, SCORED, ItemScore, within_bounds
from assess.core.scoring.results import Results
from assess.core.text import Text

EARNED_FULL = Text("{why}，得满分{points}", "{why}; full mark, {points}")
NO_REASON = Text("缺数据", "data missing")
EXEMPT = Text(
    "经批准不涉及：{reason}（批准人：{approver}）", "not applicable, as approved: {reason} (approved by {approver})"
)
DOES_NOT_APPLY = Text("不涉及（适用于：{condition}）", "not applicable (applies where {condition})")
BLOCKS_SECTION = Text("{why}，补齐前本类不计分", "{why}: its section has no score until it is supplied")
OUTSIDE_GROUPS = Text("该单位不属于任何分组，不参加考核", "the unit belongs to no group and is not assessed")


class SentenceEnding:
    """How the sentences of one item end: what was earned, and what floor, cap, corrections and rounding did to it."""

    def __init__(self, score: ItemScore, results: Results, explained: Explained) -> None:
        assert isinstance(score.node, Item)
        assert score.exact is not None
        assert score.bounded is not None
        self.score = score
        self.results = results
        self.item = score.node
        self.unit = results.inputs.sheet.unit_of_result
        self.words = TAKEN_OFF if score.taken_off else EARNED
        self.exact = score.exact
        self.bounded = score.bounded
        self.within = within_bounds(score.node, score.exact, score.full)
        self.corrected = CorrectedPoints(score.exact, self.within, score.node.corrections or (), score.kept)
        self.places = places_to_reckon(self.way, explained.ways, score.state == SCORED)
        self.without = np.flatnonzero(score.state != SCORED).tolist()
        reasons = (*explained.reasons, *score.reasons)
        self.reasons = first_reason(reasons, len(score.points)) if self.without else []

    @property
    def way(self) -> ToPrinted:
        """The way from points before floor and cap to the printed ones."""
        digits, mode = digits_of(self.score, self.results), self.results.inputs.sheet.rounding.mode
        between = self.corrected.held | (self.within != self.exact)
        return ToPrinted(self.exact, self.bounded, between, self.after_method, digits, mode)

    def after_method(self, points: Column) -> Column:
        """Points after floor, cap and corrections."""
        return self.corrected.after(within_bounds(self.item, points, self.score.full))

    def explanation(self, told: tuple[ExplanationClause, ...]) -> Explanation:
        """What is told of the item by its method, with these endings."""
        return Explanation(
            size=len(self.score.points),
            clauses=told,
            kept=self.corrected.told(self.results.scene.values, self.places),
            ends=self.cases(),
            facts=self.facts(),
            others={unit: self.without_points(unit) for unit in self.without},
            places=self.places,
        )

    @cached_property
    def earned(self) -> EarnedPoints:
        """The points on their way to the printed ones; those that the sheet does not round are shown as others are."""
        score = self.score
        if digits_of(score, self.results) == EXACT:
            texts = shown_to(score.points, self.places)
        else:
            texts = [text or "" for text in printed_points(score, self.results)]
        before = where(self.corrected.held, self.bounded, self.exact)
        mode = self.results.inputs.sheet.rounding.mode
        return EarnedPoints(
            self.words, self.exact, self.within, before, score.points, texts, self.corrected.held, self.places, mode,
            self.unit,
        )  # fmt: skip

    def cases(self) -> list[OutcomeSentence]:
        """What is told of earned points: the first case that holds; the last takes the rest."""
        points, earned = self.score.points, OutcomeSentence(None, self.words.earned)
        if self.score.taken_off:
            return [
                OutcomeSentence((points == 0) & (self.earned.before == 0), NONE_COUNTED),
                *self.earned.cases(),
                earned,
            ]
        full = [] if self.score.full is None else [OutcomeSentence(points == self.score.full, EARNED_FULL)]
        return [*self.earned.cases(), *full, earned]

    def facts(self) -> dict[str, ByLanguage]:
        """What fills the ending, in both languages."""
        most = most_off(self.item, self.score.full, len(self.score.points)) if self.score.taken_off else []
        return {**self.earned.facts(), "most": (most, most)}

    def without_points(self, unit: int) -> Text:
        """The sentence of a unit that earned nothing by the method."""
        state = self.score.state[unit]
        if state == OUTSIDE:
            return OUTSIDE_GROUPS
        return self.not_applicable(unit) if state == NOT_APPLICABLE else self.missing(unit)

    def not_applicable(self, unit: int) -> Text:
        """Why the item does not apply, and what that means."""
        if self.score.exempt is not None and self.score.exempt[unit]:
            exemptions = self.results.inputs.exemptions
            assert exemptions is not None
            granted = exemptions.entry(self.item.id, unit)
            assert granted is not None
            why = EXEMPT.format(reason=granted.reason, approver=granted.approver)
            return counted_in(self.words.not_applicable[self.item.not_applicable], self.unit).format(why=why)
        if self.score.parts is not None and (self.item.applies is None or self.score.parts.of_applicable[unit]):
            why = no_part_told(self.item, self.results)
            return counted_in(self.words.not_applicable[self.item.not_applicable], self.unit).format(why=why)
        return self.does_not_apply

    @cached_property
    def does_not_apply(self) -> Text:
        """That the item does not concern a unit, and what that means."""
        assert self.item.applies is not None
        why = DOES_NOT_APPLY.format(condition=self.results.scene.values.readable(self.item.applies))
        return counted_in(self.words.not_applicable[self.item.not_applicable], self.unit).format(why=why)

    def missing(self, unit: int) -> Text:
        """Which figure is missing, and what that means."""
        rule = self.score.missing
        if self.score.parts is not None and self.score.parts.blocking[unit]:
            rule = MissingRule.BLOCK
        why = self.reasons[unit] or NO_REASON
        if rule is MissingRule.BLOCK and self.item.id in nodes_outside(self.results.inputs.sheet):
            return BLOCKS_SECTION.format(why=why)
        if isinstance(rule, Fraction):
            return counted_in(self.words.stated, self.unit).format(why=why, points=printed(rule))
        return counted_in(self.words.consequence[rule], self.unit).format(why=why)
