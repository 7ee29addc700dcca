"""Any history of a finding, and what it must add up to."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from assess.core.errors import NotAllowed, Refused
from assess.core.findings.history import Event, FindingStanding, standing_of
from assess.core.findings.states import FindingState as State
from assess.core.findings.states import FindingStep as Step
from assess.core.findings.states import Relief
from assess.core.findings.steps import check_event
from tests.core.test_findings import FIRST, FOUND, INSPECTOR, LEADS_TO, NOON, OFFICIAL, REVIEWER, TODAY, someone


def histories() -> st.SearchStrategy[list[Event]]:
    """Whatever people may try, in any order, on days that go on or back."""
    return st.lists(
        st.builds(
            Event,
            step=st.sampled_from(Step),
            by=st.sampled_from([INSPECTOR, OFFICIAL, REVIEWER]),
            day=st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days)),
            entered_at=st.just(NOON),
            deadline=st.none() | st.integers(0, 60).map(lambda days: FIRST + timedelta(days=days)),
            relief=st.sampled_from([None, *Relief]),
            reason=st.sampled_from(["", "because"]),
        ),
        max_size=40,
    )


@given(histories())
def test_whatever_people_try_the_state_is_legal_and_the_counts_are_those_of_a_recount(tries: list[Event]):
    standing, kept = standing_of(FOUND), list(FOUND)
    for event in tries:
        try:
            reached = check_event(standing, event, someone(event.by), TODAY)
        except (NotAllowed, Refused):
            continue
        taken = (standing.state, event.step) in LEADS_TO or event.step in (Step.APPROVE, Step.REFUSE, Step.WITHDRAW)
        assert taken
        standing, kept = reached, [*kept, event]

    assert standing == standing_of(kept)
    assert (standing.returns, standing.reopenings, standing.extensions, standing.suspensions) == recounted(kept)
    assert (standing.closed_on is not None) == standing.is_done
    assert (standing.left is not None) == (standing.state is State.SUSPENDED)
    check_days(standing, kept)


def recounted(kept: list[Event]) -> tuple[int, int, int, int]:
    """How often a history was returned, reopened, extended and suspended."""
    granted: list[Relief | None] = []
    asked: Event | None = None
    for event in kept:
        asked = event if event.step is Step.ASK else asked
        if event.step is Step.APPROVE and asked is not None:
            granted.append(asked.relief)
    steps = [event.step for event in kept]
    return (
        steps.count(Step.RETURN), steps.count(Step.REOPEN),
        granted.count(Relief.EXTENSION), granted.count(Relief.SUSPENSION),
    )  # fmt: skip


def check_days(standing: FindingStanding, kept: list[Event]) -> None:
    """Days of a history go on, and what is fixed was fixed by its last report."""
    assert [event.day for event in kept] == sorted(event.day for event in kept)
    reports = [event.day for event in kept if event.step is Step.REPORT]
    assert standing.fixed_on in (None, *reports[-1:])
    assert standing.rectifiers == {event.by for event in kept if event.step is Step.REPORT}
