from __future__ import annotations

from collections.abc import Callable

import pytest

from assess.core.errors import Refused
from assess.core.workflow import (
    ALLOWED,
    EXCLUSION,
    EXEMPTION,
    SUBMISSION,
    VALUE,
    Act,
    LabeledEnum,
    Reported,
    Request,
    Stage,
    StateTable,
    SubmissionState,
    WorkflowStep,
    advance,
    check_allowed,
    first_stage_of,
    is_allowed,
    last_stage_of,
    move,
    moves_from,
    next_stage,
)

ACTS_OF = {
    "preparing": "set-up amend schedule name-teams exempt",
    "collecting": "amend schedule name-teams exempt report resubmit supply inspect certify reopen score",
    "verifying": "amend schedule name-teams exempt resubmit supply inspect certify reopen score",
    "provisional": "schedule name-teams score release appeal rule correct see-own",
    "appeals": "schedule name-teams score release appeal rule correct see-own",
    "final": "name-teams score correct seal hand-over archive see-own",
    "archived": "hand-over archive see-own",
}
"""What each stage allows."""
PROPERTIES_OF = {
    "preparing": "is_preparing is_before_results",
    "collecting": "is_collecting is_gathering is_before_results",
    "verifying": "is_gathering is_before_results ends_reporting is_moved_on_by_release",
    "provisional": "publishes takes_appeals",
    "appeals": "takes_appeals",
    "final": "is_decided makes_final",
    "archived": "is_decided is_archived",
}
"""What each stage is."""


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.what


def test_each_stage_allows_these_acts_and_locks_all_others():
    allowed = {stage.value: " ".join(act for act in Act if is_allowed(stage, act)) for stage in Stage}

    assert allowed == ACTS_OF


def test_each_stage_has_these_properties():
    asked = [name for name, value in vars(Stage).items() if isinstance(value, property) and name != "label"]
    properties = {stage.value: " ".join(name for name in asked if getattr(stage, name)) for stage in Stage}

    assert properties == PROPERTIES_OF


def test_each_act_is_possible_from_a_first_to_a_last_stage():
    windows = {act.value: f"{first_stage_of(act)} {last_stage_of(act)}" for act in (Act.REPORT, Act.SUPPLY, Act.APPEAL)}

    assert windows == {
        "report": "collecting collecting",
        "supply": "collecting verifying",
        "appeal": "provisional appeals",
    }


def test_a_stage_comes_after_those_before_it_and_not_after_itself():
    order = list(Stage)

    assert [[later.is_after(stage) for later in order] for stage in order] == [
        [place > number for place in range(len(order))] for number in range(len(order))
    ]


def test_every_act_has_its_stages():
    assert set(ALLOWED) == set(Act)


def test_a_locked_act_is_refused_with_the_stage_it_is_and_the_stages_it_is_done_at():
    assert refusal(lambda: check_allowed(Stage.VERIFYING, Act.REPORT)) == (
        "本年度处于“核定”阶段，不能填报并报送，须在“填报”阶段办理。",
        "The year is at the stage Certifying, so you cannot fill in and submit forms. "
        "That is done at the stage Collecting.",
    )


def test_a_reopened_unit_may_still_report_while_the_figures_are_verified_and_no_longer():
    check_allowed(Stage.VERIFYING, Act.REPORT, reopened={Act.REPORT})

    assert not is_allowed(Stage.VERIFYING, Act.REPORT, reopened={Act.SUPPLY})
    assert not is_allowed(Stage.PROVISIONAL, Act.REPORT, reopened={Act.REPORT})
    assert not is_allowed(Stage.PREPARING, Act.REPORT, reopened={Act.REPORT})


def test_reopening_opens_nothing_but_reporting():
    assert not is_allowed(Stage.FINAL, Act.CERTIFY, reopened=set(Act))


