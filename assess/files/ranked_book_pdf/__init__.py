"""The ranked book: cover, contents, rankings of every group, then all scorecards in rank order, in one PDF document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, NamedTuple

from assess.core.scorecard.content import Book
from assess.core.scorecard.paper import table_on_paper
from assess.core.text import Language, Text
from assess.files.pdf_style.document import lacking_told
from assess.files.pdf_style.joining import joined
from assess.files.ranked_book_pdf.binding import Front
from assess.files.ranked_book_pdf.elsewhere import CardsElsewhere, set_second_stretch
from assess.files.ranked_book_pdf.stretches import CardStretch, Setting, stretches_of
from assess.files.scorecard_pdf import CheckCode
from assess.files.second_process import MANY, PROCESSES, SecondProcess

__all__ = ["Bound", "CardStretch", "CardsElsewhere", "Setting", "bind", "stretches_of", "write_book"]


class Bound(NamedTuple):
    """A whole book, and the characters that the fonts lack."""

    data: bytes
    missing: frozenset[str]


def write_book(
    book: Book,
    target: Path | BinaryIO,
    language: Language,
    progress: Callable[[int, int], None],
    code: CheckCode | None = None,
    *,
    again: Callable[[], Book] | None = None,
    processes: int = PROCESSES,
) -> tuple[Text, ...]:
    """Write the book; `progress` is told how many steps of how many are done: a step a card, and one for the file.

    A book of many cards is made on two processes where there are two; on one it has the same bytes. The second one
    makes the book `again`, by a function of a module with plain data alone; without it there is none.
    Returns what a reader should know: the characters that the fonts lack.
    """
    count = ProgressCounter(progress, len(book.cards) + 1)
    with ExitStack() as stack:
        other = None
        if again is not None and processes > 1 and len(book.cards) > MANY:
            given = (again, book.head, len(book.cards), language)
            other = stack.enter_context(SecondProcess(set_second_stretch, *given))
        data, missing = bind(book, set_all(book, language, other, count), language, code)
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)
    count()
    return lacking_told(missing)


class ProgressCounter:
    """Counts steps, and tells each."""

    def __init__(self, progress: Callable[[int, int], None], steps: int) -> None:
        self.progress, self.steps, self.done = progress, steps, 0

    def __call__(self) -> None:
        """One more is done."""
        self.done += 1
        self.progress(self.done, self.steps)


def set_all(book: Book, language: Language, other: SecondProcess | None, count: ProgressCounter) -> list[Setting]:
    """Set all stretches; while the first is set here, the second one may be elsewhere."""
    elsewhere = [] if other is None else [CardsElsewhere(other, 1, lambda _: count())]
    ranges, settings = stretches_of(len(book.cards)), list[Setting]()
    for places in ranges[: len(ranges) - len(elsewhere)]:
        stretch = CardStretch(book.head, language)
        for place in places:
            stretch.add(book.cards[place]())
            count()
            for each in elsewhere:
                each.listen()
        settings.append(stretch)
    return [*settings, *(stretch for each in elsewhere for stretch in each.all_set())]


def bind(book: Book, settings: Sequence[Setting], language: Language, code: CheckCode | None) -> Bound:
    """The whole book of stretches that are set."""
    book = replace(book, tables=tuple(map(table_on_paper, book.tables)))
    front = Front(book, language, code)
    sizes = [each.size for each in settings]
    layout = front.layout([pages for size in sizes for pages in size.pages])
    ends = list(accumulate((sum(size.pages) for size in sizes), initial=layout.before))
    for setting, end in reversed(list(zip(settings, ends, strict=False))):
        setting.draw(end + 1, layout.of)
    parts = [front.drawn(layout), *(setting.drawn() for setting in settings)]
    missing = front.sheets.setter.missing.union(*(size.missing for size in sizes))
    return Bound(joined(parts, layout.leads), frozenset(missing))
