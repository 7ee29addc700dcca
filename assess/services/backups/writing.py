"""Backing up: everything into one file, whole or not at all, while the service goes on."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.faults import Fault
from assess.core.text import Text
from assess.services import audit
from assess.services.backups.content import FORMAT, INSTANCE, KEYS, MANIFEST, UPLOADS, BackedUpFile, member_of
from assess.store import copying, uploads
from assess.store.session import Database, fault_of

UNFINISHED: Final = ".assess-unfinished"
"""How the names of backups end that are being written; what is left of one that was killed goes with the next."""
AT_ONCE: Final = 1024 * 1024
NO_FOLDER: Final = Text(
    "没有文件夹 {folder}，未作备份。请先建立该文件夹，或改用其他路径。",
    "There is no folder {folder}, so nothing was backed up. Create the folder first, or use another path.",
)
NO_FILE: Final = Text(
    "{path} 不是普通文件，不能由备份取代，未作备份。请改用其他路径。",
    "{path} is not an ordinary file that a backup can replace, so nothing was backed up. Use another path.",
)
NOT_WRITTEN: Final = Text(
    "备份文件 {path} 无法写入：{why}（{detail}）。没有留下不完整的备份，实例不受影响。{remedy}",
    "The backup {path} could not be written: {why} ({detail}). No incomplete backup was left, and "
    "the instance is unchanged. {remedy}",
)
WHY: Final = {
    Fault.FULL: Text("磁盘空间不足", "the disk is full"),
    Fault.READ_ONLY: Text("没有写入权限，或磁盘只读", "no permission to write, or the disk is read-only"),
}
NO_ANSWER: Final = Text("磁盘没有响应", "the disk does not respond")
REMEDY: Final = {Fault.FULL: Text("请清理空间，或备份到其他磁盘。", "Free some space, or back up to another disk.")}
ELSEWHERE: Final = Text("请备份到其他位置。", "Back up to another location.")
NO_KEY: Final = Text(
    "无法读取实例的密钥 {path}（{why}），未作备份。请检查该文件的权限。",
    "The key file {path} of the instance cannot be read ({why}), so nothing was backed up. Check its permissions.",
)


class BackedUp(NamedTuple):
    """What a backup holds: rows and files, the files that are lost or altered, and whether the log tells of it."""

    rows: int
    files: int
    lost: tuple[BackedUpFile, ...]
    altered: tuple[BackedUpFile, ...]
    is_noted: bool = True


class CopyResult(Enum):
    """What came of a file."""

    WHOLE = "whole"
    ALTERED = "altered"
    LOST = "lost"


def back_up(database: Database, actor: Actor, *, instance: Path, target: Path, now: datetime) -> BackedUp:
    """Write everything into a zip, then note that it was done; where the log cannot be written, the backup stands.

    Rows are read in one snapshot and files after them: a file is kept before any row names it. Each file is read
    once and its digest taken meanwhile: one that was altered is in the backup as it is, and named. The zip holds the
    keys and all that people wrote, so only its owner may read it.

    Raises:
        Refused: the target or a key of the instance cannot be used.
    """
    if not target.parent.is_dir():
        raise Refused(NO_FOLDER.format(folder=target.parent))
    if target.exists() and not target.is_file():
        raise Refused(NO_FILE.format(path=target))
    keys = keys_of(instance)
    try:
        with unfinished(target) as file, ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            told = fill(archive, database, instance / "uploads", now)
            for name, data in keys.items():
                archive.writestr(name, data)
    except OSError as error:
        raise Refused(not_written(target, error)) from error
    return told._replace(is_noted=note(database, actor, target, told, now))


def keys_of(instance: Path) -> dict[str, bytes]:
    """The keys that the instance has."""
    paths = {name: instance / name for name in KEYS}
    try:
        return {name: path.read_bytes() for name, path in paths.items() if path.exists()}
    except OSError as error:
        raise Refused(NO_KEY.format(path=error.filename, why=error.strerror)) from error


def not_written(target: Path, error: OSError) -> Text:
    """Why there is no backup, and what to do."""
    fault = fault_of(error) or Fault.AWAY
    why, remedy = WHY.get(fault, NO_ANSWER), REMEDY.get(fault, ELSEWHERE)
    return NOT_WRITTEN.format(path=target, why=why, detail=error.strerror or error, remedy=remedy)


@contextmanager
def unfinished(target: Path) -> Iterator[BinaryIO]:
    """A file that takes the name of the target once it is whole and on the disk.

    It is locked while it is written: what nobody holds any more was left by a backup that was killed.
    """
    clear_unfinished(target.parent)
    made = target.with_name(f".{target.name}-{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with os.fdopen(os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            lock(file)
            yield file
            file.flush()
            os.fsync(file.fileno())
            made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    uploads.flush_folder(target.parent)


def clear_unfinished(folder: Path) -> None:
    """Remove what is left of backups that were killed."""
    for left in folder.glob(f".*{UNFINISHED}"):
        with suppress(OSError), left.open("rb") as file:
            lock(file)
            left.unlink()


def lock(file: BinaryIO) -> None:
    """Hold a file until it is closed; raises BlockingIOError where somebody else holds it."""
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def fill(archive: ZipFile, database: Database, folder: Path, now: datetime) -> BackedUp:
    """Write tables, files and manifest."""
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    with copying.snapshot(database.engine) as connection:
        revision = copying.revision_of(connection)
        for name, table in copying.tables().items():
            counts[name], digests[name] = write_lines(archive, name, copying.lines_of(connection, table))
        named = [BackedUpFile(*row) for row in copying.kept_files(connection)]
    found = {each: copy_file(archive, folder, each.sha256) for each in named}
    lost = tuple(each for each in named if found[each] is CopyResult.LOST)
    altered = tuple(each for each in named if found[each] is CopyResult.ALTERED)
    manifest = {"format": FORMAT, "revision": revision, "made_at": now.isoformat(), "rows": counts, "digests": digests,
                "lost": [each.sha256 for each in lost], "altered": [each.sha256 for each in altered]}  # fmt: skip
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return BackedUp(sum(counts.values()), len(named) - len(lost) - len(altered), lost, altered)


def write_lines(archive: ZipFile, name: str, lines: Iterator[str]) -> tuple[int, str]:
    """One table; gives the number of its rows and the SHA-256 of its text."""
    digest, count = hashlib.sha256(), 0
    with archive.open(member_of(name), "w", force_zip64=True) as file:
        for line in lines:
            data = f"{line}\n".encode()
            digest.update(data)
            file.write(data)
            count += 1
    return count, digest.hexdigest()


def copy_file(archive: ZipFile, folder: Path, sha256: str) -> CopyResult:
    """Write one upload, and see whether it still is what was handed in."""
    try:
        file = uploads.path_of(folder, sha256).open("rb")
    except OSError:
        return CopyResult.LOST
    member, digest = ZipInfo(f"{UPLOADS}{sha256}"), hashlib.sha256()
    member.compress_type = ZIP_STORED
    with file, archive.open(member, "w", force_zip64=True) as copy:
        while data := read_part(file):
            digest.update(data)
            copy.write(data)
    return CopyResult.WHOLE if digest.hexdigest() == sha256 else CopyResult.ALTERED


def read_part(file: BinaryIO) -> bytes:
    """What comes next; nothing where the disk gives no more."""
    try:
        return file.read(AT_ONCE)
    except OSError:
        return b""


def note(database: Database, actor: Actor, target: Path, told: BackedUp, now: datetime) -> bool:
    """Have the log tell of a backup; whether it does."""
    new = {"file": target.name, "rows": told.rows, "files": told.files}
    new |= {"lost": [each.sha256 for each in told.lost], "altered": [each.sha256 for each in told.altered]}
    try:
        with database.writing() as session:
            audit.record(session, actor, subject=INSTANCE, action="backed up", new=new, now=now)
    except Exception as error:
        if fault_of(error) is None:
            raise
        return False
    return True
