"""The annual task list as a workbook that an office can edit; `task_lists` reads it back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.naming import quoted
from assess.core.obligations.tasks import ALL, ALL_YEAR, ListedTask, ReportFrequency, TaskList
from assess.core.schema import keys_of
from assess.core.text import Language, Text
from assess.files.task_lists import CHINESE, LISTS, PARTED, REQUIRED, TITLES
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book

CANNOT_HOLD: Final = Text(
    "“{text}”含有逗号、顿号或分号，表格中会被拆成几项，请改写。",
    "{text} contains a comma or semicolon, which would split it in a table. Change it.",
)
SHEET: Final = Text("任务清单", "Tasks")
GUIDANCE: Final = Guidance(
    title=Text("年度任务清单填写说明", "How to fill in the annual task list"),
    who=Text("考核办", "the assessment office"),
    steps=(
        Text(
            "一行一项任务。“适用”填“全部”的，上传后自动为每个街乡各生成一条；也可填分组或几个单位，用逗号隔开。",
            "One row for each task. A task for all is assigned to every unit. You can also enter a group or "
            "several units, separated by commas.",
        ),
        Text(
            "“对应考核项”填评分表的考核项编号，几个用逗号隔开；须与评分表中的任务序号对应。",
            "Items are IDs of the rule sheet, separated by commas. They must match the task numbers there.",
        ),
        Text(
            "中文、英文各一栏的，可只填一栏，两种语言都用它。",
            "Where there is a Chinese and an English column, one of them can serve both languages.",
        ),
    ),
)
TWO_COLUMNS: Final = ("title", "measure", "main", "evidence")
"""Always asked for in both languages; the others only where they differ."""
LANGUAGES: Final = {"zh": "中文", "en": "英文"}
WIDTHS: Final = {
    "no": 7, "domain": 11, "title": 28, "measure": 40, "target": 12, "unit_of_measure": 10, "baseline": 10,
    "deadline": 13, "report": 10, "lead": 20, "main": 20, "assisting": 26, "applies_to": 20, "evidence": 30,
    "items": 30,
}  # fmt: skip
HELP: Final = {
    "no": Text("任务序号，不可重复。", "Number of the task, used once."),
    "domain": Text("所属领域，如“大气”。", "Domain, such as air."),
    "title": Text("任务名称。", "Name of the task."),
    "measure": Text("要采取的措施。", "What to do."),
    "target": Text("年度目标，只填数字或一句话。", "Target of the year, a number or a sentence."),
    "unit_of_measure": Text("目标的计量单位。", "Unit of measure of the target."),
    "baseline": Text("上年基数。", "Value of last year."),
    "deadline": Text("完成时限，如2026-12-31；全年任务填“全年”。", "A date such as 2026-12-31, or all-year."),
    "report": Text("街乡报送进展的频次；不填为不报送。", "How often units submit progress. Never if left empty."),
    "lead": Text("牵头部门的编号。", "ID of the lead department."),
    "main": Text("主责单位。", "Who is responsible."),
    "assisting": Text("协办部门，用逗号隔开。", "Supporting departments, separated by commas."),
    "applies_to": Text("全部、分组编号或单位，用逗号隔开。", "all, IDs of groups, or units, separated by commas."),
    "evidence": Text("完成任务的佐证材料。", "Evidence of completion."),
    "items": Text("考核项编号，用逗号隔开。", "IDs of items, separated by commas."),
}
EXAMPLES: Final = {
    "no": Text.same("1"),
    "domain": Text.same("air"),
    "title": Text("降低道路尘负荷", "Less dust on roads"),
    "deadline": Text.same("2026-12-31"),
    "report": Text("每月", "monthly"),
    "applies_to": Text("全部", "all"),
}
REPORTS: Final = {
    ReportFrequency.NONE: Text("不报送", "none"),
    ReportFrequency.MONTHLY: Text("每月", "monthly"),
    ReportFrequency.QUARTERLY: Text("每季度", "quarterly"),
}
EVERYBODY: Final = Text("全部", ALL)


def write_task_book(
    target: Path | BytesIO,
    language: Language,
    tasks: TaskList,
    *,
    departments: Collection[str] = (),
    groups: Collection[str] = (),
) -> None:
    """Write a list of tasks as a workbook to edit; `departments` and `groups` are ids to choose from.

    Raises:
        ValidationError: an entry of a list holds a comma, which no table can keep.
    """
    if flaws := list(not_holdable(tasks.tasks)):
        raise ValidationError(flaws)
    parts = list(parts_of(tasks.tasks))
    words = {
        "report": [word.localized(language) for word in REPORTS.values()],
        "lead": list(departments),
        "applies_to": [EVERYBODY.localized(language), *groups],
    }
    columns = [column_of(key, spoken, language, words.get(key, ())) for key, spoken in parts]
    rows = [[cell_of(task, key, spoken, language) for key, spoken in parts] for task in tasks.tasks]
    frozen = 1 + next(at for at, (key, _) in enumerate(parts) if key == "title")
    sheet = InputSheet(name=SHEET, columns=columns, rows=rows, frozen=frozen)
    write_input_book(target, language, GUIDANCE, [sheet], {"kind": "tasks"})


def not_holdable(tasks: Sequence[ListedTask]) -> Iterator[Flaw]:
    """A flaw for each entry of a list that a cell of several would part."""
    for task in tasks:
        for key in sorted(LISTS):
            for entry in getattr(task, key) or ():
                if PARTED.search(entry):
                    yield Flaw((*task.path, key), CANNOT_HOLD, {"text": quoted(entry)})


def parts_of(tasks: Sequence[ListedTask]) -> Iterator[tuple[str, Language | None]]:
    """The columns as key and language, None for one that serves both."""
    for key in keys_of(ListedTask):
        texts = [getattr(task, key) for task in tasks] if key in TITLES else []
        if key in TWO_COLUMNS or any(text and text.zh != text.en for text in texts):
            yield key, "zh"
            yield key, "en"
        else:
            yield key, None


def column_of(key: str, spoken: Language | None, language: Language, words: Sequence[str]) -> InputColumn:
    """A column of the list."""
    heading = Text(CHINESE[key], key)
    if spoken is not None:
        heading = Text(f"{CHINESE[key]}（{LANGUAGES[spoken]}）", f"{key}.{spoken}")
    example = EXAMPLES.get(key, Text.same(""))
    return InputColumn(
        heading=heading,
        help=HELP[key],
        example=example.localized(spoken or language),
        required=key in REQUIRED and spoken != "en",
        width=WIDTHS[key],
        words=words,
        only_words=key == "report",
        is_date=key == "deadline",
        number_format="yyyy-mm-dd" if key == "deadline" else "@",
    )


def cell_of(task: ListedTask, key: str, spoken: Language | None, language: Language) -> str:
    """What a task has in a column."""
    value = getattr(task, key)
    match value:
        case None:
            return ""
        case ReportFrequency():
            return REPORTS[value].localized(language)
        case Text():
            return value.localized(spoken or language)
        case tuple():
            return EVERYBODY.localized(language) if value == (ALL,) else ", ".join(value)
        case date():
            return value.isoformat()
        case _ if value == ALL_YEAR:
            return Text("全年", ALL_YEAR).localized(language)
    return str(value)
