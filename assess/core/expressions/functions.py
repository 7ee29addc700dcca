"""The calls of which no fraction holds the value: where they are defined, and what is told elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from assess.core.exact import Column
from assess.core.exact.integers import Flags
from assess.core.exact.roots import (
    LARGEST_POWER,
    common_logarithms,
    natural_logarithms,
    powers_of_e,
    square_roots,
)
from assess.core.expressions import wording
from assess.core.text import Text


class ApproximateCall(NamedTuple):
    """A call of one number: its value, where it has none, and why."""

    value: Callable[[Column], Column]
    undefined: Callable[[Column], Flags]
    why: Text


APPROXIMATE: Final = {
    "sqrt": ApproximateCall(square_roots, lambda x: x < 0, wording.ROOT_OF_NEGATIVE),
    "ln": ApproximateCall(natural_logarithms, lambda x: x <= 0, wording.NO_LOGARITHM),
    "log10": ApproximateCall(common_logarithms, lambda x: x <= 0, wording.NO_LOGARITHM),
    "exp": ApproximateCall(powers_of_e, lambda x: x.abs() > LARGEST_POWER, wording.POWER_TOO_LARGE),
}
"""By the name of the call."""
