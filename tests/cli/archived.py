"""An instance whose year is sealed and archived, and copies of the archive in which something was changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from assess.core.archives import names
from assess.core.archives.manifest import read_manifest
from assess.files.archives.container import entry
from assess.files.archives.sealing import certificates_in, fingerprint
from assess.files.archives.writing import ArchiveWriter
from assess.files.sealing.keys import KeyPlaces, open_key
from assess.store.session import Database
from tests.services.archives import a_sealed_year, an_archive
from tests.stores import sqlite_address
from tests.years import NOW

BOOK, CARD = "sealed/edition-1/book-en.pdf", "sealed/edition-1/card-001-110105001-zh.pdf"
RUN = "runs/run-1/"


@dataclass(frozen=True)
class Archived:
    """The folder of an instance and the archive of its year."""

    instance: Path
    path: Path

    @property
    def certificate(self) -> str:
        """The fingerprint of the seal."""
        with ZipFile(self.path) as archive:
            return fingerprint(certificates_in(archive.read(names.CERTIFICATE))[0])

    @property
    def manifest(self) -> Any:
        """What the archive says of itself."""
        with ZipFile(self.path) as archive:
            return read_manifest(archive.read(names.MANIFEST))

    @property
    def covers(self) -> int:
        """How many bytes the seal covers."""
        with ZipFile(self.path) as archive:
            return archive.getinfo(names.SEAL).header_offset

    def one_byte_in(self, *members: str) -> dict[str, bytes]:
        """These members with one byte in the middle of each changed."""
        whole, changed = self.members(), {}
        for name in members:
            data = bytearray(whole[name])
            data[len(data) // 2] ^= 1
            changed[name] = bytes(data)
        return changed

    def members(self) -> dict[str, bytes]:
        """Every member."""
        with ZipFile(self.path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def an_archived_instance(folder: Path, template: Path) -> Archived:
    """An instance with its archive."""
    instance = folder / "instance"
    (instance / "uploads").mkdir(parents=True)
    url = sqlite_address(shutil.copyfile(template, instance / "assess.db"))
    database = Database(url)
    uploads = instance / "uploads"
    office = a_sealed_year(database, uploads)["office"]
    kept = an_archive(database, url, uploads, office)
    database.close()
    return Archived(instance, shutil.copyfile(kept, folder / "archive.zip"))


def flipped(archived: Archived, target: Path, members: Iterable[str]) -> Path:
    """A copy in which one byte in the middle of each of these members is another."""
    data = bytearray(archived.path.read_bytes())
    with ZipFile(archived.path) as archive:
        for name in members:
            found = archive.getinfo(name)
            data[found.header_offset + 30 + len(name) + found.compress_size // 2] ^= 1
    target.write_bytes(data)
    return target


def packed(members: Mapping[str, bytes], target: Path) -> Path:
    """The members packed as we pack them."""
    with ZipFile(target, "w") as archive:
        for name, data in members.items():
            with archive.open(entry(name, ZIP_STORED), "w") as file:
                file.write(data)
    return target


def rewritten(archived: Archived, target: Path, changes: Mapping[str, bytes]) -> Path:
    """A copy with changed members, in which list of digests and manifest were made to agree with them."""
    members = archived.members() | changes
    hashes = "".join(f"{digest(data)}  {name}\n" for name, data in members.items() if name not in names.UNLISTED)
    members[names.HASHES] = hashes.encode()
    members[names.MANIFEST] = agreeing(members)
    return packed(members, target)


def resealed(archived: Archived, target: Path, changes: Mapping[str, bytes], keys: Path) -> Path:
    """A copy with changed members that somebody sealed anew with a key of their own."""
    key = open_key(KeyPlaces(keys / "other.pem"), now=NOW)
    members = archived.members() | changes | {names.CERTIFICATE: key.certificates.encode()}
    with target.open("x+b") as file, ArchiveWriter(file) as writer:
        for name, data in members.items():
            if name not in names.UNLISTED:
                writer.add(name, (data,))
        hashes = "".join(f"{each.sha256}  {each.member}\n" for each in writer.files).encode()
        writer.close(lambda _: agreeing(members | {names.HASHES: hashes}), key)
    return target


def agreeing(members: Mapping[str, bytes]) -> bytes:
    """The manifest with the digests of these members."""
    tree = json.loads(members[names.MANIFEST])
    agree(tree, lambda name: digest(members[name]))
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def agree(tree: Any, digest_of: Callable[[str], str]) -> None:
    """Set the digest of every file that a tree names."""
    if isinstance(tree, dict):
        if tree.keys() == {"member", "sha256"}:
            tree["sha256"] = digest_of(tree["member"])
        for each in tree.values():
            agree(each, digest_of)
    elif isinstance(tree, list):
        for each in tree:
            agree(each, digest_of)


def digest(data: bytes) -> str:
    """SHA-256."""
    return hashlib.sha256(data).hexdigest()
