"""The job that makes the archive of a year: what it needs is read at once, the file written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from assess.core.archives.manifest import File
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.files.archives.writing import ArchiveWriter
from assess.files.sealing.keys import KeyPlaces, open_key
from assess.services import audit
from assess.services.archives.filling import Filler
from assess.services.archives.gathering import Gathered, gather
from assess.services.cycles import taken
from assess.services.jobs import WORKER, JobType, Progress
from assess.services.orders import ordered
from assess.store.models import Archive, ArchiveOrder
from assess.store.session import Database, Session, flush, see_one_moment
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_made

KIND: Final = "archive"
FILE: Final = "archive"
"""The kind of a kept file."""
NO_ORDER: Final = Text("没有这次档案生成申请。", "There is no such archive request.")


class ArchiveFile(NamedTuple):
    """An archive that is on the disk."""

    sha256: str
    size: int
    members: int


def archiving_in(folder: Path, places: KeyPlaces, url: str) -> JobType:
    """The kind of job that makes archives of the database at an address, whose files are kept in a folder."""
    return JobType(read=read_order, work=partial(make_archive, folder, places, url), keep=keep_archive)


def read_order(session: Session, arguments: Mapping[str, Any]) -> Gathered:
    """All that goes into the archive but the log and the ledger, of one moment.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more.
    """
    see_one_moment(session)
    order, cycle = ordered(session, ArchiveOrder, arguments, NO_ORDER)
    check_allowed(cycle.stage, Act.ARCHIVE)
    return gather(session, order, cycle)


def make_archive(folder: Path, places: KeyPlaces, url: str, needed: Gathered, progress: Progress) -> ArchiveFile:
    """Write the archive and keep it; only a part of it is ever in memory.

    Raises:
        NotFound: a kept file is gone from the disk.
        Refused: a kept file was changed, or there is no key that can seal.
    """
    key = open_key(places, now=needed.asked_at)
    key.check_valid(needed.asked_at)
    files: list[File] = []
    database = Database(url)

    def write(target: BinaryIO) -> None:
        with ArchiveWriter(target) as writer:
            files.extend(Filler(writer, needed, folder, database, progress).fill(key))

    try:
        sha256, size = keep_made(folder, f"archive-{needed.order}", write)
    finally:
        database.close()
    return ArchiveFile(sha256, size, len(files))


def keep_archive(session: Session, arguments: Mapping[str, Any], made: ArchiveFile, now: datetime) -> None:
    """Write that the archive is there.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more.
    """
    order, cycle = ordered(session, ArchiveOrder, arguments, NO_ORDER)
    check_allowed(Stage(taken(session, cycle).stage), Act.ARCHIVE)
    name = f"archive-{cycle.year}-{order.number}.zip"
    record_created_file(session, sha256=made.sha256, size=made.size, kind=FILE, file_name=name, account=0, now=now)
    session.add(Archive(order_id=order.id, sha256=made.sha256, size=made.size, members=made.members, kept_at=now))
    flush(session)
    told = {"sha256": made.sha256, "size": made.size, "files": made.members}
    audit.record(session, WORKER, subject=f"archive:{cycle.year}/{order.number}", action="made", new=told, now=now)
