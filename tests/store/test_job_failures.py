"""Jobs that fail: put off, given up, declined, killing their workers, and run again by the office."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assess.core.actors import operator
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.text import Text
from assess.services import ended_jobs, jobs
from assess.services.ended_jobs import MAX_ATTEMPTS, wait_after
from assess.services.jobs import JobType
from assess.store.models import AuditEntry
from assess.store.session import Database, Session
from assess.worker import Worker
from tests.faults import away, full_disk
from tests.store.appending import KIND, QUICK, appended, ask, change, job, kind_that_appends, worker_that_appends
from tests.years import NOW, a_person

WRONG = Text("没有邮件服务器。", "There is no mail server.")


def worker_that_raises(database: Database, error: Exception) -> Worker:
    """A worker whose jobs never succeed."""

    def work(_needed: Any, _progress: jobs.Progress) -> None:
        raise error

    kind = kind_that_appends(database, 0)
    return Worker(database, {KIND: JobType(kind.read, work, kind.keep)}, threading.Event(), QUICK)


PATIENCE = 60
"""Seconds."""


def test_a_failed_attempt_is_put_off_and_the_office_is_told(table: Database):
    (number,) = ask(table, 1)
    assert worker_that_raises(table, OSError("connection refused")).work_on_one() is True

    row = job(table, number)
    assert (row.state, row.attempts, row.error) == ("waiting", 1, "OSError: connection refused")
    assert row.message == Text("第1次执行未成功，系统将自动重试。", "Attempt 1 failed. The system will try again.")
    assert worker_that_appends(table).work_on_one() is False
    change(table, number, run_after=NOW - timedelta(days=400))
    assert worker_that_appends(table).work_on_one() is True
    assert (job(table, number).state, job(table, number).message, job(table, number).error) == ("done", None, None)


def test_attempts_wait_longer_each_time_and_an_hour_at_most():
    assert [wait_after(attempt).total_seconds() for attempt in range(1, 11)] == [
        15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600,
    ]  # fmt: skip


def test_a_job_waits_for_a_full_disk_however_long_it_takes(table: Database, tmp_path: Path):
    (number,) = ask(table, 1)
    change(table, number, attempts=MAX_ATTEMPTS - 1)

    def work(_needed: object, _progress: jobs.Progress) -> None:
        with full_disk():
            (tmp_path / "made").write_bytes(b"a")

    kind = kind_that_appends(table, 0)
    Worker(table, {KIND: JobType(kind.read, work, kind.keep)}, threading.Event(), QUICK).work_on_one()

    row = job(table, number)
    assert (row.state, row.attempts, row.error) == (
        "waiting", MAX_ATTEMPTS - 1, "OSError: [Errno 27] File too large"
    )  # fmt: skip
    assert row.message == Text(
        "服务器存储空间不足，暂未执行。系统每分钟自动重试；长时间未恢复的，请联系系统管理员。",
        "The server has no storage available, so the job has not been done yet. The system tries again "
        "every minute. If this continues, contact the system administrator.",
    )


def test_a_worker_outlives_its_database(table: Database, database_url: str):
    (number,) = ask(table, 1)
    worker = worker_that_appends(table)
    thread = threading.Thread(target=worker.run)
    table.close()
    with away(database_url):
        thread.start()
        time.sleep(0.5)
        lives = thread.is_alive()

    until = time.monotonic() + PATIENCE
    while job(table, number).state != "done" and time.monotonic() < until:
        time.sleep(0.02)
    worker.stop.set()
    thread.join()

    assert (lives, appended(table)) == (True, [(1, 1), (1, 2)])


def test_the_last_failed_attempt_is_for_good(table: Database):
    (number,) = ask(table, 1)
    change(table, number, attempts=MAX_ATTEMPTS - 1)
    worker_that_raises(table, OSError("connection refused")).work_on_one()

    row = job(table, number)
    assert (row.state, row.attempts, row.error) == ("failed", MAX_ATTEMPTS, "OSError: connection refused")
    assert row.message is not None
    assert row.message.en.startswith("The job failed 8 times and has stopped.")


def test_a_job_that_is_declined_fails_at_once_with_the_reason(table: Database):
    (number,) = ask(table, 1)
    worker_that_raises(table, Refused(WRONG)).work_on_one()

    assert (job(table, number).state, job(table, number).attempts, job(table, number).message) == ("failed", 1, WRONG)
    with table.reading() as session:
        entry = session.get_one(AuditEntry, 1)
        assert (entry.actor, entry.subject, entry.action, entry.new) == (
            "worker", f"job:{number}", "failed", {"kind": KIND, "attempts": 1},
        )  # fmt: skip


def test_a_job_that_kills_its_workers_ends(table: Database):
    (number,) = ask(table, 1)
    change(table, number, state="running", attempts=MAX_ATTEMPTS, leased_until=NOW - timedelta(days=400))

    assert worker_that_appends(table).work_on_one() is False

    assert job(table, number).state == "failed"
    assert appended(table) == []


def test_what_keeps_and_that_it_is_done_are_one(table: Database):
    def keep(session: Session, arguments: Mapping[str, Any], found: None, now: datetime) -> None:
        kind.keep(session, arguments, found, now)
        raise OSError("disk full")

    kind = kind_that_appends(table, 0)
    (number,) = ask(table, 1)
    Worker(table, {KIND: JobType(kind.read, kind.work, keep)}, threading.Event(), QUICK).work_on_one()

    assert job(table, number).state == "waiting"
    assert appended(table) == [(1, 1)]


def test_only_the_office_runs_a_failed_job_again(table: Database):
    (number,) = ask(table, 1)
    worker_that_raises(table, Refused(WRONG)).work_on_one()
    with table.writing() as session:
        leader = a_person(session, "leader")
    with pytest.raises(NotAllowed), table.writing() as session:
        ended_jobs.ask_again(session, leader, job=number, now=NOW)
    with pytest.raises(NotFound), table.writing() as session:
        ended_jobs.ask_again(session, operator(), job=number + 1, now=NOW)

    with table.writing() as session:
        ended_jobs.ask_again(session, operator(), job=number, now=NOW)
    assert worker_that_appends(table).work_on_one() is True
    assert (job(table, number).state, job(table, number).attempts) == ("done", 1)
    with pytest.raises(Refused), table.writing() as session:
        ended_jobs.ask_again(session, operator(), job=number, now=NOW)
