"""The queue of jobs: who gets a job, what a dead or a slow worker leaves, and what becomes of one that fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import update

from assess.core.actors import operator
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.jobs import JobState
from assess.core.text import Text
from assess.services import jobs
from assess.services.jobs import MOST_ATTEMPTS, Kind, wait_after
from assess.store.models import AuditEntry, Job
from assess.store.queries.jobs import JobRow, job_numbered, number_of_jobs, recent_jobs
from assess.store.queue import LostClaim, claim_job, finish_job, shared_clock
from assess.store.session import Database, Session
from assess.worker import Pace, Worker
from tests.store.appending import (
    KIND,
    QUICK,
    appended,
    ask,
    ask_in,
    kind_that_appends,
    make_table,
    worker_that_appends,
)
from tests.years import NOW, a_person

PATIENCE = 60
"""Seconds."""
WRONG = Text("没有邮件服务器。", "There is no mail server.")


@pytest.fixture
def table(database: Database) -> Database:
    """A database with the table that jobs append to."""
    make_table(database)
    return database


def job(database: Database, number: int) -> JobRow:
    """A job as it is now."""
    with database.reading() as session:
        found = job_numbered(session, number=number)
    assert found is not None
    return found


def lease_of(database: Database, number: int) -> datetime:
    """Until when a job is its worker's."""
    with database.reading() as session:
        until = session.get_one(Job, number).leased_until
    assert until is not None
    return until


def wait_until(holds: Callable[[], bool]) -> None:
    """Look again and again until something holds."""
    last = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < last
        sleep(0.01)


def change(database: Database, number: int, **values: Any) -> None:
    """Make a job look as if something had happened to it."""
    with database.writing() as session:
        session.execute(update(Job).where(Job.id == number).values(**values))


def worker_that_raises(database: Database, error: Exception) -> Worker:
    """A worker whose jobs never succeed."""

    def work(_needed: Any, _progress: jobs.Progress) -> None:
        raise error

    kind = kind_that_appends(database, 0)
    return Worker(database, {KIND: Kind(kind.read, work, kind.keep)}, threading.Event(), QUICK)


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(table: Database):
    numbers = ask(table, 5, 3)
    worker = worker_that_appends(table)

    assert [worker.work_on_one() for _ in range(3)] == [True, True, False]

    assert appended(table) == [(3, 1), (3, 2), (5, 1), (5, 2)]
    assert [(row.id, row.state, row.attempts, row.told) for row in (job(table, each) for each in numbers)] == [
        (numbers[0], "done", 1, None),
        (numbers[1], "done", 1, None),
    ]


