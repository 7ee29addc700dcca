"""What the units report on their tasks in the demonstration: one all along, the others lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.people import FIRST
from assess.core.actors import Actor
from assess.core.calendar import BEIJING
from assess.core.obligations.reports import TypedReport
from assess.core.obligations.standing import Status
from assess.services.obligations.loading import unit_tasks
from assess.services.obligations.reporting import report_obligations
from assess.services.obligations.standing import UnitTask
from assess.services.years import Year
from assess.store.session import Session

WORDS: Final = "演示：按计划推进，已完成现场核查，佐证材料已归档。"
EARLY: Final = timedelta(days=3)
"""How long before the last day a report comes that is in time."""
SILENT: Final = 8
"""Of how many units one does not report at all."""


Outcome = Callable[[str, UnitTask, date], TypedReport]
"""What a unit says of a task on a day."""


def report(
    session: Session, year: Year, officials: Mapping[str, Actor], now: datetime, outcome: Outcome
) -> None:  # fmt: skip
    """The newest report of each unit on its tasks; some leave out a few, and one in eight says nothing."""
    for unit in year.units.codes:
        if unit == FIRST or draw("silent", unit, below=SILENT):
            report_of_unit(session, year, officials[unit], unit, now=now, outcome=outcome)


def report_of_unit(
    session: Session, year: Year, official: Actor, unit: str, *, now: datetime, outcome: Outcome
) -> None:  # fmt: skip
    """One report a period that its tasks ask for."""
    of = unit_tasks(session, official, cycle=year.cycle, unit=unit, now=now)
    last = min(of.today, date(year.cycle.year, 12, 31))
    by_period: dict[str, dict[str, UnitTask]] = {}
    for each in of.tasks:
        if each.open_reports and draw("left-out", unit, each.task.no, below=10):
            by_period.setdefault(each.open_reports[-1].period.label, {})[each.task.no] = each
    for period, tasks in by_period.items():
        report_obligations(
            session,
            official,
            cycle=year.cycle,
            unit=unit,
            period=period,
            typed={no: outcome(unit, each, last) for no, each in tasks.items()},
            seen={no: each.row.version for no, each in tasks.items()},
            now=now,
        )


def report_in_time(session: Session, year: Year, official: Actor, unit: str, *, since: date, until: date) -> None:
    """A report of a unit in time for every period whose day comes after a day up to another, the newest left out."""
    now = datetime.combine(until, time(9), BEIJING)
    tasks_by_day: dict[tuple[date, str], list[str]] = {}
    for each in unit_tasks(session, official, cycle=year.cycle, unit=unit, now=now).tasks:
        for asked in each.open_reports:
            if asked.is_periodic and since < asked.period.due - EARLY <= until:
                tasks_by_day.setdefault((asked.period.due, asked.period.label), []).append(each.task.no)
    for (due, period), tasks in sorted(tasks_by_day.items()):
        then = datetime.combine(due - EARLY, time(9), BEIJING)
        of = unit_tasks(session, official, cycle=year.cycle, unit=unit, now=then)
        share = str(due.month * 3)
        report_obligations(
            session,
            official,
            cycle=year.cycle,
            unit=unit,
            period=period,
            typed={no: TypedReport(Status.STARTED, share, "", WORDS) for no in tasks},
            seen={no: of.task(no).row.version for no in tasks},
            now=then,
        )


def so_far(unit: str, task: UnitTask, today: date) -> TypedReport:
    """How far a task is in a year that goes on, as drawn: done on a day of this year, or part of the way."""
    good = draw("task", unit, task.task.no, below=100)
    if good < 30:
        return done(unit, task, today)
    if good < 90:
        return TypedReport(Status.STARTED, str(20 + good * 3 // 4), "", WORDS)
    return TypedReport(Status.PLANNED, "5", "", "")


def at_the_end(unit: str, task: UnitTask, today: date) -> TypedReport:
    """How far a task came by the end of the year, as drawn: done, or most of the way; some units do better."""
    if draw("task", unit, task.task.no, below=100) < 80 + draw("zeal", unit, below=20):
        return done(unit, task, today)
    return TypedReport(Status.STARTED, str(55 + draw("share", unit, task.task.no, below=40)), "", WORDS)


def done(unit: str, task: UnitTask, today: date) -> TypedReport:
    """A task that was done on a day of the year."""
    done_on = date(today.year, 1 + draw("done", unit, task.task.no, below=max(1, today.month - 1)), 15)
    return TypedReport(Status.DONE, "100", done_on.isoformat(), WORDS)
