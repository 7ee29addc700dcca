"""What departments said the headings of their files stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from assess.store.models import Account, RememberedHeading
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class HeadingRow:
    """A remembered heading as pages show it; `figure` is "" where its column is not read, `made_by` a name."""

    id: int
    heading: str
    figure: str
    made_by: str
    made_at: datetime


def remembered_in(session: Session, *, department: str) -> dict[str, str]:
    """What a department said headings stand for, by their keys (1 query)."""
    found = select(RememberedHeading.key, RememberedHeading.figure).where(RememberedHeading.department == department)
    return {row.key: row.figure for row in session.execute(found)}


def remembered_headings(session: Session, *, department: str) -> list[HeadingRow]:
    """The remembered headings of a department by their texts (1 query)."""
    rows = (
        select_records(HeadingRow, RememberedHeading, made_by=func.coalesce(Account.name, ""))
        .outerjoin(Account, Account.id == RememberedHeading.made_by)
        .where(RememberedHeading.department == department)
        .order_by(RememberedHeading.heading, RememberedHeading.id)
    )
    return list(session.scalars(rows))
