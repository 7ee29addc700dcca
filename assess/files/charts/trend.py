"""A line of totals from one moment to the next, each point with its total and, below the scale, when it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from assess.core.result_units import headed
from assess.core.text import Language, Text
from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Shape, StraightLine
from assess.files.pdf_style.look import BLUE, GREY, HAIR, LINE

TITLE: Final = Text("总分变化", "Change of the total")
FEWEST: Final = 2
MAX_POINTS: Final = 12
"""So many points have room for their numbers."""
SIZE: Final = 8.0
SIDE: Final = 30.0
FOOT: Final = 18.0
TOP: Final = 16.0
DOT: Final = 4.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A total, as a number and as it is printed, and when it was."""

    when: str
    value: Fraction
    printed: str


def trend_fits(points: Sequence[TrendPoint]) -> bool:
    """Whether there is a line to draw."""
    return len(points) >= FEWEST


def trend(
    points: Sequence[TrendPoint],
    language: Language,
    *,
    wide: float = 520,
    high: float = 120,
    unit: Text | None = None,
) -> Drawing:
    """The newest points from left to right; the scale spans what there is, its numbers stand at the points.

    `unit` is what totals are counted in, points unless given.
    """
    shown = points[-MAX_POINTS:]
    low, span = min(each.value for each in shown), spread_of(shown)
    across = (wide - 2 * SIDE) / max(len(shown) - 1, 1)
    up = (high - FOOT - TOP - 2 * SIZE) / span
    places = [(SIDE + at * across, FOOT + SIZE + float(each.value - low) * up) for at, each in enumerate(shown)]
    shapes: list[Shape] = [StraightLine(SIDE - 12, FOOT, wide - SIDE + 12, FOOT, LINE, 0.6)]
    for (x, y), each in zip(places, shown, strict=True):
        shapes.append(StraightLine(x, FOOT, x, y, HAIR, 0.4))
        shapes.append(ChartLabel(x, FOOT - 11, each.when, SIZE, anchor="middle", colour=GREY))
    shapes += [StraightLine(*one, *other, BLUE, 1.4) for one, other in pairwise(places)]
    for (x, y), each in zip(places, shown, strict=True):
        shapes.append(Box(x - DOT / 2, y - DOT / 2, DOT, DOT, BLUE))
        shapes.append(ChartLabel(x, y + 5, each.printed, SIZE, bold=True, anchor="middle"))
    if unit is not None:
        shapes.append(ChartLabel(0, high - SIZE, unit.localized(language), SIZE, colour=GREY))
    return Drawing(wide, high, headed(TITLE, unit).localized(language), tuple(shapes))


def spread_of(points: Sequence[TrendPoint]) -> float:
    """The points between the lowest and the highest total, one at least so that a level line is drawn level."""
    values = [each.value for each in points]
    return max(float(max(values) - min(values)), 1.0)
