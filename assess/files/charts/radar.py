"""A radar of score rates: one axis a section, the unit as an area, the mean of the group as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import cos, pi, sin
from typing import Final

from assess.core.text import Language, Text
from assess.files.charts.shares import SectionBar
from assess.files.pdf_style.breaking import ATOM, shortened
from assess.files.pdf_style.drawing import Anchor, Box, ChartLabel, Drawing, Polygon, Shape, StraightLine
from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.look import BLUE, GREY, HAIR, LINE, PALE_BLUE

TITLE: Final = Text("各类得分率雷达图", "Score rates by section (radar)")
UNIT: Final = Text("本单位", "this unit")
MEAN: Final = Text("本组平均", "group average")
FEWEST: Final = 5
MAX_AXES: Final = 16
SIZE: Final = 7.5
LEAST_SHARE: Final = 0.9
"""How much smaller than usual a title may become."""
LABEL_ROOM: Final = {"zh": 49.0, "en": 54.0}
LABEL_LINES: Final = 3
LEGEND_ROOM: Final = 12.0


def radar_fits(shares: Sequence[SectionBar]) -> bool:
    """Whether a radar of these sections can be read: five to sixteen of them have a score."""
    return FEWEST <= sum(share.rate is not None for share in shares) <= MAX_AXES


def radar(shares: Sequence[SectionBar], language: Language, *, wide: float = 160, high: float = 168) -> Drawing:
    """The sections that have a score, clockwise from the top."""
    scored = [share for share in shares if share.rate is not None]
    middle = (wide / 2, (high + LEGEND_ROOM) / 2)
    reach = min(wide / 2 - LABEL_ROOM[language], (high - LEGEND_ROOM) / 2 - 2.4 * SIZE)
    spokes = [(sin(2 * pi * at / len(scored)), cos(2 * pi * at / len(scored))) for at in range(len(scored))]
    shapes: list[Shape] = [Polygon(area(spokes, [share.rate for share in scored], middle, reach), PALE_BLUE, None)]
    shapes += web(spokes, middle, reach)
    if all(share.mean is not None for share in scored):
        means = area(spokes, [share.mean for share in scored], middle, reach)
        shapes.append(Polygon(means, None, GREY, 0.8, (2.4, 1.6)))
    shapes.append(Polygon(area(spokes, [share.rate for share in scored], middle, reach), None, BLUE, 1.2))
    for spoke, share in zip(spokes, scored, strict=True):
        shapes += named(share.title.localized(language), spoke, middle, reach, LABEL_ROOM[language])
    return Drawing(wide, high, TITLE.localized(language), (*shapes, *legend(language, wide)))


def area(
    spokes: Sequence[tuple[float, float]],
    rates: Sequence[Fraction | None],
    middle: tuple[float, float],
    reach: float,
) -> tuple[tuple[float, float], ...]:
    """The corners of rates on their spokes, none outside the web."""
    parts = [min(max(float(rate or 0), 0.0), 1.0) * reach for rate in rates]
    return tuple((middle[0] + x * part, middle[1] + y * part) for (x, y), part in zip(spokes, parts, strict=True))


def web(spokes: Sequence[tuple[float, float]], middle: tuple[float, float], reach: float) -> list[Shape]:
    """Rings at 25, 50, 75 and 100 percent, and the spokes."""
    rings = [
        Polygon(area(spokes, [Fraction(part, 4)] * len(spokes), middle, reach), None, LINE if part == 4 else HAIR, 0.4)
        for part in (1, 2, 3, 4)
    ]
    ends = [(middle[0] + x * reach, middle[1] + y * reach) for x, y in spokes]
    return [*rings, *(StraightLine(*middle, *end, HAIR, 0.4) for end in ends)]


def named(
    title: str, spoke: tuple[float, float], middle: tuple[float, float], reach: float, room: float
) -> list[Shape]:
    """The title at the end of a spoke, in a few lines."""
    x, y = middle[0] + spoke[0] * (reach + 3), middle[1] + spoke[1] * (reach + 3)
    side = abs(spoke[0]) > 0.2
    anchor: Anchor = ("start" if spoke[0] > 0 else "end") if side else "middle"
    room = room - 3 if side else 1.25 * room
    size = SIZE * fitting(title, room)
    lines, leading = shortened(title, room, size, lines=LABEL_LINES), size * 1.1
    first = y - size * 0.36 + (len(lines) - 1) * leading * (0.5 + 0.5 * spoke[1]) + spoke[1] * size * 0.5
    return [ChartLabel(x, first - at * leading, line, size, anchor=anchor) for at, line in enumerate(lines)]


def fitting(title: str, room: float) -> float:
    """How much smaller a title is set: so that it fits on one line, or else that its longest word is not cut."""
    one_line = room / max(width_of(title, SIZE), 1.0)
    longest = max((width_of(word, SIZE) for word in ATOM.findall(title)), default=1.0)
    return min(1.0, one_line if one_line >= LEAST_SHARE else max(LEAST_SHARE, room / longest))


def legend(language: Language, wide: float) -> list[Shape]:
    """What the area and the dashed line are."""
    unit, mean = UNIT.localized(language), MEAN.localized(language)
    return [
        Box(wide / 2 - 62, 1.5, 10, 5, PALE_BLUE, BLUE, 0.8),
        ChartLabel(wide / 2 - 49, 1.5, unit, SIZE),
        StraightLine(wide / 2 + 4, 4, wide / 2 + 16, 4, GREY, 0.8, (2.4, 1.6)),
        ChartLabel(wide / 2 + 19, 1.5, mean, SIZE),
    ]
