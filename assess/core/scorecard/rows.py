"""The rows of a card: every section and item with its points, its sentence and the group's mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from assess.core.exact import Column, comparing
from assess.core.explanations.lines import ResultLines
from assess.core.explanations.reckoning import digits_of
from assess.core.explanations.sentences import shown
from assess.core.rules.needed_figures import NeededFigure
from assess.core.rules.nodes import Item, Node, Section
from assess.core.rules.sheet import title_of
from assess.core.scorecard.content import CardRow
from assess.core.scorecard.evidence import Register, asked_by
from assess.core.scorecard.part_tables import PartTables
from assess.core.scoring.results import Results, printed_digits
from assess.core.text import Text

MEAN_DIGITS = 2
"""Group means of nodes that the sheet does not round are shown with so many decimals."""
FEWEST: Final = 3
"""Of fewer units no mean is told: each of two would know the other's points by it."""


@dataclass(slots=True)
class Means:
    """The group's mean of every node's points and score rate, and the parts of its items, made once for all cards."""

    results: Results
    points: dict[str, tuple[Column, list[str | None], Column]] = field(default_factory=dict)
    asked: dict[str, tuple[NeededFigure, ...]] = field(default_factory=dict)
    tables: PartTables = field(init=False)

    def __post_init__(self) -> None:
        """The tables of parts of the same result."""
        self.tables = PartTables(self.results)

    def of(self, node: str, unit: int) -> tuple[str | None, Fraction | None]:
        """The mean points in the unit's group, printed, and the mean score rate; None where too few have points."""
        if node not in self.points:
            self.points[node] = self.made(node)
        _, texts, rates = self.points[node]
        return texts[unit], rates.fraction(unit)

    def made(self, node: str) -> tuple[Column, list[str | None], Column]:
        """Means of all groups, stated for every unit of the group, those without a score included."""
        score = self.results.scores[node]
        digits = printed_digits(digits_of(score, self.results))
        digits = MEAN_DIGITS if digits is None else digits
        points = self.for_all(score.points).round(digits)
        rates = Column.absent(len(points)) if score.full is None else self.for_all(score.points / score.full)
        return points, points.printed(digits), rates

    def for_all(self, column: Column) -> Column:
        """The group's mean for every unit of the group; none where too few have points."""
        groups = self.results.groups
        mean, count = (told(column, groups, column.present) for told in (comparing.mean, comparing.count))
        stated: dict[int, Fraction | None] = {}
        for unit in range(len(column)):
            if groups[unit] >= 0 and groups[unit] not in stated and column.present[unit]:
                stated[int(groups[unit])] = mean.fraction(unit) if (count.fraction(unit) or 0) >= FEWEST else None
        return Column.of([stated.get(int(group)) for group in groups.tolist()])

    def asked_by(self, item: Item) -> tuple[NeededFigure, ...]:
        """The figures an item rests on."""
        if item.id not in self.asked:
            self.asked[item.id] = asked_by(item, self.results)
        return self.asked[item.id]


def tree_rows(
    nodes: tuple[Node, ...], lines: ResultLines, means: Means, register: Register, numbers: tuple[int, ...] = ()
) -> Iterator[CardRow]:
    """The rows of some nodes and of all below them, in the order of the sheet."""
    for place, node in enumerate(nodes, start=1):
        number = (*numbers, place)
        yield row_of(node, lines, means, register, number)
        if isinstance(node, Section):
            yield from tree_rows(node.items, lines, means, register, number)


def row_of(node: Node, lines: ResultLines, means: Means, register: Register, number: tuple[int, ...]) -> CardRow:
    """The row of one node for the register's unit."""
    unit = register.unit
    made = lines.of(node.id)
    score = lines.results.scores[node.id]
    points = score.points.fraction(unit)
    full = score.full.fraction(unit) or Fraction(0) if isinstance(score.full, Column) else score.full
    mean, mean_share = means.of(node.id, unit)
    is_item = isinstance(node, Item)
    asked = means.asked_by(node) if isinstance(node, Item) else ()
    parts = means.tables.of(node.id, asked, unit)
    counted = lines.split.factors.get(node.id)
    factor = None if counted is None else counted.fraction(unit)
    lost = None if points is None or factor is None or full is None else (full - points) * factor
    return CardRow(
        id=node.id,
        number=".".join(map(str, number)),
        depth=len(number) - 1,
        section=not is_item,
        title=title_of(node, node.id),
        full=made.full[unit],
        points=made.scores[unit],
        state=made.states[unit],
        why=Text(made.whys["zh"][unit], made.whys["en"][unit]) if parts is None else parts.combined,
        clause=node.clause if isinstance(node, Item) else "",
        evidence=register.numbers_of(asked),
        mean=mean,
        lost=None if lost is None else shown(lost)[0],
        share=None if points is None or not full else points / full,
        mean_share=mean_share,
        off=made.off[unit],
        parts=parts,
    )
