"""Files of released results that were asked for: made once by a job, kept for a while, then made again if asked for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Numbered


class Download(Numbered, Base):
    """A file that somebody asked for; `content` names all that its bytes depend on, so that each is made once.

    `sha256`, `size` and `made_at` are None until it is made; `edition` is 0 where the result is not sealed.
    """

    __tablename__ = "download"
    __table_args__ = (Index(None, "cycle_id"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    edition: Mapped[int]
    product: Mapped[str]
    language: Mapped[str]
    content: Mapped[str] = mapped_column(unique=True)
    job: Mapped[int | None]
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("upload.sha256"))
    size: Mapped[int | None]
    made_at: Mapped[datetime | None]
