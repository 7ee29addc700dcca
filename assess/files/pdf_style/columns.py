"""Columns of tables: how wide each is and how its lines stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assess.files.pdf_style.look import CELL, CELL_BOLD, Style
from assess.files.pdf_style.setting import Typesetter

PAD: Final = 1.0
"""Blank above and below the lines of a cell."""
SIDE: Final = 2.6
"""Blank left and right of the lines of a cell."""
NUMBER_SIDE: Final = 4.0
"""Blank right of numbers, which part them from the text that follows."""


class Align(StrEnum):
    """How the lines of a column stand; numbers stand with their decimal points in line."""

    LEFT = "left"
    MIDDLE = "middle"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class PdfColumn:
    """A column: its heading, width in points, how it is set; `fraction` is the width of its longest decimals,
    `side` the blank to the right of numbers.

    A heading with a `note` below stands in the middle; a `turned` one runs upwards to save width, as much of it as
    there is room for.
    """

    title: str
    width: float
    align: Align = Align.LEFT
    style: Style = CELL
    fraction: float = 0.0
    side: float = NUMBER_SIDE
    turned: bool = False
    note: str | None = None


def decimals_of(number: str) -> str:
    """The point and what follows it."""
    _whole, point, decimals = number.partition(".")
    return point + decimals


def has_digits(line: str) -> bool:
    """Whether a cell of a column of numbers holds one; a dash or a word stands at the right edge."""
    return any(char.isdigit() for char in line)


def number_column(setter: Typesetter, title: str, values: Sequence[str | None], least: float = 0.0) -> PdfColumn:
    """A column just wide enough for its numbers, which may be missing, and for the words of its heading."""
    whole, fraction = number_widths(setter, values, CELL_BOLD)
    other = max((setter.width(value, CELL_BOLD) for value in values if value), default=0.0)
    return PdfColumn(
        title, max(least, max(whole + fraction, other) + SIDE + NUMBER_SIDE), Align.NUMBER, fraction=fraction
    )


def number_widths(setter: Typesetter, values: Sequence[str | None], style: Style) -> tuple[float, float]:
    """How wide the longest whole parts and the longest decimals of numbers are."""
    numbers = [value for value in values if value and has_digits(value)]
    whole = max((setter.width(value.partition(".")[0], style) for value in numbers), default=0.0)
    return whole, max((setter.width(decimals_of(value), style) for value in numbers), default=0.0)
