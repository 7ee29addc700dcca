"""The second stretch of a book, made in a second process, which makes the result again by itself."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from assess.core.scorecard.content import Book, DocumentHead
from assess.core.text import Language
from assess.files.ranked_book_pdf.stretches import CardStretch, StretchSize, stretches_of
from assess.files.scorecard_pdf.several import made_again
from assess.files.second_process import SecondProcess


class StretchElsewhere:
    """A stretch that a second process has set, and draws."""

    def __init__(self, process: SecondProcess, size: StretchSize) -> None:
        self.process, self._size = process, size

    @property
    def size(self) -> StretchSize:
        """How long it is."""
        return self._size

    def draw(self, first: int, of: int) -> None:
        """Let it draw."""
        self.process.send((first, of))

    def drawn(self) -> bytes:
        """Wait for the document."""
        data: bytes = self.process.receive()
        return data


class CardsElsewhere:
    """What a second process sends while it sets cards: something of each, then how long each of its stretches is."""

    def __init__(self, process: SecondProcess, stretches: int, on_card: Callable[[Any], None]) -> None:
        self.process, self.stretches, self.on_card = process, stretches, on_card
        self.sizes: list[StretchSize] = []

    def listen(self) -> None:
        """Pass on what was sent of cards meanwhile; never waits."""
        while len(self.sizes) < self.stretches and self.process.has_sent():
            self.receive()

    def receive(self) -> None:
        """Wait for one message."""
        message = self.process.receive()
        if isinstance(message, StretchSize):
            self.sizes.append(message)
        else:
            self.on_card(message)

    def all_set(self) -> list[StretchElsewhere]:
        """Its stretches, once all of their cards are set."""
        while len(self.sizes) < self.stretches:
            self.receive()
        return [StretchElsewhere(self.process, size) for size in self.sizes]


def set_second_stretch(
    connection: Connection, again: Callable[[], Book], head: DocumentHead, cards: int, language: Language
) -> None:
    """Set the second stretch and tell each card, then its size; draw it once told where it stands."""
    book, stretch = made_again(again, head), CardStretch(head, language)
    for place in stretches_of(cards)[1]:
        stretch.add(book.cards[place]())
        connection.send(None)
    connection.send(stretch.size)
    stretch.draw(*connection.recv())
    connection.send(stretch.drawn())
