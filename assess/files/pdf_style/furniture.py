"""What stands around the text of each page: the mark of a demonstration or draft, the running head and the foot."""

from __future__ import annotations

from typing import Final, NamedTuple

from assess.core.rules.sheet import SheetStanding
from assess.core.scorecard.content import DocumentHead
from assess.core.text import Text
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.look import BAND, BLACK, BODY_WIDTH, GREY, LEFT, LINE, RIGHT, SMALL, Style
from assess.files.pdf_style.page import PdfPage

MARKS: Final = {
    SheetStanding.DEMONSTRATION: Text("演示数据 · 非真实结果", "Demonstration – not real results"),
    SheetStanding.DRAFT: Text("草案 · 尚未印发", "Draft – not issued"),
}
PROVISIONAL: Final = Text("公示稿 · 非最终结果", "Provisional – not final")
"""The mark of a result that is released and may still change."""
SHEET: Final = Text("评分表{sheet}（{year}年）", "Rule sheet {sheet} ({year})")
DIGESTS: Final = Text("评分表摘要 {rule} · 数据摘要 {inputs}", "Rule sheet digest {rule} · input digest {inputs}")
PAGE_OF: Final = Text("第{n}页，共{of}页", "Page {n} of {of}")

MARK: Final = Style(8.5, bold=True)
WATERMARK_SIZE: Final = {"zh": Style(58, bold=True), "en": Style(44, bold=True)}
ACROSS: Final = 800.0
"""How long a line may be that runs across a page and is not cut by its edges."""
BAND_Y: Final = 812.0
HEAD_Y: Final = 799.0
FOOT_Y: Final = 34.0
SHORT: Final = 12
"""How many digits of a digest stand at the foot of a page."""


class Numbering(NamedTuple):
    """What a page says of itself: a running head (none on a first page), its number, and its number in the book."""

    running: str
    number: str
    book_number: str = ""


def mark_of(head: DocumentHead) -> Text | None:
    """What must be said on every page of a document of this standing."""
    marks = [MARKS.get(head.standing) if head.standing else None, PROVISIONAL if head.notice else None]
    said = [mark for mark in marks if mark]
    return Text(" · ".join(mark.zh for mark in said), "; ".join(mark.en for mark in said)) if said else None


def furnish(page: PdfPage, head: DocumentHead, numbering: Numbering) -> None:
    """Put mark, running head and foot on a page."""
    mark = mark_of(head)
    if mark:
        band(page, page.setter.say(mark))
    if numbering.running:
        [running] = shortened(page.setter.plain(numbering.running), BODY_WIDTH, SMALL.size)
        page.text(LEFT, HEAD_Y, running, SMALL, GREY)
    foot(page, head, numbering)


def band(page: PdfPage, words: str) -> None:
    """Mark a page at its top and across."""
    page.tint(LEFT, BAND_Y - 4, BODY_WIDTH, 15, BAND)
    page.text_around((LEFT + RIGHT) / 2, BAND_Y, words, MARK, BLACK)
    style = WATERMARK_SIZE[page.setter.language]
    page.watermark(words, style._replace(size=style.size * min(1, ACROSS / page.setter.width(words, style))))


def foot(page: PdfPage, head: DocumentHead, numbering: Numbering) -> None:
    """Put rule sheet, digests and page number at the foot of a page."""
    setter = page.setter
    page.rule(LEFT, FOOT_Y + 9, RIGHT, 0.5, LINE)
    digests = setter.say(DIGESTS, rule=short(head.rule_digest), inputs=short(head.input_digest))
    numbers = " · ".join(part for part in (numbering.number, numbering.book_number) if part)
    room = BODY_WIDTH - setter.width(numbers, SMALL) - setter.width(digests, SMALL) - 30
    [sheet] = shortened(setter.plain(setter.say(SHEET, sheet=head.sheet, year=head.year)), room, SMALL.size)
    page.text(LEFT, FOOT_Y, f"{sheet} · {digests}", SMALL, GREY)
    page.text_to(RIGHT, FOOT_Y, numbers, SMALL, BLACK)


def short(digest: str) -> str:
    """The first digits of a digest, without the name of its method."""
    return digest.partition(":")[2][:SHORT] or digest[:SHORT]
