"""Years that are sealed and archived by the worker's own jobs."""

from __future__ import annotations

import threading
from pathlib import Path

from assess.core.actors import Actor
from assess.services import archives
from assess.services.seals import KeyPlaces
from assess.store.models import Archive, ArchiveOrder
from assess.store.queries.archives import ArchiveRow, archives_of
from assess.store.session import Database
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_bytes, kept_path
from assess.worker import Worker
from tests.services.forms import year_2026
from tests.services.seals import a_final_year, ask_seal, seal_all
from tests.store.appending import QUICK
from tests.years import NOW


def a_sealed_year(database: Database, folder: Path, units: int = 2) -> dict[str, Actor]:
    """The year at its last stage, its result sealed; its people. The database is empty."""
    people = a_final_year(database, folder, units=units)
    ask_seal(database, people["office"])
    seal_all(database, folder)
    return people


def ask_archive(database: Database, actor: Actor) -> int:
    """Ask for the archive in a transaction of its own."""
    with database.writing() as session:
        return archives.ask_archive(session, actor, cycle=year_2026(session), now=NOW)


def make_archives(database: Database, url: str, folder: Path) -> None:
    """Make every archive that was asked for; the key lies beside the folder of uploads."""
    places = KeyPlaces(folder.parent / "keys" / "seal.pem")
    kind = archives.archiving_in(folder, places, url)
    worker = Worker(database, {archives.KIND: kind}, threading.Event(), QUICK)
    while worker.work_on_one():
        pass


def archives_made(database: Database) -> list[ArchiveRow]:
    """The archives of the year, newest first."""
    with database.reading() as session:
        return archives_of(session, cycle=year_2026(session).id, most=10)


def an_archive(database: Database, url: str, folder: Path, actor: Actor) -> Path:
    """The archive of the year, made now."""
    ask_archive(database, actor)
    make_archives(database, url, folder)
    return kept_path(folder, archives_made(database)[0].sha256)


def archived_at_any_stage(database: Database, actor: Actor, folder: Path) -> None:
    """An archive that was made, though it is none, of a year at any stage."""
    kept = keep_bytes(folder, b"PK archived")
    with database.writing() as session:
        order = ArchiveOrder(
            cycle_id=year_2026(session).id, number=1, log_last=1, log_head="1" * 64, asked_by=actor.account,
            asked_at=NOW,
        )  # fmt: skip
        session.add(order)
        session.flush()
        record_created_file(session, sha256=kept, size=11, kind="archive", file_name="archive.zip", account=0, now=NOW)
        session.add(Archive(order_id=order.id, sha256=kept, size=11, members=27, kept_at=NOW))
