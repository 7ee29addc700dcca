"""Headroom by search is what trying every value finds."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.exact import Column, Rounding
from assess.core.headroom.making import Gain, headroom_of
from tests.builders import a_sheet, score
from tests.core.headroom.random_items import MARK, ItemDrawer, RandomCase
from tests.core.headroom.tried_out import TriedOut, tried_out
from tests.rounds import examples


def gained(gain: Gain, unit: int) -> tuple[Fraction, Fraction] | None:
    """The value and the score of one unit."""
    to, points = gain.to.fraction(unit), gain.score.fraction(unit)
    return None if to is None or points is None else (to, points)


def highest_score(case: RandomCase) -> Fraction:
    """The most that the item can get, as it is rounded."""
    cap, digits = Fraction(case.item.get("cap", MARK)), case.item["round"]
    found = cap if digits == "none" else Column.of([cap]).round(digits, Rounding(case.mode)).fraction(0)
    assert found is not None
    return found


@settings(max_examples=examples(90))
@given(st.integers(0, 2**32))
def test_the_nearest_gain_and_the_nearest_highest_score_are_those_of_all_values_that_may_be_entered(seed: int):
    case = ItemDrawer(Random(seed)).case()
    sheet = a_sheet(case.item, figures=case.figures, attributes=("flag", "factor"), **case.keys)
    results = score(sheet, case.units, case.exempt).results

    headroom = {each.figure: each for each in headroom_of(results).get("item", ())}

    for unit in range(len(case.units)):
        wanted = tried_out(results, unit, "f", highest_score(case))
        if wanted is not None:
            assert TriedOut(gained(headroom["f"].next, unit), gained(headroom["f"].full, unit)) == wanted
