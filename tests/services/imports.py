"""A department's workbooks as people make them, sent to the service and worked on by a worker of its own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import update

from assess.core.actors import Actor
from assess.core.evidence.verdicts import CheckList
from assess.core.jobs import JobState
from assess.services import imports
from assess.services.documents import UploadedFile
from assess.services.imports import ImportPage
from assess.store.models import Job
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.queries.years import current_values
from assess.store.session import Database, Session
from assess.worker import Worker
from tests.filled import filled
from tests.services.forms import a_year_and_people
from tests.store.appending import QUICK
from tests.years import CHAOWAI, JIANWAI, NOW

DEPARTMENT = "water-bureau"
HEAD = ["单位", "污水收集处理率", "年度用水总量指标"]
RATE, QUOTA = "sewage_rate", "water_quota"
FIRST = [["建外街道", 95.5, 800], ["朝外街道", "96%", None]]
OF_FIRST = {
    (JIANWAI, RATE, "2026"): 95_500_000,
    (JIANWAI, QUOTA, "2026"): 800_000_000,
    (CHAOWAI, RATE, "2026"): 96_000_000,
}
"""What the first file says."""


def a_water_year(database: Database, **options: Any) -> dict[str, Actor]:
    """The year with its people; the database must be empty."""
    known_as = ("a water year", *sorted(options.items()))
    return filled(database, known_as, lambda empty: a_year_and_people(empty, **options))


def the_cycle(session: Session) -> CycleRow:
    """The year of these tests."""
    found = cycle_of_year(session, year=2026)
    assert found is not None
    return found


def a_book(*rows: Sequence[Any], head: Sequence[Any] = HEAD, name: str = "water.xlsx") -> UploadedFile:
    """A workbook of their own with one sheet of data."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    for row in (head, *rows):
        sheet.append(list(row))
    made = BytesIO()
    book.save(made)
    return UploadedFile(name, made.getvalue())


def upload(database: Database, actor: Actor, folder: Path, document: UploadedFile, now: datetime = NOW) -> int:
    """The number of a file that was uploaded, not yet checked."""
    with database.writing() as session:
        row = imports.upload_import(
            session, actor, cycle=the_cycle(session), department=DEPARTMENT, document=document, folder=folder, now=now
        )
        return row.id


def a_worker(database: Database, folder: Path) -> Worker:
    """A worker that checks and accepts."""
    kinds = {imports.CHECK: imports.checking_in(folder), imports.ACCEPT: imports.accepting()}
    return Worker(database, kinds, threading.Event(), QUICK)


def work(database: Database, folder: Path) -> None:
    """Do every job that waits."""
    worker = a_worker(database, folder)
    while worker.work_on_one():
        pass


def work_whatever_waits(database: Database, folder: Path) -> None:
    """Do every job, those too that were put off or that belong to a day to come."""
    work(database, folder)
    with database.writing() as session:
        session.execute(update(Job).where(Job.state == JobState.WAITING).values(run_after=NOW))
    work(database, folder)


def checked(database: Database, actor: Actor, folder: Path, document: UploadedFile, now: datetime = NOW) -> int:
    """The number of a file that was uploaded and checked."""
    row = upload(database, actor, folder, document, now)
    work_whatever_waits(database, folder)
    return row


def accept(database: Database, actor: Actor, row: int, now: datetime = NOW) -> None:
    """Ask for a file to be accepted as it is seen now."""
    with database.writing() as session:
        cycle = the_cycle(session)
        seen = page_in(session, actor, row).row.version
        imports.accept_import(session, actor, cycle=cycle, row=row, seen=seen, now=now)


def accepted(database: Database, actor: Actor, folder: Path, document: UploadedFile, now: datetime = NOW) -> int:
    """The number of a file that was uploaded, checked, explained and accepted."""
    row = checked(database, actor, folder, document, now)
    with database.writing() as session:
        imports.explain_all(session, actor, cycle=the_cycle(session), row=row, words="核对无误", now=now)
    accept(database, actor, row, now)
    work_whatever_waits(database, folder)
    return row


def undo(database: Database, actor: Actor, row: int, now: datetime = NOW) -> None:
    """Undo a file as it is seen now."""
    with database.writing() as session:
        seen = page_in(session, actor, row).row.version
        imports.undo_import(session, actor, cycle=the_cycle(session), row=row, seen=seen, now=now)


def page_in(session: Session, actor: Actor, row: int, show: CheckList | None = None) -> ImportPage:
    """A file as a page shows it."""
    return imports.import_page(session, actor, cycle=the_cycle(session), row=row, show=show, now=NOW)


def page(database: Database, actor: Actor, row: int, show: CheckList | None = None) -> ImportPage:
    """A file as a page shows it."""
    with database.reading() as session:
        return page_in(session, actor, row, show)


def values(database: Database) -> dict[tuple[str, str, str], int | str | None]:
    """Every value of the year that counts now, in millionths or as a word, by unit, figure and period."""
    with database.reading() as session:
        rows = current_values(session, the_cycle(session).id, 2026)
        return {(unit, figure, period): number if word is None else word for unit, figure, period, number, word in rows}
