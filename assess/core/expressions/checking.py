"""What an expression means by kind: numbers, truths and texts, and where they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Final

from assess.core import numbers
from assess.core.expressions import wording
from assess.core.expressions.nodes import (
    AtNode,
    AxisCall,
    Expression,
    ExpressionFlaw,
    NameNode,
    NameRole,
    Node,
    NumberLiteral,
    OperationNode,
    Quoted,
    TruthLiteral,
    UnitsCall,
    folded,
)
from assess.core.expressions.parsing import COMPARISONS, CONDITIONAL
from assess.core.text import Text


class ValueType(StrEnum):
    """What a value is; numbers and truths pass for each other. ANY is not known yet."""

    NUMBER = "number"
    TRUTH = "truth"
    TEXT = "text"
    ANY = "any"


CONDITIONS: Final = frozenset(["and", "or", "not"])
UNWANTED: Final = {ValueType.TRUTH: wording.CONDITION_WANTED, ValueType.NUMBER: wording.NUMBER_WANTED}


def check_kinds(
    expression: Expression,
    kind_of: Callable[[str], ValueType],
    wanted: ValueType,
    *,
    is_percent: Callable[[str], bool] = lambda name: False,
    choices_of: Callable[[str], Collection[str]] = lambda name: (),
) -> list[ExpressionFlaw]:
    """Every place where a text stands for a number or the other way round, in the order of columns.

    Args:
        expression: what to check; all its names are known to `kind_of`.
        kind_of: the kind of a name, this year's and last year's alike.
        wanted: TRUTH for a condition, NUMBER for points or a figure, ANY where all will do.
        is_percent: whether a figure is counted in percent, so that comparing it with `90%` is a mistake for 90.
        choices_of: the words a figure may hold, empty where any text will do.
    """
    checker = Checker(kind_of, is_percent, choices_of)
    kind = folded(expression.root, checker.kind)
    if not alike(kind, wanted):
        checker.report(UNWANTED.get(wanted, wording.TEXT_WANTED), expression.root)
    return sorted(checker.flaws, key=lambda flaw: flaw.column)


class Checker:
    """Finds the kind of each node from the kinds of its operands, and collects what does not fit."""

    def __init__(
        self,
        kind_of: Callable[[str], ValueType],
        is_percent: Callable[[str], bool],
        choices_of: Callable[[str], Collection[str]],
    ) -> None:
        self.kind_of = kind_of
        self.is_percent = is_percent
        self.choices_of = choices_of
        self.flaws: list[ExpressionFlaw] = []

    def report(self, what: Text, node: Node) -> None:
        """Note a flaw at a node."""
        self.flaws.append(ExpressionFlaw(what, node.column))

    def kind(self, node: Node, operands: list[ValueType]) -> ValueType:
        """The kind of one node."""
        match node:
            case NumberLiteral():
                return ValueType.NUMBER
            case TruthLiteral():
                return ValueType.TRUTH
            case Quoted():
                return ValueType.TEXT
            case NameNode():
                return ValueType.NUMBER if node.role in (NameRole.SCORE, NameRole.RATE) else self.kind_of(node.name)
            case AtNode():
                return self.kind_of(node.name.name)
            case AxisCall() | UnitsCall():
                return self.over_others(node)
        return self.operation(node, operands)

    def over_others(self, node: AxisCall | UnitsCall) -> ValueType:
        """The kind of a call over parts or units, which is a number; what stands inside is checked as well."""
        wanted = wording.CONDITION_WANTED if node.call in CONDITIONAL else wording.NUMBER_WANTED
        if folded(node.operand, self.kind) is ValueType.TEXT:
            self.report(wanted, node.operand)
        condition = node.condition if isinstance(node, UnitsCall) else None
        if condition is not None and folded(condition, self.kind) is ValueType.TEXT:
            self.report(wording.CONDITION_WANTED, condition)
        return ValueType.NUMBER

    def operation(self, node: OperationNode, operands: list[ValueType]) -> ValueType:
        """The kind of a calculation, a comparison or a choice."""
        if node.name in COMPARISONS:
            self.compare(node, *operands)
            return ValueType.TRUTH
        if node.name in CONDITIONS:
            self.refuse_text(node, operands, wording.TEXT_AS_CONDITION)
            return ValueType.TRUTH
        if node.name == "if":
            return self.branches(node, operands)
        if node.name == "+" and operands == [ValueType.TEXT, ValueType.TEXT]:
            self.report(wording.JOINED_TEXT, node)
        else:
            sign = "-" if node.name == "negative" else node.name
            self.refuse_text(node, operands, wording.TEXT_IN_SUM.format(name=sign))
        return ValueType.NUMBER

    def refuse_text(self, node: OperationNode, operands: list[ValueType], what: Text) -> None:
        """Note each operand that is text."""
        for operand, kind in zip(node.operands, operands, strict=True):
            if kind is ValueType.TEXT:
                self.report(what, operand)

    def compare(self, node: OperationNode, left: ValueType, right: ValueType) -> None:
        """Note what is wrong with a comparison."""
        if not alike(left, right):
            self.report(wording.TEXT_WITH_NUMBER, node)
        elif ValueType.TEXT in (left, right) and node.name not in ("==", "!="):
            self.report(wording.TEXT_ORDERED, node)
        one, other = node.operands
        self.compare_name(one, other)
        self.compare_name(other, one)

    def compare_name(self, name: Node, literal: Node) -> None:
        """Note a figure compared with what it can never hold: a share of 1 for percent, an unknown choice."""
        if not isinstance(name, NameNode) or name.role in (NameRole.SCORE, NameRole.RATE):
            return
        if isinstance(literal, Quoted):
            choices = self.choices_of(name.name)
            if choices and literal.text not in choices:
                facts = {"name": name.name, "wrong": wording.shown(literal.text), "known": ", ".join(choices)}
                self.report(wording.NO_SUCH_CHOICE.format(**facts), literal)
            return
        sign, number = without_minus(literal)
        if isinstance(number, NumberLiteral) and number.percent and self.is_percent(name.name):
            right = numbers.reduced(number.value * 100)
            facts = {"name": name.name, "right": f"{sign}{right}", "wrong": f"{sign}{right}%"}
            self.report(wording.PERCENT_FIGURE.format(**facts), literal)

    def branches(self, node: OperationNode, operands: list[ValueType]) -> ValueType:
        """The kind of an `if`: of its two results, which must be alike."""
        condition, left, right = operands
        if condition is ValueType.TEXT:
            self.report(wording.TEXT_AS_CONDITION, node.operands[0])
        if not alike(left, right):
            self.report(wording.UNLIKE_BRANCHES, node)
            return ValueType.ANY
        if left is right or right is ValueType.ANY:
            return left
        return right if left is ValueType.ANY else ValueType.NUMBER


def alike(left: ValueType, right: ValueType) -> bool:
    """Whether both are texts or neither is, as far as is known."""
    return ValueType.ANY in (left, right) or (left is ValueType.TEXT) == (right is ValueType.TEXT)


def without_minus(node: Node) -> tuple[str, Node]:
    """The minus before a node, if there is one, and the node."""
    if isinstance(node, OperationNode) and node.name == "negative":
        return "-", node.operands[0]
    return "", node
