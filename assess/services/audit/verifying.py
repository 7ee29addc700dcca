"""The check of the chain that the office asks for: a job, whose result is an entry of the log itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.audit.chain import LogEntry
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services.audit.checking import ChainCheck, check_chain
from assess.services.audit.exporting import LOG
from assess.services.audit.recording import record
from assess.services.jobs import WORKER, JobType, Progress, ask
from assess.store.queries.audit import newest_of
from assess.store.queries.jobs import is_job_waiting
from assess.store.session import Database, Session

KIND: Final = "check-audit"
SOUND, BROKEN = "checked", "found broken"
"""What the log says of a check, by how it ended."""
UNDER_WAY: Final = Text("校验已排队，请稍后刷新页面。", "A check is already queued. Refresh the page in a moment.")


def ask_check(session: Session, actor: Actor, *, now: datetime) -> None:
    """Have the chain followed from its first entry to its last.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: a check waits already.
    """
    actor.check_may(Right.ADMINISTER)
    if is_job_waiting(session, kind=KIND):
        raise Refused(UNDER_WAY)
    ask(session, actor, kind=KIND, arguments={}, now=now)
    record(session, actor, subject=LOG, action="asked to check", now=now)


def is_asked(session: Session) -> bool:
    """Whether a check waits to run (1 query)."""
    return is_job_waiting(session, kind=KIND)


def last_check(session: Session) -> LogEntry | None:
    """The entry of the last check, None where there was none (1 query)."""
    return newest_of(session, subject=LOG, actions=(SOUND, BROKEN))


def checking_of(url: str) -> JobType:
    """The kind of job that checks the chain of the database at an address."""
    return JobType(read=nothing_needed, work=partial(check_log, url), keep=keep_checked)


def nothing_needed(_session: Session, _arguments: Mapping[str, Any]) -> None:
    """The log is read as the check goes on."""


def check_log(url: str, _needed: None, progress: Progress) -> ChainCheck:
    """Follow the chain; each part of it is read in a short transaction of its own."""
    database = Database(url)
    try:
        return check_chain(database, progress)
    finally:
        database.close()


def keep_checked(session: Session, _arguments: Mapping[str, Any], found: ChainCheck, now: datetime) -> None:
    """Note what the check found."""
    broken = found.broken
    new: dict[str, Any] = {"entries": found.last.number, "head": found.last.digest}
    if broken is not None:
        new["broken"] = {"number": broken.number, "wrong": broken.wrong.value}
    record(session, WORKER, subject=LOG, action=SOUND if broken is None else BROKEN, new=new, now=now)
