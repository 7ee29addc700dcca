"""The brief of a unit: total, rank, change, five losses, sections beside the group, and the line of totals."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from assess.core.briefs import UnitBrief
from assess.core.result_units import of_full
from assess.core.runs.since_last_year import ChangeSinceLastYear
from assess.core.scorecard.content import CardRow
from assess.core.text import Language
from assess.files.briefs import words
from assess.files.briefs.one_page import cut, put_head, put_told, write_one_page
from assess.files.charts.shares import SectionBar, share_bars
from assess.files.charts.trend import TrendPoint, trend, trend_fits
from assess.files.pdf_style.columns import PdfColumn, number_column
from assess.files.pdf_style.flow import FlowBlock, PageFlow, PictureRow
from assess.files.pdf_style.look import BODY_WIDTH
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, put_heading
from assess.files.scorecard_pdf.summary import FIGURES_HEIGHT, LargeFigures, key_figures, put_state

MAX_BARS: Final = 16
TREND_WIDTH: Final = 180.0
GAP: Final = 12.0
ITEM_WIDTH: Final = 130.0
WHY_LINES: Final = 3
MAX_POINTS: Final = 4
"""So many months have room below their line."""


def write_unit_brief(brief: UnitBrief, target: Path | BinaryIO, language: Language) -> None:
    """Write the brief of a unit on one page."""
    title = words.UNIT_BRIEF.localized(language, unit=brief.card.name)
    write_one_page(target, language, title, brief.head, brief.standing, put=partial(put_brief, brief))


def put_brief(brief: UnitBrief, flow: PageFlow, rows: int) -> None:
    """Place the brief with so many losses."""
    setter, card = flow.setter, brief.card
    say = setter.say
    facts = say(
        words.FACTS, group=card.group or words.ALL_UNITS, year=card.head.year, standing=brief.standing.label
    )  # fmt: skip
    put_head(flow, card.head.title, say(words.UNIT_BRIEF, unit=card.name), facts)
    flow.put(FlowBlock(4))
    if card.state == "scored":
        flow.put(LargeFigures(FIGURES_HEIGHT, tuple(key_figures(setter, card))))
    else:
        put_state(flow, card)
    for told in notes(setter, brief):
        put_told(flow, told)
    if brief.change:
        put_change(flow, brief.change)
    put_losses(flow, card.losses[:rows])
    put_pictures(flow, brief)


def notes(setter: Typesetter, brief: UnitBrief) -> Iterator[str]:
    """The next grade, what limits the unit, and what data is missing."""
    say, card = setter.say, brief.card
    if card.next_grade:
        yield say(words.NEXT, next=card.next_grade)
    applied = [say(words.ADJUSTMENT, title=each.title, effect=each.effect) for each in card.adjustments if each.applied]
    if applied:
        yield say(words.ADJUSTED, told=joined(setter, applied))
    if card.missing:
        yield say(words.MISSING, n=len(card.missing))


def joined(setter: Typesetter, parts: list[str]) -> str:
    """Parts of a sentence, one after the other."""
    return ("；" if setter.language == "zh" else "; ").join(parts)


def put_change(flow: PageFlow, change: ChangeSinceLastYear) -> None:
    """Place why the total is another one than last year's."""
    say = flow.setter.say
    put_heading(flow, say(words.CHANGE))
    causes = [say(words.CAUSE, cause=each.cause.label, amount=each.amount) for each in change.causes]
    told = joined(flow.setter, causes) or say(words.UNCHANGED)
    facts = {"year": change.year, "was": change.was, "now": change.now, "amount": change.amount}
    put_told(flow, say(words.CHANGED, causes=told, **facts))
    if change.items:
        items = [say(words.CAUSE, cause=each.title, amount=each.amount) for each in change.items]
        put_told(flow, say(words.LARGEST, items=joined(flow.setter, items)))


def put_losses(flow: PageFlow, losses: tuple[CardRow, ...]) -> None:
    """Place the largest losses, each reason cut to a few lines."""
    setter = flow.setter
    say = setter.say
    put_heading(flow, say(words.LOSSES))
    if not losses:
        put_told(flow, say(words.NO_LOSSES))
        return
    lost = number_column(setter, say(words.LOST), [row.lost for row in losses], 34)
    points = PdfColumn(say(words.POINTS), 58)
    mean = number_column(setter, say(words.MEAN), [row.mean for row in losses], 40)
    room = BODY_WIDTH - ITEM_WIDTH - lost.width - points.width - mean.width
    columns = [PdfColumn(say(words.ITEM), ITEM_WIDTH), lost, points, mean, PdfColumn(say(words.WHY), room)]
    table = PdfTable(flow, columns)
    for row in losses:
        reached = "–" if row.points is None else say(of_full(row.points, row.full))
        why = cut(setter, say(row.why), room, lines=WHY_LINES)
        table.add(
            [cut(setter, say(row.title), ITEM_WIDTH, lines=2), row.lost or "–", reached, row.mean or "–", why],
            strong=(1,),
        )
    table.end()


def put_pictures(flow: PageFlow, brief: UnitBrief) -> None:
    """Place the sections beside the group's average, and the line of totals where there is one."""
    language = flow.setter.language
    bars = [SectionBar(row.title, row.points, row.full, row.share, row.mean_share) for row in brief.sections]
    points = [TrendPoint(*each) for each in brief.totals]
    has_bars, has_line = any(bar.rate is not None for bar in bars[:MAX_BARS]), trend_fits(points)
    if not has_bars and not has_line:
        return
    put_heading(flow, flow.setter.say(words.SECTIONS))
    width = BODY_WIDTH - TREND_WIDTH - GAP if has_line else BODY_WIDTH
    drawings = [(0.0, share_bars(bars[:MAX_BARS], language, wide=width))] if has_bars else []
    if has_line:
        unit = brief.card.head.unit_of_result
        line = trend(points[-MAX_POINTS:], language, wide=TREND_WIDTH, unit=unit)
        drawings.append((BODY_WIDTH - TREND_WIDTH, line))
    flow.put(PictureRow(max(each.high for _, each in drawings) + 2, tuple(drawings)))
