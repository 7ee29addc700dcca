"""More rankings of one sheet, each by the printed score of one item or section, whatever becomes of the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.exact.comparing import Ties
from assess.core.kinds import EXACT, Digits
from assess.core.methods.scored import Better
from assess.core.rules.nodes import Section
from assess.core.rules.outcome import NodeRanking, ResultGrade
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.grading import Places, band_of
from assess.core.scoring.nodes import NodeScore, Scene
from assess.core.scoring.ranking import COMPARED_DIGITS, rank_totals


@dataclass(frozen=True, slots=True)
class RankedScores:
    """The units ranked by the score of one node.

    `score` is that of the node, `digits` its printed decimals, None for as many as are exact. `ranks` are missing
    without a score, `of` counts the ranked units of each unit's group, and `places` are those of the grades in their
    list, -1 for none.
    """

    ranking: NodeRanking
    score: NodeScore
    digits: int | None
    ranks: Column
    of: NDArray[np.int64]
    places: Places

    def grade(self, unit: int) -> ResultGrade | None:
        """The grade of a unit."""
        place = int(self.places[unit])
        return None if place < 0 else (self.ranking.grades or ())[place]


def other_rankings(scene: Scene, scores: Mapping[str, NodeScore]) -> tuple[RankedScores, ...]:
    """Every other ranking of the sheet; adjustments of the total do not touch them."""
    return tuple(ranked_by_score(each, scores[each.node], scene) for each in scene.sheet.results or ())


def ranked_by_score(ranking: NodeRanking, score: NodeScore, scene: Scene) -> RankedScores:
    """One ranking: by the printed score, at 9 digits where it is not rounded, among the units of the group with one."""
    rounding = node_digits(score, scene.sheet)
    digits = None if rounding == EXACT else rounding
    compared = score.points.round(COMPARED_DIGITS) if digits is None else score.points
    ranked = compared.present & scene.inside
    higher = ranking.better is Better.HIGHER
    ranks = rank_totals(compared, [], scene.groups, ranked, higher=higher, ties=Ties(ranking.ties))
    numbers = np.maximum(scene.groups, 0)
    of = np.bincount(numbers[ranked], minlength=int(numbers.max(initial=0)) + 1)[numbers]
    nowhere = np.full(len(compared), -1, dtype=np.int64)
    places = band_of(compared.only(ranked), ranking.grades, ranking.better) if ranking.grades else nowhere
    return RankedScores(ranking, score, digits, ranks, of, places)


def node_digits(score: NodeScore, sheet: RuleSheet) -> Digits:
    """The decimals that a node is rounded to."""
    if isinstance(score.node, Section):
        return sheet.rounding.section
    return sheet.rounding.item if score.node.round is None else score.node.round
