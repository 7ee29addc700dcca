"""Archives of years, and what goes into one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Select, func, select

from assess.core.appeals.states import AppealStep
from assess.core.jobs import JobState
from assess.core.text import Text
from assess.store.models import (
    Account,
    Appeal,
    AppealEvent,
    Archive,
    ArchiveOrder,
    AuditEntry,
    Finding,
    FindingEvent,
    Job,
    Release,
    Run,
    Seal,
)
from assess.store.queries.audit import of_year
from assess.store.queries.findings import FindingRow, finding_rows
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
    """An archive that was asked for and is not made, and how its job stands."""

    number: int
    asker: str
    asked_at: datetime
    job: int | None
    state: JobState | None
    done: int
    of: int
    message: Text | None


class HistoryRow(NamedTuple):
    """An entry of the history of a finding, as the archive tells it."""

    row: int
    number: int
    step: str
    day: date
    who: str
    deadline: date | None
    reason: str


def archives(cycle: int) -> Select[int, str, datetime, str, int, int]:
    """The archives of a year with who asked for them."""
    return (
        select(ArchiveOrder.number, Account.name, ArchiveOrder.asked_at, Archive.sha256, Archive.size, Archive.members)
        .join(Archive, Archive.order_id == ArchiveOrder.id)
        .join(Account, Account.id == ArchiveOrder.asked_by)
        .where(ArchiveOrder.cycle_id == cycle)
    )


def archives_of(session: Session, *, cycle: int, most: int) -> list[ArchiveRow]:
    """The archives of a year, newest first (1 query)."""
    query = archives(cycle).order_by(ArchiveOrder.number.desc()).limit(most)
    return [ArchiveRow(*row) for row in session.execute(query)]


def archive_numbered(session: Session, *, cycle: int, number: int) -> ArchiveRow | None:
    """One archive of a year (1 query)."""
    row = session.execute(archives(cycle).where(ArchiveOrder.number == number)).one_or_none()
    return None if row is None else ArchiveRow(*row)


def archive_orders_open(session: Session, *, cycle: int) -> list[ArchiveOrderRow]:
    """The archives that were asked for and are not made, newest first (1 query)."""
    query = (
        select(ArchiveOrder, Account.name, Job)
        .join(Account, Account.id == ArchiveOrder.asked_by)
        .outerjoin(Job, Job.id == ArchiveOrder.job)
        .outerjoin(Archive, Archive.order_id == ArchiveOrder.id)
        .where(ArchiveOrder.cycle_id == cycle, Archive.id.is_(None))
        .order_by(ArchiveOrder.number.desc())
        .limit(1)
    )
    return [order_row(*row) for row in session.execute(query)]


def order_row(order: ArchiveOrder, asker: str, job: Job | None) -> ArchiveOrderRow:
    """An archive that was asked for, as pages show it."""
    return ArchiveOrderRow(
        number=order.number, asker=asker, asked_at=order.asked_at, job=None if job is None else job.id,
        state=None if job is None else JobState(job.state),
        done=0 if job is None else job.steps_done, of=0 if job is None else job.steps,
        message=Text(**job.message) if job is not None and job.message else None,
    )  # fmt: skip


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
    columns = (FindingEvent.day, Account.name, FindingEvent.deadline, FindingEvent.reason)
    query = (
        select(FindingEvent.id, Finding.number, FindingEvent.step, *columns)
        .join(Finding, Finding.id == FindingEvent.finding_id)
        .join(Account, Account.id == FindingEvent.done_by)
        .where(Finding.cycle_id == cycle, FindingEvent.id > after)
        .order_by(FindingEvent.id)
        .limit(AT_ONCE)
    )
    return [HistoryRow(*row) for row in session.execute(query)]


class ArchivedAppealRow(NamedTuple):
    """An appeal with what became of it, as the archive tells it; `run` is the number of the run appealed against."""

    number: int
    unit: str
    item: str
    run: int
    what: str
    asked: str
    state: str
    lodged_at: datetime
    reason: str
    by: str
    at: datetime | None


def appeals_made(session: Session, *, cycle: int) -> list[ArchivedAppealRow]:
    """The appeals of a year with what became of each (1 query)."""
    about = (Appeal.number, Appeal.unit, Appeal.item, Run.number.label("run"), Appeal.what, Appeal.asked, Appeal.state)
    ended = (func.coalesce(AppealEvent.reason, ""), func.coalesce(Account.name, ""), AppealEvent.done_at)
    query = (
        select(*about, Appeal.lodged_at, *ended)
        .join(Run, Run.id == Appeal.run_id)
        .outerjoin(AppealEvent, (AppealEvent.appeal_id == Appeal.id) & (AppealEvent.step != AppealStep.LODGE.value))
        .outerjoin(Account, Account.id == AppealEvent.done_by)
        .where(Appeal.cycle_id == cycle)
        .order_by(Appeal.number, AppealEvent.id)
    )
    return [ArchivedAppealRow(*row) for row in session.execute(query)]
