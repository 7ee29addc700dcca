"""Uploaded files: kept once, under the SHA-256 of their bytes, before any row names them.

Their folder is made with the instance and never again: where it is not there, a disk went away, and what would be
put into a new one would be missing when the disk comes back.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from io import BufferedRandom
from pathlib import Path
from typing import IO, BinaryIO, Final

from assess.core.errors import NotFound
from assess.core.faults import Fault, Faulty
from assess.core.text import Text

AT_ONCE: Final = 1024 * 1024
NOT_KEPT = Text(
    "这个文件已不在服务器上，请联系考核办。", "The file is no longer on the server. Contact the assessment office."
)


def keep_bytes(folder: Path, data: bytes) -> str:
    """Keep bytes and give back their SHA-256; safe to repeat, whole or not at all.

    Raises:
        Faulty: the folder is away.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if path_of(folder, sha256).exists():
        return sha256
    check_folder(folder)

    def write(file: BufferedRandom) -> str:
        file.write(data)
        return sha256

    keep_new(folder, sha256, write)
    return sha256


def keep_copied(folder: Path, sha256: str, source: IO[bytes]) -> bool:
    """Keep what comes from elsewhere if its bytes are those of a digest; whether they are."""

    def write(file: BufferedRandom) -> str | None:
        digest = hashlib.sha256()
        while data := source.read(AT_ONCE):
            digest.update(data)
            file.write(data)
        return sha256 if digest.hexdigest() == sha256 else None

    return keep_new(folder, "copied", write) is not None


def keep_made(folder: Path, called: str, write: Callable[[BinaryIO], None]) -> tuple[str, int]:
    """Keep a large file that is written here and now; its SHA-256 and size. Whole or not at all, safe to repeat.

    Args:
        folder: where files are kept.
        called: what is made, as a part of temporary names: what a dead worker left under it is removed.
        write: writes the bytes into a file that can be read back.

    Raises:
        Faulty: the folder is away.
    """
    check_folder(folder)
    for left in folder.glob(f".{called}-*"):
        left.unlink(missing_ok=True)

    def write_and_read(file: BufferedRandom) -> str:
        write(file)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()

    sha256 = keep_new(folder, called, write_and_read)
    assert sha256 is not None
    return sha256, path_of(folder, sha256).stat().st_size


def keep_new(folder: Path, called: str, write: Callable[[BufferedRandom], str | None]) -> str | None:
    """Keep what is written into a new file under the digest that `write` gives, or nothing where it gives none.

    It is written under a temporary name, flushed to the disk, then renamed, and its folder is flushed too.
    """
    made = folder / f".{called}-{secrets.token_hex(4)}"
    try:
        with new_file(made) as file:
            sha256 = write(file)
            file.flush()
            os.fsync(file.fileno())
        if sha256 is None:
            return None
        path = path_of(folder, sha256)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    flush_folder(path.parent)
    return sha256


def new_file(path: Path) -> BufferedRandom:
    """A new file that nobody else may read, to be written and read back."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_folder(folder: Path) -> None:
    """Have the disk know the names in a folder."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def path_of(folder: Path, sha256: str) -> Path:
    """Where a kept file lies."""
    return folder / sha256[:2] / sha256


def kept_path(folder: Path, sha256: str) -> Path:
    """The path of a kept file.

    Raises:
        NotFound: it is not there.
        Faulty: nor is their folder.
    """
    path = path_of(folder, sha256)
    if not path.is_file():
        check_folder(folder)
        raise NotFound(NOT_KEPT)
    return path


def check_folder(folder: Path) -> None:
    """Raise Faulty where the whole folder is away: then no file of it is lost, and none may be put elsewhere."""
    if not folder.is_dir():
        raise Faulty(Fault.AWAY)
