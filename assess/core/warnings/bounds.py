"""Between what bounds the value of a figure, the score of a node and the total of a sheet can lie."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.kinds import NO_MARK
from assess.core.numbers import reduced
from assess.core.rules.adjustments import Bonus
from assess.core.rules.checking.figures import PERIODS
from assess.core.rules.checking.marks import groups_of, mark
from assess.core.rules.figure import PERIOD_AXES, Figure, PeriodKind, RollUp
from assess.core.rules.nodes import Item, Node, counting, walk
from assess.core.rules.sheet import RuleSheet
from assess.core.text import Text

BETWEEN: Final = Text("{least}至{most}", "{least} to {most}")
AT_LEAST: Final = Text("不小于{least}", "{least} or more")
AT_MOST: Final = Text("不大于{most}", "{most} or less")
ANYTHING: Final = Text("不限", "anything")


class ValueBounds(NamedTuple):
    """The least and the greatest that a value can be; None where nothing says so."""

    least: Fraction | None
    most: Fraction | None

    def in_words(self) -> Text:
        """The bounds that are known."""
        facts = {name: reduced(bound) for name, bound in self._asdict().items() if bound is not None}
        told = {("least", "most"): BETWEEN, ("least",): AT_LEAST, ("most",): AT_MOST, (): ANYTHING}
        return told[tuple(facts)].format(**facts)

    def negated(self) -> ValueBounds:
        """The bounds of the negative of the value."""
        return ValueBounds(*(None if bound is None else -bound for bound in (self.most, self.least)))


def bounds_of(figure: Figure, at: PeriodKind = PeriodKind.YEAR) -> ValueBounds:
    """Between what a period's value lies: what may be entered, and of a sum as often as shorter periods are in it."""
    least, most = figure.min, figure.max
    if least is None and figure.is_count:
        least = Fraction(0)
    if figure.roll_up is RollUp.SUM:
        periods = max(1, PERIODS[figure.period] // PERIODS[at])
        least = least * periods if least is not None and least < 0 else least
        most = most * periods if most is not None and most > 0 else most
    return ValueBounds(least, most)


def bounds_for(item: Item, figure: str, sheet: RuleSheet) -> ValueBounds:
    """Between what a figure lies where the method of an item reads it: of the year, or of the period of a part."""
    period = next((axis for axis in item.by or () if axis in PERIOD_AXES), PeriodKind.YEAR)
    return bounds_of(sheet.figures[figure], PeriodKind(period))


def highest_total(sheet: RuleSheet) -> Fraction | None:
    """The most that a total can be in any group; None where a bound is unknown."""
    in_groups = [highest_in(group, sheet) for group in groups_of(sheet)]
    known = [each for each in in_groups if each is not None]
    return max(known) if len(known) == len(in_groups) else None


def highest_in(group: str | None, sheet: RuleSheet) -> Fraction | None:
    """The most that a total can be in a group."""
    bonuses = (each for each in sheet.adjustments if isinstance(each, Bonus))
    added = added_up(
        [
            *(highest_score(node, group) for node in counting(sheet.items)),
            *(bonus.cap if bonus.cap is not None else highest_bonus(bonus, group) for bonus in bonuses),
        ]
    )
    cap = sheet.total.cap
    return added if added is None or cap is None else min(added, cap)


def highest_bonus(bonus: Bonus, group: str | None) -> Fraction | None:
    """The most that the items of a bonus can add."""
    return added_up([highest_score(item, group) for item in bonus.items])


def added_up(bounds: list[Fraction | None]) -> Fraction | None:
    """The sum, where all are known."""
    known = [bound for bound in bounds if bound is not None]
    return sum(known, Fraction(0)) if len(known) == len(bounds) else None


def highest_score(node: Node, group: str | None) -> Fraction | None:
    """The cap of a node, else its full mark where nothing in it can exceed that."""
    if node.cap is not None:
        return node.cap
    return None if any(may_exceed(each) for each in walk((node,))) else mark(node.points, group)


def may_exceed(node: Node) -> bool:
    """Whether a node may have more points than its full mark."""
    without_bounds = node.points == NO_MARK or (isinstance(node, Item) and node.method.may_exceed_mark)
    return node.cap is not None or without_bounds


def is_plain(node: Node) -> bool:
    """Whether a score certainly lies between 0 and the full mark: neither it nor anything below has other bounds."""
    return not any(may_exceed(each) or each.floor is not None for each in walk((node,)))


def highest_rate(node: Node, group: str | None) -> Fraction | None:
    """The most that the cap of a node, or caps below it, let its score rate be, at least 1; None for marks of 0."""
    capped = [each for each in ((node,) if node.cap is not None else walk((node,))) if each.cap is not None]
    rates = [Fraction(1)]
    for each in capped:
        full = mark(each.points, group)
        if not full:
            return None
        rates.append((each.cap or Fraction(0)) / full)
    return max(rates)
