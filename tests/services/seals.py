"""A year whose results are released, and sealed by the worker's own job."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

from assess.core.actors import Actor
from assess.core.runs.kinds import RunKind
from assess.core.workflow import Stage
from assess.services import runs, seals
from assess.store.models import Seal, SealedDocument, SealOrder
from assess.store.queries import seals as queries
from assess.store.queries.seals import DocumentRow, SealRow
from assess.store.session import Database
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_bytes
from assess.worker import Worker
from tests.files.sealing.certificates import as_pem, issued
from tests.services.forms import year_2026
from tests.services.moves import move_on
from tests.services.runs import a_run, a_supplied_year
from tests.store.appending import QUICK
from tests.years import CHAOWAI, JIANWAI, NOW, VERIFIED

ADDRESS = "https://assess.example"


def a_final_year(database: Database, folder: Path, units: int = 3) -> dict[str, Actor]:
    """The year at its last stage with the result of a run that was released, and its people; the database is empty."""
    people = a_supplied_year(database, units=units)
    number = a_run(database, people["office"], folder).number
    with database.writing() as session:
        runs.release_provisional(session, people["office"], cycle=year_2026(session), number=number, now=VERIFIED)
    for stage in (Stage.APPEALS, Stage.FINAL):
        move_on(database, people["office"], stage)
    return people


def ask_seal(database: Database, actor: Actor, reason: str = "") -> int:
    """Ask for the seal in a transaction of its own."""
    with database.writing() as session:
        return seals.seal_cycle(session, actor, cycle=year_2026(session), address=ADDRESS, now=NOW, reason=reason)


def seal_all(database: Database, folder: Path, places: seals.KeyPlaces | None = None) -> None:
    """Do every seal that was asked for; the key lies beside the folder of uploads."""
    kept = places or seals.KeyPlaces(folder.parent / "keys" / "seal.pem")
    worker = Worker(database, {seals.KIND: seals.sealing_in(folder, kept)}, threading.Event(), QUICK)
    while worker.work_on_one():
        pass


def sealed_editions(database: Database) -> list[SealRow]:
    """The editions of the year, newest first."""
    with database.reading() as session:
        return queries.seals_of(session, cycle=year_2026(session).id)


def sealed_documents(database: Database, edition: SealRow) -> list[DocumentRow]:
    """The documents of an edition."""
    with database.reading() as session:
        return queries.documents_of(session, seal=edition.id)


def a_sealed_run(database: Database, actor: Actor, folder: Path, *, now: datetime) -> None:
    """A run of a year at any stage and an edition of it: the book and the cards of two units, none of them a card.

    An interim ranking comes after it.
    """
    run = a_run(database, actor, folder, now=now)
    a_run(database, actor, folder, kind=RunKind.INTERIM, now=now)
    kept = keep_bytes(folder, b"%PDF-1.7 sealed")
    with database.writing() as session:
        order = SealOrder(
            cycle_id=run.cycle, run_id=run.id, edition=1, replaces=None, reason="", chance="0" * 64, log_head="1" * 64,
            address=ADDRESS, asked_by=actor.account, asked_at=now,
        )  # fmt: skip
        session.add(order)
        session.flush()
        seal = Seal(
            cycle_id=run.cycle, edition=1, order_id=order.id, run_id=run.id, certificates=A_CERTIFICATE, kept_at=now
        )
        record_created_file(
            session, sha256=kept, size=15, kind="sealed-document", file_name="card.pdf", account=0, now=now
        )
        session.add(seal)
        session.flush()
        for kind, unit, code in (("book", "", A_CODE), ("card", JIANWAI, "0" * 14), ("card", CHAOWAI, "1" * 14)):
            session.add(
                SealedDocument(seal_id=seal.id, kind=kind, unit=unit, language="zh", sha256=kept, size=15, code=code)
            )


A_CODE = "42SK-SPVW-DN6D"
A_CERTIFICATE = as_pem(issued("District").certificate).decode("ascii")
