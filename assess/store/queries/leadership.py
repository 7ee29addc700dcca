"""What leaders look back to: the interim rankings of a year, and what became of a unit in earlier years."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import func, null, select

from assess.core.runs.kinds import RunKind, RunStanding
from assess.core.text import Text
from assess.core.workflow import ALLOWED, Act
from assess.store.models import Cycle, Release, Run, RunLine, RunUnit
from assess.store.queries.releases import newest_notice
from assess.store.queries.runs import RunRow, runs
from assess.store.records import record_columns, select_records
from assess.store.session import Session

MAX_EARLIER_RUNS: Final = 120
"""So many rows are looked back at."""
LACKING: Final = "missing"
"""The state of a line without a figure."""


class UnitOutcome(NamedTuple):
    """What became of a unit; ranks are doubled, `run` is a row, `standing` is None of an interim ranking."""

    run: int
    year: int
    standing: RunStanding | None
    number: int
    day: date
    total: str | None
    rank: int | None
    of: int | None
    grade: str | None
    missing: int


class MonthOutcome(NamedTuple):
    """What a run says of a unit; ranks are doubled, `run` is a row."""

    run: int
    unit: str
    name: Text
    place: int
    group: str | None
    total: str | None
    rank: int | None


def interim_runs(session: Session, *, cycle: int) -> list[RunRow]:
    """The interim rankings of a year, newest first (1 query)."""
    query = runs().where(Run.cycle_id == cycle, Run.kind == RunKind.INTERIM.value).order_by(Run.number.desc())
    return list(session.scalars(query.limit(MAX_EARLIER_RUNS)))


def interim_outcomes(session: Session, *, cycle: int, unit: str) -> list[UnitOutcome]:
    """What became of a unit in each interim ranking of a year, newest first (1 query)."""
    query = (
        select_records(UnitOutcome, RunUnit, Run, Cycle, run=Run.id, standing=null())
        .join(Run, Run.id == RunUnit.run_id)
        .join(Cycle, Cycle.id == Run.cycle_id)
        .where(Cycle.id == cycle, Run.kind == RunKind.INTERIM.value, RunUnit.unit == unit)
        .order_by(Run.number.desc())
        .limit(MAX_EARLIER_RUNS)
    )
    return list(session.scalars(query))


def outcomes_in(session: Session, *, runs: Collection[int]) -> list[MonthOutcome]:
    """What some runs say of every unit, run by run (1 query)."""
    name = record_columns(Text, zh=RunUnit.name_zh, en=RunUnit.name_en)
    query = (
        select_records(MonthOutcome, RunUnit, name=name, run=RunUnit.run_id, group=RunUnit.group_id)
        .where(RunUnit.run_id.in_(runs))
        .order_by(RunUnit.run_id, RunUnit.place)
    )
    return list(session.scalars(query))


def items_missing(
    session: Session, *, runs: Collection[int], items: Collection[str], unit: str | None = None
) -> dict[tuple[int, str], int]:
    """How many of these items lacked a figure in some runs, by the row of the run and the unit (1 query)."""
    query = (
        select(RunLine.run_id, RunLine.unit, func.count())
        .where(RunLine.run_id.in_(runs), RunLine.state == LACKING, RunLine.node.in_(items))
        .group_by(RunLine.run_id, RunLine.unit)
        .order_by(RunLine.run_id, RunLine.unit)
    )
    if unit is not None:
        query = query.where(RunLine.unit == unit)
    return {(run, of): count for run, of, count in session.execute(query)}


def released_outcomes(session: Session, *, before: int, unit: str) -> list[UnitOutcome]:
    """What became of a unit in the result that counts of each year before one, newest first (1 query)."""
    shown = [stage.value for stage in ALLOWED[Act.SEE_OWN]]
    notice = newest_notice(Cycle.id)
    query = (
        select_records(UnitOutcome, RunUnit, Run, Cycle, Release, run=Run.id)
        .join(Run, Run.id == RunUnit.run_id)
        .join(Release, Release.run_id == Run.id)
        .join(Cycle, Cycle.id == Release.cycle_id)
        .where(Cycle.year < before, Cycle.stage.in_(shown), RunUnit.unit == unit)
        .where(func.coalesce(Release.move_id, 0) == notice)
        .order_by(Cycle.year.desc(), Release.id.desc())
        .limit(MAX_EARLIER_RUNS)
    )
    found: dict[int, UnitOutcome] = {}
    for each in session.scalars(query):
        found.setdefault(each.year, each)
    return list(found.values())


def final_run_of_year(session: Session, *, year: int) -> RunRow | None:
    """The run that is the final result of a year, None where it has none (1 query)."""
    shown = [stage.value for stage in ALLOWED[Act.SEE_OWN]]
    query = (
        runs()
        .join(Release, Release.run_id == Run.id)
        .join(Cycle, Cycle.id == Release.cycle_id)
        .where(Cycle.year == year, Cycle.stage.in_(shown), Release.standing == RunStanding.FINAL.value)
        .where(func.coalesce(Release.move_id, 0) == newest_notice(Cycle.id))
        .order_by(Release.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()
