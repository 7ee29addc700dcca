"""Which figures an item, the corrections of a section or an adjustment rest on, formulas opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from assess.core.expressions import Expression
from assess.core.expressions.nodes import UnitsCall, every_node
from assess.core.expressions.parsing import MOST_YEARS_BACK
from assess.core.kinds import Formula, Name, Previous, ReferenceType, ValueOf
from assess.core.rules.adjustments import Adjustment
from assess.core.rules.checking.places import mentions
from assess.core.rules.nodes import Item, Node, Section, items_of, walk
from assess.core.rules.sheet import RuleSheet, adjustment_items


class NeededFigure(NamedTuple):
    """A figure that an item needs, of this year or of so many years back."""

    figure: str
    years_back: int

    @property
    def last_year(self) -> bool:
        """Whether it is of an earlier year."""
        return self.years_back > 0


def corrected_sections(nodes: Iterable[Node]) -> tuple[Section, ...]:
    """The sections among nodes and below them whose scores are corrected by conditions."""
    return tuple(node for node in walk(nodes) if isinstance(node, Section) and node.corrections)


def asked_of(record: Node | Adjustment, sheet: RuleSheet) -> tuple[NeededFigure, ...]:
    """The figures that somebody must supply for a record, each once; unit attributes fall away."""
    seen: set[NeededFigure] = set()
    return tuple(dict.fromkeys(figure for asked in named_in(record) for figure in supplied(asked, sheet, seen)))


def named_in(record: object) -> Iterator[NeededFigure]:
    """Every figure or attribute that a record names."""
    for mention in mentions(record):
        if isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure":
            yield NeededFigure(mention.value, 0)
        elif isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name):
            yield NeededFigure(mention.value.name, 0)
        elif isinstance(mention.kind, ValueOf) and isinstance(mention.value, Previous):
            yield NeededFigure(mention.value.figure, mention.value.years)
        elif isinstance(mention.kind, Formula):
            yield from (NeededFigure(name, 0) for name in sorted(mention.value.names))
            yield from (NeededFigure(*each) for each in sorted(mention.value.earlier))


def supplied(
    asked: NeededFigure, sheet: RuleSheet, seen: set[NeededFigure], within: frozenset[str] = frozenset()
) -> Iterator[NeededFigure]:
    """A figure itself, or what it is computed from, unless it was seen before; `within` are the figures it stands in.

    One that is computed from its own earlier years is followed back once: how far it goes is for the tables to end.
    """
    if asked in seen:
        return
    seen.add(asked)
    figure = sheet.figures.get(asked.figure)
    if figure is None:
        return
    if not figure.is_computed:
        yield asked
        return
    inside = within | {asked.figure}
    for name in sorted(figure.made_of):
        yield from supplied(NeededFigure(name, asked.years_back), sheet, seen, inside)
    for name, years in sorted(figure.earlier):
        back = max(asked.years_back, years) if name in inside else asked.years_back + years
        yield from supplied(NeededFigure(name, back), sheet, seen, inside)


def compares_units(item: Item, sheet: RuleSheet) -> bool:
    """Whether what other units have moves the points of an item: by its method, or by a call over units."""
    return item.method.compares_units or any(looks_at_units(each) for each in expressions_below(item, sheet))


def looks_at_units(expression: Expression) -> bool:
    """Whether an expression has a call over units."""
    return any(isinstance(node, UnitsCall) for node in every_node(expression.root))


def expressions_below(item: Item, sheet: RuleSheet) -> Iterator[Expression]:
    """The expressions of an item, and the formulas of the figures that it rests on."""
    yield from (each.value for each in mentions(item) if isinstance(each.kind, Formula))
    waiting, seen = [each.figure for each in named_in(item)], set[str]()
    while waiting:
        name = waiting.pop()
        figure = sheet.figures.get(name)
        if figure is None or name in seen:
            continue
        seen.add(name)
        waiting += [*figure.made_of, *figure.made_of_earlier]
        if figure.formula is not None:
            yield figure.formula


def years_back(sheet: RuleSheet) -> int:
    """How many earlier years a sheet looks at; at least last year, with which people compare anyway."""
    asked = (each.years_back for figures in figures_by_record(sheet).values() for each in figures)
    return min(max(asked, default=1) or 1, MOST_YEARS_BACK)


KEPT: Final = 8
"""Sheets whose figures stay in memory; a service works with two or three."""


class Itself:
    """A sheet as a key: the very object, not what it says, since comparing whole sheets costs more than it saves."""

    def __init__(self, sheet: RuleSheet) -> None:
        self.sheet = sheet

    def __hash__(self) -> int:
        return id(self.sheet)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.sheet is self.sheet


def figures_by_record(sheet: RuleSheet) -> Mapping[str, tuple[NeededFigure, ...]]:
    """What every item, every section that is corrected and every adjustment rests on, by its id."""
    return of_whole_sheet(Itself(sheet))


@lru_cache(maxsize=KEPT)
def of_whole_sheet(key: Itself) -> Mapping[str, tuple[NeededFigure, ...]]:
    """The same, worked out once a sheet."""
    sheet = key.sheet
    items = (*items_of(sheet.items), *adjustment_items(sheet))
    records: tuple[Node | Adjustment, ...] = (*items, *corrected_sections(sheet.items), *sheet.adjustments)
    return {record.id: asked_of(record, sheet) for record in records}
