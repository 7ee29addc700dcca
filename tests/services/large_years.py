"""A year of more units than a district has, with figures from everywhere: workbooks, forms, task list and ledger."""

from __future__ import annotations

from pathlib import Path

from assess.core.actors import Actor, Role
from assess.core.workflow import Stage
from assess.services import runs
from assess.services.accounts import Duty
from assess.store.session import Database
from tests.services.certifying import ECOLOGY_FIGURES, certify, numbers
from tests.services.findings import record
from tests.services.forms import SOIL, save, submit, year_2026
from tests.services.imports import RATE, a_book, accepted
from tests.services.moves import move_on
from tests.services.runs import a_run, supply
from tests.years import JIANWAI, VERIFIED, a_person, code_at


def a_large_year(database: Database, folder: Path, units: int) -> dict[str, Actor]:
    """The year while it is verified: the rate of sewage from a workbook, the soil of one unit from its form, a finding.

    All other figures are those of the shipped units, put there at once. The database must be empty.
    """
    people = supply(database, units, Stage.COLLECTING, lambda unit, figure: is_sent(unit, figure))
    rows = [[code_at(place), 90 + place % 10] for place in range(units)]
    accepted(database, people["evaluator"], folder, a_book(*rows, head=("unit", RATE), name="sewage.xlsx"))
    save(database, people[JIANWAI], SOIL)
    submit(database, people[JIANWAI])
    record(database)
    with database.writing() as session:
        bureaus = [
            a_person(session, name, Duty(Role.EVALUATOR, department=name))
            for name in ("ecology-bureau", "urban-management")
        ]
    for bureau, figures in zip(bureaus, (ECOLOGY_FIGURES, ("sorting_join",)), strict=True):
        certify(database, bureau, numbers(database, *figures))
    come_to(database, people["office"], Stage.VERIFYING)
    return people


def is_sent(unit: str, figure: str) -> bool:
    """Whether a figure is sent to the service as people send it."""
    return figure == RATE or (unit == JIANWAI and figure in SOIL)


def come_to(database: Database, office: Actor, *later: Stage) -> None:
    """The office moves the year on, each time after the last day of the stage."""
    for stage in later:
        move_on(database, office, stage)


def release(database: Database, folder: Path, office: Actor) -> None:
    """A run is made and its result released for the notice."""
    number = a_run(database, office, folder).number
    with database.writing() as session:
        runs.release_provisional(session, office, cycle=year_2026(session), number=number, now=VERIFIED)
