"""The heat table of a group: every unit's score in every section, tinted by score rate, each with its number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from math import fsum
from typing import Final

from assess.core.result_units import headed
from assess.core.scorecard.content import RankedLine, RankingTable
from assess.core.text import Language, Text
from assess.files.charts.heat import LOW, STEPS, is_low, tint_of
from assess.files.charts.shares import percent
from assess.files.pdf_style.breaking import ATOM
from assess.files.pdf_style.columns import SIDE, Align, PdfColumn, number_column, number_widths
from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Shape
from assess.files.pdf_style.flow import FlowBlock, PageFlow, PictureRow
from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.heads import TableHead
from assess.files.pdf_style.look import BODY_HEIGHT, BODY_WIDTH, CELL_BOLD, LIGHT_TINT, LINE, SMALL, SMALL_BOLD
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, TableRow, put_heading
from assess.files.ranking_pages import words
from assess.files.ranking_pages.ranking import changed_by, put_statistics, rank_column, shows

WIDEST_UNIT: Final = 96.0
NARROWEST: Final = 23.0
WIDEST: Final = 60.0
MAX_SCORE_LENGTH: Final = 7
MAX_HEADING_LINES: Final = 5
LEGEND_HEIGHT: Final = 12.0
TITLE_ROOM: Final = 55.0
"""What title and legend take at most; a table that fits on a page with them is not parted."""
FEW_SECTIONS: Final = 6
"""So many sections have room for scores of any length."""


def put_heat(
    flow: PageFlow, table: RankingTable, *, title: str, linked: Collection[str] = (), own: str | None = None
) -> None:
    """Place the heat table, in parts where the sections do not fit side by side; `own` is the unit shown in bold.

    One section alone says nothing that the ranking does not.
    """
    if not table.rows or not (len(table.sections) > 1 or own):
        return
    by_points = points_fit(table)
    table = table if by_points else with_rates(table)
    fixed = fixed_columns(flow.setter, table, own)
    parts = []
    for places, columns in parts_of(flow.setter, table, fixed):
        made = PdfTable(flow, columns, head=False)
        parts.append(
            (columns, [unit_row(made, table, row, places=places, own=own, linked=linked) for row in table.rows])
        )
    heads = fsum(TableHead.of(flow.setter, columns).height for columns, _ in parts)
    if flow.room < TITLE_ROOM + heads + fsum(row.height for _, rows in parts for row in rows) < BODY_HEIGHT:
        flow.break_page()
    put_heading(flow, title)
    if own:
        put_statistics(flow, table)
    if table.sections:
        drawn = legend(flow.setter.language, words.MARKS_BELOW if by_points else words.RATES_SHOWN)
        flow.put(PictureRow(drawn.high + 3, ((0.0, drawn),)), keep=True)
    for at, (columns, rows) in enumerate(parts):
        if at:
            flow.put(FlowBlock(8))
        placed = PdfTable(flow, columns)
        for row in rows:
            flow.put(row)
        placed.end()


def points_fit(table: RankingTable) -> bool:
    """Whether the scores are short or the sections few; a sheet that does not round its sections has longer ones."""
    short = all(len(score or "") <= MAX_SCORE_LENGTH for row in table.rows for score, _ in row.sections)
    return short or len(table.sections) <= FEW_SECTIONS


def with_rates(table: RankingTable) -> RankingTable:
    """The same table with score rates in percent in the place of scores and full marks."""
    rows = (replace(row, sections=tuple((percent(rate), rate) for _, rate in row.sections)) for row in table.rows)
    return replace(table, rows=tuple(rows), sections=tuple((title, "") for title, _ in table.sections))


def unit_row(
    made: PdfTable,
    table: RankingTable,
    row: RankedLine,
    *,
    places: Sequence[int],
    own: str | None,
    linked: Collection[str],
) -> TableRow:
    """The row of one unit in a part of the table."""
    fixed = fixed_cells(made.flow.setter, table, row, own)
    scores = [row.sections[place] for place in places]
    return made.row(
        [*fixed, *(score or words.NO_NUMBER for score, _ in scores)],
        tints=[None] * len(fixed) + [tint_of(rate) for _, rate in scores],
        strong=[len(fixed) + at for at, (_, rate) in enumerate(scores) if is_low(rate)],
        bold=row.unit == own,
        tint=LIGHT_TINT if row.unit == own else None,
        to=f"card-{row.unit}" if row.unit in linked else None,
    )


def fixed_columns(setter: Typesetter, table: RankingTable, own: str | None) -> list[PdfColumn]:
    """Rank, unit and total; on the back of a card, where no ranking precedes, grade and change as well."""
    say = setter.say
    total = number_column(setter, say(headed(words.TOTAL, table.unit)), [row.total for row in table.rows], 36)
    names = max(setter.width(setter.plain(say(row.name)), CELL_BOLD) for row in table.rows) + 2 * SIDE + 1
    columns = [rank_column(setter, table), PdfColumn(say(words.UNIT), min(names, WIDEST_UNIT)), total]
    graded, changed, _ = shows(table)
    if own and graded:
        columns.append(PdfColumn(say(words.GRADE), 44, Align.MIDDLE))
    if own and changed:
        columns.append(PdfColumn(say(words.CHANGE), 38, Align.MIDDLE))
    if not table.sections:
        columns[1] = PdfColumn(
            say(words.UNIT), BODY_WIDTH - fsum(column.width for column in columns) + columns[1].width
        )
    return columns


def fixed_cells(setter: Typesetter, table: RankingTable, row: RankedLine, own: str | None) -> list[str]:
    """The texts of these columns."""
    say, none = setter.say, words.NO_NUMBER
    cells = [row.rank or none, say(row.name), row.total or none]
    graded, changed, _ = shows(table)
    if own and graded:
        cells.append(say(row.grade) if row.grade else none)
    if own and changed:
        cells.append(changed_by(setter, row.change))
    return cells


def parts_of(
    setter: Typesetter, table: RankingTable, fixed: Sequence[PdfColumn]
) -> Iterator[tuple[range, Sequence[PdfColumn]]]:
    """The sections of each part, as many as fit side by side, and its columns; one part where there are none."""
    room = BODY_WIDTH - fsum(column.width for column in fixed)
    total, count = len(table.sections), max(1, int(room / narrowest(setter, table)))
    each = -(-total // max(1, -(-total // count)))
    for first in range(0, max(total, 1), max(each, 1)):
        places = range(first, min(first + each, total))
        yield places, [*fixed, *section_columns(setter, table, places, room)]


def narrowest(setter: Typesetter, table: RankingTable) -> float:
    """The width that the widest scores need, with a hair's breadth on either side."""
    scores = [score for row in table.rows for score, _ in row.sections]
    return max(NARROWEST, fsum(number_widths(setter, scores, SMALL_BOLD)) + 3)


