"""The ranked book: cover, contents, rankings of every group, then all scorecards in rank order, in one PDF document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import BinaryIO

from assess.core.scorecard.content import Book, Scorecard
from assess.core.scorecard.paper import table_on_paper
from assess.core.seals import DocumentKind
from assess.core.text import Language, Text
from assess.files.pdf_style.document import Bookmark, Document
from assess.files.pdf_style.furniture import Numbering, furnish
from assess.files.pdf_style.page import Page
from assess.files.pdf_style.setting import Typesetter
from assess.files.ranked_book_pdf import words
from assess.files.ranked_book_pdf.front import Place, contents_pages, cover_page, group_pages
from assess.files.scorecard_pdf import CheckCode, card_numbering, card_pages
from assess.files.sealing.statement import statement

__all__ = ["write_book"]


def write_book(
    book: Book,
    target: Path | BinaryIO,
    language: Language,
    progress: Callable[[int, int], None],
    code: CheckCode | None = None,
) -> tuple[Text, ...]:
    """Write the book; `progress` is told how many steps of how many are done: a step a card, and one for the file.

    Returns what a reader should know: the characters that the fonts lack.
    """
    steps, book = len(book.cards) + 1, replace(book, tables=tuple(map(table_on_paper, book.tables)))
    document = Document(
        language,
        title=f"{book.head.title.told(language)} · {words.BOOK.told(language)}",
        author=words.AUTHOR.told(language, engine=book.head.engine),
        subject=words.SUBJECT.told(language, year=book.head.year),
        keywords=statement(book.head, DocumentKind.BOOK, "", language),
    )
    cover = cover_page(document.setter, book, code)
    groups = [group_pages(document.setter, book, number) for number in range(len(book.tables))]
    chapters: list[Chapter] = []
    for done, make in enumerate(book.cards, 1):
        chapters.append(chapter_of(document.setter, make()))
        progress(done, steps)
    bind(document, book, cover, groups, chapters)
    data = document.close()
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)
    progress(steps, steps)
    return document.warnings


@dataclass(frozen=True, slots=True)
class Chapter:
    """The pages of one scorecard, and what stands at their foot."""

    name: str
    pages: Sequence[Page]
    numbering: Sequence[Numbering]


def chapter_of(setter: Typesetter, card: Scorecard) -> Chapter:
    """One scorecard as a chapter."""
    pages = card_pages(setter, card)
    numbering = [card_numbering(card, setter, at, len(pages)) for at in range(len(pages))]
    return Chapter(setter.say(card.name), pages, numbering)


def bind(
    document: Document, book: Book, cover: Page, groups: Sequence[Sequence[Page]], chapters: Sequence[Chapter]
) -> None:
    """Put all pages into the document in order, with bookmarks, contents, heads and feet."""
    setter = document.setter
    front = 1 + len(contents_pages(setter, book, list(places(book, setter, groups, 0)), {}))
    after = front + sum(map(len, groups))
    starts = dict(zip((unit for unit, _, _ in book.units), first_pages(chapters, after + 1), strict=True))
    contents = contents_pages(setter, book, list(places(book, setter, groups, front)), starts)
    of = after + sum(len(chapter.pages) for chapter in chapters)
    number = count(1)

    def add(page: Page, numbering: Numbering, *bookmarks: Bookmark) -> None:
        n = next(number)
        furnish(page, book.head, numbering._replace(book_number=setter.say(words.BOOK_PAGE, n=n, of=of)))
        document.add(page, *bookmarks)

    add(cover, PLAIN, Bookmark("cover", setter.say(words.COVER)))
    for at, page in enumerate(contents):
        add(page, PLAIN, *([] if at else [Bookmark("contents", setter.say(words.CONTENTS))]))
    for group, pages in enumerate(groups):
        for at, page in enumerate(pages):
            add(page, PLAIN, *group_bookmarks(book, setter, group, at, page))
    for place, chapter in enumerate(chapters):
        for at, (page, numbering) in enumerate(zip(chapter.pages, chapter.numbering, strict=True)):
            add(page, numbering, *([] if at else card_bookmarks(book, setter, place)))


PLAIN = Numbering("", "")


def first_pages(chapters: Sequence[Chapter], first: int) -> Iterator[int]:
    """The number in the book of the first page of each chapter."""
    for chapter in chapters:
        yield first
        first += len(chapter.pages)


def places(book: Book, setter: Typesetter, groups: Sequence[Sequence[Page]], before: int) -> Iterator[Place]:
    """The headings of the rankings in order, after so many pages."""
    number = before
    for group, pages in enumerate(groups):
        for at, page in enumerate(pages):
            number += 1
            for mark in group_bookmarks(book, setter, group, at, page):
                if mark.level:
                    yield Place(mark.title, mark.name, number)


def group_bookmarks(book: Book, setter: Typesetter, group: int, at: int, page: Page) -> list[Bookmark]:
    """The group itself on its first page, and the headings of a page."""
    first = [] if at else [Bookmark(f"group-{group}", setter.say(book.tables[group].title))]
    return [*first, *(Bookmark(f"group-{group}-{at}-{place}", title, 1) for place, title in enumerate(page.titles))]


def card_bookmarks(book: Book, setter: Typesetter, place: int) -> list[Bookmark]:
    """One card, and before the first card of a group all its cards."""
    unit, name, group = book.units[place]
    marks = [Bookmark(f"card-{unit}", setter.say(name), 1)]
    if place == 0 or book.units[place - 1][2] != group:
        marks.insert(0, Bookmark(f"cards-{place}", setter.say(words.CARDS, group=book.tables[group].title)))
    return marks
