"""Ranks inside groups: by printed total, parted by tie-breaks, ties as the sheet says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, comparing
from assess.core.exact.comparing import Ties
from assess.core.methods.scored import Flags

COMPARED_DIGITS = 9
"""Where the total is not rounded, totals are compared at so many decimals."""


def rank_totals(
    totals: Column, tie_breaks: Sequence[Column], groups: NDArray[np.int64], ranked: Flags, *, higher: bool, ties: Ties
) -> Column:
    """The rank of each ranked unit in its group, 1 the best; missing for the others.

    `tie_breaks` are compared in turn where totals are equal, in the same direction, a missing score last.
    """
    keys = comparing.order_keys(totals if higher else -totals)
    for tie_break in tie_breaks:
        keys = parted(keys, comparing.order_keys(tie_break if higher else -tie_break))
    return comparing.ranks(Column.integers(keys, missing=totals.missing), groups, ranked, True, ties)


def parted(keys: NDArray[np.int64], by: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order keys that part equal ones by a second key; a missing second key is -1 and so comes last."""
    codes: NDArray[np.int64] = np.unique(keys * (len(keys) + 2) + by + 1, return_inverse=True)[1].astype(np.int64)
    return codes
