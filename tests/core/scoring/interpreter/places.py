"""What names and expressions mean at a place, straight from the page: one unit, one object, one period at a time."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from statistics import median
from typing import Any, Final, NamedTuple

from assess.core.expressions.nodes import (
    AtNode,
    AxisCall,
    NameNode,
    NameRole,
    Node,
    NumberLiteral,
    OperationNode,
    Quoted,
    TruthLiteral,
    UnitsCall,
)
from assess.core.expressions.parsing import parse
from assess.core.numbers import round_half_even, round_half_up
from tests.core.scoring.random_sheets import KINDS

Tree = dict[str, Any]
Known = Fraction | str | None
"""A value; truths are 1 and 0, None is missing."""
MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
SIGNS: Final = {"month": "", "quarter": "Q", "half": "H"}


class Stretch(NamedTuple):
    """A part of a year: how many months it has, and its number among those as long."""

    months: int
    number: int

    @classmethod
    def called(cls, text: str) -> Stretch:
        """The one written 01 to 12, Q1 to Q4, H1 or H2."""
        return cls({"Q": 3, "H": 6}.get(text[0], 1), int(text.lstrip("QH")))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.months + 1

    @property
    def last(self) -> int:
        return self.number * self.months

    def holds(self, other: Stretch) -> bool:
        return self.first <= other.first and other.last <= self.last

    def label(self, year: int) -> str:
        """As files write it."""
        sign = {1: f"-{self.number:02}", 3: f"-Q{self.number}", 6: f"-H{self.number}", 12: ""}
        return f"{year}{sign[self.months]}"


YEAR: Final = Stretch(12, 1)


def stretches(months: int) -> list[Stretch]:
    """All of a year that have so many months."""
    return [Stretch(months, number) for number in range(1, 12 // months + 1)]


class ObjectRow(NamedTuple):
    """One object of one unit, with the attributes it has there."""

    kind: str
    code: str
    unit: str
    attributes: Mapping[str, Known]


class Place(NamedTuple):
    """A unit, and perhaps an object of it and a period of the year, so many years back."""

    unit: str
    row: ObjectRow | None = None
    period: Stretch | None = None
    back: int = 0


Given = Mapping[tuple[str, str, Stretch], Known]
"""A year's table: by figure, unit or object, and period."""


