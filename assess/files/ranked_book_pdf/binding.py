"""What binds a book: its front, and where everything stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from assess.core.scorecard.content import Book
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language
from assess.files.pdf_style.document import Bookmark, PageWriter
from assess.files.pdf_style.furniture import Numbering, furnish
from assess.files.pdf_style.joining import Leads
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.statement import statement
from assess.files.ranked_book_pdf import words
from assess.files.ranked_book_pdf.front import ContentsEntry, contents_pages, cover_page, group_pages, warning_pages
from assess.files.scorecard_pdf import CheckCode

PLAIN: Final = Numbering("", "")


class Layout(NamedTuple):
    """How many pages stand before the cards and in the whole book, the contents, and what leads where."""

    before: int
    of: int
    contents: Sequence[PdfPage]
    leads: Mapping[int, Leads]


class Front:
    """Cover, contents and rankings; the contents follow once it is known how long each card is."""

    def __init__(self, book: Book, language: Language, code: CheckCode | None) -> None:
        self.book = book
        self.sheets = PageWriter(
            language,
            title=f"{book.head.title.localized(language)} · {words.BOOK.localized(language)}",
            author=words.AUTHOR.localized(language, engine=book.head.engine),
            subject=words.SUBJECT.localized(language, year=book.head.year),
            keywords=statement(book.head, DocumentKind.BOOK, "", language),
        )
        self.setter = self.sheets.setter
        self.cover = cover_page(self.setter, book, code)
        self.groups = [group_pages(self.setter, book, number) for number in range(len(book.tables))]
        if book.warnings:
            self.groups.append(warning_pages(self.setter, book))

    def layout(self, sizes: Sequence[int]) -> Layout:
        """Where everything stands, given the pages of each card; the contents take as many whatever they say."""
        book, setter = self.book, self.setter
        front = 1 + len(contents_pages(setter, book, list(places(book, setter, self.groups, 0)), {}))
        before = front + sum(map(len, self.groups))
        firsts = list(accumulate(sizes, initial=before + 1))
        starts = {unit: first for (unit, _, _), first in zip(book.units, firsts[:-1], strict=True)}
        contents = contents_pages(setter, book, list(places(book, setter, self.groups, front)), starts)
        leads = {0: Leads([Bookmark("cover", setter.say(words.COVER))], self.cover.links)}
        leads |= {1 + at: Leads(self.contents_marks(at), page.links) for at, page in enumerate(contents)}
        leads |= dict(enumerate(self.group_leads(), front))
        leads |= {first - 1: Leads(card_bookmarks(book, setter, at)) for at, first in enumerate(firsts[:-1])}
        return Layout(before, firsts[-1] - 1, contents, leads)

    def contents_marks(self, at: int) -> list[Bookmark]:
        """The contents themselves on their first page."""
        return [] if at else [Bookmark("contents", self.setter.say(words.CONTENTS))]

    def group_leads(self) -> Iterator[Leads]:
        """What leads to and from each page of the rankings."""
        for group, pages in enumerate(self.groups):
            for at, page in enumerate(pages):
                yield Leads(group_bookmarks(self.book, self.setter, group, at, page), page.links)

    def drawn(self, layout: Layout) -> bytes:
        """The document of the front, numbered as pages of the book."""
        pages = [self.cover, *layout.contents, *(page for group in self.groups for page in group)]
        for number, page in enumerate(pages, 1):
            said = self.setter.say(words.BOOK_PAGE, n=number, of=layout.of)
            furnish(page, self.book.head, PLAIN._replace(book_number=said))
            self.sheets.add(page)
        return self.sheets.close()


def places(book: Book, setter: Typesetter, groups: Sequence[Sequence[PdfPage]], before: int) -> Iterator[ContentsEntry]:
    """The headings of the rankings in order, after so many pages."""
    number = before
    for group, pages in enumerate(groups):
        for at, page in enumerate(pages):
            number += 1
            for mark in group_bookmarks(book, setter, group, at, page):
                if mark.level:
                    yield ContentsEntry(mark.title, mark.name, number)


def group_bookmarks(book: Book, setter: Typesetter, group: int, at: int, page: PdfPage) -> list[Bookmark]:
    """The group itself, or the warnings after the last, on its first page, and the headings of a page."""
    title = words.WARNINGS if group == len(book.tables) else book.tables[group].title
    first = [] if at else [Bookmark(f"group-{group}", setter.say(title))]
    return [*first, *(Bookmark(f"group-{group}-{at}-{place}", title, 1) for place, title in enumerate(page.titles))]


def card_bookmarks(book: Book, setter: Typesetter, place: int) -> list[Bookmark]:
    """One card, and before the first card of a group all its cards."""
    unit, name, group = book.units[place]
    marks = [Bookmark(f"card-{unit}", setter.say(name), 1)]
    if place == 0 or book.units[place - 1][2] != group:
        marks.insert(0, Bookmark(f"cards-{place}", setter.say(words.CARDS, group=book.title_of(group))))
    return marks
