"""The values of a rule sheet as its book says them: with units of measure, without ids and keys."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from assess.core.expressions import Expression
from assess.core.kinds import NO_MARK, Digits, Formula, Marks, NodeMark, NodeMarks, Value, ValueOf
from assess.core.numbers import as_written
from assess.core.result_units import counted_in
from assess.core.rules.difference.values import POINT, POINTS, joined
from assess.core.rules.figure import FigureKind
from assess.core.rules.sheet_table import ReaderWording
from assess.core.schema import FieldType
from assess.core.scoring.item_inputs import POINTS_OF_PERCENT
from assess.core.text import EMPTY_TEXT, Text
from assess.core.units_of_measure import in_unit, singular

NO_MARK_TOLD: Final = Text("不设满分", "no full mark")
FULL_MARK: Final = Text("满分{points}", "full mark {points}")
IN_GROUP: Final = Text("{group}{told}", "{group} {told}")
ONE_DECIMAL, DECIMALS = Text("1位小数", "1 decimal"), Text("{digits}位小数", "{digits} decimals")
COLUMNS: Final[Mapping[str, Text]] = {
    "unit": Text("单位代码", "unit code"),
    "kind": Text("单位类型", "type of unit"),
    "period": Text("期次", "number of the period"),
    "object": Text("对象代码", "code of the object"),
}
"""Names of conditions that every sheet has."""
FUNCTIONS: Final[Mapping[str, Text]] = {
    "min": Text("取较小者", "min"),
    "max": Text("取较大者", "max"),
    "abs": Text("绝对值", "abs"),
    "round": Text("四舍五入", "round"),
    "floor": Text("舍去小数", "floor"),
    "ceil": Text("进一取整", "ceil"),
    "mean": Text("平均", "mean"),
    "sum": Text("合计", "sum"),
    "sqrt": Text("平方根", "sqrt"),
    "ln": Text("自然对数", "ln"),
    "log10": Text("常用对数", "log10"),
    "exp": Text("自然指数", "exp"),
}
"""Functions of expressions, which no figure and no column of the list of units is called."""


class BookWording(ReaderWording):
    """What a method asks of the sheet that it stands in (`methods.as_rule.RuleWords`), and full marks."""

    def title(self, name: str) -> Text:
        """What a figure, a kind of objects, a column of the list of units or a function of expressions is called."""
        if name in FUNCTIONS:
            return FUNCTIONS[name]
        if name in self.things["object kind"]:
            return self.named("object kind", name)
        found = super().title(name)
        return COLUMNS.get(name, found) if found == Text.same(name) else found

    def word(self, kind: FieldType, value: Any) -> Text:
        """A word, a truth, a name, an expression or a title."""
        if isinstance(kind, NodeMark) and value == NO_MARK:
            return NO_MARK_TOLD
        return super().word(kind, value)

    def readable(self, expression: Expression) -> Text:
        """An expression in words."""
        return self.word(Formula(), expression)

    def number(self, value: Value) -> Text:
        """What stands in a value position, plain."""
        return self.worded(ValueOf(), value)

    def amount(self, figure: str, value: Value) -> Text:
        """A value of a figure, with its unit of measure; another figure by its title."""
        number = self.number(value)
        return in_unit(number, self.unit_of(figure)) if isinstance(value, Fraction) else quoted(number)

    def distance(self, figure: str, value: Value) -> Text:
        """How far two values of a figure lie apart; percentages do so by percentage points."""
        number = self.number(value)
        return in_unit(number, self.unit_apart(figure)) if isinstance(value, Fraction) else quoted(number)

    def step(self, figure: str, value: Value) -> Text:
        """A step between two values of a figure; in English one of them goes without its number."""
        told, unit = self.distance(figure, value), self.unit_apart(figure).en
        return Text(told.zh, singular(unit)) if value == 1 and unit else told

    def unit_of(self, figure: str) -> Text:
        """The figure's unit of measure; percent where none is stated for a percentage."""
        stated = self.sheet.figures.get(figure)
        if stated is None or (stated.unit is None and stated.kind is not FigureKind.PERCENT):
            return EMPTY_TEXT
        return stated.unit or Text.same("%")

    def unit_apart(self, figure: str) -> Text:
        """The unit of measure of distances."""
        unit = self.unit_of(figure)
        return POINTS_OF_PERCENT if unit.en == "%" else unit

    def points(self, points: Fraction) -> Text:
        """Points, with the word."""
        text = as_written(points)
        return counted_in(POINT if text == "1" else POINTS, self.unit).format(points=text)

    def full_mark(self, marks: NodeMarks) -> Text:
        """A full mark, or that there is none; of each group where groups differ."""
        if isinstance(marks, str):
            return NO_MARK_TOLD
        if isinstance(marks, Fraction):
            return FULL_MARK.format(points=self.points(marks))
        return FULL_MARK.format(points=self.by_group({id: self.points(each) for id, each in marks.items()}))

    def weight(self, weights: Marks) -> Text:
        """A weight; of each group where groups differ."""
        if isinstance(weights, Fraction):
            return self.number(weights)
        return self.by_group({id: self.number(each) for id, each in weights.items()})

    def by_group(self, told: Mapping[str, Text]) -> Text:
        """What is said of each group."""
        return joined(IN_GROUP.format(group=self.group(id), told=each) for id, each in told.items())


def decimals(digits: Digits) -> Text:
    """So many decimals."""
    return ONE_DECIMAL if digits == 1 else DECIMALS.format(digits=digits)


def quoted(title: Text) -> Text:
    """A title inside a sentence."""
    return Text(f"“{title.zh}”", title.en)
