"""A whole instance in one file, and back into an empty one: database, uploads and keys, on either engine."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import audit
from assess.store import copying, uploads
from assess.store.session import Connection, Database

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
KEYS: Final = ("keys/session", "keys/seal.pem")
"""The key of the cookies and the seal of our own making."""
UPLOADS: Final = "uploads/"
INSTANCE: Final = "instance"
"""What the log calls the whole."""
NOT_A_BACKUP: Final = Text("这不是本系统的备份文件：{path}", "this is not a backup of this service: {path}")
OTHER_VERSION: Final = Text(
    "备份来自另一版本的系统（数据库版本 {theirs}，本系统为 {ours}）：请先安装相同版本，恢复后再升级",
    "the backup is of another version (tables {theirs}, ours are {ours}): install that version, restore, then upgrade",
)
NOT_EMPTY: Final = Text(
    "此实例已有数据，不能恢复到其中：请另设 ASSESS_INSTANCE 或空数据库",
    "this instance holds data: restore into an empty one (another ASSESS_INSTANCE, an empty database)",
)
DAMAGED: Final = Text("备份文件已损坏（{part}）：请换一份备份", "the backup is damaged ({part}): take another one")


class Told(NamedTuple):
    """What a backup holds: rows, files, and the SHA-256 of files that the database names and the disk lacks."""

    rows: int
    files: int
    lost: tuple[str, ...]


def back_up(database: Database, actor: Actor, *, instance: Path, target: Path, now: datetime) -> Told:
    """Write everything into a zip, whole or not at all, while the service goes on; then note that it was done.

    Rows are read in one snapshot and files after them: a file is kept before any row names it. The zip holds the
    keys and all that people wrote, so only its owner may read it.
    """
    made = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        made.touch(mode=0o600)
        with ZipFile(made, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            told = fill(archive, database, instance, now)
        with made.open("rb+") as file:
            os.fsync(file.fileno())
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    with database.writing() as session:
        new = {"file": target.name, "rows": told.rows, "files": told.files, "lost": list(told.lost)}
        audit.record(session, actor, subject=INSTANCE, action="backed up", new=new, now=now)
    return told


def fill(archive: ZipFile, database: Database, instance: Path, now: datetime) -> Told:
    """Write tables, files, keys and manifest."""
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    with copying.snapshot(database.engine) as connection:
        revision = copying.revision_of(connection)
        for name, table in copying.tables().items():
            counts[name], digests[name] = write_lines(archive, name, copying.lines_of(connection, table))
        named = copying.kept_files(connection)
    here = [sha256 for sha256 in named if uploads.path_of(instance / "uploads", sha256).is_file()]
    for sha256 in here:
        archive.write(uploads.path_of(instance / "uploads", sha256), f"{UPLOADS}{sha256}", ZIP_STORED)
    for key in KEYS:
        if (instance / key).is_file():
            archive.write(instance / key, key)
    manifest = {"format": FORMAT, "revision": revision, "made_at": now.isoformat(), "rows": counts, "digests": digests}
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return Told(sum(counts.values()), len(here), tuple(sorted(set(named) - set(here))))


def write_lines(archive: ZipFile, name: str, lines: Iterator[str]) -> tuple[int, str]:
    """One table; gives the number of its rows and the SHA-256 of its text."""
    digest, count = hashlib.sha256(), 0
    with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
        for line in lines:
            data = f"{line}\n".encode()
            digest.update(data)
            file.write(data)
            count += 1
    return count, digest.hexdigest()


def restore(database: Database, actor: Actor, *, instance: Path, source: Path, now: datetime) -> Told:
    """Put a backup into an empty instance, whole or not at all; its log goes on with who restored it.

    Raises:
        Refused: the file is no backup, is damaged, is of another version, or the instance is not empty.
    """
    try:
        with ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            with database.writing() as session:
                connection = session.connection()
                check_place(connection, manifest)
                files = keep_files(archive, instance)
                rows = sum(put_back(connection, archive, name, manifest) for name in copying.tables())
                copying.count_on(connection)
                new = {"file": source.name, "made_at": manifest["made_at"], "rows": rows, "files": files}
                audit.record(session, actor, subject=INSTANCE, action="restored", new=new, now=now)
    except (BadZipFile, OSError, KeyError, ValueError) as error:
        raise Refused(NOT_A_BACKUP.filled(path=str(source))) from error
    return Told(rows, files, ())


def check_place(connection: Connection, manifest: dict[str, Any]) -> None:
    """Raise Refused unless the tables are those of the backup, and empty."""
    ours = copying.revision_of(connection)
    if (manifest["format"], manifest["revision"]) != (FORMAT, ours):
        raise Refused(OTHER_VERSION.filled(theirs=manifest["revision"], ours=ours))
    if not copying.is_empty(connection):
        raise Refused(NOT_EMPTY)


def keep_files(archive: ZipFile, instance: Path) -> int:
    """Put the uploads and the keys back; gives the number of uploads."""
    names = [name for name in archive.namelist() if name.startswith(UPLOADS)]
    for name in names:
        if uploads.keep_bytes(instance / "uploads", archive.read(name)) != name.removeprefix(UPLOADS):
            raise Refused(DAMAGED.filled(part=name))
    for key in set(KEYS).intersection(archive.namelist()):
        path = instance / key
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(archive.read(key))
    return len(names)


def put_back(connection: Connection, archive: ZipFile, name: str, manifest: dict[str, Any]) -> int:
    """Put the rows of one table back, if its text is what was written."""
    digest = hashlib.sha256()

    def lines() -> Iterator[str]:
        with archive.open(f"tables/{name}.jsonl") as file:
            for line in file:
                digest.update(line)
                yield line.decode()

    rows = copying.insert_lines(connection, copying.tables()[name], lines())
    if digest.hexdigest() != manifest["digests"][name]:
        raise Refused(DAMAGED.filled(part=name))
    return rows
