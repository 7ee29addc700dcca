"""A year with figures in the database, scored by the worker's own job."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from assess.core.actors import Actor
from assess.core.figures.entry import read_entry, to_stored
from assess.core.parsing import ParseError
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST
from assess.core.runs.kinds import RunKind
from assess.core.workflow import Stage
from assess.services import runs
from assess.services.years import known_sheet, year_of
from assess.store.models import Batch, Value
from assess.store.queries import runs as queries
from assess.store.queries.runs import RunRow
from assess.store.session import Database, Session
from assess.worker import Worker
from tests.filled import filled
from tests.services.forms import year_2026
from tests.store.appending import QUICK
from tests.years import NOW, RULES, a_year, model_of, people, shipped_sheet


def a_supplied_year(database: Database, *, units: int = 6, stage: Stage = Stage.VERIFYING) -> dict[str, Actor]:
    """The year at a stage with the shipped figures of its first units and of the year before; its people.

    The database must be empty. The value of a figure comes from `water.xlsx`, sheet 数据, one row each.
    """
    return filled(database, ("supplied", units, stage), lambda empty: supply(empty, units, stage))


def supply(
    database: Database, units: int, stage: Stage, is_left_out: Callable[[str, str], bool] = lambda unit, figure: False
) -> dict[str, Actor]:
    """Fill an empty database; figures of units may be left out."""
    with database.writing() as session:
        cycle = a_year(session, stage=stage, units=units)
        codes = year_of(session, cycle).units.codes
        for kind, name, year in (("import", "figures.csv", 2026), ("previous", "figures-2025.csv", 2025)):
            batch = Batch(
                cycle_id=cycle.id, kind=kind, upload=None, file_name="water.xlsx", facts={}, made_by=0, made_at=NOW
            )
            session.add(batch)
            session.flush()
            rows = [
                {**row, "cycle_id": cycle.id, "year": year, "batch_id": batch.id, "entered_by": 0, "entered_at": NOW}
                for row in values_of(codes, name, year)
                if year == 2025 or not is_left_out(row["unit"], row["figure"])
            ]
            session.execute(insert(Value.__table__), rows)
        return people(session, codes[:2])


def values_of(codes: Collection[str], name: str, year: int) -> Iterator[dict[str, Any]]:
    """The shipped figures of units; those that are made up have the figures of their models."""
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for row in shipped_values(name, year):
        by_unit.setdefault(row["unit"], []).append(row)
    for code in codes:
        yield from ({**row, "unit": code} for row in by_unit.get(model_of(code), ()))


@cache
def shipped_values(name: str, year: int) -> list[dict[str, Any]]:
    """The shipped figures as rows of the table, but those of the task list and the ledger."""
    with (RULES / name).open(encoding="utf-8", newline="") as file:
        return list(value_rows(file, year))


def value_rows(file: Any, year: int) -> Iterator[dict[str, Any]]:
    """The figures of a file that somebody supplies."""
    figures = known_sheet(*shipped_sheet()).figures
    for number, row in enumerate(csv.DictReader(file), 2):
        figure = figures.get(row["figure"])
        if figure is None or figure.from_ in (BY_TASK_LIST, BY_LEDGER):
            continue
        read = read_entry(figure, row["value"])
        assert not isinstance(read, ParseError)
        stored = to_stored(read)
        yield {
            "unit": row["unit"], "figure": row["figure"], "period": row["period"] or str(year),
            "millionths": stored.millionths, "word": stored.text, "state": "certified", "place": f"数据!D{number}",
            "remark": "", "explanation": "",
        }  # fmt: skip


def ask(database: Database, actor: Actor, **given: Any) -> int:
    """Ask for a run in a transaction of its own."""
    with database.writing() as session:
        options = {"kind": RunKind.WORKING, "now": NOW, **given}
        return runs.ask_run(session, actor, cycle=year_2026(session), **options)


def work(database: Database, folder: Path) -> None:
    """Make every run that was asked for."""
    worker = Worker(database, {runs.KIND: runs.scoring_in(folder)}, threading.Event(), QUICK)
    while worker.work_on_one():
        pass


def a_run(database: Database, actor: Actor, folder: Path, **given: Any) -> RunRow:
    """A run that was asked for and made."""
    ask(database, actor, **given)
    work(database, folder)
    return newest(database)


def newest(database: Database) -> RunRow:
    """The newest run of the year."""
    with database.reading() as session:
        found = queries.newest_run(session, cycle=year_2026(session).id)
    assert found is not None
    return found


def change(session: Session, unit: str, figure: str, period: str, text: str) -> None:
    """Another value takes the place of the one that counts."""
    cycle = year_2026(session)
    known = Value.cycle_id == cycle.id, Value.unit == unit, Value.figure == figure, Value.period == period
    old = session.query(Value).filter(*known, Value.superseded_at.is_(None)).one()
    read = read_entry(known_sheet(*shipped_sheet()).figures[figure], text)
    assert not isinstance(read, ParseError)
    old.superseded_at = NOW
    session.flush()
    session.add(
        Value(
            cycle_id=cycle.id, year=2026, unit=unit, figure=figure, period=period, state="certified",
            millionths=to_stored(read).millionths, word=to_stored(read).text, batch_id=old.batch_id, place=old.place,
            entered_by=0, entered_at=NOW, supersedes=old.id, superseded_at=None,
        )
    )  # fmt: skip
    session.flush()
