from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from assess.core.errors import Refused
from assess.core.figures import from_values
from assess.core.obligations.standing import (
    ObligationState,
    ReportedProgress,
    Status,
    as_texts,
    check_progress,
    deadline_of,
    measured,
    standings,
)
from assess.core.obligations.tasks import TaskList, TaskObligation, read_tasks
from assess.core.workflow import LabeledEnum
from tests.builders import COEFFICIENTS, a_section, a_sheet, a_unit, an_item, inputs_of

TODAY = date(2026, 7, 10)


def tasks_of(*tasks: dict[str, Any]) -> TaskList:
    return read_tasks({"tasks": [{"title": "a task", **task} for task in tasks]}, [])


TASKS = tasks_of(
    {"no": "1", "domain": "air", "deadline": "2026-06-30"},
    {"no": "2", "domain": "air", "deadline": "all-year"},
    {"no": "3", "domain": "water", "deadline": "2026-06-30"},
    {"no": "4", "domain": "water"},
)
DONE_IN_TIME = ReportedProgress(Status.DONE, Fraction(0), date(2026, 6, 30))
DONE_LATE = ReportedProgress(Status.DONE, Fraction(100), date(2026, 7, 3))


def a_count(measure: str, **chosen: Any) -> dict[str, Any]:
    return {"kind": "count", "from": "task-list", "measure": measure, **chosen}


SHEET = a_sheet(
    a_section(
        *(an_item("direct", id=name, figure=name) for name in ("progress", "air_progress")),
        *(an_item("direct", id=f"n.{name}", figure=name) for name in ("done", "in_time", "overdue", "n", "two")),
        an_item(
            "tasks",
            id="water",
            obligations={"domain": "water"},
            coefficients=COEFFICIENTS,
            late={"per": "day", "points": 1},
        ),
        an_item("tasks", id="soil", obligations={"domain": "soil"}, coefficients=COEFFICIENTS),
    ),
    figures={
        "progress": {"kind": "percent", "from": "task-list", "measure": "progress", "decimals": 1},
        "air_progress": {"kind": "percent", "from": "task-list", "measure": "progress", "tasks": {"domain": "air"}},
        "done": a_count("done"),
        "in_time": a_count("done_on_time"),
        "overdue": a_count("overdue"),
        "n": a_count("count"),
        "two": a_count("count", tasks={"tasks": ["2", "4"]}),
    },
)


def of_a(*progress: ReportedProgress, day: date = TODAY) -> dict[str, Fraction]:
    """What is measured of unit `a` with these reports on tasks 1 to 4."""
    reported = {TaskObligation(str(no), "a"): each for no, each in enumerate(progress, 1)}
    return measured(SHEET, standings(TASKS, reported, 2026), ["a"], day)["a"]


def test_measures_of_the_task_list_are_exact():
    started = ReportedProgress(Status.STARTED, Fraction("33.3"))

    assert of_a(DONE_IN_TIME, started, DONE_LATE, ReportedProgress(Status.PLANNED, Fraction(10))) == {
        "progress": Fraction("60.825"),
        "air_progress": Fraction("66.65"),
        "done": 2,
        "in_time": 1,
        "overdue": 0,
        "n": 4,
        "two": 2,
        "water.done": 1,
        "water.trial": 0,
        "water.started": 0,
        "water.planned": 1,
        "water.none": 0,
        "water.days_late": 3,
    }


def test_the_mean_of_a_third_is_a_third_and_is_cut_only_as_text():
    found = {"a": of_a(DONE_IN_TIME, ReportedProgress(), ReportedProgress())}

    assert found["a"]["progress"] == Fraction(100, 3)
    texts = as_texts(SHEET, found)["a"]
    assert (texts["progress"], texts["air_progress"], texts["water.days_late"]) == ("33.3", "50", "10")


