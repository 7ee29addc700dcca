"""What one finding costs its unit: the points of every item that rests on it, with it and without it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from assess.core.estimates import items_with_missing, summed, waiting
from assess.core.findings import cost_words as words
from assess.core.findings.counting import LedgerFigure, Tallied, ledger_figures, without
from assess.core.findings.earning import (
    ItemPoints,
    UnitFacts,
    compares,
    earned_alone,
    earned_among_all,
    inputs_of,
    is_compared,
)
from assess.core.numbers import printed
from assess.core.result_units import counted_in, in_points
from assess.core.rules.adjustments import Bonus, Deduction
from assess.core.rules.needed_figures import Itself, figures_by_record
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, adjustment_items, title_of
from assess.core.text import Text


class CountsIn(NamedTuple):
    """A figure that counts the finding, and why."""

    figure: str
    title: Text
    why: Text


class ItemCost(NamedTuple):
    """What a finding does to one item.

    Attributes:
        note: what the sheet remarks on the item.
        counts: the figures of the item that count it.
        points: how many points fewer the unit has by it, negative where it has more; None where that cannot be told.
        adds_up: whether the total changes by the same.
        told: the same in words.
    """

    item: str
    title: Text
    clause: str
    note: Text | None
    counts: tuple[CountsIn, ...]
    points: Fraction | None
    adds_up: bool
    message: Text


class Condition(NamedTuple):
    """An adjustment whose condition rests on a figure that counts the finding."""

    title: Text
    clause: str


@dataclass(frozen=True)
class Costs:
    """What one finding costs.

    Attributes:
        told: what it costs in all, or why nothing.
        lines: the items that rest on it, in the order of the sheet.
        conditions: the adjustments that rest on it.
        not_yet: the figures that are about such findings but do not count this one as it stands.
    """

    message: Text
    lines: tuple[ItemCost, ...] = ()
    conditions: tuple[Condition, ...] = ()
    not_yet: tuple[Text, ...] = ()

    @property
    def points(self) -> Fraction:
        """How many points fewer the unit has by it, of items that add up to the total."""
        return sum((each.points for each in self.lines if each.points is not None and each.adds_up), Fraction(0))


def costs(finding: Tallied, known: UnitFacts) -> Costs:
    """What a finding costs its unit, which is in the tallies of what is known."""
    if finding.standing.is_void:
        return Costs(words.VOID)
    own = finding.tally(known.day)
    about = [figure for figure in ledger_figures(known.sheet) if figure.chooses(own)]
    counting = {figure.id: figure for figure in about if figure.counts(own)}
    not_yet = tuple(titled(known.sheet, figure.id) for figure in about if figure.id not in counting)
    if not counting:
        return Costs(words.NOT_NOW if about else words.NO_FIGURE, not_yet=not_yet)
    lines = tuple(lines_of(finding, counting, known))
    return Costs(
        told_in_all(lines, known.sheet.unit_of_result), lines, tuple(conditions(counting, known.sheet)), not_yet
    )


def items_behind(finding: Tallied, sheet: RuleSheet, day: date) -> tuple[Item, ...]:
    """The items that rest on figures which count a finding as it stands."""
    if finding.standing.is_void:
        return ()
    own = finding.tally(day)
    return items_resting_on({each.id for each in ledger_figures(sheet) if each.counts(own)}, sheet)


def lines_of(finding: Tallied, counting: Mapping[str, LedgerFigure], known: UnitFacts) -> Iterator[ItemCost]:
    """What a finding does to each item."""
    items = items_resting_on(counting, known.sheet)
    own = finding.tally(known.day)
    now, before = known.ledger(known.tallies), known.ledger(without(known.tallies, own))
    later = dict(waiting(items, inputs_of(known, now)))
    decided = tuple(item for item in items if later[item] is None)
    compared = tuple(item for item in items if later[item] is not None and is_compared(item, known))
    earned = [earned_alone(decided, known, each) | earned_among_all(compared, known, each) for each in (now, before)]
    asked = figures_by_record(known.sheet)
    for item in items:
        names = dict.fromkeys(each.figure for each in asked[item.id] if each.figure in counting)
        counts = tuple(counts_in(counting[name], finding, known.sheet) for name in names)
        why = later[item]
        if item.id in earned[0]:
            yield compare(item, counts, earned[0][item.id], earned[1][item.id], known.sheet)
        else:
            yield cost(item, counts, None, words.LATER.format(why=why), known.sheet)


def items_resting_on(figures: Collection[str], sheet: RuleSheet) -> tuple[Item, ...]:
    """The items that rest on some figures of this year, in the order of the sheet."""
    asked = figures_by_record(sheet)
    return tuple(
        item
        for item in items_with_missing(Itself(sheet))
        if any(each.figure in figures and not each.last_year for each in asked[item.id])
    )


def compare(
    item: Item, counts: tuple[CountsIn, ...], now: ItemPoints, before: ItemPoints, sheet: RuleSheet
) -> ItemCost:
    """What a finding does to an item by what it earns with it and without it."""
    lost: Fraction | None = None
    takes_off = item.id in taken_off(sheet)
    if now.points is not None and before.points is not None:
        lost = Fraction(before.points) - Fraction(now.points)
        lost = -lost if takes_off else lost
    told = told_of(lost, now, before, takes_off=takes_off, unit=sheet.unit_of_result)
    if compares([item], sheet):
        told = words.COMPARED.format(told=told)
    found = cost(item, counts, lost, told, sheet)
    return found if found.adds_up else found._replace(message=words.AVERAGED.format(told=told))


def told_of(lost: Fraction | None, now: ItemPoints, before: ItemPoints, *, takes_off: bool, unit: Text | None) -> Text:
    """What a finding does to an item, in words."""
    facts = {"now": now.points, "without": before.points, "full": now.full}
    if lost is None:
        if now.points is None and before.points is None:
            return words.NO_SCORE.format(why=now.why)
        sentence = words.ONLY_WITHOUT if now.points is None else words.ONLY_WITH
        return counted_in(words.of_mark(sentence, now.full), unit).format(**facts)
    if not lost:
        return counted_in(unchanged(now, takes_off=takes_off), unit).format(**facts)
    if takes_off:
        sentence = words.TAKES_MORE if lost > 0 else words.TAKES_LESS
    else:
        sentence = words.COSTS if lost > 0 else words.ADDS
    return counted_in(words.of_mark(sentence, now.full), unit).format(points=as_points(lost, unit), **facts)


def unchanged(now: ItemPoints, *, takes_off: bool) -> Text:
    """Why the points stay as they are."""
    earned = Fraction(now.points or "0")
    if takes_off:
        return words.SAME
    if earned <= 0 and now.full:
        return words.EXHAUSTED
    return words.FULL if now.full and earned >= Fraction(now.full) else words.SAME


def cost(item: Item, counts: tuple[CountsIn, ...], lost: Fraction | None, told: Text, sheet: RuleSheet) -> ItemCost:
    """The line of an item."""
    adds_up = item.id in summed(sheet.items) or any(item.id == each.id for each in adjustment_items(sheet))
    return ItemCost(item.id, title_of(item, item.id), item.clause, item.note, counts, lost, adds_up, told)


def taken_off(sheet: RuleSheet) -> frozenset[str]:
    """The items whose points are taken off the total."""
    return frozenset(item.id for each in sheet.adjustments if isinstance(each, Deduction) for item in each.items)


def counts_in(figure: LedgerFigure, finding: Tallied, sheet: RuleSheet) -> CountsIn:
    """A figure that counts a finding."""
    return CountsIn(figure.id, titled(sheet, figure.id), words.why_counted(figure.measure, finding))


def conditions(counting: Collection[str], sheet: RuleSheet) -> Iterator[Condition]:
    """The adjustments with a condition that rests on figures."""
    asked = figures_by_record(sheet)
    for each in sheet.adjustments:
        if not isinstance(each, Bonus | Deduction) and any(figure.figure in counting for figure in asked[each.id]):
            yield Condition(title_of(each, each.id), each.clause)


def told_in_all(lines: Collection[ItemCost], unit: Text | None) -> Text:
    """What a finding costs in all."""
    known = [each for each in lines if each.points is not None]
    if lines and not known:
        return words.NOT_KNOWN
    lost = Costs(words.NOTHING_LOST, tuple(known)).points
    if not lost:
        return words.NOTHING_LOST
    sentence = words.IN_ALL if lost > 0 else words.IN_ALL_GAINED
    return counted_in(sentence, unit).format(points=as_points(lost, unit))


def as_points(lost: Fraction, unit: Text | None) -> Text:
    """So many points in words, whatever their sign; the unit of measure only in English, which bends it."""
    number = printed(abs(lost))
    return Text(number, in_points([number], "en", unit)[0])


def titled(sheet: RuleSheet, figure: str) -> Text:
    """What a figure is called."""
    return title_of(sheet.figures[figure], figure)
