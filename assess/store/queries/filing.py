"""What helps to record a finding quickly: what an inspector recorded before, and the rounds made lately."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select

from assess.store.models import Finding, Patrol
from assess.store.records import select_records
from assess.store.session import Session

LATELY: Final = 2_000
"""So many findings of a year are looked through, the newest."""


class Habit(NamedTuple):
    """What was chosen for one finding."""

    unit: str
    source: str
    kind: str


class RoundRow(NamedTuple):
    """A round on which something may have been found."""

    id: int
    unit: str
    kind: str
    chief: str
    started_at: datetime
    ended_at: datetime


def recorded_lately(session: Session, *, cycle: int, account: int, most: int) -> list[Habit]:
    """What a person chose for the findings that they recorded last, newest first (1 query)."""
    newest = (
        select(Finding.number, Finding.unit, Finding.source, Finding.kind, Finding.recorded_by)
        .where(Finding.cycle_id == cycle)
        .order_by(Finding.number.desc())
        .limit(LATELY)
        .subquery()
    )
    query = select(newest.c.unit, newest.c.source, newest.c.kind).where(newest.c.recorded_by == account)
    return [Habit(*row) for row in session.execute(query.order_by(newest.c.number.desc()).limit(most))]


def rounds_since(session: Session, *, cycle: int, since: datetime, most: int, besides: int | None) -> list[RoundRow]:
    """The rounds that count and began since a moment, newest first, and one that is asked for besides (1 query)."""
    wanted = Patrol.started_at >= since
    if besides is not None:
        wanted = wanted | (Patrol.id == besides)
    query = (
        select_records(RoundRow, Patrol)
        .where(Patrol.cycle_id == cycle, Patrol.withdrawn_at.is_(None), wanted)
        .order_by((Patrol.id == besides).desc() if besides is not None else Patrol.started_at.desc())
        .order_by(Patrol.started_at.desc(), Patrol.id.desc())
    )
    return list(session.scalars(query.limit(most)))
