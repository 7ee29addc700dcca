"""Files of evidence that workers check and accept while they are killed; every file has values of its own."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from assess.core.actors import Actor
from assess.services import imports
from assess.services.documents import Document
from assess.store.models import Batch, Import, Job, Occurrence, Proposal, Value
from assess.store.session import Database
from assess.worker import Worker
from tests.services.imports import a_book, the_cycle
from tests.store.appending import SOON_MISSED
from tests.years import RULES

QUARTERS: Final = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
HEAD: Final = ("unit", "period", "sections_met", "water_rebounds", "water_use", "river_patrol")
UNITS: Final = tuple(line.split(",")[0] for line in (RULES / "units.csv").read_text("utf-8").splitlines()[1:])
VALUES: Final = len(UNITS) * len(QUARTERS) * (len(HEAD) - 2)


def a_file(number: int) -> Document:
    """A file whose every value tells which file it is of: between 10 and 30, so that none is suspicious."""
    rows = [
        [unit, quarter, *(10 + number + (place + column) % 10 for column in range(len(HEAD) - 2))]
        for place, unit in enumerate(UNITS)
        for quarter in QUARTERS
    ]
    return a_book(*rows, head=HEAD, name=f"{number}.xlsx")


def work_until_killed(url: str, folder: str) -> None:
    """What the process of a worker runs."""
    kinds = {imports.CHECK: imports.checking_in(Path(folder)), imports.ACCEPT: imports.accepting()}
    Worker(Database(url), kinds, threading.Event(), SOON_MISSED).run()


def accept(database: Database, actor: Actor, row: int) -> None:
    """Ask for a checked file to be accepted."""
    with database.writing() as session:
        found = session.get(Import, row)
        assert found is not None
        cycle = the_cycle(session)
        imports.explain_all(session, actor, cycle=cycle, row=row, words="核对无误", now=found.made_at)
        imports.accept_import(session, actor, cycle=cycle, row=row, seen=found.version, now=found.made_at)


def standing(database: Database) -> dict[str, object]:
    """How many rows of everything there are, how the jobs stand, and from how many files the values that count come."""
    with database.reading() as session:
        counting = Value.superseded_at.is_(None)
        return {
            "jobs": dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all()),
            "files": dict(session.execute(select(Import.state, func.count()).group_by(Import.state)).all()),
            "proposals": session.scalar(select(func.count()).select_from(Proposal)),
            "occurrences": session.scalar(select(func.count()).select_from(Occurrence)),
            "batches": session.scalar(select(func.count()).select_from(Batch)),
            "values": session.scalar(select(func.count()).select_from(Value)),
            "counting": session.scalar(select(func.count()).select_from(Value).where(counting)),
            "sources": session.scalar(select(func.count(Value.batch_id.distinct())).where(counting)),
        }
