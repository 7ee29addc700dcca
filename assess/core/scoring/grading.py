"""Grades: the band of the printed total, then vetoes, caps and steps down, then quotas from the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.methods.scored import Better, Flags
from assess.core.rules.adjustments import Adjustment, GradeCap, GradeDown, Veto
from assess.core.rules.outcome import Grade, LimitTies, ResultGrade

Places = NDArray[np.int64]
"""The place of each unit's grade in the sheet's list, 0 the best; -1 for none."""


@dataclass(frozen=True, slots=True)
class Graded:
    """The grades in the end, the band of the total before anything touched it, and who a quota left out."""

    places: Places
    banded: Places
    left_out: Flags


def grade_units(
    totals: Column,
    ranks: Column,
    groups: NDArray[np.int64],
    *,
    grades: Sequence[Grade],
    better: Better,
    steps: Sequence[tuple[Adjustment, Flags]],
) -> Graded:
    """Each unit's grade.

    Args:
        totals: printed totals; a unit without one has no grade.
        ranks: missing for units that are not ranked; they take no place of a quota.
        groups: the group of each unit.
        grades: best first.
        better: the direction of the ranking.
        steps: vetoes, grade caps and steps down in the order written, each with the units it holds for.
    """
    banded = band_of(totals, grades, better)
    places, vetoed = stepped(banded, grades, steps)
    left_out = np.zeros(len(places), dtype=bool)
    free = ranks.present & ~vetoed & (places >= 0)
    for place, grade in enumerate(grades):
        if grade.at_most is not None:
            over = over_quota(grade, (places == place) & free, ranks, groups)
            places = np.where(over, np.minimum(place + 1, len(grades) - 1), places)
            left_out |= over
    return Graded(places, banded, left_out)


def band_of(totals: Column, grades: Sequence[Grade | ResultGrade], better: Better) -> Places:
    """The first grade whose bound the total reaches; the last takes the rest."""
    places = np.full(len(totals), len(grades) - 1, dtype=np.int64)
    for place in reversed(range(len(grades) - 1)):
        grade = grades[place]
        bound = grade.from_ if better is Better.HIGHER else grade.to
        assert bound is not None
        places[totals >= bound if better is Better.HIGHER else totals <= bound] = place
    places[totals.missing] = -1
    return places


def stepped(places: Places, grades: Sequence[Grade], steps: Sequence[tuple[Adjustment, Flags]]) -> tuple[Places, Flags]:
    """Grades after vetoes, caps and steps down; a vetoed unit keeps the grade named, of two vetoes the worse."""
    ids = [grade.id for grade in grades]
    vetoed = np.zeros(len(places), dtype=bool)
    graded = places >= 0
    for adjustment, where in steps:
        touched = where & graded
        if isinstance(adjustment, Veto):
            named = ids.index(adjustment.grade)
            places = np.where(touched, np.where(vetoed, np.maximum(places, named), named), places)
            vetoed = vetoed | touched
        elif isinstance(adjustment, GradeCap):
            capped = np.maximum(places, ids.index(adjustment.grade))
            places = np.where(touched & ~vetoed, capped, places)
        elif isinstance(adjustment, GradeDown):
            lowered = np.minimum(places + adjustment.by, len(ids) - 1)
            places = np.where(touched & ~vetoed, lowered, places)
    return places, vetoed


def quota(grade: Grade, of: int) -> int:
    """How many of so many ranked units may hold a grade that has a quota."""
    assert grade.at_most is not None
    return max(int(grade.at_most * of), grade.at_least or 0)


def over_quota(grade: Grade, holders: Flags, ranks: Column, groups: NDArray[np.int64]) -> Flags:
    """Who of those who hold the grade finds no place; a tie cut by the limit is left out whole unless included."""
    over = np.zeros(len(holders), dtype=bool)
    assert grade.at_most is not None
    order = ranks.to_floats()
    for group in np.unique(groups[groups >= 0]):
        of = int((ranks.present & (groups == group)).sum())
        limit = quota(grade, of)
        members = np.flatnonzero(holders & (groups == group))
        if len(members) <= limit:
            continue
        in_order = members[np.argsort(order[members], kind="stable")]
        cut = order[in_order[limit]]
        keeps_tie = grade.limit_ties is LimitTies.INCLUDE and limit > 0 and order[in_order[limit - 1]] == cut
        over[members] = order[members] > cut if keeps_tie else order[members] >= cut
    return over
