"""Where the conditions of corrections change as one figure grows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assess.core.exact import Column
from assess.core.expressions import Expression, TextColumn
from assess.core.expressions.nodes import Node, OperationNode
from assess.core.expressions.parsing import COMPARISONS
from assess.core.headroom.reading import Dependence, ReadingOfFigure
from assess.core.scoring.inputs import ScopeValues

JOINING = frozenset({"and", "or", "not"})


def turning_points_of_conditions(
    conditions: Iterable[Expression], reading: ReadingOfFigure, at: Sequence[ScopeValues]
) -> list[Column] | None:
    """Where one of them may become true or false; None where that cannot be told.

    Args:
        conditions: of the corrections of an item.
        reading: how expressions depend on the figure.
        at: the values where the figure is 0 for every unit, and where it is 1.
    """
    found: list[Column] = []
    waiting: list[Node] = [condition.root for condition in conditions]
    while waiting:
        node = waiting.pop()
        how = reading.of_node(node)
        if isinstance(node, OperationNode) and node.name in JOINING:
            waiting += node.operands
        elif isinstance(node, OperationNode) and node.name in COMPARISONS:
            how = max(map(reading.of_node, node.operands))
        if how is Dependence.STRAIGHT:
            found.append(crossing(node, at))
        elif how is Dependence.OTHER and not (isinstance(node, OperationNode) and node.name in JOINING):
            return None
    return found


def crossing(node: Node, at: Sequence[ScopeValues]) -> Column:
    """Where the sides of a comparison are equal, or a bare number is 0; missing where that is nowhere."""
    at_zero, at_one = (gap(node, values) for values in at)
    return at_zero / (at_zero - at_one)


def gap(node: Node, values: ScopeValues) -> Column:
    """How far the sides of a comparison lie apart."""
    if isinstance(node, OperationNode) and node.name in COMPARISONS:
        left, right = (number_at(each, values) for each in node.operands)
        return left - right
    return number_at(node, values)


def number_at(node: Node, values: ScopeValues) -> Column:
    """The value of a part of an expression; what is text is missing."""
    value = values.evaluate(Expression("", node, ())).value
    return Column.absent(len(value)) if isinstance(value, TextColumn) else value
