"""What happened to a finding, entry by entry, and where it stands by that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from assess.core.approvals import NOT_YOURS, may_end
from assess.core.errors import Refused
from assess.core.findings.states import (
    DONE,
    FINDING,
    RELIEVED,
    TO_RECTIFY,
    FindingState,
    FindingStep,
    Relief,
)
from assess.core.text import Text
from assess.core.workflow import advance, listed

NO_RELIEF = Text(
    "该问题{state}，不能申请{relief}，{states}时才可以。",
    "The finding is {state}. You can only request {relief} when it is {states}.",
)
ASKED_ALREADY = Text("已有一项申请待批准。", "There is already a request pending approval.")
NOTHING_ASKED = Text("没有待批准的申请，请刷新页面。", "There is no request pending approval. Reload the page.")
NOT_SUSPENDED = Text("该问题未中止整改。", "The finding is not suspended.")
WHAT_RELIEF = Text("请选择申请的事项。", "Select what to request.")
IS_FOUND = Text("该问题已登记。", "The finding is already recorded.")


class Event(NamedTuple):
    """One entry of a finding's history.

    Attributes:
        by: the account of whoever did it.
        day: the district's day on which it happened; `entered_at` is when it was written down, maybe later.
        deadline: the deadline that it sets or asks for.
        relief: what is asked for, of `FindingStep.ASK`.
    """

    step: FindingStep
    by: int
    day: date
    entered_at: datetime
    deadline: date | None = None
    relief: Relief | None = None
    reason: str = ""


class FindingStanding(NamedTuple):
    """Where a finding stands.

    Attributes:
        since: the day of the last entry.
        deadline: the day by which it must be put right; None before it is assigned.
        fixed_on: the day on which the unit put it right, by its own last report that was not returned.
        closed_on: the day on which it was closed in the ledger; None where it was reopened since.
        rectifiers: who reported that it was put right, ever.
        asked: the request that waits for a decision.
        left: the state it was suspended in, on `suspended_on`; None where it is not suspended.
    """

    state: FindingState
    found_on: date
    since: date
    deadline: date | None = None
    fixed_on: date | None = None
    closed_on: date | None = None
    rectifiers: frozenset[int] = frozenset()
    asked: Event | None = None
    left: FindingState | None = None
    suspended_on: date | None = None
    returns: int = 0
    reopenings: int = 0
    extensions: int = 0
    suspensions: int = 0

    @property
    def is_done(self) -> bool:
        """Whether it is closed in the ledger."""
        return self.state in DONE

    @property
    def is_void(self) -> bool:
        """Whether it does not count."""
        return self.state is FindingState.VOID

    @property
    def is_on_time(self) -> bool:
        """Whether it was put right by its deadline."""
        return self.fixed_on is not None and self.deadline is not None and self.fixed_on <= self.deadline

    def is_overdue(self, day: date) -> bool:
        """Whether its deadline has passed and the unit has not put it right; the day itself is in time."""
        return self.state in TO_RECTIFY and self.deadline is not None and day > self.deadline


def standing_of(events: Iterable[Event]) -> FindingStanding:
    """Where a finding stands after its whole history.

    Raises:
        Refused: the history has a step that cannot follow the one before.
        ValueError: there is no entry.
    """
    standing: FindingStanding | None = None
    for event in events:
        standing = after(standing, event)
    if standing is None:
        raise ValueError("a finding begins with being found")
    return standing


def after(standing: FindingStanding | None, event: Event) -> FindingStanding:
    """Where a finding stands after one more entry.

    Raises:
        Refused: the step cannot be taken from where it stands.
    """
    if standing is None or event.step is FindingStep.FIND:
        if standing is not None or event.step is not FindingStep.FIND:
            raise Refused(IS_FOUND)
        return FindingStanding(FindingState.FOUND, found_on=event.day, since=event.day)
    reached = CHANGES.get(event.step, advanced)(standing, event)
    return reached._replace(since=max(standing.since, event.day))


def advanced(standing: FindingStanding, event: Event) -> FindingStanding:
    """A step of the table."""
    state = advance(FINDING, standing.state, event.step)
    deadline = standing.deadline if event.deadline is None else event.deadline
    reached = standing._replace(state=state, deadline=deadline, asked=kept(standing, state))
    match event.step:
        case FindingStep.REPORT:
            return reached._replace(fixed_on=event.day, rectifiers=standing.rectifiers | {event.by})
        case FindingStep.RETURN:
            return reached._replace(fixed_on=None, returns=standing.returns + 1)
        case FindingStep.CLOSE:
            return reached._replace(closed_on=event.day)
        case FindingStep.REOPEN:
            return reached._replace(fixed_on=None, closed_on=None, reopenings=standing.reopenings + 1)
    return reached


def kept(standing: FindingStanding, state: FindingState) -> Event | None:
    """The request that waits, where it still makes sense in another state; else it lapses."""
    asked = standing.asked
    return asked if asked is not None and asked.relief is not None and state in RELIEVED[asked.relief] else None


def asked_for(standing: FindingStanding, event: Event) -> FindingStanding:
    """Relief is asked for."""
    relief = event.relief
    if relief is None:
        raise Refused(WHAT_RELIEF, {"relief": WHAT_RELIEF})
    if standing.asked is not None:
        raise Refused(ASKED_ALREADY)
    if standing.state not in RELIEVED[relief]:
        states = listed(RELIEVED[relief])
        raise Refused(NO_RELIEF.format(state=standing.state.label, relief=relief.label, states=states))
    return standing._replace(asked=event)


def granted(standing: FindingStanding, event: Event) -> FindingStanding:
    """What was asked for is granted."""
    asked = waiting(standing)
    answered = standing._replace(asked=None)
    match asked.relief:
        case Relief.EXTENSION:
            return answered._replace(deadline=later(asked, standing), extensions=standing.extensions + 1)
        case Relief.SUSPENSION:
            return answered._replace(
                state=FindingState.SUSPENDED,
                left=standing.state,
                suspended_on=event.day,
                suspensions=standing.suspensions + 1,
            )
    return answered._replace(state=FindingState.VOID, left=None, suspended_on=None)


def later(asked: Event, standing: FindingStanding) -> date | None:
    """The deadline asked for, or the one that stands where it was set later meanwhile."""
    return max((day for day in (asked.deadline, standing.deadline) if day is not None), default=None)


def refused(standing: FindingStanding, event: Event) -> FindingStanding:
    """What was asked for is not granted."""
    waiting(standing)
    return standing._replace(asked=None)


def withdrawn(standing: FindingStanding, event: Event) -> FindingStanding:
    """What was asked for is taken back by whoever asked."""
    if not may_end(event.step, account=event.by, asker=waiting(standing).by):
        raise Refused(NOT_YOURS)
    return standing._replace(asked=None)


def waiting(standing: FindingStanding) -> Event:
    """The request that waits for a decision.

    Raises:
        Refused: none does.
    """
    if standing.asked is None:
        raise Refused(NOTHING_ASKED)
    return standing.asked


def resumed(standing: FindingStanding, event: Event) -> FindingStanding:
    """A suspended finding is taken up again; its deadline moves by the days it was suspended."""
    if standing.left is None or standing.suspended_on is None:
        raise Refused(NOT_SUSPENDED)
    deadline = standing.deadline
    if deadline is not None:
        deadline += max(event.day - standing.suspended_on, timedelta())
    back = standing._replace(state=standing.left, left=None, suspended_on=None, deadline=deadline)
    return back._replace(asked=kept(standing, back.state))


CHANGES: Final = {
    FindingStep.ASK: asked_for,
    FindingStep.APPROVE: granted,
    FindingStep.REFUSE: refused,
    FindingStep.WITHDRAW: withdrawn,
    FindingStep.RESUME: resumed,
}
