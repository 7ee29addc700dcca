"""Seals: which run is the final result, and every document that was made of it; nothing is ever changed, only replaced.

What a seal says stands in three tables: what was asked for, the seal itself, and its documents. The last two are
written together when all documents are signed and on the disk, so that there is no half of an edition.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import AppendOnly, Base, Numbered


class SealOrder(Numbered, Base):
    """Somebody asked for a seal; what its documents print is fixed here, so that who does the job twice does the same.

    `chance` are random bytes in hexadecimal, of which check codes are made; `log_head` is the digest of the last entry
    of the audit log before; `address` is where the service is reached; `replaces` the edition that this one replaces;
    `unissued` is why it is sealed although the rule sheet is not issued.
    """

    __tablename__ = "seal_order"
    __table_args__ = (Index(None, "cycle_id"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    edition: Mapped[int]
    replaces: Mapped[int | None]
    reason: Mapped[str]
    unissued: Mapped[str | None]
    chance: Mapped[str]
    log_head: Mapped[str]
    address: Mapped[str]
    job: Mapped[int | None]
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]


class Seal(Numbered, AppendOnly, Base):
    """One sealed edition of the results of a year; `certificates` are those of its key, as PEM.

    The time on the documents is that of the order; `kept_at` is when all of them were there.
    """

    __tablename__ = "seal"
    __table_args__ = (UniqueConstraint("cycle_id", "edition"), UniqueConstraint("order_id"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    edition: Mapped[int]
    order_id: Mapped[int] = mapped_column(ForeignKey("seal_order.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    certificates: Mapped[str]
    kept_at: Mapped[datetime]


class SealedDocument(Numbered, AppendOnly, Base):
    """One sealed file: the card of a unit, or the ranked book, in one language; `unit` is empty for a book."""

    __tablename__ = "sealed_document"
    __table_args__ = (UniqueConstraint("seal_id", "kind", "unit", "language"), Index(None, "sha256"))

    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    kind: Mapped[str]
    unit: Mapped[str]
    language: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    size: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)


class CheckLook(Numbered, Base):
    """One look at the check page that found nothing, or that sent a file; so many from one address are borne."""

    __tablename__ = "check_look"
    __table_args__ = (Index(None, "address", "at"),)

    address: Mapped[str]
    at: Mapped[datetime]
