"""Tints for tables of score rates: the higher the rate the deeper; each tinted cell also holds its number."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from assess.core.text import Text

STEPS: Final = (
    (Fraction(90, 100), "#a9c7e8", Text("90%及以上", "90% or more")),
    (Fraction(80, 100), "#c9dcf1", Text("80%—90%", "80% to 90%")),
    (Fraction(70, 100), "#e4eef8", Text("70%—80%", "70% to 80%")),
    (Fraction(60, 100), "#ffffff", Text("60%—70%", "60% to 70%")),
)
LOW: Final = ("#d9d9d9", Text("不足60%", "below 60%"))
"""Grey, with the number in bold: it must be seen on a black and white print as well."""


def tint_of(rate: Fraction | None) -> str | None:
    """The tint of a score rate; none where there is no score."""
    if rate is None:
        return None
    return next((tint for least, tint, _ in STEPS if rate >= least), LOW[0])


def is_low(rate: Fraction | None) -> bool:
    """Whether a rate is so low that its number is printed in bold."""
    return rate is not None and rate < STEPS[-1][0]
