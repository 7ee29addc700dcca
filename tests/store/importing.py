"""Files of evidence that workers check and accept while they are killed; every file has values of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from assess.core.actors import Actor
from assess.services import imports
from assess.services.documents import UploadedFile
from assess.services.jobs import JobType
from assess.store.models import Batch, Import, ImportFlaw, Job, Occurrence, Proposal, Value
from assess.store.session import Database, Session
from assess.worker import Worker
from tests.services.imports import a_book, the_cycle
from tests.store.appending import SOON_MISSED
from tests.years import RULES

QUARTERS: Final = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
FIGURES: Final = ("sections_met", "water_rebounds", "water_use", "river_patrol")
UNITS: Final = tuple(line.split(",")[0] for line in (RULES / "units.csv").read_text("utf-8").splitlines()[1:])
VALUES: Final = len(UNITS) * len(QUARTERS)
"""How many values each file has."""
FLAWS: Final = 30
"""How many flaws the flawed file has."""
LINGERS: Final = 0.15
"""Seconds that a worker holds what it wrote before it commits, so that many are killed just then."""


def a_file(number: int) -> UploadedFile:
    """The file of one figure; no value is suspicious."""
    rows = [[unit, quarter, 10 + place % 10] for place, unit in enumerate(UNITS) for quarter in QUARTERS]
    return a_book(*rows, head=("unit", "period", FIGURES[number]), name=f"{number}.xlsx")


def a_flawed_file() -> UploadedFile:
    """A file in which every unit is unknown, so that each row has a flaw."""
    rows = [[f"nobody {place}", QUARTERS[0], 10] for place in range(FLAWS)]
    return a_book(*rows, head=("unit", "period", FIGURES[0]), name="flawed.xlsx")


def work_until_killed(url: str, folder: str) -> None:
    """What the process of a worker runs."""
    kinds = {imports.CHECK: imports.checking_in(Path(folder)), imports.ACCEPT: imports.accepting()}
    slow = {name: lingering(kind) for name, kind in kinds.items()}
    Worker(Database(url), slow, threading.Event(), SOON_MISSED).run()


def lingering(kind: JobType) -> JobType:
    """The same kind of job, slow to commit."""

    def keep(session: Session, arguments: Mapping[str, Any], found: Any, now: datetime) -> None:
        kind.keep(session, arguments, found, now)
        session.flush()
        time.sleep(LINGERS)

    return replace(kind, keep=keep)


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
            "flaws": session.scalar(select(func.count()).select_from(ImportFlaw)),
            "marked": session.scalar(select(func.count(Import.marked.distinct()))),
            "batches": session.scalar(select(func.count()).select_from(Batch)),
            "values": session.scalar(select(func.count()).select_from(Value)),
            "counting": session.scalar(select(func.count()).select_from(Value).where(counting)),
            "sources": session.scalar(select(func.count(Value.batch_id.distinct())).where(counting)),
        }
