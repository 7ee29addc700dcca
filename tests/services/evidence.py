"""Evidence of a unit in the database: handed in, attached, looked at."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from assess.core.actors import Actor
from assess.services.evidence import (
    Attached,
    FigureEvidencePage,
    Incoming,
    KeptFiles,
    attach_to_figure,
    figure_page,
    keep_files,
    withdraw_from_figure,
)
from assess.store.session import Database
from tests.services.forms import year_2026
from tests.years import JIANWAI, NOW

FIGURE = "vocs_petrol"


def a_pdf(words: str = "proof") -> bytes:
    """A small whole PDF; other words, other content."""
    return f"%PDF-1.4\n% {words}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()


def sha(data: bytes) -> str:
    """What a file is kept under."""
    return hashlib.sha256(data).hexdigest()


def hand_in(
    database: Database, folder: Path, actor: Actor, *files: tuple[str, bytes], now: datetime = NOW
) -> KeptFiles:
    """Keep files in a transaction of its own."""
    with database.writing() as session:
        return keep_files(session, actor, folder=folder, files=[Incoming(name, data) for name, data in files], now=now)


def attach(
    database: Database,
    actor: Actor,
    *claims: str,
    figure: str = FIGURE,
    unit: str = JIANWAI,
    note: str = "",
    now: datetime = NOW,
) -> Attached:
    """Attach kept files to a figure in a transaction of its own."""
    with database.writing() as session:
        return attach_to_figure(
            session, actor, cycle=year_2026(session), unit=unit, figure=figure, claims=claims, note=note, now=now
        )


def page_of(
    database: Database, actor: Actor, *, figure: str = FIGURE, unit: str = JIANWAI, now: datetime = NOW
) -> FigureEvidencePage:
    """The evidence of a figure as a person finds it."""
    with database.reading() as session:
        return figure_page(session, actor, cycle=year_2026(session), unit=unit, figure=figure, now=now)


def withdraw(database: Database, actor: Actor, row: int, *, figure: str = FIGURE, now: datetime = NOW) -> str:
    """Take a file off a figure in a transaction of its own."""
    with database.writing() as session:
        return withdraw_from_figure(
            session, actor, cycle=year_2026(session), unit=JIANWAI, figure=figure, row=row, now=now
        )