@pytest.mark.parametrize(
    ("day", "overdue", "days"), [("2026-06-30", 0, 0), ("2026-07-01", 1, 1), ("2027-01-10", 2, 194)]
)
def test_what_is_not_done_is_overdue_after_its_deadline_and_later_each_day(day: str, overdue: int, days: int):
    found = of_a(
        DONE_IN_TIME,
        ReportedProgress(),
        ReportedProgress(Status.TRIAL, Fraction(99)),
        ReportedProgress(),
        day=date.fromisoformat(day),
    )

    assert (found["overdue"], found["water.days_late"]) == (overdue, days)


def test_a_unit_without_obligations_has_counts_of_zero_and_nothing_else():
    assert measured(SHEET, {}, ["a"], TODAY)["a"] == {"done": 0, "in_time": 0, "overdue": 0, "n": 0, "two": 0}


def test_reports_on_tasks_that_are_no_longer_listed_do_not_count():
    found = standings(TASKS, {TaskObligation("9", "a"): DONE_LATE, TaskObligation("4", "a"): DONE_LATE}, 2026)

    assert found == {"a": (ObligationState(TASKS.tasks[3], DONE_LATE, None),)}


def test_what_is_done_without_a_deadline_is_in_time_and_without_a_day_it_is_not():
    assert of_a(ReportedProgress(), ReportedProgress(), ReportedProgress(), DONE_LATE)["in_time"] == 1
    assert (
        of_a(ReportedProgress(), ReportedProgress(), ReportedProgress(), ReportedProgress(Status.DONE))["in_time"] == 0
    )


def test_the_engine_takes_what_was_measured():
    units = inputs_of(a_sheet(an_item()), {"a": a_unit(), "b": a_unit()}).units
    reported = {
        TaskObligation("3", "a"): DONE_LATE,
        TaskObligation("4", "a"): ReportedProgress(Status.TRIAL, Fraction(50)),
    }
    texts = as_texts(SHEET, measured(SHEET, standings(TASKS, reported, 2026), ["a", "b"], TODAY))

    table, flaws = from_values(SHEET, units, texts, "the task list")

    assert flaws == []
    assert table.value("progress").fractions() == [75, None]  # type: ignore[union-attr]
    assert table.obligations("water", "days_late").fractions() == [3, None]
    assert table.obligations("water", "trial").fractions() == [1, None]


def test_a_task_of_the_whole_year_lasts_to_its_end():
    assert [deadline_of(task, 2026) for task in TASKS.tasks] == [
        date(2026, 6, 30),
        date(2026, 12, 31),
        date(2026, 6, 30),
        None,
    ]


@pytest.mark.parametrize(
    ("progress", "wrong"),
    [
        (ReportedProgress(Status.STARTED, Fraction("100.1")), {"share": "The progress must be between 0 and 100."}),
        (ReportedProgress(Status.STARTED, Fraction(-1)), {"share": "The progress must be between 0 and 100."}),
        (ReportedProgress(Status.DONE, Fraction(100)), {"done_on": "Enter the date the task was completed."}),
        (
            ReportedProgress(Status.DONE, Fraction(100), date(2026, 7, 11)),
            {"done_on": "The date cannot be later than today, 2026-07-10."},
        ),
        (
            ReportedProgress(Status.TRIAL, Fraction(90), date(2026, 7, 1)),
            {"done_on": "A task that is not done has no completion date. Set the status to “Done”, or clear the date."},
        ),
    ],
)
def test_a_report_that_contradicts_itself_is_refused_at_its_field(progress: ReportedProgress, wrong: dict[str, str]):
    with pytest.raises(Refused) as refused:
        check_progress(progress, TODAY)

    assert {name: what.en for name, what in refused.value.fields.items()} == wrong


def test_a_report_that_agrees_with_itself_passes():
    check_progress(ReportedProgress(Status.DONE, Fraction(100), TODAY), TODAY)
    check_progress(ReportedProgress(Status.STARTED, Fraction(0)), TODAY)


def test_the_statuses_are_those_that_methods_know():
    words: list[LabeledEnum] = list(Status)
    assert {word.value for word in words} == set(COEFFICIENTS)
