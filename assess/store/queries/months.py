"""The interim ranking of each month: the years that lack one, and on which day it is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, select

from assess.core.runs.kinds import RunKind
from assess.core.workflow import Act, Stage, first_stage_of
from assess.store.models import Account, Cycle, MonthDay, MonthOrder, RunOrder, StageMove
from assess.store.queries.cycles import CycleRow, cycle_rows, with_dates
from assess.store.session import Session


class DayRow(NamedTuple):
    """On which day of each month a ranking is made, None for never; who said so, by number and name, and when."""

    day: int | None
    account: int
    name: str
    at: datetime


def years_without(session: Session, *, month: str, since: datetime, until: datetime) -> list[CycleRow]:
    """Years that gather figures and for which nobody has asked for an interim ranking in a month (1 query)."""
    by_hand = exists().where(
        RunOrder.cycle_id == Cycle.id, RunOrder.kind == RunKind.INTERIM.value, RunOrder.asked_at.between(since, until)
    )
    by_itself = exists().where(MonthOrder.cycle_id == Cycle.id, MonthOrder.month == month)
    stages = [stage.value for stage in Stage if stage.is_gathering]
    query = with_dates().where(Cycle.stage.in_(stages), Cycle.opened_at.is_not(None), ~by_hand, ~by_itself)
    return cycle_rows(session, query)


def day_set(session: Session, *, cycle: int) -> DayRow | None:
    """The day that the office set last (1 query)."""
    query = (
        select(MonthDay.day, MonthDay.set_by, Account.name, MonthDay.set_at)
        .join(Account, Account.id == MonthDay.set_by)
        .where(MonthDay.cycle_id == cycle)
        .order_by(MonthDay.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else DayRow(*row)


def collecting_begun(session: Session, *, cycle: int) -> tuple[int, datetime] | None:
    """Who first took a year to its collecting, and when (1 query); None where nobody who has an account did."""
    query = (
        select(Account.id, StageMove.moved_at)
        .join(Account, Account.id == StageMove.moved_by)
        .where(StageMove.cycle_id == cycle, StageMove.target == first_stage_of(Act.REPORT).value)
        .order_by(StageMove.id)
        .limit(1)
    )
    return session.execute(query).one_or_none()


def month_of(day: date) -> str:
    """A month as the table names it: 2026-03."""
    return f"{day:%Y-%m}"
