"""What may be done when: the stages of a cycle, what each one locks, and the states of what people hand in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeVar

from assess.core.errors import Refused
from assess.core.text import Text


class LabeledEnum(StrEnum):
    """A word of the database with what it is called in both languages."""

    label: Text

    def __new__(cls, word: str, zh: str = "", en: str = "") -> Self:
        member = str.__new__(cls, word)
        member._value_ = word
        member.label = Text(zh, en)
        return member


class Stage(LabeledEnum):
    """Where an assessment year stands, in this order."""

    PREPARING = "preparing", "筹备", "Preparing"
    COLLECTING = "collecting", "填报", "Collecting"
    VERIFYING = "verifying", "核定", "Certifying"
    PROVISIONAL = "provisional", "公示", "Provisional"
    APPEALS = "appeals", "申诉复核", "Appeals"
    FINAL = "final", "定稿", "Final"
    ARCHIVED = "archived", "归档", "Archived"

    @property
    def is_preparing(self) -> bool:
        """Whether the year is still set up."""
        return self in ALLOWED[Act.SET_UP]

    @property
    def is_collecting(self) -> bool:
        """Whether units report."""
        return self in ALLOWED[Act.REPORT]

    @property
    def is_gathering(self) -> bool:
        """Whether figures come in or are certified."""
        return self in GATHERING

    @property
    def is_before_results(self) -> bool:
        """Whether no result can have been released."""
        return self in EARLY

    @property
    def ends_reporting(self) -> bool:
        """Whether after this stage nothing more is reported, not even by those who were reopened."""
        return self is last_stage_of(Act.RESUBMIT)

    @property
    def is_moved_on_by_release(self) -> bool:
        """Whether releasing a result takes the year to the next stage."""
        return next_stage(self) is first_stage_of(Act.RELEASE)

    @property
    def publishes(self) -> bool:
        """Whether a result is released first in this stage."""
        return self is first_stage_of(Act.RELEASE)

    @property
    def takes_appeals(self) -> bool:
        """Whether units may appeal."""
        return self in ALLOWED[Act.APPEAL]

    @property
    def is_decided(self) -> bool:
        """Whether the result stands and the year never goes back."""
        return self in DECIDED

    @property
    def makes_final(self) -> bool:
        """Whether the result becomes final in this stage, which takes two people."""
        return self is DECIDED[0]

    @property
    def is_archived(self) -> bool:
        """Whether nothing follows."""
        return next_stage(self) is None

    def is_after(self, other: Stage) -> bool:
        """Whether this stage comes later than another."""
        order = list(Stage)
        return order.index(self) > order.index(other)


class Act(LabeledEnum):
    """What people may do to a cycle while its stage allows it."""

    SET_UP = (
        "set-up",
        "设置考核对象名单、评分表、任务清单和上年数据",
        "set up units, rules, tasks and last year's data",
    )
    AMEND = (
        "amend",
        "更正考核对象名单、评分表、任务清单和上年数据",
        "correct units, rules, tasks and last year's data",
    )
    SCHEDULE = "schedule", "调整各阶段日期", "change the dates of the stages"
    NAME_TEAMS = "name-teams", "登记领导班子", "enter leadership teams"
    EXEMPT = "exempt", "申请或批准不涉及与数据剔除", "request or approve exemptions and excluded data"
    REPORT = "report", "填报并报送", "fill in and submit forms"
    RESUBMIT = "resubmit", "重新报送被退回的内容", "submit again what was returned"
    SUPPLY = "supply", "上传部门数据", "upload department data"
    INSPECT = "inspect", "记录和整改巡查问题", "record and correct findings"
    CERTIFY = "certify", "核定或退回报送内容", "certify or return submitted values"
    REOPEN = "reopen", "逾期后重新开放填报", "reopen submission after the due date"
    SCORE = "score", "计分", "score the units"
    RELEASE = "release", "发布公示结果", "release provisional results"
    APPEAL = "appeal", "提出申诉", "submit an appeal"
    RULE = "rule", "处理申诉", "decide appeals"
    CORRECT = "correct", "依职权更正公示后的数据", "correct figures without an appeal"
    SEAL = "seal", "封存结果", "seal the results"
    HAND_OVER = "hand-over", "移交结果", "hand over the results"
    ARCHIVE = "archive", "生成年度档案", "create the archive of the year"
    SEE_OWN = "see-own", "查看本单位结果", "see the unit's own result"


EARLY: Final = (Stage.PREPARING, Stage.COLLECTING, Stage.VERIFYING)
GATHERING: Final = (Stage.COLLECTING, Stage.VERIFYING)
OBJECTING: Final = (Stage.PROVISIONAL, Stage.APPEALS)
DECIDED: Final = (Stage.FINAL, Stage.ARCHIVED)
DATED: Final = (*GATHERING, *OBJECTING)
"""The stages that have a first and a last day."""
FIRST_STAGE: Final = Stage.PREPARING
"""Where every year begins."""

ALLOWED: Final[Mapping[Act, tuple[Stage, ...]]] = {
    Act.SET_UP: (Stage.PREPARING,),
    Act.AMEND: EARLY,
    Act.SCHEDULE: (*EARLY, *OBJECTING),
    Act.NAME_TEAMS: (*EARLY, *OBJECTING, Stage.FINAL),
    Act.EXEMPT: EARLY,
    Act.REPORT: (Stage.COLLECTING,),
    Act.RESUBMIT: GATHERING,
    Act.SUPPLY: GATHERING,
    Act.INSPECT: GATHERING,
    Act.CERTIFY: GATHERING,
    Act.REOPEN: GATHERING,
    Act.SCORE: (*GATHERING, *OBJECTING, Stage.FINAL),
    Act.RELEASE: OBJECTING,
    Act.APPEAL: OBJECTING,
    Act.RULE: OBJECTING,
    Act.CORRECT: (*OBJECTING, Stage.FINAL),
    Act.SEAL: (Stage.FINAL,),
    Act.HAND_OVER: DECIDED,
    Act.ARCHIVE: DECIDED,
    Act.SEE_OWN: (*OBJECTING, *DECIDED),
}
"""In which stages each act is possible; every other stage locks it."""

REOPENED: Final[Mapping[Act, tuple[Stage, ...]]] = {Act.REPORT: GATHERING, Act.SUPPLY: GATHERING}
"""In which stages an act is possible to those who were reopened for it."""


def first_stage_of(act: Act) -> Stage:
    """The first stage in which an act is possible."""
    return ALLOWED[act][0]


def last_stage_of(act: Act) -> Stage:
    """The last stage in which an act is possible to everybody."""
    return ALLOWED[act][-1]


NOT_IN_STAGE = Text(
    "本年度处于“{stage}”阶段，不能{act}，须在“{stages}”阶段办理。",
    "The year is at the stage {stage}, so you cannot {act}. That is done at the stage {stages}.",
)
NO_MOVE = Text(
    "不能从“{stage}”转到“{to}”，只能进入下一阶段，或说明理由退回较早阶段。",
    "The year cannot go from {stage} to {to}, only to the next stage, or back to an earlier one with a reason.",
)
NO_WAY_BACK = Text(
    "“{stage}”阶段的年度不能退回。结果如需更正，请另发更正。",
    "A year at the stage {stage} never goes back. Issue a correction of its results instead.",
)
NO_REASON = Text("请填写退回“{stage}”阶段的理由。", "Enter the reason for going back to the stage {stage}.")


def is_allowed(stage: Stage, act: Act, reopened: Collection[Act] = ()) -> bool:
    """Whether a stage allows an act to somebody who was reopened for some acts."""
    return stage in ALLOWED[act] or (act in reopened and stage in REOPENED.get(act, ()))


def check_allowed(stage: Stage, act: Act, reopened: Collection[Act] = ()) -> None:
    """Let an act pass where the stage allows it.

    Raises:
        Refused: it does not; says which stage it is and at which one the act is done.
    """
    if not is_allowed(stage, act, reopened):
        stages = listed(ALLOWED[act])
        raise Refused(NOT_IN_STAGE.format(stage=stage.label, act=act.label, stages=stages))


def next_stage(stage: Stage) -> Stage | None:
    """The stage that follows; None after the last."""
    order = list(Stage)
    return order[order.index(stage) + 1] if stage is not order[-1] else None


def moves_from(stage: Stage) -> tuple[Stage, ...]:
    """The stages that a cycle may go to: the next, then the earlier ones, latest first; none back from the final on."""
    order = list(Stage)
    after = next_stage(stage)
    forward = () if after is None else (after,)
    back = () if stage.is_decided else tuple(reversed(order[: order.index(stage)]))
    return (*forward, *back)


def move(stage: Stage, to: Stage, reason: str) -> Stage:
    """The stage a cycle comes to.

    Raises:
        Refused: stages would be left out, a decided year would go back, or a step back has no reason.
    """
    if to not in moves_from(stage):
        template = NO_WAY_BACK if stage.is_after(to) else NO_MOVE
        raise Refused(template.format(stage=stage.label, to=to.label))
    if to is not next_stage(stage) and not reason.strip():
        what = NO_REASON.format(stage=to.label)
        raise Refused(what, {"reason": what})
    return to


class SubmissionState(LabeledEnum):
    """Where a unit's form stands."""

    DRAFT = "draft", "草稿", "draft"
    SUBMITTED = "submitted", "已报送", "submitted"
    RETURNED = "returned", "已退回", "returned"
    CERTIFIED = "certified", "已核定", "certified"


