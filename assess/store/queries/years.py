"""What a year consists of: its published sheet, units, task list, exemptions and last year's figures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ScalarSelect, Select, String, bindparam, cast, func, literal, select

from assess.core.figures.stored import StoredFigure
from assess.core.text import Text
from assess.store.models import (
    Account,
    Batch,
    Cycle,
    Exclusion,
    Exemption,
    FindingCounter,
    ObjectListVersion,
    SheetVersion,
    TaskListVersion,
    Unit,
    Value,
)
from assess.store.queries.previous import KINDS_OF_FIGURES
from assess.store.queries.requests import is_excluded
from assess.store.records import select_records
from assess.store.session import Session


class UnitRow(NamedTuple):
    """One unit; aliases and attributes as JSON text, so that a list of units can be told from another."""

    code: str
    name_zh: str
    name_en: str
    kind: str
    aliases: str
    attributes: str


def unit_rows(session: Session, cycle: int) -> tuple[UnitRow, ...]:
    """The units of a year in their order (1 query)."""
    texts = (cast(Unit.aliases, String), cast(Unit.attributes, String))
    query = select(Unit.code, Unit.name_zh, Unit.name_en, Unit.kind, *texts)
    return tuple(UnitRow(*row) for row in session.execute(query.where(Unit.cycle_id == cycle).order_by(Unit.place)))


def unit_names(session: Session, cycle: int, codes: Collection[str]) -> dict[str, Text]:
    """What some units are called (1 query)."""
    query = select(Unit.code, Unit.name_zh, Unit.name_en).where(Unit.cycle_id == cycle, Unit.code.in_(codes))
    return {code: Text(zh, en) for code, zh, en in session.execute(query.order_by(Unit.place))}


def published_digest(session: Session, cycle: int) -> tuple[int, str] | None:
    """The row and the digest of the sheet that counts: the newest published one (1 query)."""
    query = (
        select(SheetVersion.id, SheetVersion.digest)
        .where(SheetVersion.cycle_id == cycle, SheetVersion.published_at.is_not(None))
        .order_by(SheetVersion.number.desc())
        .limit(1)
    )
    return session.execute(query).one_or_none()


def sheet_tree(session: Session, version: int) -> dict[str, Any]:
    """The plain tree of a version of a rule sheet (1 query)."""
    return session.scalars(select(SheetVersion.tree).where(SheetVersion.id == version)).one()


def newest_task_list(session: Session, cycle: int) -> tuple[int, str] | None:
    """The row and the digest of the task list that counts (1 query)."""
    query = select(TaskListVersion.id, TaskListVersion.digest).where(TaskListVersion.cycle_id == cycle)
    return session.execute(query.order_by(TaskListVersion.number.desc()).limit(1)).one_or_none()


def task_list_tree(session: Session, version: int) -> dict[str, Any]:
    """The plain tree of a version of a task list (1 query)."""
    return session.scalars(select(TaskListVersion.tree).where(TaskListVersion.id == version)).one()


def object_list_tree(session: Session, version: int) -> dict[str, Any]:
    """The table of a version of the list of objects (1 query)."""
    return session.scalars(select(ObjectListVersion.tree).where(ObjectListVersion.id == version)).one()


class ExemptionRow(NamedTuple):
    """An exemption that was approved, and by whom; `part` is empty where it is of the whole item."""

    unit: str
    item: str
    part: str
    reason: str
    approver: str


def approved_exemptions(session: Session, cycle: int) -> tuple[ExemptionRow, ...]:
    """Every exemption that holds (1 query)."""
    query = (
        select_records(ExemptionRow, Exemption, approver=Account.name)
        .join(Account, Account.id == Exemption.decided_by)
        .where(Exemption.cycle_id == cycle, Exemption.state == "approved")
        .order_by(Exemption.unit, Exemption.item, Exemption.part, Exemption.id)
    )
    return tuple(session.scalars(query))


def current_values(session: Session, cycle: int, year: int) -> list[StoredFigure]:
    """Every value of a year that counts now (1 query).

    A value does not count while its exclusion is approved; one of the whole year takes all periods.
    """
    excluded = select(Exclusion.id).where(
        Exclusion.cycle_id == Value.cycle_id, Exclusion.unit == Value.unit, Exclusion.figure == Value.figure,
        Exclusion.state == "approved", is_excluded(literal(str(year))),
    )  # fmt: skip
    query = (
        select_records(StoredFigure, Value)
        .where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None), ~excluded.exists())
        .order_by(Value.unit, Value.figure, Value.period)
    )
    return list(session.scalars(query))


class Newest(NamedTuple):
    """Row and digest of the published sheet, task list and list of objects; row and moment of last year's figures.

    `findings` counts the changes of the ledger of findings.
    """

    sheet: tuple[int, str] | None
    tasks: tuple[int, str] | None
    objects: tuple[int, str] | None
    previous: tuple[int, datetime] | None
    findings: int


def newest_parts(session: Session, cycle: int) -> Newest:
    """The parts of a year that count now (1 query)."""
    row = session.execute(PARTS, {"cycle": cycle}).one()
    sheet, digest, tasks, tasks_digest, objects, objects_digest, previous, made_at, findings = row
    return Newest(
        None if sheet is None else (sheet, digest),
        None if tasks is None else (tasks, tasks_digest),
        None if objects is None else (objects, objects_digest),
        None if previous is None else (previous, made_at),
        findings,
    )


def parts() -> Select[int, str, int, str, int, str, int, datetime, int]:
    """The query of the parts of a year; every page asks it, and putting it together takes longer than asking it."""
    return (
        select(
            SheetVersion.id,
            SheetVersion.digest,
            TaskListVersion.id,
            TaskListVersion.digest,
            ObjectListVersion.id,
            ObjectListVersion.digest,
            Batch.id,
            Batch.made_at,
            func.coalesce(FindingCounter.changes, 0),
        )
        .select_from(Cycle)
        .outerjoin(SheetVersion, (SheetVersion.cycle_id == Cycle.id) & (SheetVersion.number == newest_sheet()))
        .outerjoin(TaskListVersion, (TaskListVersion.cycle_id == Cycle.id) & (TaskListVersion.number == newest_tasks()))
        .outerjoin(
            ObjectListVersion,
            (ObjectListVersion.cycle_id == Cycle.id) & (ObjectListVersion.number == newest_objects()),
        )
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


def newest_objects() -> ScalarSelect[int]:
    """The number of the newest list of objects of a year."""
    newest = select(func.max(ObjectListVersion.number)).where(ObjectListVersion.cycle_id == Cycle.id)
    return newest.correlate(Cycle).scalar_subquery()


def newest_previous() -> ScalarSelect[int]:
    """The newest batch that brought figures of earlier years."""
    newest = select(func.max(Batch.id)).where(Batch.cycle_id == Cycle.id, Batch.kind.in_(KINDS_OF_FIGURES.values()))
    return newest.correlate(Cycle).scalar_subquery()


PARTS: Final = parts()