def test_a_year_goes_on_by_one_stage_and_back_to_any_earlier_one_until_it_is_final():
    assert {stage.value: [to.value for to in moves_from(stage)] for stage in Stage} == {
        "preparing": ["collecting"],
        "collecting": ["verifying", "preparing"],
        "verifying": ["provisional", "collecting", "preparing"],
        "provisional": ["appeals", "verifying", "collecting", "preparing"],
        "appeals": ["final", "provisional", "verifying", "collecting", "preparing"],
        "final": ["archived"],
        "archived": [],
    }
    assert next_stage(Stage.ARCHIVED) is None


def test_going_on_needs_no_reason_and_going_back_does():
    assert move(Stage.COLLECTING, Stage.VERIFYING, "") is Stage.VERIFYING
    assert move(Stage.VERIFYING, Stage.COLLECTING, "a wrong template") is Stage.COLLECTING
    assert refusal(lambda: move(Stage.VERIFYING, Stage.COLLECTING, "  ")) == (
        "请填写退回“填报”阶段的理由。",
        "Enter the reason for going back to the stage Collecting.",
    )


@pytest.mark.parametrize("to", [Stage.PROVISIONAL, Stage.COLLECTING, Stage.ARCHIVED])
def test_no_stage_is_left_out_or_entered_twice(to: Stage):
    assert refusal(lambda: move(Stage.COLLECTING, to, "in a hurry"))[1] == (
        f"The year cannot go from Collecting to {to.label.en}, "
        "only to the next stage, or back to an earlier one with a reason."
    )


@pytest.mark.parametrize("stage", [Stage.FINAL, Stage.ARCHIVED])
def test_a_decided_year_never_goes_back(stage: Stage):
    assert refusal(lambda: move(stage, Stage.APPEALS, "a mistake"))[0] == (
        f"“{stage.label.zh}”阶段的年度不能退回。结果如需更正，请另发更正。"
    )


def test_a_form_is_handed_in_returned_handed_in_again_and_certified():
    state = SubmissionState.DRAFT
    for step in (
        WorkflowStep.SUBMIT,
        WorkflowStep.WITHDRAW,
        WorkflowStep.SUBMIT,
        WorkflowStep.RETURN,
        WorkflowStep.SUBMIT,
        WorkflowStep.CERTIFY,
    ):
        state = advance(SUBMISSION, state, step)

    assert state is SubmissionState.CERTIFIED


def test_a_certified_form_cannot_be_withdrawn_and_the_refusal_says_when_it_could():
    assert refusal(lambda: advance(SUBMISSION, SubmissionState.CERTIFIED, WorkflowStep.WITHDRAW)) == (
        "填报表已核定，不能撤回，已报送时才可以。",
        "the form is certified and cannot be withdrawn. It must be submitted.",
    )


def test_a_step_of_other_things_is_refused_too():
    assert (
        refusal(lambda: advance(SUBMISSION, SubmissionState.DRAFT, WorkflowStep.APPROVE))[1]
        == "the form cannot be approved."
    )


@pytest.mark.parametrize(
    ("table", "state", "step", "after"),
    [
        (VALUE, Reported.REPORTED, WorkflowStep.CERTIFY, Reported.CERTIFIED),
        (VALUE, Reported.REPORTED, WorkflowStep.RETURN, Reported.RETURNED),
        (VALUE, Reported.RETURNED, WorkflowStep.REPORT, Reported.REPORTED),
        (VALUE, Reported.RETURNED, WorkflowStep.CERTIFY, None),
        (EXEMPTION, Request.ASKED, WorkflowStep.APPROVE, Request.APPROVED),
        (EXEMPTION, Request.REFUSED, WorkflowStep.APPROVE, None),
        (EXCLUSION, Request.ASKED, WorkflowStep.REFUSE, Request.REFUSED),
        (EXCLUSION, Request.APPROVED, WorkflowStep.WITHDRAW, Request.WITHDRAWN),
        (EXCLUSION, Request.WITHDRAWN, WorkflowStep.APPROVE, None),
    ],
)
def test_what_follows_from_a_state(
    table: StateTable, state: LabeledEnum, step: WorkflowStep, after: LabeledEnum | None
):
    if after is None:
        refusal(lambda: advance(table, state, step))
    else:
        assert advance(table, state, step) is after
