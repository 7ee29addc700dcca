"""Keeping files: looked at by their content, kept once, offered to who handed them in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.naming import quoted
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.files.evidence_files import evidence_kind
from assess.files.kinds import EvidenceKind, named_after
from assess.services.evidence.forgetting import ask_to_forget
from assess.store import uploads
from assess.store.queries.evidence import KeptRow
from assess.store.session import Session
from assess.store.upload_records import record_upload

MEGABYTE: Final = 1024 * 1024
MAX_MEGABYTES: Final = 20
MAX_BYTES: Final = MAX_MEGABYTES * MEGABYTE
TOO_LARGE = Text(
    "“{name}”超过{most} MB，尚未保存，请压缩或拆分后上传。",
    "{name} is larger than {most} MB and was not saved. Compress or split it, then upload it again.",
)


class Incoming(NamedTuple):
    """A file as it comes in: the name that its sender gave it, and its bytes."""

    name: str
    data: bytes


class KeptFiles(NamedTuple):
    """What came of several files: those that are kept, and what is wrong with the others."""

    files: tuple[KeptRow, ...]
    wrongs: tuple[Text, ...]


class Looked(NamedTuple):
    """A file that was found to be evidence, already on the disk."""

    sha256: str
    size: int
    kind: EvidenceKind
    file_name: str


def keep_files(session: Session, actor: Actor, *, folder: Path, files: Iterable[Incoming], now: datetime) -> KeptFiles:
    """Keep what is evidence, and say of the rest what is wrong.

    The bytes come to the disk before the session is asked anything, so that no lock is held meanwhile; `files` may
    be read one at a time. The session is one of its own: what is kept outlives the refusal of what it was sent with.

    Raises:
        OSError: the disk is full or does not answer.
        NotFound: a file was forgotten in the same instant; nothing is noted.
    """
    looked, wrongs = [], []
    for each in files:
        found = look_at(each)
        if isinstance(found, ParseError):
            wrongs.append(found.what)
        else:
            sha256 = uploads.keep_bytes(folder, each.data)
            looked.append(Looked(sha256, len(each.data), found, named_after(each.name, found)))
    if looked:
        ask_to_forget(session, now=now)
    once = {each.sha256: each for each in reversed(looked)}
    for sha256 in sorted(once):
        record_upload(session, **once[sha256]._asdict(), account=actor.account, now=now)
        uploads.kept_path(folder, sha256)
    kept = [once[sha256] for sha256 in dict.fromkeys(each.sha256 for each in looked)]
    return KeptFiles(tuple(KeptRow(each.sha256, each.file_name, each.kind.value) for each in kept), tuple(wrongs))


def look_at(file: Incoming) -> EvidenceKind | ParseError:
    """The kind of a file, or why it is not kept."""
    if len(file.data) > MAX_BYTES:
        return ParseError(TOO_LARGE.format(name=quoted(file.name).strip() or "?", most=MAX_MEGABYTES))
    return evidence_kind(file.data, file.name)
