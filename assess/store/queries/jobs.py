"""Jobs: the list for the office, one by its number, and the mails they send."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from assess.core.jobs import JobState
from assess.core.text import Text
from assess.store.base import Json
from assess.store.models import Account, Job, Mail
from assess.store.records import RecordColumns, record_columns, select_records
from assess.store.session import Session

AT_ONCE: Final = 500
"""Jobs that are forgotten in one transaction."""


class JobStatus(NamedTuple):
    """How a job stands, beside what it makes."""

    id: int
    state: JobState
    done: int
    of: int
    message: Text | None

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (JobState.WAITING, JobState.RUNNING)


class JobRow(NamedTuple):
    """A job as pages show it; `asker` nothing for the operator."""

    id: int
    kind: str
    arguments: Json
    state: JobState
    asker: str | None
    asked_at: datetime
    run_after: datetime
    attempts: int
    done: int
    of: int
    message: Text | None
    error: str | None
    finished_at: datetime | None


class MailToSend(NamedTuple):
    """A mail with the person it goes to; `email` is nothing where they have none or left."""

    id: int
    name: str
    email: str | None
    subject: str
    words: str
    message_id: str
    made_at: datetime
    sent_at: datetime | None


def recent_jobs(
    session: Session, *, states: Collection[JobState] = tuple(JobState), start: int = 0, size: int = 200
) -> list[JobRow]:
    """The newest jobs in some states, newest first (1 query)."""
    wanted = jobs().where(Job.state.in_([state.value for state in states])).order_by(Job.id.desc())
    return list(session.scalars(wanted.offset(start).limit(size)))


def mails_of(session: Session, rows: list[JobRow]) -> dict[int, str]:
    """To whom and about what the mails among these jobs are, by job (1 query)."""
    numbers = {row.id: row.arguments["mail"] for row in rows if "mail" in row.arguments}
    query = select(Mail.id, Account.name, Mail.subject).join(Account, Account.id == Mail.account_id)
    found = {row.id: row for row in session.execute(query.where(Mail.id.in_(numbers.values())).order_by(Mail.id))}
    return {job: f"{found[mail].name} · {found[mail].subject}" for job, mail in numbers.items() if mail in found}


def job_numbered(session: Session, *, number: int) -> JobRow | None:
    """One job (1 query)."""
    return session.scalars(jobs().where(Job.id == number)).one_or_none()


def counts_of_jobs(session: Session) -> dict[JobState, int]:
    """How many jobs are waiting, running, done and failed (1 query)."""
    query = select(Job.state, func.count()).group_by(Job.state).order_by(Job.state)
    found = dict.fromkeys(JobState, 0)
    found.update({JobState(state): count for state, count in session.execute(query)})
    return found


def is_job_waiting(session: Session, *, kind: str) -> bool:
    """Whether a job of a kind waits to be begun (1 query)."""
    query = select(Job.id).where(Job.kind == kind, Job.state == JobState.WAITING)
    return session.scalar(query.order_by(Job.id).limit(1)) is not None


def is_job_old(session: Session, *, done: datetime, failed: datetime) -> bool:
    """Whether a job was done or failed before these moments (1 query)."""
    return session.scalar(select(Job.id).where(ended_before(done, failed)).order_by(Job.id).limit(1)) is not None


def old_jobs(session: Session, *, done: datetime, failed: datetime) -> list[Job]:
    """Jobs that were done or failed before these moments, the oldest, but for those somebody holds (1 query)."""
    query = select(Job).where(ended_before(done, failed)).order_by(Job.id).limit(AT_ONCE)
    return list(session.scalars(query.with_for_update(skip_locked=True)))


def ended_before(done: datetime, failed: datetime) -> ColumnElement[bool]:
    """Jobs that were done or failed before these moments."""
    return or_(
        and_(Job.state == JobState.DONE, Job.finished_at < done),
        and_(Job.state == JobState.FAILED, Job.finished_at < failed),
    )


def mails_numbered(session: Session, *, numbers: list[int]) -> list[Mail]:
    """The rows of these mails (1 query)."""
    return list(session.scalars(select(Mail).where(Mail.id.in_(numbers)).order_by(Mail.id)))


def job_to_change(session: Session, *, number: int) -> Job | None:
    """The row of a job, locked for the one who changes it."""
    return session.scalars(select(Job).where(Job.id == number).with_for_update()).one_or_none()


def mail_to_send(session: Session, *, number: int) -> MailToSend | None:
    """A mail and its person's address as it is now (1 query)."""
    email = case((Account.closed_at.is_(None), Account.email))
    query = select_records(MailToSend, Mail, Account, email=email).join(Account, Account.id == Mail.account_id)
    return session.scalars(query.where(Mail.id == number)).one_or_none()


def mail_row(session: Session, *, number: int) -> Mail:
    """The row of a mail."""
    return session.scalars(select(Mail).where(Mail.id == number)).one()


def people_with_mail(session: Session, *, accounts: list[int]) -> list[Account]:
    """Those of these people who have an address and have not left, in the order of their numbers (2 queries)."""
    query = (
        select(Account)
        .where(Account.id.in_(accounts), Account.email.is_not(None), Account.closed_at.is_(None))
        .order_by(Account.id)
    )
    return list(session.scalars(query))


def jobs() -> Select[JobRow]:
    """Jobs with the names of those who asked."""
    query = select_records(JobRow, Job, asker=Account.name, done=Job.steps_done, of=Job.steps)
    return query.outerjoin(Account, Account.id == Job.asked_by)


def job_status() -> RecordColumns[JobStatus]:
    """How a job stands, None where it was not joined."""
    return record_columns(JobStatus, Job, done=Job.steps_done, of=Job.steps)