class Reported(LabeledEnum):
    """Where one reported value stands; only a certified one counts where a department must certify it."""

    REPORTED = "reported", "待核定", "submitted"
    RETURNED = "returned", "已退回", "returned"
    CERTIFIED = "certified", "已核定", "certified"


class Request(LabeledEnum):
    """Where a request stands that somebody else must approve."""

    ASKED = "asked", "待批准", "pending"
    APPROVED = "approved", "已批准", "approved"
    REFUSED = "refused", "不予批准", "rejected"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class Imported(LabeledEnum):
    """Where an uploaded file of evidence stands; only an accepted one's values count."""

    CHECKING = "checking", "检查中", "being checked"
    FLAWED = "flawed", "有错误", "has errors"
    CHECKED = "checked", "待接收", "ready to accept"
    ACCEPTING = "accepting", "接收中", "being accepted"
    ACCEPTED = "accepted", "已接收", "accepted"
    UNDONE = "undone", "已撤销", "undone"
    DISCARDED = "discarded", "已放弃", "discarded"


class WorkflowStep(LabeledEnum):
    """What moves a thing from one state to another."""

    SUBMIT = "submit", "报送", "submitted"
    WITHDRAW = "withdraw", "撤回", "withdrawn"
    CERTIFY = "certify", "核定", "certified"
    RETURN = "return", "退回", "returned"
    REPORT = "report", "填报", "submitted again"
    APPROVE = "approve", "批准", "approved"
    REFUSE = "refuse", "不予批准", "rejected"
    FIND_FLAWS = "find-flaws", "检出错误", "found to have errors"
    PASS_CHECK = "pass-check", "通过检查", "found correct"
    ACCEPT = "accept", "接收", "accepted"
    KEEP = "keep", "完成接收", "kept"
    GO_BACK = "go-back", "退回预览", "returned to its preview"
    UNDO = "undo", "撤销", "undone"
    DISCARD = "discard", "放弃", "discarded"


