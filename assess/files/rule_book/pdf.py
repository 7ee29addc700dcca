"""The book of a rule sheet as a PDF document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum
from pathlib import Path
from typing import BinaryIO, Final

from assess.core.methods.as_rule import RuleTable
from assess.core.rule_book import RuleBook, RuleHeading, RuleParagraph
from assess.core.text import Language, Text
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.columns import SIDE, Align, PdfColumn
from assess.files.pdf_style.document import Bookmark, PdfDocument
from assess.files.pdf_style.flow import FlowBlock, PageFlow
from assess.files.pdf_style.furniture import FOOT_Y, HEAD_Y, PAGE_OF, band, short
from assess.files.pdf_style.look import (
    BODY,
    BODY_BOLD,
    BODY_WIDTH,
    CELL,
    CELL_BOLD,
    GREY,
    HEADING,
    LEFT,
    LINE,
    RIGHT,
    SMALL,
    SUBTITLE,
    TITLE,
    Style,
)
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph
from assess.files.rule_book.words import AUTHOR, FOOT, RULES, mark_of

HEADINGS: Final = (SUBTITLE, HEADING, BODY_BOLD)
"""By level; what lies deeper looks as the last."""
ABOVE: Final = (8.0, 5.0, 3.0)
LABEL: Final = 90.0
LEAST: Final = 40.0
"""No column is narrower where the table is wider than the page."""
LISTED: Final = "· "


def write_rule_pdf(book: RuleBook, target: Path | BinaryIO, language: Language) -> tuple[Text, ...]:
    """Write the book; the same sheet gives the same bytes.

    Returns what a reader should know: the characters that the fonts lack.
    """
    title = book.title.localized(language)
    document = PdfDocument(
        language, title=title, author=AUTHOR.localized(language), subject=RULES.localized(language)
    )  # fmt: skip
    flow = PageFlow(document.setter)
    put_front(flow, book)
    for block in book.blocks:
        put_block(flow, block)
    pages = flow.finish()
    for at, page in enumerate(pages):
        furnish(page, book, at, len(pages))
        document.add(page, *(Bookmark(f"part-{at}-{place}", each) for place, each in enumerate(page.titles)))
    document.save(target)
    return document.warnings


def put_front(flow: PageFlow, book: RuleBook) -> None:
    """Place the title, and what the rule is worth, below it."""
    setter = flow.setter
    flow.put(paragraph(setter, setter.say(book.title), TITLE, align=Align.MIDDLE), keep=True)
    flow.put(FlowBlock(5), keep=True)
    columns = [PdfColumn("", LABEL, style=BODY), PdfColumn("", BODY_WIDTH - LABEL, style=BODY_BOLD)]
    table = PdfTable(flow, columns, head=False)
    for label, told in book.facts:
        table.add([setter.say(label), setter.say(told)])
    table.end()


def put_block(flow: PageFlow, block: RuleHeading | RuleParagraph | RuleTable) -> None:
    """Place a heading, a paragraph or a table."""
    setter = flow.setter
    match block:
        case RuleHeading(level, text):
            put_heading_of(flow, level, setter.say(text))
        case RuleParagraph(text, is_listed):
            flow.put(paragraph(setter, LISTED * is_listed + setter.say(text), BODY))
        case RuleTable():
            put_table(flow, block)


def put_heading_of(flow: PageFlow, level: int, text: str) -> None:
    """Place a heading that stays with what follows it; those of the first level can be gone to."""
    at = min(level, len(HEADINGS) - 1)
    flow.put(FlowBlock(ABOVE[at]), keep=True)
    row = paragraph(flow.setter, text, HEADINGS[at])
    flow.put(replace(row, title=text) if level == 0 else row, keep=True)


def put_table(flow: PageFlow, table: RuleTable) -> None:
    """Place a table, its columns as wide as their texts need."""
    setter = flow.setter
    rows = [[setter.say(cell) for cell in row] for row in table.rows]
    heads = [setter.say(head) for head in table.heads]
    flow.put(FlowBlock(2), keep=True)
    widths = widths_of(setter, heads, rows)
    placed = PdfTable(flow, [PdfColumn(head, width) for head, width in zip(heads, widths, strict=True)])
    for row in rows:
        placed.add(row)
    placed.end()
    flow.put(FlowBlock(2))


def widths_of(setter: Typesetter, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """The widths of columns: each as wide as its longest text; those that are too wide share what is left."""
    wanted = [
        max(width_of(setter, head, CELL_BOLD), *(width_of(setter, row[at], CELL) for row in rows))
        for at, head in enumerate(heads)
    ]
    widths, rest, room = list(wanted), list(range(len(wanted))), BODY_WIDTH
    while rest and fsum(widths[at] for at in rest) > room:
        share = room / len(rest)
        narrow = [at for at in rest if wanted[at] <= share]
        if not narrow:
            return [max(LEAST, share) if at in rest else width for at, width in enumerate(widths)]
        rest = [at for at in rest if at not in narrow]
        room -= fsum(wanted[at] for at in narrow)
    return widths


def width_of(setter: Typesetter, text: str, style: Style) -> float:
    """How wide a cell is that holds a text on one line."""
    return setter.width(setter.plain(text), style) + 2 * SIDE + 2


def furnish(page: PdfPage, book: RuleBook, at: int, of: int) -> None:
    """Put the mark of a demonstration or draft, the running head and the foot on page `at`, from 0."""
    setter = page.setter
    mark = mark_of(book)
    if mark is not None:
        band(page, setter.say(mark))
    if at:
        [running] = shortened(setter.plain(setter.say(book.title)), BODY_WIDTH, SMALL.size)
        page.text(LEFT, HEAD_Y, running, SMALL, GREY)
    page.rule(LEFT, FOOT_Y + 9, RIGHT, 0.5, LINE)
    number = setter.say(PAGE_OF, n=at + 1, of=of)
    told = setter.say(FOOT, sheet=book.sheet, year=book.year, digest=short(book.digest))
    [foot] = shortened(setter.plain(told), BODY_WIDTH - setter.width(number, SMALL) - 20, SMALL.size)
    page.text(LEFT, FOOT_Y, foot, SMALL, GREY)
    page.text_to(RIGHT, FOOT_Y, number, SMALL)
