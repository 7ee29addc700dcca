"""Every document of an edition, drawn once, signed and kept; of a large district on two processes.

A card is made once for all documents that it stands in: alone in each language, and in the book of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Final, NamedTuple, get_args

from assess.core.scorecard.content import Book, Scorecard
from assess.core.seals.check_codes import check_code
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language, Text
from assess.files.pdf_style.setting import TextMeasure
from assess.files.ranked_book_pdf import CardsElsewhere, CardStretch, Setting, bind, stretches_of
from assess.files.scorecard_pdf import CheckCode, write_scorecard
from assess.files.sealing.keys import KeyPlaces, SealKey, open_key
from assess.files.sealing.signing import SealMark, seal_pdf
from assess.files.second_process import MANY, PROCESSES, SecondProcess

__all__ = ["Making", "Sealed", "SealedOutput", "SealingEdition", "seal_documents"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
REASON: Final = Text("{year}年度考核最终结果，第{edition}版", "Final result of {year}, edition {edition}")


class SealingEdition(NamedTuple):
    """What is sealed: the documents of a run of so many units, when, and where they can be checked.

    `chance` and `results`, the SHA-256 of the result, are what check codes are made of.
    """

    year: int
    number: int
    units: int
    at: datetime
    address: str
    chance: bytes
    results: str


class Making(NamedTuple):
    """What every process needs: the edition, the key, where a document is kept, and how the book is made again.

    All of it is plain data: `keep` and `again` are functions of modules with what they are given.
    """

    edition: SealingEdition
    places: KeyPlaces
    keep: Callable[[bytes], str]
    again: Callable[[], Book]


class SealedOutput(NamedTuple):
    """A document that is sealed and on the disk."""

    kind: DocumentKind
    unit: str
    language: Language
    sha256: str
    size: int
    code: str


class Sealed(NamedTuple):
    """All documents of an edition, and the certificates of the key that sealed them."""

    documents: tuple[SealedOutput, ...]
    certificates: str


def seal_documents(
    making: Making,
    book: Callable[[], Book],
    progress: Callable[[int, int], None],
    *,
    processes: int = PROCESSES,
) -> Sealed:
    """Draw, sign and keep every document; on two processes they are the same.

    `book` makes the ranked book here, while a second process gets ready.

    Raises:
        Refused: there is no key that can seal.
        Broken: the second process failed or died.
    """
    edition, documents = making.edition, list[SealedOutput]()
    key = open_key(making.places, now=edition.at)
    key.check_valid(edition.at)
    of = len(LANGUAGES) * (edition.units + 1)

    def note(more: Sequence[SealedOutput]) -> None:
        documents.extend(more)
        progress(len(documents), of)

    progress(0, of)
    with ExitStack() as stack:
        other = None
        if processes > 1 and edition.units > MANY:
            other = stack.enter_context(SecondProcess(seal_second_half, making, key.certificates))
        seal_all(Sealer(edition, key, making.keep), book(), other, note)
    return Sealed(in_order(documents), key.certificates)


def in_order(documents: Sequence[SealedOutput]) -> tuple[SealedOutput, ...]:
    """For each language the book, then the cards by the codes of their units."""
    return tuple(
        sorted(documents, key=lambda each: (LANGUAGES.index(each.language), each.kind is DocumentKind.CARD, each.unit))
    )


class Sealer:
    """Signs and keeps the documents of an edition."""

    def __init__(self, edition: SealingEdition, key: SealKey, keep: Callable[[bytes], str]) -> None:
        self.edition, self.key, self.keep = edition, key, keep

    def sealed(
        self, kind: DocumentKind, unit: str, language: Language, draw: Callable[[CheckCode], bytes]
    ) -> SealedOutput:
        """One document, drawn with its check code, signed and kept."""
        edition = self.edition
        code = check_code(edition.chance, edition.results, kind.value, unit, language)
        address = f"{edition.address}/check/{code}"
        mark = SealMark(edition.at, REASON.localized(language, year=edition.year, edition=edition.number), address)
        data = seal_pdf(draw(CheckCode(address, code)), self.key, mark)
        return SealedOutput(kind, unit, language, self.keep(data), len(data), code)


class Half:
    """Seals cards that follow each other in the book, and sets them for the book of each language."""

    def __init__(self, sealer: Sealer, book: Book) -> None:
        self.sealer = sealer
        self.measured = {language: TextMeasure(language) for language in LANGUAGES}
        self.stretches = {each: CardStretch(book.head, each, self.measured[each]) for each in LANGUAGES}

    def seal(self, card: Scorecard) -> list[SealedOutput]:
        """The card of one unit in each language."""
        for stretch in self.stretches.values():
            stretch.add(card)
        return [
            self.sealer.sealed(DocumentKind.CARD, card.unit, language, partial(self.drawn, card, language))
            for language in LANGUAGES
        ]

    def drawn(self, card: Scorecard, language: Language, code: CheckCode) -> bytes:
        """A card, without the ranking of its group: that is for those who see every unit's result."""
        target = BytesIO()
        write_scorecard(card, None, target, language, code, measured=self.measured[language])
        return target.getvalue()


def seal_all(
    sealer: Sealer, book: Book, other: SecondProcess | None, note: Callable[[Sequence[SealedOutput]], None]
) -> None:
    """Seal every card, the second half of them in the other process where there is one, then the books."""
    elsewhere = [] if other is None else [CardsElsewhere(other, len(LANGUAGES), note)]
    ranges = stretches_of(len(book.cards))
    settings: list[Sequence[Setting]] = []
    for places in ranges[: len(ranges) - len(elsewhere)]:
        half = Half(sealer, book)
        for place in places:
            note(half.seal(book.cards[place]()))
            for each in elsewhere:
                each.listen()
        settings.append(list(half.stretches.values()))
    settings += [each.all_set() for each in elsewhere]
    book = replace(book, cards=())  # lets go of the results, so that binding finds their memory
    for language, of_language in zip(LANGUAGES, zip(*settings, strict=True), strict=True):
        note([sealer.sealed(DocumentKind.BOOK, "", language, partial(bound, book, of_language, language))])


def bound(book: Book, settings: Sequence[Setting], language: Language, code: CheckCode) -> bytes:
    """The ranked book."""
    return bind(book, settings, language, code).data


def seal_second_half(connection: Connection, making: Making, certificates: str) -> None:
    """Seal the cards of the second half and draw its stretches, in the second process, which replays the run itself.

    Raises:
        ValueError: the key of the seal is another one meanwhile.
    """
    key = open_key(making.places, now=making.edition.at)
    if key.certificates != certificates:
        raise ValueError("the key of the seal is another one")
    book = making.again()
    half = Half(Sealer(making.edition, key, making.keep), book)
    for place in stretches_of(len(book.cards))[1]:
        connection.send(half.seal(book.cards[place]()))
    for stretch in half.stretches.values():
        connection.send(stretch.size)
    for stretch in half.stretches.values():
        stretch.draw(*connection.recv())
        connection.send(stretch.drawn())
