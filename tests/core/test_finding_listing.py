"""Findings in lists: worst first; their histories in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from assess.core.findings.history import Event, standing_of
from assess.core.findings.listing import AGES, BANDS, SHOWN, FindingView, span_of, urgency_of
from assess.core.findings.states import FindingState as State
from assess.core.findings.states import FindingStep as Step
from assess.core.findings.states import Relief
from assess.core.findings.telling import event_sentence, told_delay
from tests.core.test_findings import FIRST, HISTORIES, INSPECTOR, an_event

DAY = date(2026, 6, 30)
RECTIFYING = {State.ASSIGNED, State.RECTIFYING, State.RETURNED, State.REOPENED}
CLOSED = {State.CLOSED, State.LOOKED_BACK}
IN_LISTS = {
    FindingView.OPEN: set(State) - CLOSED - {State.VOID},
    FindingView.OVERDUE: RECTIFYING,
    FindingView.TO_ASSIGN: {State.FOUND},
    FindingView.TO_RECTIFY: RECTIFYING,
    FindingView.TO_REVIEW: {State.REPORTED},
    FindingView.TO_CLOSE: {State.PASSED},
    FindingView.SUSPENDED: {State.SUSPENDED},
    FindingView.DONE: CLOSED,
    FindingView.VOID: {State.VOID},
    FindingView.ALL: set(State),
}


def test_every_state_has_its_place_and_its_list():
    assert set(BANDS) == set(State)
    assert set(SHOWN) == set(FindingView)
    once = [
        FindingView.TO_RECTIFY,
        FindingView.TO_ASSIGN,
        FindingView.TO_REVIEW,
        FindingView.TO_CLOSE,
        FindingView.SUSPENDED,
        FindingView.DONE,
        FindingView.VOID,
    ]
    assert [SHOWN[show] for show in once] == list(pairwise(range(len(once) + 1)))
    for show, states in IN_LISTS.items():
        least, after = span_of(show, DAY)
        assert {state for state in State if least <= urgency_of(standing_of(HISTORIES[state])) < after} == states, show


def test_what_the_unit_must_put_right_comes_first_and_what_is_closed_late():
    order = sorted(HISTORIES, key=lambda state: urgency_of(standing_of(HISTORIES[state])))

    assert set(order[:4]) == {State.ASSIGNED, State.RECTIFYING, State.RETURNED, State.REOPENED}
    assert order[4:8] == [State.FOUND, State.REPORTED, State.PASSED, State.SUSPENDED]
    assert set(order[8:10]) == {State.CLOSED, State.LOOKED_BACK}
    assert order[10] is State.VOID


def test_of_two_to_be_put_right_the_one_that_is_due_first_leads_and_of_two_closed_the_newest():
    def assigned(days: int) -> int:
        return urgency_of(standing_of([an_event(Step.FIND), an_event(Step.ASSIGN, deadline=FIRST + timedelta(days))]))

    closed = standing_of(HISTORIES[State.CLOSED])
    assert assigned(3) < assigned(4)
    assert urgency_of(closed._replace(closed_on=DAY)) < urgency_of(closed._replace(closed_on=DAY - timedelta(1)))


def test_every_age_follows_the_one_before():
    days = [each.days(DAY) for each in AGES]

    assert days[0][1] == DAY
    assert days[-1][0] == date.min
    for younger, older in pairwise(days):
        assert older[1] == younger[0] - timedelta(days=1)
    assert [each.label.en for each in AGES][-2:] == ["31 to 60 days", "more than 60 days"]


@pytest.mark.parametrize(
    ("step", "given", "words"),
    [
        (Step.FIND, {}, "Found"),
        (Step.ASSIGN, {"deadline": DAY}, "Assigned, deadline 2026-06-30"),
        (Step.RETURN, {}, "Returned at review"),
        (Step.RETURN, {"deadline": DAY}, "Returned at review, deadline 2026-06-30"),
        (Step.REOPEN, {"deadline": DAY}, "Reopened, deadline 2026-06-30"),
        (Step.ASK, {"relief": Relief.EXTENSION, "deadline": DAY}, "Requested an extension until 2026-06-30"),
        (Step.ASK, {"relief": Relief.VOIDING}, "Requested voiding"),
        (Step.APPROVE, {}, "A suspension approved"),
        (Step.WITHDRAW, {}, "Request for a suspension withdrawn"),
    ],
)
def test_every_entry_is_told_in_one_sentence(step: Step, given: dict[str, object], words: str):
    asked = an_event(Step.ASK, relief=Relief.SUSPENSION, reason="so")

    assert event_sentence(an_event(step, **given), asked).en == words


def test_every_step_has_its_words():
    assert all(event_sentence(an_event(step), None).zh for step in Step)


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), None),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), "recorded the next day"),
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), "recorded 7 days later"),
    ],
)
def test_what_was_written_down_later_says_so_by_the_districts_clock(hour: datetime, words: str | None):
    delay = told_delay(Event(Step.FIND, INSPECTOR, FIRST, hour))

    assert (delay and delay.en) == words
