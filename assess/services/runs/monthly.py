"""The interim ranking of each month: made by itself on the day that the office sets, on the first where it sets none.

The first is made in the month after reporting began. In a month in which the office asked for one by hand none is
made by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.calendar import AHEAD, BEIJING, day_of
from assess.core.errors import Refused
from assess.core.runs.kinds import RunKind
from assess.core.text import Text
from assess.core.workflow import Act, Stage, is_allowed
from assess.services import audit
from assess.services.cycles import refused, taken
from assess.services.jobs import WORKER
from assess.services.runs.asking import give_order, is_under_way
from assess.store.models import MonthDay, MonthOrder, RunOrder
from assess.store.queries import months
from assess.store.queries.cycles import CycleRow
from assess.store.queries.months import month_of
from assess.store.session import Session, flush

FIRST: Final = 1
LAST_DAY: Final = 28
"""Every month has it."""
WORDS: Final = "每月自动计算 / automatic monthly ranking"
WRONG_DAY: Final = Text(
    "请填写1至{last}的整数；不需要自动计算的，请留空。",
    "Enter a whole number from 1 to {last}, or leave it empty for no automatic rankings.",
)
ENDED: Final = Text(
    "本年度已过核定阶段，不再自动计算阶段排名。",
    "Automatic rankings have stopped because certifying has ended.",
)


@dataclass(frozen=True)
class MonthlyPlan:
    """On which day of each month a ranking is made, None for not by itself, and who set it; None where nobody did."""

    day: int | None
    set_by: str | None
    set_at: datetime | None


def plan_of(session: Session, cycle: CycleRow) -> MonthlyPlan:
    """What holds for a year (1 query)."""
    found = months.day_set(session, cycle=cycle.id)
    return MonthlyPlan(FIRST, None, None) if found is None else MonthlyPlan(found.day, found.name, found.at)


def set_day(session: Session, actor: Actor, *, cycle: CycleRow, day: str, now: datetime) -> None:
    """Set on which day of each month an interim ranking is made; nothing typed: none by itself.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the year no longer gathers figures, or the day (`day`) is none that every month has.
    """
    actor.check_may(Right.ADMINISTER)
    if not is_allowed(Stage(taken(session, cycle).stage), Act.SUPPLY) and not cycle.stage.is_preparing:
        raise Refused(ENDED)
    text = day.strip()
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0
    if text and not FIRST <= number <= LAST_DAY:
        raise refused("day", WRONG_DAY.format(last=LAST_DAY))
    old = plan_of(session, cycle).day
    session.add(MonthDay(cycle_id=cycle.id, day=number or None, set_by=actor.account, set_at=now))
    flush(session)
    audit.record(
        session, actor, subject=f"runs:{cycle.year}", action="month day set", old={"day": old},
        new={"day": number or None}, now=now,
    )  # fmt: skip


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether a year lacks the ranking of this month (1 query, and 2 for each year that lacks it)."""
    return any(orderer(session, cycle, now) for cycle in lacking(session, now))


def ask_due(session: Session, *, now: datetime) -> list[int]:
    """Ask for each ranking of this month that is due; the numbers of the jobs. Two workers ask for it once."""
    asked = (ask_for(session, cycle, now) for cycle in lacking(session, now))
    return [job for job in asked if job is not None]


def ask_for(session: Session, cycle: CycleRow, now: datetime) -> int | None:
    """Ask for the ranking of a year, unless another worker did meanwhile or a run is being made just now."""
    taken(session, cycle)
    account, day = orderer(session, cycle, now), day_of(now)
    is_lacking = any(each.id == cycle.id for each in lacking(session, now))
    if account is None or not is_lacking or is_under_way(session, cycle):
        return None
    order = RunOrder(
        cycle_id=cycle.id, kind=RunKind.INTERIM.value, words=WORDS, day=day, asked_by=account, asked_at=now, job=None
    )
    job = give_order(session, WORKER, cycle=cycle, order=order, now=now)
    session.add(MonthOrder(cycle_id=cycle.id, month=month_of(day), order_id=order.id))
    flush(session)
    return job


def lacking(session: Session, now: datetime) -> list[CycleRow]:
    """The years that gather figures and have no ranking of this month (1 query)."""
    begins = datetime.combine(day_of(now).replace(day=1), time(), BEIJING).astimezone(UTC)
    return months.years_without(session, month=month_of(day_of(now)), since=begins, until=now + AHEAD)


def orderer(session: Session, cycle: CycleRow, now: datetime) -> int | None:
    """On whose behalf the ranking of this month is due: who set the day, else who let reporting begin (2 queries).

    None where it is not due: none is made by itself, its day has not come, or reporting began after that day.
    """
    found, begun = months.day_set(session, cycle=cycle.id), months.collecting_begun(session, cycle=cycle.id)
    day = FIRST if found is None else found.day
    today = day_of(now)
    if begun is None or day is None or today.day < day or day_of(begun[1]) >= today.replace(day=day):
        return None
    return begun[0] if found is None else found.account
