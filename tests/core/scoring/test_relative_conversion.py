"""Conversion in proportion to the best total, where totals may lie at 0 or below."""

from __future__ import annotations

from assess.core.text import Text
from tests.builders import a_sheet, a_unit, an_adjustment, an_item, score
from tests.core.scoring.test_conversion import converted

LINE = {"figure": "panel", "target": 5, "points": 3, "partial": "pro-rata"}


def test_where_the_best_total_is_not_above_zero_everybody_gets_nothing_and_a_warning_says_why():
    conversion = {"by": "relative", "points": 10}
    lowered = an_adjustment("deduction", items=[an_item("award", id="less", points=100, lines=[LINE])])

    assert converted(conversion, 0, 0) == ["0.00", "0.00"]
    assert converted(conversion, 0, 5, ranking={"better": "lower"}) == ["0.00", "0.00"]
    # Totals of 0 and of -5.
    assert converted(conversion, 0, 10, adjustments=[lowered]) == ["0.00", "0.00"]
    outcome = score(a_sheet(an_item(points=100), conversion=conversion), {"a": a_unit(panel=0), "b": a_unit()})
    assert [(each.unit, each.id, each.what) for each in outcome.results.warnings] == [
        (unit, "conversion", Text(
            "本组最好的总分为0.00，不高于0，按与最好之比折算的分数均为0",
            "the best total of the group is 0.00, not above 0, so all converted points are 0",
        )) for unit in (0, 1)
    ]  # fmt: skip


def test_totals_are_compared_with_the_best_by_what_lies_above_their_floor():
    conversion = {"by": "relative", "points": 10}
    lowered = an_adjustment("deduction", items=[an_item("award", id="less", points=100, lines=[LINE])])
    floor = {"total": {"floor": -10}, "adjustments": [lowered]}

    # Totals of 2, -4 and -10, which are 12, 6 and 0 above the floor.
    assert converted(conversion, 2, "9.5", 40, **floor) == ["10.00", "5.00", "0.00"]
    # Without a floor what lies below 0 is nothing.
    assert converted(conversion, 2, 8, adjustments=[lowered]) == ["10.00", "0.00"]
