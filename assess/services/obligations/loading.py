"""The obligations of units, put together from the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.obligations.reports import asked_of
from assess.core.obligations.standing import ObligationState, deadline_of
from assess.services.obligations.figures import progress_of
from assess.services.obligations.standing import UnitTask, UnitTasks
from assess.services.reporting_windows import window_of
from assess.services.years import Year, year_of
from assess.store.queries import obligations as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import SubmissionRow, submissions_of
from assess.store.queries.obligations import ObligationRow, PeriodRow
from assess.store.session import Session


def unit_tasks(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, now: datetime) -> UnitTasks:
    """The obligations of a unit (6 queries, one more where the sheet, the units or the list changed).

    Raises:
        NotFound: there is no such unit, or the reader may not see it.
        Refused: no rule sheet is published.
    """
    actor.check_sees_unit(unit)
    return tasks_of_units(session, actor, cycle=cycle, units=[unit], now=now)[unit]


def tasks_of_units(
    session: Session, actor: Actor, *, cycle: CycleRow, units: Collection[str], now: datetime
) -> dict[str, UnitTasks]:
    """The obligations of several units; as many queries as for one. Whoever calls has checked that they may be seen.

    Raises:
        NotFound: there is no such unit.
    """
    year = year_of(session, cycle)
    for unit in units:
        year.place_of(unit)
    rows = queries.obligations_of(session, cycle=cycle.id, units=units)
    told = queries.period_reports(session, cycle=cycle.id, units=units)
    ends = reopened_until(session, cycle=cycle, units=units, now=now)
    own = {unit: [row for row in rows if row.unit == unit] for unit in units}
    return {
        unit: put_together(year, actor, unit=unit, rows=own[unit], told=told[unit], until=ends[unit], now=now)
        for unit in units
    }


def put_together(
    year: Year,
    actor: Actor,
    *,
    unit: str,
    rows: Iterable[ObligationRow],
    told: Mapping[str, Mapping[str, PeriodRow]],
    until: date | None,
    now: datetime,
) -> UnitTasks:
    """The obligations of a unit from what the database holds of them.

    Args:
        year: the year.
        actor: the reader.
        unit: the code of the unit.
        rows: its obligations.
        told: what was reported on each, by task and period.
        until: the last day for which the unit was reopened.
        now: the moment.
    """
    today = day_of(now)
    return UnitTasks(
        year=year,
        unit=unit,
        today=today,
        tasks=listed(year, rows, told, today),
        window=window_of(year.cycle, SubmissionRow(unit, reopened_until=until), today),
        may_edit=unit in actor.units,
    )


def reopened_until(
    session: Session, *, cycle: CycleRow, units: Collection[str], now: datetime
) -> dict[str, date | None]:
    """Until when units are reopened (1 query)."""
    rows = submissions_of(session, cycle=cycle.id, units=units, today=day_of(now))
    return {unit: row.reopened_until for unit, row in rows.items()}


def listed(
    year: Year, rows: Iterable[ObligationRow], told: Mapping[str, Mapping[str, PeriodRow]], today: date
) -> tuple[UnitTask, ...]:
    """The obligations of a unit in the order of the list; tasks no longer listed are left out."""
    by_no = {row.task: row for row in rows}
    found = []
    for task in () if year.tasks is None else year.tasks.tasks:
        if (row := by_no.get(task.no)) is not None:
            periods = told.get(task.no, {})
            days = {period: day_of(each.first) for period, each in periods.items()}
            standing = ObligationState(task, progress_of(row), deadline_of(task, year.cycle.year))
            reports = asked_of(task, standing.progress, days, year.cycle.year, today)
            said = {period: progress_of(each) for period, each in periods.items()}
            found.append(UnitTask(row, standing, reports, said, today))
    return tuple(found)
