"""An archive as somebody hands it in: opened without trusting it, its members read one at a time and never unpacked."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END
from pathlib import Path
from typing import IO, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from assess.core.errors import Refused
from assess.core.text import Text
from assess.files.archives.container import END

AT_ONCE: Final = 1 << 20
MAX_MEMBERS: Final = 20_000
MAX_BYTES: Final = 4 << 30
"""So large is an archive at most, and so much do its members come to."""
MAX_HELD: Final = 256 << 20
"""So large is a member at most that is looked into as a whole."""
BROKEN: Final = (
    BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, OverflowError, struct.error,
)  # fmt: skip
"""What reading a damaged zip may raise."""

NO_FILE: Final = Text("{path}：没有这个文件，或无法读取。", "{path}: The file does not exist or cannot be read.")
NO_ARCHIVE: Final = Text(
    "{path}：不是完整的ZIP文件，可能被截断，或末尾添加了内容，请重新取得后再核验。",
    "{path}: The zip file is incomplete, or something was added to its end. Get it again, then verify it.",
)
TOO_LARGE: Final = Text(
    "{path}：过大（超过4 GB或{most}个文件），不是本系统的年度档案。",
    "{path}: The file is too large (over 4 GB or {most} files) to be a year archive of this service.",
)


class Lacking(Exception):
    """A member is not there, or cannot be read; the list of digests tells of it."""


class OpenedArchive:
    """An archive whose members can be read; nothing is ever written to the disk under a name of theirs."""

    def __init__(self, path: Path, file: BinaryIO, zip_file: ZipFile) -> None:
        self.path = path
        self.file = file
        self.zip = zip_file
        self.entries: list[ZipInfo] = zip_file.infolist()
        self.members = {each.filename: each for each in self.entries}

    @property
    def twice(self) -> list[str]:
        """Names that more than one member has."""
        return sorted(name for name, count in Counter(each.filename for each in self.entries).items() if count > 1)

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a member, None where it cannot be read."""
        digest = hashlib.sha256()
        try:
            with self.stream(name) as member:
                while data := member.read(AT_ONCE):
                    digest.update(data)
        except Lacking:
            return None
        return digest.hexdigest()

    def read(self, name: str) -> bytes:
        """A member as a whole.

        Raises:
            Lacking: it is not there, too large, or damaged.
        """
        if name not in self.members or self.members[name].file_size > MAX_HELD:
            raise Lacking(name)
        with self.stream(name) as member:
            return member.read()

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """A member to be read in parts.

        Raises:
            Lacking: it is not there, or damaged.
        """
        found = self.members.get(name)
        if found is None or found.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Lacking(name)
        try:
            with self.zip.open(found) as member:
                yield member
        except BROKEN:
            raise Lacking(name) from None


def whole_digest(path: Path) -> str:
    """The SHA-256 of the file itself, as the service shows it beside the archive.

    Raises:
        Refused: there is no such file.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        raise Refused(NO_FILE.format(path=str(path))) from None


def check_end(file: BinaryIO) -> None:
    """Raise BadZipFile unless the file ends as a zip without comment does: what is cut off may end in another zip."""
    size = file.seek(0, SEEK_END)
    file.seek(max(size - END.size, 0))
    if not file.read().startswith(b"PK\x05\x06"):
        raise BadZipFile("no end")


@contextmanager
def opened(path: Path) -> Iterator[OpenedArchive]:
    """An archive, to be checked.

    Raises:
        Refused: there is no such file, it is no whole zip, or larger than any archive.
    """
    try:
        file = path.open("rb")
    except (OSError, ValueError):
        raise Refused(NO_FILE.format(path=str(path))) from None
    with file:
        try:
            check_end(file)
            zip_file = ZipFile(file)
        except BROKEN:
            raise Refused(NO_ARCHIVE.format(path=str(path))) from None
        with zip_file:
            entries = zip_file.infolist()
            if len(entries) > MAX_MEMBERS or sum(each.file_size for each in entries) > MAX_BYTES:
                raise Refused(TOO_LARGE.format(path=str(path), most=MAX_MEMBERS))
            yield OpenedArchive(path, file, zip_file)
