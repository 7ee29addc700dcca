"""What a person may do with a finding: whose step it is, what it must say, and when it happened."""

from __future__ import annotations

from datetime import date
from typing import Final

from assess.core.actors import Actor
from assess.core.approvals import check_may_end, may_end
from assess.core.errors import Refused
from assess.core.findings.history import Event, FindingStanding, after
from assess.core.findings.states import (
    FINDING,
    JUDGING,
    RELIEVED,
    TAKEN_BY,
    WITH_DEADLINE,
    WITH_REASON,
    FindingState,
    FindingStep,
    Relief,
)
from assess.core.reasons import wrong_with_reason
from assess.core.text import Text

ENDING: Final = (FindingStep.APPROVE, FindingStep.REFUSE, FindingStep.WITHDRAW)
"""The steps that end what was asked for."""
NO_DEADLINE = Text("请填写整改期限。", "Enter the deadline for correction.")
EARLY_DEADLINE = Text("期限不能早于{day}。", "The deadline cannot be before {day}.")
NOT_LATER = Text("延期后的期限须晚于现期限（{day}）。", "The new deadline must be later than the current one, {day}.")
FUTURE = Text("日期不能晚于今天（{today}）。", "The date cannot be later than today, {today}.")
BEFORE_LAST = Text("日期不能早于上一步的日期（{day}）。", "The date cannot be before that of the previous step, {day}.")


def check_event(standing: FindingStanding | None, event: Event, actor: Actor, today: date) -> FindingStanding:
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
    actor.check_may(TAKEN_BY[event.step])
    if standing is not None and event.step in JUDGING:
        actor.check_other_person(*standing.rectifiers)
    if standing is not None and standing.asked is not None and event.step in ENDING:
        check_may_end(actor, event.step, asker=standing.asked.by)
    reached = after(standing, event)
    check_words(standing, event, today)
    return reached


def check_words(standing: FindingStanding | None, event: Event, today: date) -> None:
    """Let the day, the reason and the deadline of a step pass.

    Raises:
        Refused: one is missing or impossible; says each by field.
    """
    wrong: dict[str, Text] = {}
    if event.day > today:
        wrong["day"] = FUTURE.format(today=today)
    elif standing is not None and event.day < standing.since:
        wrong["day"] = BEFORE_LAST.format(day=standing.since)
    is_needed = event.step in WITH_REASON or event.reason.strip()
    if is_needed and (unfit := wrong_with_reason(event.reason)) is not None:
        wrong["reason"] = unfit
    deadline = wrong_deadline(standing, event)
    if deadline is not None:
        wrong["deadline"] = deadline
    if wrong:
        raise Refused(next(iter(wrong.values())), wrong)


def wrong_deadline(standing: FindingStanding | None, event: Event) -> Text | None:
    """What is wrong with the deadline of a step."""
    is_extension = event.relief is Relief.EXTENSION
    if event.deadline is None:
        return NO_DEADLINE if event.step in WITH_DEADLINE or is_extension else None
    if event.deadline < event.day:
        return EARLY_DEADLINE.format(day=event.day)
    stands = None if standing is None else standing.deadline
    return NOT_LATER.format(day=stands) if is_extension and stands is not None and event.deadline <= stands else None


def steps_open(standing: FindingStanding, actor: Actor) -> tuple[FindingStep, ...]:
    """What a person may do with a finding now, in the order of the work; own units are the service's question."""
    return tuple(step for step in FindingStep if is_open(standing, step) and is_theirs(standing, step, actor))


def is_open(standing: FindingStanding, step: FindingStep) -> bool:
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


def is_theirs(standing: FindingStanding, step: FindingStep, actor: Actor) -> bool:
    """Whether a person may take a step, as far as the finding tells."""
    if not actor.may(TAKEN_BY[step]):
        return False
    if step in ENDING:
        return standing.asked is not None and may_end(step, account=actor.account, asker=standing.asked.by)
    return step not in JUDGING or actor.account not in standing.rectifiers


def reliefs_open(standing: FindingStanding) -> tuple[Relief, ...]:
    """What may be asked for now."""
    return tuple(relief for relief, states in RELIEVED.items() if standing.state in states)
