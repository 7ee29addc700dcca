"""How what an item reads depends on one figure: not at all, along a straight line, or in another way."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property

from assess.core.expressions import Expression
from assess.core.expressions.nodes import (
    AtNode,
    AxisCall,
    ElsewhereNode,
    NameNode,
    NameRole,
    Node,
    OperationNode,
    UnitsCall,
    every_node,
    folded,
    nodes_here,
)
from assess.core.kinds import Formula, Name, ReferenceType, ValueOf
from assess.core.rules.checking.places import mentions
from assess.core.rules.figure import PERIOD_AXES, Figure, PanelCombination, PeriodKind
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet

ADDING = frozenset({"+", "-", "negative", "sum", "mean"})
ADDED_UP = frozenset({None, PanelCombination.MEAN, PanelCombination.SUM})


class Dependence(IntEnum):
    """How a value changes with a figure."""

    NONE = 0
    STRAIGHT = 1
    OTHER = 2


class ReadingOfFigure:
    """What of a sheet depends on the year's value of one figure, and how."""

    def __init__(self, figure: str, sheet: RuleSheet) -> None:
        self.figure = figure
        self.sheet = sheet
        self.found: dict[str, Dependence] = {figure: Dependence.STRAIGHT}

    @cached_property
    def readers(self) -> frozenset[str]:
        """The figure, and those that are computed from it, directly or through others."""
        found = frozenset({self.figure})
        while True:
            more = found | {id for id, each in self.sheet.figures.items() if not found.isdisjoint(each.made_of)}
            if more == found:
                return found
            found = more

    def of_name(self, name: str) -> Dependence:
        """How a figure or an attribute depends on it."""
        if name not in self.readers:
            return Dependence.NONE
        if name not in self.found:
            self.found[name] = self.of_computed(self.sheet.figures[name])
        return self.found[name]

    def of_computed(self, figure: Figure) -> Dependence:
        """How a computed figure depends on it."""
        if figure.formula is not None:
            return self.of_node(figure.formula.root)
        most = max(map(self.of_name, figure.panel or ()), default=Dependence.NONE)
        added = figure.over in ADDED_UP and figure.pick is None
        return most if added or most is Dependence.NONE else Dependence.OTHER

    def of_node(self, root: Node) -> Dependence:
        """How an expression depends on it."""
        return folded(root, self.of_operation)

    def of_operation(self, node: Node, operands: list[Dependence]) -> Dependence:
        """How one node depends on it, by its operands."""
        match node:
            case NameNode():
                return self.of_name(node.name) if node.role is NameRole.VALUE else Dependence.NONE
            case AtNode() | AxisCall() | UnitsCall():
                return self.of_elsewhere(node)
            case OperationNode():
                return of_operands(node.name, operands)
        return Dependence.NONE

    def of_elsewhere(self, node: ElsewhereNode) -> Dependence:
        """How a call over parts or units depends on it: a value of a period stays, whatever the year's is."""
        inside = [node.name] if isinstance(node, AtNode) else names_in(node.operand)
        if isinstance(node, UnitsCall) and node.condition is not None:
            inside += names_in(node.condition)
        if self.readers.isdisjoint(each.name for each in inside):
            return Dependence.NONE
        at_periods = isinstance(node, AtNode) or (isinstance(node, AxisCall) and node.axis in PERIOD_AXES)
        has_periods = self.sheet.figures[self.figure].period is not PeriodKind.YEAR
        return Dependence.NONE if at_periods and has_periods else Dependence.OTHER

    def is_beside(self, item: Item) -> bool:
        """Whether an item reads it for anything but its own figure and the conditions of its corrections."""
        for mention in mentions(item):
            if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name):
                name = mention.value.name
            elif isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure":
                name = mention.value
                if name == self.figure:
                    continue
            else:
                continue
            if self.of_name(name) is not Dependence.NONE:
                return True
        return False

    def looks_at_units_twice(self, item: Item) -> bool:
        """Whether what others have, as a call over units of the item reads it, changes with it too.

        So it does where such a call stands inside another, or at other places; a median counts as such.
        """
        return any(self.is_twice(node) for each in self.expressions_read(item) for node in nodes_here(each.root))

    def is_twice(self, node: Node) -> bool:
        """Whether a call holds another over units that depends on it."""
        if isinstance(node, UnitsCall):
            inner = [each for each in (node.operand, node.condition) if each is not None]
            is_median = node.call == "median_of" and self.of_elsewhere(node) is not Dependence.NONE
            return is_median or any(map(self.holds_units_call, inner))
        if isinstance(node, AtNode):
            return self.holds_units_call(node.name)
        return isinstance(node, AxisCall) and self.holds_units_call(node.operand)

    def holds_units_call(self, root: Node) -> bool:
        """Whether an expression, or a formula that it reads, has a call over units that depends on it."""
        for node in every_node(root):
            if isinstance(node, UnitsCall) and self.of_elsewhere(node) is not Dependence.NONE:
                return True
            if isinstance(node, NameNode) and node.name in self.readers and self.reads_units(node):
                return True
        return False

    def reads_units(self, node: NameNode) -> bool:
        """Whether the formula behind a name has such a call; one of the period before may be the formula itself."""
        formula = self.sheet.figures[node.name].formula
        if formula is None or node.role not in (NameRole.VALUE, NameRole.BEFORE):
            return False
        return node.role is NameRole.BEFORE or self.holds_units_call(formula.root)

    def looks_at_units(self, item: Item) -> bool:
        """Whether a call over units that the item rests on depends on it."""
        return any(self.holds_units_call(each.root) for each in self.expressions_read(item))

    def expressions_read(self, item: Item) -> Iterator[Expression]:
        """The expressions of an item, and the formulas of figures that depend on it."""
        yield from (each.value for each in mentions(item) if isinstance(each.kind, Formula))
        yield from (each for name in sorted(self.readers) if (each := self.sheet.figures[name].formula) is not None)


def of_operands(name: str, operands: list[Dependence]) -> Dependence:
    """How an operation depends on the figure."""
    most = max(operands)
    if most is Dependence.NONE or name in ADDING:
        return most
    if name == "*" and sum(operands) <= Dependence.STRAIGHT:
        return most
    return most if name == "/" and operands[1] is Dependence.NONE else Dependence.OTHER


def names_in(root: Node) -> list[NameNode]:
    """The names of this year, or of the period before, inside an expression, wherever they are read."""
    return [
        node
        for node in every_node(root)
        if isinstance(node, NameNode) and node.role in (NameRole.VALUE, NameRole.BEFORE)
    ]
