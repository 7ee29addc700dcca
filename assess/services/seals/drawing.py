"""Every document of an edition, drawn once, signed and kept; of a large district on two processes.

A card is made once for all documents that it stands in: alone in each language, and in the book of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from assess.core.check_codes import check_code
from assess.core.errors import Refused
from assess.core.scorecard.content import Book, Scorecard
from assess.core.seals import DocumentKind
from assess.core.text import Language, Text
from assess.files.sealing.keys import KeyPlaces, SealKey, open_key
from assess.files.second_process import MANY, PROCESSES, SecondProcess
from assess.services import runs
from assess.services.jobs import Progress
from assess.services.runs.scoring import results_json
from assess.services.seals.edition import Document, Made, Order
from assess.store.uploads import keep_bytes

Note = Callable[[Sequence[Document]], None]
"""Is told of documents that are sealed."""

if TYPE_CHECKING:
    from assess.files.ranked_book_pdf import Setting
    from assess.files.scorecard_pdf import CheckCode

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
REASON: Final = Text("{year}年度考核最终结果，第{edition}版", "Final result of {year}, edition {edition}")

OTHER_RESULT: Final = Text(
    "重新计算的结果与第{run}次计分存档的不一致，不能封存。请联系系统管理员。",
    "What the frozen inputs of run {run} come to now is not what was kept of it, so nothing was sealed. Tell whoever "
    "runs the service.",
)


def make_documents(
    folder: Path, places: KeyPlaces, order: Order, progress: Progress, *, processes: int = PROCESSES
) -> Made:
    """Draw, sign and keep every document; on two processes they are the same.

    Raises:
        Refused: the run cannot be made again as it was, or there is no key that can seal.
        Broken: the second process failed or died.
    """
    key = open_key(places, now=order.at)
    key.check_valid(order.at)
    of, documents = len(LANGUAGES) * (order.run.units + 1), list[Document]()

    def note(more: Sequence[Document]) -> None:
        documents.extend(more)
        progress(len(documents), of)

    progress(0, of)
    with ExitStack() as stack:
        other = None
        if processes > 1 and order.run.units > MANY:
            given = (folder, places, order, key.certificates)
            other = stack.enter_context(SecondProcess(seal_second_half, *given))
        seal_all(Sealer(folder, key, order), book_to_seal(folder, order), other, note)
    return Made(in_order(documents), key.certificates)


def book_to_seal(folder: Path, order: Order) -> Book:
    """The ranked book of an edition, made again of its run.

    Raises:
        Refused: the run does not come to what was kept of it.
    """
    if sha256(results_json(runs.lines_of_run(order.run, folder=folder))).hexdigest() != order.run.results:
        raise Refused(OTHER_RESULT.filled(run=order.run.number))
    return runs.book_of_run(order.run, folder=folder, sealing=order.sealing)


def in_order(documents: Sequence[Document]) -> tuple[Document, ...]:
    """For each language the book, then the cards by the codes of their units."""
    return tuple(
        sorted(documents, key=lambda each: (LANGUAGES.index(each.language), each.kind is DocumentKind.CARD, each.unit))
    )


class Sealer:
    """Signs and keeps the documents of an edition."""

    def __init__(self, folder: Path, key: SealKey, order: Order) -> None:
        self.folder, self.key, self.order = folder, key, order

    def sealed(self, kind: DocumentKind, unit: str, language: Language, draw: Callable[[CheckCode], bytes]) -> Document:
        """One document, drawn with its check code, signed and kept."""
        # slow library
        from assess.files.scorecard_pdf import CheckCode

        # slow library
        from assess.files.sealing.signing import SealMark, seal_pdf

        order = self.order
        code = check_code(order.chance, order.run.results, kind.value, unit, language)
        address = f"{order.address}/check/{code}"
        reason = REASON.told(language, year=order.year, edition=order.edition)
        data = seal_pdf(draw(CheckCode(address, code)), self.key, SealMark(order.at, reason, address))
        return Document(kind, unit, language, keep_bytes(self.folder, data), len(data), code)


class Half:
    """Seals cards that follow each other in the book, and sets them for the book of each language."""

    def __init__(self, sealer: Sealer, book: Book) -> None:
        # slow library
        from assess.files.ranked_book_pdf import Stretch

        # slow library
        from assess.files.scorecard_pdf import Measured

        self.sealer = sealer
        self.measured = {language: Measured(language) for language in LANGUAGES}
        self.stretches = {each: Stretch(book.head, each, self.measured[each]) for each in LANGUAGES}

    def seal(self, card: Scorecard) -> list[Document]:
        """The card of one unit in each language."""
        for stretch in self.stretches.values():
            stretch.add(card)
        return [
            self.sealer.sealed(DocumentKind.CARD, card.unit, language, partial(self.drawn, card, language))
            for language in LANGUAGES
        ]

    def drawn(self, card: Scorecard, language: Language, code: CheckCode) -> bytes:
        """A card, without the ranking of its group: that is for those who see every unit's result."""
        # slow library
        from assess.files.scorecard_pdf import write_scorecard

        target = BytesIO()
        write_scorecard(card, None, target, language, code, measured=self.measured[language])
        return target.getvalue()


def seal_all(sealer: Sealer, book: Book, other: SecondProcess | None, note: Note) -> None:
    """Seal every card, the second half of them in the other process where there is one, then the books."""
    # slow library
    from assess.files.ranked_book_pdf import CardsElsewhere, stretches_of

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
    for language, of_language in zip(LANGUAGES, zip(*settings, strict=True), strict=True):
        note([sealer.sealed(DocumentKind.BOOK, "", language, partial(bound, book, of_language, language))])


def bound(book: Book, settings: Sequence[Setting], language: Language, code: CheckCode) -> bytes:
    """The ranked book."""
    # slow library
    from assess.files.ranked_book_pdf import bind

    return bind(book, settings, language, code).data


def seal_second_half(connection: Connection, folder: Path, places: KeyPlaces, order: Order, certificates: str) -> None:
    """Seal the cards of the second half and draw its stretches, in the second process, which replays the run itself.

    Raises:
        ValueError: the key of the seal is another one meanwhile.
    """
    # slow library
    from assess.files.ranked_book_pdf import stretches_of

    key = open_key(places, now=order.at)
    if key.certificates != certificates:
        raise ValueError("the key of the seal is another one")
    book = book_to_seal(folder, order)
    half = Half(Sealer(folder, key, order), book)
    for place in stretches_of(len(book.cards))[1]:
        connection.send(half.seal(book.cards[place]()))
    for stretch in half.stretches.values():
        connection.send(stretch.size)
    for stretch in half.stretches.values():
        stretch.draw(*connection.recv())
        connection.send(stretch.drawn())
