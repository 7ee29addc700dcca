"""Workers in processes of their own, killed at will: SIGKILL, and nothing of the process left."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from tests.rounds import SOAKING

ROUNDS = int(os.environ.get("KILL_ROUNDS", "50" if SOAKING else "1"))
FIRST_SEED = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(1_000_000)))
WORKERS, BOUND = 2, 240
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.appending", "tests.store.importing", "tests.store.scoring"])


class Crew:
    """Workers, each with a new name, as on another machine."""

    def __init__(self, work: Callable[..., None], *needed: Any) -> None:
        self.work = work
        self.needed = needed
        self.workers = [self.hired() for _ in range(WORKERS)]

    def hired(self) -> BaseProcess:
        """A fresh worker."""
        worker = PROCESSES.Process(target=self.work, args=self.needed, daemon=True)
        worker.start()
        return worker

    def replace(self, place: int) -> None:
        """One worker is killed and another takes its place."""
        kill(self.workers[place])
        self.workers[place] = self.hired()

    def suffer(self, chance: random.Random, kills: int, seconds: float) -> None:
        """Some workers are killed, one after the other, at instants that chance chooses."""
        for _ in range(kills):
            time.sleep(chance.uniform(0, seconds))
            self.replace(chance.randrange(WORKERS))


def kill(worker: BaseProcess) -> None:
    """SIGKILL, and nothing of the process left."""
    worker.kill()
    worker.join()
    worker.close()


@contextmanager
def crew_at(work: Callable[..., None], *needed: Any) -> Iterator[Crew]:
    """Workers that are gone afterwards."""
    crew = Crew(work, *needed)
    try:
        yield crew
    finally:
        for worker in crew.workers:
            kill(worker)


def wait_until_done(database: Database) -> None:
    """Until every job is done, or patience ends."""
    until = time.monotonic() + BOUND
    while time.monotonic() < until:
        with database.reading() as session:
            if {job.state for job in recent_jobs(session)} == {"done"}:
                return
        time.sleep(0.05)