@dataclass
class World:
    """Everything that one scoring stands on, as plain values.

    Attributes:
        tables: of this year and of those before, the latest first; None where none was given.
        through: the last month that counts.
        exemptions: unit, item and part, which is empty for the whole item.
    """

    tree: Tree
    units: Mapping[str, Mapping[str, Known]]
    objects: Sequence[ObjectRow]
    tables: Sequence[Given | None]
    exemptions: Sequence[tuple[str, str, str]] = ()
    through: int = 12

    @property
    def year(self) -> int:
        return int(self.tree["year"])

    def group(self, unit: str) -> Known:
        """The group of a unit; all are in one where the sheet has no groups."""
        if "groups" not in self.tree:
            return "all"
        kind = self.units[unit]["kind"]
        return kind if kind in KINDS else None

    def periods(self, axis: str, back: int) -> list[Stretch]:
        """The periods of an axis that are parts: of this year those that end in time."""
        return [each for each in stretches(MONTHS[axis]) if back or each.last <= self.through]

    def rows(self, kind: str, unit: str) -> list[ObjectRow]:
        """The objects of a unit in the order of their list."""
        return [row for row in self.objects if row.kind == kind and row.unit == unit]

    # figures and attributes

    def named(self, name: str, place: Place) -> Known:
        """A figure or an attribute."""
        figure = self.tree["figures"].get(name)
        if figure is None:
            return self.attribute(name, place)
        table = self.table(place.back)
        if table is None:
            return None
        if "formula" not in figure and "panel" not in figure:
            return self.entered(name, figure, place, table)
        stated = table.get((name, place.unit, YEAR)) if place.back else None
        if stated is not None:
            return stated
        if "formula" in figure:
            return self.value(figure["formula"], place)
        values = [self.named(each, place) for each in figure["panel"]]
        return over_values(figure.get("over", "mean"), picked(values, figure.get("pick")))

    def table(self, back: int) -> Given | None:
        return self.tables[back] if back < len(self.tables) else None

    def attribute(self, name: str, place: Place) -> Known:
        """Of the object, else of the unit; else the number of the period or the code of the object."""
        if place.row is not None and any(name in row.attributes for row in self.objects):
            return place.row.attributes.get(name)
        if name in self.units[place.unit]:
            return self.units[place.unit][name]
        if name == "period" and place.period is not None:
            return Fraction(place.period.number)
        return place.row.code if place.row is not None and name == "object" else None

    def entered(self, name: str, figure: Tree, place: Place, table: Given) -> Known:
        """A figure that somebody gave."""
        owner = place.row.code if "of" in figure and place.row is not None else place.unit
        months = MONTHS[figure.get("period", "year")]

        def given(period: Stretch) -> Known:
            is_late = place.back == 0 and period.months < 12 and period.last > self.through
            return None if is_late else table.get((name, owner, period))

        if months == 12:
            return given(YEAR)
        if place.period is not None and months >= place.period.months:
            return given(next(each for each in stretches(months) if each.holds(place.period)))
        stated = given(YEAR) if place.period is None else None
        if stated is not None:
            return stated
        around = YEAR if place.period is None else place.period
        present = [value for each in stretches(months) if around.holds(each) and (value := given(each)) is not None]
        least = int(figure.get("min_periods", "1")) if place.period is None else 1
        return rolled_up(figure["roll_up"], present) if len(present) >= least else None

    # expressions

    def value(self, text: str, place: Place) -> Known:
        """The value of an expression at a place; None is missing."""
        return self.node(parse(text).root, place)

    def node(self, node: Node, place: Place) -> Known:
        match node:
            case NumberLiteral():
                return Fraction(node.value)
            case TruthLiteral():
                return Fraction(node.value)
            case Quoted():
                return node.text
            case NameNode():
                return self.name(node, place)
            case AtNode():
                return self.name(node.name, place._replace(period=Stretch.called(node.period)))
            case AxisCall():
                return self.over_axis(node, place)
            case UnitsCall():
                return self.over_units(node, place)
        return self.operation(node, place)

    def name(self, node: NameNode, place: Place) -> Known:
        if node.role is NameRole.PREVIOUS:
            return self.named(node.name, place._replace(back=place.back + node.years))
        if node.role is NameRole.BEFORE:
            return self.named(node.name, one_before(place))
        return self.named(node.name, place)

    def operation(self, node: OperationNode, place: Place) -> Known:
        """A sign or a call; what it does not look at may be missing."""
        first = self.node(node.operands[0], place)
        if first is None:
            return None
        if node.name == "if":
            return self.node(node.operands[1 if first else 2], place)
        if node.name == "and" and not first:
            return Fraction(0)
        if node.name == "or" and first:
            return Fraction(1)
        others = [self.node(each, place) for each in node.operands[1:]]
        if any(each is None for each in others) or (node.name == "/" and others[0] == 0):
            return None
        if node.name == "round":
            return self.rounded(first, str(node.digits))
        return OPERATIONS[node.name](first, *others)

    def rounded(self, value: Any, digits: str) -> Fraction:
        """As the sheet rounds."""
        if digits == "none":
            return Fraction(value)
        even = self.tree.get("rounding", {}).get("mode") == "half-even"
        return (round_half_even if even else round_half_up)(value, int(digits))

    def over_axis(self, node: AxisCall, place: Place) -> Known:
        """A call over the periods of the year or the objects of the unit."""
        if node.axis in MONTHS:
            places = [place._replace(period=each) for each in self.periods(node.axis, place.back)]
        else:
            places = [place._replace(row=row) for row in self.rows(node.axis, place.unit)]
        values = [self.node(node.operand, each) for each in places]
        present = [value for value in values if value is not None]
        if not present:
            return Fraction(0) if not places and node.call in ("count_by", "sum_by") else None
        if node.call == "streak_by":
            runs = [len(list(run)) for held, run in groupby(values, key=bool) if held]
            return Fraction(max(runs, default=0))
        if node.call == "last_by":
            return present[-1]
        return combined(node.call.removesuffix("_by"), present)

    def over_units(self, node: UnitsCall, place: Place) -> Known:
        """A call over the units of the own group, or of all that have one."""
        values: dict[str, Any] = {}
        for unit in self.units:
            there = place._replace(unit=unit, row=None)
            takes_part = self.group(unit) is not None and (
                "all" in node.words or self.group(unit) == self.group(place.unit)
            )
            if takes_part and (node.condition is None or self.node(node.condition, there)):
                value = self.node(node.operand, there)
                if value is not None:
                    values[unit] = value
        if node.call == "place_of":
            if place.unit not in values:
                return None
            ties = next((word for word in ("dense", "average", "maximum") if word in node.words), "competition")
            return place_among(values[place.unit], values.values(), ties, "lower" not in node.words)
        if not values:
            return Fraction(0) if node.call in ("count_of", "sum_of") else None
        return combined(node.call.removesuffix("_of"), list(values.values()))


