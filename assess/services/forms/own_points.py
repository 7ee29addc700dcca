"""What a unit's own figures would earn: each part is worked out when it is first asked for, and then kept."""

from __future__ import annotations

from functools import cached_property

from assess.core.estimates import Estimate, PrintedPoints, estimate, estimated_points
from assess.core.scoring.inputs import ScoringInputs


class OwnPoints:
    """The estimate of one unit, by figures that do not change; pages may share it."""

    def __init__(self, inputs: ScoringInputs) -> None:
        self.inputs = inputs
        self.parts: dict[frozenset[str], Estimate] = {}

    @cached_property
    def estimate(self) -> Estimate:
        """Line by line."""
        return estimate(self.inputs)

    @cached_property
    def points(self) -> PrintedPoints:
        """The sums alone."""
        return estimated_points(self.inputs)

    def of(self, items: frozenset[str]) -> Estimate:
        """Of some items."""
        if items not in self.parts:
            self.parts[items] = estimate(self.inputs, items)
        return self.parts[items]
