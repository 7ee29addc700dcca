"""Restoring: a backup into an empty instance, whole or not at all but for files that the backup itself lacks."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import audit
from assess.services.backups.content import INSTANCE, UNREADABLE_PART, UPLOADS, BackedUpFile, Backup, open_backup
from assess.store import copying, uploads
from assess.store.session import Database, Session

NOT_EMPTY: Final = Text(
    "此实例已有数据，未作任何改动。备份只能恢复到空实例，请将 ASSESS_INSTANCE 设为另一文件夹，或使用空数据库。",
    "This instance already has data and was not changed. Restore into an empty instance: another "
    "ASSESS_INSTANCE or an empty database.",
)


class Restored(NamedTuple):
    """What was restored: rows and files, and the files that the database names and the backup lacks or has altered."""

    rows: int
    files: int
    lost: tuple[BackedUpFile, ...]


def restore(database: Database, actor: Actor, *, instance: Path, source: Path, now: datetime) -> Restored:
    """Put a backup into an empty instance; its log goes on with who restored it.

    Raises:
        Refused: the file is no backup, is damaged, is of another version, or the instance is not empty.
    """
    with open_backup(source) as backup:
        return restore_from(database, actor, instance=instance, backup=backup, now=now)


def restore_from(database: Database, actor: Actor, *, instance: Path, backup: Backup, now: datetime) -> Restored:
    """Put an open backup into an empty instance; where that fails, nothing of it is left.

    A file whose bytes are not what its name says is left out and named; everything else is restored.

    Raises:
        Refused: the instance is not empty.
    """
    with ExitStack() as undoing:
        with database.writing() as session:
            connection = session.connection()
            if not copying.is_empty(connection):
                raise Refused(NOT_EMPTY)
            whole = {name for name in backup.uploads if put_upload(backup, instance / "uploads", name, undoing)}
            for key in backup.keys:
                put_key(instance / key, backup.archive.read(key), undoing)
            rows = copying.insert_all(connection, backup.rows, folder=instance)
            copying.count_on(connection)
            named = [BackedUpFile(*row) for row in copying.kept_files(connection)]
            restored = Restored(rows, len(whole), tuple(each for each in named if UPLOADS + each.sha256 not in whole))
            note(session, actor, backup, restored, now)
        undoing.pop_all()
    return restored


def put_upload(backup: Backup, folder: Path, name: str, undoing: ExitStack) -> bool:
    """Whether an upload is in the backup as it was handed in; it is then put in its place."""
    sha256 = name.removeprefix(UPLOADS)
    path = uploads.path_of(folder, sha256)
    was_here = path.exists()
    try:
        with backup.archive.open(name) as file:
            is_whole = uploads.keep_copied(folder, sha256, file)
    except UNREADABLE_PART:
        return False
    if is_whole and not was_here:
        undoing.callback(remove, path)
    return is_whole


def put_key(path: Path, data: bytes, undoing: ExitStack) -> None:
    """Put a key in its place, readable to its owner alone; one that was there comes back where the rest fails."""
    path.parent.mkdir(exist_ok=True, mode=0o700)
    before = path.read_bytes() if path.exists() else None
    if before is None:
        undoing.callback(remove, path)
    else:
        undoing.callback(path.write_bytes, before)
    path.touch(mode=0o600)
    path.write_bytes(data)


def remove(path: Path) -> None:
    """Take a file away, and its folder if nothing else is in it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def note(session: Session, actor: Actor, backup: Backup, restored: Restored, now: datetime) -> None:
    """Have the log tell of it."""
    new = {"file": backup.file_name, "made_at": backup.manifest["made_at"], "rows": restored.rows}
    new |= {"files": restored.files, "lost": [each.sha256 for each in restored.lost]}
    audit.record(session, actor, subject=INSTANCE, action="restored", new=new, now=now)
