"""The job that seals: every document drawn once, signed and kept; then the edition, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, get_args

from assess.core.actors import Actor
from assess.core.calendar import BEIJING
from assess.core.check_codes import check_code
from assess.core.errors import NotFound, Refused
from assess.core.lines import Lines
from assess.core.runs.kinds import Standing
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import Sealing
from assess.core.seals import DocumentKind
from assess.core.text import Language, Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.files.sealing.keys import KeyPlaces, SealKey, open_key
from assess.services import audit, runs
from assess.services.cycles import taken
from assess.services.jobs import WORKER, Kind, Progress
from assess.services.orders import ordered
from assess.services.runs.scoring import results_json
from assess.store.deposits import note_made
from assess.store.models import Account, Seal, SealedDocument, SealOrder
from assess.store.queries import runs as run_queries
from assess.store.queries.runs import RunRow
from assess.store.session import Session, flush
from assess.store.uploads import keep_bytes

KIND: Final = "seal"
FILE: Final = "sealed-document"
"""The kind of a kept file."""
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
REASON: Final = Text("{year}年度考核最终结果，第{edition}版", "Final result of {year}, edition {edition}")

NO_ORDER: Final = Text("没有这次封存。", "There is no such seal.")
OTHER_RESULT: Final = Text(
    "重新计算的结果与第{run}次计分存档的不一致，不能封存。请联系系统管理员。",
    "What the frozen inputs of run {run} come to now is not what was kept of it, so nothing was sealed. Tell whoever "
    "runs the service.",
)


class Order(NamedTuple):
    """What was asked for."""

    year: int
    edition: int
    replaces: int | None
    reason: str
    chance: bytes
    log_head: str
    address: str
    at: datetime
    run: RunRow

    @property
    def sealing(self) -> Sealing:
        """What the documents say of their seal."""
        at = f"{self.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        return Sealing(self.edition, at, self.run.number, self.log_head, self.replaces, self.reason)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document that is to be sealed: what it is, and how it is drawn with its address and check code."""

    kind: DocumentKind
    unit: str
    language: Language
    draw: Callable[[BinaryIO, tuple[str, str]], None]


class Document(NamedTuple):
    """A document that is sealed and on the disk."""

    kind: DocumentKind
    unit: str
    language: Language
    sha256: str
    size: int
    code: str


class Made(NamedTuple):
    """All documents of an edition, and the certificates of the key that sealed them."""

    documents: tuple[Document, ...]
    certificates: str


def sealing_in(folder: Path, places: KeyPlaces) -> Kind:
    """The kind of job that seals, whose files are kept in a folder."""
    return Kind(read=read_order, work=partial(make_documents, folder, places), keep=keep_seal)


def read_order(session: Session, arguments: Mapping[str, Any]) -> Order:
    """What was asked for.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more.
    """
    order, cycle = ordered(session, SealOrder, arguments, NO_ORDER)
    check_allowed(cycle.stage, Act.SEAL)
    run = run_queries.run_at(session, run=order.run_id)
    if run is None:
        raise NotFound(NO_ORDER)
    return Order(
        year=cycle.year, edition=order.edition, replaces=order.replaces, reason=order.reason,
        chance=bytes.fromhex(order.chance), log_head=order.log_head, address=order.address, at=order.asked_at, run=run,
    )  # fmt: skip


def make_documents(folder: Path, places: KeyPlaces, order: Order, progress: Progress) -> Made:
    """Draw, sign and keep every document.

    Raises:
        Refused: the run cannot be made again as it was, or there is no key that can seal.
    """
    key = open_key(places, now=order.at)
    key.check_valid(order.at)
    lines = runs.lines_of_run(order.run, folder=folder)
    if sha256(results_json(lines)).hexdigest() != order.run.results:
        raise Refused(OTHER_RESULT.filled(run=order.run.number))
    drawn = list(documents_of(lines, order))
    made = []
    for done, each in enumerate(drawn):
        progress(done, len(drawn))
        made.append(sealed(folder, key, order, each))
    return Made(tuple(made), key.certificates)


