"""The manifest of an archive: what is in it and how its parts belong together, as plain JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from types import UnionType
from typing import Any, Final, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from assess.core.text import Text

FORMAT: Final = "assess-year-archive/1"


class CheckOutcome(NamedTuple):
    """One thing that was checked, and all that is wrong with it."""

    what: Text
    wrong: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A member of the archive and its SHA-256."""

    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SealedPaper:
    """A sealed document: a card or the book."""

    file: File
    kind: str
    unit: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class ArchivedEdition:
    """A sealed edition; `certificates` is the member that holds those of its key."""

    edition: int
    run: int
    sealed_at: str
    replaces: int | None
    reason: str
    log_head: str
    certificates: str
    documents: tuple[SealedPaper, ...]


@dataclass(frozen=True, slots=True)
class ArchivedRun:
    """A run that was released or sealed."""

    number: int
    kind: str
    day: str
    made_at: str
    rule_digest: str
    inputs_digest: str
    engine: str
    inputs: File
    results: File
    table: File


@dataclass(frozen=True, slots=True)
class ArchivedLog:
    """The part of the audit log that the year lies in: `before` is the digest of the entry before the first."""

    file: File
    first: int
    last: int
    before: str
    head: str


@dataclass(frozen=True, slots=True)
class ArchivedSource:
    """A file that figures of the newest edition came from; `file` is None where it was left out or is gone."""

    name: str
    sha256: str
    file: File | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A hand-over of the result, with its files."""

    number: int
    edition: int
    handed_at: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of it: what was sealed, what it stands on, what was handed over, and the list of digests."""

    format: str
    year: int
    number: int
    title: dict[str, str]
    demonstration: bool
    engine: str
    made_at: str
    editions: tuple[ArchivedEdition, ...]
    runs: tuple[ArchivedRun, ...]
    rules: File
    rules_book: File
    log: ArchivedLog
    evidence: tuple[ArchivedSource, ...]
    deliveries: tuple[Delivery, ...]
    hashes: File

    def as_json(self) -> bytes:
        """The one way to write it."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @property
    def newest(self) -> ArchivedEdition:
        """The edition that counts."""
        return max(self.editions, key=lambda each: each.edition)

    def run(self, number: int) -> ArchivedRun | None:
        """A run by its number."""
        return next((each for each in self.runs if each.number == number), None)


Read = TypeVar("Read")


def read_manifest(data: bytes) -> Manifest:
    """The manifest that a file holds.

    Raises:
        ValueError: it is none, or not of this format.
    """
    try:
        tree = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise ValueError("no manifest of this format")
    manifest: Manifest = typed(Manifest, tree)
    if not manifest.editions or any(manifest.run(each.run) is None for each in manifest.editions):
        raise ValueError("editions without their run")
    return manifest


def typed(wanted: Any, tree: Any) -> Any:
    """A value of a kind, from plain JSON.

    Raises:
        ValueError: it is of another kind.
    """
    if is_dataclass(wanted):
        return record(wanted, tree)
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is UnionType:
        return None if tree is None else typed(inner[0], tree)
    if origin is tuple:
        return tuple(typed(inner[0], each) for each in typed(list, tree))
    if origin is dict:
        return {typed(str, name): typed(str, text) for name, text in typed(dict, tree).items()}
    if type(tree) is not wanted:
        raise ValueError(f"{wanted} expected")
    return tree


def record(wanted: Any, tree: Any) -> Any:
    """A record with exactly its keys."""
    hints, names = get_type_hints(wanted), [each.name for each in fields(wanted)]
    if not isinstance(tree, dict) or sorted(tree) != sorted(names):
        raise ValueError(f"other keys than {names}")
    return wanted(**{name: typed(hints[name], tree[name]) for name in names})
