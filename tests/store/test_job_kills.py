"""Workers are killed at random instants; every job asked for is done, and done once.

`KILL_ROUNDS=50` repeats it more often, `KILL_SEED=…` repeats the rounds of a run that failed, which prints it.
"""

from __future__ import annotations

import random

import pytest

from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from tests.store.appending import appended, ask, make_table, work_until_killed
from tests.store.crew import FIRST_SEED, ROUNDS, crew_at, wait_until_done

JOBS, KILLS, SECONDS = 12, 6, 0.15


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_job_is_done_once_whenever_its_workers_are_killed(database: Database, database_url: str, turn: int):
    print(f"KILL_SEED={FIRST_SEED}")
    chance = random.Random(FIRST_SEED + turn)
    make_table(database)
    with crew_at(work_until_killed, database_url, SECONDS) as crew:
        ask(database, *range(JOBS))
        crew.suffer(chance, KILLS, 2 * SECONDS)
        wait_until_done(database)

    with database.reading() as session:
        assert [(job.state, job.message) for job in recent_jobs(session)] == [("done", None)] * JOBS
    assert appended(database) == [(number, step) for number in range(JOBS) for step in (1, 2)]
