"""Conditions that hold always or never, and score rates that are taken for percentages."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from assess.core.expressions.nodes import NameNode, NameRole, Node, NumberLiteral, OperationNode, folded
from assess.core.expressions.parsing import COMPARISONS
from assess.core.kinds import Formula
from assess.core.numbers import reduced
from assess.core.rules.checking import places
from assess.core.rules.checking.marks import groups_of, mark
from assess.core.rules.figure import FigureKind
from assess.core.rules.sheet import RuleSheet, all_nodes
from assess.core.text import Text
from assess.core.warnings.bounds import ValueBounds, bounds_of, highest_rate, is_plain
from assess.core.warnings.coded import CodedWarning

ALWAYS = Text(
    "条件“{text}”无论数据如何都成立，请核对数字，或删去条件。",
    "The condition “{text}” is always met, whatever the data. Check its numbers, or delete it.",
)
NEVER = Text(
    "条件“{text}”无论数据如何都不成立，请核对数字，或删去条件。",
    "The condition “{text}” is never met, whatever the data. Check its numbers, or delete it.",
)
A_SHARE = Text(
    "rate()是得分率，满分为1，这里与{number}比较；60%请写作0.6或60%。",
    "rate() is a share, 1 for the full mark, and is compared with {number} here. Write 60 per cent as 0.6 or 60%.",
)
AMOUNTS: Final = frozenset({FigureKind.NUMBER, FigureKind.COUNT, FigureKind.PERCENT})
FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
AGREES: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip

Truth = bool | None
"""Whether a condition holds whatever comes; None where that depends."""


def odd_conditions(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """Every condition that takes a rate for a percentage, or that holds always or never."""
    judges = [ConditionJudge(sheet, group) for group in groups_of(sheet)]
    for mention in places.expressions(sheet):
        if not (isinstance(mention.kind, Formula) and mention.kind.truth):
            continue
        expression = mention.value
        rates = [judge.percentage(expression.root) for judge in judges]
        truths = {judge.truth(expression.root) for judge in judges}
        if None not in rates:
            yield CodedWarning("rate-is-a-share", mention.path, A_SHARE, {"number": reduced(rates[0] or Fraction(0))})
        elif truths in ({True}, {False}):
            what = ALWAYS if truths == {True} else NEVER
            yield CodedWarning("constant-condition", mention.path, what, {"text": expression.text})


class ConditionJudge:
    """What a condition comes to in one group, by the bounds of what it names."""

    def __init__(self, sheet: RuleSheet, group: str | None) -> None:
        self.sheet = sheet
        self.group = group
        self.nodes = all_nodes(sheet)

    def truth(self, root: Node) -> Truth:
        """Whether a condition holds whatever comes."""
        return folded(root, self.step)

    def step(self, node: Node, operands: list[Truth]) -> Truth:
        """The same of one part, given its operands'."""
        if not isinstance(node, OperationNode):
            return None
        match node.name:
            case "and":
                return False if False in operands else True if operands == [True, True] else None
            case "or":
                return True if True in operands else False if operands == [False, False] else None
            case "not":
                return None if operands[0] is None else not operands[0]
        return self.compared(node) if node.name in COMPARISONS else None

    def compared(self, node: OperationNode) -> Truth:
        """A comparison of something with a plain number."""
        left, right = node.operands
        if (number := plain_number(right)) is not None:
            return always(node.name, self.bounds(left), number)
        if (number := plain_number(left)) is not None:
            return always(FLIPPED[node.name], self.bounds(right), number)
        return None

    def bounds(self, node: Node) -> ValueBounds:
        """Between what a number, a figure, a score, a rate or the total lies."""
        number = plain_number(node)
        if number is not None:
            return ValueBounds(number, number)
        if not isinstance(node, NameNode):
            return ValueBounds(None, None)
        if node.role in (NameRole.SCORE, NameRole.RATE):
            return self.bounds_of_score(node)
        if node.role is NameRole.VALUE and node.name == "total":
            return ValueBounds(self.sheet.total.floor, self.sheet.total.cap)
        figure = self.sheet.figures.get(node.name) if node.role is NameRole.VALUE else None
        return bounds_of(figure) if figure is not None and figure.kind in AMOUNTS else ValueBounds(None, None)

    def bounds_of_score(self, node: NameNode) -> ValueBounds:
        """Between what a score or a score rate lies, where no floor, cap or norm lets it out of 0 to the full mark."""
        scored = self.nodes[node.name]
        if not is_plain(scored):
            return ValueBounds(None, None)
        return ValueBounds(Fraction(0), Fraction(1) if node.role is NameRole.RATE else mark(scored.points, self.group))

    def percentage(self, root: Node) -> Fraction | None:
        """The first number that a score rate is compared with and can never be, since it is above 1 and every cap."""
        return folded(root, self.first_percentage)

    def first_percentage(self, node: Node, below: list[Fraction | None]) -> Fraction | None:
        """The same of one part."""
        found = next((each for each in below if each is not None), None)
        if found is not None or not isinstance(node, OperationNode) or node.name not in COMPARISONS:
            return found
        for rate, other in (node.operands, node.operands[::-1]):
            number = plain_number(other)
            if isinstance(rate, NameNode) and rate.role is NameRole.RATE and number is not None:
                most = highest_rate(self.nodes[rate.name], self.group)
                return number if most is not None and number > most else None
        return None


def plain_number(node: Node) -> Fraction | None:
    """A number as written, with or without a minus."""
    if isinstance(node, OperationNode) and node.name == "negative":
        inner = plain_number(node.operands[0])
        return None if inner is None else -inner
    return node.value if isinstance(node, NumberLiteral) else None


def always(sign: str, bounds: ValueBounds, number: Fraction) -> Truth:
    """Whether everything within bounds compares so with a number, or nothing does."""
    if sign in ("==", "!="):
        is_equal = False if is_outside(number, bounds) else True if bounds.least == bounds.most == number else None
        return is_equal if is_equal is None or sign == "==" else not is_equal
    agrees = AGREES[sign]
    ends = [None if end is None else agrees(end, number) for end in bounds]
    hardest, easiest = ends if sign in (">", ">=") else ends[::-1]
    return True if hardest else False if easiest is False else None


def is_outside(number: Fraction, bounds: ValueBounds) -> bool:
    """Whether a number lies beyond bounds."""
    return (bounds.least is not None and number < bounds.least) or (bounds.most is not None and number > bounds.most)
