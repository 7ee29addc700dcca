"""What an item would score if the year's value of one figure were another and all else stood as it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, where
from assess.core.exact.peer_comparison import ComparisonWithOthers, OthersAsTheyAre, PeerComparison
from assess.core.methods.scored import Flags
from assess.core.rules.nodes import Item
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.scoring.nodes import SCORED, ItemScore, Scene, score_item


class ValuesOnTrial(ScopeValues):
    """The values of all units if the year's value of one figure were another."""

    def __init__(self, inputs: ScoringInputs, groups: NDArray[np.int64]) -> None:
        super().__init__(inputs)
        self.groups = groups


class ValuesApart(ValuesOnTrial):
    """The same of each unit by itself: who is compared is compared with what the others have."""

    def __init__(self, inputs: ScoringInputs, trials: TrialsTogether) -> None:
        super().__init__(inputs, trials.scene.groups)
        self.trials = trials
        self.others = trials.scene.values

    def compared(self, groups: NDArray[np.int64], among: Flags) -> PeerComparison:
        """Each unit compared with what the others have."""
        return self.trials.comparison(groups, among)


class Trials(ABC):
    """Tries values of one figure in one item.

    Attributes:
        known: what the units have.
        scene: the scoring that all else is taken from; scores of other items stand as they are.
    """

    def __init__(self, score: ItemScore, figure: str, scene: Scene) -> None:
        assert isinstance(score.node, Item)
        self.item = score.node
        self.score = score
        self.figure = figure
        self.scene = scene
        inputs = scene.values.inputs
        known = inputs.figures.value(figure)
        assert isinstance(known, Column)
        self.known = known
        self.inputs = replace(inputs, objects=inputs.known_objects)

    def with_values(self, values: Column) -> ScoringInputs:
        """The inputs with these values of the year."""
        return replace(self.inputs, figures=self.inputs.figures.with_year_values(self.figure, values))

    def scored(self, values: ScopeValues) -> Column:
        """The scores of the item by these values; missing where it is not scored."""
        score = score_item(self.item, self.score.missing, replace(self.scene, values=values))
        return score.points.only(score.state == SCORED)

    @abstractmethod
    def scores(self, values: Column) -> Column:
        """The score of each unit if it had this value and the others what they have."""


class TrialsTogether(Trials):
    """Tries a value of every unit at once, where no expression looks from one unit to others."""

    def __init__(self, score: ItemScore, figure: str, scene: Scene) -> None:
        super().__init__(score, figure, scene)
        self.comparisons: dict[bytes, ComparisonWithOthers] = {}

    def values(self, tried: Column) -> ValuesApart:
        """What expressions and methods see if the units had these values."""
        return ValuesApart(self.with_values(tried), self)

    def comparison(self, groups: NDArray[np.int64], among: Flags) -> ComparisonWithOthers:
        """Each unit compared with the others as they are."""
        key = groups.tobytes() + among.tobytes()
        if key not in self.comparisons:
            self.comparisons[key] = ComparisonWithOthers(groups, among, OthersAsTheyAre(groups, among, self.known))
        return self.comparisons[key]

    def scores(self, values: Column) -> Column:
        """The score of each unit, all from one scoring of the item."""
        return self.scored(self.values(values))


class TrialsOneByOne(Trials):
    """Tries the value of one unit at a time, so that whatever looks at the units sees the others as they are."""

    def __init__(self, score: ItemScore, figure: str, scene: Scene, asked: Flags) -> None:
        """For the units that are asked for alone."""
        super().__init__(score, figure, scene)
        self.asked = np.flatnonzero(asked).tolist()
        self.found: dict[tuple[int, Fraction | None], Fraction | None] = {}

    def scores(self, values: Column) -> Column:
        """The score of each unit, each from a scoring of the item of its own."""
        tried, found = values.fractions(), dict.fromkeys(range(len(values)))
        return Column.of((found | {unit: self.score_of(unit, tried[unit]) for unit in self.asked}).values())

    def score_of(self, unit: int, value: Fraction | None) -> Fraction | None:
        """The score of one unit if it alone had this value; of each value once."""
        if (unit, value) not in self.found:
            here = np.arange(len(self.known)) == unit
            changed = where(here, Column.of([value]).take(np.zeros(len(here), dtype=np.int64)), self.known)
            scores = self.scored(ValuesOnTrial(self.with_values(changed), self.scene.groups))
            self.found[unit, value] = scores.fraction(unit)
        return self.found[unit, value]
