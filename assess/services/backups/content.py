"""What a backup holds, and whether a file is one that can be restored here: looked at before anything is touched."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Self
from zipfile import BadZipFile, ZipFile

from assess.core.errors import Refused
from assess.core.text import Text
from assess.store import copying
from assess.store.copying import BackedUpRows
from assess.store.migrating import known_revisions, newest_revision

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
KEYS: Final = ("keys/session", "keys/seal.pem")
"""The key of the cookies and the seal of our own making."""
UPLOADS: Final = "uploads/"
INSTANCE: Final = "instance"
"""What the log calls the whole."""
UNREADABLE_PART: Final = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError,
                          struct.error)  # fmt: skip
"""What reading a damaged zip comes to."""
NO_SUCH_FILE: Final = Text(
    "没有这个文件，或无法读取：{path}（{why}）。没有恢复任何内容，请核对路径。",
    "The file {path} does not exist or cannot be read ({why}). Nothing was restored. Check the path.",
)
NOT_A_BACKUP: Final = Text(
    "{path} 不是本系统的备份文件，或文件不完整（例如复制中断）。没有恢复任何内容，请重新复制该文件，或改用另一份备份。",
    "{path} is not a backup of this service or is incomplete; copying may have been interrupted. "
    "Nothing was restored. Copy the file again, or use another backup.",
)
OTHER_VERSION: Final = Text(
    "备份来自另一版本的系统（数据库版本{theirs}，本系统为{ours}），没有恢复任何内容。请先安装相同版本，恢复后再升级。",
    "The backup is from another version of the service (schema {theirs}; this version has {ours}). "
    "Nothing was restored. Install that version, restore, then upgrade.",
)
DAMAGED: Final = Text(
    "备份文件已损坏（{part}）。没有恢复任何内容，请改用另一份备份。",
    "The backup file is damaged ({part}). Nothing was restored. Use another backup.",
)


class BackedUpFile(NamedTuple):
    """A file that the database names: its digest, and the name under which it was handed in."""

    sha256: str
    name: str


@dataclass(frozen=True)
class Backup:
    """A backup whose tables are whole, and of this version or an older one.

    Attributes:
        archive: the open file.
        manifest: what was written about it.
        file_name: what the file is called.
    """

    archive: ZipFile
    manifest: dict[str, Any]
    file_name: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    @property
    def rows(self) -> BackedUpRows:
        """All rows, of the tables as they were then."""
        return BackedUpRows(self.manifest["revision"], tuple(self.manifest["digests"]), self.lines)

    def lines(self, table: str) -> Iterator[str]:
        """The rows of a table."""
        with self.archive.open(member_of(table)) as file:
            yield from (line.decode() for line in file)

    @property
    def uploads(self) -> list[str]:
        """The names of the uploads in it."""
        return [name for name in self.archive.namelist() if name.startswith(UPLOADS)]

    @property
    def keys(self) -> list[str]:
        """The names of the keys in it."""
        return sorted(set(KEYS).intersection(self.archive.namelist()))


def member_of(table: str) -> str:
    """Where the rows of a table stand in a backup."""
    return f"tables/{table}.jsonl"


def open_backup(source: Path) -> Backup:
    """A backup that can be restored here; nothing is touched.

    Raises:
        Refused: the file cannot be read, is no backup, is damaged, or is of another version.
    """
    try:
        archive = ZipFile(source)
    except OSError as error:
        raise Refused(NO_SUCH_FILE.format(path=source, why=error.strerror or error)) from error
    except UNREADABLE_PART as error:
        raise Refused(NOT_A_BACKUP.format(path=source)) from error
    try:
        manifest = manifest_of(archive, source)
        for table in copying.tables() if manifest["revision"] == newest_revision() else manifest["digests"]:
            check_table(archive, table, manifest)
    except BaseException:
        archive.close()
        raise
    return Backup(archive, manifest, source.name)


def manifest_of(archive: ZipFile, source: Path) -> dict[str, Any]:
    """What was written about a backup, if it is of this version or of one that this version can go on from."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        form, theirs, _digests = manifest["format"], str(manifest["revision"]), manifest["digests"].items()
    except (*UNREADABLE_PART, TypeError, AttributeError) as error:
        raise Refused(NOT_A_BACKUP.format(path=source)) from error
    if form != FORMAT or theirs not in known_revisions():
        raise Refused(OTHER_VERSION.format(theirs=theirs, ours=newest_revision()))
    return manifest


def check_table(archive: ZipFile, table: str, manifest: dict[str, Any]) -> None:
    """Raise Refused unless the rows of a table are what was written."""
    part = member_of(table)
    try:
        with archive.open(part) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        is_whole = digest == manifest["digests"][table]
    except (*UNREADABLE_PART, TypeError) as error:
        raise Refused(DAMAGED.format(part=part)) from error
    if not is_whole:
        raise Refused(DAMAGED.format(part=part))
