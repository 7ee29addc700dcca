"""Where expressions and figures are read: at units, objects and periods that they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assess.core.expressions import Expression, ValueType
from assess.core.expressions.nodes import (
    AtNode,
    AxisCall,
    NameNode,
    NameRole,
    Node,
    UnitsCall,
    every_node,
    operands_of,
)
from assess.core.flaws import Flaw, Path
from assess.core.kinds import WRONG_EXPRESSION, Formula, Name, Previous, ReferenceType, ValueOf
from assess.core.rules.checking import places
from assess.core.rules.checking.ids import mapped
from assess.core.rules.figure import PERIOD_AXES, Figure
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import PeerGroup, RuleSheet, all_items
from assess.core.schema import BROKEN, complete, hint
from assess.core.text import Text

OF_OBJECT = Text(
    "数据项“{name}”属于对象（{kind}），这里没有这种对象，请改用mean_by({kind}, …)等，或在考核项写by: {kind}。",
    "The figure “{name}” belongs to objects ({kind}), and there is none here. Use mean_by({kind}, …) or the like, "
    "or give the item `by: {kind}`.",
)
NO_PERIOD_HERE = Text(
    "before()只能用在有期间的地方，如mean_by(month, …)之内或by: month的考核项。",
    "before() needs a period: use it inside mean_by(month, …) or in an item with `by: month`.",
)
AXIS_TWICE = Text(
    "这里已经逐期（或逐个对象）计算，不能再写{name}({axis}, …)，请改写。",
    "This is already computed for each period (or object). {name}({axis}, …) cannot be used here.",
)
NO_SUCH_AXIS = Text(
    "没有“{axis}”这种期间或对象类别。{hint}", "There is no period or kind of objects called “{axis}”. {hint}"
)
PERIODS_ONLY = Text(
    "{name}只用于month、quarter或half，请修改。", "{name} is only for month, quarter or half. Change it."
)
NO_CALLS_HERE = Text(
    "这里只能比较属性，不能用{name}()，请删去。", "Only attributes can be compared here. Delete {name}()."
)
RESULTS_INSIDE = Text(
    "{name}()之内不能用得分、总分等结果，请删去“{inner}”。",
    "Results cannot be used inside {name}(). Delete “{inner}”.",
)
THROUGH = Text("数据项“{figure}”的公式：{what}", "In the formula of “{figure}”: {what}")
NOT_HERE = Text(
    "“{name}”是对象的属性，这里没有对象，请修改。",
    "“{name}” is an attribute of objects, and there is none here. Change it.",
)
NO_FIGURES_IN_WHERE = Text(
    "where中只能用属性、period和object，不能用数据项“{name}”。",
    "`where` takes attributes, `period` and `object`, not the figure “{name}”.",
)
NOT_IN_BY = Text(
    "by中没有{what}，where不能用“{name}”，请修改。",
    "`by` has no {what}, so `where` cannot use “{name}”. Change one of them.",
)
PERIOD_WORD, OBJECT_WORD = Text("期间", "period"), Text("对象类别", "kind of objects")
RESULTS = frozenset({"total", "previous_grade", "previous_rank", "previous_of"})


class CheckedPlace(NamedTuple):
    """What a place has beside its unit: an object of a kind, and a period."""

    kind: str | None
    has_period: bool


UNIT = CheckedPlace(None, False)


class PlaceFlaw(NamedTuple):
    """What is wrong with reading a name or a call at a place, and its column in the expression."""

    what: Text
    column: int


def place_of(item: Item) -> CheckedPlace:
    """Where the method of an item reads its figures."""
    axes = () if item.by in (None, BROKEN) else item.by or ()
    kinds = [axis for axis in axes if axis not in PERIOD_AXES]
    return CheckedPlace(kinds[0] if kinds else None, any(axis in PERIOD_AXES for axis in axes))


def read_at_places(sheet: RuleSheet, objects: Mapping[str, Mapping[str, ValueType]] | None = None) -> Iterator[Flaw]:
    """Every figure, attribute and call is read where it has a value.

    `objects` are the attributes of each kind of objects, where their list is known.
    """
    checker = PlaceChecker(sheet, objects)
    for item in all_items(sheet):
        for mention in places.mentions(item):
            yield from checker.of_item(item, mention)
    for mention in places.of_ranking(sheet):
        yield from checker.value(mention, UNIT)
    for mention in (*places.of_adjustments(sheet), *places.of_groups(sheet)):
        if isinstance(mention.kind, Formula):
            if isinstance(mention.record, PeerGroup):
                yield from without_calls(mention)
            else:
                yield from located(mention.path, checker.expression(mention.value, UNIT))


def located(path: Path, flaws: Iterator[PlaceFlaw]) -> Iterator[Flaw]:
    """Flaws of an expression at its key."""
    for flaw in flaws:
        yield Flaw(path, WRONG_EXPRESSION, {"column": flaw.column, "what": flaw.what})


def without_calls(mention: places.Mention) -> Iterator[Flaw]:
    """No call over parts or units where units are grouped or an item is said to apply."""
    for node in every_node(mention.value.root):
        if isinstance(node, AxisCall | UnitsCall | AtNode):
            name = "at" if isinstance(node, AtNode) else node.call
            what = NO_CALLS_HERE.format(name=name)
            yield Flaw(mention.path, WRONG_EXPRESSION, {"column": node.column, "what": what})


class PlaceChecker:
    """Follows expressions through formulas, each at the places where it is read; each way is told of once."""

    def __init__(self, sheet: RuleSheet, objects: Mapping[str, Mapping[str, ValueType]] | None) -> None:
        self.figures: Mapping[str, Figure] = {
            name: each for name, each in mapped(sheet.figures).items() if each is not BROKEN
        }
        self.kinds = tuple(mapped(sheet.objects))
        self.objects = objects
        self.followed: dict[tuple[str, CheckedPlace], list[PlaceFlaw]] = {}

    def of_item(self, item: Item, mention: places.Mention) -> Iterator[Flaw]:
        """What is wrong with one key of an item."""
        key = mention.path[len(item.path)]
        if key == "applies":
            yield from without_calls(mention)
        elif key == "where":
            yield from without_calls(mention)
            yield from self.of_where(item, mention)
        else:
            place = UNIT if key == "corrections" else place_of(item)
            yield from self.value(mention, place)

    def of_where(self, item: Item, mention: places.Mention) -> Iterator[Flaw]:
        """`where` reads attributes, and the period and object of the part."""
        place = place_of(item)
        for reference in mention.value.references:
            name = reference.name
            what = None
            if name in self.figures:
                what = NO_FIGURES_IN_WHERE.format(name=name)
            elif name == "period" and not place.has_period:
                what = NOT_IN_BY.format(name=name, what=PERIOD_WORD)
            elif name == "object" and place.kind is None:
                what = NOT_IN_BY.format(name=name, what=OBJECT_WORD)
            if what is not None:
                yield Flaw(mention.path, WRONG_EXPRESSION, {"column": reference.column, "what": what})

    def value(self, mention: places.Mention, place: CheckedPlace) -> Iterator[Flaw]:
        """A figure, a value position or an expression, read at a place."""
        if isinstance(mention.kind, Formula):
            yield from located(mention.path, self.expression(mention.value, place))
            return
        name = None
        if isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure":
            name = mention.value
        elif isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name | Previous):
            name = mention.value.name if isinstance(mention.value, Name) else mention.value.figure
        if name is not None:
            for flaw in self.named(NameNode(NameRole.VALUE, name, 0), place):
                yield Flaw(mention.path, flaw.what)

    def expression(self, expression: Expression, place: CheckedPlace) -> Iterator[PlaceFlaw]:
        """An expression, read at a place."""
        return self.node(expression.root, place)

    def node(self, node: Node, place: CheckedPlace) -> Iterator[PlaceFlaw]:
        """A node and what it is made of."""
        match node:
            case NameNode():
                yield from self.named(node, place)
            case AtNode():
                yield from self.named(node.name, place._replace(has_period=True))
            case AxisCall():
                yield from self.over_parts(node, place)
            case UnitsCall():
                yield from self.over_units(node, place)
        for operand in operands_of(node):
            yield from self.node(operand, place)

    def over_parts(self, node: AxisCall, place: CheckedPlace) -> Iterator[PlaceFlaw]:
        """A call over an axis that the place does not have already."""
        is_period = node.axis in PERIOD_AXES
        if not is_period and node.axis not in self.kinds:
            known = (*PERIOD_AXES, *self.kinds)
            yield PlaceFlaw(NO_SUCH_AXIS.format(axis=node.axis, hint=hint(node.axis, known)), node.column)
            return
        if place.has_period if is_period else place.kind is not None:
            yield PlaceFlaw(AXIS_TWICE.format(name=node.call, axis=node.axis), node.column)
            return
        if not is_period and node.call in ("streak_by", "last_by"):
            yield PlaceFlaw(PERIODS_ONLY.format(name=node.call), node.column)
        yield from without_results(node)
        inner = place._replace(has_period=True) if is_period else place._replace(kind=node.axis)
        yield from self.node(node.operand, inner)

    def over_units(self, node: UnitsCall, place: CheckedPlace) -> Iterator[PlaceFlaw]:
        """A call over units, which is computed without an object."""
        yield from without_results(node)
        for inner in (node.operand, node.condition):
            if inner is not None:
                yield from self.node(inner, place._replace(kind=None))

    def named(self, node: NameNode, place: CheckedPlace) -> Iterator[PlaceFlaw]:
        """A figure or an attribute at a place; formulas are followed."""
        if node.role is NameRole.BEFORE and not place.has_period:
            yield PlaceFlaw(NO_PERIOD_HERE, node.column)
        figure = self.figures.get(node.name)
        if figure is None:
            yield from self.attribute(node, place)
            return
        if figure.of not in (None, BROKEN) and figure.of != place.kind:
            yield PlaceFlaw(OF_OBJECT.format(name=node.name, kind=figure.of), node.column)
        for flaw in self.inside(node.name, figure, place):
            yield PlaceFlaw(THROUGH.format(figure=node.name, what=flaw.what), node.column)

    def attribute(self, node: NameNode, place: CheckedPlace) -> Iterator[PlaceFlaw]:
        """An attribute of objects is read at an object of its kind."""
        kinds = [kind for kind, known in (self.objects or {}).items() if node.name in known]
        if kinds and place.kind not in kinds and node.role is NameRole.VALUE:
            yield PlaceFlaw(NOT_HERE.format(name=node.name), node.column)

    def inside(self, name: str, figure: Figure, place: CheckedPlace) -> list[PlaceFlaw]:
        """What is wrong with a computed figure at a place."""
        if (name, place) not in self.followed:
            self.followed[name, place] = []
            found = list(self.expression(figure.formula, place)) if isinstance(figure.formula, Expression) else []
            for member in complete(figure.panel):
                found += self.named(NameNode(NameRole.VALUE, member, 1), place)
            self.followed[name, place] = found[:1]
        return self.followed[name, place]


def without_results(node: AxisCall | UnitsCall) -> Iterator[PlaceFlaw]:
    """Scores, totals and last year's results never stand inside a call over parts or units."""
    inner = [node.operand] if isinstance(node, AxisCall) or node.condition is None else [node.operand, node.condition]
    for each in (each for root in inner for each in every_node(root)):
        if isinstance(each, NameNode) and (each.role in (NameRole.SCORE, NameRole.RATE) or each.name in RESULTS):
            yield PlaceFlaw(RESULTS_INSIDE.format(name=node.call, inner=each.name), each.column)
