"""Reopenings: one unit or one department may report until a day after the deadline, for a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.errors import NotFound, Refused
from assess.core.reasons import checked_reason
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed, is_allowed, last_stage_of, next_stage
from assess.services import audit, cycles
from assess.services.cycles import refused
from assess.services.set_up.steps import departments_at_work
from assess.services.years import Year, year_of
from assess.store.models import Reopening
from assess.store.queries import reopenings
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, check_seen, flush

NO_REOPENING: Final = Text("没有这项重新开放。", "There is no such reopening.")
NOBODY: Final = Text("请选择单位或部门。", "Select a unit or a department.")
NO_DAY: Final = Text("请填写开放截止日期。", "Enter the last day.")
PAST: Final = Text("这一天已经过去，请填写今天或以后的日期。", "This day is past. Enter today or a later date.")
IN_TIME: Final = Text("填报截止日期为{day}，请填写更晚的日期。", "Submission is open until {day}. Enter a later date.")
TOO_LATE: Final = Text(
    "“{stage}”阶段于{day}截止，不能开放到其后，请先调整阶段日期。",
    "The stage {stage} ends on {day}, and nothing can be submitted after it. Change the dates of the stages first.",
)
OPEN_ALREADY: Final = Text(
    "已重新开放至{day}。如需改期，请先提前结束。",
    "Submission is already reopened until {day}. To change the date, end that reopening first.",
)
ENDED: Final = Text("已经结束。", "It has already ended.")


def reopen(
    session: Session, actor: Actor, *, cycle: CycleRow, whom: str, until: date | None, reason: str, now: datetime
) -> Reopening:
    """Let a unit (`unit:110105001`) or a department (`department:water-bureau`) report until a day after the deadline.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, there is no such unit or department, it is open already, the day is
            missing, past, in time anyhow or after the stage in which reports can still be used, or no reason is given.
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(cycles.taken(session, cycle).stage), Act.REOPEN)
    unit, department = checked_whom(year_of(session, cycle), whom)
    today = day_of(now)
    day = checked_day(cycle, Act.REPORT if unit else Act.SUPPLY, until, today)
    why = checked_reason(reason)
    for each in reopenings.open_reopenings(session, cycle.id, today):
        if (each.unit, each.department) == (unit, department):
            raise refused("whom", OPEN_ALREADY.format(day=each.until))
    row = Reopening(
        cycle_id=cycle.id, unit=unit, department=department, until=day, reason=why,
        opened_by=actor.account, opened_at=now, closed_at=None,
    )  # fmt: skip
    session.add(row)
    flush(session)
    audit.record(session, actor, subject=subject_of(cycle, row), action="reopened", new=audit_facts(row), now=now)
    return row


def checked_whom(year: Year, whom: str) -> tuple[str | None, str | None]:
    """The unit or the department that is meant.

    Raises:
        Refused: there is none.
    """
    kind, _, name = whom.partition(":")
    if kind == "unit" and name in year.units.places:
        return name, None
    if kind == "department" and name in departments_at_work(year.sheet):
        return None, name
    raise refused("whom", NOBODY)


def checked_day(cycle: CycleRow, act: Act, until: date | None, today: date) -> date:
    """A last day that means something: after the stage with which the act closes, not after the next one.

    Raises:
        Refused: it does not.
    """
    closing = last_stage_of(act)
    deadline, after = cycle.ends.get(closing), next_stage(closing)
    if until is None:
        raise refused("until", NO_DAY)
    if until < today:
        raise refused("until", PAST)
    if is_allowed(cycle.stage, act) and deadline is not None and until <= deadline:
        raise refused("until", IN_TIME.format(day=deadline))
    if after is not None and (end := cycle.ends.get(after)) is not None and until > end:
        raise refused("until", TOO_LATE.format(stage=after.label, day=end))
    return until


def end_reopening(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """End a reopening before its last day.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such reopening.
        Refused: it has ended already.
        Stale: somebody else changed it since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
    found = reopenings.reopening_at(session, cycle.id, row)
    if found is None:
        raise NotFound(NO_REOPENING)
    if found.closed_at is not None or found.until < day_of(now):
        raise Refused(ENDED)
    check_seen(found, seen)
    old = audit_facts(found)
    found.closed_at = now
    flush(session)
    audit.record(
        session, actor, subject=subject_of(cycle, found), action="ended", old=old, new=audit_facts(found), now=now
    )


def subject_of(cycle: CycleRow, row: Reopening) -> str:
    """What the log calls a reopening."""
    return f"reopening:{cycle.year}/{row.unit or row.department}/{row.id}"


def audit_facts(row: Reopening) -> dict[str, Any]:
    """A reopening as the log tells it."""
    closed = row.closed_at and row.closed_at.isoformat()
    return {"until": row.until.isoformat(), "reason": row.reason, "closed_at": closed}
