"""Jobs that ended long ago go with their mails; what waits, runs or failed lately stays."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from time import monotonic

from assess.core.jobs import JobState
from assess.services import ended_jobs
from assess.store.models import AuditEntry, Job, Mail
from assess.store.queue import shared_clock
from assess.store.session import Database
from assess.worker import Worker
from tests.years import NOW, a_person

MONTH, HALF_A_YEAR, HOUR = timedelta(days=30), timedelta(days=180), timedelta(hours=1)
KINDS = {
    "just done": (JobState.DONE, MONTH),
    "long done": (JobState.DONE, MONTH + HOUR),
    "just failed": (JobState.FAILED, HALF_A_YEAR),
    "long failed": (JobState.FAILED, HALF_A_YEAR + HOUR),
    "waiting": (JobState.WAITING, None),
    "running": (JobState.RUNNING, None),
}
LEFT = ["just done", "just failed", "waiting", "running"]


def fill(database: Database, now: datetime) -> None:
    """A job of each kind, asked for two years ago, with a mail."""
    with database.writing() as session:
        person = a_person(session, "wang").account
        for kind, (state, ago) in KINDS.items():
            mail = Mail(account_id=person, subject=kind, words="催报", message_id=kind, made_at=NOW, sent_at=None)
            session.add(mail)
            session.flush()
            asked = {"arguments": {"mail": mail.id}, "asked_by": 0, "asked_at": now - timedelta(days=730)}
            ended = None if ago is None else now - ago
            session.add(Job(kind=kind, state=state, run_after=now, finished_at=ended, **asked))


def left(database: Database) -> tuple[list[str], list[str]]:
    """The jobs and the mails that are there."""
    with database.reading() as session:
        found = [job.kind for job in session.query(Job).order_by(Job.id)]
        return found, [mail.subject for mail in session.query(Mail).order_by(Mail.id)]


def test_what_ended_long_ago_goes_and_the_log_says_how_much(database: Database):
    fill(database, NOW)

    with database.writing() as session:
        assert ended_jobs.has_old(session, now=NOW)
        assert ended_jobs.forget_old(session, now=NOW) == 2

    assert left(database) == (LEFT, LEFT)
    with database.writing() as session:
        assert not ended_jobs.has_old(session, now=NOW)
        assert ended_jobs.forget_old(session, now=NOW) == 0
        (entry,) = session.query(AuditEntry).filter_by(subject="jobs")
        assert (entry.actor, entry.action, entry.old) == ("worker", "forgotten", {"jobs": 2, "from": 2, "to": 4})


def test_an_idle_worker_forgets_them_and_looks_again_after_an_hour(database: Database):
    with database.reading() as session:
        clock = shared_clock(session)
    fill(database, clock + HOUR / 2)
    stop = threading.Event()
    worker = Worker(database, {}, stop)

    running = threading.Thread(target=worker.run)
    running.start()
    last = monotonic() + 60
    while "long failed" in left(database)[0]:
        assert monotonic() < last
    stop.set()
    running.join()
    assert left(database) == (LEFT, LEFT)
