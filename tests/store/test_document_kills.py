"""Workers are killed at random instants of a download and of a seal: nothing half made is kept, nothing is lost.

`KILL_ROUNDS=50` repeats it more often, `KILL_SEED=…` repeats the rounds of a run that failed, which prints it.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

from assess.core.actors import Actor
from assess.core.downloads import Product
from assess.core.workflow import Stage
from assess.services import runs
from assess.store.models import Download
from assess.store.session import Database
from tests.services.downloads import ask_file, make_files
from tests.services.forms import year_2026
from tests.services.moves import move_on
from tests.services.runs import a_run, a_supplied_year
from tests.services.seals import ask_seal
from tests.store.crew import BOUND, FIRST_SEED, ROUNDS, Crew, crew_at
from tests.store.documents import are_made, editions_made, files_made, work_until_killed
from tests.stores import on_sqlite
from tests.years import VERIFIED

TIMES, WITHIN = max(ROUNDS // 2, 1), 1.5
"""How often each, and within how many seconds of asking a worker is killed."""


@on_sqlite
def test_files_and_sealed_documents_are_whole_and_made_once_whenever_workers_are_killed(
    database: Database, database_url: str, instance: Path
):
    print(f"KILL_SEED={FIRST_SEED}")
    chance, folder = random.Random(FIRST_SEED), instance / "uploads"
    office = a_supplied_year(database, units=2)["office"]
    number = a_run(database, office, folder).number
    with database.writing() as session:
        runs.release_provisional(session, office, cycle=year_2026(session), number=number, now=VERIFIED)
    ask_all(database, office)
    make_files(database, folder)
    whole = files_made(database, folder)

    with crew_at(work_until_killed, database_url, str(folder), str(instance / "seal.pem")) as crew:
        for _ in range(TIMES):
            forget_files(database)
            ask_all(database, office)
            survive(database, crew, chance)
            assert files_made(database, folder) == whole
        for stage in (Stage.APPEALS, Stage.FINAL):
            move_on(database, office, stage)
        for _ in range(TIMES):
            ask_seal(database, office, reason="One figure was corrected.")
            survive(database, crew, chance)

    assert {sound for _, sound in whole.values()} == {True}
    assert editions_made(database, folder) == [(edition, 6, True, TIMES) for edition in range(1, TIMES + 1)]
    assert [path.name for path in folder.glob(".download-*")] == []


def ask_all(database: Database, office: Actor) -> None:
    """Ask for one file of each kind."""
    for product in Product:
        ask_file(database, office, product)


def forget_files(database: Database) -> None:
    """All files must be made again."""
    with database.writing() as session:
        session.query(Download).delete()


def survive(database: Database, crew: Crew, chance: random.Random) -> None:
    """Two workers are killed at instants that chance chooses; the jobs are done all the same."""
    crew.suffer(chance, 2, WITHIN)
    until = time.monotonic() + BOUND
    while not are_made(database) and time.monotonic() < until:
        time.sleep(0.05)