def one_before(place: Place) -> Place:
    """The period before: before the first of the year the last of the year before."""
    period = place.period
    assert period is not None
    if period.number > 1:
        return place._replace(period=period._replace(number=period.number - 1))
    return place._replace(period=period._replace(number=12 // period.months), back=place.back + 1)


def rolled_up(way: str, values: Sequence[Any]) -> Known:
    """How periods become one value."""
    if way == "last":
        return values[-1]  # type: ignore[no-any-return]
    return combined(way, values)


def combined(way: str, values: Sequence[Any]) -> Fraction:
    """Values that are there, as one."""
    match way:
        case "mean":
            return Fraction(sum(values)) / len(values)
        case "sum":
            return Fraction(sum(values))
        case "count":
            return Fraction(sum(value != 0 for value in values))
        case "share":
            return Fraction(sum(value != 0 for value in values), len(values))
        case "median":
            return Fraction(median(values))
    return Fraction({"max": max, "min": min}[way](values))


def over_values(way: str, values: Iterable[Known]) -> Known:
    """Values as one; missing where none is there."""
    present = [value for value in values if value is not None]
    return combined(way, present) if present else None


def picked(values: Sequence[Any], pick: Tree | None) -> list[Any]:
    """The values with those set to missing that are not picked; all missing where there are too few."""
    if pick is None:
        return list(values)
    order = sorted((each for each in range(len(values)) if values[each] is not None), key=lambda n: (values[n], n))
    least, trim = int(pick.get("at_least", "1")), int(pick.get("trim", "0"))
    if len(order) < least or (trim and len(order) <= 2 * trim):
        return [None] * len(values)
    if "worst" in pick:
        kept = order[: int(pick["worst"])]
    elif "best" in pick:
        kept = sorted(order, key=lambda n: (-values[n], n))[: int(pick["best"])]
    else:
        rest = order[trim:]
        highest = sorted(rest, key=lambda n: (-values[n], n))[:trim]
        kept = [each for each in rest if each not in highest]
    return [value if each in kept else None for each, value in enumerate(values)]


def place_among(own: Any, values: Iterable[Any], ties: str, is_higher_better: bool) -> Fraction:
    """The own place among values, counted one by one."""
    every = list(values)
    better = [value for value in every if (value > own if is_higher_better else value < own)]
    first, last = len(better) + 1, len(better) + sum(value == own for value in every)
    return {
        "competition": Fraction(first),
        "minimum": Fraction(first),
        "dense": Fraction(len(set(better)) + 1),
        "average": Fraction(first + last, 2),
        "maximum": Fraction(last),
    }[ties]


def truth(way: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Fraction]:
    """A comparison as 1 or 0."""
    return lambda one, other: Fraction(way(one, other))


OPERATIONS: Final[dict[str, Callable[..., Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda one, other: Fraction(one) / other,
    "negative": operator.neg,
    "not": lambda one: Fraction(not one),
    "and": lambda one, other: Fraction(bool(other)),
    "or": lambda one, other: Fraction(bool(other)),
    "min": lambda *several: min(several),
    "max": lambda *several: max(several),
    "mean": lambda *several: Fraction(sum(several)) / len(several),
    "sum": lambda *several: Fraction(sum(several)),
    "abs": abs,
    "floor": lambda one: Fraction(floor(one)),
    "ceil": lambda one: Fraction(ceil(one)),
    "<": truth(operator.lt), "<=": truth(operator.le), ">": truth(operator.gt), ">=": truth(operator.ge),
    "==": truth(operator.eq), "!=": truth(operator.ne),
}  # fmt: skip
