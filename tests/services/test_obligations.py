"""Reports on the annual task list: what they change, what they leave, what is turned down."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused, Stale
from assess.core.obligations.reports import ReportState, TypedReport
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services.obligations import (
    report_obligations,
    unit_tasks,
)
from assess.services.obligations.standing import TaskState
from assess.store.models import AuditEntry, Reopening
from assess.store.queries.obligations import ObligationRow, ReportRow, obligations_of, reports_of
from assess.store.session import Database
from tests.services.forms import an_open_year, year_2026
from tests.services.obligations import LATE_OCTOBER, STARTED, report
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people, person


@pytest.fixture
def year(database: Database) -> Database:
    """Two units that report on the shipped task list."""
    an_open_year(database, 2)
    return database


def row_of(database: Database, task: str = "4") -> ObligationRow:
    with database.reading() as session:
        return obligations_of(session, cycle=year_2026(session).id, units=[JIANWAI], tasks=[task])[0]


def reports(database: Database, task: str = "4") -> list[ReportRow]:
    with database.reading() as session:
        return reports_of(session, cycle=year_2026(session).id, unit=JIANWAI, task=task)


def refusal(database: Database, **changed: object) -> dict[str, str]:
    """What is said by field when a report is turned down, and that nothing was kept."""
    with pytest.raises(Refused) as refused:
        report(database, **changed)  # type: ignore[arg-type]
    assert (row_of(database), reports(database)) == (ObligationRow("4", JIANWAI, "none", 0, None, None, 0, 1), [])
    return {name: what.en for name, what in refused.value.fields.items()} or {"": refused.value.what.en}


def test_a_report_says_how_the_obligation_stands_and_is_kept_and_recorded(year: Database):
    report(year)

    assert row_of(year) == ObligationRow("4", JIANWAI, "started", 40_000_000, None, "2026-10", 1, 2)
    assert reports(year) == [ReportRow("2026-10", "started", 40_000_000, None, "走航监测已开展", JIANWAI, LATE_OCTOBER)]
    with year.reading() as session:
        entry = session.query(AuditEntry).order_by(AuditEntry.number.desc()).first()
        assert entry is not None
        assert (entry.subject, entry.action, entry.old, entry.new) == (
            f"task:2026/{JIANWAI}/4",
            "reported",
            {"period": None, "status": "none", "progress": "0", "done_on": None},
            {"period": "2026-10", "status": "started", "progress": "40", "done_on": None, "words": "走航监测已开展"},
        )


def test_a_later_report_for_the_same_period_follows_and_both_are_kept(year: Database):
    report(year)
    report(year, TypedReport("trial", "85.5"), seen=2)

    assert [(each.period, each.status, each.progress) for each in reports(year)] == [
        ("2026-10", "trial", 85_500_000),
        ("2026-10", "started", 40_000_000),
    ]
    assert row_of(year) == ObligationRow("4", JIANWAI, "trial", 85_500_000, None, "2026-10", 2, 3)


def test_a_missed_report_handed_in_late_does_not_undo_a_later_one(year: Database):
    report(year)
    report(year, TypedReport("planned", "10"), period="2026-03", seen=2)

    assert row_of(year) == ObligationRow("4", JIANWAI, "started", 40_000_000, None, "2026-10", 2, 3)
    with year.reading() as session:
        of = unit_tasks(session, person(year, JIANWAI), cycle=year_2026(session), unit=JIANWAI, now=LATE_OCTOBER)
        states = {each.period.label: each.state for each in of.task("4").reports}
    assert (states["2026-02"], states["2026-03"], states["2026-10"], states["2026-11"]) == (
        ReportState.MISSED,
        ReportState.LATE,
        ReportState.IN_TIME,
        ReportState.NOT_YET,
    )


def test_what_is_done_stands_at_100_and_nothing_more_is_asked(year: Database):
    report(year, TypedReport("done", "", "2026年9月30日"))

    assert row_of(year) == ObligationRow("4", JIANWAI, "done", 100_000_000, date(2026, 9, 30), "2026-10", 1, 2)
    with year.reading() as session:
        of = unit_tasks(session, person(year, JIANWAI), cycle=year_2026(session), unit=JIANWAI, now=NOW)
        done = of.task("4")
    assert [each.period.label for each in done.reports] == [*(f"2026-{month:02}" for month in range(1, 11))]
    assert (done.state, done.wanted and done.wanted.period.label) == (TaskState.DONE, "2026-09")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            TypedReport("", ""),
            {"status": "Select the status of the task.", "share": "Enter the progress, from 0 to 100."},
        ),
        (TypedReport("started", "101"), {"share": "“101” is above the maximum of 100. Check it."}),
        (TypedReport("started", "-1"), {"share": "“-1” is below the minimum of 0. Check it."}),
        (TypedReport("started", "33.33"), {"share": "“33.33” has 2 decimal places. At most 1 are allowed."}),
        (TypedReport("started", "many"), {"share": "“many” is not a number. Enter one such as 93.5."}),
        (TypedReport("started", "9" * 300), {"share": "This is too long. It must be 200 characters or fewer."}),
        (TypedReport("done", "100"), {"done_on": "Enter the date the task was completed."}),
        (
            TypedReport("done", "80", "2026-09-30"),
            {"share": "The progress of a completed task must be 100. Change the progress or the status."},
        ),
        (TypedReport("done", "", "2026-10-25"), {"done_on": "The date cannot be later than today, 2026-10-24."}),
        (TypedReport("done", "", "2025-12-31"), {"done_on": "The date cannot be before 1 January 2026."}),
        (TypedReport("done", "", "2026-02-30"), {"done_on": "“2026-02-30” is not a date. Enter it as in 2026-12-31."}),
        (
            TypedReport("started", "50", "2026-10-01"),
            {"done_on": "A task that is not done has no completion date. Set the status to “Done”, or clear the date."},
        ),
        (
            TypedReport("none", "20"),
            {"share": "The progress of a task not started must be 0. Change the progress or the status."},
        ),
        (TypedReport("<script>", "20"), {"status": "Select the status of the task."}),
        (TypedReport("started", "20", "", "字" * 1001), {"words": "Must be 1000 characters or fewer. It has 1001."}),
        (
            TypedReport("started", "20", "", "a\x00b"),
            {"words": "This contains invisible control characters. Enter it again."},
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(year: Database, typed: TypedReport, said: dict[str, str]):
    assert refusal(year, typed=typed) == said


@pytest.mark.parametrize("period", ["2026-11", "2026-Q3", "2026", "2025-10", "", "x" * 1000])
def test_only_an_open_period_of_the_task_is_reported_on(year: Database, period: str):
    assert refusal(year, period=period) == {
        "period": "Progress of this task cannot be submitted for that reporting period. Select one that is open."
    }


def test_a_task_without_periodic_reports_is_reported_on_at_any_time(year: Database):
    report(year, TypedReport("trial", "90"), task="17", period="2026")
    report(year, TypedReport("done", "100", "2026-10-20"), task="17", period="2026", seen=2)

    assert row_of(year, "17") == ObligationRow("17", JIANWAI, "done", 100_000_000, date(2026, 10, 20), "2026", 2, 3)


def test_of_two_who_saw_the_same_state_the_second_is_told_what_the_first_reported(year: Database):
    report(year)
    with pytest.raises(Stale) as stale:
        report(year, TypedReport("planned", "5"), who="colleague")

    assert stale.value.fields == {
        "status": Text(
            f"{JIANWAI}已于2026-10-24 10:00报送：实施中，进度40%",
            f"{JIANWAI} submitted a report on 2026-10-24 10:00: Started, 40%",
        )
    }
    assert len(reports(year)) == 1


def test_all_that_is_due_for_a_period_is_reported_together_or_not_at_all(year: Database):
    actor = person(year, JIANWAI)
    typed = {"1": STARTED, "2": TypedReport("started", "x"), "3": TypedReport("done", "100")}
    with pytest.raises(Refused) as refused, year.writing() as session:
        report_obligations(
            session, actor, cycle=year_2026(session), unit=JIANWAI, period="2026-10", typed=typed,
            seen=dict.fromkeys(typed, 1), now=LATE_OCTOBER,
        )  # fmt: skip

    assert sorted(refused.value.fields) == ["done_on-3", "share-2"]
    assert (reports(year, "1"), row_of(year, "1").reports) == ([], 0)

    typed = dict.fromkeys(("1", "2", "3"), STARTED)
    with year.writing() as session:
        report_obligations(
            session, actor, cycle=year_2026(session), unit=JIANWAI, period="2026-10", typed=typed,
            seen=dict.fromkeys(typed, 1), now=LATE_OCTOBER,
        )  # fmt: skip

    assert [row_of(year, no).progress for no in typed] == [40_000_000] * 3


def test_nobody_reports_for_another_unit_or_on_a_task_it_does_not_have(year: Database):
    for changed in ({"unit": CHAOWAI}, {"who": "office"}, {"who": "evaluator"}, {"task": "999"}):
        with pytest.raises(NotFound):
            report(year, **changed)

    assert reports(year) == []


def test_reporting_ends_with_its_last_day_unless_the_unit_is_reopened(year: Database):
    after = datetime(2026, 12, 11, 2, 0, tzinfo=NOW.tzinfo)
    assert "Submission closed on 2026-12-10" in refusal(year, now=after)[""]

    with year.writing() as session:
        session.add(
            Reopening(
                cycle_id=year_2026(session).id, unit=JIANWAI, until=date(2026, 12, 15), reason="停电", opened_by=1,
                opened_at=after,
            )
        )  # fmt: skip
    report(year, now=after)

    assert row_of(year).status == "started"


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.VERIFYING, Stage.PROVISIONAL, Stage.FINAL])
def test_only_while_collecting(database: Database, stage: Stage):
    with database.writing() as session:
        a_year(session, units=2, stage=stage)
        people(session)

    assert refusal(database).keys() == {""}


def test_another_unit_is_not_even_there(year: Database):
    official: Actor = person(year, JIANWAI)
    with year.reading() as session, pytest.raises(NotFound):
        unit_tasks(session, official, cycle=year_2026(session), unit=CHAOWAI, now=NOW)
