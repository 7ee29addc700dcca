"""Files that prove figures: kept once by SHA-256, attached as often as they serve."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Numbered


class Upload(Base):
    """A kept file: `kind` is what its content is, `size` its bytes."""

    __tablename__ = "upload"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    kind: Mapped[str]
    first_name: Mapped[str]
    kept_by: Mapped[int]
    kept_at: Mapped[datetime]


class UploadOwner(Numbered, Base):
    """A person handed in the bytes of a file, under a name of theirs: so this person may attach it."""

    __tablename__ = "deposit"
    __table_args__ = (UniqueConstraint("upload", "account_id"),)

    upload: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    file_name: Mapped[str]
    kept_at: Mapped[datetime]


class Attachment(Numbered, Base):
    """A file attached to a subject: `figure:<id>` of the form, `task:<no>` of a report, `appeal:<no>`, `signed-form`.

    `note` says where to look: page, cell or photo.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "cycle_id", "unit"), Index(None, "upload"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    subject: Mapped[str]
    upload: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    file_name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    attached_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    attached_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None]
