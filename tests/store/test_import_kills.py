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
from tests.store.importing import FIGURES, VALUES, a_file, accept, standing, work_until_killed

FILES, CHECKING, ACCEPTING = len(FIGURES), 0.5, 0.3
"""How many files, and within how many seconds of asking for each job a worker is killed."""


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_file_counts_wholly_or_not_at_all_whenever_workers_are_killed(
    database: Database, database_url: str, instance: Path, turn: int
):
    print(f"KILL_SEED={FIRST_SEED}")
    chance = random.Random(FIRST_SEED + turn)
    folder = instance / "uploads"
    evaluator = a_water_year(database)["evaluator"]
    with crew_at(work_until_killed, database_url, str(folder)) as crew:
        rows = []
        for number in range(FILES):
            rows.append(upload(database, evaluator, folder, a_file(number)))
            crew.suffer(chance, 1, CHECKING)
        wait_until_done(database)
        assert standing(database) == {
            "jobs": {"done": FILES}, "files": {"checked": FILES}, "proposals": FILES * VALUES, "occurrences": 0,
            "batches": 0, "values": 0, "counting": 0, "sources": 0,
        }  # fmt: skip

        for row in rows:
            accept(database, evaluator, row)
            crew.suffer(chance, 1, ACCEPTING)
        wait_until_done(database)

    assert standing(database) == {
        "jobs": {"done": 2 * FILES}, "files": {"accepted": FILES}, "proposals": FILES * VALUES, "occurrences": 0,
        "batches": FILES, "values": FILES * VALUES, "counting": FILES * VALUES, "sources": FILES,
    }  # fmt: skip
