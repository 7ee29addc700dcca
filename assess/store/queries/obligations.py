"""Obligations and the reports on them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from assess.store.models import Account, Obligation, ObligationReport
from assess.store.session import Session


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
        select(
            Obligation.task_no,
            Obligation.unit,
            Obligation.status,
            Obligation.progress,
            Obligation.done_on,
            Obligation.period,
            Obligation.reports,
            Obligation.version,
        )
        .where(Obligation.cycle_id == cycle, Obligation.withdrawn_at.is_(None))
        .order_by(Obligation.unit, Obligation.task_no)
    )
    if units is not None:
        query = query.where(Obligation.unit.in_(units))
    if tasks is not None:
        query = query.where(Obligation.task_no.in_(tasks))
    return [ObligationRow(*row) for row in session.execute(query)]


def first_reports(session: Session, *, cycle: int, units: Collection[str]) -> dict[str, dict[str, dict[str, datetime]]]:
    """When each period was first reported on, by unit, task and period (1 query)."""
    query = (
        select(Obligation.unit, Obligation.task_no, ObligationReport.period, func.min(ObligationReport.reported_at))
        .join(Obligation, Obligation.id == ObligationReport.obligation_id)
        .where(Obligation.cycle_id == cycle, Obligation.unit.in_(units), Obligation.withdrawn_at.is_(None))
        .group_by(Obligation.unit, Obligation.task_no, ObligationReport.period)
        .order_by(Obligation.unit, Obligation.task_no, ObligationReport.period)
    )
    found: dict[str, dict[str, dict[str, datetime]]] = {unit: {} for unit in units}
    for unit, task, period, when in session.execute(query):
        found[unit].setdefault(task, {})[period] = when
    return found


def reports_of(session: Session, *, cycle: int, unit: str, task: str) -> list[ReportRow]:
    """All reports on one obligation, newest first (1 query)."""
    query = (
        select(
            ObligationReport.period,
            ObligationReport.status,
            ObligationReport.progress,
            ObligationReport.done_on,
            ObligationReport.words,
            Account.name,
            ObligationReport.reported_at,
        )
        .join(Obligation, Obligation.id == ObligationReport.obligation_id)
        .join(Account, Account.id == ObligationReport.reported_by)
        .where(Obligation.cycle_id == cycle, Obligation.unit == unit, Obligation.task_no == task)
        .order_by(ObligationReport.id.desc())
    )
    return [ReportRow(*row) for row in session.execute(query)]


def latest_reports(session: Session, *, cycle: int, unit: str, tasks: Collection[str]) -> list[LatestRow]:
    """Who reported last on some obligations of a unit, and when (1 query)."""
    newest = (
        select(func.max(ObligationReport.id))
        .where(ObligationReport.obligation_id == Obligation.id)
        .correlate(Obligation)
        .scalar_subquery()
    )
    query = (
        select(Obligation.task_no, Account.name, ObligationReport.reported_at)
        .join(ObligationReport, ObligationReport.id == newest)
        .join(Account, Account.id == ObligationReport.reported_by)
        .where(Obligation.cycle_id == cycle, Obligation.unit == unit, Obligation.task_no.in_(tasks))
        .order_by(Obligation.task_no)
    )
    return [LatestRow(*row) for row in session.execute(query)]


def obligations_to_write(session: Session, *, cycle: int, unit: str, tasks: Collection[str]) -> dict[str, Obligation]:
    """The obligations of a unit that bind, by task (1 query)."""
    query = (
        select(Obligation)
        .where(Obligation.cycle_id == cycle, Obligation.unit == unit, Obligation.task_no.in_(tasks))
        .where(Obligation.withdrawn_at.is_(None))
        .order_by(Obligation.task_no)
    )
    return {each.task_no: each for each in session.scalars(query)}
