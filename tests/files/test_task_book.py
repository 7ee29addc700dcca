"""The annual task list as a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assess.core.flaws import ValidationError
from assess.core.obligations.tasks import ListedTask, ReportFrequency, TaskList
from assess.core.text import Language, Text
from assess.core.units.unit_list import UnitNames
from assess.files.task_book import write_task_book
from assess.files.task_lists import load_tasks
from tests.demonstration import year_2026
from tests.files.filling import conventions_broken, filled
from tests.tables import told

YEAR = year_2026()
SHEET = YEAR.inputs.sheet


def book(path: Path, language: Language, tasks: TaskList) -> Path:
    groups = [group.id for group in SHEET.groups or ()]
    write_task_book(path, language, tasks, departments=list(SHEET.departments or ()), groups=groups)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_the_year_comes_back_from_its_workbook_task_by_task(tmp_path: Path, language: Language) -> None:
    path = book(tmp_path / "tasks.xlsx", language, YEAR.tasks)
    loaded = load_tasks(path)

    assert loaded.tasks == YEAR.tasks.tasks
    assert loaded.checked(SHEET, UnitNames(YEAR.inputs.units)) == []
    assert conventions_broken(path) == []


def test_a_task_added_in_chinese_words_is_read_with_them_and_wrong_ones_stand_at_their_cells(tmp_path: Path) -> None:
    path = book(tmp_path / "tasks.xlsx", "zh", TaskList(tasks=()))
    cells = {"A3": 1, "C3": "降尘", "J3": "2026年6月30日", "K3": "每季度", "P3": "全部"}
    filled(path, "任务清单", {**cells, "A4": 1, "C4": "治水", "J4": "年底", "K4": "偶尔", "P4": "全部"})

    loaded = load_tasks(path)

    assert [(task.title, str(task.deadline), task.report) for task in loaded.tasks[:1]] == [
        (Text.same("降尘"), "2026-06-30", ReportFrequency.QUARTERLY)
    ]
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in told(loaded.flaws)] == [
        "任务清单!J4", "任务清单!K4", "任务清单!A4"
    ]  # fmt: skip


def test_an_entry_that_a_cell_would_part_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    task = replace(YEAR.tasks.tasks[0], assisting=("住建委、城管委",))

    with pytest.raises(ValidationError) as caught:
        book(tmp_path / "tasks.xlsx", "zh", TaskList(tasks=(task,)))

    assert [flaw.what.localized("en", **flaw.facts) for flaw in caught.value.flaws] == [
        "住建委、城管委 contains a comma or semicolon, which would split it in a table. Change it."
    ]
    assert not (tmp_path / "tasks.xlsx").exists()


def test_titles_that_differ_by_language_get_two_columns_and_others_one(tmp_path: Path) -> None:
    task = ListedTask(no="1", title=Text("降尘", "Dust"), target=Text("低于15", "below 15"), baseline=Text.same("18"))
    loaded = load_tasks(book(tmp_path / "tasks.xlsx", "en", TaskList(tasks=(task,))))

    assert (loaded.tasks, loaded.flaws) == ((task,), ())
