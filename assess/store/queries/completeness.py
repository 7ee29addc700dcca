"""What was entered in a year, counted by unit and figure; and who was reminded when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select

from assess.core.actors import Right, roles_with
from assess.core.workflow import Reported
from assess.store.models import Account, Answer, Draft, Grant, Reminder, Value
from assess.store.records import select_records
from assess.store.session import Session


class ValueCount(NamedTuple):
    """How many values a figure of a unit has by their state, and whether one is for the whole year."""

    unit: str
    figure: str
    reported: int
    returned: int
    certified: int
    whole_year: bool


class ReminderRow(NamedTuple):
    """One reminder."""

    unit: str
    words: str
    sender: str
    sent_at: datetime


def value_counts(
    session: Session, *, cycle: int, year: int, figures: Collection[str] | None = None
) -> list[ValueCount]:
    """The values that count now, by unit and figure, of all figures unless some are named (1 query)."""
    returned, certified = (
        func.sum(case((Value.state == state.value, 1), else_=0)) for state in (Reported.RETURNED, Reported.CERTIFIED)
    )
    whole = func.max(case((Value.period == str(year), 1), else_=0))
    query = (
        select(Value.unit, Value.figure, func.count(), returned, certified, whole)
        .where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None))
        .where(Value.millionths.is_not(None) | Value.word.is_not(None))
        .group_by(Value.unit, Value.figure)
        .order_by(Value.unit, Value.figure)
    )
    if figures is not None:
        query = query.where(Value.figure.in_(sorted(figures)))
    return [
        ValueCount(unit, figure, n - back - done, back, done, bool(all_))
        for unit, figure, n, back, done, all_ in session.execute(query)
    ]


def draft_counts(session: Session, *, cycle: int) -> list[tuple[str, str, int]]:
    """Unit, figure and how many answers stand in its draft (1 query)."""
    query = (
        select(Draft.unit, Answer.figure, func.count())
        .join(Answer, Answer.draft_id == Draft.id)
        .where(Draft.cycle_id == cycle, Answer.text != "")
        .group_by(Draft.unit, Answer.figure)
        .order_by(Draft.unit, Answer.figure)
    )
    return [(unit, figure, count) for unit, figure, count in session.execute(query)]


def last_reminders(session: Session, *, cycle: int) -> dict[str, ReminderRow]:
    """The newest reminder of each unit (1 query)."""
    newest = select(func.max(Reminder.id)).where(Reminder.cycle_id == cycle).group_by(Reminder.unit)
    query = (
        select_records(ReminderRow, Reminder, sender=Account.name)
        .join(Account, Account.id == Reminder.sent_by)
        .where(Reminder.id.in_(newest))
        .order_by(Reminder.unit)
    )
    return {row.unit: row for row in session.scalars(query)}


def reminders_of(session: Session, *, cycle: int, units: frozenset[str]) -> list[ReminderRow]:
    """What some units were reminded of, newest first (1 query)."""
    query = (
        select_records(ReminderRow, Reminder, sender=Account.name)
        .join(Account, Account.id == Reminder.sent_by)
        .where(Reminder.cycle_id == cycle, Reminder.unit.in_(units))
        .order_by(Reminder.id.desc())
    )
    return list(session.scalars(query))


def officials_of(session: Session, units: frozenset[str]) -> list[int]:
    """The accounts that report for some units and are not closed (1 query)."""
    query = (
        select(Account.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role.in_(roles_with(Right.REPORT)), Grant.unit.in_(units), Account.closed_at.is_(None))
        .distinct()
        .order_by(Account.id)
    )
    return list(session.scalars(query))