@dataclass(frozen=True, slots=True)
class StateTable:
    """The states of one subject and the steps between them."""

    subject: Text
    steps: Mapping[tuple[LabeledEnum, LabeledEnum], LabeledEnum]


SUBMISSION: Final = StateTable(
    Text("填报表", "the form"),
    {
        (SubmissionState.DRAFT, WorkflowStep.SUBMIT): SubmissionState.SUBMITTED,
        (SubmissionState.RETURNED, WorkflowStep.SUBMIT): SubmissionState.SUBMITTED,
        (SubmissionState.SUBMITTED, WorkflowStep.WITHDRAW): SubmissionState.DRAFT,
        (SubmissionState.SUBMITTED, WorkflowStep.CERTIFY): SubmissionState.CERTIFIED,
        (SubmissionState.SUBMITTED, WorkflowStep.RETURN): SubmissionState.RETURNED,
        (SubmissionState.CERTIFIED, WorkflowStep.RETURN): SubmissionState.RETURNED,
        (SubmissionState.RETURNED, WorkflowStep.RETURN): SubmissionState.RETURNED,
    },
)
VALUE: Final = StateTable(
    Text("数据", "the value"),
    {
        (Reported.REPORTED, WorkflowStep.CERTIFY): Reported.CERTIFIED,
        (Reported.REPORTED, WorkflowStep.RETURN): Reported.RETURNED,
        (Reported.CERTIFIED, WorkflowStep.RETURN): Reported.RETURNED,
        (Reported.RETURNED, WorkflowStep.REPORT): Reported.REPORTED,
    },
)
IMPORT: Final = StateTable(
    Text("上传文件", "the uploaded file"),
    {
        (Imported.CHECKING, WorkflowStep.FIND_FLAWS): Imported.FLAWED,
        (Imported.CHECKING, WorkflowStep.PASS_CHECK): Imported.CHECKED,
        (Imported.CHECKED, WorkflowStep.ACCEPT): Imported.ACCEPTING,
        (Imported.ACCEPTING, WorkflowStep.KEEP): Imported.ACCEPTED,
        (Imported.ACCEPTING, WorkflowStep.GO_BACK): Imported.CHECKED,
        (Imported.ACCEPTED, WorkflowStep.UNDO): Imported.UNDONE,
        (Imported.CHECKING, WorkflowStep.DISCARD): Imported.DISCARDED,
        (Imported.FLAWED, WorkflowStep.DISCARD): Imported.DISCARDED,
        (Imported.CHECKED, WorkflowStep.DISCARD): Imported.DISCARDED,
    },
)
DECISION: Final[Mapping[tuple[LabeledEnum, LabeledEnum], LabeledEnum]] = {
    (Request.ASKED, WorkflowStep.APPROVE): Request.APPROVED,
    (Request.ASKED, WorkflowStep.REFUSE): Request.REFUSED,
    (Request.ASKED, WorkflowStep.WITHDRAW): Request.WITHDRAWN,
}
APPROVAL: Final = {**DECISION, (Request.APPROVED, WorkflowStep.WITHDRAW): Request.WITHDRAWN}
EXEMPTION: Final = StateTable(Text("不涉及事项", "the exemption"), APPROVAL)
EXCLUSION: Final = StateTable(Text("数据剔除事项", "the exclusion of data"), APPROVAL)

NOT_FROM_STATE = Text(
    "{subject}{state}，不能{step}，{states}时才可以。",
    "{subject} is {state} and cannot be {step}. It must be {states}.",
)
NEVER = Text("{subject}不能{step}。", "{subject} cannot be {step}.")


State = TypeVar("State", bound=LabeledEnum)


def can_advance(table: StateTable, state: LabeledEnum, step: LabeledEnum) -> bool:
    """Whether a step leads on from a state."""
    return (state, step) in table.steps


def advance(table: StateTable, state: State, step: LabeledEnum) -> State:
    """The state that a step leads to.

    Raises:
        Refused: the step does not start from this state; says from which ones it does.
    """
    after = table.steps.get((state, step))
    if isinstance(after, type(state)):
        return after
    starts = tuple(before for before, each in table.steps if each is step)
    template = NOT_FROM_STATE if starts else NEVER
    subject, states = table.subject, listed(starts)
    raise Refused(template.format(subject=subject, state=state.label, step=step.label, states=states))


def listed(words: Collection[LabeledEnum]) -> Text:
    """Words as alternatives."""
    return Text("、".join(word.label.zh for word in words), " or ".join(word.label.en for word in words))
