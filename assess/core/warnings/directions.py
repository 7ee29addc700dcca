"""Uses of a figure against the way in which it is good."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from assess.core.flaws import Path
from assess.core.methods.counting import Award, Deduct
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.normalising import Normalise
from assess.core.methods.peers import EfficacyMethod, Rank, Relative
from assess.core.methods.progress import Ratio
from assess.core.methods.scored import Better
from assess.core.methods.steps import Bands
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items, items_taken_off, title_of
from assess.core.schema import Tree
from assess.core.text import Text
from assess.core.warnings.coded import CodedWarning
from assess.core.warnings.effects import part_of

AGAINST = Text(
    "“{title}”写明{own}，这里却按{used}计分，请核对。",
    "{title} is stated as {own}, but is used here as {used}. Check which is meant.",
)
WAYS = {
    Better.HIGHER: Text("越高越好", "better: higher"),
    Better.LOWER: Text("越低越好", "better: lower"),
}
AS_IT_IS = {better: better for better in Better}
TURNED = {Better.HIGHER: Better.LOWER, Better.LOWER: Better.HIGHER}


class DirectedUse(NamedTuple):
    """A use of a figure that says which way is good, and where."""

    figure: str
    better: Better
    path: Path


def uses_against(sheet: RuleSheet, tree: Tree) -> Iterator[CodedWarning]:
    """Every use of a figure whose direction is not the figure's own; `tree` tells which keys stand there."""
    taken_off = items_taken_off(sheet)
    for item in all_items(sheet):
        for use in directed_uses(item, tree, item.id in taken_off):
            figure = sheet.figures[use.figure]
            if figure.better is not None and figure.better is not use.better:
                facts = {
                    "title": title_of(figure, use.figure),
                    "own": WAYS[figure.better],
                    "used": WAYS[use.better],
                }
                yield CodedWarning("direction", use.path, AGAINST, facts)


def directed_uses(item: Item, tree: Tree, taken_off: bool) -> Iterator[DirectedUse]:
    """The uses of figures in an item that say which way is good."""
    match item.method:
        case Deduct(lines=losses):
            yield from (DirectedUse(line.figure, line.better, line.path) for line in losses)
        case Award(lines=gains):
            ways = TURNED if taken_off else AS_IT_IS
            yield from (DirectedUse(line.figure, ways[line.better], line.path) for line in gains)
        case Bands(figure=figure, bands=bands, better=better):
            if "better" in part_of(tree, item.path):
                yield DirectedUse(figure, better, (*item.path, "better"))
            elif len(bands) > 1:
                yield DirectedUse(figure, better, (*item.path, "bands"))
        case Interpolate() as line_method:
            yield from direction_of_line(line_method, item.path)
        case Ratio() | Rank() | Relative() | EfficacyMethod() | Normalise() as method:
            yield DirectedUse(method.figure, method.better, (*item.path, "better"))


def direction_of_line(method: Interpolate, path: Path) -> Iterator[DirectedUse]:
    """Whether points rise or fall along a line of plain numbers."""
    match method:
        case Interpolate(points_at=points) if points is not None:
            key, first, last = "points_at", min(points)[1], max(points)[1]
        case Interpolate(full_at=Fraction() as full, zero_at=Fraction() as zero):
            key, first, last = "full_at", zero, full
        case _:
            return
    if first != last:
        yield DirectedUse(method.figure, Better.HIGHER if last > first else Better.LOWER, (*path, key))
