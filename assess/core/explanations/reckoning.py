"""To how many decimals the numbers of a sentence are shown: so that a reader who reckons with them gets its points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from assess.core.exact import Column, Rounding
from assess.core.explanations.sentences import Places
from assess.core.kinds import EXACT, Digits
from assess.core.methods.cutting import FEWEST_PLACES, TRIED_PLACES, TruncatedAmounts
from assess.core.methods.scored import Flags, Way
from assess.core.numbers import printed
from assess.core.scoring.nodes import SCORED, ItemScore, NodeScore
from assess.core.scoring.other_rankings import node_digits
from assess.core.scoring.results import Results, printed_digits

NEAR: Final = Fraction(1, 10**FEWEST_PLACES)


@dataclass(frozen=True, slots=True)
class ToPrinted:
    """The way from points to the printed ones.

    Attributes:
        exact: the points before floor and cap, `bounded` before rounding.
        between: where points between these are told.
        after: what floor, cap and corrections make of any points.
        digits: the decimals that they are rounded to.
    """

    exact: Column
    bounded: Column
    between: Flags
    after: Callable[[Column], Column]
    digits: Digits
    mode: Rounding

    def is_right(self, ways: Sequence[Way], shown: TruncatedAmounts) -> Flags:
        """Where every way leads from the numbers that a reader sees to the printed points."""
        right = self.is_near(shown.number(self.bounded))
        for way in ways:
            points = way(shown)
            if (points == self.exact)[self.exact.present].all():
                continue
            right = right & self.is_near(self.after(points))
            right = right & (~self.between | ((points - self.exact).abs() <= NEAR / 2))
        return right

    def is_near(self, reckoned: Column) -> Flags:
        """Where reckoned points round to the printed ones; those that lie on a half need only come close."""
        exact = self.bounded
        if reckoned is exact:
            return np.ones(len(exact), dtype=bool)
        if self.digits == EXACT:
            return (reckoned - exact).abs() <= NEAR / 2
        unit = Fraction(1, 10) ** self.digits
        on_half = (exact / unit * 2).round(0) == exact / unit * 2
        return (reckoned.round(self.digits, self.mode) == exact.round(self.digits, self.mode)) | (
            on_half & ((reckoned - exact).abs() <= unit * NEAR)
        )


def places_to_reckon(way: ToPrinted, ways: Sequence[Way], told: Flags) -> Places:
    """To how many decimals the numbers of the units that are told of are cut: so that a reader gets their points."""
    places = np.full(len(told), FEWEST_PLACES, dtype=np.int64)
    wrong = told
    for tried in TRIED_PLACES:
        places[wrong] = tried
        wrong = wrong & ~way.is_right(ways, TruncatedAmounts(tried))
        if not wrong.any():
            break
    return places


def printed_points(score: NodeScore, results: Results) -> list[str | None]:
    """The points of one node as printed; None where there are none."""
    digits = printed_digits(digits_of(score, results))
    texts = score.points.printed(digits)
    if digits is None or not isinstance(score, ItemScore):
        return texts
    # What is stated (a score for missing data, a full mark) counts as stated: it is not rounded, only filled up.
    for unit in np.flatnonzero((score.state != SCORED) & (score.points != score.points.round(digits))).tolist():
        texts[unit] = printed(score.points.fraction(unit) or Fraction(0))
    return texts


def digits_of(score: NodeScore, results: Results) -> Digits:
    """The decimals a node is rounded to."""
    return node_digits(score, results.inputs.sheet)
