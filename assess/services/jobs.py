"""Jobs: asking for one in the transaction of what it belongs to, and what a kind of job does.

A kind of job has three parts, so that no transaction is open while it works: `read` briefly, `work` outside any
transaction, `keep` briefly. What it keeps and that it is done are one transaction, so a job that a dead worker left
is simply done again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.store.queue import add_job
from assess.store.session import Session

Progress = Callable[[int, int], None]
"""Says how much is done of how much; raises where the work is to stop."""

WORKER: Final = Actor(0, "worker", "worker", frozenset())


@dataclass(frozen=True)
class JobType:
    """What a kind of job does, in three parts.

    Attributes:
        read: what the work needs, from the arguments; a short transaction that only reads.
        work: the work itself, outside any transaction.
        keep: what the work found, in the transaction that also says that the job is done.
    """

    read: Callable[[Session, Mapping[str, Any]], Any]
    work: Callable[[Any, Progress], Any]
    keep: Callable[[Session, Mapping[str, Any], Any, datetime], None]


def ask(session: Session, actor: Actor, *, kind: str, arguments: Mapping[str, int], now: datetime) -> int:
    """Ask for a job; it is there, and runs, once the caller's transaction commits.

    Args:
        session: the transaction of what the job belongs to.
        actor: who asks.
        kind: a kind the worker knows.
        arguments: numbers of rows, no contents.
        now: when.

    Returns:
        The number of the job.
    """
    return add_job(session, kind=kind, arguments=dict(arguments), asked_by=actor.account, now=now)
