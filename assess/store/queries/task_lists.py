"""Versions of a year's task list, and the obligations that follow from the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from assess.core.text import Text
from assess.store.models import Account, Obligation, ObligationReport, Task, TaskListVersion
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class TaskListRow:
    """One version as pages list it; who loaded it by name, None for the operator."""

    number: int
    digest: str
    file_name: str
    reason: str | None
    loaded_by: str | None
    loaded_at: datetime


def task_list_rows(session: Session, cycle: int) -> list[TaskListRow]:
    """All versions without their content, newest first (1 query)."""
    query = (
        select_records(TaskListRow, TaskListVersion, loaded_by=Account.name)
        .outerjoin(Account, Account.id == TaskListVersion.loaded_by)
        .where(TaskListVersion.cycle_id == cycle)
        .order_by(TaskListVersion.number.desc())
    )
    return list(session.scalars(query))


class TaskRow(NamedTuple):
    """One task of the list in force as pages list it; no deadline for a task of the whole year."""

    no: str
    title: Text
    deadline: date | None
    report: str
    lead: str | None


def task_rows(session: Session, cycle: int) -> list[TaskRow]:
    """The tasks of the list in force, in its order (1 query)."""
    return list(session.scalars(select_records(TaskRow, Task).where(Task.cycle_id == cycle).order_by(Task.place)))


def task_models(session: Session, cycle: int) -> list[Task]:
    """The tasks of the newest list, in its order, to be changed (1 query)."""
    return list(session.scalars(select(Task).where(Task.cycle_id == cycle).order_by(Task.place)))


def obligation_models(session: Session, cycle: int) -> list[Obligation]:
    """Every obligation there ever was in a year, to be changed (1 query)."""
    query = select(Obligation).where(Obligation.cycle_id == cycle)
    return list(session.scalars(query.order_by(Obligation.task_no, Obligation.unit)))


def obligation_pairs(session: Session, cycle: int) -> list[tuple[str, str]]:
    """Task and unit of every obligation that binds (1 query)."""
    query = select(Obligation.task_no, Obligation.unit)
    query = query.where(Obligation.cycle_id == cycle, Obligation.withdrawn_at.is_(None))
    return [(task, unit) for task, unit in session.execute(query.order_by(Obligation.task_no, Obligation.unit))]


def reported_pairs(session: Session, cycle: int) -> frozenset[tuple[str, str]]:
    """Task and unit of every binding obligation that was reported on (1 query)."""
    query = (
        select(Obligation.task_no, Obligation.unit)
        .join(ObligationReport, ObligationReport.obligation_id == Obligation.id)
        .where(Obligation.cycle_id == cycle, Obligation.withdrawn_at.is_(None))
        .distinct()
    )
    return frozenset((task, unit) for task, unit in session.execute(query))


def obligation_counts(session: Session, cycle: int) -> dict[str, int]:
    """How many units each task binds, by its number (1 query)."""
    query = select(Obligation.task_no, func.count()).where(
        Obligation.cycle_id == cycle, Obligation.withdrawn_at.is_(None)
    )
    return dict(session.execute(query.group_by(Obligation.task_no)).all())
