"""What is told of corrections: what a floor or cap made of the points before, and what share each correction kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assess.core.exact import Column, where
from assess.core.explanations.earned import in_both
from assess.core.explanations.sentences import Places, in_percent, shown_to
from assess.core.methods.scored import Flags
from assess.core.rules.nodes import PointsCorrection
from assess.core.scoring.inputs import ScopeValues
from assess.core.scoring.nodes import AppliedCorrection
from assess.core.text import Text

KEPT = Text("；{condition}：按{before}的{keep}计（{clause}）", "; {condition}: {keep} of {before} counts ({clause})")
NOT_BELOW = Text("，计得{exact}，按下限{bound}计", "; {exact}, but never below {bound}")
NOT_ABOVE = Text("，计得{exact}，按上限{bound}计", "; {exact}, but never above {bound}")

ToldByUnit = dict[int, list[tuple[Text, dict[str, Text]]]]
"""By unit sentences, each with what fills it."""


@dataclass(frozen=True, eq=False)
class CorrectedPoints:
    """Points before and `within` floor and cap, the corrections of their node, and where each of them held."""

    exact: Column
    within: Column
    corrections: tuple[PointsCorrection, ...]
    applied: tuple[AppliedCorrection, ...]

    @cached_property
    def held(self) -> Flags:
        """Where any correction held."""
        held: Flags = np.logical_or.reduce([np.zeros(len(self.exact), bool), *(each.holds for each in self.applied)])
        return held

    def after(self, points: Column) -> Column:
        """What the corrections leave of any points."""
        for correction, applied in zip(self.corrections, self.applied, strict=True):
            points = where(applied.holds, points * correction.keep, points)
        return points

    def told(self, values: ScopeValues, places: Places) -> ToldByUnit:
        """What a floor or cap and the corrections that held made of the points, in turn, by unit."""
        found: ToldByUnit = {}
        if not self.held.any():
            return found
        counted = values.inputs.sheet.unit_of_result
        bound = {
            name: of_points(each, places, counted) for name, each in (("exact", self.exact), ("bound", self.within))
        }
        for holds, template in ((self.exact < self.within, NOT_BELOW), (self.exact > self.within, NOT_ABOVE)):
            for unit in np.flatnonzero(holds & self.held).tolist():
                found[unit] = [(template, {name: texts[unit] for name, texts in bound.items()})]
        before = self.within
        for correction, applied in zip(self.corrections, self.applied, strict=True):
            stated = {"condition": values.readable(correction.when), "keep": Text.same(in_percent(correction.keep)),
                      "clause": Text.same(correction.clause)}  # fmt: skip
            amounts = of_points(before, places, counted)
            for unit in np.flatnonzero(applied.holds).tolist():
                found.setdefault(unit, []).append((KEPT, {**stated, "before": amounts[unit]}))
            before = where(applied.holds, before * correction.keep, before)
        return found


def of_points(column: Column, places: Places, unit: Text | None) -> list[Text]:
    """A column of points in both languages."""
    return [Text(*both) for both in zip(*in_both(shown_to(column, places), unit), strict=True)]
