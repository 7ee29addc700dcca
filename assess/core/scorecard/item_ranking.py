"""One section or item of all units: each group ranked by its score rate, with the figures behind each line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from assess.core.exact.comparing import ranks
from assess.core.methods.scored import Amount
from assess.core.rules.nodes import Item, Node, Section
from assess.core.rules.sheet import RuleSheet, adjustment_items, items_taken_off
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import CardEvidence, CardRow
from assess.core.scorecard.evidence import Register
from assess.core.scorecard.paper import row_on_paper, words
from assess.core.scorecard.rows import row_of
from assess.core.text import Text


class NumberedNode(NamedTuple):
    """A section or item with its number on the card, such as 1.2.3; items of adjustments have none."""

    node: Node
    number: str

    @property
    def depth(self) -> int:
        """How deep it stands; 0 for a section at the top."""
        return self.number.count(".")


class PlacedUnit(NamedTuple):
    """Where a unit stands in an item: its group, its place there (None without points), its place among all units."""

    group: int
    rank: str | None
    unit: int


class EvidenceOfFigure(NamedTuple):
    """A figure behind a line; `figure` is its id where it is one of this year, else empty."""

    figure: str
    evidence: CardEvidence


class ItemLine(NamedTuple):
    """One unit's line of an item: its place, the line as on its card, the figures, and the lines of what is below."""

    place: PlacedUnit
    code: str
    name: Text
    row: CardRow
    figures: tuple[EvidenceOfFigure, ...]
    below: tuple[CardRow, ...]


def numbered_nodes(sheet: RuleSheet) -> list[NumberedNode]:
    """Every section and item in the order of the sheet, those of bonuses and deductions last."""
    return [*numbered(sheet.items, ()), *(NumberedNode(item, "") for item in adjustment_items(sheet))]


def numbered(nodes: tuple[Node, ...], above: tuple[int, ...]) -> Iterator[NumberedNode]:
    """Nodes and all below them, numbered as on the card."""
    for place, node in enumerate(nodes, start=1):
        numbers = (*above, place)
        yield NumberedNode(node, ".".join(map(str, numbers)))
        if isinstance(node, Section):
            yield from numbered(node.items, numbers)


def ranked_by_item(maker: BookMaker, node: Node) -> list[PlacedUnit]:
    """All units by group, the best first; units without points last, equal ones in the order of the list of units."""
    results = maker.results
    score, groups = results.scores[node.id], results.groups
    rate = score.points if score.full is None or is_without_mark(score.full) else score.points / score.full
    is_taken_off = node.id in items_taken_off(results.inputs.sheet)
    places = ranks(rate, groups, rate.present & (groups >= 0), not is_taken_off)
    texts = places.printed(None)
    order = sorted(
        np.flatnonzero(groups >= 0).tolist(),
        key=lambda unit: (groups[unit], places.fraction(unit) or Fraction(10**9), unit),
    )
    return [PlacedUnit(int(groups[unit]), texts[unit], unit) for unit in order]


def is_without_mark(full: Amount) -> bool:
    """Whether a unit has no full mark in it, so that points are compared and not score rates."""
    return full == 0 if isinstance(full, Fraction) else not all(each for each in full.fractions() if each is not None)


def line_of(maker: BookMaker, node: NumberedNode, place: PlacedUnit) -> ItemLine:
    """One unit's line as pages print it."""
    register = Register(maker.results, place.unit)
    numbers = tuple(int(each) for each in node.number.split(".") if each)
    row = row_of(node.node, maker.lines, maker.means, register, numbers)
    children = node.node.items if isinstance(node.node, Section) else ()
    below = [row_of(child, maker.lines, maker.means, register, (1,)) for child in children]
    units = maker.results.inputs.units
    return ItemLine(
        place=place,
        code=units.codes[place.unit],
        name=units.names[place.unit],
        row=row_on_paper(row),
        figures=tuple(figures_behind(register)) if isinstance(node.node, Item) else (),
        below=tuple(map(row_on_paper, below)),
    )


def figures_behind(register: Register) -> Iterator[EvidenceOfFigure]:
    """The figures of a register with their ids."""
    asked = {number: each for (each, _), number in register.numbers.items() if number}
    for each in register.found:
        needed = asked[each.number]
        yield EvidenceOfFigure("" if needed.last_year else needed.figure, replace(each, value=words(each.value)))
