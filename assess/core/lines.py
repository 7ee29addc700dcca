"""The line of every node and unit as it is printed: score, full mark, state, and the sentence why."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import numpy as np

from assess.core.ending_words import points_off
from assess.core.endings import JOINTS, LANGUAGES, OUTSIDE_GROUPS, Ending
from assess.core.explain import Teller, in_percent
from assess.core.methods.scored import Amount
from assess.core.numbers import printed
from assess.core.reckoning import printed_points
from assess.core.results import Results
from assess.core.rules.nodes import Item, Section
from assess.core.rules.sheet import title_of
from assess.core.scoring.nodes import (
    BLOCKED,
    MISSING,
    NOT_APPLICABLE,
    OUTSIDE,
    SCORED,
    ItemScore,
    NodeScore,
    SectionScore,
)
from assess.core.splitting import Split, split
from assess.core.text import Language, Text

STATES = {
    SCORED: "scored",
    MISSING: "missing",
    NOT_APPLICABLE: "not-applicable",
    OUTSIDE: "no-group",
    BLOCKED: "blocked",
}
WITHOUT_POINTS: Final = {
    "missing": Text("缺数据", "figure missing"),
    "not-applicable": Text("不涉及", "not applicable"),
    "no-group": Text("未分组", "in no group"),
    "blocked": Text("缺数据", "figure missing"),
}
"""What is told in place of points, by the state of a line."""

SECTION_UNAVAILABLE = Text(
    "有得分的项目不足 {share}，本类不计分", "fewer than {share} of its items have a score, so the section has none"
)
SECTION_BLOCKED = Text(
    "下列项目缺少数据，补齐前本类不计分：{items}", "no score until figures are supplied for: {items}"
)
SECTION_EMPTY = Text("下级均无得分", "nothing below has a score")
SECTION_NOT_APPLICABLE = Text("下级均不适用", "nothing below applies")


@dataclass(frozen=True, slots=True)
class NodeLines:
    """All units' lines of one node, printed: `scores` (None without one), `full`, `states`, and whys by language.

    `off` tells of an item of a deduction what it takes off; None for all other nodes, and without a score.
    """

    scores: list[str | None]
    full: list[str]
    states: list[str]
    whys: dict[Language, list[str]]
    off: list[Text | None]


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
        whys = item_whys(score, results)
    elif isinstance(score, SectionScore) and score.points.any_missing:
        whys = section_whys(score)
    states = [STATES[state] for state in score.state.tolist()]
    full = printed_all(score.full, size)
    off: list[Text | None] = [None] * size
    if isinstance(score, ItemScore) and score.taken_off and isinstance(score.node, Item):
        off = [points_off(score.node, *line) for line in zip(points, full, strict=True)]
    return NodeLines(points, full, states, whys, off)


def printed_all(amount: Amount, size: int) -> list[str]:
    """An amount for every unit."""
    if isinstance(amount, Fraction):
        return [printed(amount)] * size
    return [text or "" for text in amount.printed(None)]


def item_whys(score: ItemScore, results: Results) -> dict[Language, list[str]]:
    """The sentence of every unit for one item, in both languages."""
    assert score.scored is not None
    explained = score.scored.explain()
    ending = Ending(score, results, explained)
    numbers: dict[tuple[int, bool], tuple[Amount, list[str]]] = {}
    whys: dict[Language, list[str]] = {}
    for language in LANGUAGES:
        teller = Teller(language, ending.places, numbers)
        parts = [teller.part(part, len(score.points)) for part in explained.told]
        joint = JOINTS[language]
        clauses = parts[0] if len(parts) == 1 else [joint.join(filter(None, each)) for each in zip(*parts, strict=True)]
        whys[language] = ending.told(clauses, language)
    return whys


def section_whys(score: SectionScore) -> dict[Language, list[str]]:
    """Why a section has no score."""
    texts: list[Text | None] = [None] * len(score.points)
    section = score.node
    for unit in np.flatnonzero(score.points.missing).tolist():
        if score.state[unit] == OUTSIDE:
            texts[unit] = OUTSIDE_GROUPS
        elif score.state[unit] == BLOCKED:
            texts[unit] = SECTION_BLOCKED.filled(items=blocking_items(score, unit))
        elif score.state[unit] == NOT_APPLICABLE:
            texts[unit] = SECTION_NOT_APPLICABLE
        elif score.unavailable is not None and score.unavailable[unit] and isinstance(section, Section):
            texts[unit] = SECTION_UNAVAILABLE.filled(share=in_percent(section.availability or Fraction(0)))
        else:
            texts[unit] = SECTION_EMPTY
    return {"zh": [text.zh if text else "" for text in texts], "en": [text.en if text else "" for text in texts]}


def blocking_items(section: SectionScore, unit: int) -> Text:
    """The items below a section that block a unit."""
    titles: list[Text] = []
    waiting: list[NodeScore] = [*reversed(section.children)]
    while waiting:
        score = waiting.pop()
        if score.blocks is None or not score.blocks[unit]:
            continue
        if isinstance(score, SectionScore):
            waiting += reversed(score.children)
        else:
            titles.append(title_of(score.node, score.node.id))
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))
