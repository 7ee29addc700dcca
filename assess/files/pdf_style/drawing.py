"""What a drawing is made of; lengths in points, y upwards, colours as #rrggbb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assess.files.pdf_style.look import BLACK, LINE

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class StraightLine:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = LINE
    width: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its lower left corner; filled, outlined or both."""

    x: float
    y: float
    wide: float
    high: float
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed area."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    stroke: str | None = LINE
    width: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """One line of text; `anchor` says which part of it stands at x, y is its base line."""

    x: float
    y: float
    text: str
    size: float = 7
    bold: bool = False
    anchor: Anchor = "start"
    colour: str = BLACK


Shape = StraightLine | Box | Polygon | ChartLabel


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its size, what it shows in one line, and its shapes from back to front."""

    wide: float
    high: float
    title: str
    shapes: tuple[Shape, ...]
