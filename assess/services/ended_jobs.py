"""What becomes of a job that has failed or ended: tried again, given up, run again, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import Declined, NotFound, Refused
from assess.core.faults import Fault, Faulty
from assess.core.jobs import JobState
from assess.core.text import Text
from assess.services import audit
from assess.services.jobs import WORKER
from assess.store.queries.jobs import is_job_old, job_to_change, mails_numbered, old_jobs
from assess.store.queue import MAX_WAIT, Claim, fail_job, put_job_off
from assess.store.session import Session, fault_of, flush

MAX_ATTEMPTS: Final = 8
FAULT_WAIT: Final = timedelta(minutes=1)
PASSING: Final = frozenset({Fault.FULL, Fault.BUSY, Fault.READ_ONLY})
"""What goes over without anybody changing the job: such attempts do not count."""
KEPT_DONE, KEPT_FAILED = timedelta(days=30), timedelta(days=180)
"""How long the list of jobs shows one that has ended."""
FIRST_WAIT: Final = timedelta(seconds=15)

NO_SUCH_JOB = Text("没有这项后台任务。", "There is no such job.")
NOT_FAILED = Text("只有失败的后台任务才能重新执行。", "Only a failed job can be run again.")
WILL_RETRY = Text("第{attempt}次执行未成功，系统将自动重试。", "Attempt {attempt} failed. The system will try again.")
WAITS_FOR_MACHINE = Text(
    "{what}，暂未执行。系统每分钟自动重试；长时间未恢复的，请联系系统管理员。",
    "{what}, so the job has not been done yet. The system tries again every minute. If this "
    "continues, contact the system administrator.",
)
GAVE_UP = Text(
    "执行{attempts}次均未成功，已停止。请核对相关设置后重新执行；仍不成功的，请联系系统管理员。",
    "The job failed {attempts} times and has stopped. Check the settings it needs, then run it "
    "again. If it still fails, contact the system administrator.",
)
WORKER_DIED = Text(
    "执行过程中后台程序连续{attempts}次中断，已停止。请联系系统管理员。",
    "The worker was interrupted {attempts} times during this job, which has stopped. Contact the system administrator.",
)


def ask_again(session: Session, actor: Actor, *, job: int, now: datetime) -> None:
    """Let a job that has failed for good run once more, from the start.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such job.
        Refused: it has not failed.
    """
    actor.check_may(Right.ADMINISTER)
    row = job_to_change(session, number=job)
    if row is None:
        raise NotFound(NO_SUCH_JOB)
    if row.state != JobState.FAILED:
        raise Refused(NOT_FAILED)
    row.state, row.attempts, row.run_after = JobState.WAITING, 0, now
    row.finished_at = row.message = row.error = None
    audit.record(session, actor, subject=f"job:{job}", action="asked again", new={"kind": row.kind}, now=now)
    flush(session)


def record_failure(session: Session, claim: Claim, error: Exception, *, now: datetime) -> None:
    """Put a job off after a failed attempt; for good where it was declined or has been tried often enough.

    A full or read-only disk, a locked database and a folder that is away are waited for, however long it takes.

    Raises:
        LostClaim: the job is somebody else's meanwhile.
    """
    technical = f"{type(error).__name__}: {error}"[:2000]
    fault = fault_of(error)
    if isinstance(error, Declined):
        give_up(session, claim, message=error.what, error=technical, now=now)
    elif fault is not None and (fault in PASSING or isinstance(error, Faulty)):
        until, message = now + FAULT_WAIT, WAITS_FOR_MACHINE.format(what=fault.label)
        put_job_off(session, claim, until=until, attempts=claim.attempt - 1, message=message, error=technical)
    elif claim.attempt >= MAX_ATTEMPTS:
        give_up(session, claim, message=GAVE_UP.format(attempts=claim.attempt), error=technical, now=now)
    else:
        message = WILL_RETRY.format(attempt=claim.attempt)
        until = now + wait_after(claim.attempt)
        put_job_off(session, claim, until=until, attempts=claim.attempt, message=message, error=technical)


def give_up_on_killer(session: Session, claim: Claim, *, now: datetime) -> bool:
    """Whether a job has outlived more workers than it may; it has then failed for good."""
    if claim.attempt <= MAX_ATTEMPTS:
        return False
    give_up(session, claim, message=WORKER_DIED.format(attempts=MAX_ATTEMPTS), error="its workers died", now=now)
    return True


def give_up(session: Session, claim: Claim, *, message: Text, error: str, now: datetime) -> None:
    """The job has failed for good; the office sees why."""
    fail_job(session, claim, message=message, error=error, now=now)
    new = {"kind": claim.kind, "attempts": claim.attempt}
    audit.record(session, WORKER, subject=f"job:{claim.job}", action="failed", new=new, now=now)


def wait_after(attempt: int) -> timedelta:
    """How long a job waits after a failed attempt: 15 seconds, then twice as long each time, an hour at most."""
    return min(FIRST_WAIT * (1 << attempt - 1), MAX_WAIT)


def has_old(session: Session, *, now: datetime) -> bool:
    """Whether there is a job to forget; only reads."""
    return is_job_old(session, done=now - KEPT_DONE, failed=now - KEPT_FAILED)


def forget_old(session: Session, *, now: datetime) -> int:
    """Remove the oldest of the jobs that ended long ago, with their mails; how many."""
    found = old_jobs(session, done=now - KEPT_DONE, failed=now - KEPT_FAILED)
    mails = [each.arguments["mail"] for each in found if "mail" in each.arguments]
    for row in (*found, *mails_numbered(session, numbers=mails)):
        session.delete(row)
    if found:
        old = {"jobs": len(found), "from": found[0].id, "to": found[-1].id}
        audit.record(session, WORKER, subject="jobs", action="forgotten", old=old, now=now)
    flush(session)
    return len(found)
