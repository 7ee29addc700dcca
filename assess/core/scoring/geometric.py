"""The geometric mean: the one combination of scores that no fraction holds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, where
from assess.core.methods.scored import Amount, Flags

DOUBT: Final = 0.02
"""Of a unit of the twelfth digit: more than the error of a mean in doubles."""
WIDE: Final = Context(prec=40)
TWELVE: Final = Context(prec=12, rounding=ROUND_HALF_UP)


def geometric_mean(scores: Sequence[Column], weights: Sequence[Amount]) -> Column:
    """The weighted geometric mean of positive scores, at 12 significant digits.

    Doubles tell all but a few of the digits. Where they leave the twelfth in doubt it is found with 40 digits, so that
    neither the order of the scores nor the machine changes it.

    Args:
        scores: one column for each score, without zeros and negatives; a missing one is left out.
        weights: of each score.

    Returns:
        Missing where no score that is there carries weight.
    """
    means = approximate(scores, weights)
    found = Column.from_floats(means, ~np.isfinite(means))
    doubtful = near_half(means)
    if not doubtful.any():
        return found
    certain = [certain_mean(scores, weights, unit) if doubt else None for unit, doubt in enumerate(doubtful.tolist())]
    return where(doubtful, Column.of(certain), found)


def approximate(scores: Sequence[Column], weights: Sequence[Amount]) -> NDArray[np.float64]:
    """The means in doubles; not a number where no score carries weight."""
    logs, carried = np.zeros(len(scores[0])), np.zeros(len(scores[0]))
    for score, weight in zip(scores, weights, strict=True):
        number = weight.filled(0).to_floats() if isinstance(weight, Column) else float(weight)
        logs += number * np.log(score.filled(1).to_floats())
        carried += number * score.present
    with np.errstate(invalid="ignore"):
        means: NDArray[np.float64] = np.exp(logs / carried)
    return means


def near_half(means: NDArray[np.float64]) -> Flags:
    """Where rounding to 12 significant digits hangs on an error of the last bits."""
    known = np.where(np.isfinite(means), means, 1.0)
    scaled = known * 10.0 ** (11 - np.floor(np.log10(known)))
    near: Flags = np.abs(np.abs(scaled - np.rint(scaled)) - 0.5) < DOUBT
    return near


def certain_mean(scores: Sequence[Column], weights: Sequence[Amount], unit: int) -> Fraction:
    """The mean of one unit."""
    logs, carried = Decimal(0), Fraction(0)
    for score, weight in zip(scores, weights, strict=True):
        value, number = score.fraction(unit), weight.fraction(unit) if isinstance(weight, Column) else weight
        if value is not None and number is not None:
            logs = WIDE.add(logs, WIDE.multiply(wide(number), WIDE.ln(wide(value))))
            carried += number
    return Fraction(TWELVE.plus(WIDE.exp(WIDE.divide(logs, wide(carried)))))


def wide(value: Fraction) -> Decimal:
    """A fraction as a decimal of 40 digits."""
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
