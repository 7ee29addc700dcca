"""Versions of a year's rule sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from assess.store.models import Account, SheetVersion
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class SheetVersionRow:
    """One version as pages list it; who loaded and published it by name, None for the operator."""

    id: int
    number: int
    digest: str
    upload: str | None
    file_name: str
    reason: str | None
    loaded_by: str | None
    loaded_at: datetime
    published_by: str | None
    published_at: datetime | None

    @property
    def is_published(self) -> bool:
        """Whether it is frozen."""
        return self.published_at is not None


def sheet_rows(session: Session, cycle: int) -> list[SheetVersionRow]:
    """All versions without their content, newest first (1 query)."""
    loader, publisher = aliased(Account), aliased(Account)
    query = (
        select_records(SheetVersionRow, SheetVersion, loaded_by=loader.name, published_by=publisher.name)
        .outerjoin(loader, loader.id == SheetVersion.loaded_by)
        .outerjoin(publisher, publisher.id == SheetVersion.published_by)
        .where(SheetVersion.cycle_id == cycle)
        .order_by(SheetVersion.number.desc())
    )
    return list(session.scalars(query))


def sheet_version(session: Session, cycle: int, number: int) -> SheetVersion | None:
    """One version with its content (1 query)."""
    query = select(SheetVersion).where(SheetVersion.cycle_id == cycle, SheetVersion.number == number)
    return session.scalars(query).one_or_none()
