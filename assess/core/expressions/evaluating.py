"""The value of an expression for every unit at once, and why it is missing where it is."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, Rounding, total, where
from assess.core.exact.integers import Flags, no_gaps
from assess.core.expressions import wording
from assess.core.expressions.functions import APPROXIMATE
from assess.core.expressions.nodes import (
    Expression,
    NameNode,
    NameRole,
    Node,
    NumberLiteral,
    OperationNode,
    Quoted,
    TruthLiteral,
    WrongExpression,
    folded,
)
from assess.core.expressions.parsing import COMPARISONS
from assess.core.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A column of texts, one per unit; what `values` holds where a text is missing does not matter."""

    values: NDArray[np.object_]
    missing: Flags

    def __len__(self) -> int:
        return len(self.values)

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> TextColumn:
        """These texts, None where one is missing."""
        given = list(texts)
        missing = np.array([text is None for text in given], dtype=np.bool_)
        return cls(np.array(["" if text is None else text for text in given], dtype=object), missing)

    @classmethod
    def constant(cls, text: str, size: int) -> TextColumn:
        """The same text for every unit."""
        return cls(np.full(size, text, dtype=object), no_gaps(size))

    @classmethod
    def absent(cls, size: int) -> TextColumn:
        """Nothing but missing texts."""
        return cls(np.full(size, "", dtype=object), np.ones(size, dtype=np.bool_))


Value: TypeAlias = Column | TextColumn
Reason: TypeAlias = tuple[Flags, Text]
"""For which units, and why their value is missing."""


class NameValues(Protocol):
    """What the names of an expression stand for; every column has one entry per unit."""

    @property
    def size(self) -> int:
        """The number of units."""

    def value(self, name: str) -> Value:
        """The value of a figure, of a unit attribute, or of `total` and its like."""

    def previous(self, name: str) -> Value:
        """The value of the year before."""

    def score(self, node: str) -> Column:
        """The score of an item or section."""

    def rate(self, node: str) -> Column:
        """The score rate of an item or section, 1 for the full mark."""

    def reasons(self, name: str) -> tuple[Reason, ...]:
        """Why a plain name has no value, where more can be said than that."""

    def title(self, name: str) -> Text:
        """What a plain name is called on a page."""

    def node_title(self, node: str) -> Text:
        """What an item or section is called on a page."""


@dataclass(frozen=True, slots=True, eq=False)
class EvaluatedColumn:
    """A value per unit; where it is missing, the first reason that marks the unit says why."""

    value: Value
    reasons: tuple[Reason, ...] = ()


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
        if node.name in COMPARISONS:
            return compared(node, *operands)
        if node.name == "if":
            return chosen(node, *operands)
        if node.name in ("and", "or"):
            return joined(node, *operands)
        return self.calculated(node, operands)

    def looked_up(self, node: NameNode) -> EvaluatedColumn:
        """The value behind a name; its title is asked for only where the value is missing somewhere."""
        names, name = self.names, node.name
        look, title, why = {
            NameRole.VALUE: (names.value, names.title, wording.MISSING),
            NameRole.PREVIOUS: (names.previous, names.title, wording.MISSING_PREVIOUS),
            NameRole.SCORE: (names.score, names.node_title, wording.NO_SCORE),
            NameRole.RATE: (names.rate, names.node_title, wording.NO_SCORE),
        }[node.role]
        value = look(name)
        if not value.missing.any():
            return EvaluatedColumn(value)
        known = names.reasons(name) if node.role is NameRole.VALUE else ()
        return EvaluatedColumn(value, (*known, (value.missing, why.format(title=title(name)))))

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


def first_reasons(several: Iterable[tuple[Reason, ...]]) -> tuple[Reason, ...]:
    """Reasons one after the other, each as far as none before it marks the unit: only the first is ever told.

    So there are never more than units, however often a formula names the same missing figure.
    """
    kept: list[Reason] = []
    told: Flags | None = None
    for units, why in (reason for reasons in several for reason in reasons):
        left = units if told is None else units & ~told
        if left.any():
            kept.append((left, why))
            told = left if told is None else told | left
    return tuple(kept)


def within(reasons: tuple[Reason, ...], units: Flags) -> tuple[Reason, ...]:
    """The reasons as far as they concern these units."""
    return sum((because(mask & units, why) for mask, why in reasons), ())


def because(units: Flags, why: Text) -> tuple[Reason, ...]:
    """A reason, unless it marks no unit."""
    return ((units, why),) if units.any() else ()
