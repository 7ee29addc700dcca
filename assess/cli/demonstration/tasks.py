"""What the units report on their tasks in the demonstration: one all along, the others lately."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.people import FIRST
from assess.core.actors import Actor
from assess.core.calendar import BEIJING
from assess.core.obligation_reports import TypedReport
from assess.core.obligations import Status
from assess.services.obligations.loading import unit_tasks
from assess.services.obligations.reporting import report_obligations
from assess.services.obligations.standing import UnitTask
from assess.services.years import Year
from assess.store.session import Session

WORDS: Final = "示范：按计划推进，已完成现场核查，佐证材料已归档。"
EARLY: Final = timedelta(days=3)
"""How long before the last day a report comes that is in time."""
SILENT: Final = 8
"""Of how many units one does not report at all."""


def report(session: Session, year: Year, officials: Mapping[str, Actor], now: datetime) -> None:
    """The newest report of each unit on its tasks; some leave out a few, and one in eight says nothing.

    The unit of the official who is shown around has reported in time ever since the year began.
    """
    report_earlier(session, year, officials[FIRST], FIRST, now)
    for unit in year.units.codes:
        if draw("silent", unit, below=SILENT):
            report_of_unit(session, year, officials[unit], unit, now)


def report_of_unit(session: Session, year: Year, official: Actor, unit: str, now: datetime) -> None:
    """One report a period that its tasks ask for."""
    of = unit_tasks(session, official, cycle=year.cycle, unit=unit, now=now)
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
            typed={no: typed(unit, each, of.today) for no, each in tasks.items()},
            seen={no: each.row.version for no, each in tasks.items()},
            now=now,
        )


def report_earlier(session: Session, year: Year, official: Actor, unit: str, now: datetime) -> None:
    """A report in time for every period but the newest of each task."""
    tasks_by_day: dict[tuple[date, str], list[str]] = {}
    for each in unit_tasks(session, official, cycle=year.cycle, unit=unit, now=now).tasks:
        for asked in each.open_reports[:-1]:
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


def typed(unit: str, task: UnitTask, today: date) -> TypedReport:
    """How far a task is, as drawn: done on a day of this year, or part of the way."""
    good = draw("task", unit, task.task.no, below=100)
    if good < 30:
        done_on = date(today.year, 1 + draw("done", unit, task.task.no, below=max(1, today.month - 1)), 15)
        return TypedReport(Status.DONE, "100", done_on.isoformat(), WORDS)
    if good < 90:
        return TypedReport(Status.STARTED, str(20 + good * 3 // 4), "", WORDS)
    return TypedReport(Status.PLANNED, "5", "", "")
