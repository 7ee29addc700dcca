"""The parts of a package, read piece by piece before anything is built of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

PIECE: Final = 1024 * 1024


class RootReached(Exception):
    """The prolog of a document is over."""


class DocumentTypeFound(Exception):
    """A document declares a type."""


def pieces_of(package: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """A part piece by piece; to ask for all of it would unpack first and compare with the directory then."""
    with package.open(entry) as part:
        yield from iter(lambda: part.read(PIECE), b"")


class PartSummary:
    """What is known of a part once all its pieces were read.

    Attributes:
        tags: how many there seem to be.
        has_type: whether it declares a document type, in whatever encoding.
        is_one: whether it begins as a document does, in an encoding that is read; a picture does not.
    """

    def __init__(self) -> None:
        self.tags = 0
        self.has_type, self.is_one, self.in_prolog = False, True, True
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = found_document_type
        self.parser.StartElementHandler = reached_root

    def read(self, piece: bytes) -> None:
        """Read a piece."""
        self.tags += piece.count(b"<")
        if self.in_prolog:
            self.look(piece)

    def close(self) -> None:
        """There are no more pieces."""
        if self.in_prolog:
            self.look(b"")
            self.is_one = self.is_one and not self.in_prolog

    def look(self, piece: bytes) -> None:
        """Read on to the first tag."""
        try:
            self.parser.Parse(piece)
        except RootReached:
            self.in_prolog = False
        except DocumentTypeFound:
            self.in_prolog, self.has_type = False, True
        except (expat.ExpatError, LookupError, ValueError):
            self.in_prolog = self.is_one = False


def document_in(pieces: Iterator[bytes]) -> PartSummary:
    """What is known of a part."""
    document = PartSummary()
    for piece in pieces:
        document.read(piece)
    document.close()
    return document


def found_document_type(*told: object) -> None:
    """Stop at a document type."""
    raise DocumentTypeFound


def reached_root(*told: object) -> None:
    """Stop at the first tag."""
    raise RootReached


def attributes_in(data: bytes) -> list[dict[str, str]]:
    """The attributes of every tag of a document."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append(attributes)
    parser.Parse(data, True)
    return found
