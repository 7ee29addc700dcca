"""Reopenings: which unit or department may still report after the deadline, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select

from assess.store.models import Account, Reopening
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class ReopeningRow:
    """A reopening of a unit or of a department; `closed_at` where it was ended early."""

    id: int
    version: int
    unit: str | None
    department: str | None
    until: date
    reason: str
    opened_by: str
    opened_at: datetime
    closed_at: datetime | None

    def is_open(self, day: date) -> bool:
        """Whether it still holds on a day."""
        return self.closed_at is None and self.until >= day


def still_open(day: date) -> ColumnElement[bool]:
    """Whether a reopening holds on a day."""
    return and_(Reopening.closed_at.is_(None), Reopening.until >= day)


def reopenings(session: Session, cycle: int) -> list[ReopeningRow]:
    """All reopenings of a year, newest first (1 query)."""
    query = (
        select_records(ReopeningRow, Reopening, opened_by=func.coalesce(Account.name, ""))
        .outerjoin(Account, Account.id == Reopening.opened_by)
        .where(Reopening.cycle_id == cycle)
        .order_by(Reopening.id.desc())
    )
    return list(session.scalars(query))


def open_reopenings(session: Session, cycle: int, day: date) -> list[Reopening]:
    """The reopenings that hold on a day, oldest first (1 query)."""
    query = select(Reopening).where(Reopening.cycle_id == cycle, still_open(day))
    return list(session.scalars(query.order_by(Reopening.id)))


def reopening_at(session: Session, cycle: int, row: int) -> Reopening | None:
    """One reopening of a year, to be changed (1 query)."""
    return session.scalars(select(Reopening).where(Reopening.cycle_id == cycle, Reopening.id == row)).one_or_none()
