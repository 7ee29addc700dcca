"""The edges of a week of findings: its first and last moment, its Monday, and what was void before it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from assess.core.calendar import day_of
from assess.core.findings.history import Event
from assess.core.findings.states import FindingStep, Relief
from assess.core.findings.weekly import Week, WeeklyFlow, passed

WEEK = Week(date(2026, 11, 23))
MONDAY = WEEK.begins
MOMENT = timedelta(microseconds=1)
FINDER, OTHER = 1, 2


def entry(step: FindingStep, moment: datetime, day: date | None = None, by: int = FINDER) -> Event:
    """An entry of a history; a request asks that the finding be void."""
    relief = Relief.VOIDING if step is FindingStep.ASK else None
    return Event(step, by=by, day=day or day_of(moment), entered_at=moment, relief=relief, reason="重复")


def flow_of(*events: Event) -> WeeklyFlow:
    """What the week brought for a finding with this history."""
    return passed(events, WEEK, WEEK.last).flow


def test_a_week_is_over_at_the_first_moment_of_the_next():
    assert [WEEK.is_over(WEEK.ends + shift) for shift in (-MOMENT, timedelta())] == [False, True]


def test_what_is_entered_at_the_first_moment_belongs_to_the_week_and_a_moment_before_does_not():
    assert flow_of(entry(FindingStep.FIND, MONDAY)) == WeeklyFlow(opened=1, left=1)
    assert flow_of(entry(FindingStep.FIND, MONDAY - MOMENT)) == WeeklyFlow(before=1, left=1)


def test_an_entry_that_tells_of_the_monday_is_not_late_and_one_of_the_sunday_before_is():
    tuesday = MONDAY + timedelta(days=1)
    assert flow_of(entry(FindingStep.FIND, tuesday, WEEK.first)) == WeeklyFlow(opened=1, left=1)
    assert flow_of(entry(FindingStep.FIND, tuesday, WEEK.before)) == WeeklyFlow(opened=1, left=1, late=1)


def test_what_was_void_before_the_week_did_not_become_void_in_it():
    def history(approved: datetime) -> list[Event]:
        sunday = MONDAY - timedelta(hours=5)
        found, asked = entry(FindingStep.FIND, sunday), entry(FindingStep.ASK, sunday + timedelta(hours=1))
        return [found, asked, entry(FindingStep.APPROVE, approved, by=OTHER)]

    assert flow_of(*history(MONDAY - timedelta(hours=1))) == WeeklyFlow()
    assert flow_of(*history(MONDAY + timedelta(hours=1))) == WeeklyFlow(before=1, voided=1)
