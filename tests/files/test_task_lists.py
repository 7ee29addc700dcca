from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.core.flaws import ValidationError
from assess.core.obligations.tasks import ListedTask, ReportFrequency
from assess.core.rules.sheet import all_items
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames, read_units
from assess.files.rule_sheets import load_sheet
from assess.files.tables import read_table
from assess.files.task_lists import LoadedTasks, load_tasks
from tests.tables import a_sheet, a_workbook, told

RULES = Path(__file__).parents[2] / "rules"
TASK = ListedTask(
    no="7",
    domain="water",
    title=Text("清河整治", "Clean the Qinghe"),
    target=Text.same("95"),
    unit_of_measure=Text.same("%"),
    deadline=date(2026, 6, 30),
    report=ReportFrequency.QUARTERLY,
    lead="water-bureau",
    assisting=("landscape", "housing"),
    applies_to=("s1", "t1"),
    items=("water.class", "water.sewage"),
)
KEYS = (
    "no", "domain", "title.zh", "title.en", "target", "unit_of_measure", "deadline", "report", "lead", "assisting",
    "applies_to", "items",
)  # fmt: skip
CELLS = (
    "7", "water", "清河整治", "Clean the Qinghe", "95", "%", "2026-06-30", "quarterly", "water-bureau",
    "landscape, housing", "s1、t1", "water.class, water.sewage",
)  # fmt: skip
CHINESE = (
    "序号", "领域", "任务（中文）", "任务（英文）", "目标", "计量单位", "时限", "报送", "牵头", "协办",
    "适用", "对应考核项",
)  # fmt: skip


def a_file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def lines_of(found: LoadedTasks | list[str]) -> list[str]:
    return [each.split("/")[-1] for each in (told(found.flaws) if isinstance(found, LoadedTasks) else found)]


@pytest.mark.parametrize("sheet", ["chaoyang-2025", "chaoyang-2026"])
def test_a_shipped_list_and_its_sheet_agree_on_every_link_both_ways(sheet: str):
    rules = load_sheet(RULES / sheet / "rule-sheet.yaml").sheet
    units, _ = read_units(read_table(RULES / sheet / "units.csv", ("unit",)))
    loaded = load_tasks(RULES / sheet / "tasks.yaml")
    of_tasks = {(task.no, item) for task in loaded.tasks for item in task.items or ()}

    assert loaded.checked(rules, UnitNames(units)) == []
    assert of_tasks == {(task, item.id) for item in all_items(rules) for task in item.tasks or ()}
    assert len(loaded.tasks) >= 80


def test_a_list_reads_alike_from_yaml_csv_and_workbooks(tmp_path: Path):
    in_yaml = a_file(
        tmp_path / "tasks.yaml",
        """
tasks:
  - {no: 7, domain: water, title: {zh: 清河整治, en: Clean the Qinghe}, target: 95, unit_of_measure: "%",
     deadline: 2026-06-30, report: quarterly, lead: water-bureau, assisting: [landscape, housing],
     applies_to: [s1, t1], items: [water.class, water.sewage]}
""",
    )
    row = ",".join(f'"{cell}"' for cell in CELLS)
    files = [
        in_yaml,
        a_file(tmp_path / "keys.csv", f"{','.join(KEYS)}\n{row}\n"),
        a_file(tmp_path / "chinese.csv", f"{','.join(CHINESE)}\n{row}\n"),
        a_workbook(tmp_path / "keys.xlsx", KEYS, CELLS),
        a_workbook(tmp_path / "both.xlsx", CHINESE, KEYS, CELLS),
        a_workbook(tmp_path / "named.xlsx", ("序号", *"abcdefghijk"), KEYS, CELLS),
    ]

    assert [load_tasks(file).flaws for file in files] == [()] * len(files)
    assert [load_tasks(file).tasks for file in files] == [(TASK,)] * len(files)


def test_flaws_of_a_yaml_list_stand_at_their_line_and_column(tmp_path: Path):
    path = a_file(
        tmp_path / "tasks.yaml",
        """tasks:
  - no: 1
    title: Clean the river
    deadline: soon
    items: [item.x, item.y]
    applies_to: villages
  - no: 1
    tittle: Plant trees
""",
    )
    sheet = a_sheet(figures={"x": {"kind": "number", "from": "unit"}})
    units, _ = read_units(read_table(a_file(tmp_path / "units.csv", "unit\ns1\n"), ("unit",)))

    assert lines_of(told(load_tasks(path).checked(sheet, UnitNames(units)))) == [
        "tasks.yaml:4:15: “soon” is not a date. Enter it as in 2026-12-31, or “all-year” for a task of the whole year.",
        "tasks.yaml:5:21: The rule sheet has no item “item.y”. Did you mean “item.x”?",
        "tasks.yaml:6:17: Neither `all` nor a group. No unit is called “villages”. Check the list of units.",
        "tasks.yaml:7:5: The key “title” is missing. Add it.",
        "tasks.yaml:7:9: Task 1 appears twice. Change one of the numbers.",
        "tasks.yaml:8:5: There is no key “tittle”. Did you mean “title”?",
    ]


def test_flaws_of_a_workbook_stand_at_their_cell(tmp_path: Path):
    path = a_workbook(
        tmp_path / "tasks.xlsx",
        ("no", "title", "title.en", "deadline", "report", "colour"),
        ("1", "Clean the river", "Clean", "soon", "monthly", "red"),
        ("1", "Plant trees", None, None, "weekly", None),
        ("2", None, None, None, None, None),
    )

    assert lines_of(load_tasks(path)) == [
        (
            "tasks.xlsx:数据!F1: There is no column “colour”. Use one of: no, domain, title, "
            "measure, target, unit_of_measure, baseline, deadline, report, lead, main, "
            "assisting, …."
        ),
        "tasks.xlsx:数据!C1: title cannot be used together with title.zh and title.en. Keep one form.",
        (
            "tasks.xlsx:数据!D2: “soon” is not a date. Enter it as in 2026-12-31, or “all-year” "
            "for a task of the whole year."
        ),
        "tasks.xlsx:数据!E3: “weekly” cannot be used here. Use one of: none, monthly, quarterly.",
        "tasks.xlsx:数据!A4: The key “title” is missing. Add it.",
        "tasks.xlsx:数据!A3: Task 1 appears twice. Change one of the numbers.",
    ]


@pytest.mark.parametrize(
    ("name", "text", "flaw"),
    [
        ("tasks.csv", "no,measure\n1,Clean\n", "tasks.csv: There is no column title. Add it to the headings."),
        ("tasks.csv", "no,title\n", "tasks.csv: There are no tasks. Enter one row for each."),
        ("tasks.yaml", "tasks: [\n", None),
    ],
)
def test_a_file_that_holds_no_list_is_refused(tmp_path: Path, name: str, text: str, flaw: str | None):
    with pytest.raises(ValidationError) as refused:
        load_tasks(a_file(tmp_path / name, text))

    lines = [each.split("/")[-1] for each in told(refused.value.flaws)]
    assert len(lines) == 1
    assert flaw in (None, lines[0])
