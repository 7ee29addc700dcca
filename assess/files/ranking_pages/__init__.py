"""Rankings as they stand in the ranked book and on the back of a scorecard."""

from __future__ import annotations

from fractions import Fraction

from assess.core.numbers import exact
from assess.core.scorecard.content import RankingTable
from assess.core.scorecard.paper import table_on_paper
from assess.files.charts.distribution import distribution
from assess.files.pdf_style.flow import PageFlow, PictureRow
from assess.files.pdf_style.tables import put_heading
from assess.files.ranking_pages import words
from assess.files.ranking_pages.heat import put_heat
from assess.files.ranking_pages.movers import put_movers
from assess.files.ranking_pages.ranking import put_ranking

__all__ = ["put_distribution", "put_group_ranking", "put_heat", "put_movers", "put_ranking", "words"]


def put_distribution(flow: PageFlow, table: RankingTable, marked: Fraction | None = None) -> None:
    """Place how the totals of a group are spread."""
    if not table.totals:
        return
    put_heading(flow, flow.setter.say(words.SPREAD, group=table.title))
    drawn = distribution(table.totals, table.bounds, flow.setter.language, marked=marked, unit=table.unit)
    flow.put(PictureRow(drawn.high + 4, ((0.0, drawn),)))


def put_group_ranking(flow: PageFlow, table: RankingTable, unit: str, total: str | None) -> None:
    """Place the ranking of the group of one unit, that unit in bold and its total marked."""
    put_heat(flow, table_on_paper(table), title=flow.setter.say(words.RANKING, group=table.title), own=unit)
    put_distribution(flow, table, exact(total) if total is not None else None)
