"""Until when a unit may report, and why it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from assess.core.calendar import Due, due_on
from assess.core.text import Text
from assess.core.workflow import Act, SubmissionState, is_allowed, last_stage_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import SubmissionRow

SUBMITTED: Final = Text(
    "填报表已报送。如需修改，请先撤回。", "The form has been submitted. To change it, withdraw it first."
)
CERTIFIED: Final = Text(
    "填报表已核定，不能再修改。如有错误，请联系核定部门退回。",
    "The form is certified and can no longer be changed. If something is wrong, ask the department to return it.",
)
TOO_EARLY: Final = Text("填报尚未开始。", "Submission has not started.")
TOO_LATE: Final = Text(
    "填报已于{day}截止，不能再保存或报送。确需补报的，请向考核办申请重新开放。",
    "Submission closed on {day}, so nothing can be saved or submitted. To submit late, ask the "
    "assessment office to reopen your unit.",
)
CLOSED: Final = Text(
    "填报阶段已结束（当前阶段：{stage}），不能再保存或报送。确需补报的，请向考核办申请重新开放。",
    "Submission has ended (current stage: {stage}), so nothing can be saved or submitted. To submit "
    "late, ask the assessment office to reopen your unit.",
)


class ReportingWindow(NamedTuple):
    """The last day to report, None where there is none; and why nothing can be saved, None where it can."""

    last: date | None
    locked: Text | None

    def due(self, today: date) -> Due:
        """How the deadline stands."""
        return due_on(self.last, today)


def window_of(cycle: CycleRow, row: SubmissionRow, today: date) -> ReportingWindow:
    """Whether a unit may save and submit its form today, and until when."""
    last = last_day(cycle, row)
    if row.state in (SubmissionState.SUBMITTED, SubmissionState.CERTIFIED):
        return ReportingWindow(last, SUBMITTED if row.state is SubmissionState.SUBMITTED else CERTIFIED)
    return ReportingWindow(last, closed_on(cycle, row, last, today))


def last_day(cycle: CycleRow, row: SubmissionRow) -> date | None:
    """The last day: of collecting; of verifying for what was returned; later where the unit was reopened."""
    act = Act.RESUBMIT if row.state is SubmissionState.RETURNED else Act.REPORT
    days = [day for day in (cycle.ends.get(last_stage_of(act)), row.reopened_until) if day is not None]
    return max(days, default=None)


def closed_on(cycle: CycleRow, row: SubmissionRow, last: date | None, today: date) -> Text | None:
    """Why a form that is not handed in can no longer be, or not yet."""
    if cycle.stage.is_preparing:
        return TOO_EARLY
    act = Act.RESUBMIT if row.state is SubmissionState.RETURNED else Act.REPORT
    if not is_allowed(cycle.stage, act, {Act.REPORT} if row.reopened_until else ()):
        return CLOSED.format(stage=cycle.stage.label)
    return TOO_LATE.format(day=last) if last is not None and today > last else None


def closed_to_withdrawing(cycle: CycleRow, row: SubmissionRow, today: date) -> Text | None:
    """Why a submitted form can no longer be withdrawn; None while its unit may still report."""
    return closed_on(cycle, replace(row, state=SubmissionState.DRAFT), last_day(cycle, row), today)
