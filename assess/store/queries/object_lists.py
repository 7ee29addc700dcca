"""Versions of a year's list of objects, and the objects that have values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assess.store.models import Account, ObjectListVersion, Value
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class ObjectListRow:
    """One version as pages list it; who loaded it by name, None for the operator."""

    number: int
    digest: str
    file_name: str
    reason: str | None
    loaded_by: str | None
    loaded_at: datetime


def object_list_rows(session: Session, cycle: int) -> list[ObjectListRow]:
    """All versions without their content, newest first (1 query)."""
    query = (
        select_records(ObjectListRow, ObjectListVersion, loaded_by=Account.name)
        .outerjoin(Account, Account.id == ObjectListVersion.loaded_by)
        .where(ObjectListVersion.cycle_id == cycle)
        .order_by(ObjectListVersion.number.desc())
    )
    return list(session.scalars(query))


def parts_with_values(session: Session, cycle: int) -> list[str]:
    """The parts of objects of which a year has values (1 query)."""
    query = select(Value.period).where(Value.cycle_id == cycle, Value.superseded_at.is_(None))
    return list(session.scalars(query.where(Value.period.contains(" ")).distinct().order_by(Value.period)))
