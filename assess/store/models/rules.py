"""Versions of a cycle's rule sheet: a draft until it is published, then frozen under its digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Json, Numbered


class SheetVersion(Numbered, Base):
    """One version; `tree` is the sheet as an author would write it, `upload` the file it came in (SHA-256).

    `number` counts the versions of the cycle from 1; a published one is never changed, only superseded.
    """

    __tablename__ = "sheet_version"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    digest: Mapped[str]
    tree: Mapped[Json]
    upload: Mapped[str | None]
    file_name: Mapped[str]
    reason: Mapped[str | None]
    loaded_by: Mapped[int]
    loaded_at: Mapped[datetime]
    published_by: Mapped[int | None]
    published_at: Mapped[datetime | None]
