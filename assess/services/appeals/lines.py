"""A line of a run as the unit and the office look at it: its points, why, and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assess.core.appeals.cells import FigureCell, OwnObjects, cells_of
from assess.core.errors import NotFound, Refused
from assess.core.explanations.ending_words import points_off
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, items_taken_off, title_of
from assess.core.runs.comparing import EXEMPT
from assess.core.runs.noting import sentence_of
from assess.core.text import Text
from assess.services import runs
from assess.services.requests.exemptions import items_by_id
from assess.services.runs.comparing import sheet_of
from assess.services.runs.pages import FigureInWords, UnitFigures
from assess.services.runs.parts import values_at_parts
from assess.services.years import objects_of_unit
from assess.store.cache import cached
from assess.store.queries import runs as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import LineRow, RunRow, UsedValue
from assess.store.session import Session

NO_LINE: Final = Text("结果中没有这一项。", "There is no such item in the result.")
NOT_RELEASED: Final = Text("结果尚未公示。", "No result has been released.")


@dataclass(frozen=True, eq=False)
class LineSeen:
    """One line of one unit in a run.

    Attributes:
        cells: the figures that a ruling may correct, with their values in the run.
        figures: all figures behind the line, with the values to look up.
        values: the rows of the kept values of the unit, by figure and part.
    """

    run: RunRow
    sheet: RuleSheet
    item: Item
    row: LineRow
    why: Text
    cells: tuple[FigureCell, ...]
    figures: tuple[FigureInWords, ...]
    values: Mapping[tuple[str, str], int]

    @property
    def title(self) -> Text:
        """What the item is called."""
        return title_of(self.item, self.item.id)

    @property
    def off(self) -> Text | None:
        """What the item takes off the total, in place of points of a full mark; None where it adds to it."""
        takes_off = self.item.id in items_taken_off(self.sheet)
        return points_off(self.item, self.row.score, self.row.full, self.sheet.unit_of_result) if takes_off else None

    @property
    def is_exempt(self) -> bool:
        """Whether the item does not apply to the unit."""
        return self.row.state == EXEMPT


def released(session: Session, cycle: CycleRow) -> RunRow:
    """The run that counts (at most 2 queries).

    Raises:
        Refused: nothing is released.
    """
    found = runs.released_run(session, cycle)
    if found is None:
        raise Refused(NOT_RELEASED)
    return found[1]


def line_seen(session: Session, cycle: CycleRow, run: RunRow, *, unit: str, item: str) -> LineSeen:
    """A line of a run (2 queries, 2 more where its rule sheet and its sentences are not in memory).

    Raises:
        NotFound: there is no such line.
    """
    sheet = sheet_of(session, run)
    node = items_by_id(sheet).get(item)
    rows = queries.lines_of(session, run=run.id, units=[unit], nodes=[item]) if node is not None else []
    if node is None or not rows:
        raise NotFound(NO_LINE)
    key = ("sentences", run.id, run.results)
    sentences = cached(session, key, lambda: queries.sentences_of(session, run=run.id))
    own = objects_of_unit(session, cycle, sheet, unit)
    used = queries.values_used(session, run=run.id, unit=unit, objects=[code for each in own.values() for code in each])
    return LineSeen(
        run=run, sheet=sheet, item=node, row=rows[0],
        why=sentence_of(rows[0].facts, sentences),
        cells=cells_in(sheet, item, used, own), figures=UnitFigures(sheet, used, own).of(node),
        values=values_at_parts(used, sheet.year),
    )  # fmt: skip


def cells_in(sheet: RuleSheet, item: str, used: list[UsedValue], own: OwnObjects) -> tuple[FigureCell, ...]:
    """The figures of a line that may be put right, as a run used them."""
    known = [(each.figure, each.period, each.text) for each in used]
    return cells_of(
        sheet, item, known, years_back=sheet.year - min((each.year for each in used), default=sheet.year), own=own
    )
