"""Rounds: one, the list of them, and what they add up to by unit and by chief."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, distinct, func, select

from assess.core.findings.patrols import Rounds
from assess.core.findings.states import DONE, FindingState
from assess.store.models import Account, Finding, Patrol
from assess.store.records import select_records
from assess.store.session import Session


class PatrolRow(NamedTuple):
    """One round; `findings` counts what was found on it and is not void, `closed` what of that is closed."""

    id: int
    version: int
    unit: str
    kind: str
    chief: str
    route: str
    started_at: datetime
    ended_at: datetime
    metres: int
    recorded_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_why: str
    findings: int
    closed: int


class RoundsRow(NamedTuple):
    """The rounds of one chief in one unit added up."""

    unit: str
    chief: str
    kind: str
    rounds: Rounds


def found_on_rounds(cycle: int) -> Subquery:
    """How many findings were made on each round of a year, and how many of them are closed."""
    is_closed = case((Finding.state.in_(DONE), 1), else_=0)
    return (
        select(Finding.patrol_id, func.count().label("findings"), func.sum(is_closed).label("closed"))
        .where(Finding.cycle_id == cycle, Finding.patrol_id.is_not(None), Finding.state != FindingState.VOID)
        .group_by(Finding.patrol_id)
        .subquery()
    )


def patrol_rows(cycle: int) -> Select[PatrolRow]:
    """Rounds of a year, newest first, with who entered them and what was found."""
    found = found_on_rounds(cycle)
    return (
        select_records(
            PatrolRow,
            Patrol,
            recorded_by=Account.name,
            withdrawn_why=func.coalesce(Patrol.withdrawn_why, ""),
            findings=func.coalesce(found.c.findings, 0),
            closed=func.coalesce(found.c.closed, 0),
        )
        .join(Account, Account.id == Patrol.recorded_by)
        .outerjoin(found, found.c.patrol_id == Patrol.id)
        .where(Patrol.cycle_id == cycle)
        .order_by(Patrol.started_at.desc(), Patrol.id.desc())
    )


def patrol_at(session: Session, *, cycle: int, row: int) -> PatrolRow | None:
    """One round of a year (1 query)."""
    return session.scalars(patrol_rows(cycle).where(Patrol.id == row)).one_or_none()


def patrol_for_update(session: Session, *, cycle: int, row: int) -> Patrol | None:
    """A round that nobody else changes before the transaction ends (1 query)."""
    query = select(Patrol).where(Patrol.cycle_id == cycle, Patrol.id == row).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def narrowed_to(cycle: int, units: Collection[str] | None, chief: str) -> ColumnElement[bool]:
    """Which rounds of a year a list holds."""
    asked = [Patrol.cycle_id == cycle]
    if units is not None:
        asked.append(Patrol.unit.in_(units))
    if chief:
        asked.append(Patrol.chief == chief)
    return and_(*asked)


def patrol_list(
    session: Session, *, cycle: int, units: Collection[str] | None, chief: str, part: slice
) -> list[PatrolRow]:
    """A part of the rounds, newest first, those that were withdrawn too (1 query)."""
    query = patrol_rows(cycle).where(narrowed_to(cycle, units, chief))
    return list(session.scalars(query.offset(part.start).limit(part.stop - part.start)))


def number_of_patrols(session: Session, *, cycle: int, units: Collection[str] | None, chief: str) -> int:
    """How many rounds a list holds (1 query)."""
    query = select(func.count()).select_from(Patrol).where(narrowed_to(cycle, units, chief))
    return session.scalar(query) or 0


def patrols_between(session: Session, *, cycle: int, unit: str, started: datetime, ended: datetime) -> list[PatrolRow]:
    """The rounds of a unit that were under way between two moments and count (1 query)."""
    query = patrol_rows(cycle).where(Patrol.unit == unit, Patrol.started_at < ended, Patrol.ended_at > started)
    return list(session.scalars(query.where(Patrol.withdrawn_at.is_(None))))


def rounds_by_chief(session: Session, *, cycle: int, units: Collection[str] | None) -> list[RoundsRow]:
    """The rounds that count added up by unit, chief and what was patrolled (1 query)."""
    found = found_on_rounds(cycle)
    findings = func.coalesce(found.c.findings, 0)
    columns = (Patrol.unit, Patrol.chief, Patrol.kind)
    query = (
        select(*columns, func.count(), func.sum(Patrol.metres), func.sum(Patrol.minutes))
        .add_columns(func.sum(case((findings > 0, 1), else_=0)), func.sum(findings))
        .add_columns(func.sum(func.coalesce(found.c.closed, 0)))
        .outerjoin(found, found.c.patrol_id == Patrol.id)
        .where(narrowed_to(cycle, units, ""), Patrol.withdrawn_at.is_(None))
        .group_by(*columns)
        .order_by(*columns)
    )
    return [
        RoundsRow(unit, chief, kind, Rounds(*map(int, numbers)))
        for unit, chief, kind, *numbers in session.execute(query)
    ]


def linked_findings(session: Session, *, patrol: int) -> int:
    """How many findings name a round, void ones too (1 query)."""
    return session.scalar(select(func.count(distinct(Finding.id))).where(Finding.patrol_id == patrol)) or 0
