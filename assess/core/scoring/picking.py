"""Which of several values of a unit are picked: the worst, the best, or all but both ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, comparing, stacked
from assess.core.exact.comparing import Places
from assess.core.exact.integers import Flags
from assess.core.rules.picking import Pick


def picked_columns(pick: Pick, columns: Sequence[Column]) -> list[Column]:
    """Columns over the same units with their values only where these are picked."""
    size = len(columns[0])
    rows = picked(pick, stacked(columns), np.tile(np.arange(size), len(columns))).reshape(len(columns), size)
    return [column.only(row) for column, row in zip(columns, rows, strict=True)]


def picked(pick: Pick, values: Column, wholes: Places) -> Flags:
    """Which values are picked, each whole by itself.

    Of equal values the earlier is taken first, by `worst`, by `best`, and by both ends of `trim`: the lowest go first,
    then the highest of the rest.

    Args:
        pick: which.
        values: of all wholes, those of one in the order in which they are written.
        wholes: to which whole (a unit) each value belongs; negative for none.
    """
    there = values.present & (wholes >= 0)
    keys = comparing.order_keys(values)
    numbers = np.bincount(wholes[there], minlength=int(wholes.max(initial=0)) + 1)
    if pick.worst is not None:
        kept = there & first(keys, wholes, there, pick.worst)
    elif pick.best is not None:
        kept = there & first(-keys, wholes, there, pick.best)
    else:
        kept = there & ~first(keys, wholes, there, pick.trim or 0)
        kept &= ~first(-keys, wholes, kept, pick.trim or 0)
    enough: Flags = numbers[np.maximum(wholes, 0)] >= pick.fewest
    return kept & enough


def first(keys: NDArray[np.int64], wholes: Places, among: Flags, number: int) -> Flags:
    """The so many of each whole with the lowest keys, the earlier first where keys are equal."""
    places = np.flatnonzero(among)
    ordered = places[np.lexsort((keys[places], wholes[places]))]
    owners = wholes[ordered]
    starts = np.searchsorted(owners, owners)
    taken = np.zeros(len(keys), dtype=np.bool_)
    taken[ordered[np.arange(len(ordered)) - starts < number]] = True
    return taken
