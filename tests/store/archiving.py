"""Workers that make archives and are killed in the middle of it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from assess.services import archives
from assess.services.seals import KeyPlaces
from assess.store.session import Database
from assess.worker import Worker
from tests.store.appending import SOON_MISSED
from tests.store.crew import BOUND, PROCESSES, kill


def make_archives_until_killed(url: str, folder: str) -> None:
    """What the process of a worker runs."""
    places = KeyPlaces(Path(folder).parent / "keys" / "seal.pem")
    kinds = {archives.KIND: archives.archiving_in(Path(folder), places, url)}
    Worker(Database(url), kinds, threading.Event(), SOON_MISSED).run()


def kill_at_work(url: str, folder: Path) -> Path:
    """Kill a worker as soon as an archive grows on the disk; what it left there."""
    worker = PROCESSES.Process(target=make_archives_until_killed, args=(url, str(folder)), daemon=True)
    worker.start()
    until = time.monotonic() + BOUND
    while not (found := [each for each in folder.glob(".archive-*") if each.stat().st_size > 0]):
        assert time.monotonic() < until
        time.sleep(0.002)
    kill(worker)
    return found[0]
