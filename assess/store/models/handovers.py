"""Hand-overs of sealed results, their files, and who acknowledged them; none is ever changed, only corrected anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import AppendOnly, Base, Numbered


class HandedOver(Numbered, AppendOnly, Base):
    """One hand-over of a sealed edition; `number` counts those of a year from 1, all but the first are corrections."""

    __tablename__ = "handover"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    handed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    handed_at: Mapped[datetime]


class HandoverFile(Numbered, AppendOnly, Base):
    """A file of a hand-over; `language` is empty for those that programs read."""

    __tablename__ = "handover_file"
    __table_args__ = (UniqueConstraint("handover_id", "kind", "language"),)

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    kind: Mapped[str]
    language: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    size: Mapped[int]


class HandoverReceipt(Numbered, AppendOnly, Base):
    """Somebody acknowledged a hand-over; `number` counts the receipts of one hand-over."""

    __tablename__ = "handover_receipt"
    __table_args__ = (UniqueConstraint("handover_id", "account_id"), UniqueConstraint("handover_id", "number"))

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    number: Mapped[int]
    at: Mapped[datetime]
