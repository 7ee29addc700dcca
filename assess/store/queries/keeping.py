"""All that an instance keeps, to be checked as a whole: files, rule sheets, years, and what the log says of seals."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from assess.store.base import Json
from assess.store.models import AuditEntry, Cycle, Seal, SheetVersion, Upload
from assess.store.queries.audit import newest_of
from assess.store.session import Session


class SealKept(NamedTuple):
    """What else is kept of an edition: the certificates of its key, and what the log noted of it."""

    certificates: str
    noted: Json


def seal_kept(session: Session, *, cycle: int, edition: int, year: int) -> SealKept:
    """What else is kept of an edition (2 queries)."""
    certificates = session.scalars(
        select(Seal.certificates).where(Seal.cycle_id == cycle, Seal.edition == edition)
    ).one()
    noted = newest_of(session, subject=f"seal:{year}/{edition}", actions=("sealed",))
    return SealKept(certificates, {} if noted is None else noted.new or {})


def has_digest(session: Session, *, digest: str) -> bool:
    """Whether an entry of the log has a digest (1 query)."""
    return session.scalar(select(func.count()).where(AuditEntry.digest == digest)) != 0


def years_kept(session: Session) -> list[tuple[int, int]]:
    """Every year by its row, the first one first (1 query)."""
    return [(row.id, row.year) for row in session.execute(select(Cycle.id, Cycle.year).order_by(Cycle.year))]


def files_kept(session: Session) -> list[tuple[str, str]]:
    """Every kept file by SHA-256, with the name that it came with (1 query)."""
    query = select(Upload.sha256, Upload.first_name).order_by(Upload.sha256)
    return [(row.sha256, row.first_name) for row in session.execute(query)]


def sheets_kept(session: Session) -> list[tuple[int, int, str, Json]]:
    """Every version of every rule sheet: year, number, digest and tree (1 query)."""
    columns = (Cycle.year, SheetVersion.number, SheetVersion.digest, SheetVersion.tree)
    query = select(*columns).join(Cycle, Cycle.id == SheetVersion.cycle_id)
    return [(*row,) for row in session.execute(query.order_by(Cycle.year, SheetVersion.number))]
