"""What stands before the scorecards in the ranked book: cover, contents, and the rankings of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final, NamedTuple

from assess.core.result_units import headed
from assess.core.scorecard.content import Book, RankedLine
from assess.core.scorecard.paper import on_paper
from assess.core.text import Text
from assess.files.pdf_style.columns import NUMBER_SIDE, SIDE, Align, PdfColumn, number_column
from assess.files.pdf_style.flow import FlowBlock, PageFlow, column_width, put_in_columns
from assess.files.pdf_style.furniture import mark_of
from assess.files.pdf_style.heads import TableHead
from assess.files.pdf_style.look import BODY, BODY_BOLD, BODY_WIDTH, CELL, CELL_BOLD, SMALL, Style
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph, put_heading
from assess.files.ranked_book_pdf import words
from assess.files.ranking_pages import put_distribution, put_heat, put_movers, put_ranking
from assess.files.ranking_pages import words as ranking_words
from assess.files.scorecard_pdf.check_code import CheckCode, CodeMark
from assess.files.scorecard_pdf.sealing import digests, told_below
from assess.files.scorecard_pdf.words import (
    EDITION,
    EDITION_SAID,
    RELEASED,
    RELEASED_AT,
    RELEASED_SAID,
    SEALED_AT,
    STANDING,
    STANDINGS,
)

COVER_TITLE: Final = Style(26, bold=True, line=38)
COVER_SUBTITLE: Final = Style(17, bold=True, line=26)
COVER_YEAR: Final = Style(14, line=22)
COVER_TOP: Final = 130.0
CONTENTS_COLUMNS: Final = 2


class ContentsEntry(NamedTuple):
    """A heading of the rankings, the name that leads to it and its page in the book."""

    title: str
    name: str
    page: int


def cover_page(setter: Typesetter, book: Book, code: CheckCode | None) -> PdfPage:
    """The cover: title, year, standing, what was compared, the full digests, and the check code in the corner."""
    flow, say, head = PageFlow(setter), setter.say, book.head
    if code:
        flow.put(CodeMark(0, code))
    flow.put(FlowBlock(COVER_TOP))
    mark = mark_of(head)
    lines = [(say(head.title), COVER_SUBTITLE), (say(words.BOOK), COVER_TITLE)]
    lines.append((say(words.YEAR, year=head.year), COVER_YEAR))
    if mark:
        lines.append((say(mark), COVER_SUBTITLE))
    for text, style in lines:
        flow.put(paragraph(setter, text, style, align=Align.MIDDLE))
        flow.put(FlowBlock(14))
    flow.put(FlowBlock(40))
    put_groups(flow, book)
    flow.put(FlowBlock(40))
    put_facts(flow, book)
    return flow.finish()[0]


def put_groups(flow: PageFlow, book: Book) -> None:
    """Place one line a group: how many units, and mean, highest and lowest total."""
    say, none = flow.setter.say, words.NO_NUMBER
    totals = (headed(each, book.head.unit_of_result) for each in (words.MEAN, words.HIGHEST, words.LOWEST))
    titles = (words.UNITS, words.RANKED, *totals)
    facts = [
        [str(len(table.rows)), table.of, table.mean or none, table.highest or none, table.lowest or none]
        for table in book.listed
    ]
    numbers = [
        number_column(flow.setter, say(title), [each[at] for each in facts], 60) for at, title in enumerate(titles)
    ]
    first = PdfColumn(say(words.GROUP), BODY_WIDTH - fsum(column.width for column in numbers), style=BODY_BOLD)
    placed = PdfTable(flow, [first, *numbers])
    for table, numbers_of_group in zip(book.listed, facts, strict=True):
        placed.add([say(table.title), *numbers_of_group])
    placed.end()


def put_facts(flow: PageFlow, book: Book) -> None:
    """Place basis, standing, digests and program."""
    say, head = flow.setter.say, book.head
    placed = PdfTable(flow, [PdfColumn("", 80, style=SMALL), PdfColumn("", BODY_WIDTH - 80, style=SMALL)], head=False)
    if head.standing:
        placed.add([say(STANDING), say(STANDINGS[head.standing])])
    if head.sealing:
        placed.add([say(EDITION), say(EDITION_SAID, edition=head.sealing.edition)])
        placed.add([say(SEALED_AT), head.sealing.at])
    if head.notice:
        placed.add([say(RELEASED), say(RELEASED_SAID, run=head.notice.run)])
        placed.add([say(RELEASED_AT), head.notice.at])
    for row in (*told_below(flow.setter, head), *digests(flow.setter, head)):
        placed.add(row)
    placed.end()


def group_pages(setter: Typesetter, book: Book, number: int) -> list[PdfPage]:
    """The ranking, the movers, the distribution and the heat table of one group."""
    flow, table = PageFlow(setter), book.tables[number]
    linked = frozenset(unit for unit, _, _ in book.units)
    put_ranking(flow, table, linked)
    put_movers(flow, table)
    put_distribution(flow, table)
    for other in table.others:
        put_ranking(flow, other, linked)
    put_heat(flow, table, title=setter.say(ranking_words.HEAT, group=table.title), linked=linked)
    return flow.finish()


def warning_pages(setter: Typesetter, book: Book) -> list[PdfPage]:
    """What a reader should know of the results: units without total, conditions not told, figures that nobody gave."""
    flow, say = PageFlow(setter), setter.say
    put_heading(flow, say(words.WARNINGS))
    names = [say(words.ALL_UNITS if name is None else name) for name, _ in book.warnings]
    wide = min(max(setter.width(name, CELL) for name in names) + 2 * SIDE, BODY_WIDTH / 3)
    columns = [
        PdfColumn(say(words.UNIT), wide, style=CELL),
        PdfColumn(say(words.WARNING), BODY_WIDTH - wide, style=CELL),
    ]
    placed = PdfTable(flow, columns)
    for name, (_, what) in zip(names, book.warnings, strict=True):
        placed.add([name, on_paper(say(what))])
    placed.end()
    return flow.finish()


def contents_pages(
    setter: Typesetter, book: Book, places: Sequence[ContentsEntry], pages: Mapping[str, int]
) -> list[PdfPage]:
    """The contents: the rankings, then every unit with rank, total and the page of its card.

    The numbers of pages never change how many pages the contents take.
    """
    flow = PageFlow(setter)
    flow.put(paragraph(setter, setter.say(words.CONTENTS), COVER_SUBTITLE, align=Align.MIDDLE), keep=True)
    put_heading(flow, setter.say(words.RANKINGS))
    entries = PdfTable(
        flow, [PdfColumn("", BODY_WIDTH - 40, style=BODY), PdfColumn("", 40, Align.NUMBER, BODY)], head=False
    )
    for place in places:
        entries.add([place.title, str(place.page)], to=place.name)
    entries.end()
    ranked = {row.unit: row for table in book.listed for row in table.rows}
    for number in (*range(len(book.tables)), -1):
        units = [(unit, setter.say(name)) for unit, name, group in book.units if group == number]
        if units:
            put_heading(flow, setter.say(words.CARDS, group=book.title_of(number)))
            put_units(flow, units, ranked, pages, book.head.unit_of_result)
    return flow.finish()


def put_units(
    flow: PageFlow,
    units: Sequence[tuple[str, str]],
    ranked: Mapping[str, RankedLine],
    pages: Mapping[str, int],
    counted_in: Text | None,
) -> None:
    """Place the units of one group in two columns, each leading to its card, totals headed with their unit."""
    say, width = flow.setter.say, column_width(CONTENTS_COLUMNS)
    rows_of = [ranked.get(unit) for unit, _ in units]
    rank = number_column(flow.setter, say(words.RANK), [row.rank for row in rows_of if row], 28)
    title = say(headed(words.TOTAL, counted_in))
    least = max(36, flow.setter.width(title, CELL_BOLD) + SIDE + NUMBER_SIDE)
    total = number_column(flow.setter, title, [row.total for row in rows_of if row], least)
    page = PdfColumn(say(words.PAGE), 30, Align.NUMBER, CELL)
    columns = [rank, PdfColumn(say(words.UNIT), width - rank.width - total.width - page.width), total, page]
    placed, none, blocks = PdfTable(flow, columns, head=False), words.NO_NUMBER, list[FlowBlock]()
    for (unit, name), row in zip(units, rows_of, strict=True):
        known = (row.rank or none, row.total or none) if row else (none, none)
        blocks.append(placed.row([known[0], name, known[1], str(pages.get(unit, ""))], to=f"card-{unit}"))
    put_in_columns(flow, blocks, CONTENTS_COLUMNS, TableHead.of(flow.setter, columns))
