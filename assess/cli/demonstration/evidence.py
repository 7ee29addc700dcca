"""What the departments send in the demonstration: files that are accepted, one with flaws, one that waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess.cli.demonstration.people import DEPARTMENT
from assess.cli.demonstration.workbooks import Values, a_text_file, a_workbook, shipped_values
from assess.core.actors import Actor
from assess.core.evidence.asked import Asked, asked_of
from assess.services import imports
from assess.services.documents import Document
from assess.services.years import Year, year_of
from assess.settings import Settings
from assess.store.queries.accounts import account_called, actor_of
from assess.store.queries.cycles import cycle_of_year
from assess.store.queries.imports import import_at
from assess.store.session import Database, Session
from assess.worker import Worker

LATER: Final = 9
"""So many units at the end of the list are told of in a second file of the evaluator who signs in."""
WATER, PRESS, LAND = "water-bureau", "publicity", "landscape"
EXPLAINED: Final = "示范：已与监测数据核对，数值无误。"


class Sending(NamedTuple):
    """A file, whose it is, and whether it is accepted."""

    department: str
    document: Document
    is_accepted: bool


def supply(database: Database, settings: Settings, year: int, now: datetime) -> None:
    """Send the files of the departments, have them checked as the service does, and accept some.

    Whoever is stopped meanwhile leaves files that wait as any file does.
    """
    for round_of_files in (first_files, later_files):
        with database.writing() as session:
            of_year = the_year(session, year)
            sent = [(send(session, of_year, each, settings.uploads, now), each) for each in round_of_files(of_year)]
        work(database, settings.uploads)
        with database.writing() as session:
            for row, each in sent:
                if each.is_accepted:
                    accept(session, of_year, each.department, row, now)
        work(database, settings.uploads)


def first_files(year: Year) -> Iterable[Sending]:
    """A file with flaws, and what most departments of the demonstration send."""
    units = year.units.codes
    asked, values = asked_and_values(year, DEPARTMENT, units[:-LATER])
    yield Sending(DEPARTMENT, a_workbook("示范-生态环境数据-初稿.xlsx", year, asked, mistyped(values, units)), False)
    yield Sending(DEPARTMENT, a_workbook("示范-生态环境数据.xlsx", year, asked, values), True)
    for department, name, make in OTHERS:
        yield Sending(department, make(name, year, *asked_and_values(year, department, units)), True)


def later_files(year: Year) -> Iterable[Sending]:
    """A correction of what was accepted, and a file that waits with values that are new, changed and suspicious."""
    units = year.units.codes
    asked, values = asked_and_values(year, WATER, units[:2])
    corrected = {key: "93.5" for key in values if key[1] == "sewage_rate"}
    yield Sending(WATER, a_workbook("示范-水务数据-更正.xlsx", year, asked, corrected), True)
    asked, values = asked_and_values(year, DEPARTMENT, units[-LATER:])
    values |= {(units[0], "pm25", "2026-03"): "36.4", (units[1], "pm25", "2026-03"): "366"}
    yield Sending(DEPARTMENT, a_workbook("示范-生态环境数据-补报.xlsx", year, asked, values), False)


def asked_and_values(year: Year, department: str, units: Iterable[str]) -> tuple[Asked, Values]:
    """What a department is asked for, and the invented figures about some units."""
    asked = asked_of(year.sheet, department)
    return asked, shipped_values(asked, list(units))


def mistyped(values: Values, units: tuple[str, ...]) -> Values:
    """The figures with what people type by mistake."""
    return {
        **values,
        (units[0], "pm25", "2026-01"): "约41",
        (units[1], "pm25", "2026-02"): "35．2µg",
        (units[2], "noise_met", "2026-H1"): "9470",
        (units[3], "station_interference", ""): "不详",
    }


OTHERS: Final[tuple[tuple[str, str, Callable[[str, Year, Asked, Values], Document]], ...]] = (
    (WATER, "示范-水务数据.xlsx", a_workbook),
    (LAND, "示范-园林绿化数据.xlsx", a_workbook),
    (PRESS, "示范-媒体曝光.csv", a_text_file),
)
"""The other departments that send a file, what it is called, and how it is made."""


def the_year(session: Session, year: int) -> Year:
    """The demonstration year."""
    cycle = cycle_of_year(session, year=year)
    assert cycle is not None
    return year_of(session, cycle)


def evaluator_of(session: Session, department: str) -> Actor:
    """The evaluator of a department."""
    account = account_called(session, "evaluator" if department == DEPARTMENT else f"d-{department}")
    assert account is not None
    return actor_of(account)


def send(session: Session, year: Year, sending: Sending, folder: Path, now: datetime) -> int:
    """Upload a file; its number."""
    return imports.upload_import(
        session, evaluator_of(session, sending.department), cycle=year.cycle, department=sending.department,
        document=sending.document, folder=folder, now=now,
    ).id  # fmt: skip


def accept(session: Session, year: Year, department: str, row: int, now: datetime) -> None:
    """Say why what looks wrong is right, and ask for a file to be accepted."""
    evaluator, cycle = evaluator_of(session, department), year.cycle
    imports.explain_all(session, evaluator, cycle=cycle, row=row, words=EXPLAINED, now=now)
    found = import_at(session, cycle=cycle.id, row=row)
    assert found is not None
    imports.accept_import(session, evaluator, cycle=cycle, row=row, seen=found.version, now=now)


def work(database: Database, folder: Path) -> None:
    """Check and accept what waits, as a worker of the service does."""
    kinds = {imports.CHECK: imports.checking_in(folder), imports.ACCEPT: imports.accepting()}
    worker = Worker(database, kinds, threading.Event())
    while worker.work_on_one():
        pass
