from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assess.core.flaws import Flaw
from assess.core.obligations.tasks import (
    TaskList,
    TaskObligation,
    obligations_of,
    read_tasks,
    unknown_items,
    unknown_units,
)
from assess.core.units.unit_list import UnitNames
from tests.tables import a_sheet, some_units, told

NAMES = UnitNames(some_units(s1="三里屯街道", s2="望京街道", t1="孙河乡"))
NOT_A_DATE = "is not a date. Enter it as in 2026-12-31, or “all-year” for a task of the whole year."
GROUPS = ("streets", "streets", "townships")


def a_task(**keys: Any) -> dict[str, Any]:
    return {"no": "1", "title": "Clean the river", **keys}


def a_list(*tasks: dict[str, Any]) -> TaskList:
    flaws: list[Flaw] = []
    found = read_tasks({"tasks": list(tasks)}, flaws)
    assert flaws == []
    return found


def flaws_of(*tasks: Any, **keys: Any) -> list[str]:
    flaws: list[Flaw] = []
    read_tasks({"tasks": list(tasks), **keys}, flaws)
    return told(flaws)


def test_a_task_for_everybody_is_one_obligation_for_each_unit():
    obligations = obligations_of(a_list(a_task()).tasks, NAMES, GROUPS)

    assert obligations == [TaskObligation("1", "s1"), TaskObligation("1", "s2"), TaskObligation("1", "t1")]


def test_a_task_binds_a_group_or_single_units_and_each_unit_once():
    tasks = a_list(
        a_task(applies_to="townships"),
        a_task(no="2", applies_to=["t1", "三里屯", "s1"]),
        a_task(no="3", applies_to="s2"),
    ).tasks

    assert obligations_of(tasks, NAMES, GROUPS) == [
        TaskObligation("1", "t1"),
        TaskObligation("2", "s1"),
        TaskObligation("2", "t1"),
        TaskObligation("3", "s2"),
    ]


def test_a_unit_of_no_group_has_only_the_tasks_of_everybody_and_its_own():
    tasks = a_list(a_task(), a_task(no="2", applies_to="streets"), a_task(no="3", applies_to=["t1"])).tasks

    bound = [task for task, unit in obligations_of(tasks, NAMES, ("streets", "streets", None)) if unit == "t1"]

    assert bound == ["1", "3"]


def test_what_is_wrong_with_a_task_is_told_all_at_once_with_what_to_do():
    assert flaws_of(
        a_task(report="weekly", deadline="2026-02-30", colour="red"),
        {"no": "1"},
        a_task(no="2", deadline="next year", applies_to={"group": "streets"}),
        "river",
        a_task(no="3", deadline="20261231"),
        standing="final",
        subject="water",
    ) == [
        "subject: There is no key “subject”. Use one of: id, title, cycle, year, standing, note, tasks.",
        "standing: “final” cannot be used here. Use one of: demonstration, draft, issued.",
        (
            "tasks.0.colour: There is no key “colour”. Use one of: no, domain, title, measure, "
            "target, unit_of_measure, baseline, deadline, report, lead, main, assisting, …."
        ),
        f"tasks.0.deadline: “2026-02-30” {NOT_A_DATE}",
        "tasks.0.report: “weekly” cannot be used here. Use one of: none, monthly, quarterly.",
        "tasks.1: The key “title” is missing. Add it.",
        f"tasks.2.deadline: “next year” {NOT_A_DATE}",
        "tasks.2.applies_to: Enter `all`, a group, or a list of unit codes.",
        "tasks.3: Enter keys with values, as in `key: value`.",
        f"tasks.4.deadline: “20261231” {NOT_A_DATE}",
        "tasks.1.no: Task 1 appears twice. Change one of the numbers.",
    ]


@pytest.mark.parametrize("written", ["2026-06-30", "2026/6/30", "2026.06.30", "2026年6月30日"])
def test_a_deadline_reads_as_offices_write_dates(written: str):
    assert a_list(a_task(deadline=written)).tasks[0].deadline == date(2026, 6, 30)


def test_a_task_of_the_whole_year_has_no_date():
    assert [a_list(a_task(deadline=each)).tasks[0].deadline for each in ("all-year", "全年", "")] == [
        "all-year",
        "all-year",
        None,
    ]


def test_a_list_that_is_no_list_holds_no_tasks():
    flaws: list[Flaw] = []

    assert read_tasks(["river"], flaws) == TaskList(tasks=())
    assert told(flaws) == ["Enter keys with values, as in `key: value`."]


def test_an_item_that_the_sheet_lacks_is_named_with_what_was_meant():
    sheet = a_sheet(figures={"river": {"kind": "number", "from": "unit"}})
    tasks = a_list(a_task(items=["item.river", "item.rivr", "all"])).tasks

    assert told(list(unknown_items(tasks, sheet))) == [
        "tasks.0.items.1: The rule sheet has no item “item.rivr”. Did you mean “item.river”?",
        "tasks.0.items.2: The rule sheet has no item “all”. Use one of: item.river.",
    ]


def test_whom_a_task_applies_to_must_be_a_group_or_a_unit():
    tasks = a_list(a_task(applies_to="villages"), a_task(no="2", applies_to=["s1", "s9", "townships"])).tasks

    assert [flaw.localized("zh") for flaw in unknown_units(tasks, ["streets", "townships"], NAMES)] == [
        "tasks.0.applies_to: 不是all，也不是分组。没有名为“villages”的单位，请核对考核对象名单。",
        "tasks.1.applies_to.1: 不是all，也不是分组。没有名为“s9”的单位，请核对考核对象名单。",
    ]
