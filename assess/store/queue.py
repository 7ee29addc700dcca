"""The queue of jobs: adding one, claiming one under a lease, keeping the lease, and ending the claim.

The same statements on SQLite and PostgreSQL: PostgreSQL skips rows that somebody else is claiming, SQLite has one
writer at a time. A claim ends when its lease does, so a dead worker's job is free again without anybody's help; and
whatever a claim writes goes through `update_claim`, so a worker that was taken for dead writes nothing any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, text, update
from sqlalchemy.orm import Session

from assess.core.calendar import AHEAD
from assess.core.jobs import JobState
from assess.core.text import Text
from assess.store.base import Json
from assess.store.models.jobs import Job

MAX_WAIT: Final = timedelta(hours=1)
"""How long a job waits at most after a failed attempt."""
SQLITE_CLOCK: Final = text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")


class LostClaim(Exception):
    """The job is no longer this worker's: its lease ran out and somebody else has it, or it has ended."""


@dataclass(frozen=True)
class Claim:
    """A job as the worker holds it; the attempt tells this claim from an earlier one of the same worker."""

    job: int
    kind: str
    arguments: Json
    asked_by: int
    worker: str
    attempt: int


def shared_clock(session: Session) -> datetime:
    """The moment by the clock that all workers share, the database's: leases do not mind a machine's own."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.fromisoformat(str(session.scalar(SQLITE_CLOCK))).replace(tzinfo=UTC)
    moment: datetime = session.scalars(select(func.clock_timestamp())).one()
    return moment.astimezone(UTC)


def add_job(
    session: Session, *, kind: str, arguments: Json, asked_by: int, now: datetime, run_after: datetime | None = None
) -> int:
    """The number of a new job, there once the caller commits; it is not begun before `run_after`."""
    job = Job(kind=kind, arguments=arguments, asked_by=asked_by, asked_at=now, run_after=run_after or now)
    session.add(job)
    session.flush()
    return job.id


def is_job_due(session: Session, *, kinds: list[str], lease: timedelta, now: datetime) -> bool:
    """Whether there is anything to claim; only reads."""
    return session.scalar(select(Job.id).where(free(kinds, lease, now)).limit(1)) is not None


def claim_job(session: Session, *, kinds: list[str], worker: str, lease: timedelta, now: datetime) -> Claim | None:
    """Take the job that has waited longest, if there is one; the caller commits before working on it."""
    longest = select(Job.id).where(free(kinds, lease, now)).order_by(Job.run_after, Job.id).limit(1)
    taken = (
        update(Job)
        .where(Job.id == longest.with_for_update(skip_locked=True).scalar_subquery())
        .values(state=JobState.RUNNING, worker=worker, attempts=Job.attempts + 1, leased_until=now + lease)
        .returning(Job.id, Job.kind, Job.arguments, Job.asked_by, Job.attempts)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(taken).one_or_none()
    return None if row is None else Claim(row.id, row.kind, row.arguments, row.asked_by, worker, row.attempts)


def update_claim(session: Session, claim: Claim, **changes: Any) -> None:
    """Change the job of a claim that still stands.

    Raises:
        LostClaim: it does not stand any more; the caller must roll back.
    """
    mine = and_(
        Job.id == claim.job, Job.state == JobState.RUNNING, Job.worker == claim.worker, Job.attempts == claim.attempt
    )
    changed = session.execute(update(Job).where(mine).values(**changes).execution_options(synchronize_session=False))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise LostClaim(f"job {claim.job}")


def renew_lease(session: Session, claim: Claim, *, until: datetime) -> None:
    """Keep a job that is still worked on."""
    update_claim(session, claim, leased_until=until)


def note_progress(session: Session, claim: Claim, *, done: int, of: int) -> None:
    """Say how far a job is."""
    update_claim(session, claim, steps_done=done, steps=of)


def finish_job(session: Session, claim: Claim, *, now: datetime) -> None:
    """The job is done; belongs into the transaction that keeps its result."""
    update_claim(session, claim, state=JobState.DONE, leased_until=None, finished_at=now, message=None, error=None)


def fail_job(session: Session, claim: Claim, *, message: Text, error: str, now: datetime) -> None:
    """The job has failed for good."""
    update_claim(
        session,
        claim,
        state=JobState.FAILED,
        leased_until=None,
        finished_at=now,
        message=message._asdict(),
        error=error,
    )


def put_job_off(session: Session, claim: Claim, *, until: datetime, attempts: int, message: Text, error: str) -> None:
    """The attempt has failed; another one follows. `attempts` is how many of the job count so far."""
    why = {"message": message._asdict(), "error": error}
    update_claim(session, claim, state=JobState.WAITING, leased_until=None, run_after=until, attempts=attempts, **why)


def hand_job_back(session: Session, claim: Claim) -> None:
    """The worker stops before the job is done: it waits as before, and the attempt does not count."""
    update_claim(session, claim, state=JobState.WAITING, leased_until=None, attempts=claim.attempt - 1)


def free(kinds: list[str], lease: timedelta, now: datetime) -> ColumnElement[bool]:
    """Jobs that may be taken: those whose time has come, and those whose worker let its lease run out.

    Where the clock was set back, a lease longer than leases are has run out too, and a job that was asked for in the
    future, or put off for longer than jobs are, need not wait until the clock is there again. A lease that another
    worker took a moment after `now` was read is none of these.
    """
    is_put_off_too_long = and_(Job.attempts > 0, Job.run_after > now + MAX_WAIT)
    is_due = or_(Job.run_after <= now, Job.asked_at > now, is_put_off_too_long)
    has_run_out = or_(Job.leased_until < now, Job.leased_until > now + lease + AHEAD)
    return and_(
        Job.kind.in_(kinds),
        or_(and_(Job.state == JobState.WAITING, is_due), and_(Job.state == JobState.RUNNING, has_run_out)),
    )
