"""What is told of a section: how its points come about where they are not those below added up, or why it has none."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np

from assess.core.exact import Column
from assess.core.explanations.corrected import CorrectedPoints
from assess.core.explanations.endings import OUTSIDE_GROUPS
from assess.core.explanations.explained_points import explained_points, nothing_told
from assess.core.explanations.explanation import Explanation
from assess.core.explanations.picked_words import TOO_FEW
from assess.core.explanations.reckoning import ToPrinted, digits_of
from assess.core.explanations.section_ways import explained_section, is_told
from assess.core.explanations.sentences import in_percent
from assess.core.rules.nodes import Section
from assess.core.rules.sheet import title_of
from assess.core.scoring.nodes import BLOCKED, NOT_APPLICABLE, OUTSIDE, NodeScore, SectionScore
from assess.core.scoring.results import Results
from assess.core.scoring.sections import within_section
from assess.core.text import Text

UNAVAILABLE: Final = Text(
    "有得分的项目不足{share}，本类不计分", "fewer than {share} of its items have a score, so the section has none"
)
BLOCKED_BY: Final = Text("下列考核项缺数据，补齐前本类不计分：{items}", "no score until data are supplied for: {items}")
EMPTY: Final = Text("下级均无得分", "nothing below has a score")
NOTHING_APPLIES: Final = Text("下级均不涉及", "nothing below applies")
NEGATIVE: Final = Text(
    "其中有负分，不能取平均，本类不计分", "one of its items is negative, so the section has no average"
)
WEIGHTLESS: Final = Text(
    "有得分的项权重均为0，本类不计分", "the items with a score have no weight, so the section has none"
)


def section_explanation(score: SectionScore, results: Results) -> Explanation | None:
    """What is told of a section; None where nothing is told of any unit."""
    told = is_told(score)
    reasons = {unit: without_score(score, unit) for unit in np.flatnonzero(score.points.missing).tolist()}
    if told.any():
        corrected = corrected_points(score)
        way = way_to_printed(score, corrected, results)
        values = results.scene.values
        explained = explained_section(score)
        return explained_points(
            explained,
            way,
            score.points,
            told,
            reasons,
            corrections=(corrected, values),
            unit=values.inputs.sheet.unit_of_result,
        )
    return nothing_told(told, reasons) if reasons else None


def corrected_points(score: SectionScore) -> CorrectedPoints:
    """The points of a section on their way through floor, cap and corrections."""
    section = score.node
    assert isinstance(section, Section)
    assert score.combined is not None
    within = within_section(section, score.combined)
    return CorrectedPoints(score.combined, within, section.corrections or (), score.kept)


def way_to_printed(score: SectionScore, corrected: CorrectedPoints, results: Results) -> ToPrinted:
    """The way of a section's points through floor, cap, corrections and rounding."""
    section = score.node
    assert isinstance(section, Section)

    def after(points: Column) -> Column:
        return corrected.after(within_section(section, points))

    bounded = corrected.after(corrected.within)
    between = corrected.held | (corrected.within != corrected.exact)
    mode = results.inputs.sheet.rounding.mode
    return ToPrinted(corrected.exact, bounded, between, after, digits_of(score, results), mode)


def without_score(score: SectionScore, unit: int) -> Text:
    """Why a section has no score."""
    section = score.node
    assert isinstance(section, Section)
    if score.state[unit] == OUTSIDE:
        return OUTSIDE_GROUPS
    if score.state[unit] == BLOCKED:
        return BLOCKED_BY.format(items=blocking_items(score, unit))
    if score.state[unit] == NOT_APPLICABLE:
        return NOTHING_APPLIES
    if score.unavailable is not None and score.unavailable[unit]:
        return UNAVAILABLE.format(share=in_percent(section.availability or Fraction(0)))
    points = [found for child in score.children if (found := child.points.fraction(unit)) is not None]
    if not points:
        return EMPTY
    if section.pick is not None and len(points) < section.pick.fewest:
        return TOO_FEW.format(n=len(points), least=section.pick.fewest)
    return NEGATIVE if min(points) < 0 else WEIGHTLESS


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
