from __future__ import annotations

from assess.core.set_up import Facts, next_step, steps_of
from assess.core.text import Text

ALL = {
    "units": 43, "version": 1, "published": 1, "tasks": 94, "obligations": 3661, "figures": 1585, "results": 0,
}  # fmt: skip


def told(**facts: object) -> list[tuple[str, str, str]]:
    return [(step.name.value, step.standing.value, step.note.en) for step in steps_of(Facts(**facts))]  # type: ignore[arg-type]


def test_a_new_year_begins_with_its_units_and_the_rest_waits():
    assert told(undated=4) == [
        ("units", "to-do", "Upload the list of units (Excel or CSV)"),
        ("rules", "waiting", "First: Units"),
        ("tasks", "waiting", "First: Units, Rule sheet"),
        ("previous", "waiting", "First: Units, Rule sheet"),
        ("people", "waiting", "First: Units, Rule sheet"),
        ("teams", "waiting", "First: Units, Rule sheet"),
        ("dates", "to-do", "Stages without dates: 4"),
        ("open", "waiting", "First: Units, Rule sheet, Annual task list, Last year's figures and results, Stage dates"),
    ]


def test_a_year_may_open_without_all_its_people_but_not_without_its_dates():
    lacking = {"without_official": 41, "without_evaluator": 9, "without_team": 43}

    assert told(**ALL, **lacking)[4:] == [
        ("people", "to-do", "Units without an official: 41; Departments without an evaluator: 9"),
        ("teams", "to-do", "Units without a leadership team: 43"),
        ("dates", "done", "Every stage has its dates"),
        ("open", "to-do", "Units can submit once the year is open"),
    ]
    assert told(**ALL, undated=1)[7] == ("open", "waiting", "First: Stage dates")


def test_what_is_there_is_told_and_that_there_is_none_is_an_answer_too():
    assert [note for _, _, note in told(**ALL, opened=True)] == [
        "43 units",
        "Version 1 is published",
        "94 tasks, assigned as 3661 unit tasks",
        "Figures of last year: 1585; no results of last year",
        "Every unit and department has people",
        "Every unit has its team",
        "Every stage has its dates",
        "the year is open",
    ]
    assert told(**ALL | {"results": None})[3] == (
        "previous", "to-do", "Upload last year's results, or record that there are none",
    )  # fmt: skip


def test_a_draft_units_without_a_group_and_tasks_of_strangers_are_to_be_put_right():
    wrong = told(**ALL | {"version": 2, "ungrouped": 3, "strangers": 1})

    assert wrong[:3] == [
        ("units", "wrong", "Units in no group of the rule sheet: 3. Check their types"),
        ("rules", "waiting", "First: Units"),
        ("tasks", "waiting", "First: Units, Rule sheet"),
    ]
    assert told(**ALL | {"version": 2})[1] == ("rules", "to-do", "Version 2 is not published. Check it and publish it")
    assert told(**ALL | {"strangers": 1})[2][1] == "wrong"


def test_the_next_step_is_the_first_that_can_be_done():
    assert next_step(steps_of(Facts(**ALL, without_official=1))).name == "people"
    assert next_step(steps_of(Facts(**ALL, opened=True))) is None


def test_a_year_that_cannot_be_collected_by_its_sheet_says_so_at_its_opening():
    why = Text("采集不了", "cannot be collected")

    assert told(**ALL, uncollected=why)[-1] == ("open", "wrong", "cannot be collected")
