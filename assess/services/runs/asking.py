"""Asking for a run: the office says what it is for, a job makes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.errors import Refused
from assess.core.parsing import ParseError, read_date
from assess.core.runs.kinds import RunKind
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.services import audit, jobs
from assess.services.cycles import refused, taken
from assess.services.runs.scoring import KIND
from assess.services.years import year_of
from assess.store.models import RunOrder
from assess.store.queries import runs as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

MAX_REMARK_LENGTH: Final = 500
UNDER_WAY: Final = Text("正在计分，请等待完成。", "Scoring is already running. Wait until it is complete.")
TOO_LONG: Final = Text("最多{most}字。", "Enter {most} characters or fewer.")
LATER: Final = Text("不能晚于今天（{today}）。", "The date must not be later than today, {today}.")


def ask_run(
    session: Session, actor: Actor, *, cycle: CycleRow, kind: RunKind, now: datetime, words: str = "", day: str = ""
) -> int:
    """Have the units scored as of a day, today where none is given; the number of the job.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, no rule sheet is published, one is being made, or a field is wrong
            (`words`, `day`).
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(taken(session, cycle).stage), Act.SCORE)
    year_of(session, cycle)
    if is_under_way(session, cycle):
        raise Refused(UNDER_WAY)
    if len(words) > MAX_REMARK_LENGTH:
        raise refused("words", TOO_LONG.format(most=MAX_REMARK_LENGTH))
    order = RunOrder(
        cycle_id=cycle.id, kind=kind.value, words=words.strip(), day=day_in(day, day_of(now)),
        asked_by=actor.account, asked_at=now,
    )  # fmt: skip
    return give_order(session, actor, cycle=cycle, order=order, now=now)


def is_under_way(session: Session, cycle: CycleRow) -> bool:
    """Whether a run of the year is being made (1 query)."""
    orders = queries.open_orders(session, cycle=cycle.id)
    return any(each.job and each.job.is_under_way for each in orders)


def give_order(session: Session, actor: Actor, *, cycle: CycleRow, order: RunOrder, now: datetime) -> int:
    """Have a run made, and note who asked; whoever calls this has checked that it may be. The number of the job."""
    session.add(order)
    flush(session)
    order.job = job = jobs.ask(session, actor, kind=KIND, arguments={"order": order.id}, now=now)
    flush(session)
    told = {"kind": order.kind, "day": order.day.isoformat(), "words": order.words or None}
    audit.record(session, actor, subject=f"runs:{cycle.year}", action="asked", new=told, now=now)
    return job


def day_in(text: str, today: date) -> date:
    """The day that was typed, today where none was.

    Raises:
        Refused: it is none, or later than today.
    """
    if not text.strip():
        return today
    found = read_date(text)
    if isinstance(found, ParseError):
        raise refused("day", found.what)
    if found > today:
        raise refused("day", LATER.format(today=today))
    return found
