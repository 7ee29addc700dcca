"""Work done after the answer: the queue of jobs, and the mails that some of them send."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Json, Numbered


class Job(Numbered, Base):
    """One piece of work: waiting, running under a lease, done, or failed for good.

    `arguments` are numbers of rows, never contents; `attempts` counts every time a worker took the job, so a worker
    and its attempt name one claim. `message` is what the office reads, in both languages; `error` is for the operator.
    """

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "run_after"),)

    kind: Mapped[str]
    arguments: Mapped[Json]
    asked_by: Mapped[int]
    asked_at: Mapped[datetime]
    run_after: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    steps_done: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    message: Mapped[Json | None] = mapped_column("told")
    error: Mapped[str | None]
    finished_at: Mapped[datetime | None]


class Mail(Numbered, Base):
    """One mail to one person, in their language, under the Message-ID it always bears."""

    __tablename__ = "mail"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    subject: Mapped[str]
    words: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
