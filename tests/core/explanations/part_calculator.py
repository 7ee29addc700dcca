"""What a pocket calculator makes of the printed parts of an item that is scored by periods or objects."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

from assess.core.methods.scored import Amount
from assess.core.rules.nodes import Item, Over
from assess.core.scoring.nodes import ItemScore

CUT = Fraction(1, 10**9)
"""What thirds lose in print."""


def of_unit(amount: Amount | None, unit: int) -> Fraction | None:
    """The amount of one unit, where it has one."""
    return amount if amount is None or isinstance(amount, Fraction) else amount.fraction(unit)


def is_combined(score: ItemScore, unit: int) -> bool:
    """Whether the parts that counted come to the points of the item, before its floor, cap and corrections.

    True of weighted and rounded combinations: no part tells its weight, and rounding is tried elsewhere.
    """
    item, parts = score.node, score.parts
    assert isinstance(item, Item)
    assert parts is not None
    assert score.exact is not None
    points = {row: parts.points.fraction(row) for row in parts.of_unit(unit)}
    scored = [each for each in points.values() if each is not None]
    counted = [each for row, each in points.items() if parts.counted[row] and each is not None]
    exact = score.exact.fraction(unit)
    if not counted or exact is None or item.part_weight is not None or item.over_round is not None:
        return bool(counted) or exact is None
    combined = together(item, counted, scored)
    full, part = of_unit(score.full, unit), of_unit(parts.full, parts.of_unit(unit)[0])
    if full is not None and part is not None and item.over is not Over.SUM:
        combined = combined * full / (1 if item.over is Over.SHARE else part)
    return abs(combined - exact) <= CUT


def together(item: Item, counted: list[Fraction], scored: list[Fraction]) -> Fraction:
    """The counted parts in one number."""
    if item.over is Over.SHARE:
        assert item.bar is not None
        return Fraction(sum(each >= item.bar for each in scored), len(scored))
    if item.over is Over.SUM:
        return sum(counted, Fraction(0))
    return median(counted) if item.over is Over.MEDIAN else sum(counted, Fraction(0)) / len(counted)
