from __future__ import annotations

from assess.core.scorecard.book import BookMaker
from tests.builders import a_sheet, a_unit, an_item, score

TWO = [an_item(id="one", figure="first", points=10), an_item(id="two", figure="second", points=10, missing="exclude")]


def test_a_mean_is_told_only_of_three_units_with_points_on_the_line():
    units = {"a": a_unit(first=1, second=3), "b": a_unit(first=2, second=4), "c": a_unit(first=6)}
    card = BookMaker(score(a_sheet(*TWO), units).lines).card(0)

    assert {row.id: (row.points, row.mean, row.mean_share is None) for row in card.rows} == {
        "one": ("1", "3.00", False),
        "two": ("3", None, True),
    }
