"""The scorecard of one unit as a PDF document."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from assess.core.scorecard.content import RankingTable, Scorecard
from assess.core.scorecard.paper import card_on_paper
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language, Text
from assess.files.pdf_style.document import Bookmark, PdfDocument
from assess.files.pdf_style.flow import PageFlow
from assess.files.pdf_style.furniture import Numbering, furnish
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import TextMeasure, Typesetter
from assess.files.pdf_style.statement import statement
from assess.files.ranking_pages import put_group_ranking
from assess.files.scorecard_pdf import words
from assess.files.scorecard_pdf.check_code import CheckCode
from assess.files.scorecard_pdf.closing import put_closing, put_digests
from assess.files.scorecard_pdf.headings import Headings
from assess.files.scorecard_pdf.items import put_charts, put_items, put_losses
from assess.files.scorecard_pdf.parts import put_parts
from assess.files.scorecard_pdf.summary import put_summary

__all__ = ["CheckCode", "TextMeasure", "card_numbering", "card_pages", "write_scorecard"]


def write_scorecard(
    card: Scorecard,
    ranking: RankingTable | None,
    target: Path | BinaryIO,
    language: Language,
    code: CheckCode | None = None,
    *,
    measured: TextMeasure | None = None,
) -> tuple[Text, ...]:
    """Write the scorecard of one unit, with the ranking of its group on the last page where it is given.

    Cards that are written one after the other in one language share `measured`.

    Returns what a reader should know: the characters that the fonts lack.
    """
    head, name = card.head, card.name.localized(language)
    subject = words.SUBJECT.localized(language, unit=name, year=head.year)
    author = words.AUTHOR.localized(language, engine=head.engine)
    title = f"{name} · {head.title.localized(language)}"
    keywords = statement(head, DocumentKind.CARD, card.unit, language)
    document = PdfDocument(language, title=title, author=author, subject=subject, keywords=keywords, measured=measured)
    pages = whole_card(document.setter, card, ranking, code)
    for at, page in enumerate(pages):
        furnish(page, head, card_numbering(card, document.setter, at, len(pages)))
        titles = [Bookmark(f"part-{at}-{place}", title, 1) for place, title in enumerate(page.titles)]
        document.add(page, *([Bookmark("card", name)] if at == 0 else []), *titles)
    document.save(target)
    return document.warnings


def whole_card(
    setter: Typesetter, card: Scorecard, ranking: RankingTable | None, code: CheckCode | None
) -> list[PdfPage]:
    """The pages of a card that stands alone: on the back the ranking of the group, at the end the full digests."""
    flow = PageFlow(setter)
    headings = put_card(flow, card, code)
    if ranking:
        flow.break_page()
        put_group_ranking(flow, ranking, card.unit, card.total)
    put_digests(flow, headings, card)
    return flow.finish()


def card_pages(setter: Typesetter, card: Scorecard) -> list[PdfPage]:
    """The pages of a card in a book, still without head and foot; digests and ranking stand in front of the cards."""
    flow = PageFlow(setter)
    put_card(flow, card, None)
    return flow.finish()


def put_card(flow: PageFlow, card: Scorecard, code: CheckCode | None) -> Headings:
    """Place what every card says."""
    headings, card = Headings(flow), card_on_paper(card)
    put_summary(flow, card, code)
    put_charts(flow, headings, card)
    put_items(flow, headings, card)
    put_losses(flow, headings, card)
    put_parts(flow, headings, card)
    put_closing(flow, headings, card)
    return headings


def card_numbering(card: Scorecard, setter: Typesetter, at: int, of: int, book_number: str = "") -> Numbering:
    """What page `at` (from 0) of a card says of itself."""
    running = setter.say(words.RUNNING, unit=card.name, year=card.head.year) if at else ""
    return Numbering(running, setter.say(words.PAGE_OF, n=at + 1, of=of), book_number)
