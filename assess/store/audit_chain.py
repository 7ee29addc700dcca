"""The chain of audit entries: numbered without gaps, each bearing the digest of the one before."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from assess.core.audit.chain import digest_of
from assess.store.models.audit import AuditEntry

__all__ = ["WAITING", "add_audit_entry", "chain_audit_entries", "digest_of"]

WAITING: Final = "audit entries of this transaction"
ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(7461822)")
"""Held to the end of the transaction: entries are chained in the order in which they are committed."""


def add_audit_entry(session: Session, entry: AuditEntry) -> None:
    """Keep an entry for the end of the transaction, when it gets its number and digest."""
    session.info.setdefault(WAITING, []).append(entry)


def chain_audit_entries(session: Session) -> None:
    """Number and chain what this transaction did; the lock is taken last and held shortly."""
    waiting: list[AuditEntry] = session.info.pop(WAITING, [])
    if not waiting:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(ONE_AT_A_TIME)
    newest = select(AuditEntry.number, AuditEntry.digest).order_by(AuditEntry.number.desc()).limit(1)
    number, before = session.execute(newest).first() or (0, "")
    for entry in waiting:
        number += 1
        entry.number, entry.before = number, before
        before = entry.digest = digest_of(entry)
        session.add(entry)
    session.flush()
