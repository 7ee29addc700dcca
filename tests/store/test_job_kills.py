"""Workers are killed at random instants; every job asked for is done, and done once.

`KILL_ROUNDS=50` repeats it more often, `KILL_SEED=…` repeats the rounds of a run that failed, which prints it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import pytest

from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from tests.store.appending import appended, ask, make_table, work_until_killed

ROUNDS = int(os.environ.get("KILL_ROUNDS", "5"))
FIRST_SEED = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(1_000_000)))
JOBS, KILLS, WORKERS, SECONDS = 12, 6, 2, 0.15
BOUND = 240
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.appending"])


class Crew:
    """Workers in processes of their own, each with a new name, as on another machine."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.workers = [self.hired() for _ in range(WORKERS)]

    def hired(self) -> BaseProcess:
        """A fresh worker."""
        worker = PROCESSES.Process(target=work_until_killed, args=(self.url, SECONDS), daemon=True)
        worker.start()
        return worker

    def replace(self, place: int) -> None:
        """One worker is killed and another takes its place."""
        kill(self.workers[place])
        self.workers[place] = self.hired()


def kill(worker: BaseProcess) -> None:
    """SIGKILL, and nothing of the process left."""
    worker.kill()
    worker.join()
    worker.close()


@contextmanager
def crew_at(url: str) -> Iterator[Crew]:
    """Workers that are gone afterwards."""
    crew = Crew(url)
    try:
        yield crew
    finally:
        for worker in crew.workers:
            kill(worker)


def wait_until_done(database: Database) -> None:
    until = time.monotonic() + BOUND
    while time.monotonic() < until:
        with database.reading() as session:
            if {job.state for job in recent_jobs(session)} == {"done"}:
                return
        time.sleep(0.05)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_job_is_done_once_whenever_its_workers_are_killed(database: Database, database_url: str, turn: int):
    print(f"KILL_SEED={FIRST_SEED}")
    chance = random.Random(FIRST_SEED + turn)
    make_table(database)
    with crew_at(database_url) as crew:
        ask(database, *range(JOBS))
        for _ in range(KILLS):
            time.sleep(chance.uniform(0, 2 * SECONDS))
            crew.replace(chance.randrange(WORKERS))
        wait_until_done(database)

    with database.reading() as session:
        assert [(job.state, job.told) for job in recent_jobs(session)] == [("done", None)] * JOBS
    assert appended(database) == [(number, step) for number in range(JOBS) for step in (1, 2)]
