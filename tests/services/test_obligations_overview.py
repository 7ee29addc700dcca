"""All units and tasks at a glance, the figures that follow from them, and what there is to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from assess.core.calendar import day_of
from assess.core.numbers import round_half_up
from assess.core.obligations.reports import TypedReport
from assess.services.obligations import overview_of, task_across, task_figures, unit_tasks
from assess.services.obligations.standing import ObligationCounts, TaskState
from assess.services.obligations.to_do import to_do
from assess.services.years import year_of
from assess.store.session import Database
from tests.services.forms import an_open_year, year_2026
from tests.services.obligations import LATE_OCTOBER, report
from tests.years import CHAOWAI, JIANWAI, person


@pytest.fixture
def year(database: Database) -> Database:
    """Two units that report on the shipped task list."""
    an_open_year(database, 2)
    return database


def test_the_figures_of_the_task_list_follow(year: Database):
    report(year, TypedReport("done", "100", "2026-09-30"), task="4")
    report(year, TypedReport("done", "100", "2026-10-20"), task="24", period="2026-Q3")
    report(year, TypedReport("trial", "60.5"), task="1")
    with year.reading() as session:
        whole = year_of(session, year_2026(session))
        figures = task_figures(session, whole, day=day_of(LATE_OCTOBER))

    mean = (Fraction(100) * 2 + Fraction("60.5")) / int(figures[JIANWAI]["tasks_count"])
    assert figures[JIANWAI]["tasks_on_time"] == "2"
    assert Fraction(figures[JIANWAI]["tasks_progress"]) == Fraction(round(mean * 10**6), 10**6)
    assert (figures[CHAOWAI]["tasks_on_time"], figures[CHAOWAI]["tasks_progress"]) == ("0", "0")
    with year.reading() as session:
        assert task_figures(session, whole, day=day_of(LATE_OCTOBER), units=[JIANWAI]) == {JIANWAI: figures[JIANWAI]}


def test_the_office_sees_tasks_and_units_at_a_glance(year: Database):
    report(year, TypedReport("done", "100", "2026-09-30"), task="4")
    report(year, task="5")
    with year.reading() as session:
        office, evaluator = person(year, "office"), person(year, "evaluator")
        cycle = year_2026(session)
        whole = overview_of(session, office, cycle=cycle, lead=None, by="task", now=LATE_OCTOBER)
        units = overview_of(session, office, cycle=cycle, lead=None, by="unit", now=LATE_OCTOBER)
        water = overview_of(session, evaluator, cycle=cycle, lead=None, by="task", now=LATE_OCTOBER)
        across = task_across(session, office, cycle=cycle, task="4", now=LATE_OCTOBER)

    counts = {each.task.no: each.counts for each in whole.by_task}
    assert (whole.lead, water.lead) == ("", "water-bureau")
    assert {each.task.lead for each in water.by_task} == {"water-bureau"}
    assert counts["4"] == ObligationCounts(all=2, done=1, on_time=1, overdue=0, reports=1, progress=Fraction(50))
    assert counts["5"] == ObligationCounts(all=2, done=0, on_time=0, overdue=0, reports=1, progress=Fraction(20))
    assert [(each.unit, each.counts.done) for each in units.by_unit] == [(JIANWAI, 1), (CHAOWAI, 0)]
    assert [(each.unit, across.state(each)) for each in across.lines] == [
        (JIANWAI, TaskState.DONE),
        (CHAOWAI, TaskState.WAITING),
    ]


def test_what_is_wanted_next_is_the_newest_report_that_is_open_or_was_missed(year: Database):
    def wanted(day: datetime) -> str:
        with year.reading() as session:
            of = unit_tasks(session, actor, cycle=year_2026(session), unit=JIANWAI, now=day)
            found = of.task("4").wanted
        return found.period.label if found else ""

    actor = person(year, JIANWAI)
    assert (wanted(LATE_OCTOBER), wanted(LATE_OCTOBER + timedelta(days=2))) == ("2026-10", "2026-10")
    report(year)
    assert wanted(LATE_OCTOBER) == "2026-09"


def test_the_overview_counts_as_the_figures_of_the_task_list_do(year: Database):
    report(year, TypedReport("done", "100", "2026-10-03"), task="4")
    report(year, TypedReport("done", "100", "2026-10-20"), task="24", period="2026-Q3")
    report(year, TypedReport("trial", "60.5"), task="1")
    with year.reading() as session:
        cycle = year_2026(session)
        figures = task_figures(session, year_of(session, cycle), day=day_of(LATE_OCTOBER))
        counts = overview_of(session, person(year, "office"), cycle=cycle, lead="", by="unit", now=LATE_OCTOBER).by_unit
        own = {
            unit: unit_tasks(session, person(year, unit), cycle=cycle, unit=unit, now=LATE_OCTOBER).counts
            for unit in (JIANWAI, CHAOWAI)
        }

    for unit, _, of in counts:
        figure = figures[unit]
        assert (str(of.all), str(of.on_time)) == (figure["tasks_count"], figure["tasks_on_time"])
        assert of.progress == round_half_up(Fraction(figure["tasks_progress"]), 1)
        assert of._replace(reports=0) == own[unit]._replace(reports=0)


def test_the_things_to_do_are_counted_by_unit(year: Database):
    report(year, task="4")
    with year.reading() as session:
        found = to_do(session, cycle=year_2026(session), units=[JIANWAI, CHAOWAI], now=LATE_OCTOBER)

    assert [(each.unit, each.all, each.done, each.overdue) for each in found] == [
        (JIANWAI, 85, 0, 9),
        (CHAOWAI, 80, 0, 9),
    ]
    assert [(str(label), last, due.days, n) for (label, last, due), n in found[0].wanting.items()] == [
        ("2026-10", date(2026, 10, 25), 1, 26),
        ("2026-Q3", date(2026, 9, 25), 29, 51),
    ]


@pytest.mark.parametrize("day", [(2026, 1, 3), (2026, 10, 24), (2026, 11, 1), (2027, 1, 1)])
def test_a_task_at_a_glance_is_counted_as_unit_by_unit(year: Database, day: tuple[int, int, int]):
    now = datetime(*day, 2, 0, tzinfo=LATE_OCTOBER.tzinfo)
    report(year, TypedReport("done", "100", "2026-10-03"), task="4")
    report(year, TypedReport("done", "100", "2026-09-30"), task="5")
    report(year, TypedReport("done", "100", "2026-10-20"), task="24", period="2026-Q3")
    report(year, TypedReport("trial", "60.5"), task="24", period="2026-Q3", who=CHAOWAI, unit=CHAOWAI)
    report(year, TypedReport("started", "10"), task="1", period="2026-09")
    report(year, TypedReport("started", "30.5"), task="1", period="2026-10", seen=2)
    with year.reading() as session:
        office, cycle = person(year, "office"), year_2026(session)
        glance = overview_of(session, office, cycle=cycle, lead="", by="task", now=now)
        units = overview_of(session, office, cycle=cycle, lead="", by="unit", now=now)
        across = [task_across(session, office, cycle=cycle, task=each.task.no, now=now) for each in glance.by_task]

    assert [each.counts for each in glance.by_task] == [each.counts for each in across]
    assert glance.all == units.all
    assert [each.counts.all for each in units.by_unit] == [85, 80]
