"""Sizes, colours and margins that all documents share; lengths in points, colours as #rrggbb."""

from __future__ import annotations

from typing import Final, NamedTuple

BLACK: Final = "#111111"
GREY: Final = "#555b63"
LINE: Final = "#7d858f"
HAIR: Final = "#c9ced4"
BLUE: Final = "#1c4f91"
PALE_BLUE: Final = "#c3d6ec"
TINT: Final = "#dfe8f3"
LIGHT_TINT: Final = "#f0f4f9"
BAND: Final = "#e6e6e6"
WATERMARK: Final = "#f1f1f1"

PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
LEFT: Final = 55.0
RIGHT: Final = 559.0
"""The left margin is wider, for binding."""
TOP: Final = 794.0
BOTTOM: Final = 46.0
BODY_WIDTH: Final = RIGHT - LEFT
BODY_HEIGHT: Final = TOP - BOTTOM


class Style(NamedTuple):
    """A size of type, its weight and the distance of its lines."""

    size: float
    bold: bool = False
    line: float = 0.0


TITLE: Final = Style(19, bold=True, line=25)
SUBTITLE: Final = Style(12.5, bold=True, line=17)
HEADING: Final = Style(10, bold=True, line=14)
BODY: Final = Style(8.5, line=12)
BODY_BOLD: Final = Style(8.5, bold=True, line=12)
CELL: Final = Style(7.5, line=9.0)
CELL_BOLD: Final = Style(7.5, bold=True, line=9.0)
SMALL: Final = Style(7.5, line=9.0)
SMALL_BOLD: Final = Style(7.5, bold=True, line=9.0)
"""Nothing that must be read is smaller than this."""
