"""Uploaded files: kept once, under the SHA-256 of their bytes, before any row names them."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from assess.core.errors import NotFound
from assess.core.text import Text

NOT_KEPT = Text("这个文件已不在服务器上，请联系考核办。", "This file is no longer here: tell the assessment office.")


def keep_bytes(folder: Path, data: bytes) -> str:
    """Keep bytes and give back their SHA-256; safe to repeat, whole or not at all.

    They are written under a temporary name, flushed to the disk, then renamed, and the folder is flushed too.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(folder, sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{sha256}-{secrets.token_hex(4)}")
    try:
        with made.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    flush_folder(path.parent)
    return sha256


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
    """
    path = path_of(folder, sha256)
    if not path.is_file():
        raise NotFound(NOT_KEPT)
    return path


def forget_bytes(folder: Path, sha256: str) -> None:
    """Remove a kept file whose row goes in the same transaction."""
    path_of(folder, sha256).unlink(missing_ok=True)
