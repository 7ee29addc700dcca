"""The same scoring in bare NumPy floats, to set ours beside: no checks, no gaps, no facts, and wrong in some halves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.year import sections_of

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]


def ratio(values: Floats, groups: Groups) -> Floats:
    return 10 * np.minimum(1, values / 80.5)


def bands(values: Floats, groups: Groups) -> Floats:
    return np.where(values >= 90, 10.0, np.where(values >= 80, 8.0, np.where(values >= 60, 5.0, 0.0)))


def deduct(values: Floats, groups: Groups) -> Floats:
    return np.maximum(0, 10 - 0.5 * np.maximum(0, 95 - values))


def rank(values: Floats, groups: Groups) -> Floats:
    return np.clip(10 - 0.02 * (ranks(values, groups) - 1), 0, 10)


METHODS = (ratio, bands, deduct, rank)


def ranks(values: Floats, groups: Groups) -> Floats:
    """Competition ranks inside each group, the largest first."""
    found = np.empty(len(values))
    for group in range(int(groups.max()) + 1):
        members = np.flatnonzero(groups == group)
        order = np.argsort(-values[members])
        ordered = values[members][order]
        places = np.arange(1, len(members) + 1)
        places[1:][ordered[1:] == ordered[:-1]] = 0
        found[members[order]] = np.maximum.accumulate(places)
    return found


def rounded(values: Floats) -> Floats:
    return np.floor(values * 100 + 0.5) / 100


def score(figures: Floats, groups: Groups) -> tuple[Floats, Floats]:
    """Totals and ranks of the year of `year.py`; `figures` has one row an item."""
    points = [rounded(METHODS[number % 4](values, groups)) for number, values in enumerate(figures)]
    sections = [np.sum([points[place] for place in places], axis=0) for places in sections_of(len(points))]
    totals = rounded(np.sum(sections, axis=0))
    return totals, ranks(totals, groups)
