"""Which items are computed with a root, a logarithm or a power of e anywhere on the way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assess.core.kinds import Formula
from assess.core.rules.checking.places import mentions, sections
from assess.core.rules.needed_figures import KEPT, Itself, named_in
from assess.core.rules.nodes import Item, Section, items_of
from assess.core.rules.sheet import RuleSheet, all_items

NOT_OF_POINTS = frozenset({"applies"})
"""Keys of an item whose expressions decide whether it is scored, not what it earns."""


def approximate_items(sheet: RuleSheet) -> frozenset[str]:
    """Their ids, worked out once a sheet."""
    return of_whole_sheet(Itself(sheet))


@lru_cache(maxsize=KEPT)
def of_whole_sheet(key: Itself) -> frozenset[str]:
    """The same, by the very sheet."""
    sheet = key.sheet
    figures, items = approximate_figures(sheet), all_items(sheet)
    found = frozenset(item.id for item in items if is_approximate(item, figures))
    while True:
        nodes = found | {section.id for section in sections(sheet) if found.intersection(ids_below(section))}
        more = found | {item.id for item in items if not nodes.isdisjoint(scores_looked_at(item))}
        if more == found:
            return found
        found = more


def ids_below(section: Section) -> Iterator[str]:
    """The ids of the items below a section."""
    return (item.id for item in items_of(section.items))


def scores_looked_at(item: Item) -> frozenset[str]:
    """The items and sections whose scores the corrections of an item look at."""
    return frozenset[str]().union(*(correction.when.nodes for correction in item.corrections or ()))


def approximate_figures(sheet: RuleSheet) -> frozenset[str]:
    """The figures computed with such a call, or from a figure that is."""
    found: frozenset[str] = frozenset()
    while True:
        more = frozenset(name for name, figure in sheet.figures.items() if is_approximate(figure, found))
        if more == found:
            return found
        found = more


def is_approximate(record: object, figures: frozenset[str]) -> bool:
    """Whether a record holds such a call, or names one of these figures."""
    expressions = (
        mention.value
        for mention in mentions(record)
        if isinstance(mention.kind, Formula) and not (mention.record is record and is_aside(record, mention.path[-1]))
    )
    return any(each.is_approximate for each in expressions) or any(each.figure in figures for each in named_in(record))


def is_aside(record: object, key: str | int) -> bool:
    """Whether a key of an item does not bear on its points."""
    return isinstance(record, Item) and key in NOT_OF_POINTS
