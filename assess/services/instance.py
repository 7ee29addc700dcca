"""The folder of an instance: made once, closed to others, and never taken for a new one when it went away."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from assess.core.errors import Refused
from assess.core.text import Text
from assess.store.queries.keeping import files_kept
from assess.store.session import Database

log = logging.getLogger("assess")

UPLOADS: Final = "uploads"
OTHERS: Final = 0o077
"""What anybody but the owner may do."""
A_DAY: Final = 24 * 3600
NO_INSTANCE: Final = Text(
    "{folder} 中没有本系统的实例，未作任何改动。请核对 ASSESS_INSTANCE 和 ASSESS_DATABASE_URL，确认磁盘已挂载；"
    "新建实例请运行 assess serve、assess demo 或 assess user add。",
    "There is no instance of this service in {folder}, and nothing was changed. Check "
    "ASSESS_INSTANCE and ASSESS_DATABASE_URL, and that the disk is mounted. To create an instance, "
    "run assess serve, assess demo or assess user add.",
)
FOLDER_AWAY: Final = Text(
    "数据库中登记了{n}个文件，但实例文件夹 {folder} 中没有 uploads 文件夹，未作任何改动。请确认磁盘已挂载、"
    "ASSESS_INSTANCE 正确；文件夹确已丢失的，请从备份恢复。",
    "The database lists {n} files, but the instance folder {folder} has no uploads folder. Nothing "
    "was changed. Check that the disk is mounted and ASSESS_INSTANCE is right. If the folder is "
    "lost, restore a backup.",
)


@contextmanager
def made(database: Database, folder: Path) -> Iterator[None]:
    """An instance that is there, or is made now; what was made goes again where the work in it fails at once.

    Raises:
        Refused: the folder of a database that names files is away, or the database is of a newer version.
    """
    with ExitStack() as undoing:
        make_folder(folder, undoing)
        uploads = folder / UPLOADS
        is_new = not uploads.is_dir()
        make_folder(uploads, undoing)
        if database.file is not None and not database.file.exists():
            undoing.callback(remove_database, database)
        database.make()
        if is_new:
            check_names_nothing(database, folder)
        close_to_others(database, folder)
        forget_unfinished(uploads)
        yield
        undoing.pop_all()


def make_folder(folder: Path, undoing: ExitStack) -> None:
    """Make a folder and those above it that are missing, closed to others."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder(folder.parent, undoing)
    folder.mkdir(mode=0o700)
    undoing.callback(remove_folder, folder)


def remove_folder(folder: Path) -> None:
    """Remove a folder that was made and is empty again."""
    with suppress(OSError):
        folder.rmdir()


def remove_database(database: Database) -> None:
    """Remove the file of a database that was made."""
    database.close()
    for path in files_of(database):
        path.unlink(missing_ok=True)


def files_of(database: Database) -> list[Path]:
    """The files of a SQLite database, whether they are there or not."""
    file = database.file
    return [] if file is None else [file.with_name(file.name + ending) for ending in ("", "-wal", "-shm", "-journal")]


def check_names_nothing(database: Database, folder: Path) -> None:
    """Raise Refused where the database names files whose folder was not there."""
    with database.reading() as session:
        named = len(files_kept(session))
    if named:
        raise Refused(FOLDER_AWAY.format(n=named, folder=folder))


def check_there(database: Database, folder: Path) -> None:
    """Raise Refused unless an instance was made here before."""
    if not folder.is_dir() or not database.is_there():
        raise Refused(NO_INSTANCE.format(folder=folder))


def close_to_others(database: Database, folder: Path) -> None:
    """Let nobody but the owner into the instance, whatever made its files; into a closed folder nobody comes anyway."""
    for path in (folder, *files_of(database)):
        close(path)
    for inner in (folder / "keys", folder / UPLOADS):
        close_tree(inner)


def close_tree(folder: Path) -> None:
    """Close a folder that is open, and all that is in it."""
    if folder.is_dir() and is_open(folder):
        for inner in (*folder.rglob("*"), folder):
            close(inner)


def close(path: Path) -> None:
    """Take from others what they may do with a file or folder; that it cannot be done is told."""
    if not path.exists() or not is_open(path):
        return
    try:
        path.chmod(path.stat().st_mode & ~OTHERS)
    except OSError as error:
        log.warning("%s is open to others and cannot be closed: %s", path, error.strerror)


def is_open(path: Path) -> bool:
    """Whether anybody but the owner may do anything with it."""
    return bool(path.stat().st_mode & OTHERS)


def forget_unfinished(uploads: Path) -> None:
    """Remove files that were being written a day ago and never got their names, as their writers were killed."""
    for path in (*uploads.glob(".*"), *uploads.glob("*/.*")):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > A_DAY:
                path.unlink()
