"""To how many decimals the numbers of a sentence are shown: so that a reader who reckons with them gets its points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from assess.core.exact import Column, where
from assess.core.explain import Places
from assess.core.kinds import EXACT, Digits
from assess.core.methods.cutting import FEWEST_PLACES, TRIED_PLACES, Shown
from assess.core.methods.scored import Flags, Way
from assess.core.numbers import printed
from assess.core.results import Results, printed_digits
from assess.core.rules.nodes import Item, Section
from assess.core.scoring.nodes import SCORED, ItemScore, NodeScore, within_bounds


def places_to_reckon(score: ItemScore, results: Results, ways: Sequence[Way]) -> Places:
    """To how many decimals each unit's numbers are cut: so that a reader who reckons with them gets the points."""
    places = np.full(len(score.points), FEWEST_PLACES, dtype=np.int64)
    wrong = score.state == SCORED
    for tried in TRIED_PLACES:
        places[wrong] = tried
        wrong = wrong & ~reckoned_right(score, results, ways, Shown(tried))
        if not wrong.any():
            break
    return places


def reckoned_right(score: ItemScore, results: Results, ways: Sequence[Way], shown: Shown) -> Flags:
    """Where every way leads from the numbers that a reader sees to the printed points."""
    assert isinstance(score.node, Item)
    assert score.exact is not None
    assert score.bounded is not None
    digits = digits_of(score, results)
    right = is_near(shown.number(score.bounded), score.bounded, digits, results)
    is_bounded = within_bounds(score.node, score.exact, score.full) != score.exact
    for way in ways:
        points = way(shown)
        if (points == score.exact)[score.exact.present].all():
            continue
        reckoned = within_bounds(score.node, points, score.full)
        for correction, kept in zip(score.node.corrections or (), score.kept, strict=True):
            reckoned = where(kept.holds, reckoned * correction.keep, reckoned)
        right = right & is_near(reckoned, score.bounded, digits, results)
        right = right & (~is_bounded | ((points - score.exact).abs() <= NEAR / 2))
    return right


NEAR: Final = Fraction(1, 10**FEWEST_PLACES)


def is_near(reckoned: Column, exact: Column, digits: Digits, results: Results) -> Flags:
    """Where reckoned points round to the printed ones; of points that lie on a half, where they come close enough."""
    if reckoned is exact:
        return np.ones(len(exact), dtype=bool)
    if digits == EXACT:
        return (reckoned - exact).abs() <= NEAR / 2
    mode = results.inputs.sheet.rounding.mode
    unit = Fraction(1, 10) ** digits
    on_half = (exact / unit * 2).round(0) == exact / unit * 2
    return (reckoned.round(digits, mode) == exact.round(digits, mode)) | (
        on_half & ((reckoned - exact).abs() <= unit * NEAR)
    )


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
    rounding = results.inputs.sheet.rounding
    if isinstance(score.node, Section):
        return rounding.section
    return rounding.item if score.node.round is None else score.node.round
