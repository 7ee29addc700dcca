"""Bars of findings that are open, those that are overdue first in each, with the numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.text import Language, Text
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Shape, StraightLine
from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.look import BLACK, GREY, LINE, PALE_BLUE

TITLE: Final = Text("未销账问题及其中逾期数", "Open findings, with overdue findings")
OPEN: Final = Text("未销账", "open")
OVERDUE: Final = Text("逾期", "overdue")
RED: Final = "#a02222"
WIDE: Final = 640.0
MAX_TITLE: Final = 240.0
SIZE: Final = 10.0
PITCH: Final = 19.0
BAR: Final = 11.0
NUMBERS: Final = 56.0
TOP_ROOM: Final = 22.0


@dataclass(frozen=True, slots=True)
class OpenBar:
    """One bar: what it is of, how many findings are open and how many of these overdue."""

    title: Text
    open: int
    overdue: int


def open_bars(bars: Sequence[OpenBar], language: Language) -> Drawing:
    """A row a bar: the title, a red part for what is overdue before a pale one for the rest, and both numbers."""
    titles = [shortened(bar.title.localized(language), MAX_TITLE, SIZE)[0] for bar in bars]
    left = max((width_of(title, SIZE) for title in titles), default=0.0) + 8
    right, most = WIDE - 2 * NUMBERS, max((bar.open for bar in bars), default=0) or 1
    high = TOP_ROOM + PITCH * len(bars) + 4
    shapes: list[Shape] = [*headings(language, high), StraightLine(left, 2, left, high - TOP_ROOM, LINE)]
    for at, (title, bar) in enumerate(zip(titles, bars, strict=True)):
        middle = high - TOP_ROOM - PITCH * (at + 0.5)
        shapes += row(title, bar, left, (right - left) / most, middle)
    return Drawing(WIDE, high, TITLE.localized(language), tuple(shapes))


def headings(language: Language, high: float) -> list[Shape]:
    """The headings over the numbers, each beside the colour that it names."""
    shapes: list[Shape] = []
    for words, x, colour in ((OVERDUE, WIDE - NUMBERS, RED), (OPEN, WIDE, PALE_BLUE)):
        text = words.localized(language)
        shapes.append(ChartLabel(x, high - 14, text, SIZE, anchor="end", colour=GREY))
        shapes.append(Box(x - width_of(text, SIZE) - 13, high - 14, 9, 9, colour))
    return shapes


def row(title: str, bar: OpenBar, left: float, scale: float, middle: float) -> list[Shape]:
    """The title, the two parts of a bar and the numbers."""
    y, foot = middle - SIZE * 0.36, middle - BAR / 2
    overdue, whole = bar.overdue * scale, bar.open * scale
    return [
        ChartLabel(left - 6, y, title, SIZE, anchor="end"),
        Box(left, foot, overdue, BAR, RED),
        Box(left + overdue, foot, whole - overdue, BAR, PALE_BLUE),
        ChartLabel(WIDE - NUMBERS, y, str(bar.overdue), SIZE, bar.overdue > 0, "end", RED if bar.overdue else GREY),
        ChartLabel(WIDE, y, str(bar.open), SIZE, anchor="end", colour=BLACK),
    ]
