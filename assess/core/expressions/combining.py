"""Values of the parts of a place, or of several units, combined into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from assess.core.exact import Column, across, where
from assess.core.exact.comparing import Ties, ranks
from assess.core.exact.groupwise import GroupValues
from assess.core.exact.integers import Flags
from assess.core.exact.peer_comparison import OthersAsTheyAre
from assess.core.expressions import wording
from assess.core.expressions.nodes import AxisCall, UnitsCall
from assess.core.expressions.outcomes import ComparedPlaces, EvaluatedColumn, PartsOfPlace, because

COUNTED_AS_NONE: Final = frozenset(["count_by", "sum_by"])
"""What is 0 where a unit has no part at all."""


def over_parts(node: AxisCall, parts: PartsOfPlace, values: Column, size: int) -> EvaluatedColumn:
    """What the values of the parts come to; missing where all are missing."""
    has_part = np.logical_or.reduce([np.zeros(size, dtype=np.bool_), *parts.exist])
    columns = parts.apart(values)
    combined = OVER_PARTS[node.call](columns) if columns else Column.absent(size)
    if node.call in COUNTED_AS_NONE:
        combined = where(has_part, combined, 0)
    return EvaluatedColumn(combined, because(combined.missing, wording.NO_PART_HAS_VALUE))


def held(columns: Sequence[Column]) -> Column:
    """In how many parts a condition holds; missing where it has no value in any."""
    counts = np.sum([column != 0 for column in columns], axis=0, dtype=np.int64)
    return Column.integers(np.asarray(counts)).only(across.present(columns) > 0)


def longest_run(columns: Sequence[Column]) -> Column:
    """In how many parts on end a condition holds at most; one in which it has no value ends a run."""
    run = longest = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        run = (run + 1) * (column != 0)
        longest = np.maximum(longest, run)
    return Column.integers(longest).only(across.present(columns) > 0)


OVER_PARTS: Final[dict[str, Callable[[Sequence[Column]], Column]]] = {
    "count_by": held,
    "share_by": lambda columns: held(columns) / Column.integers(across.present(columns)),
    "streak_by": longest_run,
    "mean_by": across.mean_of,
    "sum_by": across.sum_of,
    "max_by": across.highest_of,
    "min_by": across.lowest_of,
    "median_by": across.median_of,
    "last_by": across.latest_of,
}


def over_units(node: UnitsCall, values: Column, compared: ComparedPlaces, among: Flags) -> EvaluatedColumn:
    """What the values of the units that count come to, for every unit that asks; of `place_of` the own place."""
    if node.call == "place_of":
        combined = ranks(values, compared.groups, among, "lower" not in node.words, ties_of(node))
    else:
        combined = OVER_UNITS[node.call](GroupValues(values, compared.groups, among))
    return told_back(node, combined, compared)


def ties_of(node: UnitsCall) -> Ties:
    """How places are counted where values are equal."""
    ways = [Ties(word) for word in ("dense", "average", "maximum") if word in node.words]
    return ways[0] if ways else Ties.COMPETITION


def told_back(node: UnitsCall, combined: Column, compared: ComparedPlaces) -> EvaluatedColumn:
    """What the units come to, for the entries of the place that asked."""
    combined = combined.take(compared.back)
    why = wording.OWN_DOES_NOT_COUNT if node.call == "place_of" else wording.NO_UNIT_COUNTS
    return EvaluatedColumn(combined, because(combined.missing, why))


OVER_UNITS: Final[dict[str, Callable[[GroupValues], Column]]] = {
    "sum_of": GroupValues.sum,
    "mean_of": GroupValues.mean,
    "max_of": GroupValues.highest,
    "min_of": GroupValues.lowest,
    "median_of": GroupValues.median,
    "count_of": lambda values: values.holding().sum(),
    "share_of": lambda values: values.holding().mean(),
}


def own_among_others(
    node: UnitsCall, own: Column, compared: ComparedPlaces, others: OthersAsTheyAre
) -> EvaluatedColumn:
    """The same where each unit by itself might have another value, missing where it does not count.

    The median is not asked for so.
    """
    if node.call == "place_of":
        return told_back(node, others.ranks(own, "lower" not in node.words, ties_of(node)), compared)
    if node.call in COUNTING:
        own, known = (Column.truths(each != 0, each.missing) for each in (own, others.known))
        others = OthersAsTheyAre(others.groups, others.among, known)
    return told_back(node, OWN_AMONG_OTHERS[node.call](others, own), compared)


COUNTING: Final = frozenset(["count_of", "share_of"])
"""Calls over conditions."""

OWN_AMONG_OTHERS: Final[dict[str, Callable[[OthersAsTheyAre, Column], Column]]] = {
    "sum_of": OthersAsTheyAre.sum,
    "mean_of": OthersAsTheyAre.mean,
    "max_of": OthersAsTheyAre.highest,
    "min_of": OthersAsTheyAre.lowest,
    "count_of": OthersAsTheyAre.sum,
    "share_of": OthersAsTheyAre.mean,
}
"""The calls over units but for places and the median."""
