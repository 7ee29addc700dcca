"""The line of every node and unit as it is printed: score, full mark, state, and the sentence why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from assess.core.exact import Rounding
from assess.core.explain import Teller, chosen_sentences, first_reason, in_points, shown
from assess.core.kinds import Digits
from assess.core.methods.scored import Amount, Case
from assess.core.numbers import printed
from assess.core.results import Results, printed_digits
from assess.core.rules.nodes import Item, MissingRule, NotApplicable, Section
from assess.core.scoring.nodes import MISSING, NOT_APPLICABLE, OUTSIDE, SCORED, ItemScore, NodeScore, SectionScore
from assess.core.splitting import Split, split
from assess.core.text import Language, Text

STATES = {SCORED: "scored", MISSING: "missing", NOT_APPLICABLE: "not-applicable", OUTSIDE: "no-group"}

LANGUAGES: tuple[Language, ...] = ("zh", "en")

EARNED = Text("{why}，得 {points}", "{why}; {points}")
ROUNDED = Text("{why}，计得 {exact}，四舍五入得 {points}", "{why}; {exact}, rounded to {plain}")
ROUNDED_EVEN = Text("{why}，计得 {exact}，四舍六入五成双得 {points}", "{why}; {exact}, rounded half-even to {plain}")
AT_FLOOR = Text("{why}，计得 {exact}，按下限 {points}计", "{why}; {exact}, but never below {plain}")
AT_CAP = Text("{why}，计得 {exact}，按上限 {points}计", "{why}; {exact}, but never above {plain}")
KEPT = Text("；{condition}：按 {keep} 计（{clause}）", "; {condition}: {keep} is kept ({clause})")
CONSEQUENCE = {
    MissingRule.ZERO: Text("{why}，按 0 分计", "{why}: scored 0"),
    MissingRule.EXCLUDE: Text("{why}，不计入", "{why}: left out"),
    MissingRule.BLOCK: Text("{why}，补齐前不能计算总分", "{why}: no total until it is supplied"),
}
STATED = Text("{why}，按规定计 {points} 分", "{why}: scored {points} as stated")
NO_REASON = Text("缺少数据", "a figure is missing")
EXEMPT = Text("经批准不适用：{reason}（批准：{approver}）", "exempted: {reason} (approved by {approver})")
DOES_NOT_APPLY = Text("不适用（适用条件：{condition}）", "not applicable (it applies where {condition})")
NOT_APPLICABLE_MEANS = {
    NotApplicable.RESCALE: Text(
        "{why}，分值由同类其他项折算",
        "{why}: its full mark is spread over the others of its section",
    ),
    NotApplicable.RESCALE_TOTAL: Text(
        "{why}，分值由全表其他项折算",
        "{why}: its full mark is spread over the whole sheet",
    ),
    NotApplicable.FULL: Text("{why}，按满分计", "{why}: the full mark is given"),
    NotApplicable.ZERO: Text("{why}，按 0 分计", "{why}: scored 0"),
}
SECTION_UNAVAILABLE = Text(
    "有得分的项目不足 {share}，本类不计分", "fewer than {share} of its items have a score, so the section has none"
)
SECTION_EMPTY = Text("下级均无得分", "nothing below has a score")
SECTION_NOT_APPLICABLE = Text("下级均不适用", "nothing below applies")
OUTSIDE_GROUPS = Text("该单位不属于任何分组，不参加考核", "the unit belongs to no group and is not assessed")


@dataclass(frozen=True, slots=True)
class NodeLines:
    """All units' lines of one node, printed: `scores` (None without one), `full`, `states`, and whys by language."""

    scores: list[str | None]
    full: list[str]
    states: list[str]
    whys: dict[Language, list[str]]


@dataclass(slots=True)
class Lines:
    """The printed lines of a result, made node by node when asked for and kept."""

    results: Results
    made: dict[str, NodeLines] = field(default_factory=dict)
    made_split: Split | None = None

    def of(self, node: str) -> NodeLines:
        """The lines of one node for all units."""
        if node not in self.made:
            self.made[node] = lines_of(self.results.scores[node], self.results)
        return self.made[node]

    @property
    def split(self) -> Split:
        """The exact split of the totals, made once."""
        if self.made_split is None:
            self.made_split = split(self.results)
        return self.made_split


def lines_of(score: NodeScore, results: Results) -> NodeLines:
    """The printed lines of one node."""
    size = len(score.points)
    points = printed_points(score, results)
    whys: dict[Language, list[str]] = {"zh": [""] * size, "en": [""] * size}
    if isinstance(score, ItemScore):
        whys = item_whys(score, results, points)
    elif isinstance(score, SectionScore) and score.points.any_missing:
        whys = section_whys(score)
    states = [STATES[state] for state in score.state.tolist()]
    return NodeLines(points, printed_all(score.full, size), states, whys)


def printed_points(score: NodeScore, results: Results) -> list[str | None]:
    """The points of one node as printed; None where there are none."""
    return score.points.printed(printed_digits(digits_of(score, results)))


