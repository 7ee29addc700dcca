"""The cards of a result that is not sealed, drawn one after the other; of a large one the second half elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import BytesIO
from multiprocessing.connection import Connection

from assess.core.scorecard.content import Book, DocumentHead
from assess.core.text import Language
from assess.files.pdf_style.setting import TextMeasure
from assess.files.scorecard_pdf import write_scorecard
from assess.files.second_process import MANY, PROCESSES, SecondProcess


def drawn_cards(book: Book, again: Callable[[], Book], language: Language, stack: ExitStack) -> Iterator[bytes]:
    """Every card of a book in order, without the ranking of its group: a card is handed on to its unit.

    The second half may be drawn in another process, which makes the book `again`, by a function of a module with plain
    data alone; `stack` ends it.
    """
    cards = len(book.cards)
    if PROCESSES < 2 or cards <= MANY:
        return drawn(book, range(cards), language)
    half = (cards + 1) // 2
    other = stack.enter_context(SecondProcess(draw_cards, again, book.head, range(half, cards), language))
    return here_and_there(drawn(book, range(half), language), other, cards - half)


def here_and_there(here: Iterable[bytes], other: SecondProcess, count: int) -> Iterator[bytes]:
    """The cards that are drawn here, then those that were drawn elsewhere meanwhile."""
    yield from here
    for _ in range(count):
        yield other.receive()


def made_again(again: Callable[[], Book], head: DocumentHead) -> Book:
    """The book that another process has made already, made again.

    Raises:
        ValueError: it is of other rules or inputs now.
    """
    book = again()
    if book.head != head:
        raise ValueError("the recomputed result differs from the stored one")
    return book


def draw_cards(
    connection: Connection, again: Callable[[], Book], head: DocumentHead, places: Iterable[int], language: Language
) -> None:
    """Draw some cards and send each, in the second process."""
    for card in drawn(made_again(again, head), places, language):
        connection.send(card)


def drawn(book: Book, places: Iterable[int], language: Language) -> Iterator[bytes]:
    """Cards by their places in a book."""
    measured = TextMeasure(language)
    for place in places:
        target = BytesIO()
        write_scorecard(book.cards[place](), None, target, language, measured=measured)
        yield target.getvalue()
