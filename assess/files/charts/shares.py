"""Bars of score rates, section by section, with the mean of the group beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assess.core.numbers import printed, round_half_up
from assess.core.text import Language, Text
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Shape, StraightLine
from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.look import BLACK, BLUE, GREY, HAIR, LINE, PALE_BLUE

TITLE: Final = Text("各类得分率与本组平均", "Score rates by section and group average")
POINTS: Final = Text("得分 / 分值", "points / full mark")
RATE: Final = Text("得分率", "rate")
MEAN: Final = Text("本组平均", "average")
SIZE: Final = 7.5
LEADING: Final = 8.2
PITCH: Final = 13.2
TALL_PITCH: Final = 18.0
TOP_ROOM: Final = 12.0
POINTS_RIGHT: Final = 66.0
RATE_RIGHT: Final = 33.0
LEAST_MARK: Final = 40.0
MAX_MARK: Final = 78.0
SCALE_ROOM: Final = 10.0
NO_SCORE: Final = "—"


@dataclass(frozen=True, slots=True)
class SectionBar:
    """One section or item: its title, printed points and full mark, its score rate and the mean rate of its group."""

    title: Text
    points: str | None
    full: str
    rate: Fraction | None
    mean: Fraction | None


def percent(rate: Fraction | None) -> str:
    """A rate as it is printed in charts, or a dash."""
    return NO_SCORE if rate is None else printed(round_half_up(rate * 100, 1), 1) + "%"


def share_bars(shares: Sequence[SectionBar], language: Language, *, wide: float = 330) -> Drawing:
    """A row a section: title, a bar for the unit over a pale one for the mean of the group, and the numbers."""
    longest = max((width_of(share.title.localized(language), SIZE) for share in shares), default=0.0)
    points = max((width_of(points_and_mark(share), SIZE) for share in shares), default=0.0)
    title_room = min(longest + 1, wide * 0.36)
    left, right = title_room + 4, wide - POINTS_RIGHT - min(max(points, LEAST_MARK), MAX_MARK) - 10
    pitch = PITCH if longest < title_room else TALL_PITCH
    high = TOP_ROOM + pitch * len(shares) + SCALE_ROOM
    shapes: list[Shape] = [*headings(language, wide, high), *scale(left, right, high)]
    for at, share in enumerate(shares):
        middle = high - TOP_ROOM - pitch * (at + 0.5)
        shapes += titled(share.title.localized(language), title_room, middle)
        shapes += bars(share, left, right, middle)
        shapes += figures(share, wide, middle)
    return Drawing(wide, high, TITLE.localized(language), tuple(shapes))


def headings(language: Language, wide: float, high: float) -> list[Shape]:
    """The headings over the numbers."""
    y = high - 8
    return [
        ChartLabel(wide - POINTS_RIGHT, y, POINTS.localized(language), SIZE, anchor="end", colour=GREY),
        ChartLabel(wide - RATE_RIGHT, y, RATE.localized(language), SIZE, anchor="end", colour=GREY),
        ChartLabel(wide, y, MEAN.localized(language), SIZE, anchor="end", colour=GREY),
    ]


def scale(left: float, right: float, high: float) -> list[Shape]:
    """The lines of 0, 50 and 100 percent behind the bars."""
    shapes: list[Shape] = []
    for part in (0, 50, 100):
        x = left + (right - left) * part / 100
        shapes.append(StraightLine(x, SCALE_ROOM, x, high - TOP_ROOM, HAIR if part else LINE))
        shapes.append(ChartLabel(x, 2, f"{part}%", SIZE, anchor="middle", colour=GREY))
    return shapes


def titled(title: str, room: float, middle: float) -> list[Shape]:
    """A title of one or two lines."""
    lines = shortened(title, room, SIZE, lines=2)
    first = middle - SIZE * 0.36 + (len(lines) - 1) * LEADING / 2
    return [ChartLabel(room, first - at * LEADING, line, SIZE, anchor="end") for at, line in enumerate(lines)]


def bars(share: SectionBar, left: float, right: float, middle: float) -> list[Shape]:
    """The pale bar of the group below the bar of the unit."""
    shapes: list[Shape] = []
    if share.rate is not None:
        shapes.append(Box(left, middle, length(share.rate, right - left), 5, BLUE))
    if share.mean is not None:
        shapes.append(Box(left, middle - 4, length(share.mean, right - left), 4, PALE_BLUE))
    return shapes


def length(rate: Fraction, whole: float) -> float:
    """The length of a bar: rates below nothing or above the full mark end at the frame, their numbers tell."""
    return min(max(float(rate), 0.0), 1.0) * whole


def points_and_mark(share: SectionBar) -> str:
    """The points of the full mark."""
    points = NO_SCORE if share.points is None else share.points
    return f"{points} / {share.full}" if share.full else points


def figures(share: SectionBar, wide: float, middle: float) -> list[Shape]:
    """The numbers of a row."""
    y = middle - SIZE * 0.36
    [points] = shortened(points_and_mark(share), MAX_MARK, SIZE)
    return [
        ChartLabel(wide - POINTS_RIGHT, y, points, SIZE, anchor="end"),
        ChartLabel(wide - RATE_RIGHT, y, percent(share.rate), SIZE, bold=True, anchor="end"),
        ChartLabel(wide, y, percent(share.mean), SIZE, anchor="end", colour=GREY if share.mean is not None else BLACK),
    ]
