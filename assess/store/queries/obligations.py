"""Obligations and the reports on them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, case, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from assess.core.figures.entry import MILLION
from assess.core.obligations.standing import Status
from assess.core.text import Text
from assess.store.models import Account, Obligation, ObligationReport, Task, Unit
from assess.store.records import record_columns, select_records
from assess.store.session import Session

WHOLE_SHARE: Final = 100 * MILLION


class ObligationRow(NamedTuple):
    """One obligation that binds; `progress` in millionths of a percent, as reported for `period`, None before."""

    task: str
    unit: str
    status: str
    progress: int
    done_on: date | None
    period: str | None
    reports: int
    version: int


class RequiredPeriods(NamedTuple):
    """The report that tasks ask for so often are to have by now: its first day, and the periods that make up for it."""

    report: str
    starts: date
    reported: tuple[str, ...]


class ObligationCounting(NamedTuple):
    """How obligations are counted: on which day, when a task of the whole year is due, which reports are wanted."""

    today: date
    year_ends: date
    wanted: tuple[RequiredPeriods, ...]


class CountRow(NamedTuple):
    """The obligations of one task or unit counted; `progress` is the sum of theirs in millionths of a percent.

    What is done counts whole.
    """

    of: str
    all: int
    done: int
    on_time: int
    overdue: int
    unreported: int
    progress: int


class PeriodRow(NamedTuple):
    """When a period was first reported on, and what its newest report says."""

    first: datetime
    status: str
    progress: int
    done_on: date | None


class ToDoRow(NamedTuple):
    """One obligation with as much of its task and unit as a list of things to do needs."""

    unit: str
    name: Text
    deadline: date | None
    report: str
    status: str
    done_on: date | None
    period: str | None


class ReportRow(NamedTuple):
    """One report, never changed; who by name."""

    period: str
    status: str
    progress: int
    done_on: date | None
    words: str
    who: str
    when: datetime


class LatestRow(NamedTuple):
    """What was reported last on an obligation, by whom and when."""

    task: str
    who: str
    when: datetime


def obligations_of(
    session: Session, *, cycle: int, units: Collection[str] | None = None, tasks: Collection[str] | None = None
) -> list[ObligationRow]:
    """The obligations of some units, or of all; of some tasks, or of all (1 query)."""
    query = (
        select_records(ObligationRow, Obligation, task=Obligation.task_no)
        .where(Obligation.cycle_id == cycle, Obligation.withdrawn_at.is_(None))
        .order_by(Obligation.unit, Obligation.task_no)
    )
    if units is not None:
        query = query.where(Obligation.unit.in_(units))
    if tasks is not None:
        query = query.where(Obligation.task_no.in_(tasks))
    return list(session.scalars(query))


def counts_by_task(session: Session, *, cycle: int, lead: str, counting: ObligationCounting) -> list[CountRow]:
    """The obligations of each task that a department leads counted, "" for all departments (1 query)."""
    return counts(session, Obligation.task_no, cycle=cycle, lead=lead, counting=counting)


def counts_by_unit(session: Session, *, cycle: int, lead: str, counting: ObligationCounting) -> list[CountRow]:
    """The obligations of each unit counted, of the tasks that a department leads, "" for all (1 query)."""
    return counts(session, Obligation.unit, cycle=cycle, lead=lead, counting=counting)


def counts(
    session: Session, of: InstrumentedAttribute[str], *, cycle: int, lead: str, counting: ObligationCounting
) -> list[CountRow]:
    """Obligations that bind counted by a column (1 query)."""
    deadline = func.coalesce(Task.deadline, counting.year_ends)
    is_done, done_on = Obligation.status == Status.DONE.value, Obligation.done_on
    query = (
        select(of, func.count(), number_of(is_done), number_of(is_done & (done_on <= deadline)))
        .add_columns(number_of(~is_done & (deadline < counting.today)))
        .add_columns(number_of(or_(false(), *map(is_unreported, counting.wanted))))
        .add_columns(func.sum(case((is_done, WHOLE_SHARE), else_=Obligation.progress)))
        .join(Task, (Task.cycle_id == Obligation.cycle_id) & (Task.no == Obligation.task_no))
        .where(Obligation.cycle_id == cycle, Obligation.withdrawn_at.is_(None))
        .group_by(of)
        .order_by(of)
    )
    if lead:
        query = query.where(Task.lead == lead)
    return [CountRow(name, *map(int, numbers)) for name, *numbers in session.execute(query)]


def number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """In how many rows something holds."""
    return func.sum(case((condition, 1), else_=0))


def is_unreported(wanted: RequiredPeriods) -> ColumnElement[bool]:
    """Whether a report is wanted and was not handed in."""
    is_asked = or_(Obligation.done_on.is_(None), Obligation.done_on >= wanted.starts)
    is_missing = or_(Obligation.period.is_(None), Obligation.period.not_in(wanted.reported))
    return (Task.report == wanted.report) & is_asked & is_missing


def period_reports(
    session: Session, *, cycle: int, units: Collection[str]
) -> dict[str, dict[str, dict[str, PeriodRow]]]:
    """What was reported for each period, by unit, task and period (1 query)."""
    each = (
        select(
            ObligationReport.obligation_id,
            func.min(ObligationReport.reported_at).label("first"),
            func.max(ObligationReport.id).label("newest"),
        )
        .join(Obligation, Obligation.id == ObligationReport.obligation_id)
        .where(Obligation.cycle_id == cycle, Obligation.unit.in_(units), Obligation.withdrawn_at.is_(None))
        .group_by(ObligationReport.obligation_id, ObligationReport.period)
        .subquery()
    )
    newest = ObligationReport
    query = (
        select(
            Obligation.unit,
            Obligation.task_no,
            newest.period,
            record_columns(PeriodRow, newest, first=each.c.first),
        )
        .join(newest, newest.id == each.c.newest)
        .join(Obligation, Obligation.id == each.c.obligation_id)
        .order_by(Obligation.unit, Obligation.task_no, newest.period)
    )
    found: dict[str, dict[str, dict[str, PeriodRow]]] = {unit: {} for unit in units}
    for unit, task, period, row in session.execute(query):
        found[unit].setdefault(task, {})[period] = row
    return found


def to_do_of(session: Session, *, cycle: int, units: Collection[str]) -> list[ToDoRow]:
    """The obligations of some units, as far as a list of things to do needs them (1 query)."""
    query = (
        select_records(ToDoRow, Obligation, Task, Unit)
        .join(Unit, (Unit.cycle_id == Obligation.cycle_id) & (Unit.code == Obligation.unit))
        .join(Task, (Task.cycle_id == Obligation.cycle_id) & (Task.no == Obligation.task_no))
        .where(Obligation.cycle_id == cycle, Obligation.unit.in_(units), Obligation.withdrawn_at.is_(None))
        .order_by(Unit.place, Task.place)
    )
    return list(session.scalars(query))


def reports_of(session: Session, *, cycle: int, unit: str, task: str) -> list[ReportRow]:
    """All reports on one obligation, newest first (1 query)."""
    query = (
        select_records(ReportRow, ObligationReport, who=Account.name, when=ObligationReport.reported_at)
        .join(Obligation, Obligation.id == ObligationReport.obligation_id)
        .join(Account, Account.id == ObligationReport.reported_by)
        .where(Obligation.cycle_id == cycle, Obligation.unit == unit, Obligation.task_no == task)
        .order_by(ObligationReport.id.desc())
    )
    return list(session.scalars(query))


def latest_reports(session: Session, *, cycle: int, unit: str, tasks: Collection[str]) -> list[LatestRow]:
    """Who reported last on some obligations of a unit, and when (1 query)."""
    newest = (
        select(func.max(ObligationReport.id))
        .where(ObligationReport.obligation_id == Obligation.id)
        .correlate(Obligation)
        .scalar_subquery()
    )
    query = (
        select_records(
            LatestRow, Obligation, task=Obligation.task_no, who=Account.name, when=ObligationReport.reported_at
        )
        .join(ObligationReport, ObligationReport.id == newest)
        .join(Account, Account.id == ObligationReport.reported_by)
        .where(Obligation.cycle_id == cycle, Obligation.unit == unit, Obligation.task_no.in_(tasks))
        .order_by(Obligation.task_no)
    )
    return list(session.scalars(query))


def obligations_for_update(session: Session, *, cycle: int, unit: str, tasks: Collection[str]) -> dict[str, Obligation]:
    """The obligations of a unit that bind, by task (1 query)."""
    query = (
        select(Obligation)
        .where(Obligation.cycle_id == cycle, Obligation.unit == unit, Obligation.task_no.in_(tasks))
        .where(Obligation.withdrawn_at.is_(None))
        .order_by(Obligation.task_no)
    )
    return {each.task_no: each for each in session.scalars(query)}
