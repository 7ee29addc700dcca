"""What leaders look back to: the interim rankings of a year, and what became of a unit in earlier years."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import func, null

from assess.core.runs.kinds import RunKind, RunStanding
from assess.core.workflow import ALLOWED, Act
from assess.store.models import Cycle, Release, Run, RunUnit
from assess.store.queries.releases import newest_notice
from assess.store.queries.runs import RunRow, runs
from assess.store.records import select_records
from assess.store.session import Session

MAX_EARLIER_RUNS: Final = 120
"""So many rows are looked back at."""


class UnitOutcome(NamedTuple):
    """What became of a unit; ranks are doubled, `standing` is None of an interim ranking."""

    year: int
    standing: RunStanding | None
    number: int
    day: date
    total: str | None
    rank: int | None
    of: int | None
    grade: str | None
    missing: int


def interim_runs(session: Session, *, cycle: int) -> list[RunRow]:
    """The interim rankings of a year, newest first (1 query)."""
    query = runs().where(Run.cycle_id == cycle, Run.kind == RunKind.INTERIM.value).order_by(Run.number.desc())
    return list(session.scalars(query.limit(MAX_EARLIER_RUNS)))


def interim_outcomes(session: Session, *, cycle: int, unit: str) -> list[UnitOutcome]:
    """What became of a unit in each interim ranking of a year, newest first (1 query)."""
    query = (
        select_records(UnitOutcome, RunUnit, Run, Cycle, standing=null())
        .join(Run, Run.id == RunUnit.run_id)
        .join(Cycle, Cycle.id == Run.cycle_id)
        .where(Cycle.id == cycle, Run.kind == RunKind.INTERIM.value, RunUnit.unit == unit)
        .order_by(Run.number.desc())
        .limit(MAX_EARLIER_RUNS)
    )
    return list(session.scalars(query))


def released_outcomes(session: Session, *, before: int, unit: str) -> list[UnitOutcome]:
    """What became of a unit in the result that counts of each year before one, newest first (1 query)."""
    shown = [stage.value for stage in ALLOWED[Act.SEE_OWN]]
    notice = newest_notice(Cycle.id)
    query = (
        select_records(UnitOutcome, RunUnit, Run, Cycle, Release)
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
