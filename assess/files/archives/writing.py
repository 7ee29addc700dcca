"""Writing an archive: member by member, each with its digest; at the end what names them all, and the seal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from assess.core.archives import names
from assess.core.archives.manifest import File
from assess.core.errors import Refused
from assess.core.text import Text
from assess.files.archives.container import entry
from assess.files.archives.sealing import made_seal
from assess.files.sealing.keys import SealKey

AT_ONCE: Final = 1 << 20
MAX_BYTES: Final = (1 << 31) - (1 << 26)
MAX_FILES: Final = 19_990
"""What a zip of the plain form holds and every program reads, with room for the list of members and the seal."""
TOO_LARGE: Final = Text(
    "年度档案超过{size} GB或{files}个文件，无法制成一个ZIP文件，没有生成档案，系统中的数据不受影响。"
    "请联系系统管理员，可用assess backup保存全部数据和文件。",
    "The archive would be over {size} GB or {files} files, too large for one zip file. No archive "
    "was created, and all data in the service is unchanged. Contact the system administrator: "
    "`assess backup` saves all data and files.",
)


class ArchiveWriter:
    """Takes the members in order; never more than a part of one is in memory, nor more than `most` bytes in all.

    `add` and what calls it raise Refused where it would grow larger.
    """

    def __init__(self, target: BinaryIO, most: int = MAX_BYTES) -> None:
        self.target, self.most = target, most
        self.zip = ZipFile(target, "w", allowZip64=False)
        self.files: list[File] = []

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.zip.close()

    def add(self, name: str, parts: Iterable[bytes], method: int = ZIP_DEFLATED) -> File:
        """Add a member of these parts, deflated unless they are packed already."""
        digest = hashlib.sha256()
        with self.zip.open(entry(name, method), "w") as member:
            for part in parts:
                digest.update(part)
                member.write(part)
        made = File(name, digest.hexdigest())
        self.files.append(made)
        if self.target.tell() > self.most or len(self.files) > MAX_FILES:
            raise Refused(TOO_LARGE.format(size=2, files=MAX_FILES))
        return made

    def add_text(self, name: str, text: str) -> File:
        """Add a text."""
        return self.add(name, (text.encode(),))

    def add_file(self, name: str, path: Path) -> File:
        """Add a file as it is: what we keep is packed already."""
        with path.open("rb") as file:
            return self.add(name, iter(lambda: file.read(AT_ONCE), b""), ZIP_STORED)

    def add_made(self, name: str, write: Callable[[Path], object], method: int = ZIP_STORED) -> File:
        """Add a file that something writes to a path."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / name.rpartition("/")[2]
            write(path)
            with path.open("rb") as file:
                return self.add(name, iter(lambda: file.read(AT_ONCE), b""), method)

    def close(self, manifest: Callable[[File], bytes], key: SealKey) -> int:
        """Write the list of digests, the manifest that names it, and the seal; gives the number of members."""
        hashes = self.add_text(names.HASHES, "".join(f"{each.sha256}  {each.member}\n" for each in self.files))
        self.add(names.MANIFEST, (manifest(hashes),))
        seal = made_seal(self.target, self.target.tell(), key)
        self.target.seek(seal.covers)
        self.add(names.SEAL, (seal.as_json(),), ZIP_STORED)
        self.zip.close()
        return len(self.files)
