"""The ranked book: cover, contents, rankings of every group, then all scorecards in rank order, in one PDF document."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final

from assess.core.scorecard.content import Book
from assess.core.scorecard.paper import table_on_paper
from assess.core.text import Language, Text
from assess.files.pdf_style.document import lacking_told
from assess.files.pdf_style.joining import joined
from assess.files.ranked_book_pdf.beside import Beside
from assess.files.ranked_book_pdf.binding import Front, Layout
from assess.files.ranked_book_pdf.stretches import Here, Setter, Size, stretches_of
from assess.files.scorecard_pdf import CheckCode

__all__ = ["PROCESSES", "write_book"]

PROCESSES: Final = min(2, os.cpu_count() or 1)
"""On how many processes a large book is made."""


def write_book(
    book: Book,
    target: Path | BinaryIO,
    language: Language,
    progress: Callable[[int, int], None],
    code: CheckCode | None = None,
    *,
    processes: int = PROCESSES,
) -> tuple[Text, ...]:
    """Write the book; `progress` is told how many steps of how many are done: a step a card, and one for the file.

    A book of many cards is made on two processes where there are two; on one it has the same bytes.
    Returns what a reader should know: the characters that the fonts lack.
    """
    book, count = replace(book, tables=tuple(map(table_on_paper, book.tables))), Count(progress, len(book.cards) + 1)
    stretches = stretches_of(book, language)
    with ExitStack() as stack:
        beside = [stack.enter_context(Beside(each)) for each in stretches[1:] if processes > 1]
        setters: list[Setter] = [*map(Here, stretches[: len(stretches) - len(beside)]), *beside]
        front = Front(book, language, code)
        sizes = sizes_of(setters, count)
        layout = front.layout([pages for size in sizes for pages in size.pages])
        draw_all(setters, sizes, layout)
        parts = [front.drawn(layout), *(setter.drawn() for setter in setters)]
    data = joined(parts, layout.leads)
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)
    count()
    return lacking_told(front.sheets.setter.missing.union(*(size.missing for size in sizes)))


class Count:
    """Counts steps, and tells each."""

    def __init__(self, progress: Callable[[int, int], None], steps: int) -> None:
        self.progress, self.steps, self.done = progress, steps, 0

    def __call__(self) -> None:
        """One more is done."""
        self.done += 1
        self.progress(self.done, self.steps)


def sizes_of(setters: Sequence[Setter], count: Count) -> list[Size]:
    """Set all stretches; while the first is set here, the others may be elsewhere."""

    def one_more() -> None:
        count()
        for other in setters[1:]:
            other.listen(count)

    return [setter.set(count if at else one_more) for at, setter in enumerate(setters)]


def draw_all(setters: Sequence[Setter], sizes: Sequence[Size], layout: Layout) -> None:
    """Draw all stretches; the last, which may be elsewhere, is told first."""
    ends = list(accumulate((sum(size.pages) for size in sizes), initial=layout.before))
    for setter, end in reversed(list(zip(setters, ends, strict=False))):
        setter.draw(end + 1, layout.of)