def documents_of(lines: Lines, order: Order) -> Iterator[Drawn]:
    """The ranked book and the card of every unit, in each language."""
    maker = BookMaker(lines, order.sealing)
    for language in LANGUAGES:
        yield Drawn(DocumentKind.BOOK, "", language, partial(draw_book, maker, language))
        for at, unit in enumerate(lines.results.inputs.units.codes):
            yield Drawn(DocumentKind.CARD, unit, language, partial(draw_card, maker, language, at))


def draw_book(maker: BookMaker, language: Language, target: BinaryIO, check: tuple[str, str]) -> None:
    """Draw the ranked book."""
    # slow library
    from assess.files.ranked_book_pdf import write_book

    # slow library
    from assess.files.scorecard_pdf import CheckCode

    write_book(maker.book(), target, language, silent, CheckCode(*check))


def draw_card(maker: BookMaker, language: Language, unit: int, target: BinaryIO, check: tuple[str, str]) -> None:
    """Draw the card of one unit, without the ranking of its group: that is for those who see every unit's result."""
    # slow library
    from assess.files.scorecard_pdf import CheckCode, write_scorecard

    write_scorecard(maker.card(unit), None, target, language, CheckCode(*check))


def silent(done: int, of: int) -> None:
    """Progress of one document that nobody asks for."""


def sealed(folder: Path, key: SealKey, order: Order, drawn: Drawn) -> Document:
    """One document, drawn, signed and kept."""
    # slow library
    from assess.files.sealing.signing import SealMark, seal_pdf

    code = check_code(order.chance, order.run.results, drawn.kind.value, drawn.unit, drawn.language)
    address, target = f"{order.address}/check/{code}", BytesIO()
    drawn.draw(target, (address, code))
    reason = REASON.told(drawn.language, year=order.year, edition=order.edition)
    data = seal_pdf(target.getvalue(), key, SealMark(order.at, reason, address))
    return Document(drawn.kind, drawn.unit, drawn.language, keep_bytes(folder, data), len(data), code)


def keep_seal(session: Session, arguments: Mapping[str, Any], made: Made, now: datetime) -> None:
    """Write the edition with all its documents; its run is the final result from now on.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more.
    """
    order, cycle = ordered(session, SealOrder, arguments, NO_ORDER)
    check_allowed(Stage(taken(session, cycle).stage), Act.SEAL)
    seal = Seal(
        cycle_id=cycle.id, edition=order.edition, order_id=order.id, run_id=order.run_id,
        certificates=made.certificates, kept_at=now,
    )  # fmt: skip
    session.add(seal)
    flush(session)
    for each in made.documents:
        name = f"{each.kind}-{each.unit or cycle.year}-{each.language}.pdf"
        note_made(session, sha256=each.sha256, size=each.size, kind=FILE, file_name=name, account=0, now=now)
        session.add(SealedDocument(seal_id=seal.id, **{**each._asdict(), "kind": each.kind.value}))
    flush(session)
    run = run_queries.run_at(session, run=order.run_id)
    if run is None:
        raise NotFound(NO_ORDER)
    told = {"run": run.number, "documents": len(made.documents), "rules": run.rule_digest, "inputs": run.inputs_digest}
    audit.record(session, WORKER, subject=f"seal:{cycle.year}/{order.edition}", action="sealed", new=told, now=now)
    runs.release(
        session, asker(session, order), cycle=cycle, run=run, standing=Standing.FINAL, now=now, words=order.reason
    )


def asker(session: Session, order: SealOrder) -> Actor:
    """Who asked for the seal, in whose name the result is released."""
    account = session.get_one(Account, order.asked_by)
    return Actor(account.id, account.username, account.name, frozenset())
