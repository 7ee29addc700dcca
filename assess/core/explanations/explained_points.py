"""What is told of points that came about in one step, through floor, cap and rounding: of sections and conversions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assess.core.exact import Column, where
from assess.core.explanations.corrected import CorrectedPoints
from assess.core.explanations.earned import EarnedPoints
from assess.core.explanations.ending_words import EARNED
from assess.core.explanations.explanation import Explanation
from assess.core.explanations.reckoning import ToPrinted, places_to_reckon
from assess.core.explanations.sentences import shown_to
from assess.core.kinds import EXACT
from assess.core.methods.scored import Explained, Flags, OutcomeSentence
from assess.core.scoring.inputs import ScopeValues
from assess.core.text import EMPTY_TEXT, Text


def nothing_told(told: Flags, reasons: Mapping[int, Text]) -> Explanation:
    """No more than why some units have no points."""
    size = len(told)
    return Explanation(size, (), {}, (), {}, without(told, reasons), np.zeros(size, dtype=np.int64))


def explained_points(
    explained: Explained,
    way: ToPrinted,
    points: Column,
    told: Flags,
    reasons: Mapping[int, Text],
    *,
    corrections: tuple[CorrectedPoints, ScopeValues] | None = None,
    unit: Text | None = None,
) -> Explanation:
    """How points came about where that is told, and why units have none.

    Args:
        explained: the clauses, and how a reader reckons with their numbers.
        way: from the points before floor and cap to the printed ones.
        points: the printed ones.
        told: the units of which it is told.
        reasons: what is told of others.
        corrections: the corrections that the points went through, and the values that name their conditions.
        unit: what the points are counted in where they are scores and not points.
    """
    size = len(told)
    places = places_to_reckon(way, explained.ways, told)
    texts = shown_to(points, places) if way.digits == EXACT else [text or "" for text in points.printed(way.digits)]
    within, held, kept = way.bounded, np.zeros(size, dtype=bool), {}
    if corrections is not None:
        corrected, values = corrections
        within, held, kept = corrected.within, corrected.held, corrected.told(values, places)
    before = where(held, way.bounded, way.exact)
    earned = EarnedPoints(EARNED, way.exact, within, before, points, texts, held, places, way.mode, unit)
    ends = (*earned.cases(), OutcomeSentence(None, EARNED.earned))
    return Explanation(size, explained.clauses, kept, ends, earned.facts(), without(told, reasons), places)


def without(told: Flags, reasons: Mapping[int, Text]) -> dict[int, Text]:
    """What is told of the units of which no points are told: why, or nothing."""
    return dict.fromkeys(np.flatnonzero(~told).tolist(), EMPTY_TEXT) | dict(reasons)
