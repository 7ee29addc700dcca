"""The ranking of a group: who stands where, with what total and grade, and why a unit has no rank."""

from __future__ import annotations

from collections.abc import Collection
from math import fsum
from typing import Final

from assess.core.result_units import headed
from assess.core.scorecard.content import RankedLine, RankingTable
from assess.files.pdf_style.columns import SIDE, Align, PdfColumn, number_column
from assess.files.pdf_style.flow import FlowBlock, PageFlow, column_width, put_in_columns
from assess.files.pdf_style.heads import TableHead
from assess.files.pdf_style.look import BLACK, BODY_WIDTH, CELL, CELL_BOLD, GREY, SMALL
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph, put_heading
from assess.files.ranking_pages import words

NARROW_COLUMNS: Final = 2
ROOM_FOR_NAME: Final = 110.0
LEAST_NAMES, MAX_NAMES = 0.35, 0.5
"""What the names take of the room that they share with the remarks."""


def put_ranking(flow: PageFlow, table: RankingTable, linked: Collection[str] = ()) -> None:
    """Place the ranking; the names of the units in `linked` lead to their cards."""
    say = flow.setter.say
    put_heading(flow, say(words.RANKING, group=table.title))
    put_statistics(flow, table)
    if not table.rows:
        return
    columns = ranking_columns(flow.setter, table)
    narrow = fsum(column.width for column in columns) < BODY_WIDTH - 1
    placed, rows = PdfTable(flow, columns, head=not narrow), list[FlowBlock]()
    for row in table.rows:
        to = f"card-{row.unit}" if row.unit in linked else None
        colour = GREY if row.rank is None else BLACK
        rows.append(placed.row(ranking_cells(flow.setter, table, row), to=to, colour=colour))
    if narrow:
        put_in_columns(flow, rows, NARROW_COLUMNS, TableHead.of(flow.setter, columns))
        return
    for each in rows:
        flow.put(each)
    placed.end()


def put_statistics(flow: PageFlow, table: RankingTable) -> None:
    """Place how many units are ranked, and mean, highest and lowest total; or why there is none of it."""
    say, none = flow.setter.say, words.NO_NUMBER
    if not table.rows:
        text = say(words.NOBODY)
    elif table.mean is None:
        text = say(words.NO_TOTALS)
    else:
        facts = {"mean": table.mean, "highest": table.highest or none, "lowest": table.lowest or none}
        text = say(words.STATISTICS, of=table.of, **facts)
    flow.put(paragraph(flow.setter, text, CELL), keep=bool(table.rows))


def shows(table: RankingTable) -> tuple[bool, bool, bool]:
    """Whether any unit has a grade, a change of rank, converted points."""
    rows = table.rows
    return (
        any(row.grade is not None for row in rows),
        any(row.change is not None for row in rows),
        any(row.converted is not None for row in rows),
    )


def ranking_columns(setter: Typesetter, table: RankingTable) -> list[PdfColumn]:
    """The columns that have something to show; names and remarks share what is left.

    Without remarks the columns are so narrow, where names allow it, that two tables stand side by side.
    """
    say, (graded, changed, converted) = setter.say, shows(table)
    before = [rank_column(setter, table)]
    after = [number_column(setter, say(headed(words.TOTAL, table.unit)), [row.total for row in table.rows], 38)]
    if graded:
        after.append(PdfColumn(say(words.GRADE), 62, Align.MIDDLE))
    if changed:
        after.append(PdfColumn(say(words.CHANGE), 44, Align.MIDDLE))
    if converted:
        after.append(number_column(setter, say(words.CONVERTED), [row.converted for row in table.rows], 44))
    fixed = fsum(column.width for column in (*before, *after))
    names = max(setter.width(setter.plain(say(row.name)), CELL_BOLD) for row in table.rows) + 2 * SIDE + 1
    if not any(row.marks or row.why for row in table.rows):
        half = column_width(NARROW_COLUMNS) - fixed
        return [
            *before,
            PdfColumn(say(words.UNIT), half if half >= min(names, ROOM_FOR_NAME) else BODY_WIDTH - fixed),
            *after,
        ]
    rest = BODY_WIDTH - fixed
    names = min(max(names, rest * LEAST_NAMES), rest * MAX_NAMES)
    return [*before, PdfColumn(say(words.UNIT), names), *after, PdfColumn(say(words.MARKS), rest - names, style=SMALL)]


def rank_column(setter: Typesetter, table: RankingTable) -> PdfColumn:
    """The column of ranks."""
    return number_column(setter, setter.say(words.RANK), [row.rank for row in table.rows], 30)


def ranking_cells(setter: Typesetter, table: RankingTable, row: RankedLine) -> list[str]:
    """The texts of one unit."""
    say, none, (graded, changed, converted) = setter.say, words.NO_NUMBER, shows(table)
    cells = [row.rank or none, say(row.name), row.total or none]
    if graded:
        cells.append(say(row.grade) if row.grade else none)
    if changed:
        cells.append(changed_by(setter, row.change))
    if converted:
        cells.append(row.converted or none)
    if not any(each.marks or each.why for each in table.rows):
        return cells
    remarks = [*(say(mark) for mark in row.marks), *([say(row.why)] if row.why else [])]
    return [*cells, say(words.BETWEEN).join(remarks)]


def changed_by(setter: Typesetter, change: int | None) -> str:
    """A change of rank, briefly."""
    if change is None:
        return words.NO_NUMBER
    if change == 0:
        return setter.say(words.SAME)
    return setter.say(words.UP if change > 0 else words.DOWN, n=abs(change))
