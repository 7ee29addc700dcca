"""Sealed documents and files to download that workers make while they are killed."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from assess.services import downloads, seals
from assess.store.models import Download, Release, Seal, SealedDocument
from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from assess.store.uploads import kept_path
from assess.worker import Worker
from tests.store.appending import SOON_MISSED
from tests.store.importing import lingering


def work_until_killed(url: str, folder: str, key: str) -> None:
    """What the process of a worker runs."""
    uploads = Path(folder)
    kinds = {
        downloads.KIND: lingering(downloads.downloading_in(uploads)),
        seals.KIND: lingering(seals.sealing_in(uploads, seals.KeyPlaces(Path(key)))),
    }
    Worker(Database(url), kinds, threading.Event(), SOON_MISSED).run()


def are_made(database: Database) -> bool:
    """Whether every file and seal that was asked for is done; old uploads are forgotten much later."""
    with database.reading() as session:
        return {job.state for job in recent_jobs(session) if job.kind in (downloads.KIND, seals.KIND)} == {"done"}


def files_made(database: Database, folder: Path) -> dict[str, tuple[str, bool]]:
    """Of every file that was asked for its SHA-256, and whether it is whole."""
    with database.reading() as session:
        rows = session.query(Download.product, Download.language, Download.sha256)
        return {f"{product} {language}": (kept or "", is_whole(folder, kept)) for product, language, kept in rows}


def editions_made(database: Database, folder: Path) -> list[tuple[int, int, bool, int]]:
    """Of every edition its number, how many documents it has, whether all are whole, and how often it was released."""
    with database.reading() as session:
        found = []
        for edition in session.query(Seal).order_by(Seal.edition):
            documents = session.query(SealedDocument).filter(SealedDocument.seal_id == edition.id).all()
            released = session.query(Release).filter(Release.standing == "final", Release.run_id == edition.run_id)
            whole = all(is_whole(folder, each.sha256) for each in documents)
            found.append((edition.edition, len(documents), whole, released.count()))
        return found


def is_whole(folder: Path, sha256: str | None) -> bool:
    """Whether a kept file has the bytes that its name says."""
    return sha256 is not None and hashlib.sha256(kept_path(folder, sha256).read_bytes()).hexdigest() == sha256
