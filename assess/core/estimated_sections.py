"""An estimate by the sections of the sheet: what is decided, open or does not apply, and where points are lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from assess.core.estimates import Estimate, EstimatedLine, Later, summed
from assess.core.numbers import printed
from assess.core.rules.nodes import Item, Node
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text

NOT_APPLICABLE = "not-applicable"


class EstimatedSection(NamedTuple):
    """The estimate of one section at the top of the sheet; all numbers as printed.

    Attributes:
        points, full: of the items that the unit's own figures decide and whose points are added up.
        open_full, open_items: full marks and number of the items that wait for others.
        not_applicable: full marks of the items that do not apply.
        is_summed: whether the points of all its items are added up; those of a mean or a rate are not.
    """

    title: Text
    points: str
    full: str
    open_full: str
    open_items: int
    not_applicable: str
    is_summed: bool


class EstimatedLoss(NamedTuple):
    """An item that earns less than its full mark, and by how much; both as printed."""

    line: EstimatedLine
    lost: str


class WaitingItems(NamedTuple):
    """Items that wait for the same."""

    why: Text
    items: tuple[Later, ...]


def estimated_sections(sheet: RuleSheet, found: Estimate) -> Iterator[EstimatedSection]:
    """The estimate by the sections of the sheet, in its order; bonuses and deductions belong to none."""
    lines, later = {line.item: line for line in found.lines}, {each.item: each for each in found.later}
    added = summed(sheet.items)
    for top in sheet.items:
        items = list(items_below(top))
        decided = [lines[item] for item in items if item in lines]
        earning = [line for line in decided if line.points is not None and line.item in added]
        waiting = [later[item] for item in items if item in later]
        yield EstimatedSection(
            title=title_of(top, top.id),
            points=sum_of(line.points for line in earning),
            full=sum_of(line.full for line in earning),
            open_full=sum_of(each.full for each in waiting),
            open_items=len(waiting),
            not_applicable=sum_of(
                line.full for line in decided if line.points is None and line.state == NOT_APPLICABLE
            ),
            is_summed=added.issuperset(items),
        )


def items_below(node: Node) -> Iterator[str]:
    """The items of a node, itself where it is one."""
    if isinstance(node, Item):
        yield node.id
    else:
        for child in node.items:
            yield from items_below(child)


def sum_of(numbers: Iterable[str | None]) -> str:
    """The sum of printed numbers, of those that are there; an item without full mark has none."""
    return printed(sum((Fraction(each) for each in numbers if each), Fraction(0)))


def estimated_losses(found: Estimate) -> list[EstimatedLoss]:
    """The items that earn less than their full mark, the largest loss first."""
    lost = [(lost_points(line), line) for line in found.lines]
    ordered = sorted((each for each in lost if each[0] > 0), key=lambda each: -each[0])
    return [EstimatedLoss(line, printed(points)) for points, line in ordered]


def lost_points(line: EstimatedLine) -> Fraction:
    """What an item lacks of its full mark; nothing without points, outside the total, or where it takes points off."""
    if line.points is None or line.off is not None or not line.counts or not line.full:
        return Fraction(0)
    return Fraction(line.full) - Fraction(line.points)


def waiting_items(found: Estimate) -> list[WaitingItems]:
    """The items that come later, by what they wait for, in the order of the sheet."""
    heaps: dict[Text, list[Later]] = {}
    for each in found.later:
        heaps.setdefault(each.why, []).append(each)
    return [WaitingItems(why, tuple(items)) for why, items in heaps.items()]
