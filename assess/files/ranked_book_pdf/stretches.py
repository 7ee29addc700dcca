"""A stretch of the cards of a book: set first, drawn once it is known where in the book they stand.

A book of many cards has two, so that two processes can make them; how many there are depends on the book alone, so
the bytes do not tell who made them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from assess.core.scorecard.content import DocumentHead, Scorecard
from assess.core.text import Language
from assess.files.pdf_style.document import PageWriter
from assess.files.pdf_style.furniture import Numbering, furnish
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import TextMeasure
from assess.files.ranked_book_pdf import words
from assess.files.scorecard_pdf import card_numbering, card_pages
from assess.files.second_process import MANY


class StretchSize(NamedTuple):
    """How many pages each card of a stretch takes, and the characters that the fonts lack."""

    pages: tuple[int, ...]
    missing: frozenset[str]


class Setting(Protocol):
    """A stretch whose cards are set, here or elsewhere."""

    @property
    def size(self) -> StretchSize:
        """How long it is."""

    def draw(self, first: int, of: int) -> None:
        """Begin to draw its pages, the first being such a page of a book of so many; only once."""

    def drawn(self) -> bytes:
        """The document of its pages."""


def stretches_of(cards: int) -> list[range]:
    """The places of the cards of each stretch of a book of so many cards: one stretch, or two halves."""
    half = (cards + 1) // 2 if cards > MANY else cards
    return [each for each in (range(half), range(half, cards)) if each]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The pages of one scorecard, and what stands at their foot."""

    pages: Sequence[PdfPage]
    numbering: Sequence[Numbering]


class CardStretch:
    """Sets and draws a stretch in this process."""

    def __init__(self, head: DocumentHead, language: Language, measured: TextMeasure | None = None) -> None:
        self.head = head
        self.sheets = PageWriter(language, title="", author="", subject="", measured=measured)
        self.chapters: list[Chapter] = []

    def add(self, card: Scorecard) -> None:
        """Set the next card."""
        setter = self.sheets.setter
        pages = card_pages(setter, card)
        for page in pages:
            page.pack()
        numbering = [card_numbering(card, setter, at, len(pages)) for at in range(len(pages))]
        self.chapters.append(Chapter(pages, numbering))

    @property
    def size(self) -> StretchSize:
        """How long it is, as far as it is set."""
        pages = tuple(len(chapter.pages) for chapter in self.chapters)
        return StretchSize(pages, frozenset(self.sheets.setter.missing))

    def draw(self, first: int, of: int) -> None:
        """Put heads and feet on the pages and draw them; each chapter is let go of once it is drawn."""
        number, chapters = first, iter(self.chapters)
        self.chapters = []
        for chapter in chapters:
            for page, numbering in zip(chapter.pages, chapter.numbering, strict=True):
                said = self.sheets.setter.say(words.BOOK_PAGE, n=number, of=of)
                furnish(page, self.head, numbering._replace(book_number=said))
                self.sheets.add(page)
                number += 1

    def drawn(self) -> bytes:
        """The document of its pages."""
        return self.sheets.close()
