"""To how many decimals the numbers of a sentence are shown, so that a reader who reckons with them gets its points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assess.core.exact import Column, where

EXACT_PLACES: Final = 6
"""Numbers in sentences are shown in full up to so many decimals; longer ones are cut and marked ≈."""
FEWEST_PLACES: Final = 4
TRIED_PLACES: Final = (FEWEST_PLACES, 6, 8, 10, 12)
"""What is cut is cut to the first of these decimals with which a reader reckons right."""
PLACES_OF_PERCENT: Final = 2
"""A share has so many decimals less where it is shown in percent."""


def is_shown_in_full(amount: Column) -> bool:
    """Whether no value of the column is ever cut."""
    return isinstance(amount.denominators, int) and 10**EXACT_PLACES % amount.denominators == 0


@dataclass(frozen=True, slots=True)
class TruncatedAmounts:
    """Amounts as a reader sees them where what is cut is cut to so many decimals."""

    places: int

    def number(self, number: Column) -> Column:
        """A number."""
        return cut(number, self.places)

    def amount(self, amount: Column | Fraction) -> Column | Fraction:
        """A number, or a constant of the sheet, which is never cut."""
        return cut(amount, self.places) if isinstance(amount, Column) else amount

    def share(self, share: Column) -> Column:
        """A share, which is shown in percent."""
        return cut(share * 100, self.places - PLACES_OF_PERCENT) / 100


def cut(amount: Column, places: int) -> Column:
    """Each value in full where few decimals hold it, else cut."""
    if is_shown_in_full(amount):
        return amount
    full = amount.round(EXACT_PLACES)
    return where(amount == full, full, amount.round(places))
