"""A reported value beside the one of the year before."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from assess.core.figures.entry import MILLION, Stored
from assess.core.numbers import printed, round_half_up
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Text

UNCHANGED: Final = Text("持平", "unchanged")
ANOTHER: Final = Text("与上年不同", "differs from last year")
POINTS: Final = Text("{change}个百分点", "{change} percentage points")
SHARE: Final = Text("{change}（{share}%）", "{change} ({share}%)")
NUMBERS: Final = frozenset({FigureKind.NUMBER, FigureKind.COUNT, FigureKind.PERCENT})


def change_of(figure: Figure, value: Stored, last: Stored) -> Text | None:
    """How far a value lies from last year's: percentages in points, other numbers with their share; None for blank."""
    if value == Stored() or last == Stored():
        return None
    if value == last:
        return UNCHANGED
    if figure.kind not in NUMBERS or value.millionths is None or last.millionths is None:
        return ANOTHER
    change = Fraction(value.millionths - last.millionths, MILLION)
    if figure.kind is FigureKind.PERCENT:
        return POINTS.format(change=signed(change))
    if not last.millionths:
        return Text.same(signed(change))
    share = round_half_up(change * MILLION * 100 / abs(last.millionths), 0)
    return SHARE.format(change=signed(change), share=signed(share))


def signed(number: Fraction) -> str:
    """A number with its sign, a true minus."""
    return f"+{printed(number)}" if number > 0 else printed(number).replace("-", "−")
