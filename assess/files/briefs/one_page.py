"""A document of one page: what does not fit is told in fewer rows until it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from assess.core.briefs import BriefStanding
from assess.core.scorecard.content import DocumentHead
from assess.core.text import Language, Text
from assess.files.briefs import words
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.columns import SIDE, Align
from assess.files.pdf_style.document import PdfDocument
from assess.files.pdf_style.flow import PageFlow
from assess.files.pdf_style.furniture import Numbering, band, foot, mark_of
from assess.files.pdf_style.look import BODY, BODY_BOLD, BODY_WIDTH, CELL, SUBTITLE, TITLE, Style
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import paragraph

ROWS: Final = (5, 4, 3, 2, 1)
"""So many rows the tables have at most; the first number that leaves one page is taken."""

LINES: Final = 3
"""A sentence has at most so many lines."""

Put = Callable[[PageFlow, int], None]
"""Places the content of a document with tables of so many rows."""


def write_one_page(
    target: Path | BinaryIO, language: Language, title: str, head: DocumentHead, standing: BriefStanding, *, put: Put
) -> None:
    """Write a document of one page; the same content gives the same bytes."""
    document = PdfDocument(language, title=title, author=words.AUTHOR.localized(language), subject=title)
    for rows in ROWS:
        flow = PageFlow(document.setter)
        put(flow, rows)
        pages = flow.finish()
        if len(pages) == 1:
            break
    marks = [each for each in (mark_of(head), standing.mark) if each]
    page = pages[0]
    if marks:
        band(page, " · ".join(page.setter.say(each) for each in marks))
    foot(page, head, Numbering("", page.setter.say(words.PAGE)))
    document.add(page)
    document.save(target)


def put_head(flow: PageFlow, above: Text, title: str, below: str) -> None:
    """Place what the document is called, of what it is, and what it is worth."""
    setter = flow.setter
    for text, style in ((setter.say(above), SUBTITLE), (title, TITLE), (below, BODY_BOLD)):
        flow.put(paragraph(setter, text, style, align=Align.MIDDLE), keep=True)


def put_told(flow: PageFlow, text: str) -> None:
    """Place a sentence, at most three lines of it."""
    flow.put(paragraph(flow.setter, cut(flow.setter, text, BODY_WIDTH, BODY, LINES), BODY))


def cut(setter: Typesetter, text: str, width: float, style: Style = CELL, lines: int = 1) -> str:
    """A text as so many lines of a cell hold it."""
    told = shortened(setter.plain(text), width - 2 * SIDE, style.size, style.bold, lines)
    return ("" if setter.language == "zh" else " ").join(told)
