"""Two to four units side by side, section by section and item by item, with what parts them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from assess.core.explanations.lines import WITHOUT_POINTS
from assess.core.numbers import printed, round_half_up
from assess.core.result_units import counted_in, of_full
from assess.core.scorecard.content import CardRow, Scorecard
from assess.core.scorecard.paper import on_paper
from assess.core.text import Text
from assess.services.leadership.cards import card_of
from assess.services.leadership.seeing import View

FEWEST, MOST = 2, 4

ALL_WITHOUT: Final = Text("均{state}", "All: {state}")
SAME: Final = Text("相同", "Equal")
HIGHEST: Final = Text("{units}最高", "{units} highest")
LESS: Final = Text("{unit}低{by}分", "{unit} {by} less")
LESS_RATE: Final = Text("{unit}低{by}个百分点", "{unit} {by} percentage points less")
WITHOUT: Final = Text("{unit}{state}", "{unit} {state}")
NO_MARK: Final = Text("分值为0", "full mark 0")


@dataclass(frozen=True)
class ComparedLine:
    """One section or item of all units; `told` says in words what parts them."""

    rows: tuple[CardRow, ...]
    message: Text
    differs: bool

    @property
    def head(self) -> CardRow:
        """What stands at the head of the line."""
        return self.rows[0]

    @property
    def same_full(self) -> bool:
        """Whether it has the same full mark for all units."""
        return len({row.full for row in self.rows}) == 1

    @property
    def cells(self) -> tuple[Text, ...]:
        """What each unit has: its points, of how many where that differs, or why it has none."""
        return tuple(self.cell_of(row) for row in self.rows)

    def cell_of(self, row: CardRow) -> Text:
        """What one unit has."""
        if row.points is None:
            return WITHOUT_POINTS[row.state]
        return Text.same(row.points) if self.same_full else of_full(row.points, row.full)


@dataclass(frozen=True)
class Compared:
    """Units side by side."""

    view: View
    cards: tuple[Scorecard, ...]
    lines: Sequence[ComparedLine]

    @property
    def equal(self) -> int:
        """How many items part nobody."""
        return sum(not line.differs and not line.head.section for line in self.lines)


def compare_units(view: View, units: Sequence[str], *, folder: Path) -> Compared:
    """The cards of some units of the result in view, line by line (no query).

    Raises:
        NotFound: the run does not know one of them.
    """
    cards = tuple(card_of(view.run, unit, folder=folder) for unit in units)
    rows = [{row.id: row for row in card.rows} for card in cards]
    order = [row.id for row in next((card.rows for card in cards if card.rows), ())]
    known = [node for node in order if all(node in each for each in rows)]
    names = [card.name for card in cards]
    unit = cards[0].head.unit_of_result if cards else None
    return Compared(view, cards, [line_of([each[node] for each in rows], names, unit) for node in known])


def line_of(rows: Sequence[CardRow], names: Sequence[Text], unit: Text | None = None) -> ComparedLine:
    """One line of all units: by points, or by score rates where the full marks differ."""
    by_points = len({row.full for row in rows}) == 1
    values = [points_of(row) if by_points else rate_of(row) for row in rows]
    return ComparedLine(
        tuple(rows), told_of(values, names, counted_in(LESS, unit) if by_points else LESS_RATE), len(set(values)) > 1
    )


def points_of(row: CardRow) -> Fraction | Text:
    """The points as they are printed, so that readers can check the difference; or why there are none."""
    return WITHOUT_POINTS[row.state] if row.points is None else Fraction(row.points.removeprefix("≈").replace("−", "-"))


def rate_of(row: CardRow) -> Fraction | Text:
    """The score rate in percent, to one decimal as it is printed; or why there is none."""
    if row.points is None:
        return WITHOUT_POINTS[row.state]
    return NO_MARK if row.share is None else round_half_up(row.share * 100, 1)


def told_of(values: Sequence[Fraction | Text], names: Sequence[Text], less: Text) -> Text:
    """What parts units, in words."""
    if len(set(values)) == 1:
        return ALL_WITHOUT.format(state=values[0]) if isinstance(values[0], Text) else SAME
    scored = [value for value in values if isinstance(value, Fraction)]
    top = max(scored, default=Fraction(0))
    by_unit = list(zip(names, values, strict=True))
    best = [name for name, value in by_unit if value == top]
    highest = HIGHEST.format(units=Text("、".join(each.zh for each in best), ", ".join(each.en for each in best)))
    others = [beside_best(name, value, top, less) for name, value in by_unit if value != top]
    told = [highest, *others] if scored else others
    return Text("；".join(each.zh for each in told), "; ".join(each.en for each in told))


def beside_best(name: Text, value: Fraction | Text, top: Fraction, less: Text) -> Text:
    """How far a unit is from the best; or why it has no points."""
    if isinstance(value, Text):
        return WITHOUT.format(unit=name, state=value)
    return less.format(unit=name, by=on_paper(printed(top - value)))
