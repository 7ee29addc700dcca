"""The job that seals: every document drawn once, signed and kept; then the edition, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from assess.core.actors import Actor
from assess.core.calendar import BEIJING
from assess.core.errors import NotFound, Refused
from assess.core.runs.kinds import RunStanding
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import Book, Sealing
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.files.sealing.keys import KeyPlaces
from assess.services import audit, runs
from assess.services.cycles import taken
from assess.services.jobs import WORKER, JobType, Progress
from assess.services.orders import ordered
from assess.services.runs.scoring import digest_of_results
from assess.store.models import Account, Seal, SealedDocument, SealOrder
from assess.store.queries import runs as run_queries
from assess.store.queries.runs import RunRow
from assess.store.session import Session, flush
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_bytes, kept_path

if TYPE_CHECKING:
    from assess.files.sealing.documents import Sealed

KIND: Final = "seal"
FILE: Final = "sealed-document"
"""The kind of a kept file."""

NO_ORDER: Final = Text("没有这次封存。", "There is no such seal.")
OTHER_RESULT: Final = Text(
    "重新计算的结果与第{run}次计分存档的不一致，不能封存。请联系系统管理员。",
    "Repeating run {run} gives another result than the one on record, so nothing was sealed. Contact "
    "the system administrator.",
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


def sealing_in(folder: Path, places: KeyPlaces) -> JobType:
    """The kind of job that seals, whose files are kept in a folder."""
    return JobType(read=read_order, work=partial(make_documents, folder, places), keep=keep_seal)


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


def make_documents(folder: Path, places: KeyPlaces, order: Order, progress: Progress) -> Sealed:
    """Draw, sign and keep every document.

    Raises:
        NotFound: the frozen inputs are gone from the disk.
        Refused: the run cannot be made again as it was, or there is no key that can seal.
    """
    # slow library
    from assess.files.replayed_book import replayed_book

    # slow library
    from assess.files.sealing.documents import Making, SealingEdition, seal_documents

    run = order.run
    edition = SealingEdition(order.year, order.edition, run.units, order.at, order.address, order.chance, run.results)
    again = partial(replayed_book, kept_path(folder, run.inputs), run.inputs_digest, order.sealing)
    making = Making(edition, places, partial(keep_bytes, folder), again)
    return seal_documents(making, partial(book_to_seal, folder, order), progress)


def book_to_seal(folder: Path, order: Order) -> Book:
    """The ranked book of an edition, made again of its run.

    Raises:
        Refused: the run does not come to what was kept of it.
    """
    lines = runs.replayed_lines(order.run, folder=folder)
    if digest_of_results(lines) != order.run.results:
        raise Refused(OTHER_RESULT.format(run=order.run.number))
    return BookMaker(lines, order.sealing).book()


def keep_seal(session: Session, arguments: Mapping[str, Any], made: Sealed, now: datetime) -> None:
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
        record_created_file(session, sha256=each.sha256, size=each.size, kind=FILE, file_name=name, account=0, now=now)
        session.add(SealedDocument(seal_id=seal.id, **{**each._asdict(), "kind": each.kind.value}))
    flush(session)
    run = run_queries.run_at(session, run=order.run_id)
    if run is None:
        raise NotFound(NO_ORDER)
    told = {"run": run.number, "documents": len(made.documents), "rules": run.rule_digest, "inputs": run.inputs_digest}
    audit.record(session, WORKER, subject=f"seal:{cycle.year}/{order.edition}", action="sealed", new=told, now=now)
    runs.release(
        session, asker(session, order), cycle=cycle, run=run, standing=RunStanding.FINAL, now=now, words=order.reason
    )


def asker(session: Session, order: SealOrder) -> Actor:
    """Who asked for the seal, in whose name the result is released."""
    account = session.get_one(Account, order.asked_by)
    return Actor(account.id, account.username, account.name, frozenset())
