"""Why the total of a unit is another one than last year's: by cause, by section and by item, in points of the total.

An item counts by what the total lost through it, so that a new item with its full mark changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.explanations.lines import WITHOUT_POINTS, ResultLines
from assess.core.numbers import printed, round_half_up
from assess.core.rules.nodes import Node, Section, walk
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.scorecard.book import parts_of
from assess.core.scorecard.paper import on_paper
from assess.core.scoring.splitting import EntryKind
from assess.core.text import Text
from assess.core.workflow import LabeledEnum

DIGITS: Final = 2
"""Decimals of changes, where totals have no fewer."""
MAX_ITEMS: Final = 5
OF_FULL: Final = Text("{points}/{full}", "{points} of {full}")
NO_ITEM: Final = Text("无此项", "no such item")


class ChangeCause(LabeledEnum):
    """Why a total is another one than last year's."""

    POINTS = "points", "同一规则下得分变化", "Points changed, same rule"
    STATE = "state", "是否涉及、有无数据的变化", "Not applicable or without data in one of the years"
    RULE = "rule", "评分规则修改，两年不可比", "Rule changed: not comparable"
    NEW = "new", "本年新增的考核项", "Items new this year"
    GONE = "gone", "本年取消的考核项", "Items dropped this year"
    WEIGHT = "weight", "考核项在总分中所占比重变化", "Weight in the total changed"
    ADJUSTMENT = "adjustment", "加分、扣分和总分封顶", "Bonuses, deductions, caps"
    FULL = "full", "满分变化", "Full mark changed"
    REST = "rest", "类别上下限和四舍五入", "Caps of sections and rounding"


REASONS: Final = {EntryKind.ADJUSTMENT: ChangeCause.ADJUSTMENT}
"""Causes of what is no item; of all else the rest."""


class CauseChange(NamedTuple):
    """What one cause changed in the total, with its sign as pages print it, by how many items."""

    cause: ChangeCause
    amount: str
    items: int


class ItemChange(NamedTuple):
    """An item or adjustment that changed the total: what it had in both years, and why it differs."""

    id: str
    title: Text
    was: Text
    now: Text
    amount: str
    cause: ChangeCause


@dataclass(frozen=True, slots=True)
class ChangeSinceLastYear:
    """The change of a total; the causes add up to it.

    Attributes:
        items: those that changed it most, largest first.
        sections: what each section changed, by its id, where both years have the section.
    """

    year: int
    was: str
    now: str
    amount: str
    causes: tuple[CauseChange, ...]
    items: tuple[ItemChange, ...]
    sections: Mapping[str, str]


class Effect(NamedTuple):
    """What one entry of a total changed in it by one cause."""

    id: str
    cause: ChangeCause
    amount: Fraction


class Side(NamedTuple):
    """A total of one year, what each entry lost in it, and what each point of a node counts in it."""

    lines: ResultLines
    place: int
    total: Fraction
    full: Fraction
    lost: Mapping[tuple[EntryKind, str], Fraction]

    @property
    def sheet(self) -> RuleSheet:
        """The rules of the year."""
        return self.lines.results.inputs.sheet

    def factor(self, node: str) -> Fraction | None:
        """What a point of a node counts in the total."""
        factor = self.lines.split.factors.get(node)
        return None if factor is None else factor.fraction(self.place)

    def state(self, node: str) -> int:
        """Whether a node has points, no data, or does not apply."""
        return int(self.lines.results.scores[node].state[self.place])

    def said(self, node: str) -> Text:
        """What a node has on the card: points of its full mark, or why it has none."""
        if node not in self.lines.results.scores:
            return NO_ITEM
        line = self.lines.of(node)
        points = line.scores[self.place]
        if points is None:
            return WITHOUT_POINTS[line.states[self.place]]
        full = line.full[self.place]
        return OF_FULL.format(points=points, full=full) if full else Text.same(points)

    def adjusted(self, adjustment: str, digits: int) -> Text:
        """The points that an adjustment added or took off."""
        lost = self.lost.get((EntryKind.ADJUSTMENT, adjustment), Fraction(0))
        return Text.same(signed(-lost, digits))


def change_since_last_year(before: ResultLines, after: ResultLines, unit: str) -> ChangeSinceLastYear | None:
    """Why the total of a unit differs from last year's; None where a year has no total of it."""
    was, now = side_of(before, unit), side_of(after, unit)
    if was is None or now is None:
        return None
    effects = [*effects_of(was, now)]
    change = now.total - was.total
    digits = DIGITS if after.results.total_digits is None else min(DIGITS, after.results.total_digits)
    return ChangeSinceLastYear(
        year=was.sheet.year,
        was=total_of(was),
        now=total_of(now),
        amount=signed(change, digits),
        causes=tuple(causes_of(effects, round_half_up(change, digits), digits)),
        items=tuple(items_of_change(effects, was, now, digits)),
        sections=sections_of_change(effects, was, now, digits),
    )


def side_of(lines: ResultLines, unit: str) -> Side | None:
    """The total of a unit in one year, where there is no full mark as one of 0; None without a total."""
    place = lines.results.inputs.units.places.get(unit)
    total = None if place is None else lines.split.totals.fraction(place)
    if place is None or total is None:
        return None
    whole = lines.split.whole_loss(place)
    lost = {(each.kind, each.id or ""): each.lost for each in lines.split.of(place)}
    return Side(lines, place, total, Fraction(0) if whole is None else total + whole, lost)


