"""The results of one scoring: columns over the units, which files write and a database can keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.kinds import EXACT, Digits
from assess.core.methods.scored import Amount, Flags
from assess.core.rules.sheet import title_of
from assess.core.scoring.adjusting import Adjusted
from assess.core.scoring.conversion import Standings
from assess.core.scoring.grading import Graded
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.nodes import NodeScore, Scene
from assess.core.scoring.other_rankings import RankedScores
from assess.core.text import Text


@dataclass(frozen=True, slots=True)
class Post:
    """Points of one post of the leadership team, printed values per unit."""

    post: str
    title: Text
    points: Column


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """Of one group: how many units have a total, and the mean, highest and lowest of the printed totals."""

    id: str
    title: Text
    scored: int
    mean: str | None
    highest: str | None
    lowest: str | None


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the reader should know of one unit's result: an adjustment or correction that could not be told."""

    unit: int
    id: str
    clause: str
    what: Text


@dataclass(frozen=True, slots=True)
class Results:
    """The whole result; all columns have one entry per unit, in the order of the units.

    `scores` holds every node by id, parents first, items of bonuses and deductions last. `total` and `converted` are
    as printed; `full` is None where the sheet has no full mark; `groups` holds the number of each unit's group in the
    sheet, -1 for none. `grades` is None where the sheet has no grades. `others` are the other rankings of the sheet.
    """

    inputs: ScoringInputs
    scene: Scene
    full: Amount | None
    scores: Mapping[str, NodeScore]
    base: Column
    total: Column
    adjusted: tuple[Adjusted, ...]
    blocked: Flags
    ranks: Column
    of: NDArray[np.int64]
    grades: Graded | None
    standings: Standings
    converted: Column | None
    posts: tuple[Post, ...]
    summaries: tuple[GroupSummary, ...]
    warnings: tuple[Warned, ...]
    others: tuple[RankedScores, ...] = ()

    @property
    def groups(self) -> NDArray[np.int64]:
        """The number of each unit's group, -1 for none."""
        return self.scene.groups

    def state(self, unit: int) -> str:
        """`scored`, `blocked`, `not-scored` or `no-group`."""
        if self.groups[unit] < 0:
            return "no-group"
        if self.blocked[unit]:
            return "blocked"
        return "not-scored" if self.total.missing[unit] else "scored"

    def grade(self, unit: int) -> str | None:
        """The id of the unit's grade."""
        if self.grades is None or self.grades.places[unit] < 0:
            return None
        grade: str = (self.inputs.sheet.grades or ())[self.grades.places[unit]].id
        return grade

    def grade_title(self, unit: int) -> Text | None:
        """What the unit's grade is called."""
        if self.grades is None or self.grades.places[unit] < 0:
            return None
        grade = (self.inputs.sheet.grades or ())[self.grades.places[unit]]
        return title_of(grade, grade.id)

    @property
    def total_digits(self) -> int | None:
        """Decimals of printed totals, None where they are not rounded."""
        return printed_digits(self.inputs.sheet.rounding.total)


def printed_digits(digits: Digits) -> int | None:
    """Decimals to print, None for as many as are exact."""
    return None if digits == EXACT else digits
