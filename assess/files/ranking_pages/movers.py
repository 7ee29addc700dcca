"""Who rose and who fell most against the year before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assess.core.scorecard.content import Ranked, RankingTable
from assess.core.text import Text
from assess.files.pdf_style.columns import Align, Column
from assess.files.pdf_style.flow import Beside, Block, Flow
from assess.files.pdf_style.heads import Head
from assess.files.pdf_style.look import BODY_WIDTH
from assess.files.pdf_style.tables import Table, put_heading
from assess.files.ranking_pages import words
from assess.files.ranking_pages.ranking import changed_by

MOST: Final = 8
GAP: Final = 16.0


def put_movers(flow: Flow, table: RankingTable) -> None:
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
    height = max(sum(block.height for block in column) for column in columns)
    flow.put(Beside(height, columns, width + GAP))


def movers(flow: Flow, title: Text, nobody: Text, rows: Sequence[Ranked], width: float) -> tuple[Block, ...]:
    """One side: a head, a row a unit, and how many more there are."""
    say = flow.setter.say
    columns = [
        Column(say(title), width - 84 - 48),
        Column(say(words.RANKS), 84, Align.MIDDLE),
        Column(say(words.CHANGE), 48, Align.MIDDLE),
    ]
    table = Table(flow, columns, head=False)
    shown = rows if len(rows) == MOST + 1 else rows[:MOST]
    cells = [[say(row.name), ranks(row), changed_by(flow.setter, row.change)] for row in shown]
    if len(rows) > len(shown):
        cells.append([say(words.MORE, n=len(rows) - len(shown)), "", ""])
    cells = cells or [[say(nobody), "", ""]]
    return (Head.of(flow.setter, columns), *(table.row(each) for each in cells))


def ranks(row: Ranked) -> str:
    """Last year's rank and this year's; a rank that is no whole number only itself."""
    rank = row.rank or words.NO_NUMBER
    return f"{int(rank) + (row.change or 0)} → {rank}" if rank.isdecimal() else rank