def effects_of(was: Side, now: Side) -> Iterator[Effect]:
    """What each entry of either total changed; together the change of the total."""
    for kind, id in {**now.lost, **was.lost}:
        lost, loses = (side.lost.get((kind, id), Fraction(0)) for side in (was, now))
        if kind is EntryKind.ITEM:
            yield from effects_of_item(id, was, now, (lost, loses))
        else:
            yield Effect(id, REASONS.get(kind, ChangeCause.REST), lost - loses)
    yield Effect("", ChangeCause.FULL, now.full - was.full)


def effects_of_item(id: str, was: Side, now: Side, lost: tuple[Fraction, Fraction]) -> Iterator[Effect]:
    """What an item changed: as a whole, or by its points and by what each of them counts."""
    before, after = lost
    cause = cause_of(id, was, now)
    factors = was.factor(id), now.factor(id)
    if cause is ChangeCause.POINTS and factors[0] and factors[1]:
        counted_now = before * factors[1] / factors[0]
        yield Effect(id, ChangeCause.WEIGHT, before - counted_now)
        before = counted_now
    yield Effect(id, cause, before - after)


def cause_of(id: str, was: Side, now: Side) -> ChangeCause:
    """Why an item may have changed a total."""
    old, new = (node_called(id, side.sheet) for side in (was, now))
    if old is None or new is None:
        return ChangeCause.NEW if old is None else ChangeCause.GONE
    if bare(old) != bare(new):
        return ChangeCause.RULE
    return ChangeCause.POINTS if was.state(id) == now.state(id) else ChangeCause.STATE


def node_called(id: str, sheet: RuleSheet) -> Node | None:
    """The item or section of an id."""
    return next((node for node in walk(sheet.items) if node.id == id), None)


def bare(node: Node) -> Node:
    """A node without what changes no points: its title, clause, words and note."""
    if isinstance(node, Section):
        return replace(node, title=None, note=None, text=None, items=tuple(map(bare, node.items)))
    return replace(node, title=None, note=None, text=None, clause="")


def causes_of(effects: Sequence[Effect], change: Fraction, digits: int) -> list[CauseChange]:
    """The causes, largest first; what rounding leaves over stands with the rest, so that they add up."""
    amounts: dict[ChangeCause, Fraction] = {}
    for each in effects:
        amounts[each.cause] = amounts.get(each.cause, Fraction(0)) + each.amount
    rounded = {cause: round_half_up(amount, digits) for cause, amount in amounts.items()}
    rounded.pop(ChangeCause.REST, None)
    found = sorted((cause for cause in rounded if rounded[cause]), key=lambda cause: -abs(rounded[cause]))
    rounded[ChangeCause.REST] = change - sum(rounded.values())
    if rounded[ChangeCause.REST]:
        found.append(ChangeCause.REST)
    return [CauseChange(cause, signed(rounded[cause], digits), items_by(cause, effects)) for cause in found]


def items_by(cause: ChangeCause, effects: Iterable[Effect]) -> int:
    """How many items changed a total by a cause; 0 of what is no item."""
    if cause is ChangeCause.REST:
        return 0
    return len({each.id for each in effects if each.cause is cause and each.id and each.amount})


def items_of_change(effects: Iterable[Effect], was: Side, now: Side, digits: int) -> Iterator[ItemChange]:
    """The items and adjustments that changed a total most, largest first."""
    by_id: dict[str, list[Effect]] = {}
    for each in effects:
        if each.id and each.cause is not ChangeCause.REST:
            by_id.setdefault(each.id, []).append(each)
    amounts = {
        id: round_half_up(sum((each.amount for each in parts), Fraction(0)), digits) for id, parts in by_id.items()
    }
    largest = sorted((id for id in amounts if amounts[id]), key=lambda id: -abs(amounts[id]))
    for id in largest[:MAX_ITEMS]:
        cause = max(by_id[id], key=lambda each: abs(each.amount)).cause
        sides = (
            [side.adjusted(id, digits) for side in (was, now)]
            if cause is ChangeCause.ADJUSTMENT
            else [side.said(id) for side in (was, now)]
        )
        yield ItemChange(id, title_in(id, now.sheet, was.sheet), sides[0], sides[1], signed(amounts[id], digits), cause)


def title_in(id: str, *sheets: RuleSheet) -> Text:
    """What an item or adjustment is called in the first sheet that has it."""
    for sheet in sheets:
        adjustment = next((each for each in sheet.adjustments if each.id == id), None)
        thing = node_called(id, sheet) or adjustment
        if thing is not None:
            return title_of(thing, id)
    return Text.same(id)


def sections_of_change(effects: Sequence[Effect], was: Side, now: Side, digits: int) -> dict[str, str]:
    """What each section of a ranking changed in the total, where both years have the section."""
    known = {node.id for node in walk(was.sheet.items)}
    standing = {node.id for node in walk(now.sheet.items)}
    found = {}
    for section in parts_of(now.sheet.items):
        if section.id in known:
            old = node_called(section.id, was.sheet)
            gone = set() if old is None else {node.id for node in walk((old,))} - standing
            inside = {node.id for node in walk((section,))} | gone
            change = sum((each.amount for each in effects if each.id in inside), Fraction(0))
            found[section.id] = signed(change, digits)
    return found


def signed(value: Fraction, digits: int) -> str:
    """A change rounded to so many decimals, with its sign; 0 without."""
    rounded = round_half_up(value, digits)
    return f"+{printed(rounded, digits)}" if rounded > 0 else on_paper(printed(rounded, digits))


def total_of(side: Side) -> str:
    """A total as it is printed."""
    return printed(side.total, side.lines.results.total_digits)
