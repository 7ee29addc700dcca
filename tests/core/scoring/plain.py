"""The arithmetic of rule sheets once more, for one unit at a time, in fractions, straight from the plain tree.

It knows every method that does not compare units, and conditions of the shape `a >= b` only.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from assess.core.numbers import exact, round_half_even, round_half_up
from tests.core.scoring.plain_methods import METHODS, Gone

Tree = dict[str, Any]
Values = dict[str, Any]


class Node(NamedTuple):
    """The score of a node: points or None, the full mark that counts, its state, and whether it blocks."""

    points: Fraction | None
    full: Fraction
    state: str
    blocks: bool = False
    taken_out: Fraction = Fraction(0)


@dataclass
class Alone:
    """One unit: figures and attributes of this year, figures of the year before."""

    tree: Tree
    now: Values
    before: Values

    def score(self) -> tuple[dict[str, Node], Fraction | None, Fraction | None]:
        """Every node by id, the exact base total, and the total as printed."""
        self.nodes: dict[str, Node] = {}
        tops = [self.node(each, self.tree.get("missing")) for each in self.tree["items"]]
        full = sum((self.mark(each["points"]) for each in self.tree["items"]), Fraction(0))
        base = of_the_rest(tops, full)
        blocked = any(node.blocks for node in self.nodes.values())
        if base is None or blocked:
            return self.nodes, None if blocked else base, None
        total = bounded(base, self.tree.get("total", {}), None, None)
        return self.nodes, base, self.rounded(total, self.rounding("total"))

    def rounding(self, of: str) -> str:
        """To how many digits."""
        return str(self.tree.get("rounding", {}).get(of, "none"))

    def rounded(self, value: Fraction, digits: str) -> Fraction:
        """Rounded as the sheet says."""
        if digits == "none":
            return value
        even = self.tree.get("rounding", {}).get("mode") == "half-even"
        return (round_half_even if even else round_half_up)(value, int(digits))

    def mark(self, points: Any) -> Fraction:
        """The full mark in the unit's group."""
        return exact(points[self.now["kind"]] if isinstance(points, dict) else points)

    def node(self, tree: Tree, missing: Any) -> Node:
        """The score of a section or an item."""
        missing = tree.get("missing", missing)
        self.nodes[tree["id"]] = node = self.section(tree, missing) if "items" in tree else self.item(tree, missing)
        return node

    # sections

    def section(self, tree: Tree, missing: Any) -> Node:
        """A section, its children first."""
        children = [self.node(each, missing) for each in tree["items"]]
        taken_out = sum((child.taken_out for child in children), Fraction(0))
        full = self.mark(tree["points"]) - taken_out
        weights = [exact(each.get("weight", "1")) for each in tree["items"]]
        points = combined(tree.get("combine", "sum"), children, weights, full)
        present = sum(child.points is not None for child in children)
        if any(child.blocks for child in children):
            return Node(None, full, "blocked", True, taken_out)
        if "availability" in tree and Fraction(present, len(children)) < exact(tree["availability"]):
            return Node(None, full, "missing", False, taken_out)
        if points is None:
            nowhere = all(child.state == "not-applicable" for child in children)
            return Node(None, full, "not-applicable" if nowhere else "missing", False, taken_out)
        points = self.rounded(bounded(points, tree, None, None), self.rounding("section"))
        return Node(points, full, "scored", False, taken_out)

    # items

    def item(self, tree: Tree, missing: Any) -> Node:
        """An item by its method; or what missing and not applicable mean."""
        full = self.mark(tree["points"])
        if "applies" in tree and self.now.get(tree["applies"]) is False:
            return self.not_applicable(tree, full)
        try:
            points = METHODS[tree["method"]](self, tree, full)
        except Gone:
            return without_figure(missing, full)
        points = bounded(points, tree, Fraction(0), full)
        for correction in tree.get("corrections", ()):
            if self.now.get(correction["when"]):
                points *= exact(correction["keep"])
        return Node(self.rounded(points, tree.get("round", self.rounding("item"))), full, "scored")

    def not_applicable(self, tree: Tree, full: Fraction) -> Node:
        """The score of an item that does not apply."""
        match tree.get("not_applicable", "rescale"):
            case "full":
                return Node(full, full, "not-applicable")
            case "zero":
                return Node(Fraction(0), full, "not-applicable")
            case "rescale-total":
                return Node(None, full, "not-applicable", False, full)
        return Node(None, full, "not-applicable")

    def value(self, text: str) -> Any:
        """A value position, which is missing if the figure is."""
        if text.startswith("previous("):
            value = self.before.get(text[9:-1])
        elif text[:1].isalpha():
            value = self.now.get(text)
        else:
            value = exact(text)
        if value is None:
            raise Gone(text)
        return value

    def optional(self, tree: Tree, key: str) -> Any:
        """A value position that may be left out."""
        return self.value(tree[key]) if key in tree else None


def without_figure(missing: Any, full: Fraction) -> Node:
    """The score of an item whose data is missing."""
    if isinstance(missing, dict):
        return Node(exact(missing["points"]), full, "missing")
    return Node(Fraction(0) if missing == "zero" else None, full, "missing", missing == "block")


def bounded(points: Fraction, tree: Tree, least: Fraction | None, most: Fraction | None) -> Fraction:
    """Within floor and cap, or what stands for them."""
    lower = exact(tree["floor"]) if "floor" in tree else least
    upper = exact(tree["cap"]) if "cap" in tree else most
    if upper is not None:
        points = min(points, upper)
    return points if lower is None else max(points, lower)


def of_the_rest(children: list[Node], full: Fraction) -> Fraction | None:
    """A sum; where some have no score, scaled up from the full marks of the rest."""
    present = [(child.points, child.full) for child in children if child.points is not None]
    if not present:
        return None
    points = sum((each for each, _ in present), Fraction(0))
    if len(present) == len(children) and not any(child.taken_out for child in children):
        return points
    return points / sum(mark for _, mark in present) * full


def combined(combine: str, children: list[Node], weights: list[Fraction], full: Fraction) -> Fraction | None:
    """What a section makes of its children."""
    present = [
        (each.points, each.full, weight)
        for each, weight in zip(children, weights, strict=True)
        if each.points is not None
    ]
    if not present:
        return None
    if combine == "sum":
        return of_the_rest(children, full)
    if combine == "rate":
        return sum(points for points, _, _ in present) / sum(mark for _, mark, _ in present) * full
    if combine == "minimum":
        return min(points for points, _, _ in present)
    weighty = [(points, weight) for points, _, weight in present if weight]
    if not weighty:
        return None
    if combine == "mean":
        return sum(points * weight for points, weight in weighty) / sum(weight for _, weight in weighty)
    assert combine == "harmonic"
    if any(points < 0 for points, _ in weighty):
        return None
    if any(points == 0 for points, _ in weighty):
        return Fraction(0)
    return sum(weight for _, weight in weighty) / sum(weight / points for points, weight in weighty)
