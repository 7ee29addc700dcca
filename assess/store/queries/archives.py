"""Archives of years, and what goes into one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Select, func, select

from assess.store.models import (
    Account,
    Appeal,
    Archive,
    ArchiveOrder,
    AuditEntry,
    Finding,
    FindingEvent,
    Job,
    Release,
    Seal,
)
from assess.store.queries.appeals import AppealRow, appeals
from assess.store.queries.audit import of_year
from assess.store.queries.findings import FindingRow, finding_rows
from assess.store.queries.jobs import JobStatus, job_status
from assess.store.records import select_records
from assess.store.session import Session

AT_ONCE: Final = 500


class ArchiveRow(NamedTuple):
    """An archive of a year as pages show it."""

    number: int
    asker: str
    asked_at: datetime
    sha256: str
    size: int
    members: int


class ArchiveOrderRow(NamedTuple):
    """An archive that was asked for and is not made, and how its job stands (None: forgotten)."""

    number: int
    asker: str
    asked_at: datetime
    job: JobStatus | None


class HistoryRow(NamedTuple):
    """An entry of the history of a finding, as the archive tells it."""

    row: int
    number: int
    step: str
    day: date
    who: str
    deadline: date | None
    reason: str


def archives(cycle: int) -> Select[ArchiveRow]:
    """The archives of a year with who asked for them."""
    return (
        select_records(ArchiveRow, ArchiveOrder, Archive, asker=Account.name)
        .join(Archive, Archive.order_id == ArchiveOrder.id)
        .join(Account, Account.id == ArchiveOrder.asked_by)
        .where(ArchiveOrder.cycle_id == cycle)
    )


def archives_of(session: Session, *, cycle: int, most: int) -> list[ArchiveRow]:
    """The archives of a year, newest first (1 query)."""
    return list(session.scalars(archives(cycle).order_by(ArchiveOrder.number.desc()).limit(most)))


def archive_numbered(session: Session, *, cycle: int, number: int) -> ArchiveRow | None:
    """One archive of a year (1 query)."""
    return session.scalars(archives(cycle).where(ArchiveOrder.number == number)).one_or_none()


def archive_orders_open(session: Session, *, cycle: int) -> list[ArchiveOrderRow]:
    """The archives that were asked for and are not made, newest first (1 query)."""
    query = (
        select_records(ArchiveOrderRow, ArchiveOrder, asker=Account.name, job=job_status())
        .join(Account, Account.id == ArchiveOrder.asked_by)
        .outerjoin(Job, Job.id == ArchiveOrder.job)
        .outerjoin(Archive, Archive.order_id == ArchiveOrder.id)
        .where(ArchiveOrder.cycle_id == cycle, Archive.id.is_(None))
        .order_by(ArchiveOrder.number.desc())
        .limit(1)
    )
    return list(session.scalars(query))


def newest_order(session: Session, *, cycle: int) -> int:
    """The number of the archive that was asked for last in a year, 0 where none was (1 query)."""
    return session.scalar(select(func.max(ArchiveOrder.number)).where(ArchiveOrder.cycle_id == cycle)) or 0


def first_entry_of_year(session: Session, *, year: int, to: int) -> int:
    """The first entry of the log on a subject of a year, up to an entry; that one where there is none (1 query)."""
    query = select(func.min(AuditEntry.number)).where(of_year(AuditEntry.subject.expression, year))
    return session.scalar(query.where(AuditEntry.number <= to)) or to


def runs_that_counted(session: Session, *, cycle: int) -> Collection[int]:
    """The runs of a year that were released or sealed, by their rows (1 query)."""
    released = select(Release.run_id).where(Release.cycle_id == cycle)
    sealed = select(Seal.run_id).where(Seal.cycle_id == cycle)
    return list(session.scalars(released.union(sealed)))


def certificates_of(session: Session, *, cycle: int) -> dict[int, str]:
    """The certificates of each edition of a year, as PEM (1 query)."""
    query = select(Seal.edition, Seal.certificates).where(Seal.cycle_id == cycle).order_by(Seal.edition)
    return {row.edition: row.certificates for row in session.execute(query)}


def findings_after(session: Session, *, cycle: int, after: int) -> list[FindingRow]:
    """The findings of a year that follow on a number (1 query)."""
    query = finding_rows().where(Finding.cycle_id == cycle, Finding.number > after)
    return list(session.scalars(query.order_by(Finding.number).limit(AT_ONCE)))


def histories_after(session: Session, *, cycle: int, after: int) -> list[HistoryRow]:
    """What was done about the findings of a year, in the order in which it was entered, after a row (1 query)."""
    query = (
        select_records(HistoryRow, FindingEvent, row=FindingEvent.id, number=Finding.number, who=Account.name)
        .join(Finding, Finding.id == FindingEvent.finding_id)
        .join(Account, Account.id == FindingEvent.done_by)
        .where(Finding.cycle_id == cycle, FindingEvent.id > after)
        .order_by(FindingEvent.id)
        .limit(AT_ONCE)
    )
    return list(session.scalars(query))


def appeals_made(session: Session, *, cycle: int) -> list[AppealRow]:
    """The appeals of a year with what became of each (1 query)."""
    return list(session.scalars(appeals(cycle).order_by(Appeal.number)))
