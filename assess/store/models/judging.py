"""What people decide of values: certifying what units reported, and the points of a panel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Numbered


class ValueEvent(Numbered, Base):
    """One step of a reported value: certified, corrected or returned, and by whom."""

    __tablename__ = "value_event"

    value_id: Mapped[int] = mapped_column(ForeignKey("value.id"), index=True)
    act: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    done_by: Mapped[int]
    done_at: Mapped[datetime]


class Panellist(Numbered, Base):
    """A member of the panel that judges a figure in a year, until `left_at`."""

    __tablename__ = "panellist"
    __table_args__ = (
        Index(
            "uq_panellist_sitting", "cycle_id", "figure", "account_id", unique=True,
            sqlite_where=text("left_at IS NULL"), postgresql_where=text("left_at IS NULL"),
        ),
    )  # fmt: skip

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    figure: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    named_by: Mapped[int]
    named_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Mark(Numbered, Base):
    """The points that a panel member gives a unit for a figure and period, with the reason; a newer mark supersedes."""

    __tablename__ = "mark"
    __table_args__ = (
        Index(
            "uq_mark_current", "cycle_id", "figure", "unit", "period", "account_id", unique=True,
            sqlite_where=text("superseded_at IS NULL"), postgresql_where=text("superseded_at IS NULL"),
        ),
    )  # fmt: skip

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    figure: Mapped[str]
    unit: Mapped[str]
    period: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    millionths: Mapped[int | None]
    reason: Mapped[str]
    given_at: Mapped[datetime]
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("mark.id"))
    superseded_at: Mapped[datetime | None]
