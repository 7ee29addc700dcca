"""An estimate by sections: the sums of the sections are those of the whole, and every lost point has its item."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest

from assess.core.estimated_sections import estimated_losses, estimated_sections, waiting_items
from assess.core.estimates import estimate, own_inputs
from tests.core.test_estimates import INPUTS, reported


def sum_of(numbers: Iterable[str]) -> Fraction:
    return sum(map(Fraction, numbers), Fraction(0))


@pytest.mark.parametrize("place", [0, 20, 42])
def test_the_sections_add_up_to_the_estimate_and_no_item_is_told_twice(place: int):
    found = estimate(own_inputs(INPUTS.sheet, INPUTS.units, place, reported(place), previous=INPUTS.last_year))

    sections = list(estimated_sections(INPUTS.sheet, found))
    losses, waiting = estimated_losses(found), waiting_items(found)

    assert len(sections) == len(INPUTS.sheet.items)
    assert (sum_of(each.points for each in sections), sum_of(each.full for each in sections)) == (
        Fraction(found.points),
        Fraction(found.full),
    )
    assert [Fraction(each.lost) for each in losses] == sorted((Fraction(each.lost) for each in losses), reverse=True)
    assert {loss.line.item: Fraction(loss.lost) for loss in losses} == {
        line.item: Fraction(line.full) - Fraction(line.points)
        for line in found.lines
        if line.points is not None and line.off is None and Fraction(line.points) < Fraction(line.full)
    }
    assert sorted(item.item for each in waiting for item in each.items) == sorted(each.item for each in found.later)
    assert [len({item.why for item in each.items}) for each in waiting] == [1] * len(waiting)
