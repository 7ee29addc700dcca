"""An edition that is to be sealed, and its documents once they are: plain data."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess.core.calendar import BEIJING
from assess.core.scorecard.content import Sealing
from assess.core.seals import DocumentKind
from assess.core.text import Language
from assess.store.queries.runs import RunRow


class Order(NamedTuple):
    """What was asked for."""

    year: int
    edition: int
    replaces: int | None
    reason: str
    chance: bytes
    log_head: str
    address: str
    at: datetime
    run: RunRow

    @property
    def sealing(self) -> Sealing:
        """What the documents say of their seal."""
        at = f"{self.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        return Sealing(self.edition, at, self.run.number, self.log_head, self.replaces, self.reason)


class Document(NamedTuple):
    """A document that is sealed and on the disk."""

    kind: DocumentKind
    unit: str
    language: Language
    sha256: str
    size: int
    code: str


class Made(NamedTuple):
    """All documents of an edition, and the certificates of the key that sealed them."""

    documents: tuple[Document, ...]
    certificates: str
