from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assess.core.calendar import (
    BEIJING,
    Due,
    DueState,
    accepted_by_silence,
    check_dates,
    day_of,
    due_on,
)
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import Act, Stage

DATES = {Stage.COLLECTING: date(2026, 12, 20), Stage.VERIFYING: date(2027, 1, 10), Stage.APPEALS: date(2027, 2, 1)}
TODAY = date(2026, 6, 20)


def test_the_day_changes_at_midnight_in_beijing():
    assert day_of(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert day_of(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert day_of(datetime(2027, 1, 1, 0, 0, tzinfo=BEIJING)) == date(2027, 1, 1)


def test_a_moment_without_time_zone_has_no_day():
    with pytest.raises(ValueError, match="no time zone"):
        day_of(datetime(2026, 12, 31, 15, 59))


@pytest.mark.parametrize(
    ("deadline", "due", "zh", "en"),
    [
        (None, Due(DueState.UNDATED), "不限期", "no deadline"),
        (date(2026, 7, 5), Due(DueState.NOT_YET, 15), "还有15天", "15 days left"),
        (date(2026, 7, 4), Due(DueState.DUE, 14), "还有14天", "14 days left"),
        (date(2026, 6, 21), Due(DueState.DUE, 1), "还有1天", "1 day left"),
        (date(2026, 6, 20), Due(DueState.DUE, 0), "今天到期", "due today"),
        (date(2026, 6, 19), Due(DueState.OVERDUE, 1), "逾期1天", "1 day overdue"),
        (date(2026, 5, 20), Due(DueState.OVERDUE, 31), "逾期31天", "31 days overdue"),
    ],
)
def test_how_a_deadline_stands(deadline: date | None, due: Due, zh: str, en: str):
    assert (due_on(deadline, TODAY), due.message) == (due, Text(zh, en))


def test_a_report_is_due_from_the_day_it_opens():
    assert due_on(date(2026, 6, 25), TODAY, opens=date(2026, 6, 20)).state is DueState.DUE
    assert due_on(date(2026, 6, 25), TODAY, opens=date(2026, 6, 21)).state is DueState.NOT_YET


def test_stages_must_end_one_after_the_other():
    check_dates(DATES)
    with pytest.raises(Refused) as refused:
        check_dates({**DATES, Stage.VERIFYING: date(2026, 12, 20), Stage.PROVISIONAL: date(2026, 12, 1)})

    assert {stage: what.en for stage, what in refused.value.fields.items()} == {
        "verifying": "The stage Certifying must end after the stage Collecting, which ends on 2026-12-20.",
        "provisional": "The stage Provisional must end after the stage Certifying, which ends on 2026-12-20.",
    }


def silent(answer: Act, stage: Stage, today: str, due: str | None = None) -> bool:
    own = None if due is None else date.fromisoformat(due)
    return accepted_by_silence(answer, stage, DATES, date.fromisoformat(today), due=own) is not None


def test_silence_accepts_a_result_after_the_last_day_for_appeals_and_not_on_it():
    assert not silent(Act.APPEAL, Stage.PROVISIONAL, "2027-02-01")
    assert silent(Act.APPEAL, Stage.PROVISIONAL, "2027-02-02")
    assert silent(Act.APPEAL, Stage.APPEALS, "2027-02-02")
    assert accepted_by_silence(Act.APPEAL, Stage.FINAL, {}, TODAY) == Text(
        "逾期未提出申诉，视为认可公示结果", "no appeal in time: the provisional result counts as accepted"
    )


def test_nobody_accepts_a_result_that_was_never_shown():
    assert not silent(Act.APPEAL, Stage.VERIFYING, "2027-03-01")


def test_without_a_date_nothing_is_accepted_before_the_stage_is_over():
    assert accepted_by_silence(Act.APPEAL, Stage.APPEALS, {}, date(2030, 1, 1)) is None


def test_a_return_may_have_its_own_earlier_deadline():
    assert not silent(Act.RESUBMIT, Stage.COLLECTING, "2026-11-30", due="2026-11-30")
    assert silent(Act.RESUBMIT, Stage.COLLECTING, "2026-12-01", due="2026-11-30")
    assert silent(Act.RESUBMIT, Stage.VERIFYING, "2027-01-11")
