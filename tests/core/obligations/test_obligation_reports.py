from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assess.core.figures.periods import PeriodLabel
from assess.core.obligations.reports import (
    ReportPeriod,
    ReportState,
    asked_of,
    current_period,
    is_wanting,
    label_of,
    made_up_by,
    newest_wanted,
    replaces,
    report_periods,
)
from assess.core.obligations.standing import ReportedProgress, Status
from assess.core.obligations.tasks import ListedTask, ReportFrequency
from assess.core.text import Text

TODAY = date(2026, 5, 26)
NOT_BEGUN = ReportedProgress()


def a_task(report: ReportFrequency) -> ListedTask:
    return ListedTask(no="1", title=Text.same("a task"), report=report)


def states(report: ReportFrequency, progress: ReportedProgress = NOT_BEGUN, **handed_in: date) -> dict[str, str]:
    """Where each report stands on 26 May, by period; the periods written with _ for -."""
    days = {period.lstrip("p").replace("_", "-"): day for period, day in handed_in.items()}
    return {each.period.label: each.state.value for each in asked_of(a_task(report), progress, days, 2026, TODAY)}


def label(text: str) -> PeriodLabel:
    found = label_of(text, 2026)
    assert found is not None
    return found


def test_a_quarter_is_reported_on_from_its_last_month_until_the_25th():
    assert states(ReportFrequency.QUARTERLY, p2026_Q1=date(2026, 3, 26)) == {
        "2026-Q1": "late",
        "2026-Q2": "not-yet",
        "2026-Q3": "not-yet",
        "2026-Q4": "not-yet",
    }


def test_after_the_month_in_which_a_task_was_done_nothing_is_asked_but_what_came_stays():
    done = ReportedProgress(Status.DONE, Fraction(100), date(2026, 3, 2))

    assert states(ReportFrequency.MONTHLY, done, p2026_01=date(2026, 1, 25), p2026_04=date(2026, 4, 1)) == {
        "2026-01": "in-time",
        "2026-02": "missed",
        "2026-03": "missed",
        "2026-04": "in-time",
    }


def test_nobody_is_late_for_a_task_without_periodic_reports():
    assert states(ReportFrequency.NONE) == {"2026": "open"}
    assert newest_wanted(asked_of(a_task(ReportFrequency.NONE), ReportedProgress(), {}, 2026, TODAY)) is None


def test_the_newest_report_that_was_missed_is_wanted_first():
    wanted = newest_wanted(
        asked_of(a_task(ReportFrequency.MONTHLY), ReportedProgress(), {"2026-05": TODAY}, 2026, TODAY)
    )

    assert wanted is not None
    assert (wanted.period.label, wanted.state) == ("2026-04", ReportState.MISSED)


@pytest.mark.parametrize(
    ("period", "before", "expected"),
    [
        ("2026-05", "2026-04", True),
        ("2026-05", "2026-05", True),
        ("2026-04", "2026-05", False),
        ("2026-Q1", "2026-03", True),
        ("2026-Q1", "2026-04", False),
        ("2026", "2026-12", True),
        ("2026-01", "2026", True),
    ],
)
def test_a_report_says_how_the_task_stands_unless_a_later_period_was_reported_on(period, before, expected):
    assert replaces(label(period), label(before)) is expected
    assert replaces(label(period), None) is True


def test_the_report_of_the_current_period_is_wanting_until_it_or_a_later_one_came():
    period = current_period(ReportFrequency.QUARTERLY, 2026, TODAY)

    assert period is not None
    assert period.label == "2026-Q1"
    assert [is_wanting(period, each, None) for each in (None, label("2026-02"), label("2026-03"))] == [
        True,
        True,
        False,
    ]
    assert is_wanting(period, None, date(2025, 12, 31)) is False
    assert is_wanting(None, None, None) is False


@pytest.mark.parametrize("report", [ReportFrequency.MONTHLY, ReportFrequency.QUARTERLY])
def test_a_report_makes_up_for_the_current_one_where_that_is_not_wanting_after_it(report):
    period = current_period(report, 2026, TODAY)
    kept = ["2026", *(f"2026-{month:02}" for month in range(1, 13)), *(f"2026-Q{part}" for part in range(1, 5))]

    assert period is not None
    assert set(made_up_by(period)) & set(kept) == {each for each in kept if not is_wanting(period, label(each), None)}


def test_quarterly_reports_are_due_by_the_25th_of_the_last_month():
    assert report_periods(ReportFrequency.QUARTERLY, 2026) == (
        ReportPeriod("2026-Q1", date(2026, 1, 1), date(2026, 3, 1), date(2026, 3, 25)),
        ReportPeriod("2026-Q2", date(2026, 4, 1), date(2026, 6, 1), date(2026, 6, 25)),
        ReportPeriod("2026-Q3", date(2026, 7, 1), date(2026, 9, 1), date(2026, 9, 25)),
        ReportPeriod("2026-Q4", date(2026, 10, 1), date(2026, 12, 1), date(2026, 12, 25)),
    )


def test_monthly_reports_are_due_by_the_25th_of_each_month():
    reports = report_periods(ReportFrequency.MONTHLY, 2026)

    assert [str(report.due) for report in reports] == [f"2026-{month:02}-25" for month in range(1, 13)]
    assert reports[1] == ReportPeriod("2026-02", date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 25))


def test_a_task_without_reports_asks_for_none_and_one_that_is_done_for_no_more():
    assert report_periods(ReportFrequency.NONE, 2026) == ()
    assert [report.label for report in report_periods(ReportFrequency.QUARTERLY, 2026, done_on=date(2026, 4, 1))] == [
        "2026-Q1",
        "2026-Q2",
    ]
