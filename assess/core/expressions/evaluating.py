"""The value of an expression for every unit at once, and why it is missing where it is."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, Rounding, total, where
from assess.core.exact.integers import Flags
from assess.core.exact.peer_comparison import OthersAsTheyAre
from assess.core.expressions import wording
from assess.core.expressions.combining import over_parts, over_units, own_among_others
from assess.core.expressions.functions import APPROXIMATE
from assess.core.expressions.nodes import (
    AtNode,
    AxisCall,
    ElsewhereNode,
    Expression,
    NameNode,
    NameRole,
    Node,
    NumberLiteral,
    OperationNode,
    Quoted,
    TruthLiteral,
    UnitsCall,
    WrongExpression,
    folded,
)
from assess.core.expressions.outcomes import (
    EvaluatedColumn,
    NameValues,
    Reason,
    TextColumn,
    Value,
    because,
    first_reasons,
    within,
)
from assess.core.expressions.parsing import COMPARISONS
from assess.core.text import Text


def evaluate(expression: Expression, names: NameValues, rounding: Rounding) -> EvaluatedColumn:
    """The exact value for every unit; conditions are 1 where they hold and 0 where not.

    Raises:
        WrongExpression: a text stands for a number, which `check_kinds` finds once the kinds of all names are known.
    """
    return folded(expression.root, Evaluator(names, rounding).outcome)


def holds(outcome: EvaluatedColumn) -> tuple[Flags, Flags]:
    """Where a condition holds, and where that cannot be told; a number holds where it is not 0."""
    value = outcome.value
    if isinstance(value, TextColumn):
        raise WrongExpression(wording.CONDITION_WANTED, 1)
    return value != 0, value.missing


class Evaluator:
    """Finds the outcome of each node from the outcomes of its operands."""

    def __init__(self, names: NameValues, rounding: Rounding) -> None:
        self.names = names
        self.rounding = rounding

    def outcome(self, node: Node, operands: list[EvaluatedColumn]) -> EvaluatedColumn:
        """The outcome of one node."""
        match node:
            case NumberLiteral():
                return EvaluatedColumn(Column.constant(node.value, self.names.size))
            case TruthLiteral():
                return EvaluatedColumn(Column.constant(int(node.value), self.names.size))
            case Quoted():
                return EvaluatedColumn(TextColumn.constant(node.text, self.names.size))
            case NameNode():
                return self.looked_up(node)
            case AtNode() | AxisCall() | UnitsCall():
                return self.elsewhere(node)
        if node.name in COMPARISONS:
            return compared(node, *operands)
        if node.name == "if":
            return chosen(node, *operands)
        if node.name in ("and", "or"):
            return joined(node, *operands)
        return self.calculated(node, operands)

    def elsewhere(self, node: ElsewhereNode) -> EvaluatedColumn:
        """What is computed at other places."""
        if isinstance(node, AtNode):
            return folded(node.name, Evaluator(self.names.at(node.period), self.rounding).outcome)
        if isinstance(node, AxisCall):
            parts = self.names.along(node.axis)
            at_parts = folded(node.operand, Evaluator(parts.names, self.rounding).outcome)
            return over_parts(node, parts, number(at_parts, node.operand), self.names.size)
        return self.over_units(node)

    def over_units(self, node: UnitsCall) -> EvaluatedColumn:
        """A call over the units of the group, or over all."""
        compared = self.names.among_units("all" in node.words)
        values, among = self.counted(node, compared.names, compared.groups)
        if compared.others is None:
            return over_units(node, values, compared, among)
        others = OthersAsTheyAre(compared.groups, *self.counted(node, compared.others, compared.groups)[::-1])
        return own_among_others(node, values.only(among), compared, others)

    def counted(self, node: UnitsCall, names: NameValues, groups: NDArray[np.int64]) -> tuple[Column, Flags]:
        """The values of a call over units, and which of them count."""
        evaluator = Evaluator(names, self.rounding)
        values = number(folded(node.operand, evaluator.outcome), node.operand)
        among: Flags = groups >= 0
        if node.condition is not None:
            among &= number(folded(node.condition, evaluator.outcome), node.condition) != 0
        return values, among

    def looked_up(self, node: NameNode) -> EvaluatedColumn:
        """The value behind a name; its title is asked for only where the value is missing somewhere."""
        value, title, why = self.found(node)
        if not value.missing.any():
            return EvaluatedColumn(value)
        known = self.names.reasons(node.name) if node.role is NameRole.VALUE else ()
        return EvaluatedColumn(value, (*known, (value.missing, why.format(title=title(node.name)))))

    def found(self, node: NameNode) -> tuple[Value, Callable[[str], Text], Text]:
        """The value behind a name, what gives its title, and what is told where it is missing."""
        names = self.names
        match node.role:
            case NameRole.VALUE:
                return names.value(node.name), names.title, wording.MISSING
            case NameRole.PREVIOUS if node.years == 1:
                return names.previous(node.name), names.title, wording.MISSING_PREVIOUS
            case NameRole.PREVIOUS:
                years_back = wording.MISSING_YEARS_BACK.format(years=node.years, title="{title}")
                return names.previous(node.name, node.years), names.title, years_back
            case NameRole.BEFORE:
                return names.before(node.name), names.title, wording.MISSING_BEFORE
            case NameRole.SCORE:
                return names.score(node.name), names.node_title, wording.NO_SCORE
            case NameRole.RATE:
                return names.rate(node.name), names.node_title, wording.NO_SCORE

    def calculated(self, node: OperationNode, operands: list[EvaluatedColumn]) -> EvaluatedColumn:
        """Arithmetic and calls: missing for a unit where an operand is."""
        columns = [number(operand, each) for operand, each in zip(operands, node.operands, strict=True)]
        reasons = first_reasons(operand.reasons for operand in operands)
        if node.name == "/":
            reasons = first_reasons((reasons, because(columns[1] == 0, wording.DIVISION_BY_ZERO)))
        if node.name in APPROXIMATE:
            call = APPROXIMATE[node.name]
            outside = call.undefined(columns[0])
            value = call.value(columns[0].only(~outside))
            return EvaluatedColumn(value, first_reasons((reasons, because(outside, call.why))))
        if node.name == "round":
            return EvaluatedColumn(columns[0].round(node.digits, self.rounding), reasons)
        return bounded(CALCULATIONS[node.name](columns), reasons)


CALCULATIONS: Final[dict[str, Callable[[list[Column]], Column]]] = {
    "+": total,
    "-": lambda columns: columns[0] - columns[1],
    "*": lambda columns: columns[0] * columns[1],
    "/": lambda columns: columns[0] / columns[1],
    "negative": lambda columns: -columns[0],
    "not": lambda columns: Column.truths(columns[0] == 0, columns[0].missing),
    "min": lambda columns: reduce(Column.at_most, columns),
    "max": lambda columns: reduce(Column.at_least, columns),
    "abs": lambda columns: columns[0].abs(),
    "floor": lambda columns: columns[0].floor(),
    "ceil": lambda columns: columns[0].ceil(),
    "mean": lambda columns: total(columns) / len(columns),
    "sum": total,
}
COMPARERS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}

MAX_RESULT_LENGTH: Final = 1_810
"""Digits on either side of the fraction line. The check of a rule sheet refuses what could pass this; the bound keeps
whatever was not checked cheap."""


def bounded(value: Column, reasons: tuple[Reason, ...]) -> EvaluatedColumn:
    """The value, missing where it has grown beyond all measure."""
    limit = 10**MAX_RESULT_LENGTH
    if value.bound < limit and value.most < limit:
        return EvaluatedColumn(value, reasons)
    large = np.asarray((abs(value.numerators) >= limit) | (value.denominators >= limit), dtype=np.bool_) & value.present
    why = wording.TOO_LARGE.format(most=MAX_RESULT_LENGTH)
    return EvaluatedColumn(value.only(~large).without_remains(), first_reasons((reasons, because(large, why))))


def compared(node: OperationNode, left: EvaluatedColumn, right: EvaluatedColumn) -> EvaluatedColumn:
    """A comparison: missing for a unit where a side is."""
    one, other = alike(left.value, right.value, node)
    missing = one.missing | other.missing
    if isinstance(one, TextColumn) and isinstance(other, TextColumn):
        if node.name not in ("==", "!="):
            raise WrongExpression(wording.TEXT_ORDERED, node.column)
        flags = COMPARERS[node.name](one.values, other.values).astype(np.bool_)
    else:
        flags = COMPARERS[node.name](one, other)
    return EvaluatedColumn(Column.truths(flags, missing), first_reasons((left.reasons, right.reasons)))


def joined(node: OperationNode, left: EvaluatedColumn, right: EvaluatedColumn) -> EvaluatedColumn:
    """`and`, `or`: the right side counts only for the units that the left side leaves open."""
    one, other = (number(side, each) for side, each in zip((left, right), node.operands, strict=True))
    undecided = one != 0 if node.name == "and" else one == 0
    true = (undecided & (other != 0)) if node.name == "and" else ((one != 0) | (undecided & (other != 0)))
    missing = one.missing | (undecided & other.missing)
    return EvaluatedColumn(
        Column.truths(true, missing), first_reasons((left.reasons, within(right.reasons, undecided)))
    )


def chosen(
    node: OperationNode, condition: EvaluatedColumn, left: EvaluatedColumn, right: EvaluatedColumn
) -> EvaluatedColumn:
    """`if`: for each unit the chosen branch alone, and no value where the condition has none."""
    test = number(condition, node.operands[0])
    first, second = test != 0, test == 0
    one, other = alike(left.value, right.value, node)
    reasons = first_reasons((condition.reasons, within(left.reasons, first), within(right.reasons, second)))
    if isinstance(one, TextColumn) and isinstance(other, TextColumn):
        missing = test.missing | np.where(first, one.missing, other.missing)
        return EvaluatedColumn(TextColumn(np.where(first, one.values, other.values), missing), reasons)
    assert isinstance(one, Column)
    assert isinstance(other, Column)
    return EvaluatedColumn(where(first, one, other).only(test.present), reasons)


def number(outcome: EvaluatedColumn, node: Node) -> Column:
    """An outcome that must be a number; texts that are all missing pass for missing numbers."""
    value = outcome.value
    if isinstance(value, Column):
        return value
    if value.missing.all():
        return Column.absent(len(value))
    raise WrongExpression(wording.NUMBER_WANTED, node.column)


def alike(left: Value, right: Value, node: Node) -> tuple[Value, Value]:
    """Two values that are both numbers or both texts; what is all missing passes for either."""
    if type(left) is type(right):
        return left, right
    if left.missing.all():
        return type(right).absent(len(right)), right
    if right.missing.all():
        return left, type(left).absent(len(left))
    raise WrongExpression(wording.TEXT_WITH_NUMBER, node.column)
