"""The parsed form of an expression, and the one walk over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar

from assess.core.expressions.functions import APPROXIMATE
from assess.core.text import Text

Result = TypeVar("Result")
SIZES: Final = frozenset(["<", "<=", ">", ">=", "-", "*", "/"])
EQUALITIES: Final = frozenset(["==", "!="])


class ExpressionFlaw(NamedTuple):
    """One thing wrong in an expression; the column counts from 1 inside the expression.

    The blanks of `what` are filled already: show it, or pass it on as a fact, never as a template.
    """

    what: Text
    column: int


class WrongExpression(ValueError):
    """The text is no expression; `what` is wrong at `column`, as in ExpressionFlaw."""

    def __init__(self, what: Text, column: int) -> None:
        super().__init__(f"column {column}: {what.en}")
        self.what = what
        self.column = column


class NameRole(StrEnum):
    """In what way an expression uses a name."""

    VALUE = "value"
    PREVIOUS = "previous"
    BEFORE = "before"
    SCORE = "score"
    RATE = "rate"


VALUES: Final = frozenset([NameRole.VALUE, NameRole.PREVIOUS, NameRole.BEFORE])
"""The roles of figures and attributes, not of scores."""


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number as written; `percent` where it was written with a percent sign."""

    value: Fraction
    percent: bool
    column: int


@dataclass(frozen=True, slots=True)
class TruthLiteral:
    """`true`, `yes`, `false` or `no`."""

    value: bool
    column: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text between quotation marks."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class NameNode:
    """A name: of a figure, an attribute or a result, or with `score()` and `rate()` the id of an item or section.

    `years` is how many years back `previous()` looks.
    """

    role: NameRole
    name: str
    column: int
    years: int = 1


@dataclass(frozen=True, slots=True)
class OperationNode:
    """Something done with operands.

    `name` is the sign (`+`, `<=`), the word (`and`, `not`) or the call (`if`, `min`) as written; unary minus is
    `negative`. `column` is where that stands. `digits` belongs to `round` alone.
    """

    name: str
    operands: tuple[Node, ...]
    column: int
    digits: int = 0


@dataclass(frozen=True, slots=True)
class AtNode:
    """`at(f, "03")`: a figure at a period of the year, written 01 to 12, Q1 to Q4, H1 or H2."""

    name: NameNode
    period: str
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class AxisCall:
    """`mean_by(month, e)` and the like: an expression at each part of an axis, and the parts combined."""

    call: str
    axis: str
    operand: Node
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class UnitsCall:
    """`mean_of(e)` and the like: an expression over the units of the group, or of all.

    `condition` says which units count. The `words` are those written behind the expression: `all`, and of `place_of`
    also `lower` and the way of counting ties.
    """

    call: str
    operand: Node
    column: int
    text: str
    words: frozenset[str] = frozenset()
    condition: Node | None = None


ElsewhereNode = AtNode | AxisCall | UnitsCall
"""What is computed at other places than the expression around it; `text` is how it was written."""

Node = NumberLiteral | TruthLiteral | Quoted | NameNode | OperationNode | ElsewhereNode


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was parsed; two are equal where their texts are."""

    text: str
    root: Node = field(compare=False, repr=False)
    references: tuple[NameNode, ...] = field(compare=False, repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The names whose value is used, of this year also where of the period before: figures, attributes, `total`."""
        return self._named(NameRole.VALUE, NameRole.BEFORE)

    @property
    def names_of_same_time(self) -> frozenset[str]:
        """The names whose value of no earlier period or year is used."""
        return self._named(NameRole.VALUE)

    @property
    def previous_names(self) -> frozenset[str]:
        """The names inside `previous()`, and inside `before()`, which may look into the year before."""
        return self._named(NameRole.PREVIOUS, NameRole.BEFORE)

    @property
    def earlier(self) -> frozenset[tuple[str, int]]:
        """Each name of `previous_names` with how many years back it may be looked for."""
        roles = (NameRole.PREVIOUS, NameRole.BEFORE)
        return frozenset((each.name, each.years) for each in self.references if each.role in roles)

    @property
    def references_read_here(self) -> tuple[NameNode, ...]:
        """The figures and attributes that are read at the place of the expression itself, in the order written.

        Those along an axis, over units or at a period of their own are none.
        """
        here = [node for node in nodes_here(self.root) if isinstance(node, NameNode) and node.role in VALUES]
        return tuple(sorted(here, key=lambda node: node.column))

    @property
    def names_read_here(self) -> frozenset[str]:
        """Their names, and those at a period of the year."""
        at_periods = (node.name.name for node in self.calls_elsewhere if isinstance(node, AtNode))
        return frozenset((*(each.name for each in self.references_read_here), *at_periods))

    @property
    def calls_elsewhere(self) -> tuple[AtNode | AxisCall | UnitsCall, ...]:
        """The calls that look at other places, but for those inside others, from left to right."""
        found = [node for node in nodes_here(self.root) if isinstance(node, AtNode | AxisCall | UnitsCall)]
        return tuple(sorted(found, key=lambda node: node.column))

    @property
    def nodes(self) -> frozenset[str]:
        """The ids of items and sections inside `score()` and `rate()`."""
        return self._named(NameRole.SCORE, NameRole.RATE)

    @property
    def is_approximate(self) -> bool:
        """Whether a root, logarithm or power of e stands in it, of which no fraction holds the value."""
        return any(isinstance(node, OperationNode) and node.name in APPROXIMATE for node in every_node(self.root))

    @property
    def measured_names(self) -> frozenset[str]:
        """The names that can only be numbers here: ordered, set against a number, or calculated with but for sums."""
        return frozenset(name for node in every_node(self.root) for name in measured_by(node))

    def _named(self, *roles: NameRole) -> frozenset[str]:
        return frozenset(reference.name for reference in self.references if reference.role in roles)


def measured_by(node: Node) -> Iterator[str]:
    """The names that one operation takes for numbers; truths are added up, too, and are equal to one another."""
    operands = operands_of(node)
    if not isinstance(node, OperationNode) or node.name not in (*SIZES, *EQUALITIES):
        return
    if node.name in EQUALITIES and not any(isinstance(each, NumberLiteral) for each in operands):
        return
    yield from (each.name for each in operands if isinstance(each, NameNode))


def folded(root: Node, step: Callable[[Node, list[Result]], Result]) -> Result:
    """The result of `step` at the root, given at each node the results of its operands, left to right.

    Without recursion, so that a sum of a thousand terms is as safe as one of two.
    """
    order: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting.extend(operands_of(node))
    results: list[Result] = []
    for node in reversed(order):
        start = len(results) - len(operands_of(node))
        operands = results[start:]
        del results[start:]
        results.append(step(node, operands))
    return results[0]


def operands_of(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made from at the same place."""
    return node.operands if isinstance(node, OperationNode) else ()


def nodes_here(root: Node) -> Iterator[Node]:
    """The root and every node below it that is computed at the same place."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(operands_of(node))


def inner_expressions(node: Node) -> tuple[Node, ...]:
    """What a node computes at other places."""
    if isinstance(node, AxisCall):
        return (node.operand,)
    if isinstance(node, UnitsCall):
        return (node.operand,) if node.condition is None else (node.operand, node.condition)
    return (node.name,) if isinstance(node, AtNode) else ()


def every_node(root: Node) -> Iterator[Node]:
    """The root and every node below it, at whatever place it is computed."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend((*operands_of(node), *inner_expressions(node)))
