"""What leaders look back to: the interim rankings of a year, and what became of a unit in earlier years."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import func, select

from assess.core.runs.kinds import RunKind, RunStanding
from assess.core.workflow import ALLOWED, Act
from assess.store.models import Cycle, Release, Run, RunUnit
from assess.store.queries.releases import newest_notice
from assess.store.queries.runs import RunRow, run_row, runs
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
    return [run_row(*row) for row in session.execute(query.limit(MAX_EARLIER_RUNS))]


def interim_outcomes(session: Session, *, cycle: int, unit: str) -> list[UnitOutcome]:
    """What became of a unit in each interim ranking of a year, newest first (1 query)."""
    query = (
        select(Cycle, Run, RunUnit)
        .join(Run, Run.cycle_id == Cycle.id)
        .join(RunUnit, RunUnit.run_id == Run.id)
        .where(Cycle.id == cycle, Run.kind == RunKind.INTERIM.value, RunUnit.unit == unit)
        .order_by(Run.number.desc())
        .limit(MAX_EARLIER_RUNS)
    )
    return [outcome(*row) for row in session.execute(query)]


def released_outcomes(session: Session, *, before: int, unit: str) -> list[UnitOutcome]:
    """What became of a unit in the result that counts of each year before one, newest first (1 query)."""
    shown = [stage.value for stage in ALLOWED[Act.SEE_OWN]]
    notice = newest_notice(Cycle.id)
    query = (
        select(Cycle, Run, RunUnit, Release.standing)
        .join(Release, Release.cycle_id == Cycle.id)
        .join(Run, Run.id == Release.run_id)
        .join(RunUnit, RunUnit.run_id == Run.id)
        .where(Cycle.year < before, Cycle.stage.in_(shown), RunUnit.unit == unit)
        .where(func.coalesce(Release.move_id, 0) == notice)
        .order_by(Cycle.year.desc(), Release.id.desc())
        .limit(MAX_EARLIER_RUNS)
    )
    found: dict[int, UnitOutcome] = {}
    for cycle, run, result, standing in session.execute(query):
        found.setdefault(cycle.year, outcome(cycle, run, result, standing))
    return list(found.values())


def outcome(cycle: Cycle, run: Run, result: RunUnit, standing: str | None = None) -> UnitOutcome:
    """What became of a unit, as pages show it."""
    return UnitOutcome(
        year=cycle.year, standing=None if standing is None else RunStanding(standing),
        number=run.number, day=run.day, total=result.total, rank=result.rank, of=result.of,
        grade=result.grade, missing=run.missing,
    )  # fmt: skip
