"""What happened to a finding, entry by entry, and where it stands by that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.findings.states import (
    DONE,
    FINDING,
    JUDGING,
    RELIEVED,
    TAKEN_BY,
    TO_RECTIFY,
    WITH_DEADLINE,
    WITH_REASON,
    FindingState,
    FindingStep,
    Relief,
)
from assess.core.text import Text
from assess.core.workflow import advance, listed

LONGEST_REASON: Final = 1000

NO_REASON = Text("请填写理由", "give the reason")
TOO_LONG = Text("最多 {most} 字，现有 {n} 字，请精简", "write at most {most} characters, this has {n}")
NO_DEADLINE = Text("请填写整改期限", "give the day by which it must be put right")
EARLY_DEADLINE = Text("期限不能早于 {day}", "the deadline cannot be before {day}")
NOT_LATER = Text("延期后的期限须晚于现期限（{day}）", "an extension must end after the deadline that stands, {day}")
FUTURE = Text("日期不能晚于今天（{today}）", "the day cannot be later than today, {today}")
BEFORE_LAST = Text("日期不能早于上一步的日期（{day}）", "the day cannot be before that of the step before, {day}")
NO_RELIEF = Text(
    "该问题{state}，不能申请{relief}：{states}时才可以",
    "the finding is {state}: {relief} is for one that is {states}",
)
ASKED_ALREADY = Text("已有一项申请待批准", "one request is still waiting for its decision")
NOTHING_ASKED = Text("没有待批准的申请，请刷新页面", "no request waits for a decision any more: load the page again")
NOT_YOURS = Text("只有申请人可以撤回申请", "only whoever asked can take the request back")
NOT_SUSPENDED = Text("该问题未中止整改", "the finding is not suspended")
WHAT_RELIEF = Text("请选择申请的事项", "choose what you ask for")
IS_FOUND = Text("该问题已记录", "the finding is recorded already")


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


class Standing(NamedTuple):
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


def standing_of(events: Iterable[Event]) -> Standing:
    """Where a finding stands after its whole history.

    Raises:
        Refused: the history has a step that cannot follow the one before.
        ValueError: there is no entry.
    """
    standing: Standing | None = None
    for event in events:
        standing = after(standing, event)
    if standing is None:
        raise ValueError("a finding begins with being found")
    return standing


def check_event(standing: Standing | None, event: Event, actor: Actor, today: date) -> Standing:
    """Where a finding comes to by a person's step.

    Args:
        standing: where it stands; None where it is being recorded.
        event: the step, as the person gives it.
        actor: the person.
        today: the district's day; nothing happens later.

    Raises:
        NotAllowed: the role does not include the step, or whoever put the finding right would judge it.
        Refused: the step cannot be taken from here, or something is missing; says which by field.
    """
    actor.check_role(*TAKEN_BY[event.step])
    if standing is not None and event.step in JUDGING:
        actor.check_other_person(*standing.rectifiers)
    if standing is not None and standing.asked is not None and event.step in (FindingStep.APPROVE, FindingStep.REFUSE):
        actor.check_other_person(standing.asked.by)
    reached = after(standing, event)
    check_words(standing, event, today)
    return reached


def check_words(standing: Standing | None, event: Event, today: date) -> None:
    """Let the day, the reason and the deadline of a step pass.

    Raises:
        Refused: one is missing or impossible; says each by field.
    """
    wrong: dict[str, Text] = {}
    if event.day > today:
        wrong["day"] = FUTURE.filled(today=today)
    elif standing is not None and event.day < standing.since:
        wrong["day"] = BEFORE_LAST.filled(day=standing.since)
    if event.step in WITH_REASON and not event.reason.strip():
        wrong["reason"] = NO_REASON
    elif len(event.reason) > LONGEST_REASON:
        wrong["reason"] = TOO_LONG.filled(most=LONGEST_REASON, n=len(event.reason))
    deadline = wrong_deadline(standing, event)
    if deadline is not None:
        wrong["deadline"] = deadline
    if wrong:
        raise Refused(next(iter(wrong.values())), wrong)


def wrong_deadline(standing: Standing | None, event: Event) -> Text | None:
    """What is wrong with the deadline of a step."""
    is_extension = event.relief is Relief.EXTENSION
    if event.deadline is None:
        return NO_DEADLINE if event.step in WITH_DEADLINE or is_extension else None
    if event.deadline < event.day:
        return EARLY_DEADLINE.filled(day=event.day)
    stands = None if standing is None else standing.deadline
    return NOT_LATER.filled(day=stands) if is_extension and stands is not None and event.deadline <= stands else None


def after(standing: Standing | None, event: Event) -> Standing:
    """Where a finding stands after one more entry.

    Raises:
        Refused: the step cannot be taken from where it stands.
    """
    if standing is None or event.step is FindingStep.FIND:
        if standing is not None or event.step is not FindingStep.FIND:
            raise Refused(IS_FOUND)
        return Standing(FindingState.FOUND, found_on=event.day, since=event.day)
    reached = CHANGES.get(event.step, advanced)(standing, event)
    return reached._replace(since=max(standing.since, event.day))


def advanced(standing: Standing, event: Event) -> Standing:
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


def kept(standing: Standing, state: FindingState) -> Event | None:
    """The request that waits, where it still makes sense in another state; else it lapses."""
    asked = standing.asked
    return asked if asked is not None and asked.relief is not None and state in RELIEVED[asked.relief] else None


def asked_for(standing: Standing, event: Event) -> Standing:
    """Relief is asked for."""
    relief = event.relief
    if relief is None:
        raise Refused(WHAT_RELIEF, {"relief": WHAT_RELIEF})
    if standing.asked is not None:
        raise Refused(ASKED_ALREADY)
    if standing.state not in RELIEVED[relief]:
        states = listed(RELIEVED[relief])
        raise Refused(NO_RELIEF.filled(state=standing.state.called, relief=relief.called, states=states))
    return standing._replace(asked=event)


def granted(standing: Standing, event: Event) -> Standing:
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


def later(asked: Event, standing: Standing) -> date | None:
    """The deadline asked for, or the one that stands where it was set later meanwhile."""
    return max((day for day in (asked.deadline, standing.deadline) if day is not None), default=None)


def refused(standing: Standing, event: Event) -> Standing:
    """What was asked for is not granted."""
    waiting(standing)
    return standing._replace(asked=None)


def withdrawn(standing: Standing, event: Event) -> Standing:
    """What was asked for is taken back by whoever asked."""
    if waiting(standing).by != event.by:
        raise Refused(NOT_YOURS)
    return standing._replace(asked=None)


def waiting(standing: Standing) -> Event:
    """The request that waits for a decision.

    Raises:
        Refused: none does.
    """
    if standing.asked is None:
        raise Refused(NOTHING_ASKED)
    return standing.asked


def resumed(standing: Standing, event: Event) -> Standing:
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


def steps_open(standing: Standing, actor: Actor) -> tuple[FindingStep, ...]:
    """What a person may do with a finding now, in the order of the work; own units are the service's question."""
    return tuple(step for step in FindingStep if is_open(standing, step) and is_theirs(standing, step, actor))


def is_open(standing: Standing, step: FindingStep) -> bool:
    """Whether a step leads on from where a finding stands."""
    match step:
        case FindingStep.FIND:
            return False
        case FindingStep.ASK:
            return standing.asked is None and any(standing.state in states for states in RELIEVED.values())
        case FindingStep.APPROVE | FindingStep.REFUSE | FindingStep.WITHDRAW:
            return standing.asked is not None
        case FindingStep.RESUME:
            return standing.state is FindingState.SUSPENDED
    return (standing.state, step) in FINDING.steps


def is_theirs(standing: Standing, step: FindingStep, actor: Actor) -> bool:
    """Whether a person may take a step, as far as the finding tells."""
    asker = None if standing.asked is None else standing.asked.by
    if not actor.is_one_of(*TAKEN_BY[step]):
        return False
    match step:
        case FindingStep.WITHDRAW:
            return actor.account == asker
        case FindingStep.APPROVE | FindingStep.REFUSE:
            return actor.account != asker
    return step not in JUDGING or actor.account not in standing.rectifiers


def reliefs_open(standing: Standing) -> tuple[Relief, ...]:
    """What may be asked for now."""
    return tuple(relief for relief, states in RELIEVED.items() if standing.state in states)
