"""What may happen to a finding: every step from every state by every role, and what any history adds up to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from assess.core.actors import Actor, Role, roles_with
from assess.core.errors import NotAllowed, Refused
from assess.core.findings.history import Event, standing_of
from assess.core.findings.states import TAKEN_BY, FindingState, FindingStep, Relief
from assess.core.findings.steps import check_event, steps_open

Step, State = FindingStep, FindingState
FIRST = date(2026, 3, 2)
TODAY = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 4, tzinfo=UTC)

INSPECTOR, OFFICIAL, REVIEWER = 1, 2, 3
ROLE_OF = {INSPECTOR: Role.EVALUATOR, OFFICIAL: Role.OFFICIAL, REVIEWER: Role.OFFICE}


def an_event(step: Step, by: int = INSPECTOR, day: int = 0, **given: Any) -> Event:
    """A step on so many days after the first."""
    return Event(step, by, FIRST + timedelta(days=day), NOON, **given)


def someone(account: int = REVIEWER, *roles: Role) -> Actor:
    return Actor(account, f"p{account}", f"P {account}", frozenset(roles or {ROLE_OF.get(account, Role.EVALUATOR)}))


FOUND = (an_event(Step.FIND),)
ASSIGNED = (*FOUND, an_event(Step.ASSIGN, day=1, deadline=date(2026, 3, 20)))
RECTIFYING = (*ASSIGNED, an_event(Step.START, OFFICIAL, 2))
REPORTED = (*RECTIFYING, an_event(Step.REPORT, OFFICIAL, 10))
RETURNED = (*REPORTED, an_event(Step.RETURN, REVIEWER, 12, reason="soil lies bare"))
PASSED = (*REPORTED, an_event(Step.PASS, REVIEWER, 12))
CLOSED = (*PASSED, an_event(Step.CLOSE, REVIEWER, 13))
LOOKED_BACK = (*CLOSED, an_event(Step.LOOK_BACK, INSPECTOR, 60))
REOPENED = (*LOOKED_BACK, an_event(Step.REOPEN, INSPECTOR, 61, reason="again", deadline=date(2026, 5, 20)))
SUSPENSION = an_event(Step.ASK, OFFICIAL, 3, relief=Relief.SUSPENSION, reason="the road is dug up")
SUSPENDED = (*RECTIFYING, SUSPENSION, an_event(Step.APPROVE, REVIEWER, 5))
VOIDING = an_event(Step.ASK, INSPECTOR, 3, relief=Relief.VOIDING, reason="not in the district")
VOID = (*RECTIFYING, VOIDING, an_event(Step.APPROVE, REVIEWER, 5))

HISTORIES = {
    State.FOUND: FOUND,
    State.ASSIGNED: ASSIGNED,
    State.RECTIFYING: RECTIFYING,
    State.REPORTED: REPORTED,
    State.RETURNED: RETURNED,
    State.PASSED: PASSED,
    State.CLOSED: CLOSED,
    State.LOOKED_BACK: LOOKED_BACK,
    State.REOPENED: REOPENED,
    State.SUSPENDED: SUSPENDED,
    State.VOID: VOID,
}

LEADS_TO = {
    (State.FOUND, Step.ASSIGN): State.ASSIGNED,
    (State.ASSIGNED, Step.ASSIGN): State.ASSIGNED,
    (State.ASSIGNED, Step.START): State.RECTIFYING,
    (State.RETURNED, Step.START): State.RECTIFYING,
    (State.REOPENED, Step.START): State.RECTIFYING,
    (State.ASSIGNED, Step.REPORT): State.REPORTED,
    (State.RECTIFYING, Step.REPORT): State.REPORTED,
    (State.RETURNED, Step.REPORT): State.REPORTED,
    (State.REOPENED, Step.REPORT): State.REPORTED,
    (State.REPORTED, Step.PASS): State.PASSED,
    (State.REPORTED, Step.RETURN): State.RETURNED,
    (State.PASSED, Step.RETURN): State.RETURNED,
    (State.PASSED, Step.CLOSE): State.CLOSED,
    (State.CLOSED, Step.LOOK_BACK): State.LOOKED_BACK,
    (State.LOOKED_BACK, Step.LOOK_BACK): State.LOOKED_BACK,
    (State.CLOSED, Step.REOPEN): State.REOPENED,
    (State.LOOKED_BACK, Step.REOPEN): State.REOPENED,
    (State.SUSPENDED, Step.RESUME): State.RECTIFYING,
    **{(state, Step.ASK): state for state in set(State) - {State.CLOSED, State.LOOKED_BACK, State.VOID}},
}
"""Where each step leads that may be taken from a state in which nothing waits for a decision; ASK asks for voiding."""

WHO = {
    Step.FIND: {Role.EVALUATOR, Role.OFFICE},
    Step.ASSIGN: {Role.EVALUATOR, Role.OFFICE},
    Step.START: {Role.OFFICIAL},
    Step.REPORT: {Role.OFFICIAL},
    Step.PASS: {Role.EVALUATOR, Role.OFFICE},
    Step.RETURN: {Role.EVALUATOR, Role.OFFICE},
    Step.CLOSE: {Role.EVALUATOR, Role.OFFICE},
    Step.LOOK_BACK: {Role.EVALUATOR, Role.OFFICE},
    Step.REOPEN: {Role.EVALUATOR, Role.OFFICE},
    Step.ASK: {Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE},
    Step.APPROVE: {Role.EVALUATOR, Role.OFFICE},
    Step.REFUSE: {Role.EVALUATOR, Role.OFFICE},
    Step.WITHDRAW: {Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE},
    Step.RESUME: {Role.EVALUATOR, Role.OFFICE},
}


def last_step(step: Step, by: int = 9) -> Event:
    """A step with all that any step needs, after everything else."""
    relief = Relief.VOIDING if step is Step.ASK else None
    return an_event(step, by, 100, reason="because", deadline=date(2026, 7, 31), relief=relief)


@pytest.mark.parametrize(("state", "history"), list(HISTORIES.items()))
def test_each_history_comes_to_its_state(state: State, history: tuple[Event, ...]):
    assert standing_of(history).state is state


@pytest.mark.parametrize(("state", "step", "role"), list(product(State, Step, Role)), ids=str)
def test_a_step_is_taken_from_the_states_and_by_the_roles_that_the_table_says(state: State, step: Step, role: Role):
    standing = standing_of(HISTORIES[state])

    def taken() -> State | type[Exception]:
        try:
            return check_event(standing, last_step(step), someone(9, role), TODAY).state
        except (NotAllowed, Refused) as error:
            return type(error)

    expected: Any = LEADS_TO.get((state, step), Refused) if role in WHO[step] else NotAllowed
    assert taken() == expected
    assert (step in steps_open(standing, someone(9, role))) == isinstance(expected, State)


def test_who_put_it_right_never_passes_returns_closes_or_looks_back_at_it():
    both = someone(OFFICIAL, Role.OFFICIAL, Role.EVALUATOR)

    for history, step in [
        (REPORTED, Step.PASS),
        (REPORTED, Step.RETURN),
        (PASSED, Step.CLOSE),
        (CLOSED, Step.LOOK_BACK),
        (CLOSED, Step.REOPEN),
    ]:
        standing = standing_of(history)
        with pytest.raises(NotAllowed):
            check_event(standing, last_step(step, OFFICIAL), both, TODAY)
        assert step not in steps_open(standing, both)


def test_nobody_decides_on_what_they_asked_for_and_nobody_else_takes_it_back():
    standing = standing_of((*RECTIFYING, VOIDING))

    with pytest.raises(NotAllowed):
        check_event(standing, last_step(Step.APPROVE, INSPECTOR), someone(INSPECTOR), TODAY)
    with pytest.raises(Refused, match="Someone else made this request"):
        check_event(standing, last_step(Step.WITHDRAW, REVIEWER), someone(REVIEWER), TODAY)
    assert Step.WITHDRAW in steps_open(standing, someone(INSPECTOR))
    assert not {Step.APPROVE, Step.REFUSE, Step.ASK} & set(steps_open(standing, someone(INSPECTOR)))
    assert {Step.APPROVE, Step.REFUSE} <= set(steps_open(standing, someone(REVIEWER)))


@pytest.mark.parametrize(("step", "state"), [(Step.APPROVE, State.VOID), (Step.REFUSE, State.RECTIFYING)])
def test_what_was_asked_for_is_decided_once(step: Step, state: State):
    decided = check_event(standing_of((*RECTIFYING, VOIDING)), last_step(step), someone(), TODAY)

    assert (decided.state, decided.asked) == (state, None)
    with pytest.raises(Refused, match="There is no request"):
        check_event(decided, last_step(step), someone(), TODAY)


def test_a_request_lapses_once_the_finding_has_left_the_states_it_was_meant_for():
    asked = (*RECTIFYING, an_event(Step.ASK, OFFICIAL, 5, relief=Relief.EXTENSION, deadline=date(2026, 4, 1)))

    assert standing_of((*asked, an_event(Step.REPORT, OFFICIAL, 6))).asked is None
    assert standing_of((*RECTIFYING, VOIDING, an_event(Step.REPORT, OFFICIAL, 6))).asked == VOIDING


def test_an_extension_moves_the_deadline_and_is_counted_but_never_brings_it_forward():
    ask = an_event(Step.ASK, OFFICIAL, 5, relief=Relief.EXTENSION, deadline=date(2026, 4, 1), reason="rain")
    extended = standing_of((*RECTIFYING, ask, an_event(Step.APPROVE, REVIEWER, 6)))
    later = an_event(Step.ASSIGN, INSPECTOR, 6, deadline=date(2026, 4, 30))
    overtaken = standing_of((*ASSIGNED, ask, later, an_event(Step.APPROVE, REVIEWER, 7)))

    assert (extended.deadline, extended.extensions) == (date(2026, 4, 1), 1)
    assert (overtaken.deadline, overtaken.extensions) == (date(2026, 4, 30), 1)


def test_the_days_of_a_suspension_are_added_to_the_deadline():
    resumed = standing_of((*SUSPENDED, an_event(Step.RESUME, REVIEWER, 15)))

    assert (resumed.state, resumed.deadline, resumed.suspensions) == (State.RECTIFYING, date(2026, 3, 30), 1)
    assert not standing_of(SUSPENDED).is_overdue(TODAY)


def test_put_right_and_closed_are_two_days():
    standing = standing_of(CLOSED)

    assert (standing.fixed_on, standing.closed_on) == (date(2026, 3, 12), date(2026, 3, 15))
    assert (standing.is_on_time, standing.is_done) == (True, True)


def test_what_is_returned_is_not_put_right_and_is_overdue_again():
    returned = standing_of(RETURNED)

    assert (returned.fixed_on, returned.returns, returned.is_on_time) == (None, 1, False)
    assert [returned.is_overdue(date(2026, 3, day)) for day in (20, 21)] == [False, True]
    assert not standing_of(REPORTED).is_overdue(TODAY)


def test_what_is_reopened_is_neither_closed_nor_put_right():
    reopened = standing_of(REOPENED)

    assert (reopened.fixed_on, reopened.closed_on, reopened.reopenings) == (None, None, 1)
    assert reopened.deadline == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("history", "event", "fields"),
    [
        (FOUND, an_event(Step.ASSIGN, day=1), {"deadline": "Enter the deadline for correction."}),
        (
            FOUND,
            an_event(Step.ASSIGN, day=9, deadline=date(2026, 3, 10)),
            {"deadline": "The deadline cannot be before 2026-03-11."},
        ),
        (
            CLOSED,
            an_event(Step.REOPEN, day=20, reason=" "),
            {"reason": "Enter the reason.", "deadline": "Enter the deadline for correction."},
        ),
        (REPORTED, an_event(Step.RETURN, REVIEWER, 20), {"reason": "Enter the reason."}),
        (
            REPORTED,
            an_event(Step.PASS, REVIEWER, 9),
            {"day": "The date cannot be before that of the previous step, 2026-03-12."},
        ),
        (REPORTED, an_event(Step.PASS, REVIEWER, 121), {"day": "The date cannot be later than today, 2026-06-30."}),
        (
            REPORTED,
            an_event(Step.PASS, REVIEWER, 20, reason="x" * 1001),
            {"reason": "Must be 1000 characters or fewer. It has 1001."},
        ),
        (
            RECTIFYING,
            an_event(Step.ASK, INSPECTOR, 20, relief=Relief.EXTENSION, reason="rain", deadline=date(2026, 3, 20)),
            {"deadline": "The deadline cannot be before 2026-03-22."},
        ),
        (
            RECTIFYING,
            an_event(Step.ASK, INSPECTOR, 3, relief=Relief.EXTENSION, reason="rain", deadline=date(2026, 3, 20)),
            {"deadline": "The new deadline must be later than the current one, 2026-03-20."},
        ),
        (RECTIFYING, an_event(Step.ASK, INSPECTOR, 3, reason="rain"), {"relief": "Select what to request."}),
    ],
)
def test_what_a_step_lacks_is_said_at_its_field(history: tuple[Event, ...], event: Event, fields: dict[str, str]):
    with pytest.raises(Refused) as refused:
        check_event(standing_of(history), event, someone(event.by), TODAY)

    assert {name: what.en for name, what in refused.value.fields.items()} == fields


def test_a_finding_is_found_once_and_first():
    for history in ((), (an_event(Step.ASSIGN),), (*FOUND, an_event(Step.FIND))):
        with pytest.raises((Refused, ValueError)):
            standing_of(history)


def test_each_step_is_somebody_s():
    assert {step: set(roles_with(right)) for step, right in TAKEN_BY.items()} == WHO
