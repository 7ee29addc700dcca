"""The officials' forms: drafts by section, answers as typed, submissions and what became of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Json, Numbered, Versioned


class Draft(Numbered, Versioned, Base):
    """One section of a unit's form as it was saved last; who saves an older version is told so."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("cycle_id", "unit", "section"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    section: Mapped[str]
    saved_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[datetime]


class Answer(Numbered, Base):
    """What stands in a draft for one figure and period; `remark` is a note to whoever certifies it.

    `typed_by` is the official who typed what stands there; a correction by the department leaves it as it is.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("draft_id", "figure", "period"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    figure: Mapped[str]
    period: Mapped[str]
    text: Mapped[str]
    remark: Mapped[str] = mapped_column(default="")
    typed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Submission(Numbered, Versioned, Base):
    """A unit's form of a year: draft, submitted, returned or certified.

    `times` counts how often it was submitted; `receipt` is the number of the last receipt.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("cycle_id", "unit"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    times: Mapped[int] = mapped_column(default=0)
    receipt: Mapped[str | None] = mapped_column(unique=True)
    leader: Mapped[str | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]
    returned_reason: Mapped[str | None]
    signed_copy: Mapped[str | None]
    """The SHA-256 of the scan of the signed and sealed form."""


class SubmissionEvent(Numbered, Base):
    """One step of a submission: submitted, returned, withdrawn or certified.

    `answers` holds `answers` by field and `remarks` by figure as they were submitted, or the `figures` sent back.
    """

    __tablename__ = "submission_event"
    __table_args__ = (Index(None, "submission_id"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    act: Mapped[str]
    reason: Mapped[str | None]
    receipt: Mapped[str | None]
    leader: Mapped[str | None]
    answers: Mapped[Json | None]
    done_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    done_at: Mapped[datetime]


class Reminder(Numbered, Base):
    """The office reminded a unit of what is due."""

    __tablename__ = "reminder"
    __table_args__ = (Index(None, "cycle_id", "unit"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    words: Mapped[str]
    sent_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime]
