"""How the sentences of items end: what was earned, and what floor, cap, corrections and rounding did to it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

import numpy as np

from assess.core.ending_words import EARNED, NONE_COUNTED, TAKEN_OFF, most_off
from assess.core.exact import Column, Rounding, where
from assess.core.explain import chosen_sentences, first_reason, in_percent, in_points, shown_to
from assess.core.kinds import EXACT
from assess.core.methods.scored import Case, Explained
from assess.core.numbers import printed
from assess.core.reckoning import digits_of, places_to_reckon, printed_points
from assess.core.results import Results
from assess.core.rules.nodes import Item
from assess.core.scoring.nodes import NOT_APPLICABLE, OUTSIDE, SCORED, ItemScore, within_bounds
from assess.core.text import Language, Text

LANGUAGES: tuple[Language, ...] = ("zh", "en")
JOINTS: Final[Mapping[Language, str]] = {"zh": "；", "en": "; "}

EARNED_FULL = Text("{why}，得满分 {points}", "{why}; full mark, {points}")
KEPT = Text("；{condition}：按 {before}的 {keep} 计（{clause}）", "; {condition}: {keep} of {before} counts ({clause})")
NOT_BELOW = Text("，计得 {exact}，按下限 {bound} 计", "; {exact}, but never below {bound}")
NOT_ABOVE = Text("，计得 {exact}，按上限 {bound} 计", "; {exact}, but never above {bound}")
NO_REASON = Text("缺少数据", "a figure is missing")
EXEMPT = Text("经批准不适用：{reason}（批准：{approver}）", "exempted: {reason} (approved by {approver})")
DOES_NOT_APPLY = Text("不适用（适用条件：{condition}）", "not applicable (it applies where {condition})")
OUTSIDE_GROUPS = Text("该单位不属于任何分组，不参加考核", "the unit belongs to no group and is not assessed")


class Ending:
    """How the sentences of one item end: what was earned, and what floor, cap, corrections and rounding did to it."""

    def __init__(self, score: ItemScore, results: Results, explained: Explained) -> None:
        assert isinstance(score.node, Item)
        assert score.exact is not None
        assert score.bounded is not None
        self.score = score
        self.results = results
        self.item = score.node
        self.words = TAKEN_OFF if score.taken_off else EARNED
        self.exact = score.exact
        self.within = within_bounds(score.node, score.exact, score.full)
        self.places = places_to_reckon(score, results, explained.ways)
        self.kept_any = np.logical_or.reduce([np.zeros(len(score.points), bool), *(each.holds for each in score.kept)])
        self.before_rounding = where(self.kept_any, score.bounded, score.exact)
        self.cases = self.earned_cases()
        self.without = np.flatnonzero(score.state != SCORED).tolist()
        reasons = (*explained.reasons, *score.reasons)
        self.reasons = first_reason(reasons, len(score.points)) if self.without else []
        self.told_without = {unit: self.without_points(unit) for unit in self.without}
        self.told_kept = self.kept()

    def earned_cases(self) -> list[Case]:
        """What is told of earned points: the first case that holds; the last takes the rest."""
        before, points = self.before_rounding, self.score.points
        even = self.results.inputs.sheet.rounding.mode is Rounding.HALF_EVEN
        cases = [Case((points == 0) & (before == 0), NONE_COUNTED)] if self.score.taken_off else []
        if (before != points).any():
            below, above = (self.exact < self.within) & ~self.kept_any, (self.exact > self.within) & ~self.kept_any
            is_bound = self.within == points
            cases += [
                Case(below & is_bound, self.words.at_floor),
                Case(below, self.words.floor_rounded),
                Case(above & is_bound, self.words.at_cap),
                Case(above, self.words.cap_rounded),
                Case(before != points, self.words.rounded_even if even else self.words.rounded),
            ]
        if not self.score.taken_off:
            cases.append(Case(points == self.score.full, EARNED_FULL))
        return [*cases, Case(None, self.words.earned)]

    def told(self, clauses: list[str], language: Language) -> list[str]:
        """Each clause with its ending."""
        facts = {name: texts[LANGUAGES.index(language)] for name, texts in self.facts.items()}
        facts["why"] = list(clauses)
        for unit, kept in self.told_kept.items():
            facts["why"][unit] += "".join(
                template.told(language, **{name: texts.told(language) for name, texts in filling.items()})
                for template, filling in kept
            )
        sentences = chosen_sentences(self.cases, facts, len(clauses), language)
        for unit, text in self.told_without.items():
            sentences[unit] = text.told(language)
        return sentences

    @cached_property
    def facts(self) -> dict[str, tuple[list[str], list[str]]]:
        """What fills the ending, in both languages: what was earned, and what it was before rounding, floor and cap.

        Points that the sheet does not round are shown as other numbers are.
        """
        if digits_of(self.score, self.results) == EXACT:
            plain = shown_to(self.score.points, self.places)
        else:
            plain = [text or "" for text in printed_points(self.score, self.results)]
        exact, bound = (
            ([], [])
            if len(self.cases) == 1
            else (shown_to(each, self.places) for each in (self.before_rounding, self.within))
        )
        most = most_off(self.item, self.score.full, len(plain)) if self.score.taken_off else []
        return {
            "points": (in_points(plain, "zh"), in_points(plain, "en")),
            "plain": (plain, plain),
            "exact": (in_points(exact, "zh"), in_points(exact, "en")),
            "most": (most, most),
            "bound": (in_points(bound, "zh"), in_points(bound, "en")),
        }

    def kept(self) -> dict[int, list[tuple[Text, dict[str, Text]]]]:
        """What a floor or cap and the corrections that held made of the points, in turn, by unit."""
        found: dict[int, list[tuple[Text, dict[str, Text]]]] = {}
        if not self.kept_any.any():
            return found
        bound = {name: self.of_points(column) for name, column in (("exact", self.exact), ("bound", self.within))}
        for holds, template in ((self.exact < self.within, NOT_BELOW), (self.exact > self.within, NOT_ABOVE)):
            for unit in np.flatnonzero(holds & self.kept_any).tolist():
                found[unit] = [(template, {name: texts[unit] for name, texts in bound.items()})]
        before = self.within
        for correction, kept in zip(self.item.corrections or (), self.score.kept, strict=True):
            condition = self.results.scene.values.readable(correction.when)
            stated = {"condition": condition, "keep": Text.same(in_percent(correction.keep)),
                      "clause": Text.same(correction.clause)}  # fmt: skip
            amounts = self.of_points(before)
            for unit in np.flatnonzero(kept.holds).tolist():
                found.setdefault(unit, []).append((KEPT, {**stated, "before": amounts[unit]}))
            before = where(kept.holds, before * correction.keep, before)
        return found

    def of_points(self, column: Column) -> list[Text]:
        """A column of points in both languages."""
        texts = shown_to(column, self.places)
        return [Text(*both) for both in zip(in_points(texts, "zh"), in_points(texts, "en"), strict=True)]

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
            why = EXEMPT.filled(reason=granted.reason, approver=granted.approver)
            return self.words.not_applicable[self.item.not_applicable].filled(why=why)
        return self.does_not_apply

    @cached_property
    def does_not_apply(self) -> Text:
        """That the item does not concern a unit, and what that means."""
        assert self.item.applies is not None
        why = DOES_NOT_APPLY.filled(condition=self.results.scene.values.readable(self.item.applies))
        return self.words.not_applicable[self.item.not_applicable].filled(why=why)

    def missing(self, unit: int) -> Text:
        """Which figure is missing, and what that means."""
        rule = self.score.missing
        why = self.reasons[unit] or NO_REASON
        if isinstance(rule, Fraction):
            return self.words.stated.filled(why=why, points=printed(rule))
        return self.words.consequence[rule].filled(why=why)
