"""The audit log as it stands: entries in the order of the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError

from assess.store.base import Json
from assess.store.models import AuditEntry
from assess.store.session import Session

AT_ONCE: Final = 500
"""Entries that are read together."""


@dataclass(frozen=True)
class EntryRow:
    """An entry as it is kept."""

    number: int
    at: datetime
    account_id: int
    actor: str
    subject: str
    action: str
    old: Json | None
    new: Json | None
    before: str
    digest: str


class Unreadable(Exception):
    """An entry holds what no entry can hold; says which, and what could be read before it."""

    def __init__(self, number: int, rows: list[EntryRow]) -> None:
        super().__init__(number)
        self.number = number
        self.rows = rows


def entries() -> Select[int, datetime, int, str, str, str, Json | None, Json | None, str, str]:
    """What is kept of entries."""
    return select(
        AuditEntry.number,
        AuditEntry.at,
        AuditEntry.account_id,
        AuditEntry.actor,
        AuditEntry.subject,
        AuditEntry.action,
        AuditEntry.old,
        AuditEntry.new,
        AuditEntry.before,
        AuditEntry.digest,
    )


def next_entries(session: Session, *, after: int | None, most: int = AT_ONCE) -> list[EntryRow]:
    """The entries that follow on a number, in the order of the chain; the first ones where none is given (1 query).

    Raises:
        Unreadable: one of them holds what the columns cannot hold.
    """
    query = entries().order_by(AuditEntry.number).limit(most)
    try:
        return rows_of(session, query if after is None else query.where(AuditEntry.number > after))
    except (SQLAlchemyError, ValueError, TypeError, AttributeError):
        session.rollback()
        return one_by_one(session, after, most)


def one_by_one(session: Session, after: int | None, most: int) -> list[EntryRow]:
    """The same entries, each read for itself, to learn which one cannot be read."""
    numbers = select(AuditEntry.number).order_by(AuditEntry.number).limit(most)
    rows: list[EntryRow] = []
    for number in list(session.scalars(numbers if after is None else numbers.where(AuditEntry.number > after))):
        try:
            rows += rows_of(session, entries().where(AuditEntry.number == number).order_by(AuditEntry.number))
        except (SQLAlchemyError, ValueError, TypeError, AttributeError):
            session.rollback()
            raise Unreadable(number, rows) from None
    return rows


def rows_of(
    session: Session, query: Select[int, datetime, int, str, str, str, Json | None, Json | None, str, str]
) -> list[EntryRow]:
    """The entries that a query finds."""
    return [EntryRow(*row) for row in session.execute(query)]


def newest_number(session: Session) -> int:
    """The number of the newest entry, 0 where there is none (1 query)."""
    return session.scalar(select(AuditEntry.number).order_by(AuditEntry.number.desc()).limit(1)) or 0
