"""Documents that the office loads: read as they come, kept by their SHA-256, read again when they are accepted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import Pointer, Source, TextPosition, WorkbookCell
from assess.store.models import Upload
from assess.store.session import Session, flush
from assess.store.uploads import keep_bytes, kept_path

ENDING: Final = re.compile(r"\.[a-z0-9]{1,8}")
MAX_NAME_LENGTH: Final = 120


@dataclass(frozen=True)
class UploadedFile:
    """A file as it was uploaded: its name and its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """What it is kept under."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def ending(self) -> str:
        """`.csv`, `.xlsx` …, as its name says; "" where it says none."""
        ending = Path(self.name).suffix.lower()
        return ending if ENDING.fullmatch(ending) else ""

    @contextmanager
    def lying(self) -> Iterator[Path]:
        """The file on the disk for as long as it is read; flaws that readers raise meanwhile lose its place there."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"document{self.ending}"
            path.write_bytes(self.data)
            try:
                yield path
            except ValidationError as flawed:
                raise ValidationError(without_file(flawed.flaws)) from None


def document_of(path: Path) -> UploadedFile:
    """A file of this machine as if it had been uploaded."""
    return UploadedFile(path.name, path.read_bytes())


def keep_document(session: Session, actor: Actor, *, folder: Path, document: UploadedFile, now: datetime) -> str:
    """Keep a document before anything refers to it; its SHA-256.

    Raises:
        NotFound: it was forgotten in the same instant; nothing is noted.
        Stale: somebody keeps the same one at this very moment.
    """
    sha256 = keep_bytes(folder, document.data)
    if session.get(Upload, sha256) is None:
        kind, name = document.ending.removeprefix("."), document.name[-MAX_NAME_LENGTH:]
        upload = Upload(
            sha256=sha256, size=len(document.data), kind=kind, first_name=name, kept_by=actor.account, kept_at=now
        )
        session.add(upload)
        flush(session)
        kept_path(folder, sha256)
    return sha256


def kept_document(folder: Path, *, sha256: str, name: str) -> UploadedFile:
    """A document that was kept, under the name it came with.

    Raises:
        NotFound: it is not there.
    """
    return UploadedFile(name, kept_path(folder, sha256).read_bytes())


def check(flaws: Iterable[Flaw]) -> None:
    """Raise ValidationError with these flaws, if there are any."""
    if found := list(flaws):
        raise ValidationError(found)


def without_file(flaws: Iterable[Flaw]) -> list[Flaw]:
    """Flaws whose places name a line or a cell, and no file of this machine."""
    return [replace(flaw, where=in_file(flaw.where), facts=facts_in_file(flaw.facts)) for flaw in flaws]


def facts_in_file(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What fills the blanks of a flaw, other places included."""
    return {
        name: place_in_file(fact) if isinstance(fact, TextPosition | WorkbookCell | Pointer) else fact
        for name, fact in facts.items()
    }


def in_file(thing: Any) -> Any:
    """A place without its file; anything else as it is."""
    return thing._replace(file="") if isinstance(thing, TextPosition | WorkbookCell | Pointer) else thing


def place_in_file(source: Source) -> str:
    """A line, cell or part as it is kept beside a value: 数据!B2, 3:2, /values/3/value."""
    return str(in_file(source)).lstrip(":")
