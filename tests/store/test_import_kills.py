"""Workers are killed at random instants of checking and of accepting files: no value half accepted, no job lost, none
done twice.

`KILL_ROUNDS=50` repeats it more often, `KILL_SEED=…` repeats the rounds of a run that failed, which prints it.
"""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from assess.store.models import Import
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.imports import a_water_year, upload
from tests.store.crew import FIRST_SEED, ROUNDS, crew_at, wait_until_done
from tests.store.importing import FIGURES, FLAWS, VALUES, a_file, a_flawed_file, accept, standing, work_until_killed

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
        flawed = upload(database, evaluator, folder, a_flawed_file())
        crew.suffer(chance, 1, CHECKING)
        wait_until_done(database)
        assert standing(database) == {
            "jobs": {"done": FILES + 1}, "files": {"checked": FILES, "flawed": 1}, "proposals": FILES * VALUES,
            "occurrences": 0, "flaws": FLAWS, "marked": 1, "batches": 0, "values": 0, "counting": 0, "sources": 0,
        }  # fmt: skip
        with database.reading() as session:
            marked = session.get_one(Import, flawed).marked
        assert marked == hashlib.sha256(kept_path(folder, marked or "").read_bytes()).hexdigest()

        for row in rows:
            accept(database, evaluator, row)
            crew.suffer(chance, 1, ACCEPTING)
        wait_until_done(database)

    assert standing(database) == {
        "jobs": {"done": 2 * FILES + 1}, "files": {"accepted": FILES, "flawed": 1}, "proposals": FILES * VALUES,
        "occurrences": 0, "flaws": FLAWS, "marked": 1,
        "batches": FILES, "values": FILES * VALUES, "counting": FILES * VALUES, "sources": FILES,
    }  # fmt: skip
