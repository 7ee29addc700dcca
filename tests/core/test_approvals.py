"""Whoever asks never decides, and nobody else takes a request back."""

from __future__ import annotations

import pytest

from assess.core.actors import Actor, Role
from assess.core.appeals.states import CORRECTION
from assess.core.approvals import NOT_YOURS, may_end, state_after
from assess.core.errors import NotAllowed, Refused
from assess.core.findings.states import FindingStep
from assess.core.stages.ends import MOVE
from assess.core.workflow import EXCLUSION, EXEMPTION, Request, StateTable, WorkflowStep

ASKER = Actor(1, "zhao", "Zhao", frozenset({Role.OFFICE}))
OTHER = Actor(2, "qian", "Qian", frozenset({Role.OFFICE}))
KINDS = [EXEMPTION, EXCLUSION, MOVE, CORRECTION]


@pytest.mark.parametrize("table", KINDS, ids=lambda table: table.subject.en)
def test_another_person_approves_or_refuses_and_the_asker_takes_back(table: StateTable):
    ends = {
        (who.username, step): outcome(table, step, who)
        for who in (ASKER, OTHER)
        for step in (WorkflowStep.APPROVE, WorkflowStep.REFUSE, WorkflowStep.WITHDRAW)
    }

    assert ends == {
        ("zhao", "approve"): "NotAllowed",
        ("zhao", "refuse"): "NotAllowed",
        ("zhao", "withdraw"): Request.WITHDRAWN,
        ("qian", "approve"): Request.APPROVED,
        ("qian", "refuse"): Request.REFUSED,
        ("qian", "withdraw"): "Refused",
    }


@pytest.mark.parametrize("table", KINDS, ids=lambda table: table.subject.en)
@pytest.mark.parametrize("state", [Request.REFUSED, Request.WITHDRAWN])
def test_what_is_ended_is_not_decided_again(table: StateTable, state: Request):
    for step in (WorkflowStep.APPROVE, WorkflowStep.REFUSE):
        with pytest.raises(Refused):
            state_after(table, state, step, OTHER, asker=ASKER.account)


def test_only_exemptions_and_exclusions_are_taken_back_once_they_are_approved():
    kept = {table.subject.en: outcome(table, WorkflowStep.WITHDRAW, OTHER, Request.APPROVED) for table in KINDS}

    assert [name for name, state in kept.items() if state is Request.WITHDRAWN] == [
        EXEMPTION.subject.en,
        EXCLUSION.subject.en,
    ]


def test_who_would_take_back_what_another_asked_for_is_told_to_reject_it():
    with pytest.raises(Refused) as caught:
        state_after(MOVE, Request.ASKED, WorkflowStep.WITHDRAW, OTHER, asker=ASKER.account)

    assert caught.value.what == NOT_YOURS


def test_the_steps_of_a_finding_follow_the_same_rule():
    ends = (FindingStep.APPROVE, FindingStep.REFUSE, FindingStep.WITHDRAW)

    assert [may_end(step, account=1, asker=1) for step in ends] == [False, False, True]
    assert [may_end(step, account=2, asker=1) for step in ends] == [True, True, False]


def outcome(table: StateTable, step: WorkflowStep, who: Actor, state: Request = Request.ASKED) -> str:
    """The state that a step leads to, or how it is turned down."""
    try:
        return state_after(table, state, step, who, asker=ASKER.account)
    except (NotAllowed, Refused) as declined:
        return type(declined).__name__
