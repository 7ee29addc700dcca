"""Panels (评审组): which figures are judged, who may judge which unit, and the mean of what the members give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.exact import Rounding
from assess.core.figures.entry import KEPT_DECIMALS, read_entry
from assess.core.kinds import NO_MARK, NodeMarks
from assess.core.numbers import printed, round_half_even, round_half_up
from assess.core.parsing import ParseError
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.text import Text

COUNTED: Final = (FigureKind.NUMBER, FigureKind.COUNT, FigureKind.PERCENT)
OUTSIDE: Final = Text(
    "“{text}”不在范围内，应在{least}到{most}分之间。", "“{text}” is out of range. Enter {least} to {most} points."
)


@dataclass(frozen=True)
class Judged:
    """A figure whose value is the points of an item, supplied by a department; the items that take it."""

    id: str
    stated: Figure
    items: tuple[Item, ...]
    rounding: Rounding

    @property
    def title(self) -> Text:
        """What the figure is called."""
        return title_of(self.stated, self.id)

    @property
    def department(self) -> str:
        """The department that supplies it, and so keeps its panel."""
        return self.stated.from_

    @property
    def digits(self) -> int:
        """The decimals of the mean: those of the figure, else as many as are kept."""
        if self.stated.kind is FigureKind.COUNT:
            return 0
        return KEPT_DECIMALS if self.stated.decimals is None else min(self.stated.decimals, KEPT_DECIMALS)

    @property
    def least(self) -> Fraction | None:
        """The fewest points that can be given; None where the items have no full mark and the figure no bound."""
        if all(item.points == NO_MARK for item in self.items):
            return self.stated.min
        return max(Fraction(0), self.stated.min or Fraction(0))

    @property
    def differs(self) -> bool:
        """Whether full marks differ by group."""
        return any(isinstance(item.points, Mapping) for item in self.items)

    def most(self, group: str | None) -> Fraction | None:
        """The most points that can be given in a group: the smallest full mark of its items, the figure's own bound."""
        bounds = (self.stated.max, *(full_mark(item.points, group) for item in self.items))
        return min((each for each in bounds if each is not None), default=None)


def full_mark(points: NodeMarks, group: str | None) -> Fraction | None:
    """The full mark of a group, None for none; of a unit without a group, which is not scored, the largest there is."""
    if isinstance(points, str):
        return None
    if isinstance(points, Fraction):
        return points
    return points[group] if group is not None and group in points else max(points.values())


def judged_figures(sheet: RuleSheet) -> dict[str, Judged]:
    """The figures that are points as they stand and that a department supplies, in the order of the sheet."""
    items: dict[str, list[Item]] = {}
    for item in all_items(sheet):
        if item.method.judged_figure is not None:
            items.setdefault(item.method.judged_figure, []).append(item)
    return {
        name: Judged(name, stated, tuple(items[name]), sheet.rounding.mode)
        for name, stated in sheet.figures.items()
        if name in items and stated.department is not None and stated.kind in COUNTED
    }


def read_points(judged: Judged, group: str | None, text: str) -> Fraction | ParseError | None:
    """The points that a member typed for a unit of a group, None where nothing is typed, or what is wrong with them."""
    found = read_entry(judged.stated, text)
    if found is None or isinstance(found, ParseError):
        return found
    points, least, most = Fraction(found), judged.least, judged.most(group)
    if (least is None or points >= least) and (most is None or points <= most):
        return points
    ends = ("–" if end is None else printed(end) for end in (least, most))
    return ParseError(OUTSIDE.format(text=text.strip(), **dict(zip(("least", "most"), ends, strict=True))))


def mean_of(points: Collection[Fraction], judged: Judged) -> Fraction:
    """The exact mean, rounded once to the decimals of the figure: halves as the sheet says, up unless it says even."""
    exact = sum(points, Fraction(0)) / len(points)
    rounded = round_half_even if judged.rounding is Rounding.HALF_EVEN else round_half_up
    return rounded(exact, judged.digits)


class PanelMember(NamedTuple):
    """Somebody who sits on a panel, and the units they report for."""

    account: int
    name: str
    units: frozenset[str]

    def may_judge(self, unit: str) -> bool:
        """Nobody judges the unit they belong to."""
        return unit not in self.units


@dataclass(frozen=True)
class PanelOutcome:
    """What a panel has given a unit: the points by account, of former members too, and whom it waits for.

    `judges` are the members who sit and may judge the unit.
    """

    judged: Judged
    given: Mapping[int, Fraction]
    judges: tuple[PanelMember, ...]

    @property
    def waiting(self) -> tuple[PanelMember, ...]:
        """The members who have not judged the unit yet."""
        return tuple(member for member in self.judges if member.account not in self.given)

    @property
    def is_complete(self) -> bool:
        """Whether everybody has judged the unit who may; never where nobody may."""
        return bool(self.judges) and not self.waiting

    @property
    def mean(self) -> Fraction | None:
        """The mean of what was given so far."""
        return mean_of(self.given.values(), self.judged) if self.given else None

    @property
    def spread(self) -> Fraction | None:
        """How far the highest and the lowest points are apart."""
        return max(self.given.values()) - min(self.given.values()) if self.given else None


def outcome_of(
    judged: Judged, members: Iterable[PanelMember], unit: str, given: Mapping[int, Fraction]
) -> PanelOutcome:
    """What a panel has given a unit."""
    return PanelOutcome(judged, given, tuple(member for member in members if member.may_judge(unit)))
