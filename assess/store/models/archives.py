"""Archives of years: who asked for one, and the file that was made; nothing of either is ever changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import AppendOnly, Base, Numbered


class ArchiveOrder(Numbered, Base):
    """Somebody asked for the archive of a year; `number` counts those of the year from 1.

    `log_last` is the last entry of the audit log that goes into it and `log_head` its digest, so that whoever does the
    job again makes the same file.
    """

    __tablename__ = "archive_order"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    log_last: Mapped[int]
    log_head: Mapped[str]
    job: Mapped[int | None]
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]


class Archive(Numbered, AppendOnly, Base):
    """The archive that was made of an order: one kept file with so many members."""

    __tablename__ = "archive"
    __table_args__ = (UniqueConstraint("order_id"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("archive_order.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    size: Mapped[int]
    members: Mapped[int]
    kept_at: Mapped[datetime]
