"""The queue of jobs: who gets a job, what a dead or a slow worker leaves, and how far a job is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic, sleep

import pytest

from assess.core.jobs import JobState
from assess.services import jobs
from assess.services.jobs import JobType
from assess.store.models import Job
from assess.store.queries.jobs import counts_of_jobs, recent_jobs
from assess.store.queue import LostClaim, claim_job, finish_job, shared_clock
from assess.store.session import Database
from assess.worker import Pace, Worker
from tests.store.appending import (
    KIND,
    QUICK,
    appended,
    ask,
    ask_in,
    change,
    job,
    kind_that_appends,
    worker_that_appends,
)
from tests.years import NOW

PATIENCE = 60
"""Seconds."""


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


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(table: Database):
    numbers = ask(table, 5, 3)
    worker = worker_that_appends(table)

    done = [(worker.work_on_one(), [job(table, each).state for each in numbers]) for _ in range(3)]

    assert done == [(True, ["done", "waiting"]), (True, ["done", "done"]), (False, ["done", "done"])]
    assert appended(table) == [(3, 1), (3, 2), (5, 1), (5, 2)]
    assert [(row.id, row.state, row.attempts, row.message) for row in (job(table, each) for each in numbers)] == [
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
        counts = counts_of_jobs(session)
        return counts[JobState.WAITING] + counts[JobState.RUNNING]


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
    Worker(table, {KIND: JobType(kind.read, work, kind.keep)}, threading.Event(), often).work_on_one()

    assert (job(table, number).state, job(table, number).attempts) == ("done", 1)


def test_two_renewals_may_fail_before_a_lease_runs_out():
    assert Pace().renewed_after * 3 == Pace().lease.total_seconds()


def test_a_worker_told_to_stop_hands_its_job_back_without_counting_the_attempt(table: Database):
    (number,) = ask(table, 1)
    worker = worker_that_appends(table)
    worker.stop.set()
    worker.work_on_one()

    assert (job(table, number).state, job(table, number).attempts) == ("waiting", 0)
    assert worker_that_appends(table).work_on_one() is True
    assert appended(table) == [(1, 1), (1, 2)]


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

    Worker(table, {KIND: JobType(kind.read, work, kind.keep)}, threading.Event(), QUICK).work_on_one()

    assert seen == [("running", 1, 3), ("running", 2, 3)]


def test_a_finished_claim_cannot_be_finished_again(table: Database):
    ask(table, 1)
    with table.writing() as session:
        now = shared_clock(session)
        claim = claim_job(session, kinds=[KIND], worker="a", lease=QUICK.lease, now=now)
        assert claim is not None
        finish_job(session, claim, now=now)
    with pytest.raises(LostClaim), table.writing() as session:
        finish_job(session, claim, now=now)


def test_a_clock_that_was_set_back_keeps_no_job_from_being_done(table: Database):
    held, asked, put_off = ask(table, 1, 1, 1)
    with table.writing() as session:
        now = shared_clock(session)
        for number in (held, asked, put_off):
            row = session.get_one(Job, number)
            row.asked_at, row.run_after = now - timedelta(days=1), now - timedelta(hours=1)
        a_day = now + timedelta(days=1)
        leased = session.get_one(Job, held)
        leased.state, leased.worker, leased.attempts, leased.leased_until = JobState.RUNNING, "dead", 1, a_day
        session.get_one(Job, asked).asked_at = session.get_one(Job, asked).run_after = a_day
        session.get_one(Job, put_off).attempts, session.get_one(Job, put_off).run_after = 1, a_day
    worker = worker_that_appends(table)

    assert [worker.work_on_one() for _ in range(4)] == [True, True, True, False]
    assert {job(table, number).state for number in (held, asked, put_off)} == {"done"}
