"""Number cells of our workbooks: a cell holds a number only where it shows the very digits that are printed."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from assess.core.numbers import from_cell

MAX_DECIMALS: Final = 30
"""Decimals that a number format of Excel takes."""


def double_of(printed: str) -> float | None:
    """The double of a printed number; None where a cell would show other digits, and so text belongs there.

    A cell shows 15 significant digits, from about 1e-300 to 1e308.
    """
    value = Fraction(printed)
    try:
        double = float(value)
    except OverflowError:
        return None
    return double if len(decimals_of(printed)) <= MAX_DECIMALS and from_cell(double) == value else None


def pattern_of(printed: str) -> str:
    """The number format that shows as many decimals as are printed, and ≈ before what was cut."""
    digits = len(decimals_of(printed))
    plain = "0." + "0" * digits if digits else "0"
    return f'"≈"{plain};"≈"-{plain}' if printed.startswith("≈") else plain


def decimals_of(printed: str) -> str:
    """The digits after the point."""
    return printed.partition(".")[2]
