"""How many digits a calculation may grow to, whatever the figures: chains of formulas that grow beyond all measure are
refused at the formula, before anything is calculated.

A size is an upper bound: so many bits above the fraction line, a whole number below it that is the same for all units,
and so many bits below it that differ from unit to unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from math import lcm
from typing import Final, NamedTuple

from assess.core.exact.roots import LARGEST_POWER, SIGNIFICANT
from assess.core.expressions import Expression
from assess.core.expressions.functions import APPROXIMATE
from assess.core.expressions.nodes import (
    AtNode,
    AxisCall,
    NameNode,
    Node,
    NumberLiteral,
    OperationNode,
    UnitsCall,
    folded,
)
from assess.core.expressions.parsing import COMPARISONS
from assess.core.flaws import Flaw
from assess.core.parsing import DECIMALS, WHOLE_DIGITS
from assess.core.rules.checking import places
from assess.core.rules.checking.ids import mapped
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import BROKEN, complete
from assess.core.text import Text

MAX_BITS: Final = 6_000
"""About 1,800 digits on either side of the fraction line; a ratio of two figures of 39 digits has 260 bits."""
MAX_WORK: Final = 6_000_000
"""Bits that all expressions of a sheet may calculate for one unit; the largest shipped sheet does 10,000."""
DEEPEST: Final = 50
"""So many formula figures may stand one upon the other."""

TOO_LARGE = Text(
    "这个表达式的结果可能超过{most}位数字，请减少连乘、连除，或先用round取位。",
    "The result of this expression can grow beyond {most} digits. Multiply and divide less, or use round first.",
)
TOO_MUCH = Text(
    "全表的表达式计算量过大，请减少公式或缩短本表达式。",
    "The expressions of the sheet need too much calculation. Use fewer formulas or shorten this one.",
)
TOO_DEEP = Text(
    "公式数据项层层引用超过{most}层，请合并其中一些。",
    "More than {most} formula figures build on each other. Join some of them.",
)


class BitBounds(NamedTuple):
    """Upper bounds of a value: bits above the line, what all units share below it, and bits below that differ."""

    above: int
    shared: int = 1
    varied: int = 0

    @property
    def below(self) -> int:
        """Bits below the line."""
        return self.shared.bit_length() + self.varied

    @property
    def whole(self) -> int:
        """Bits of the value itself."""
        return max(0, self.above - self.shared.bit_length() + 1) + 1

    @property
    def bits(self) -> int:
        """Bits on the longer side."""
        return max(self.above, self.below)


TRUTH: Final = BitBounds(1)
PRINTED: Final = BitBounds(200, 10**15)
"""A printed score, rate, total or rank."""
ATTRIBUTE: Final = BitBounds(140, 10**24)
MANY: Final = 65_536
"""No unit has more parts, and no list more units."""
ROLLED_UP: Final = lcm(*range(1, 13))


def growth(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every expression stays within bounds, and all of them together."""
    sizes = Sizes(sheet)
    yield from sizes.flaws
    for mention in places.expressions(sheet):
        if mention.path[:1] != ("figures",):
            yield from sizes.checked(mention.value, mention.path)[1]


