"""Who rose and who fell most against the year before."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Final

from assess.core.scorecard.content import RankedLine, RankingTable
from assess.core.text import Text
from assess.files.pdf_style.columns import Align, PdfColumn
from assess.files.pdf_style.flow import FlowBlock, PageFlow, SideBySide
from assess.files.pdf_style.heads import TableHead
from assess.files.pdf_style.look import BODY_WIDTH
from assess.files.pdf_style.tables import PdfTable, put_heading
from assess.files.ranking_pages import words
from assess.files.ranking_pages.ranking import changed_by

MAX_MOVERS: Final = 8
GAP: Final = 16.0


def put_movers(flow: PageFlow, table: RankingTable) -> None:
    """Place the units that rose most beside those that fell most; nothing without ranks of last year."""
    known = [row for row in table.rows if row.change is not None]
    if not known:
        return
    put_heading(flow, flow.setter.say(words.MOVERS, group=table.title))
    risen = sorted((row for row in known if (row.change or 0) > 0), key=lambda row: -(row.change or 0))
    fallen = sorted((row for row in known if (row.change or 0) < 0), key=lambda row: row.change or 0)
    width = (BODY_WIDTH - GAP) / 2
    columns = (
        movers(flow, words.RISEN, words.NOBODY_ROSE, risen, width),
        movers(flow, words.FALLEN, words.NOBODY_FELL, fallen, width),
    )
    height = max(fsum(block.height for block in column) for column in columns)
    flow.put(SideBySide(height, columns, width + GAP))


def movers(
    flow: PageFlow, title: Text, nobody: Text, rows: Sequence[RankedLine], width: float
) -> tuple[FlowBlock, ...]:
    """One side: a head, a row a unit, and how many more there are."""
    say = flow.setter.say
    columns = [
        PdfColumn(say(title), width - 84 - 48),
        PdfColumn(say(words.RANKS), 84, Align.MIDDLE),
        PdfColumn(say(words.CHANGE), 48, Align.MIDDLE),
    ]
    table = PdfTable(flow, columns, head=False)
    shown = rows if len(rows) == MAX_MOVERS + 1 else rows[:MAX_MOVERS]
    cells = [[say(row.name), ranks(row), changed_by(flow.setter, row.change)] for row in shown]
    if len(rows) > len(shown):
        cells.append([say(words.MORE, n=len(rows) - len(shown)), "", ""])
    cells = cells or [[say(nobody), "", ""]]
    return (TableHead.of(flow.setter, columns), *(table.row(each) for each in cells))


def ranks(row: RankedLine) -> str:
    """Last year's rank and this year's; a rank that is no whole number only itself."""
    rank = row.rank or words.NO_NUMBER
    return f"{int(rank) + (row.change or 0)} → {rank}" if rank.isdecimal() else rank
