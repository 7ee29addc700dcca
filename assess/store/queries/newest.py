"""The newest part of each kind that a year consists of, in one look."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, func, select

from assess.store.models import Batch, Cycle, FindingCounter, SheetVersion, TaskListVersion
from assess.store.session import Session


class Newest(NamedTuple):
    """Row and digest of the published sheet and of the task list; row and moment of last year's figures.

    `findings` counts the changes of the ledger of findings.
    """

    sheet: tuple[int, str] | None
    tasks: tuple[int, str] | None
    previous: tuple[int, datetime] | None
    findings: int


def newest_parts(session: Session, cycle: int) -> Newest:
    """The parts of a year that count now (1 query)."""
    sheet, digest, tasks, tasks_digest, previous, made_at, findings = session.execute(PARTS, {"cycle": cycle}).one()
    return Newest(
        None if sheet is None else (sheet, digest),
        None if tasks is None else (tasks, tasks_digest),
        None if previous is None else (previous, made_at),
        findings,
    )


def parts() -> Select[int, str, int, str, int, datetime, int]:
    """The query of the parts of a year; every page asks it, and putting it together takes longer than asking it."""
    return (
        select(
            SheetVersion.id,
            SheetVersion.digest,
            TaskListVersion.id,
            TaskListVersion.digest,
            Batch.id,
            Batch.made_at,
            func.coalesce(FindingCounter.changes, 0),
        )
        .select_from(Cycle)
        .outerjoin(SheetVersion, (SheetVersion.cycle_id == Cycle.id) & (SheetVersion.number == newest_sheet()))
        .outerjoin(TaskListVersion, (TaskListVersion.cycle_id == Cycle.id) & (TaskListVersion.number == newest_tasks()))
        .outerjoin(Batch, Batch.id == newest_previous())
        .outerjoin(FindingCounter, FindingCounter.cycle_id == Cycle.id)
        .where(Cycle.id == bindparam("cycle"))
    )


def newest_sheet() -> ScalarSelect[int]:
    """The number of the newest published sheet of a year."""
    newest = select(func.max(SheetVersion.number)).where(SheetVersion.published_at.is_not(None))
    return newest.where(SheetVersion.cycle_id == Cycle.id).correlate(Cycle).scalar_subquery()


def newest_tasks() -> ScalarSelect[int]:
    """The number of the newest task list of a year."""
    newest = select(func.max(TaskListVersion.number)).where(TaskListVersion.cycle_id == Cycle.id)
    return newest.correlate(Cycle).scalar_subquery()


def newest_previous() -> ScalarSelect[int]:
    """The newest batch that brought figures of the year before."""
    newest = select(func.max(Batch.id)).where(Batch.cycle_id == Cycle.id, Batch.kind == "previous")
    return newest.correlate(Cycle).scalar_subquery()


PARTS: Final = parts()
