"""Workers are killed at random instants of checking and of recording files of findings: no file half recorded, no
number twice or left out.

`KILL_SEED=…` repeats a run that failed, which prints it.
"""

from __future__ import annotations

import random
import threading
from pathlib import Path

from sqlalchemy import func, select

from assess.services import finding_imports
from assess.services.documents import UploadedFile
from assess.store.models import Finding, FindingEvent, Import, ImportedFinding, Job
from assess.store.session import Database
from assess.worker import Worker
from tests.services.finding_imports import an_export, ask_to_accept, upload
from tests.services.findings import a_ledger
from tests.store.appending import SOON_MISSED
from tests.store.crew import FIRST_SEED, crew_at, wait_until_done
from tests.store.importing import lingering
from tests.stores import on_sqlite

FILES, ROWS, WITHIN = 2, 40, 0.4
"""How many files of how many findings, and within how many seconds of asking for each job a worker is killed."""


def work_until_killed(url: str, folder: str) -> None:
    """What the process of a worker runs."""
    kinds = {
        finding_imports.CHECK: lingering(finding_imports.checking_in(Path(folder))),
        finding_imports.ACCEPT: lingering(finding_imports.accepting()),
    }
    Worker(Database(url), kinds, threading.Event(), SOON_MISSED).run()


def a_file(number: int) -> UploadedFile:
    """A file whose work orders are its own."""
    orders = [f"{number}-{row}" for row in range(ROWS)]
    rows = [(order, "建外", "裸土", f"{order} 号", "2026-11-20", "扬尘", "2026-12-04") for order in orders]
    return an_export(*rows, name=f"{number}.xlsx")


@on_sqlite
def test_a_file_of_findings_is_recorded_wholly_and_once_whenever_workers_are_killed(
    database: Database, database_url: str, instance: Path
):
    print(f"KILL_SEED={FIRST_SEED}")
    chance, folder = random.Random(FIRST_SEED), instance / "uploads"
    a_ledger(database)
    with crew_at(work_until_killed, database_url, str(folder)) as crew:
        rows = []
        for number in range(FILES):
            rows.append(upload(database, folder, a_file(number)))
            crew.suffer(chance, 1, WITHIN)
        wait_until_done(database)
        for row in rows:
            ask_to_accept(database, row)
            crew.suffer(chance, 1, WITHIN)
        wait_until_done(database)

    with database.reading() as session:
        states = dict(session.execute(select(Import.state, func.count()).group_by(Import.state)).all())
        jobs = dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
        became = session.scalar(select(func.count(ImportedFinding.finding_id.distinct())))
        of_rows = session.scalar(select(func.count()).select_from(ImportedFinding))
        numbers = list(session.scalars(select(Finding.number).order_by(Finding.number)))
        events = session.scalar(select(func.count()).select_from(FindingEvent))
    assert (states, jobs, numbers) == ({"accepted": FILES}, {"done": 2 * FILES}, [*range(1, FILES * ROWS + 1)])
    assert (became, of_rows, events) == (FILES * ROWS, FILES * ROWS, 2 * FILES * ROWS)
