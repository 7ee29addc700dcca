"""Scores of units by items that may be scored by periods and objects, straight from the page: part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, NamedTuple

from assess.core.numbers import exact, printed
from tests.core.scoring.interpreter.comparing import COMPARING
from tests.core.scoring.interpreter.places import MONTHS, Known, ObjectRow, Place, Tree, World, combined, picked
from tests.core.scoring.plain import Alone, Node, bounded, of_the_rest, without_figure
from tests.core.scoring.plain_methods import METHODS, Gone

NOTHING: Final = Node(None, Fraction(0), "missing")


class PlainPart(NamedTuple):
    """One part of a unit: where it is read, its points, and whether it lacks something."""

    place: Place
    points: Fraction | None
    is_missing: bool
    weight: Fraction
    counted: bool = False


@dataclass
class AtPlace:
    """What a method asks at one place."""

    whole: UnitAlone
    item: Tree
    place: Place

    @property
    def now(self) -> Tree:
        raise AssertionError("obligations are no figures")

    def value(self, text: str) -> Any:
        """A value position, which is missing if the figure is."""
        value = exact(text) if text[:1] in "-0123456789" else self.whole.world.value(text, self.place)
        if value is None:
            raise Gone(text)
        return value

    def optional(self, tree: Tree, key: str) -> Any:
        """A value position that may be left out."""
        return self.value(tree[key]) if key in tree else None

    def others(self) -> list[Any]:
        """The values of all that are compared, the own among them: same period, group or all, whatever object."""
        world, item = self.whole.world, self.item
        is_all = item.get("within", "all" if item["method"] == "normalise" else "group") == "all"
        found = []
        for unit in world.units:
            if world.group(unit) is None or not (is_all or world.group(unit) == world.group(self.place.unit)):
                continue
            there = replace(self.whole, code=unit)
            if there.applies(item):
                places = there.parts(item) if "by" in item else [Place(unit)]
                values = [world.named(item["figure"], each) for each in places if each.period == self.place.period]
                found += [value for value in values if value is not None]
        return found


def done(at: AtPlace, tree: Tree, full: Fraction) -> Fraction:
    """Of a condition, or the share of several figures."""
    if "figures" in tree:
        return METHODS["done"](at, tree, full)
    return full if at.value(tree["when"]) else Fraction(0)


def formula(at: AtPlace, tree: Tree, full: Fraction) -> Fraction:
    return Fraction(at.value(tree["points_from"]))


EVERY_METHOD: Final[dict[str, Any]] = {**METHODS, **COMPARING, "done": done, "formula": formula}
FREE: Final = ("normalise",)
"""Methods whose points have no bounds unless they are given."""


@dataclass
class UnitAlone(Alone):
    """One unit of a world."""

    world: World
    code: str

    @classmethod
    def of(cls, world: World, code: str) -> UnitAlone:
        """A unit by its code."""
        return cls(world.tree, dict(world.units[code]), {}, world, code)

    def mark(self, points: Any) -> Fraction:
        """The full mark in the unit's group."""
        return exact(points[self.world.group(self.code)] if isinstance(points, dict) else points)

    def applies(self, tree: Tree) -> bool:
        """Whether an item applies to the unit; what cannot be told applies."""
        condition = self.world.value(tree["applies"], Place(self.code)) if "applies" in tree else None
        return condition != 0 and (self.code, tree["id"], "") not in self.world.exemptions

    def item(self, tree: Tree, missing: Any) -> Node:
        """An item, by its parts where it has any."""
        full = self.mark(tree["points"])
        self.told.pop(tree["id"], None)
        if not self.applies(tree):
            return self.not_applicable(tree, full)
        if "by" in tree:
            return self.by_parts(tree, missing, full)
        try:
            points = self.given(AtPlace(self, tree, Place(self.code)), tree, full)
        except Gone:
            return without_figure(missing, full)
        return self.finished(tree, points, full)

    def given(self, at: AtPlace, tree: Tree, full: Fraction) -> Fraction:
        """What the method gives, times the factor of the item."""
        points: Fraction = EVERY_METHOD[tree["method"]](at, tree, full)
        return points * at.value(tree["times"]) if "times" in tree else points

    def __post_init__(self) -> None:
        self.told: dict[str, list[PlainPart]] = {}

    def finished(self, tree: Tree, points: Fraction, full: Fraction) -> Node:
        """Floor and cap, corrections, rounding."""
        free = tree["method"] in FREE
        points = bounded(points, tree, None if free else Fraction(0), None if free else full)
        for correction in tree.get("corrections", ()):
            if self.world.value(correction["when"], Place(self.code)):
                points *= exact(correction["keep"])
        return Node(self.rounded(points, tree.get("round", self.rounding("item"))), full, "scored")

    # totals

    def score(self) -> tuple[dict[str, Node], Fraction | None, Fraction | None]:
        """Every node by id, the exact base total, and the total as printed; what does not count stands beside it."""
        self.nodes = {}
        tops = [(each, self.node(each, self.tree.get("missing"))) for each in self.tree["items"]]
        counted = [node for tree, node in tops if is_counted(tree)]
        full = sum((self.mark(tree["points"]) for tree, _ in tops if is_counted(tree)), Fraction(0))
        base = of_the_rest(counted, full)
        if base is None or any(node.blocks for node in counted):
            return self.nodes, None, None
        total = bounded(base, self.tree.get("total", {}), None, None)
        return self.nodes, base, self.rounded(total, self.rounding("total"))

    @property
    def total(self) -> Fraction | None:
        """The total as it is compared: as printed, or at nine digits."""
        if self.world.group(self.code) is None:
            return None
        total = self.score()[2]
        return self.rounded(total, "9") if total is not None and self.rounding("total") == "none" else total

    # parts

    def parts(self, tree: Tree) -> list[Place]:
        """The parts of an item that are not taken out: objects first, then periods."""
        axes = [tree["by"]] if isinstance(tree["by"], str) else tree["by"]
        kinds = [axis for axis in axes if axis not in MONTHS]
        rows: Sequence[ObjectRow | None] = self.world.rows(kinds[0], self.code) if kinds else [None]
        periods = next((self.world.periods(axis, 0) for axis in axes if axis in MONTHS), [None])
        places = [Place(self.code, row, period) for row in rows for period in periods]
        return [each for each in places if self.is_part(tree, each)]

    def is_part(self, tree: Tree, place: Place) -> bool:
        """Whether neither an exemption nor `where` takes a part out; what cannot be told stays."""
        label = None if place.period is None else place.period.label(self.world.year)
        code = None if place.row is None else place.row.code
        called = {label, code, f"{code} {label}"}
        if any((self.code, tree["id"], part) in self.world.exemptions for part in called if part):
            return False
        return "where" not in tree or self.world.value(tree["where"], place) != 0

    def by_parts(self, tree: Tree, missing: Any, full: Fraction) -> Node:
        """Each part scored, the parts combined, the combination scaled."""
        each = tree["each"]
        mark = self.mark(each.get("points", tree["points"]))
        parts = [self.part(tree, place, mark) for place in self.parts(tree)]
        self.told[tree["id"]] = parts
        if not parts:
            return self.not_applicable(tree, full)
        if each["missing"] == "block" and any(part.is_missing for part in parts):
            return Node(None, full, "missing", True)
        self.told[tree["id"]] = parts = self.counted(tree, parts)
        value = self.combination(tree, [part for part in parts if part.counted], parts)
        if value is None:
            self.told[tree["id"]] = [part._replace(counted=False) for part in parts]
            return without_figure(missing, full)
        value = self.rounded(value, tree.get("over_round", "none"))
        if tree["over"] == "share":
            value *= full
        elif tree["over"] != "sum":
            value = value * full / mark
        return self.finished(tree, value, full)

    def part(self, tree: Tree, place: Place, mark: Fraction) -> PlainPart:
        """The points of one part; or what its lack of something means."""
        each, weight, points = tree["each"], Fraction(1), None
        at = AtPlace(self, tree, place)
        is_missing = False
        if "part_weight" in tree:
            try:
                weight = at.value(tree["part_weight"])
            except Gone:
                is_missing = True
            if is_missing or weight < 0:
                weight, is_missing = Fraction(1), True
        try:
            points = self.given(at, tree, mark)
        except Gone:
            is_missing = True
        if is_missing or points is None:
            return PlainPart(place, without_figure(each["missing"], mark).points, True, weight)
        free = tree["method"] in FREE
        points = bounded(points, each, None if free else Fraction(0), None if free else mark)
        return PlainPart(place, self.rounded(points, each.get("round", "none")), False, weight)

    def counted(self, tree: Tree, parts: list[PlainPart]) -> list[PlainPart]:
        """The parts, those marked that enter the combination."""
        scored = [n for n, part in enumerate(parts) if part.points is not None]
        if len(scored) < int(tree.get("at_least", "1")):
            return parts
        points: list[Known] = [part.points for part in parts]
        if tree["over"] in ("worst", "best"):
            wanted = (min if tree["over"] == "worst" else max)(points[n] for n in scored)  # type: ignore[type-var]
            kept = {next(n for n in scored if points[n] == wanted)}
        elif tree["over"] == "last":
            kept = {scored[-1]}
        else:
            kept = {n for n, value in enumerate(picked(points, tree.get("pick"))) if value is not None}
        return [part._replace(counted=n in kept) for n, part in enumerate(parts)]

    def combination(self, tree: Tree, counted: list[PlainPart], parts: list[PlainPart]) -> Fraction | None:
        """What the parts that count come to."""
        if not counted:
            return None
        points = [part.points for part in counted if part.points is not None]
        if tree["over"] == "share":
            return Fraction(sum(each >= exact(tree["bar"]) for each in points), len(points))
        if tree["over"] in ("worst", "best", "last"):
            return points[0]
        if "part_weight" in tree:
            weights = sum(part.weight for part in counted)
            above = sum((part.weight * each for part, each in zip(counted, points, strict=True)), Fraction(0))
            return above / weights if weights else None
        return combined(tree["over"], points)

    # as JSON

    def scores(self) -> dict[str, Tree]:
        """The `scores` of the unit as a result file holds them, without reasons."""
        if self.world.group(self.code) is None:
            return {}
        self.score()
        return {name: self.entry(name, node) for name, node in self.nodes.items()}

    def entry(self, name: str, node: Node) -> Tree:
        """One node."""
        tree = found(self.tree["items"], name)
        is_section = "items" in tree
        digits = self.rounding("section") if is_section else tree.get("round", self.rounding("item"))
        entry = {"score": shown(node.points, digits), "of": printed(node.full), "state": node.state}
        if not is_counted(tree):
            entry["counts"] = False
        if name in self.told:
            entry["parts"] = [self.part_entry(tree, part) for part in self.told[name]]
        return entry

    def part_entry(self, tree: Tree, part: PlainPart) -> Tree:
        """One part."""
        place, entry = part.place, {}
        if place.period is not None:
            entry["period"] = place.period.label(self.world.year)
        if place.row is not None:
            entry["object"] = place.row.code
        return entry | {
            "score": shown(part.points, tree["each"].get("round", "none")),
            "of": printed(self.mark(tree["each"].get("points", tree["points"]))),
            "state": "missing" if part.is_missing else "scored",
            "counted": part.counted,
        }


def is_counted(tree: Tree) -> bool:
    """Whether a node enters the total."""
    return bool(tree.get("counts") != "false")


def shown(points: Fraction | None, digits: str) -> str | None:
    """Points as they are printed."""
    return None if points is None else printed(points, None if digits == "none" else int(digits))


def found(trees: Sequence[Tree], name: str) -> Tree:
    """A node by its id."""
    for each in trees:
        if each["id"] == name:
            return each
        if "items" in each and (below := found(each["items"], name)):
            return below
    return {}
