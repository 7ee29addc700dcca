"""The interim ranking of each month: on which day it is made, and which order made it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Numbered


class MonthDay(Numbered, Base):
    """On which day of each month an interim ranking is made, as the office set it; None for never; the newest holds."""

    __tablename__ = "month_day"
    __table_args__ = (Index(None, "cycle_id"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    day: Mapped[int | None]
    set_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime]


class MonthOrder(Numbered, Base):
    """The interim ranking that was asked for by itself in a month, as in 2026-03: one a month and year."""

    __tablename__ = "month_order"
    __table_args__ = (UniqueConstraint("cycle_id", "month"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    month: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("run_order.id"))
