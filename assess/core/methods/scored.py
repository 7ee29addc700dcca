"""What a scoring method gives back, and what it may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.exact.peer_comparison import PeerComparison
from assess.core.expressions import Expression, TextColumn
from assess.core.expressions.nodes import AxisCall, UnitsCall
from assess.core.kinds import ChoiceWords, Value
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.text import Text

Flags = NDArray[np.bool_]
Amount = Column | Fraction


class Better(ChoiceWords):
    """Which way is good."""

    HIGHER = "higher", "越高越好", "越大越好"
    LOWER = "lower", "越低越好", "越小越好"


class Within(ChoiceWords):
    """Among whom a unit is compared."""

    GROUP = "group", "组内", "本组"
    ALL = "all", "全部", "全体"


class MeasuredFact(NamedTuple):
    """A figure or target with its unit of measure."""

    amount: Amount
    unit: Text


class RatioFact(NamedTuple):
    """A ratio, shown in percent."""

    amount: Amount


class NumberFact(NamedTuple):
    """A computed number, shown plain."""

    amount: Amount


class PointsFact(NamedTuple):
    """Points, shown with the word."""

    amount: Amount


class Joined(NamedTuple):
    """Several numbers of each unit as one text: those that are there, each put into the blank `number` of its text."""

    parts: tuple[tuple[Column, Text], ...]
    joint: Text


class BothTexts(NamedTuple):
    """A text of each unit in both languages."""

    zh: list[str]
    en: list[str]


Fact = BothTexts | MeasuredFact | RatioFact | NumberFact | PointsFact | Joined | TextColumn | Text | str


class OutcomeSentence(NamedTuple):
    """A sentence and the units it is told of; None means all that no earlier case took."""

    holds: Flags | None
    text: Text


@dataclass(frozen=True, slots=True)
class ExplanationClause:
    """One clause of the explanation: the first case that holds is told, with the facts of the unit."""

    cases: tuple[OutcomeSentence, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)


Way = Callable[[TruncatedAmounts], Column]
"""How a reader reckons the points before floor and cap from the numbers that the sentence shows."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What is told of an item: its clauses, and why points are missing where no figure is.

    `ways` are all ways in which the shown numbers lead to the points: none where they are stated or whole.
    """

    clauses: tuple[ExplanationClause, ...]
    reasons: tuple[OutcomeSentence, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodResult:
    """Exact points per unit before floor and cap, missing where a needed figure is.

    `explain` tells of the columns of this very computation; it is called only when somebody asks.
    """

    points: Column
    explain: Callable[[], Explained]


class MethodInputs(Protocol):
    """What one item may ask for; every column has one entry per unit."""

    item: str
    taking_part: Flags

    @property
    def full_mark(self) -> Amount:
        """The full mark of the item."""

    def figure(self, figure: str) -> Column:
        """The year's value of a numeric figure."""

    def value(self, name: str) -> Column | TextColumn:
        """The value of a figure or a unit attribute, whatever its kind."""

    def is_truth(self, name: str, expression: Expression) -> bool:
        """Whether a figure or a unit attribute says yes or no, as an expression uses it."""

    def previous(self, name: str, years: int = 1) -> Column | TextColumn:
        """The value of a figure so many years back, whatever its kind."""

    def before(self, name: str) -> Column | TextColumn:
        """The value of a figure at the period before, whatever its kind."""

    def words(self, figure: str) -> TextColumn:
        """The year's value of a choice."""

    def value_of(self, value: Value) -> Amount:
        """The number, figure, last year's figure or attribute of a value position."""

    def measured(self, figure: str, amount: Amount) -> MeasuredFact:
        """An amount in the figure's unit of measure."""

    def difference(self, figure: str, amount: Amount) -> MeasuredFact:
        """How far two values of a figure lie apart; percentages do so by percentage points."""

    def step_of(self, figure: str, amount: Fraction) -> Text:
        """A step between two values of a figure in words: in English one of them goes without its number."""

    def spelled(self, figure: str, amount: Fraction) -> Text:
        """A fixed amount in words, with the figure's unit of measure."""

    def title(self, figure: str) -> Text:
        """The figure's title."""

    def readable(self, expression: Expression) -> Text:
        """An expression in words."""

    def call_details(self, call: AxisCall | UnitsCall) -> BothTexts:
        """For every unit the parts where the condition of a call held, or how many units it was about."""

    def condition(self, expression: Expression) -> tuple[Flags, Flags]:
        """Where a condition holds, and where it cannot be told."""

    def number(self, expression: Expression) -> Column:
        """The value of a formula."""

    def obligations(self, column: str) -> Column:
        """Numbers of obligations, by `<status>` or `days_late`, of the item's tasks."""

    def peers(self, within: Within) -> NDArray[np.int64]:
        """The number of the group each unit is compared in, negative for none."""

    def compared(self, within: Within) -> PeerComparison:
        """The units of the group, or all, that take part, compared with each other."""

    def as_shown(self, shown: TruncatedAmounts) -> MethodInputs:
        """The same with every figure as a reader sees it."""
