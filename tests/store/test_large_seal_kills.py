"""A large seal is made by two processes; whichever of them dies, nothing half made counts and it ends the same.

`KILL_ROUNDS=50` kills more often, `KILL_SEED=…` repeats the rounds of a run that failed, which prints it.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import update

from assess.core.jobs import JobState
from assess.core.workflow import Stage
from assess.files.replayed_book import replayed_book
from assess.files.sealing.documents import Making, SealedOutput, SealingEdition, seal_documents
from assess.services import seals
from assess.services.seals.sealing import read_order
from assess.store.models import Job
from assess.store.queries.jobs import JobRow, recent_jobs
from assess.store.session import Database
from assess.store.uploads import keep_bytes, kept_path
from assess.worker import Worker
from tests.benchmarks.large_year import a_wide_year
from tests.services.large_years import come_to, release
from tests.services.runs import a_run
from tests.services.seals import ask_seal, sealed_documents, sealed_editions
from tests.store.appending import SOON_MISSED
from tests.store.crew import BOUND, FIRST_SEED, PROCESSES, ROUNDS
from tests.store.documents import editions_made
from tests.stores import on_sqlite
from tests.years import NOW

UNITS, ITEMS = 61, 10
TIMES = min(max(1, ROUNDS - 2), 10)
"""In how many seals the worker is killed; in one more its second process is."""


def work_until_killed(url: str, folder: str, key: str) -> None:
    """What the process of a worker runs."""
    kinds = {seals.KIND: seals.sealing_in(Path(folder), seals.KeyPlaces(Path(key)))}
    Worker(Database(url), kinds, threading.Event(), SOON_MISSED).run()


@on_sqlite
def test_a_large_seal_ends_with_the_same_documents_whenever_one_of_its_processes_is_killed(
    database: Database, database_url: str, instance: Path
):
    print(f"KILL_SEED={FIRST_SEED}")
    chance, folder, key = random.Random(FIRST_SEED), instance / "uploads", instance / "seal.pem"
    office = a_wide_year(database, UNITS, ITEMS)["office"]
    release(database, folder, office)
    come_to(database, office, Stage.APPEALS, Stage.FINAL)
    hired = partial(a_worker_at, database_url, str(folder), str(key))
    took = 0.0
    for number in range(TIMES + 2):
        if number:
            a_run(database, office, folder)
        ask_seal(database, office, reason="One figure was corrected.")
        began = time.monotonic()
        if number:
            with hired() as worker:
                wait_until(lambda: children_of(worker.pid) != [])
                seconds = children_of(worker.pid)
                time.sleep(chance.uniform(0, took if number <= TIMES else took / 3))
                if number > TIMES:
                    os.kill(seconds[0], signal.SIGKILL)
                    wait_until(
                        lambda: newest_seal(database).attempts == 1 and newest_seal(database).message is not None
                    )
                else:
                    worker.kill()
                    wait_until_gone(seconds)
            due_at_once(database)
        with hired():
            wait_until(lambda: newest_seal(database).state is JobState.DONE)
        took = took or time.monotonic() - began

        edition = sealed_editions(database)[0]
        made = {each.code: each.sha256 for each in sealed_documents(database, edition)}
        assert made == {each.code: each.sha256 for each in made_undisturbed(database, folder, key, number + 1)}
    documents = 2 * (UNITS + 1)
    assert editions_made(database, folder) == [(each, documents, True, 1) for each in range(1, TIMES + 3)]


def made_undisturbed(database: Database, folder: Path, key: Path, number: int) -> tuple[SealedOutput, ...]:
    """The documents of the order of a seal, made here on one process."""
    with database.reading() as session:
        order = read_order(session, {"order": number})
    run = order.run
    edition = SealingEdition(order.year, order.edition, run.units, order.at, order.address, order.chance, run.results)
    again = partial(replayed_book, kept_path(folder, run.inputs), run.inputs_digest, order.sealing)
    apart = folder / "again"
    apart.mkdir(exist_ok=True)
    making = Making(edition, seals.KeyPlaces(key), partial(keep_bytes, apart), again)
    return seal_documents(making, again, lambda done, of: None, processes=1).documents


@contextmanager
def a_worker_at(*needed: str) -> Iterator[Any]:
    """A worker in a process of its own, killed in the end; it may have a second process."""
    worker = PROCESSES.Process(target=work_until_killed, args=needed)
    worker.start()
    try:
        yield worker
    finally:
        worker.kill()
        worker.join()


def children_of(process: int | None) -> list[int]:
    """The processes that one has started."""
    found = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for each in found for child in each.read_text().split()]


def is_gone(process: int) -> bool:
    """Whether a process has ended, though nobody may have taken note of it."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return True
    return told.rpartition(")")[2].split()[0] == "Z"


def wait_until_gone(processes: list[int]) -> None:
    """Wait until processes have ended."""
    wait_until(lambda: all(map(is_gone, processes)))


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; not for ever."""
    until = time.monotonic() + BOUND
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def newest_seal(database: Database) -> JobRow:
    """The job of the seal that was asked for last."""
    with database.reading() as session:
        return next(job for job in recent_jobs(session) if job.kind == seals.KIND)


def due_at_once(database: Database) -> None:
    """A job that was put off is due."""
    with database.writing() as session:
        session.execute(update(Job).where(Job.state == JobState.WAITING).values(run_after=NOW))
