"""The names that conditions see beside figures and attributes: the scores that are finished when they are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assess.core.exact import Column
from assess.core.methods.scored import Amount
from assess.core.numbers import SIGNIFICANT
from assess.core.scoring.inputs import ScopeValues


class FinishedScore(Protocol):
    """The score of a node as conditions need it."""

    @property
    def points(self) -> Column: ...

    @property
    def full(self) -> Amount | None: ...


class ScoresSoFar(ScopeValues):
    """The same values, and the scores of the nodes that are finished."""

    def __init__(self, values: ScopeValues, scores: Mapping[str, FinishedScore]) -> None:
        super().__init__(values.inputs)
        self.made, self.made_parts, self.scopes = values.made, values.made_parts, values.scopes
        self.scores = scores

    def score(self, node: str) -> Column:
        """A node's score as printed; of a node that takes no part, as in an estimate, none."""
        known = self.scores.get(node)
        return Column.absent(self.size) if known is None else known.points.significant(SIGNIFICANT)

    def rate(self, node: str) -> Column:
        """A node's printed score ÷ its full mark."""
        known = self.scores.get(node)
        if known is None or known.full is None:
            return Column.absent(self.size)
        return self.score(node) / known.full
