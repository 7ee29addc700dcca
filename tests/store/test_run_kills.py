"""Workers are killed at random instants of a scoring: no run is half made, none is lost, and none is made twice.

`KILL_ROUNDS=50` repeats it more often, `KILL_SEED=…` repeats the rounds of a run that failed, which prints it.
"""

from __future__ import annotations

import random
from pathlib import Path

from assess.store.session import Database
from tests.services.runs import a_supplied_year, ask, work
from tests.store.crew import FIRST_SEED, ROUNDS, crew_at, wait_until_done
from tests.store.scoring import standing, work_until_killed

RUNS, WITHIN = max(ROUNDS // 2, 2), 0.8
"""How many runs, and within how many seconds of asking for each a worker is killed."""


def test_a_run_is_made_whole_and_once_whenever_workers_are_killed(
    database: Database, database_url: str, instance: Path
):
    print(f"KILL_SEED={FIRST_SEED}")
    chance, folder = random.Random(FIRST_SEED), instance / "uploads"
    office = a_supplied_year(database, units=2)["office"]
    ask(database, office)
    work(database, folder)
    ((_, *whole),) = standing(database)
    with crew_at(work_until_killed, database_url, str(folder)) as crew:
        for _ in range(RUNS):
            ask(database, office)
            crew.suffer(chance, 2, WITHIN)
            wait_until_done(database)

    assert standing(database) == [(number, *whole) for number in range(1, RUNS + 2)]
