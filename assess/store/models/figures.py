"""Figures: appended with their source, never changed; a newer value of the same figure supersedes an older one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Json, Numbered


class Batch(Numbered, Base):
    """What brought figures in: a submitted form, an uploaded file, a correction, a panel; `kind` says which.

    `cycle_year` of last year's figures is the year they are of; `upload` is the SHA-256 of the file.
    """

    __tablename__ = "batch"
    __table_args__ = (Index(None, "cycle_id", "kind"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    kind: Mapped[str]
    upload: Mapped[str | None]
    file_name: Mapped[str | None]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    facts: Mapped[Json]
    made_by: Mapped[int]
    made_at: Mapped[datetime]


class Value(Numbered, Base):
    """One value of one figure of one unit in one period: millionths, or the word of a choice; neither where withdrawn.

    Yes is 1 000 000, no 0. `place` is the line or cell of the batch's file, as in 数据!B2. `year` is the year the value
    is of: the cycle's own, or the one before. `remark` is what whoever supplied it wrote beside it, `explanation` why
    it is right though it looks wrong. `supersedes` names the value it came after; of those only one counts.
    """

    __tablename__ = "value"
    __table_args__ = (
        CheckConstraint("millionths IS NULL OR word IS NULL", name="one_value"),
        Index(
            "uq_value_current",
            "cycle_id",
            "year",
            "unit",
            "figure",
            "period",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(None, "batch_id", "unit", "figure", "period"),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    year: Mapped[int]
    unit: Mapped[str]
    figure: Mapped[str]
    period: Mapped[str]
    millionths: Mapped[int | None]
    word: Mapped[str | None]
    state: Mapped[str]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    place: Mapped[str | None]
    remark: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str] = mapped_column(default="")
    entered_by: Mapped[int]
    entered_at: Mapped[datetime]
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("value.id"))
    superseded_at: Mapped[datetime | None]
