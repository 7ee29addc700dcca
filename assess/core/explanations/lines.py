"""The line of every node and unit as it is printed: score, full mark, state, and the sentence why."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from assess.core.explanations.ending_words import points_off
from assess.core.explanations.endings import SentenceEnding
from assess.core.explanations.explanation import Explanation, earned_with_note, told_in, with_note
from assess.core.explanations.panel_words import panels_told
from assess.core.explanations.parts import combination_explained, parts_explained
from assess.core.explanations.reckoning import printed_points
from assess.core.explanations.section_endings import section_explanation
from assess.core.methods.scored import Amount
from assess.core.numbers import printed
from assess.core.rules.approximate import approximate_items
from assess.core.rules.nodes import Item, Section
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
from assess.core.scoring.results import Results
from assess.core.scoring.splitting import Split, split
from assess.core.text import Language, Text

STATES = {
    SCORED: "scored",
    MISSING: "missing",
    NOT_APPLICABLE: "not-applicable",
    OUTSIDE: "no-group",
    BLOCKED: "blocked",
}
WITHOUT_POINTS: Final = {
    "missing": Text("缺数据", "data missing"),
    "not-applicable": Text("不涉及", "not applicable"),
    "no-group": Text("未分组", "in no group"),
    "blocked": Text("缺数据", "data missing"),
}
"""What is told in place of points, by the state of a line."""

APPROXIMATE: Final = Text(
    "≈：含开方、对数或指数，取12位有效数字",
    "≈: with a root, logarithm or power of e, taken to 12 significant digits",
)
NOT_IN_TOTAL: Final = Text("只列示，不计入总分", "shown only, not counted in the total")
NOT_ABOVE: Final = Text("只列示，不计入上级得分", "shown only, not counted in the score of its section")


@dataclass(frozen=True, slots=True)
class NodeLines:
    """All units' lines of one node, printed: `scores` (None without one), `full`, `states`, and whys by language.

    `full` is empty where the node has no full mark.

    `off` tells of an item of a deduction what it takes off; None for all other nodes, and without a score. `counts` is
    whether the node counts in what is above it; `approximate` of an item that is computed with a root or the like.
    `picked` are the ids below a section that picks some, by unit.
    """

    scores: list[str | None]
    full: list[str]
    states: list[str]
    whys: dict[Language, list[str]]
    off: list[Text | None]
    counts: bool = True
    approximate: bool = False
    picked: list[list[str]] | None = None


@dataclass(slots=True)
class ResultLines:
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
    explanation = explanation_of(score, results)
    nothing: dict[Language, list[str]] = {"zh": [""] * size, "en": [""] * size}
    whys = nothing if explanation is None else explanation.sentences()
    states = [STATES[state] for state in score.state.tolist()]
    full = printed_all(score.full, size)
    off: list[Text | None] = [None] * size
    if isinstance(score, ItemScore) and score.taken_off and isinstance(score.node, Item):
        unit = results.inputs.sheet.unit_of_result
        off = [points_off(score.node, *line, unit) for line in zip(points, full, strict=True)]
    approximate = is_approximate(score, results)
    return NodeLines(points, full, states, whys, off, score.node.counts, approximate, picked_ids(score))


def picked_ids(score: NodeScore) -> list[list[str]] | None:
    """The ids that entered the score of a section that picks some, in the order of the sheet; None of other nodes."""
    if not isinstance(score, SectionScore) or not isinstance(score.node, Section) or score.node.pick is None:
        return None
    scored = score.points.present
    present = zip(*((child.points.present & scored).tolist() for child in score.entering), strict=True)
    ids = [child.node.id for child in score.entering]
    return [[id for id, there in zip(ids, row, strict=True) if there] for row in present]


def is_approximate(score: NodeScore, results: Results) -> bool:
    """Whether a node is an item that is computed with a root, a logarithm or a power of e."""
    return score.node.id in approximate_items(results.inputs.sheet)


def printed_all(amount: Amount | None, size: int) -> list[str]:
    """An amount for every unit; empty where there is none."""
    if amount is None:
        return [""] * size
    if isinstance(amount, Fraction):
        return [printed(amount)] * size
    return [text or "" for text in amount.printed(None)]


def explanation_of(score: NodeScore, results: Results) -> Explanation | None:
    """What is told of a node, also that it does not count; None where nothing is."""
    return with_remarks(explanation_of_points(score, results), score, results)


def sentences_beside_parts(score: ItemScore, results: Results) -> dict[Language, list[str]]:
    """What the parts of an item came to, in place of its sentences, where a table shows the parts."""
    explained = combination_explained(score, results)
    told = SentenceEnding(score, results, explained).explanation(explained.clauses)
    told = earned_with_note(told, APPROXIMATE) if is_approximate(score, results) else told
    noted = with_remarks(told, score, results)
    assert noted is not None
    return noted.sentences()


def with_remarks(told: Explanation | None, score: NodeScore, results: Results) -> Explanation | None:
    """What is told of a node, in what scores are counted in, and that it does not count where it does not."""
    unit = results.inputs.sheet.unit_of_result
    if told is not None and unit is not None:
        told = told_in(told, unit)
    if score.node.counts:
        return told
    note = NOT_IN_TOTAL if score.node in results.inputs.sheet.items else NOT_ABOVE
    return with_note(told, note, len(score.points))


def explanation_of_points(score: NodeScore, results: Results) -> Explanation | None:
    """How the points of a node came about; None where nothing is told."""
    if isinstance(score, SectionScore):
        return section_explanation(score, results)
    assert isinstance(score, ItemScore)
    assert score.scored is not None
    if score.parts is None:
        explained = score.scored.explain()
        clauses = (*panels_told(score.node, results), *explained.clauses)
    else:
        explained = parts_explained(score, results)
        clauses = explained.clauses
    told = SentenceEnding(score, results, explained).explanation(clauses)
    return earned_with_note(told, APPROXIMATE) if is_approximate(score, results) else told
