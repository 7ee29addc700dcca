"""Files that were handed in and never attached: removed after a week by a job that each upload makes sure of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from assess.services import audit
from assess.services.jobs import WORKER, JobType
from assess.store.queries import evidence as queries
from assess.store.queries.jobs import is_job_waiting
from assess.store.queue import add_job
from assess.store.session import Session, flush
from assess.store.upload_records import forget_after_commit

KIND: Final = "forget-uploads"
NOBODY: Final = 0
UNCLAIMED: Final = timedelta(days=7)
"""How long a file waits to be attached."""
PAUSE: Final = timedelta(days=1)
"""The job is not done more often."""


def forget_unclaimed(session: Session, *, folder: Path, now: datetime) -> int:
    """Forget files that were handed in over a week ago and that nothing needs, and note each; how many.

    They are removed from the disk once the caller has committed.
    """
    unclaimed = queries.unclaimed_uploads(session, before=now - UNCLAIMED)
    for upload in unclaimed:
        for row in queries.needless_rows(session, upload=upload.sha256):
            session.delete(row)
        flush(session)
        session.delete(upload)
        flush(session)
        old = {"name": upload.first_name, "size": upload.size, "kept_at": upload.kept_at.isoformat()}
        audit.record(session, WORKER, subject=f"upload:{upload.sha256}", action="forgotten", old=old, now=now)
        forget_after_commit(session, folder, upload)
    return len(unclaimed)


def ask_to_forget(session: Session, *, now: datetime) -> None:
    """Have the job run once the files of now have waited long enough, unless one waits already."""
    if not is_job_waiting(session, kind=KIND):
        add_job(session, kind=KIND, arguments={}, asked_by=NOBODY, now=now, run_after=now + UNCLAIMED + PAUSE)


def forgetting_in(folder: Path) -> JobType:
    """The kind of job that forgets the files of a folder: all in the transaction that keeps what became of it."""
    return JobType(read=nothing_needed, work=nothing_to_work, keep=partial(forget_and_ask_again, folder))


def nothing_needed(_session: Session, _arguments: Mapping[str, Any]) -> None:
    """Which files they are is seen when they go."""


def nothing_to_work(_needed: None, _progress: object) -> None:
    """There is no long work in it."""


def forget_and_ask_again(
    folder: Path, session: Session, _arguments: Mapping[str, Any], _found: None, now: datetime
) -> None:
    """Forget what waited long enough, and come again for what has not."""
    forget_unclaimed(session, folder=folder, now=now)
    if queries.unclaimed_uploads(session, before=now + PAUSE):
        ask_to_forget(session, now=now)