def test_a_job_asked_for_in_a_transaction_that_fails_never_runs(table: Database):
    def ask_and_stumble() -> None:
        with table.writing() as session:
            ask_in(session, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_stumble()

    assert worker_that_appends(table).work_on_one() is False
    assert appended(table) == []


def test_a_job_is_not_seen_before_its_transaction_ends(table: Database):
    with table.writing() as session:
        ask_in(session, 1)
        assert worker_that_appends(table).claim() is None


def test_of_many_workers_at_once_one_gets_each_job(table: Database):
    ask(table, *range(24))
    crew = [worker_that_appends(table) for _ in range(4)]
    threads = [threading.Thread(target=worker.run) for worker in crew]
    for thread in threads:
        thread.start()
    wait_until(lambda: number_waiting(table) == 0)
    for worker in crew:
        worker.stop.set()
    for thread in threads:
        thread.join()

    assert appended(table) == [(number, step) for number in range(24) for step in (1, 2)]
    with table.reading() as session:
        assert {(row.state, row.attempts) for row in recent_jobs(session)} == {("done", 1)}


def number_waiting(database: Database) -> int:
    with database.reading() as session:
        return sum(number_of_jobs(session, state=state) for state in (JobState.WAITING, JobState.RUNNING))


def test_a_dead_workers_job_is_free_when_its_lease_has_run_out(table: Database):
    (number,) = ask(table, 1)
    dead = worker_that_appends(table).claim()
    assert dead is not None
    assert worker_that_appends(table).work_on_one() is False

    change(table, number, leased_until=NOW - timedelta(days=400))
    assert worker_that_appends(table).work_on_one() is True

    assert (job(table, number).state, job(table, number).attempts) == ("done", 2)
    assert appended(table) == [(1, 1), (1, 2)]


def test_a_worker_that_was_taken_for_dead_writes_nothing(table: Database):
    (number,) = ask(table, 1)
    slow, other = worker_that_appends(table), worker_that_appends(table)
    old = slow.claim()
    change(table, number, leased_until=NOW - timedelta(days=400))
    new = other.claim()
    assert old is not None
    assert new is not None

    with pytest.raises(LostClaim):
        slow.do(old)
    assert appended(table) == [(1, 1)]

    other.do(new)
    with pytest.raises(LostClaim):
        slow.do(old)
    assert appended(table) == [(1, 1), (1, 2)]


def test_a_lease_is_renewed_while_the_work_goes_on(table: Database):
    (number,) = ask(table, 1)
    seen = []
    kind = kind_that_appends(table, 0)

    def work(_needed: int, _progress: jobs.Progress) -> None:
        for _ in range(4):
            seen.append(lease_of(table, number))
            wait_until(lambda: lease_of(table, number) > seen[-1])
            assert worker_that_appends(table).claim() is None

    often = replace(QUICK, renewals=3_000)
    Worker(table, {KIND: Kind(kind.read, work, kind.keep)}, threading.Event(), often).work_on_one()

    assert (job(table, number).state, job(table, number).attempts) == ("done", 1)


def test_two_renewals_may_fail_before_a_lease_runs_out():
    assert Pace().renewed_after * 3 == Pace().lease.total_seconds()


def test_a_failed_attempt_is_put_off_and_the_office_is_told(table: Database):
    (number,) = ask(table, 1)
    assert worker_that_raises(table, OSError("connection refused")).work_on_one() is True

    row = job(table, number)
    assert (row.state, row.attempts, row.error) == ("waiting", 1, "OSError: connection refused")
    assert row.told == Text(
        "第1次执行未成功，系统将自动重试。", "Attempt 1 did not succeed; it will be tried again by itself."
    )
    assert worker_that_appends(table).work_on_one() is False
    change(table, number, run_after=NOW - timedelta(days=400))
    assert worker_that_appends(table).work_on_one() is True
    assert (job(table, number).state, job(table, number).told, job(table, number).error) == ("done", None, None)


def test_attempts_wait_longer_each_time_and_an_hour_at_most():
    assert [wait_after(attempt).total_seconds() for attempt in range(1, 11)] == [
        15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600,
    ]  # fmt: skip


def test_the_last_failed_attempt_is_for_good(table: Database):
    (number,) = ask(table, 1)
    change(table, number, attempts=MOST_ATTEMPTS - 1)
    worker_that_raises(table, OSError("connection refused")).work_on_one()

    row = job(table, number)
    assert (row.state, row.attempts, row.error) == ("failed", MOST_ATTEMPTS, "OSError: connection refused")
    assert row.told is not None
    assert row.told.en.startswith("It did not succeed in 8 attempts and has stopped.")


def test_a_job_that_is_declined_fails_at_once_with_the_reason(table: Database):
    (number,) = ask(table, 1)
    worker_that_raises(table, Refused(WRONG)).work_on_one()

    assert (job(table, number).state, job(table, number).attempts, job(table, number).told) == ("failed", 1, WRONG)
    with table.reading() as session:
        entry = session.get_one(AuditEntry, 1)
        assert (entry.actor, entry.subject, entry.action, entry.new) == (
            "worker", f"job:{number}", "failed", {"kind": KIND, "attempts": 1},
        )  # fmt: skip


def test_a_job_that_kills_its_workers_ends(table: Database):
    (number,) = ask(table, 1)
    change(table, number, state="running", attempts=MOST_ATTEMPTS, leased_until=NOW - timedelta(days=400))

    assert worker_that_appends(table).work_on_one() is False

    assert job(table, number).state == "failed"
    assert appended(table) == []


def test_a_worker_told_to_stop_hands_its_job_back_without_counting_the_attempt(table: Database):
    (number,) = ask(table, 1)
    worker = worker_that_appends(table)
    worker.stop.set()
    worker.work_on_one()

    assert (job(table, number).state, job(table, number).attempts) == ("waiting", 0)
    assert worker_that_appends(table).work_on_one() is True
    assert appended(table) == [(1, 1), (1, 2)]


def test_what_keeps_and_that_it_is_done_are_one(table: Database):
    def keep(session: Session, arguments: Mapping[str, Any], found: None, now: datetime) -> None:
        kind.keep(session, arguments, found, now)
        raise OSError("disk full")

    kind = kind_that_appends(table, 0)
    (number,) = ask(table, 1)
    Worker(table, {KIND: Kind(kind.read, kind.work, keep)}, threading.Event(), QUICK).work_on_one()

    assert job(table, number).state == "waiting"
    assert appended(table) == [(1, 1)]


def test_a_worker_leaves_kinds_it_does_not_know(table: Database):
    (number,) = ask(table, 1, kind="knit")

    assert worker_that_appends(table).work_on_one() is False
    assert job(table, number).state == "waiting"


def test_progress_is_seen_while_the_job_runs(table: Database):
    (number,) = ask(table, 1)
    seen = []
    kind = kind_that_appends(table, 0)

    def work(_needed: int, progress: jobs.Progress) -> None:
        for done in (1, 2):
            progress(done, 3)
            seen.append((job(table, number).state, job(table, number).done, job(table, number).of))

    Worker(table, {KIND: Kind(kind.read, work, kind.keep)}, threading.Event(), QUICK).work_on_one()

    assert seen == [("running", 1, 3), ("running", 2, 3)]


def test_only_the_office_runs_a_failed_job_again(table: Database):
    (number,) = ask(table, 1)
    worker_that_raises(table, Refused(WRONG)).work_on_one()
    with table.writing() as session:
        leader = a_person(session, "leader")
    with pytest.raises(NotAllowed), table.writing() as session:
        jobs.ask_again(session, leader, job=number, now=NOW)
    with pytest.raises(NotFound), table.writing() as session:
        jobs.ask_again(session, operator(), job=number + 1, now=NOW)

    with table.writing() as session:
        jobs.ask_again(session, operator(), job=number, now=NOW)
    assert worker_that_appends(table).work_on_one() is True
    assert (job(table, number).state, job(table, number).attempts) == ("done", 1)
    with pytest.raises(Refused), table.writing() as session:
        jobs.ask_again(session, operator(), job=number, now=NOW)


def test_a_finished_claim_cannot_be_finished_again(table: Database):
    ask(table, 1)
    with table.writing() as session:
        now = shared_clock(session)
        claim = claim_job(session, kinds=[KIND], worker="a", lease=QUICK.lease, now=now)
        assert claim is not None
        finish_job(session, claim, now=now)
    with pytest.raises(LostClaim), table.writing() as session:
        finish_job(session, claim, now=now)