class Sizes:
    """The size of each figure, formulas after what they name; `work` are the bits calculated so far."""

    def __init__(self, sheet: RuleSheet) -> None:
        self.work = 0
        self.flaws: list[Flaw] = []
        self.figures: Mapping[str, Figure] = {
            name: figure for name, figure in mapped(sheet.figures).items() if figure is not BROKEN
        }
        self.sizes = {name: entered(each) for name, each in self.figures.items() if not is_sized_by_others(each)}
        self.depths = dict.fromkeys(self.sizes, 0)
        for name in in_order(self.figures):
            self.add(name)

    def add(self, name: str) -> None:
        """Size one figure that is computed."""
        figure = self.figures[name]
        path = ("figures", name, "formula" if figure.panel is None else "panel")
        depth = 1 + max((self.depths.get(each, 0) for each in named(figure)), default=0)
        if depth == DEEPEST + 1:
            self.flaws.append(Flaw(path, TOO_DEEP, {"most": DEEPEST}))
        self.depths[name] = depth
        if isinstance(figure.formula, Expression):
            self.sizes[name], flaws = self.checked(figure.formula, path)
            self.flaws += flaws
        else:
            self.sizes[name] = self.of_panel(complete(figure.panel))

    def of_panel(self, members: tuple[str, ...]) -> BitBounds:
        """The size of what a panel is combined to: a sum of all, over any number of them, or half of two."""
        size = reduce(joined, (self.sizes.get(name, ATTRIBUTE) for name in members), TRUTH)
        if size.bits > MAX_BITS:
            return ATTRIBUTE
        return BitBounds(size.above, size.shared * lcm(2, *range(1, len(members) + 1)), size.varied)

    def checked(self, expression: Expression, path: tuple[str | int, ...]) -> tuple[BitBounds, list[Flaw]]:
        """The size of an expression, a plain one after a flaw, so that what follows from it is not told again."""
        before = self.work
        size = folded(expression.root, self.size)
        if size.bits > MAX_BITS:
            return ATTRIBUTE, [Flaw(path, TOO_LARGE, {"most": MAX_BITS * 3 // 10})]
        if before <= MAX_WORK < self.work:
            return size, [Flaw(path, TOO_MUCH)]
        return size, []

    def size(self, node: Node, operands: list[BitBounds]) -> BitBounds:
        """The size of one node; what has outgrown all bounds grows no more."""
        if isinstance(node, NumberLiteral):
            return BitBounds(node.value.numerator.bit_length(), node.value.denominator)
        if isinstance(node, NameNode):
            return PRINTED if node.role.value in ("score", "rate") else self.sizes.get(node.name, ATTRIBUTE)
        if isinstance(node, AtNode):
            return self.sizes.get(node.name.name, ATTRIBUTE)
        if isinstance(node, AxisCall | UnitsCall):
            return over_many(node.call, folded(node.operand, self.size))
        if not isinstance(node, OperationNode):
            return TRUTH
        if any(each.bits > MAX_BITS for each in operands):
            return BitBounds(MAX_BITS + 1)
        size = of_operation(node, operands)
        self.work += sum(each.bits for each in operands) + size.bits
        return size


def is_sized_by_others(figure: Figure) -> bool:
    """Whether a figure has a formula or a panel that could be read."""
    return figure.is_computed and bool(isinstance(figure.formula, Expression) or complete(figure.panel))


def named(figure: Figure) -> list[str]:
    """What a figure is computed from, of this year or of the last."""
    return sorted(figure.made_of | figure.made_of_earlier)


def entered(figure: Figure) -> BitBounds:
    """The size of what may be entered for a figure, rolled up to the year."""
    if figure.kind in (FigureKind.YES_NO, FigureKind.CHOICE):
        return TRUTH
    whole = figure.kind is FigureKind.COUNT and figure.from_ not in ("task-list", "ledger")
    decimals = 0 if whole else figure.decimals if isinstance(figure.decimals, int) else DECIMALS
    return BitBounds((12 * ROLLED_UP * 10 ** (WHOLE_DIGITS + decimals)).bit_length(), ROLLED_UP * 10**decimals)


def in_order(figures: Mapping[str, Figure]) -> list[str]:
    """The computed figures, each after those that it names; of a circle those that can be reached first."""
    done: dict[str, None] = {}
    for first in figures:
        waiting = [(first, False)]
        opened: set[str] = set()
        while waiting:
            name, is_ready = waiting.pop()
            if name not in figures or not is_sized_by_others(figures[name]) or name in done:
                continue
            if is_ready:
                done[name] = None
            elif name not in opened:
                opened.add(name)
                waiting += [(name, True), *((each, False) for each in named(figures[name]))]
    return list(done)


def of_operation(node: OperationNode, operands: list[BitBounds]) -> BitBounds:
    """The size of what an operation gives."""
    if node.name in COMPARISONS or node.name in ("and", "or", "not"):
        return TRUTH
    if node.name == "if":
        return joined(operands[1], operands[2])
    if node.name == "*":
        one, other = operands
        return BitBounds(one.above + other.above, one.shared * other.shared, one.varied + other.varied)
    if node.name == "/":
        one, other = operands
        return BitBounds(one.above + other.below, one.shared, one.varied + other.above)
    if node.name == "round":
        scale = 10 ** max(0, node.digits)
        return BitBounds(operands[0].whole + scale.bit_length() + 4 * max(0, -node.digits), scale)
    if node.name in ("floor", "ceil"):
        return BitBounds(operands[0].whole)
    if node.name in APPROXIMATE:
        return of_approximate_call(node.name, operands[0])
    size = reduce(joined, operands)
    return BitBounds(size.above, size.shared * len(operands), size.varied) if node.name == "mean" else size


def of_approximate_call(name: str, operand: BitBounds) -> BitBounds:
    """The size of 12 significant digits: bits of the whole part, and decimals down to the twelfth digit."""
    if name == "exp":
        whole = smallness = 3 * min(LARGEST_POWER, 1 << min(operand.whole, 10)) // 2 + 1
    elif name == "sqrt":
        whole, smallness = operand.whole // 2 + 1, operand.below // 2 + 1
    else:
        whole, smallness = operand.bits.bit_length() + 1, operand.below + 3
    scale: int = 10 ** (SIGNIFICANT + 1 + smallness * 302 // 1000)
    return BitBounds(whole + scale.bit_length(), scale)


def over_many(call: str, size: BitBounds) -> BitBounds:
    """The size of what the values of many parts or units come to; counts, shares and places are small."""
    if call.startswith(("count", "share", "streak", "place")):
        return BitBounds(MANY.bit_length(), 1, MANY.bit_length())
    if call.startswith(("max", "min", "last")):
        return size
    return BitBounds(size.above + MANY.bit_length(), size.shared, 2 * size.varied + MANY.bit_length())


def joined(one: BitBounds, other: BitBounds) -> BitBounds:
    """Both over a common denominator, and one bit for their sum."""
    shared = lcm(one.shared, other.shared)
    first = one.above + (shared // one.shared).bit_length() + other.varied
    second = other.above + (shared // other.shared).bit_length() + one.varied
    return BitBounds(max(first, second) + 1, shared, one.varied + other.varied)
