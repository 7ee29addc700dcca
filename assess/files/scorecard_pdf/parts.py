"""The tables of items that are scored by parts: one row a part, or objects by periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Final

from assess.core.result_units import of_mark
from assess.core.scorecard.content import CardRow, Scorecard
from assess.core.scorecard.part_content import PartRow, PartTable
from assess.core.text import Text
from assess.files.pdf_style.columns import SIDE, Align, PdfColumn, has_digits, number_column
from assess.files.pdf_style.flow import FlowBlock, PageFlow
from assess.files.pdf_style.look import BLACK, BODY_BOLD, BODY_WIDTH, GREY, SMALL, SMALL_BOLD
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph
from assess.files.scorecard_pdf import words
from assess.files.scorecard_pdf.headings import Headings
from assess.files.scorecard_pdf.items import points_column

MOST_NAME: Final = 110.0
LEAST_NAME: Final = 56.0
MOST_COUNTS: Final = 64.0
LEAST_WHY: Final = 170.0
"""The sentence gets so much at least; values that leave less are told by the sentence alone."""


def put_parts(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place the parts of each item that is scored by parts."""
    found = [(row, row.parts) for row in card.all_rows if row.parts is not None]
    if found:
        headings.put(words.PARTS)
    for row, parts in found:
        put_title(flow, row, card.head.unit_of_result)
        if parts.is_grid:
            put_grid(flow, parts)
            put_legend(flow, parts.legend)
        else:
            put_list(flow, parts, card.head.unit_of_result)
            put_legend(flow, parts.dropped_told)


def put_title(flow: PageFlow, row: CardRow, unit: Text | None) -> None:
    """Place what the item is called and its result, which stay with the table."""
    setter = flow.setter
    told = setter.say(words.NO_POINTS if row.points is None else of_mark(row.points, row.full, unit))
    text = setter.say(words.PARTS_OF, number=row.number, title=row.title, told=told)
    flow.put(FlowBlock(4), keep=True)
    flow.put(paragraph(setter, text, BODY_BOLD), keep=True)


def put_list(flow: PageFlow, parts: PartTable, unit: Text | None) -> None:
    """Place a row for each part: its values, score, full mark, whether it counts, and why."""
    setter, rows = flow.setter, parts.rows
    columns, shows_values = list_columns(setter, parts, unit)
    table = PdfTable(flow, columns)
    for row in rows:
        values = [setter.say(each.shown) if each else words.NO_NUMBER for each in row.values] if shows_values else []
        weight = [row.weight or words.NO_NUMBER] if parts.has_weights else []
        table.add([
            setter.say(row.name), *values, *weight, bracketed(row), *([row.full] if parts.has_marks else []),
            setter.say(row.counts_told), setter.say(row.why),
        ], colour=GREY if row.is_dropped else BLACK)  # fmt: skip
    table.end()


def list_columns(setter: Typesetter, parts: PartTable, unit: Text | None) -> tuple[list[PdfColumn], bool]:
    """The columns, and whether there is room for those of values; the sentence gets what the others leave."""
    say, rows = setter.say, parts.rows
    name = text_column(setter, say(words.PART), (say(row.name) for row in rows), MOST_NAME)
    weight = [number_column(setter, say(words.WEIGHT), [row.weight for row in rows], 33)] if parts.has_weights else []
    scores = [
        points_column(setter, [bracketed(row) for row in rows], unit),
        *([number_column(setter, say(words.FULL_MARK), [row.full for row in rows], 25)] if parts.has_marks else []),
    ]
    counts = text_column(setter, say(words.COUNTS), (say(row.counts_told) for row in rows), MOST_COUNTS)
    values = value_columns(setter, parts)
    rest = BODY_WIDTH - fsum(each.width for each in (name, *weight, *scores, counts))
    wide = fsum(each.width for each in values)
    shows_values = rest - wide >= LEAST_WHY
    why = PdfColumn(say(words.WHY), rest - wide if shows_values else rest, style=SMALL)
    return [name, *(values if shows_values else ()), *weight, *scores, counts, why], shows_values


def value_columns(setter: Typesetter, parts: PartTable) -> list[PdfColumn]:
    """A column for each figure."""
    found = []
    for at, title in enumerate(parts.figures):
        texts = [setter.say(each.shown) for row in parts.rows if (each := row.values[at])]
        if any(map(has_digits, texts)):
            found.append(number_column(setter, setter.say(title), texts, 44))
        else:
            found.append(text_column(setter, setter.say(title), texts, MOST_NAME))
    return found


def text_column(setter: Typesetter, title: str, texts: Iterable[str], most: float) -> PdfColumn:
    """A column as wide as its heading and texts need, but not wider than `most`."""
    widest = max(setter.width(title, SMALL_BOLD), *(setter.width(text, SMALL) for text in texts))
    return PdfColumn(title, min(most, widest + 2 * SIDE + 0.5), style=SMALL)


def put_grid(flow: PageFlow, parts: PartTable) -> None:
    """Place a row for each object and a column for each period, with scores and signs in the cells."""
    setter, say = flow.setter, flow.setter.say
    lines, periods = parts.lines, parts.periods
    widest = max(setter.width(say(row.cell), SMALL) for row in parts.rows)
    heads = max(setter.width(say(each.short), SMALL_BOLD) for each in periods)
    step = min(max(widest, heads) + 2 * SIDE + 1, (BODY_WIDTH - LEAST_NAME) / len(periods))
    name = PdfColumn(say(words.PART), BODY_WIDTH - step * len(periods), style=SMALL)
    table = PdfTable(flow, [name, *(PdfColumn(say(each.short), step, Align.MIDDLE, SMALL) for each in periods)])
    for owner, rows in lines:
        by_period = {row.period: say(row.cell) for row in rows}
        strong = [at for at, row in enumerate(rows, start=1) if row.counts] if parts.dropped_told else []
        table.add([say(owner.title), *(by_period.get(each, "") for each in periods)], strong=strong)
    table.end()


def put_legend(flow: PageFlow, legend: Sequence[Text]) -> None:
    """Place what the signs mean."""
    if legend:
        text = flow.setter.say(words.BETWEEN).join(flow.setter.say(each) for each in legend)
        flow.put(paragraph(flow.setter, text, SMALL))


def bracketed(row: PartRow) -> str:
    """The score, in brackets where it did not count."""
    if row.points is None:
        return words.NO_NUMBER
    return f"({row.points})" if row.is_dropped else row.points
