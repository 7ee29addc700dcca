"""Where a rule sheet mentions figures, expressions and values: one walk that every check shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any, Final, NamedTuple

from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import Either, Formula, Name, Previous, ReferenceType, ValueOf
from assess.core.rules.adjustments import Adjustment, Bonus, Deduction
from assess.core.rules.figure import Figure
from assess.core.rules.nodes import Item, Section
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN, FieldType, values_of
from assess.core.text import Text

SINGLE: Final = (str, int, Fraction, Expression, Text, Name, Previous)
"""Values with nothing inside."""


class Mention(NamedTuple):
    """One value of a key, with the kind that read it and the record it belongs to."""

    path: Path
    kind: FieldType
    value: Any
    record: object


def mentions(record: object) -> Iterator[Mention]:
    """Every single value below a record, lists and inner records opened."""
    for name, kind, value in values_of(record):
        path: Path = (*record.path, name)  # type: ignore[attr-defined]
        if isinstance(value, SINGLE):
            yield Mention(path, kind, value, record)
        elif value is not None:
            yield from opened(path, kind, value, record)
    if isinstance(record, Item) and record.method is not BROKEN:
        yield from mentions(record.method)


def opened(path: Path, kind: FieldType, value: Any, record: object) -> Iterator[Mention]:
    """A value, or the values inside it."""
    if value is BROKEN:
        return
    if isinstance(kind, Either):
        kind = kind.of(value)
    inner = getattr(kind, "kind", None)
    if isinstance(value, SINGLE):
        yield Mention(path, kind, value, record)
    elif is_dataclass(value):
        yield from mentions(value)
    elif isinstance(value, tuple) and inner is not None:
        for i, each in enumerate(value):
            yield from opened((*path, i), inner, each, record)
    else:
        yield Mention(path, kind, value, record)


def of_items(sheet: RuleSheet) -> Iterator[Mention]:
    """Every mention in an item, those of bonuses and deductions included."""
    for item in all_items(sheet):
        yield from mentions(item)


def of_nodes(sheet: RuleSheet) -> Iterator[Mention]:
    """Every mention in a section or an item."""
    for section in sections(sheet):
        yield from mentions(section)
    yield from of_items(sheet)


def of_adjustments(sheet: RuleSheet) -> Iterator[Mention]:
    """Every mention in an adjustment itself, without its items."""
    for adjustment in sheet.adjustments:
        yield from own_mentions(adjustment)


def own_mentions(adjustment: Adjustment) -> Iterator[Mention]:
    """The adjustment's own keys."""
    for name, kind, value in values_of(adjustment):
        if value is not None and not (name == "items" and isinstance(adjustment, Bonus | Deduction)):
            yield from opened((*adjustment.path, name), kind, value, adjustment)


def expressions(sheet: RuleSheet) -> Iterator[Mention]:
    """Every expression of the sheet."""
    for source in (of_groups(sheet), of_figures(sheet), of_nodes(sheet), of_adjustments(sheet)):
        yield from (mention for mention in source if isinstance(mention.kind, Formula))


def of_groups(sheet: RuleSheet) -> Iterator[Mention]:
    """Every mention in a group."""
    for group in sheet.groups or () if sheet.groups is not BROKEN else ():
        if group is not BROKEN:
            yield from mentions(group)


def of_figures(sheet: RuleSheet) -> Iterator[Mention]:
    """Every mention in the description of a figure."""
    if sheet.figures is not BROKEN:
        for figure in sheet.figures.values():
            if figure is not BROKEN:
                yield from mentions(figure)


def of_ranking(sheet: RuleSheet) -> Iterator[Mention]:
    """Every mention in the rule of ranking."""
    return iter(()) if sheet.ranking is BROKEN else mentions(sheet.ranking)


def figure_references(sheet: RuleSheet) -> Iterator[tuple[Path, str]]:
    """Every key that takes the id of a figure."""
    for mention in (*of_figures(sheet), *of_items(sheet), *of_ranking(sheet)):
        if isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure":
            yield mention.path, mention.value
        elif isinstance(mention.kind, ValueOf) and isinstance(mention.value, Previous):
            yield mention.path, mention.value.figure


def value_names(sheet: RuleSheet) -> Iterator[tuple[Path, str]]:
    """Every value position that takes the name of a figure or a unit attribute."""
    for mention in of_items(sheet):
        if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name):
            yield mention.path, mention.value.name


def names_in(mention: Mention) -> tuple[str, ...]:
    """The figures and attributes that a key names."""
    if isinstance(mention.kind, Formula):
        return tuple(sorted(mention.value.names | mention.value.previous_names))
    if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name | Previous):
        return (mention.value.name if isinstance(mention.value, Name) else mention.value.figure,)
    return (mention.value,) if isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure" else ()


def figures_below(figure: Figure) -> tuple[str, ...]:
    """What a computed figure is made of; nothing of others."""
    return tuple(name for mention in mentions(figure) for name in names_in(mention))


def figures_used(sheet: RuleSheet) -> set[str]:
    """The names of all figures and attributes that anything uses."""
    used = {figure for _, figure in figure_references(sheet)} | {name for _, name in value_names(sheet)}
    for mention in expressions(sheet):
        used |= mention.value.names | mention.value.previous_names
    return used


def sections(sheet: RuleSheet) -> Iterator[Section]:
    """Every section."""
    from_top = list(sheet.items)
    while from_top:
        node = from_top.pop(0)
        if isinstance(node, Section):
            yield node
            from_top = [*node.items, *from_top]
