"""The heat table of a group: every unit's score in every section, tinted by score rate, each with its number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from assess.core.scorecard.content import Ranked, RankingTable
from assess.core.text import Language, Text
from assess.files.charts.drawing import Box, Drawing, Label, Shape
from assess.files.charts.heat import LOW, STEPS, is_low, tint_of
from assess.files.charts.shares import percent
from assess.files.pdf_style.flow import Block, Flow, Picture
from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.look import BODY_WIDTH, CELL_BOLD, LIGHT_TINT, LINE, SMALL, SMALL_BOLD
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import (
    SIDE,
    Align,
    Column,
    Table,
    number_column,
    number_widths,
    put_heading,
)
from assess.files.ranking_pages import words
from assess.files.ranking_pages.ranking import changed_by, put_statistics, rank_column, shows

WIDEST_UNIT: Final = 96.0
NARROWEST: Final = 23.0
WIDEST: Final = 46.0
LONGEST_SCORE: Final = 7


def put_heat(
    flow: Flow, table: RankingTable, *, title: str, linked: Collection[str] = (), own: str | None = None
) -> None:
    """Place the heat table, in parts where the sections do not fit side by side; `own` is the unit shown in bold."""
    if not table.rows or not (table.sections or own):
        return
    put_heading(flow, title)
    if own:
        put_statistics(flow, table)
    by_points = points_fit(table)
    table = table if by_points else with_rates(table)
    if table.sections:
        drawn = legend(flow.setter.language, words.MARKS_BELOW if by_points else words.RATES_SHOWN)
        flow.put(Picture(drawn.high + 3, ((0.0, drawn),)), keep=True)
    fixed = fixed_columns(flow.setter, table, own)
    room = BODY_WIDTH - sum(column.width for column in fixed)
    for at, part in enumerate(parts_of(flow.setter, table, room)):
        if at:
            flow.put(Block(8))
        placed = Table(flow, [*fixed, *section_columns(flow.setter, table, part, room)])
        for row in table.rows:
            add_unit(placed, table, row, part, own=own, linked=linked)
        placed.end()


def points_fit(table: RankingTable) -> bool:
    """Whether all scores are short enough for a cell; a sheet that does not round its sections has longer ones."""
    return all(len(score or "") <= LONGEST_SCORE for row in table.rows for score, _ in row.sections)


def with_rates(table: RankingTable) -> RankingTable:
    """The same table with score rates in percent in the place of scores and full marks."""
    rows = (replace(row, sections=tuple((percent(rate), rate) for _, rate in row.sections)) for row in table.rows)
    return replace(table, rows=tuple(rows), sections=tuple((title, "") for title, _ in table.sections))


def add_unit(
    placed: Table, table: RankingTable, row: Ranked, part: Sequence[int], *, own: str | None, linked: Collection[str]
) -> None:
    """Add the row of one unit."""
    fixed = fixed_cells(placed.flow.setter, table, row, own)
    scores = [row.sections[place] for place in part]
    placed.add(
        [*fixed, *(score or words.NO_NUMBER for score, _ in scores)],
        tints=[None] * len(fixed) + [tint_of(rate) for _, rate in scores],
        strong=[len(fixed) + at for at, (_, rate) in enumerate(scores) if is_low(rate)],
        bold=row.unit == own,
        tint=LIGHT_TINT if row.unit == own else None,
        to=f"card-{row.unit}" if row.unit in linked else None,
    )


def fixed_columns(setter: Typesetter, table: RankingTable, own: str | None) -> list[Column]:
    """Rank, unit and total; on the back of a card, where no ranking precedes, grade and change as well."""
    say = setter.say
    total = number_column(setter, say(words.TOTAL), [row.total for row in table.rows], 36)
    names = max(setter.width(setter.plain(say(row.name)), CELL_BOLD) for row in table.rows) + 2 * SIDE + 1
    columns = [rank_column(setter, table), Column(say(words.UNIT), min(names, WIDEST_UNIT)), total]
    graded, changed, _ = shows(table)
    if own and graded:
        columns.append(Column(say(words.GRADE), 44, Align.MIDDLE))
    if own and changed:
        columns.append(Column(say(words.CHANGE), 38, Align.MIDDLE))
    if not table.sections:
        columns[1] = Column(say(words.UNIT), BODY_WIDTH - sum(column.width for column in columns) + columns[1].width)
    return columns


def fixed_cells(setter: Typesetter, table: RankingTable, row: Ranked, own: str | None) -> list[str]:
    """The texts of these columns."""
    say, none = setter.say, words.NO_NUMBER
    cells = [row.rank or none, say(row.name), row.total or none]
    graded, changed, _ = shows(table)
    if own and graded:
        cells.append(say(row.grade) if row.grade else none)
    if own and changed:
        cells.append(changed_by(setter, row.change))
    return cells


def parts_of(setter: Typesetter, table: RankingTable, room: float) -> Iterator[range]:
    """The sections of each part, as many as fit side by side; one part without any for a sheet that has none."""
    count = max(1, int(room / narrowest(setter, table)))
    total = len(table.sections)
    parts = max(1, -(-total // count))
    each = -(-total // parts)
    return (range(at * each, min((at + 1) * each, total)) for at in range(parts))


def narrowest(setter: Typesetter, table: RankingTable) -> float:
    """The width that the widest scores need, with a hair's breadth on either side."""
    scores = [score for row in table.rows for score, _ in row.sections]
    return max(NARROWEST, sum(number_widths(setter, scores, SMALL_BOLD)) + 3)


def section_columns(setter: Typesetter, table: RankingTable, part: Sequence[int], room: float) -> list[Column]:
    """Columns of equal width under turned titles with the full mark; the numbers stand in the middle of each."""
    width = max(narrowest(setter, table), min(WIDEST, room / len(part))) if part else 0.0
    whole, fraction = number_widths(setter, [row.sections[at][0] for row in table.rows for at in part], SMALL_BOLD)
    side = (width - whole - fraction) / 2
    plain = Column("", width, Align.NUMBER, SMALL, fraction, side, turned=True)
    return [replace(plain, title=setter.say(table.sections[at][0]), note=table.sections[at][1]) for at in part]


def legend(language: Language, numbers: Text) -> Drawing:
    """What the tints and the numbers mean."""
    x, y = width_of(words.RATES.told(language), SMALL.size) + 8, 3.0
    shapes: list[Shape] = [Label(2, y, words.RATES.told(language), SMALL.size)]
    for tint, text in (*((tint, text) for _, tint, text in STEPS), LOW):
        words_here = text.told(language)
        shapes.append(Box(x, y - 1.5, 12, 8, tint, LINE, 0.4))
        shapes.append(Label(x + 15, y, words_here, SMALL.size))
        x += 15 + width_of(words_here, SMALL.size) + 12
    shapes.append(Label(x + 4, y, numbers.told(language), SMALL.size))
    return Drawing(BODY_WIDTH, 12, words.RATES.told(language), tuple(shapes))
