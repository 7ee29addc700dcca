"""Tokens given by the office, and what a system sends with one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assess.core.actors import Actor
from assess.services import tokens
from assess.services.documents import UploadedFile
from assess.services.tokens import SentPage
from assess.services.tokens.giving import IssuedToken
from assess.services.tokens.sending import ReceivedFile
from assess.store.session import Database
from tests.services.imports import DEPARTMENT, the_cycle
from tests.years import CHAOWAI, NOW, person

ENDS = date(2027, 1, 31)
SENT = {
    "values": [
        {"unit": "建外街道", "figure": "sewage_rate", "value": "95.5"},
        {"unit": "建外街道", "figure": "water_quota", "value": 800},
        {"unit": CHAOWAI, "figure": "sewage_rate", "value": "96%", "remark": "复核"},
    ]
}
"""The same as `tests.services.imports.FIRST`, as a system sends it."""


@dataclass(frozen=True)
class Sender:
    """A system at work: it comes with a token, and files lie in a folder."""

    database: Database
    folder: Path
    secret: str

    @property
    def actor(self) -> Actor:
        """In whose name it sends."""
        return bearer(self.database, self.secret)

    def send(self, document: Any = SENT, now: datetime = NOW) -> ReceivedFile:
        """Send a document: one that is none as JSON."""
        with self.database.writing() as session:
            made = document if isinstance(document, UploadedFile) else as_json(document)
            about = {"cycle": the_cycle(session), "department": DEPARTMENT, "folder": self.folder, "now": now}
            return tokens.send_evidence(session, self.actor, document=made, **about)

    def page(self, row: int) -> SentPage:
        """What became of it."""
        with self.database.reading() as session:
            return tokens.sent_page(session, self.actor, cycle=the_cycle(session), row=row, now=NOW)

    def accept(self, row: int, now: datetime = NOW) -> None:
        """Ask for it to be accepted as it is seen now."""
        seen = self.page(row).page.row.version
        with self.database.writing() as session:
            tokens.accept_sent(session, self.actor, cycle=the_cycle(session), row=row, seen=seen, now=now)


def as_json(document: Any, name: str = "sent.json") -> UploadedFile:
    """A document as a system sends it."""
    return UploadedFile(name, json.dumps(document, ensure_ascii=False).encode())


def give(database: Database, **options: Any) -> IssuedToken:
    """A token that the office gives; of the water bureau's evaluator unless options say otherwise."""
    about: dict[str, Any] = {"department": DEPARTMENT, "name": "水务监测平台", "ends": ENDS, "now": NOW, **options}
    about.setdefault("holder", person(database, "evaluator").account)
    with database.writing() as session:
        return tokens.give_token(session, person(database, about.pop("by", "office")), **about)


def withdraw(database: Database, row: int, by: str = "office") -> None:
    """Withdraw a token."""
    with database.writing() as session:
        tokens.withdraw_token(session, person(database, by), row=row, now=NOW)


def bearer(database: Database, secret: str, now: datetime = NOW) -> Actor:
    """Who comes with a token that is in force."""
    found = looked_up(database, secret, now)
    assert found is not None
    return found


def looked_up(database: Database, secret: str, now: datetime = NOW) -> Actor | None:
    """Who comes with a token; None where it opens nothing."""
    with database.reading() as session:
        found = tokens.bearer_with(session, secret=secret, now=now)
        return None if found is None else found.actor


def a_sender(database: Database, folder: Path) -> Sender:
    """A system of the water bureau with a token of its own."""
    return Sender(database, folder, give(database).secret)
