"""The table of all items of a scorecard, and the items that lost points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import fsum
from typing import Final

from assess.core.result_units import headed
from assess.core.rules.titles import clause_words
from assess.core.scorecard.content import CardRow, Scorecard
from assess.core.scorecard.losses import listed
from assess.core.text import Text
from assess.files.charts.radar import radar, radar_fits
from assess.files.charts.shares import SectionBar, share_bars
from assess.files.pdf_style.columns import NUMBER_SIDE, SIDE, PdfColumn, number_column
from assess.files.pdf_style.flow import FlowBlock, PageFlow, PictureRow, column_width, put_in_columns
from assess.files.pdf_style.look import BODY_WIDTH, CELL_BOLD, LIGHT_TINT, SMALL, SMALL_BOLD, TINT
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph
from assess.files.scorecard_pdf import words
from assess.files.scorecard_pdf.headings import Headings
from assess.files.scorecard_pdf.summary import lost

SECTION_BOLD: Final = range(5)
"""Number, title, mark, points and mean of a section are bold; a sentence would be too heavy."""
MAX_BARS: Final = 24
WIDEST_UNIT: Final = 60.0
"""Points headed with what they are counted in take so much at most; a longer heading is broken."""
RADAR_WIDTH: Final = 194.0
LEAST_RADAR: Final = 132.0
LOSS_COLUMNS: Final = 3
MAX_LOSSES: Final = 10
"""So many of the largest losses stand in the list; what the others cost is told as one sum."""


def shares_of(card: Scorecard) -> list[SectionBar]:
    """The top sections, or those in the only one, or else all that is on top; none where they are too many."""
    depth = 0
    while [row.section for row in card.rows if row.depth == depth] == [True]:
        depth += 1
    top = [row for row in card.rows if row.depth == depth]
    sections = [row for row in top if row.section]
    shown = sections if len(sections) > 1 else top
    shares = [SectionBar(row.title, row.points, row.full, row.share, row.mean_share) for row in shown]
    return shares if len(shares) <= MAX_BARS else []


def put_charts(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place the bars and, where it can be read, the radar."""
    shares = shares_of(card)
    if not any(share.rate is not None for share in shares):
        return
    language = flow.setter.language
    headings.put(words.SECTIONS)
    both = radar_fits(shares)
    drawn = share_bars(shares, language, wide=BODY_WIDTH - RADAR_WIDTH - 10 if both else BODY_WIDTH)
    drawings = [(0.0, drawn)]
    if both:
        high = max(drawn.high, LEAST_RADAR)
        drawings.append((BODY_WIDTH - RADAR_WIDTH, radar(shares, language, wide=RADAR_WIDTH, high=high)))
    flow.put(PictureRow(max(each.high for _, each in drawings) + 2, tuple(drawings)))


def put_items(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place every section and item in the order of the sheet."""
    if not card.rows:
        return
    headings.put(words.ITEMS)
    setter = flow.setter
    table = PdfTable(flow, item_columns(setter, card))
    for row, after in pairwise([*card.rows, None]):
        if row:
            tint = (TINT if row.depth == 0 else LIGHT_TINT) if row.section else None
            table.add(
                item_cells(setter, row),
                tint=tint,
                strong=SECTION_BOLD if row.section else (),
                keep=row.section and after is not None,
            )
    table.end()


def item_columns(setter: Typesetter, card: Scorecard) -> list[PdfColumn]:
    """The columns; the sentence gets what the numbers leave."""
    say, rows = setter.say, card.rows
    number = PdfColumn(say(words.NUMBER), max(setter.width(row.number, SMALL) for row in rows) + 9, style=SMALL)
    full = number_column(setter, say(words.FULL_MARK), [row.full for row in rows], 25)
    points = points_column(setter, [points_of(setter, row) for row in rows], card.head.unit_of_result)
    mean = number_column(setter, say(words.GROUP_MEAN), [row.mean for row in rows], 27)
    clauses = [setter.say(clause_words(row.clause)) for row in rows]
    clause = small_column(setter, say(words.CLAUSE), clauses, 74)
    evidence = small_column(setter, say(words.EVIDENCE), [in_runs(row.evidence) for row in rows], 30)
    rest = BODY_WIDTH - fsum(each.width for each in (number, full, points, mean, clause, evidence))
    title = PdfColumn(say(words.ITEM), rest * 0.28)
    return [number, title, full, points, mean, PdfColumn(say(words.WHY), rest * 0.72), clause, evidence]


def points_column(setter: Typesetter, texts: Sequence[str], unit: Text | None) -> PdfColumn:
    """A column of points, wide enough for what they are counted in where that is not points."""
    title = setter.say(headed(words.POINTS, unit))
    widest = 0.0 if unit is None else min(setter.width(title, CELL_BOLD), WIDEST_UNIT)
    return number_column(setter, title, texts, max(29, widest + SIDE + NUMBER_SIDE))


def small_column(setter: Typesetter, title: str, texts: Sequence[str], most: float) -> PdfColumn:
    """A column of small type as wide as its heading and texts need, but not wider than `most`."""
    widest = max(setter.width(text, SMALL) for text in texts)
    return PdfColumn(title, min(most, max(widest, setter.width(title, SMALL_BOLD)) + 2 * SIDE + 0.5), style=SMALL)


def item_cells(setter: Typesetter, row: CardRow) -> list[str]:
    """The texts of one row."""
    return [
        row.number,
        setter.say(row.title),
        row.full or words.NO_NUMBER,
        points_of(setter, row),
        row.mean or words.NO_NUMBER,
        setter.say(row.why),
        setter.say(clause_words(row.clause)),
        in_runs(row.evidence),
    ]


def points_of(setter: Typesetter, row: CardRow) -> str:
    """The points or what is taken off, or why there is neither."""
    if row.off is not None:
        return setter.say(row.off)
    if row.points is not None:
        return row.points
    state = words.ROW_STATES.get(row.state)
    return setter.say(state) if state else words.NO_NUMBER


def in_runs(numbers: Sequence[int]) -> str:
    """Numbers with runs joined: 3, 5–16."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def put_losses(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place the items that lost most, largest first, and what all others lost together."""
    if card.state != "scored":
        return
    headings.put(words.LOSSES)
    if not card.losses:
        flow.put(paragraph(flow.setter, flow.setter.say(words.NOTHING_LOST)))
        return
    setter, width = flow.setter, column_width(LOSS_COLUMNS)
    found = listed(card, MAX_LOSSES)
    told = [(row.number, setter.say(row.title), lost(row.lost)) for row in found.lines]
    told += [("", setter.say(step.what), lost(step.amount)) for step in found.sums]
    number = PdfColumn("", max(setter.width(each, SMALL) for each, _, _ in told) + 7, style=SMALL)
    amount = replace(number_column(setter, "", [each for _, _, each in told]), style=SMALL_BOLD)
    table = PdfTable(
        flow, [number, PdfColumn("", width - number.width - amount.width, style=SMALL), amount], head=False
    )
    rows: list[FlowBlock] = [table.row(each) for each in told]
    put_in_columns(flow, rows, LOSS_COLUMNS)
