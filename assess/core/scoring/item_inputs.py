"""What one item asks of the values: its figures, its full mark, its peers; and why a figure is missing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.exact.peer_comparison import PeerComparison
from assess.core.expressions import EvaluatedColumn, Expression, TextColumn, ValueType, holds
from assess.core.expressions.nodes import AxisCall, UnitsCall
from assess.core.expressions.wording import MISSING, MISSING_PREVIOUS, MISSING_YEARS_BACK
from assess.core.kinds import Name, Previous, Value
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import Amount, BothTexts, Flags, MeasuredFact, OutcomeSentence, Within
from assess.core.numbers import printed, reduced
from assess.core.rules.figure import FigureKind
from assess.core.scoring.call_details import details_of
from assess.core.scoring.inputs import ScopeValues, ShownValues
from assess.core.text import Text
from assess.core.units_of_measure import in_english, singular, with_unit

POINTS_OF_PERCENT = Text("个百分点", "percentage points")


class ItemInputs:
    """The inputs of one item (`methods.scored.Inputs`); `reasons` collects why a figure it asked for is missing."""

    __slots__ = ("item", "mark", "reasons", "taking_part", "values")

    def __init__(self, values: ScopeValues, *, item: str, full_mark: Amount | None, taking_part: Flags) -> None:
        self.values = values
        self.item = item
        self.mark = full_mark
        self.taking_part = taking_part
        self.reasons: list[OutcomeSentence] = []

    @property
    def full_mark(self) -> Amount:
        """The full mark of the item; only a method that needs none stands in an item without."""
        assert self.mark is not None
        return self.mark

    def figure(self, figure: str) -> Column:
        """The year's value of a numeric figure."""
        column = self.values.value(figure)
        assert isinstance(column, Column)
        if column.any_missing:
            self.blame(figure, column.missing)
        return column

    def value(self, name: str) -> Column | TextColumn:
        """The value of a figure or a unit attribute, whatever its kind."""
        return self.values.value(name)

    def previous(self, name: str, years: int = 1) -> Column | TextColumn:
        """The value of a figure so many years back, whatever its kind."""
        return self.values.previous(name, years)

    def before(self, name: str) -> Column | TextColumn:
        """The value of a figure at the period before, whatever its kind."""
        return self.values.before(name)

    def is_truth(self, name: str, expression: Expression) -> bool:
        """Whether a figure or an attribute says yes or no; an attribute of 0 and 1 is a number where used as one."""
        figure = self.values.inputs.sheet.figures.get(name)
        if figure is not None:
            return figure.kind is FigureKind.YES_NO
        return self.values.attribute_kind(name) is ValueType.TRUTH and name not in expression.measured_names

    def words(self, figure: str) -> TextColumn:
        """The year's value of a choice."""
        words = self.values.value(figure)
        assert isinstance(words, TextColumn)
        self.blame(figure, words.missing)
        return words

    def blame(self, figure: str, missing: Flags) -> None:
        """Remember why a figure is missing: the formula's own reason, else the figure itself."""
        self.reasons += [OutcomeSentence(where, why) for where, why in self.values.reasons(figure)]
        self.reasons.append(OutcomeSentence(missing, MISSING.format(title=self.title(figure))))

    def value_of(self, value: Value) -> Amount:
        """The number, figure, last year's figure or attribute of a value position."""
        if isinstance(value, Fraction):
            return value
        if isinstance(value, Previous):
            column = self.values.previous(value.figure, value.years)
            assert isinstance(column, Column)
            why = MISSING_PREVIOUS if value.years == 1 else MISSING_YEARS_BACK
            told = why.format(title=self.title(value.figure), years=value.years)
            self.reasons.append(OutcomeSentence(column.missing, told))
            return column
        assert isinstance(value, Name)
        return self.figure(value.name)

    def measured(self, figure: str, amount: Amount) -> MeasuredFact:
        """An amount in the figure's unit of measure."""
        return MeasuredFact(amount, self.unit_of(figure))

    def difference(self, figure: str, amount: Amount) -> MeasuredFact:
        """How far two values of a figure lie apart; percentages do so by percentage points."""
        unit = self.unit_of(figure)
        return MeasuredFact(amount, POINTS_OF_PERCENT if unit.en == "%" else unit)

    def unit_of(self, figure: str) -> Text:
        """The figure's unit of measure; percent where none is stated for a percentage."""
        stated = self.values.inputs.sheet.figures.get(figure)
        if stated is None:
            return Text.same("")
        if stated.unit is not None:
            return stated.unit
        return Text.same("%" if stated.kind is FigureKind.PERCENT else "")

    def spelled(self, figure: str, amount: Fraction) -> Text:
        """A fixed amount in words, with the figure's unit of measure."""
        unit = self.unit_of(figure)
        return Text(with_unit(printed(amount), unit.zh), in_english(printed(amount), unit.en))

    def step_of(self, figure: str, amount: Fraction) -> Text:
        """A step between two values of a figure in words: in English one of them goes without its number."""
        number, unit = reduced(amount), self.difference(figure, amount).unit
        english = singular(unit.en) if amount == 1 and unit.en else in_english(number, unit.en)
        return Text(with_unit(number, unit.zh), english)

    def title(self, figure: str) -> Text:
        """The figure's title."""
        return self.values.title(figure)

    def readable(self, expression: Expression) -> Text:
        """An expression in words."""
        return self.values.readable(expression)

    def call_details(self, call: AxisCall | UnitsCall) -> BothTexts:
        """What a call over parts or units looked at."""
        return details_of(call, self.values)

    def condition(self, expression: Expression) -> tuple[Flags, Flags]:
        """Where a condition holds, and where it cannot be told."""
        return holds(self.outcome(expression))

    def number(self, expression: Expression) -> Column:
        """The value of a formula."""
        value = self.outcome(expression).value
        assert isinstance(value, Column)
        return value

    def outcome(self, expression: Expression) -> EvaluatedColumn:
        """An expression's value, its reasons remembered."""
        outcome = self.values.evaluate(expression)
        self.reasons += [OutcomeSentence(where, why) for where, why in outcome.reasons]
        return outcome

    def obligations(self, column: str) -> Column:
        """Numbers of obligations, by `<status>` or `days_late`, of the item's tasks."""
        return self.values.inputs.figures.obligations(self.item, column)

    def peers(self, within: Within) -> NDArray[np.int64]:
        """For each unit (at a part: each part) a number that those compared with it share, negative for none."""
        return self.values.peers(within is Within.ALL)

    def compared(self, within: Within) -> PeerComparison:
        """The units of the group, or all (at a part: their parts), that take part, compared with each other."""
        return self.values.compared(self.peers(within), self.taking_part)

    def as_shown(self, shown: TruncatedAmounts) -> ItemInputs:
        """The same with every figure as a reader sees it."""
        mark = None if self.mark is None else shown.amount(self.mark)
        return ItemInputs(ShownValues(self.values, shown), item=self.item, full_mark=mark, taking_part=self.taking_part)