def section_columns(setter: Typesetter, table: RankingTable, part: Sequence[int], room: float) -> list[PdfColumn]:
    """Columns of equal width under titles with the full mark; the numbers stand in the middle of each."""
    width = max(narrowest(setter, table), min(WIDEST, room / len(part))) if part else 0.0
    titles = [setter.say(table.sections[at][0]) for at in part]
    whole, fraction = number_widths(setter, [row.sections[at][0] for row in table.rows for at in part], SMALL_BOLD)
    side = (width - whole - fraction) / 2
    turned = not all(stands(setter, title, width) for title in titles)
    plain = PdfColumn("", width, Align.NUMBER, SMALL, fraction, side, turned)
    return [replace(plain, title=title, note=table.sections[at][1]) for at, title in zip(part, titles, strict=True)]


def stands(setter: Typesetter, title: str, width: float) -> bool:
    """Whether a heading can be read without turning the page: few lines, and no word cut."""
    lines = setter.lines(title, width - 2, SMALL_BOLD)
    words_fit = all(setter.width(word, SMALL_BOLD) <= width - 2 for word in ATOM.findall(setter.plain(title)))
    return words_fit and len(lines) <= MAX_HEADING_LINES


def legend(language: Language, numbers: Text) -> Drawing:
    """What the tints and the numbers mean."""
    note = numbers.localized(language)
    high = LEGEND_HEIGHT + (SMALL.line + 2) * (legend_width(language) + width_of(note, SMALL.size) > BODY_WIDTH)
    x, y = width_of(words.RATES.localized(language), SMALL.size) + 8, high - LEGEND_HEIGHT + 3.0
    shapes: list[Shape] = [ChartLabel(2, y, words.RATES.localized(language), SMALL.size)]
    for tint, text in (*((tint, text) for _, tint, text in STEPS), LOW):
        words_here = text.localized(language)
        shapes.append(Box(x, y - 1.5, 12, 8, tint, LINE, 0.4))
        shapes.append(ChartLabel(x + 15, y, words_here, SMALL.size))
        x += 15 + width_of(words_here, SMALL.size) + 12
    shapes.append(ChartLabel(2.0 if high > LEGEND_HEIGHT else x + 4, 3.0, note, SMALL.size))
    return Drawing(BODY_WIDTH, high, words.RATES.localized(language), tuple(shapes))


def legend_width(language: Language) -> float:
    """How wide the tints stand with their words."""
    texts = [words.RATES, *(text for _, _, text in STEPS), LOW[1]]
    return fsum(width_of(text.localized(language), SMALL.size) + 27 for text in texts) - 5
