"""A stretch of the cards of a book: set first, drawn once it is known where in the book they stand.

A book of many cards has two, so that two processes can make them; how many there are depends on the book alone, so
the bytes do not tell who made them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from assess.core.scorecard.content import Book, Head, Scorecard
from assess.core.text import Language
from assess.files.pdf_style.document import Sheets
from assess.files.pdf_style.furniture import Numbering, furnish
from assess.files.pdf_style.page import Page
from assess.files.ranked_book_pdf import words
from assess.files.scorecard_pdf import card_numbering, card_pages

MANY: Final = 60
"""A book of more cards than this has two stretches."""


class Stretch(NamedTuple):
    """Cards that follow each other in a book, and how it is written."""

    head: Head
    language: Language
    cards: Sequence[Callable[[], Scorecard]]


class Size(NamedTuple):
    """How many pages each card of a stretch takes, and the characters that the fonts lack."""

    pages: tuple[int, ...]
    missing: frozenset[str]


class Setter(Protocol):
    """Sets a stretch, then draws it."""

    def set(self, told: Callable[[], None]) -> Size:
        """Set all cards; `told` is called after each."""

    def listen(self, told: Callable[[], None]) -> None:
        """Call `told` for each card that was set elsewhere meanwhile; never waits."""

    def draw(self, first: int, of: int) -> None:
        """Begin to draw its pages, the first being such a page of a book of so many; only once."""

    def drawn(self) -> bytes:
        """The document of its pages."""


def stretches_of(book: Book, language: Language) -> list[Stretch]:
    """All cards of a book in order, in one stretch or in two halves."""
    half = (len(book.cards) + 1) // 2 if len(book.cards) > MANY else len(book.cards)
    halves = (book.cards[:half], book.cards[half:])
    return [Stretch(book.head, language, cards) for cards in halves if cards]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The pages of one scorecard, and what stands at their foot."""

    pages: Sequence[Page]
    numbering: Sequence[Numbering]


class Here:
    """Sets and draws a stretch in this process."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.sheets = Sheets(stretch.language, title="", author="", subject="")
        self.chapters: list[Chapter] = []

    def listen(self, told: Callable[[], None]) -> None:
        """Nothing is set elsewhere."""

    def set(self, told: Callable[[], None]) -> Size:
        """Set every card."""
        for make in self.stretch.cards:
            self.chapters.append(self.chapter(make()))
            told()
        sizes = tuple(len(chapter.pages) for chapter in self.chapters)
        return Size(sizes, frozenset(self.sheets.setter.missing))

    def chapter(self, card: Scorecard) -> Chapter:
        """One scorecard as a chapter."""
        setter = self.sheets.setter
        pages = card_pages(setter, card)
        for page in pages:
            page.pack()
        return Chapter(pages, [card_numbering(card, setter, at, len(pages)) for at in range(len(pages))])

    def draw(self, first: int, of: int) -> None:
        """Put heads and feet on the pages and draw them; each chapter is let go of once it is drawn."""
        number, chapters = first, iter(self.chapters)
        self.chapters = []
        for chapter in chapters:
            for page, numbering in zip(chapter.pages, chapter.numbering, strict=True):
                said = self.sheets.setter.say(words.BOOK_PAGE, n=number, of=of)
                furnish(page, self.stretch.head, numbering._replace(book_number=said))
                self.sheets.add(page)
                number += 1

    def drawn(self) -> bytes:
        """The document of its pages."""
        return self.sheets.close()
