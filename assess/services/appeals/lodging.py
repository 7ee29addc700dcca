"""Appealing: a unit objects to one line of its released result, within the time for it, and may take that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.appeals.filing import TypedAppeal, flaw_in, read_appeal
from assess.core.appeals.naming import CaseKind
from assess.core.appeals.states import APPEAL, AppealState, AppealStep
from assess.core.calendar import Due, accepted_by_silence, day_of, due_on
from assess.core.errors import NotFound, Refused
from assess.core.text import Text
from assess.core.workflow import (
    ALLOWED,
    NOT_IN_STAGE,
    Act,
    Stage,
    advance,
    check_allowed,
    is_allowed,
    last_stage_of,
    listed,
)
from assess.services import audit
from assess.services.appeals.lines import LineSeen, line_seen, released
from assess.services.cycles import lock_unit, lock_year, refused
from assess.services.evidence import Attached, attach_files
from assess.store.models import Appeal, AppealEvent
from assess.store.numbering import take_case_number
from assess.store.queries import appeals as queries
from assess.store.queries.appeals import AppealRow
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, check_seen, flush

SUBJECT: Final = "appeal:"
"""What files of an appeal are attached to, before its number."""
NO_APPEAL: Final = Text(
    "没有这项申诉，或您无权查看。", "There is no such appeal, or you do not have permission to see it."
)
OPEN_ALREADY: Final = Text(
    "对这一项的申诉（{number}）尚未处理，不必重复提出，可以补充佐证材料。",
    "An appeal against this item ({number}) is already open. Add evidence to it instead.",
)
DECIDED: Final = Text("申诉{state}，不能再补充佐证材料。", "Evidence can no longer be added. The appeal is {state}.")
OVER: Final = Text(
    "申诉期限已于{day}截止。逾期未提出申诉的，视为认可公示结果。",
    "The appeal period ended on {day}. A unit that did not appeal in time is considered to accept "
    "the provisional result.",
)
CUT_SHORT: Final = Text(
    "申诉已于{day}提前结束（原定{last}截止），不再受理。未申诉的单位不视为认可。",
    "The appeal period was ended early, on {day} instead of {last}. No more appeals can be submitted. A "
    "unit that did not appeal is not considered to accept the result.",
)


@dataclass(frozen=True)
class AppealWindow:
    """The time to appeal: its last day, how that stands today, and why it is over or has not begun."""

    last: date | None
    due: Due | None
    locked: Text | None


@dataclass(frozen=True, eq=False)
class LineToAppeal:
    """A line that a unit may object to; `open` is the appeal against it that waits for a ruling."""

    line: LineSeen
    open: AppealRow | None
    window: AppealWindow


def window_of(cycle: CycleRow, now: datetime) -> AppealWindow:
    """The time to appeal (no query)."""
    last, today = cycle.ends.get(last_stage_of(Act.APPEAL)), day_of(now)
    locked = time_over(cycle, last, today)
    if locked is None and not is_allowed(cycle.stage, Act.APPEAL):
        told = {"stage": cycle.stage.label, "act": Act.APPEAL.label, "stages": listed(ALLOWED[Act.APPEAL])}
        locked = NOT_IN_STAGE.format(**told)
    return AppealWindow(last, None if last is None else due_on(last, today), locked)


def time_over(cycle: CycleRow, last: date | None, today: date) -> Text | None:
    """That the time to appeal is over, and what that means; None while it is not."""
    ended = cycle.ended.get(last_stage_of(Act.APPEAL))
    if ended is not None:
        return CUT_SHORT.format(day=ended, last=last)
    accepted = accepted_by_silence(Act.APPEAL, cycle.stage, cycle.ends, today)
    return accepted if last is None or accepted is None else OVER.format(day=last)


def line_to_appeal(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, item: str, now: datetime
) -> LineToAppeal:
    """A line as the form to appeal shows it (7 queries).

    Raises:
        NotFound: another unit, or no such line.
        Refused: nothing is released.
    """
    actor.check_unit(unit)
    line = line_seen(session, cycle, released(session, cycle), unit=unit, item=item)
    return LineToAppeal(line, queries.open_appeal(session, cycle=cycle.id, unit=unit, item=item), window_of(cycle, now))


def lodge_appeal(
    session: Session, actor: Actor, *, cycle: CycleRow, typed: TypedAppeal, now: datetime, claims: Sequence[str] = ()
) -> int:
    """Object to a line; the number of the appeal.

    Args:
        session: the transaction.
        actor: an official of the unit.
        cycle: the year.
        typed: what is wrong, and what should be.
        now: the moment.
        claims: SHA-256 of files that the actor handed in or that the unit attached elsewhere.

    Raises:
        NotFound: another unit, or no such line.
        Refused: nothing is released, the time is over, an appeal is open already, or a field is wrong (`item`, `what`,
            `cell`, `asked`, `files`).
        Stale: a colleague appeals against the same line at this moment.
    """
    actor.check_unit(typed.unit)
    lock_unit(session, cycle, typed.unit)
    check_time(cycle, now)
    line = line_seen(session, cycle, released(session, cycle), unit=typed.unit, item=typed.item)
    standing = queries.open_appeal(session, cycle=cycle.id, unit=typed.unit, item=typed.item)
    if standing is not None:
        raise refused("item", OPEN_ALREADY.format(number=f"{cycle.year}-{standing.number}"))
    read = read_appeal(typed, {each.key: each for each in line.cells}, is_exempt=line.is_exempt)
    row = Appeal(
        cycle_id=cycle.id, number=take_case_number(session, cycle=cycle.id, kind=CaseKind.APPEAL.value),
        unit=typed.unit, item=typed.item, run_id=line.run.id, what=read.what, cell=read.cell, asked=read.asked,
        state=AppealState.LODGED.value, lodged_by=actor.account, lodged_at=now,
    )  # fmt: skip
    session.add(row)
    flush(session)
    note_step(session, actor, row, AppealStep.LODGE, now=now)
    told = {"item": row.item, "run": line.run.number, "what": row.what, "cell": row.cell, "asked": row.asked}
    audit.record(session, actor, subject=subject_of(cycle, row), action="lodged", new=told, now=now)
    if claims:
        attach(session, actor, cycle, row, claims=claims, now=now)
    return row.number


def check_time(cycle: CycleRow, now: datetime) -> None:
    """Let a unit appeal within the time for it.

    Raises:
        Refused: the stage does not allow it, or the last day is past; then silence was acceptance.
    """
    check_allowed(cycle.stage, Act.APPEAL)
    locked = window_of(cycle, now).locked
    if locked is not None:
        raise Refused(locked)


def attach(
    session: Session, actor: Actor, cycle: CycleRow, row: Appeal, *, claims: Sequence[str], now: datetime
) -> Attached:
    """Attach files to an appeal."""
    subject = f"{SUBJECT}{row.number}"
    return attach_files(
        session, actor, cycle=cycle, unit=row.unit, subject=subject, claims=claims, note="", now=now
    )  # fmt: skip


def add_evidence(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, claims: Sequence[str], now: datetime
) -> Attached:
    """Add files to an appeal that waits for its ruling; the time to appeal may be over by then.

    Raises:
        NotFound: there is no such appeal, or it is another unit's.
        Refused: the stage does not allow it, the appeal is decided, or `files` will not do.
    """
    row = appeal_held(session, cycle, number)
    check_own(actor, row.unit)
    check_allowed(Stage(cycle.stage), Act.RULE)
    if AppealState(row.state) is not AppealState.LODGED:
        raise Refused(DECIDED.format(state=AppealState(row.state).label))
    return attach(session, actor, cycle, row, claims=claims, now=now)


def withdraw_appeal(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, reason: str, seen: int, now: datetime
) -> None:
    """Take an appeal back before it is ruled on.

    Raises:
        NotFound: there is no such appeal, or it is another unit's.
        Refused: the stage does not allow it, it is decided, or the reason is too long.
        Stale: somebody changed it since it was seen.
    """
    row = appeal_held(session, cycle, number)
    check_own(actor, row.unit)
    check_allowed(Stage(cycle.stage), Act.RULE)
    state = advance(APPEAL, AppealState(row.state), AppealStep.WITHDRAW)
    check_seen(row, seen)
    if reason.strip() and (wrong := flaw_in(reason.strip())) is not None:
        raise refused("reason", wrong)
    end(session, actor, cycle, row, step=AppealStep.WITHDRAW, state=state, reason=reason.strip(), now=now)


def appeal_held(session: Session, cycle: CycleRow, number: int) -> Appeal:
    """An appeal that nobody else changes before the transaction ends.

    Raises:
        NotFound: there is none of this number.
        Refused: the year moved on.
    """
    lock_year(session, cycle)
    row = queries.appeal_for_update(session, cycle=cycle.id, number=number)
    if row is None:
        raise NotFound(NO_APPEAL)
    return row


def check_own(actor: Actor, unit: str) -> None:
    """Raise NotFound unless the person reports for the unit; that there is such an appeal is not told."""
    try:
        actor.check_unit(unit)
    except NotFound:
        raise NotFound(NO_APPEAL) from None


def end(
    session: Session, actor: Actor, cycle: CycleRow, row: Appeal, *, step: AppealStep, state: AppealState, reason: str,
    now: datetime, **told: Any,
) -> None:  # fmt: skip
    """Bring an appeal to its end, by withdrawal or ruling; whoever calls has checked that it may."""
    old, row.state = row.state, state.value
    note_step(session, actor, row, step, reason=reason, now=now)
    new = {"state": row.state, "reason": reason or None, **told}
    action = "withdrawn" if step is AppealStep.WITHDRAW else "ruled on"
    audit.record(
        session, actor, subject=subject_of(cycle, row), action=action, old={"state": old}, new=new, now=now
    )  # fmt: skip


def note_step(
    session: Session, actor: Actor, row: Appeal, step: AppealStep, *, now: datetime, reason: str = ""
) -> None:
    """Append a step to the history of an appeal."""
    session.add(AppealEvent(appeal_id=row.id, step=step.value, reason=reason, done_by=actor.account, done_at=now))
    flush(session)


def subject_of(cycle: CycleRow, row: Appeal) -> str:
    """What the log calls an appeal."""
    return f"appeal:{cycle.year}/{row.number}"
