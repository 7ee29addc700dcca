"""Workers are killed at random instants of checking and of accepting files: no value half accepted, no job lost, none
done twice.

`KILL_ROUNDS=50` repeats it more often, `KILL_SEED=…` repeats the rounds of a run that failed, which prints it.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assess.store.session import Database
from tests.services.imports import a_water_year, upload
from tests.store.crew import FIRST_SEED, ROUNDS, crew_at, wait_until_done
from tests.store.importing import VALUES, a_file, accept, standing, work_until_killed

FILES, KILLS, SECONDS = 3, 3, 0.5


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_file_counts_wholly_or_not_at_all_whenever_workers_are_killed(
    database: Database, database_url: str, instance: Path, turn: int
):
    print(f"KILL_SEED={FIRST_SEED}")
    chance = random.Random(FIRST_SEED + turn)
    folder = instance / "uploads"
    evaluator = a_water_year(database)["evaluator"]
    with crew_at(work_until_killed, database_url, str(folder)) as crew:
        rows = [upload(database, evaluator, folder, a_file(number)) for number in range(FILES)]
        crew.suffer(chance, KILLS, SECONDS)
        wait_until_done(database)
        assert standing(database) == {
            "jobs": {"done": FILES}, "files": {"checked": FILES}, "proposals": FILES * VALUES, "occurrences": 0,
            "batches": 0, "values": 0, "counting": 0, "sources": 0,
        }  # fmt: skip

        for row in rows:
            accept(database, evaluator, row)
        crew.suffer(chance, KILLS, SECONDS)
        wait_until_done(database)

    assert standing(database) == {
        "jobs": {"done": 2 * FILES}, "files": {"accepted": 1, "checked": FILES - 1}, "proposals": FILES * VALUES,
        "occurrences": 0, "batches": 1, "values": VALUES, "counting": VALUES, "sources": 1,
    }  # fmt: skip
