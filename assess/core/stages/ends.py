"""How a stage ends: after its last day, or before it with a reason and a second person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, NamedTuple

from assess.core.calendar import ACCEPTED
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import DECISION, Act, Stage, StateTable, last_stage_of, next_stage

MOVE: Final = StateTable(Text("转阶段申请", "the stage change request"), DECISION)

TOO_EARLY: Final = Text(
    "“{stage}”阶段的最后一天（{day}）尚未过去，年度没有转阶段。请于次日再办理。"
    "确需提前结束的，请填写理由提出申请，由考核办另一人批准。",
    "The year was not moved: {day}, the last day of the stage {stage}, has not passed. "
    "Move it the day after. To end the stage early, request it with a reason; another "
    "person in the assessment office decides.",
)
TWO_PEOPLE: Final = Text(
    "转入“{stage}”阶段须由考核办两人办理，年度没有转阶段。请提出申请，由另一人批准。",
    "The year was not moved: moving to the stage {stage} takes two people in the "
    "assessment office. Request it; another person decides.",
)
WITHDREW: Final = Text(
    "申诉撤回后逾期未再提出，视为认可公示结果",
    "appeal withdrawn and not submitted again in time: the provisional result counts as accepted",
)
ONLY_LATER: Final = Text(
    "该期限已经开始，原定{day}截止，只能延后。确需提前结束的，请在“转阶段”页面提出申请。",
    "This period has started and ends on {day}. It can only be extended. To end it "
    "early, request that on the page where the stage is changed.",
)


class StageEnding(NamedTuple):
    """How a move on ends a stage: the last day that counts, None without one, and whether that day has not passed."""

    stage: Stage
    to: Stage
    last: date | None
    early: bool

    @property
    def needs_approval(self) -> bool:
        """Whether a second person must approve the move."""
        return self.early or self.to.makes_final

    def check_alone(self) -> None:
        """Let a move pass that one person may make.

        Raises:
            Refused: a second person must approve it; says why.
        """
        if self.early:
            raise Refused(TOO_EARLY.format(stage=self.stage.label, day=self.last))
        if self.needs_approval:
            raise Refused(TWO_PEOPLE.format(stage=self.to.label))


def ending_of(
    stage: Stage, to: Stage, ends: Mapping[Stage, date], today: date, reopened: Collection[date] = ()
) -> StageEnding | None:
    """How a move ends a stage; None for a move back.

    Args:
        stage: where the year stands.
        to: where it would go.
        ends: the last days of its stages.
        today: the district's day.
        reopened: until when units and departments were let report; they may no more once the year is verified.
    """
    if to is not next_stage(stage):
        return None
    days = [ends[stage]] if stage in ends else []
    days += reopened if stage.ends_reporting else ()
    last = max(days, default=None)
    return StageEnding(stage, to, last, last is not None and today <= last)


def silence_after(origin: Stage, to: Stage) -> Act | None:
    """Which answer can no longer come after a move on; None where the move takes away none."""
    closing = (act for act in ACCEPTED if last_stage_of(act) is origin)
    return next(closing, None) if to is next_stage(origin) else None


def check_not_shortened(stage: Stage, old: Mapping[Stage, date], new: Mapping[Stage, date]) -> None:
    """Let new last days pass that cut nothing short that is running: the stage itself, and the time to appeal.

    Raises:
        Refused: some do; says each at its field.
    """
    running = {stage, last_stage_of(Act.APPEAL)} if stage.takes_appeals else {stage}
    wrong = {
        f"{each}_ends": ONLY_LATER.format(day=old[each])
        for each in Stage
        if each in running and each in old and each in new and new[each] < old[each]
    }
    if wrong:
        raise Refused(next(iter(wrong.values())), wrong)
