"""How the totals of a group are spread: a column a range of points, with the bounds of the grades."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Final, NamedTuple

from assess.core.numbers import printed
from assess.core.text import Language, Text
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Polygon, Shape, StraightLine
from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.look import BLACK, BLUE, BODY_WIDTH, GREY, LINE, PALE_BLUE

TITLE: Final = Text("总分分布", "Distribution of totals")
POINTS: Final = Text("分", "points")
UNITS: Final = Text("单位数", "units")
STEPS: Final = (1, 2, 5)
MAX_RANGES: Final = 16
FEWEST_RANGES: Final = 8
SIZE: Final = 7.5
LEFT: Final = 8.0
SCALE_ROOM: Final = 20.0
TITLE_ROOM: Final = 30.0


class ChartRange(NamedTuple):
    """A half-open range of points and how many totals lie in it."""

    begin: Fraction
    end: Fraction
    units: int


def ranges_of(totals: Sequence[Fraction]) -> list[ChartRange]:
    """Equal ranges of a round width, at most about sixteen, that hold all totals; blank ones around very few."""
    low, high = min(totals), max(totals)
    step = round_step((high - low) / MAX_RANGES) if high > low else Fraction(1)
    first, last = floor(low / step), floor(high / step)
    blank = max(0, FEWEST_RANGES - (last - first + 1))
    first, last = first - blank // 2, last + (blank + 1) // 2
    counts = [0] * (last - first + 1)
    for total in totals:
        counts[floor(total / step) - first] += 1
    return [ChartRange((first + at) * step, (first + at + 1) * step, count) for at, count in enumerate(counts)]


def round_step(least: Fraction) -> Fraction:
    """The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … that is above a width, a hundredth at least."""
    scale = Fraction(1, 100)
    while True:
        for step in STEPS:
            if step * scale > least:
                return step * scale
        scale *= 10


def distribution(
    totals: Sequence[Fraction],
    bounds: Sequence[tuple[Text, Fraction]],
    language: Language,
    *,
    wide: float = BODY_WIDTH,
    high: float = 130,
    marked: Fraction | None = None,
    unit: Text | None = None,
) -> Drawing:
    """A column a range with the number of units on top; `marked` is the total of one unit, shown by a triangle.

    `unit` is what totals are counted in, points unless given.
    """
    ranges = ranges_of(totals)
    begin, end = ranges[0].begin, ranges[-1].end
    across = (wide - 2 * LEFT) / float(end - begin)
    up = (high - SCALE_ROOM - TITLE_ROOM) / max(each.units for each in ranges)
    shapes: list[Shape] = []
    for at, each in enumerate(ranges):
        shapes += column(each, LEFT + float(each.begin - begin) * across, float(each.end - each.begin) * across, up)
        shapes.append(tick(each.begin, LEFT + float(each.begin - begin) * across))
        if at == len(ranges) - 1:
            shapes.append(tick(each.end, LEFT + float(each.end - begin) * across))
    shapes.append(StraightLine(LEFT, SCALE_ROOM, wide - LEFT, SCALE_ROOM, LINE, 0.6))
    shapes.append(ChartLabel(wide - LEFT, 2, (unit or POINTS).localized(language), SIZE, anchor="end", colour=GREY))
    shapes.append(ChartLabel(LEFT, high - 7, UNITS.localized(language), SIZE, colour=GREY))
    inside = [(title, LEFT + float(at - begin) * across) for title, at in bounds if begin <= at < end]
    shapes += grade_lines([(title.localized(language), x) for title, x in inside], wide, high)
    if marked is not None and begin <= marked < end:
        shapes.append(triangle(LEFT + float(marked - begin) * across))
    return Drawing(wide, high, TITLE.localized(language), tuple(shapes))


def column(each: ChartRange, x: float, wide: float, up: float) -> list[Shape]:
    """One column with its number; an empty range shows nothing."""
    if not each.units:
        return []
    top = SCALE_ROOM + each.units * up
    return [
        Box(x + 0.8, SCALE_ROOM, wide - 1.6, each.units * up, PALE_BLUE, BLUE, 0.5),
        ChartLabel(x + wide / 2, top + 2.5, str(each.units), SIZE, bold=True, anchor="middle"),
    ]


def tick(at: Fraction, x: float) -> ChartLabel:
    """The number under an edge of a column."""
    return ChartLabel(x, SCALE_ROOM - 8.5, printed(at), SIZE, anchor="middle", colour=GREY)


def grade_lines(bounds: Sequence[tuple[str, float]], wide: float, high: float) -> list[Shape]:
    """A dashed line where each grade begins, its title to the right of the line, in two rows that take turns."""
    shapes: list[Shape] = []
    for at, (title, x) in enumerate(sorted(bounds, key=lambda bound: bound[1])):
        y = high - 8 - (at % 2) * 9
        shapes.append(StraightLine(x, SCALE_ROOM, x, y + 6, BLACK, 0.6, (2, 2)))
        lines = shortened(title, max(20.0, min(90.0, wide - x - 4)), SIZE)
        spare = wide - x - 2 - width_of(lines[0], SIZE)
        shapes.append(ChartLabel(x + 2 + min(0.0, spare), y, lines[0], SIZE))
    return shapes


def triangle(x: float) -> Polygon:
    """The mark of one total, below the scale line."""
    return Polygon(((x, SCALE_ROOM), (x - 3, SCALE_ROOM - 5), (x + 3, SCALE_ROOM - 5)), BLACK, None)
