"""Runs that workers make while they are killed."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import func, select

from assess.services import runs
from assess.store.models import Run, RunLine, RunUnit, RunValue
from assess.store.session import Database
from assess.worker import Worker
from tests.store.appending import SOON_MISSED
from tests.store.importing import lingering


def work_until_killed(url: str, folder: str) -> None:
    """What the process of a worker runs."""
    kinds = {runs.KIND: lingering(runs.scoring_in(Path(folder)))}
    Worker(Database(url), kinds, threading.Event(), SOON_MISSED).run()


def standing(database: Database) -> list[tuple[int, int, int, int]]:
    """Of every run its number, and how many units, lines and figures it has."""
    counts = [
        select(func.count()).where(table.run_id == Run.id).correlate(Run).scalar_subquery()
        for table in (RunUnit, RunLine, RunValue)
    ]
    with database.reading() as session:
        return [tuple(row) for row in session.execute(select(Run.number, *counts).order_by(Run.number))]
