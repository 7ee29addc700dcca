"""The weekly summary of findings as a document to print, sign and pass round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from pathlib import Path
from typing import BinaryIO, Final

from assess.core.findings.weekly import LongOverdue, WeekLine, Weekly
from assess.core.findings.weekly_words import (
    COLUMNS,
    DOMAIN,
    HOW,
    NOBODY_OVERDUE,
    OVERDUE_COLUMNS,
    SECTIONS,
    TITLE,
    TOGETHER,
    UNIT,
    sentences,
    told_quiet,
)
from assess.core.rules.sheet import SheetStanding
from assess.core.text import Language, Text
from assess.files.pdf_style import look
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.columns import NUMBER_SIDE, SIDE, Align, PdfColumn, number_column
from assess.files.pdf_style.document import Bookmark, PdfDocument
from assess.files.pdf_style.flow import FlowBlock, PageFlow
from assess.files.pdf_style.furniture import FOOT_Y, HEAD_Y, MARKS, PAGE_OF, band
from assess.files.pdf_style.look import BODY, BODY_BOLD, BODY_WIDTH, CELL, CELL_BOLD, LEFT, RIGHT, SMALL, SUBTITLE
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.signatures import DATE, Signatures
from assess.files.pdf_style.tables import PdfTable, paragraph, put_heading

ORDER: Final = Text("{n}、{title}", "{n}. {title}")
NUMERALS: Final = "一二三四五"
SIGNATURES: Final = (
    Text("制表（签字）：", "Prepared by (signature):"),
    Text("审核（签字）：", "Checked by (signature):"),
    Text("签发（签字）：", "Issued by (signature):"),
)
SEAL: Final = Text("（单位公章）", "(official seal of the unit)")
AUTHOR: Final = Text("考核办", "Assessment office")
RUNNING: Final = Text("{title} · {week}", "{title} · {week}")
SEAL_HEIGHT: Final = 108.0
LEAST_NUMBER: Final = 38.0
KEPT_WHOLE: Final = 12
"""A table of no more rows stands on one page."""
MAX_ABOUT_LENGTH: Final = 120
"""Characters of what a finding is about."""
OVERDUE_WIDTHS: Final[dict[Language, tuple[float, ...]]] = {
    "zh": (34, 74, 74, 0, 56, 54, 46),
    "en": (34, 84, 80, 0, 60, 54, 46),
}
"""Of the columns of what is overdue longest; what these leave is for place and finding."""


def write_weekly_pdf(weekly: Weekly, target: Path | BinaryIO, language: Language) -> tuple[Text, ...]:
    """Write the document; the same summary gives the same bytes.

    Returns what a reader should know: the characters that the fonts lack.
    """
    title, week = TITLE.localized(language), weekly.week.label.localized(language)
    document = PdfDocument(
        language, title=f"{title} · {week}", author=AUTHOR.localized(language), subject=weekly.title.localized(language)
    )
    flow = PageFlow(document.setter)
    put_summary(flow, weekly)
    pages = flow.finish()
    for at, page in enumerate(pages):
        furnish(page, weekly, at, len(pages))
        document.add(page, *(Bookmark(f"part-{at}-{place}", title) for place, title in enumerate(page.titles)))
    document.save(target)
    return document.warnings


def furnish(page: PdfPage, weekly: Weekly, at: int, of: int) -> None:
    """Put the mark of a demonstration, the running head and the foot on page `at`, from 0."""
    setter = page.setter
    if weekly.demonstration:
        band(page, setter.say(MARKS[SheetStanding.DEMONSTRATION]))
    running = setter.say(RUNNING, title=TITLE, week=weekly.week.label)
    if at:
        page.text(LEFT, HEAD_Y, setter.plain(running), SMALL, look.GREY)
    page.rule(LEFT, FOOT_Y + 9, RIGHT, 0.5, look.LINE)
    number = setter.say(PAGE_OF, n=at + 1, of=of)
    [foot] = shortened(setter.plain(setter.say(weekly.title)), BODY_WIDTH / 2, SMALL.size)
    page.text(LEFT, FOOT_Y, foot, SMALL, look.GREY)
    page.text_to(RIGHT, FOOT_Y, number, SMALL, look.BLACK)


def put_summary(flow: PageFlow, weekly: Weekly) -> None:
    """Place everything the document says."""
    say = flow.setter.say
    for text, style in ((weekly.title, SUBTITLE), (TITLE, look.TITLE), (weekly.week.label, BODY_BOLD)):
        flow.put(paragraph(flow.setter, say(text), style, align=Align.MIDDLE), keep=True)
    flow.put(FlowBlock(4), keep=True)
    put_part(flow, 0, "overview")
    for sentence in sentences(weekly):
        flow.put(paragraph(flow.setter, say(sentence), BODY))
    put_part(flow, 1, "units")
    put_counted(flow, weekly, UNIT, weekly.units)
    put_part(flow, 2, "domains")
    put_counted(flow, weekly, DOMAIN, weekly.domains)
    put_part(flow, 3, "longest")
    put_longest(flow, weekly.longest)
    put_part(flow, 4, "quiet")
    flow.put(paragraph(flow.setter, say(told_quiet(weekly)), BODY))
    flow.put(FlowBlock(8))
    flow.put(paragraph(flow.setter, say(HOW, day=weekly.through), SMALL), keep=True)
    flow.put(FlowBlock(6), keep=True)
    flow.put(Signatures(SEAL_HEIGHT, tuple(map(say, SIGNATURES)), say(SEAL), say(DATE)))


def put_part(flow: PageFlow, at: int, name: str) -> None:
    """Place the heading of a part with its number."""
    number = NUMERALS[at] if flow.setter.language == "zh" else str(at + 1)
    put_heading(flow, flow.setter.say(ORDER, n=number, title=SECTIONS[name]))


def put_counted(flow: PageFlow, weekly: Weekly, what: Text, lines: Iterable[WeekLine]) -> None:
    """Place what the week brought for each unit or domain, all together first; what is overdue in bold."""
    table = PdfTable(flow, counted_columns(flow.setter, weekly, what))
    overdue = 1 + list(COLUMNS).index("overdue")
    together = WeekLine(TOGETHER, weekly.all)
    shown = [together, *lines]
    for line in shown:
        cells = [flow.setter.say(line.label), *(str(getattr(line.flow, name)) for name in COLUMNS)]
        strong = (overdue,) if line.flow.overdue else ()
        keep = len(shown) <= KEPT_WHOLE and line is not shown[-1]
        tint = look.LIGHT_TINT if line is together else None
        table.add(cells, keep=keep, bold=line is together, strong=strong, tint=tint)
    table.end()


def counted_columns(setter: Typesetter, weekly: Weekly, what: Text) -> list[PdfColumn]:
    """The columns: numbers as wide as they must be, the names in the room that these leave."""
    numbers = []
    for name, heading in COLUMNS.items():
        title = setter.say(heading)
        least = setter.width(title, CELL_BOLD) + SIDE + NUMBER_SIDE + 0.5 if setter.language == "zh" else LEAST_NUMBER
        numbers.append(number_column(setter, title, [str(getattr(weekly.all, name))], max(least, LEAST_NUMBER)))
    return [PdfColumn(setter.say(what), BODY_WIDTH - fsum(column.width for column in numbers), style=CELL), *numbers]


def put_longest(flow: PageFlow, longest: Sequence[LongOverdue]) -> None:
    """Place what is overdue longest."""
    say = flow.setter.say
    if not longest:
        flow.put(paragraph(flow.setter, say(NOBODY_OVERDUE), BODY))
        return
    given = OVERDUE_WIDTHS[flow.setter.language]
    widths = [width or BODY_WIDTH - fsum(given) for width in given]
    aligns = {0: Align.MIDDLE, len(given) - 1: Align.NUMBER}
    columns = [
        PdfColumn(say(title), width, aligns.get(at, Align.LEFT), CELL)
        for at, (title, width) in enumerate(zip(OVERDUE_COLUMNS, widths, strict=True))
    ]
    table = PdfTable(flow, columns)
    for each in longest:
        about = say(Text("{place}：{what}", "{place}: {what}"), place=each.place, what=each.what)
        about = about if len(about) <= MAX_ABOUT_LENGTH else f"{about[:MAX_ABOUT_LENGTH]}…"
        row = [str(each.number), say(each.unit), say(each.kind), about, each.responsible]
        table.add([*row, each.deadline.isoformat(), str(each.days)], strong=(len(given) - 1,))
    table.end()
