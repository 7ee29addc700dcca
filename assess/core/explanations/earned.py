"""The end of a sentence: what was earned, and what floor, cap and rounding made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assess.core.exact import Column, Rounding
from assess.core.explanations.ending_words import Endings
from assess.core.explanations.sentences import Places, shown_to
from assess.core.methods.scored import Flags, OutcomeSentence
from assess.core.result_units import in_points
from assess.core.text import Text

ByLanguage = tuple[list[str], list[str]]
"""Texts of all units in Chinese and in English."""


@dataclass(frozen=True, eq=False)
class EarnedPoints:
    """Points on their way to the printed ones.

    Attributes:
        words: the endings to choose from.
        exact: the points before floor and cap, and `within` after them.
        before: the points that the ending starts from.
        points: what they are in the end, and `printed` how they are printed.
        bounded: where floor and cap are told before the ending.
        places: to how many decimals the numbers of each unit are cut.
        unit: what scores are counted in; None for points.
    """

    words: Endings
    exact: Column
    within: Column
    before: Column
    points: Column
    printed: list[str]
    bounded: Flags
    places: Places
    mode: Rounding
    unit: Text | None = None

    @cached_property
    def changes(self) -> bool:
        """Whether any points changed on their way."""
        return bool((self.before != self.points).any())

    def cases(self) -> list[OutcomeSentence]:
        """The endings of points that changed on their way."""
        if not self.changes:
            return []
        below, above = ((self.exact < self.within) & ~self.bounded, (self.exact > self.within) & ~self.bounded)
        is_bound = self.within == self.points
        rounded = self.words.rounded_even if self.mode is Rounding.HALF_EVEN else self.words.rounded
        return [
            OutcomeSentence(below & is_bound, self.words.at_floor),
            OutcomeSentence(below, self.words.floor_rounded),
            OutcomeSentence(above & is_bound, self.words.at_cap),
            OutcomeSentence(above, self.words.cap_rounded),
            OutcomeSentence(self.before != self.points, rounded),
        ]

    def facts(self) -> dict[str, ByLanguage]:
        """What fills the endings."""
        way = [shown_to(each, self.places) if self.changes else [] for each in (self.before, self.within)]
        points, exact, bound = (in_both(each, self.unit) for each in (self.printed, *way))
        return {"points": points, "plain": (self.printed, self.printed), "exact": exact, "bound": bound}


def in_both(numbers: list[str], unit: Text | None) -> ByLanguage:
    """Printed numbers as points, or in what scores are counted in, in both languages."""
    return in_points(numbers, "zh", unit), in_points(numbers, "en", unit)
