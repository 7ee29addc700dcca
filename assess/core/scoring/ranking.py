"""Ranks inside groups: by printed total, parted by tie-breaks, ties as the sheet says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, comparing
from assess.core.exact.comparing import Ties
from assess.core.kinds import EXACT
from assess.core.methods.scored import Flags
from assess.core.rules.outcome import FigureTieBreak
from assess.core.scoring.adjusting import as_printed
from assess.core.scoring.nodes import NodeScore, Scene

COMPARED_DIGITS = 9
"""Where the total is not rounded, totals are compared at so many decimals."""


def rank_totals(
    totals: Column, tie_breaks: Sequence[Column], groups: NDArray[np.int64], ranked: Flags, *, higher: bool, ties: Ties
) -> Column:
    """The rank of each ranked unit in its group, 1 the best; missing for the others.

    `tie_breaks` are compared in turn where totals are equal, in the same direction, what is missing last.
    """
    keys = comparing.order_keys(totals if higher else -totals)
    for tie_break in tie_breaks:
        keys = parted(keys, comparing.order_keys(tie_break if higher else -tie_break))
    return comparing.ranks(Column.integers(keys, missing=totals.missing), groups, ranked, True, ties)


def tie_breaks(scene: Scene, scores: Mapping[str, NodeScore]) -> list[Column]:
    """What parts equal totals, in the direction of the ranking: scores as printed, figures exactly."""
    ranking = scene.sheet.ranking
    found = []
    for entry in ranking.tie_break or ():
        if isinstance(entry, FigureTieBreak):
            value = scene.values.value(entry.figure)
            assert isinstance(value, Column)
            found.append(value if entry.better is ranking.better else -value)
        else:
            found.append(as_printed(scores[entry].points, EXACT, scene))
    return found


def parted(keys: NDArray[np.int64], by: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order keys that part equal ones by a second key; a missing second key is -1 and so comes last."""
    codes: NDArray[np.int64] = np.unique(keys * (len(keys) + 2) + by + 1, return_inverse=True)[1].astype(np.int64)
    return codes
