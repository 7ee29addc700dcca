"""Days as the district counts them: what is due when, and what silence means once a deadline has passed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Final, NamedTuple

from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import Act, LabeledEnum, Stage, first_stage_of, last_stage_of

BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The time of all China, without summer time."""
AHEAD: Final = timedelta(minutes=5)
"""How far the clocks of machines may differ: what was noted later than that from now, was noted before the clock was
set back, and its time says nothing any more."""
NOTICE_DAYS: Final = 14
"""How long before its deadline a thing counts as due."""


class DueState(LabeledEnum):
    """How near a deadline is."""

    UNDATED = "undated", "不限期", "no deadline"
    NOT_YET = "not-yet", "未到期", "not yet due"
    DUE = "due", "待办", "due"
    OVERDUE = "overdue", "逾期", "overdue"


class Due(NamedTuple):
    """How a deadline stands on a day: `days` to go, or days passed where it is overdue."""

    state: DueState
    days: int = 0

    @property
    def days_left(self) -> int | None:
        """Days to go, negative where it is overdue; None where there is no deadline."""
        if self.state is DueState.UNDATED:
            return None
        return -self.days if self.state is DueState.OVERDUE else self.days

    @property
    def message(self) -> Text:
        """The same in words."""
        if self.state is DueState.UNDATED:
            return self.state.label
        if not self.days:
            return DUE_TODAY
        single = self.days == 1
        if self.state is DueState.OVERDUE:
            return (ONE_DAY_OVERDUE if single else DAYS_OVERDUE).format(days=self.days)
        return (ONE_DAY_LEFT if single else DAYS_LEFT).format(days=self.days)


DUE_TODAY = Text("今天到期", "due today")
ONE_DAY_LEFT = Text("还有{days}天", "{days} day left")
DAYS_LEFT = Text("还有{days}天", "{days} days left")
ONE_DAY_OVERDUE = Text("逾期{days}天", "{days} day overdue")
DAYS_OVERDUE = Text("逾期{days}天", "{days} days overdue")
NOT_IN_ORDER = Text(
    "“{stage}”阶段的截止日期须晚于“{before}”阶段（{day}）。",
    "The stage {stage} must end after the stage {before}, which ends on {day}.",
)
ACCEPTED: Final[Mapping[Act, Text]] = {
    Act.APPEAL: Text(
        "逾期未提出申诉，视为认可公示结果", "no appeal in time: the provisional result counts as accepted"
    ),
    Act.RESUBMIT: Text(
        "逾期未重新报送，视为认可退回意见", "not submitted again in time: the return counts as accepted"
    ),
}
"""What it means that somebody who could have answered did not."""


def day_of(moment: datetime) -> date:
    """The district's day at a moment.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(BEIJING).date()


def end_of(day: date) -> datetime:
    """The moment at which a day of the district is over."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)


def due_on(deadline: date | None, today: date, opens: date | None = None) -> Due:
    """How a deadline stands; the day itself is still in time.

    Args:
        deadline: the last day; None where there is none.
        today: the district's day.
        opens: from when on the thing is due; two weeks before unless given.
    """
    if deadline is None:
        return Due(DueState.UNDATED)
    days = (deadline - today).days
    if days < 0:
        return Due(DueState.OVERDUE, -days)
    first = deadline - timedelta(days=NOTICE_DAYS) if opens is None else opens
    return Due(DueState.DUE if today >= first else DueState.NOT_YET, days)


def check_dates(dates: Mapping[Stage, date]) -> None:
    """Let the last days of the stages pass where each stage ends after the one before.

    Raises:
        Refused: some do not; says each at the field of its stage.
    """
    dated = [stage for stage in Stage if stage in dates]
    wrong = {
        stage.value: NOT_IN_ORDER.format(stage=stage.label, before=before.label, day=dates[before])
        for before, stage in pairwise(dated)
        if dates[stage] <= dates[before]
    }
    if wrong:
        raise Refused(next(iter(wrong.values())), wrong)


def accepted_by_silence(
    answer: Act,
    stage: Stage,
    dates: Mapping[Stage, date],
    today: date,
    *,
    ended: Collection[Stage] = (),
    due: date | None = None,
) -> Text | None:
    """What it means that no answer came, once the time for it has passed; None while it has not, or was cut short.

    Args:
        answer: what the silent could have done, `Act.APPEAL` or `Act.RESUBMIT`.
        stage: where the year stands.
        dates: the last days of its stages.
        today: the district's day.
        ended: the stages that were ended before their last day.
        due: the last day for this one answer, where it was given one.
    """
    last = last_stage_of(answer)
    if last in ended:
        return None
    ends = [day for day in (due, dates.get(last)) if day is not None]
    is_over, has_begun = stage.is_after(last), not first_stage_of(answer).is_after(stage)
    passed = bool(ends) and today > min(ends)
    return ACCEPTED[answer] if is_over or (has_begun and passed) else None
