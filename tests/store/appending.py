"""A kind of job that appends to a table in two steps, for tests of what becomes of it when its worker dies."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text, update

from assess.core.actors import operator
from assess.services import jobs
from assess.services.jobs import JobType
from assess.store.models import Job
from assess.store.queries.jobs import JobRow, job_numbered
from assess.store.session import Database, Session
from assess.worker import Pace, Worker
from tests.years import NOW

KIND = "append"
QUICK = Pace(lease=timedelta(minutes=5), look=0.02, progress=0.0, trouble=0.1)
"""Quick to look, and not missed however slow the machine is."""
SOON_MISSED = Pace(lease=timedelta(seconds=1), look=0.02, progress=0.0, trouble=0.1)
"""For workers that are killed."""
FIRST = (
    "INSERT INTO appended (number, step) SELECT :number, 1 "
    "WHERE NOT EXISTS (SELECT 1 FROM appended WHERE number = :number AND step = 1)"
)
SECOND = "INSERT INTO appended (number, step) VALUES (:number, 2)"


def make_table(database: Database) -> None:
    """The table that jobs append to; nothing in it keeps a step from standing twice."""
    with database.writing() as session:
        session.execute(text("CREATE TABLE appended (number INTEGER NOT NULL, step INTEGER NOT NULL)"))


def appended(database: Database) -> list[tuple[int, int]]:
    """Every number and step that was appended."""
    with database.reading() as session:
        return [(row.number, row.step) for row in session.execute(text("SELECT * FROM appended ORDER BY 1, 2"))]


def ask(database: Database, *numbers: int, kind: str = KIND) -> list[int]:
    """Ask for a job for each number, in one transaction."""
    with database.writing() as session:
        return [ask_in(session, number, kind) for number in numbers]


def ask_in(session: Session, number: int, kind: str = KIND) -> int:
    """Ask for a job within a transaction."""
    return jobs.ask(session, operator(), kind=kind, arguments={"number": number}, now=NOW)


def job(database: Database, number: int) -> JobRow:
    """A job as it is now."""
    with database.reading() as session:
        found = job_numbered(session, number=number)
    assert found is not None
    return found


def change(database: Database, number: int, **values: Any) -> None:
    """Make a job look as if something had happened to it."""
    with database.writing() as session:
        session.execute(update(Job).where(Job.id == number).values(**values))


def kind_that_appends(database: Database, seconds: float) -> JobType:
    """The first step in a transaction of its own while working, the second with the completion."""

    def read(_session: Session, arguments: Mapping[str, Any]) -> int:
        return int(arguments["number"])

    def work(number: int, progress: jobs.Progress) -> None:
        with database.writing() as session:
            session.execute(text(FIRST), {"number": number})
        progress(1, 2)
        time.sleep(seconds)

    def keep(session: Session, arguments: Mapping[str, Any], _found: None, _now: datetime) -> None:
        session.execute(text(SECOND), {"number": arguments["number"]})

    return JobType(read, work, keep)


def worker_that_appends(database: Database, seconds: float = 0.0, pace: Pace = QUICK) -> Worker:
    """A worker in this process."""
    return Worker(database, {KIND: kind_that_appends(database, seconds)}, threading.Event(), pace)


def work_until_killed(url: str, seconds: float) -> None:
    """What the process of a worker runs."""
    worker_that_appends(Database(url), seconds, SOON_MISSED).run()
