"""The heat table of a group: every unit's score in every section, tinted by score rate, each with its number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from assess.core.scorecard.content import Ranked, RankingTable
from assess.core.text import Language
from assess.files.charts.drawing import Box, Drawing, Label, Shape
from assess.files.charts.heat import LOW, STEPS, is_low, tint_of
from assess.files.pdf_style.flow import Block, Flow, Picture
from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.look import BODY_WIDTH, LIGHT_TINT, LINE, SMALL
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import NUMBER_SIDE, SIDE, Align, Column, Table, number_column, put_heading
from assess.files.ranking_pages import words
from assess.files.ranking_pages.ranking import changed_by, put_statistics, rank_column, shows

UNIT_WIDTH: Final = 96.0
NARROWEST: Final = 23.0
WIDEST: Final = 46.0


def put_heat(
    flow: Flow, table: RankingTable, *, title: str, linked: Collection[str] = (), own: str | None = None
) -> None:
    """Place the heat table, in parts where the sections do not fit side by side; `own` is the unit shown in bold."""
    if not table.rows or not (table.sections or own):
        return
    put_heading(flow, title)
    if own:
        put_statistics(flow, table)
    if table.sections:
        drawn = legend(flow.setter.language)
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
    columns = [rank_column(setter, table), Column(say(words.UNIT), UNIT_WIDTH), total]
    graded, changed, _ = shows(table)
    if own and graded:
        columns.append(Column(say(words.GRADE), 44, Align.MIDDLE))
    if own and changed:
        columns.append(Column(say(words.CHANGE), 38, Align.MIDDLE))
    if not table.sections:
        columns[1] = Column(say(words.UNIT), BODY_WIDTH - sum(column.width for column in columns) + UNIT_WIDTH)
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
    """The width that the longest score needs."""
    bold = SMALL._replace(bold=True)
    widths = (setter.width(score, bold) for row in table.rows for score, _ in row.sections if score)
    return max(NARROWEST, max(widths, default=0.0) + SIDE + NUMBER_SIDE)


def section_columns(setter: Typesetter, table: RankingTable, part: Sequence[int], room: float) -> list[Column]:
    """Columns of equal width under turned titles with the full mark."""
    width = min(WIDEST, room / len(part)) if part else 0.0
    scores = [row.sections[place][0] for row in table.rows for place in part]
    fraction = number_column(setter, "", scores).fraction * SMALL.size / 7.2
    return [
        Column(
            setter.say(table.sections[place][0]),
            width,
            Align.NUMBER,
            SMALL,
            fraction,
            turned=True,
            note=table.sections[place][1],
        )
        for place in part
    ]


def legend(language: Language) -> Drawing:
    """What the tints mean."""
    x, y = width_of(words.RATES.told(language), SMALL.size) + 8, 3.0
    shapes: list[Shape] = [Label(2, y, words.RATES.told(language), SMALL.size)]
    for tint, text in (*((tint, text) for _, tint, text in STEPS), LOW):
        words_here = text.told(language)
        shapes.append(Box(x, y - 1.5, 12, 8, tint, LINE, 0.4))
        shapes.append(Label(x + 15, y, words_here, SMALL.size))
        x += 15 + width_of(words_here, SMALL.size) + 12
    shapes.append(Label(x + 4, y, words.MARKS_BELOW.told(language), SMALL.size))
    return Drawing(BODY_WIDTH, 12, words.RATES.told(language), tuple(shapes))