def digits_of(score: NodeScore, results: Results) -> Digits:
    """The decimals a node is rounded to."""
    rounding = results.inputs.sheet.rounding
    if isinstance(score.node, Section):
        return rounding.section
    return rounding.item if score.node.round is None else score.node.round


def printed_all(amount: Amount, size: int) -> list[str]:
    """An amount for every unit."""
    if isinstance(amount, Fraction):
        return [printed(amount)] * size
    return [text or "" for text in amount.printed(None)]


def item_whys(score: ItemScore, results: Results, points: Sequence[str | None]) -> dict[Language, list[str]]:
    """The sentence of every unit for one item, in both languages."""
    assert score.scored is not None
    explained = score.scored.explain()
    numbers: dict[int, tuple[Amount, list[str]]] = {}
    ending = Ending(score, results, (*explained.reasons, *score.reasons))
    whys: dict[Language, list[str]] = {}
    for language in LANGUAGES:
        teller = Teller(language, numbers)
        parts = [teller.part(part, len(points)) for part in explained.told]
        joint = "；" if language == "zh" else "; "
        clauses = parts[0] if len(parts) == 1 else [joint.join(each) for each in zip(*parts, strict=True)]
        whys[language] = ending.told(clauses, points, language)
    return whys


class Ending:
    """How the sentences of one item end: what was earned, and what floor, cap, corrections and rounding did to it."""

    def __init__(self, score: ItemScore, results: Results, reasons: Sequence[Case]) -> None:
        assert isinstance(score.node, Item)
        self.score = score
        self.results = results
        self.item = score.node
        self.cases = self.earned_cases()
        self.exact = shown(score.exact) if score.exact is not None and len(self.cases) > 1 else []
        self.without = np.flatnonzero(score.state != SCORED).tolist()
        self.reasons = first_reason(reasons, len(score.points)) if self.without else []

    def earned_cases(self) -> list[Case]:
        """What is told of earned points: the first case that holds; the last takes the rest."""
        exact, bounded, points = self.score.exact, self.score.bounded, self.score.points
        assert exact is not None
        assert bounded is not None
        cases = [Case(kept.holds, EARNED) for kept in self.score.kept]
        even = self.results.inputs.sheet.rounding.mode is Rounding.HALF_EVEN
        changed = (exact != bounded) | (exact != points)
        if changed.any():
            cases += [
                Case(exact < bounded, AT_FLOOR),
                Case(exact > bounded, AT_CAP),
                Case(exact != points, ROUNDED_EVEN if even else ROUNDED),
            ]
        return [*cases, Case(None, EARNED)]

    def told(self, clauses: list[str], points: Sequence[str | None], language: Language) -> list[str]:
        """Each clause with its ending."""
        plain = [text or "" for text in points]
        facts = {
            "why": self.with_corrections(clauses, language),
            "points": in_points(plain, language),
            "plain": plain,
            "exact": in_points(self.exact, language),
        }
        sentences = chosen_sentences(self.cases, facts, len(clauses), language)
        for unit in self.without:
            sentences[unit] = self.without_points(unit).told(language)
        return sentences

    def with_corrections(self, clauses: list[str], language: Language) -> list[str]:
        """Each clause with the corrections that held, in turn."""
        corrected = list(clauses) if self.score.kept else clauses
        for correction, kept in zip(self.item.corrections or (), self.score.kept, strict=True):
            condition = self.results.scene.values.readable(correction.when)
            facts = {"condition": condition, "keep": percent(correction.keep), "clause": correction.clause}
            told = KEPT.told(language, **facts)
            for unit in np.flatnonzero(kept.holds).tolist():
                corrected[unit] += told
        return corrected

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
        else:
            assert self.item.applies is not None
            why = DOES_NOT_APPLY.filled(condition=self.results.scene.values.readable(self.item.applies))
        return NOT_APPLICABLE_MEANS[self.item.not_applicable].filled(why=why)

    def missing(self, unit: int) -> Text:
        """Which figure is missing, and what that means."""
        rule = self.score.missing
        why = self.reasons[unit] or NO_REASON
        if isinstance(rule, Fraction):
            return STATED.filled(why=why, points=printed(rule))
        return CONSEQUENCE[rule].filled(why=why)


def percent(share: Fraction) -> str:
    """A share of the sheet in percent."""
    return f"{printed(share * 100)}%"


def section_whys(score: SectionScore) -> dict[Language, list[str]]:
    """Why a section has no score."""
    texts: list[Text | None] = [None] * len(score.points)
    section = score.node
    for unit in np.flatnonzero(score.points.missing).tolist():
        if score.state[unit] == OUTSIDE:
            texts[unit] = OUTSIDE_GROUPS
        elif score.state[unit] == NOT_APPLICABLE:
            texts[unit] = SECTION_NOT_APPLICABLE
        elif score.unavailable is not None and score.unavailable[unit] and isinstance(section, Section):
            texts[unit] = SECTION_UNAVAILABLE.filled(share=percent(section.availability or Fraction(0)))
        else:
            texts[unit] = SECTION_EMPTY
    return {"zh": [text.zh if text else "" for text in texts], "en": [text.en if text else "" for text in texts]}
