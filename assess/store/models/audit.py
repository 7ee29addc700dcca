"""The audit log: one entry an act, each with the digest of the entry before; never changed, never deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import AppendOnly, Base, Json


class AuditEntry(AppendOnly, Base):
    """Who did what to which subject, when, with the old and the new value.

    `number` counts from 1 without gaps; `before` is the digest of the entry before, empty for the first.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "subject", "action", "account_id", "at", "number"),
        Index(None, "account_id", "action", "subject", "at", "number"),
        Index(None, "action", "subject", "at", "number"),
        Index(None, "at", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[int]
    actor: Mapped[str]
    subject: Mapped[str]
    action: Mapped[str]
    old: Mapped[Json | None]
    new: Mapped[Json | None]
    before: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
