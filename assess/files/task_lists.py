"""Annual task lists from YAML files, workbooks and CSV files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.flaws import Path as TreePath
from assess.core.kinds import ListOf, Title
from assess.core.listing import UNKNOWN_COLUMN
from assess.core.obligations.tasks import (
    ALL,
    AppliesTo,
    ListedTask,
    ReportFrequency,
    TaskList,
    read_tasks,
    unknown_items,
    unknown_units,
)
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import Tree, hint, keys_of
from assess.core.sources import Source
from assess.core.tables import Table, heading_key
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames
from assess.files.placed_trees import PlacedTree, in_file_order
from assess.files.tables import read_table
from assess.files.yaml_files.trees import read_yaml

BOTH_FORMS = Text(
    "“{name}”与“{name}.zh”“{name}.en”不能同时出现，请只保留一种。",
    "{name} cannot be used together with {name}.zh and {name}.en. Keep one form.",
)
NO_COLUMN = Text("没有“{zh}”这一列，请在表头中加上。", "There is no column {key}. Add it to the headings.")
NO_TASKS = Text("没有任何任务，请每项任务填一行。", "There are no tasks. Enter one row for each.")

YAML: Final = frozenset({".yaml", ".yml"})
PARTED: Final = re.compile("[,，、;；\n]")
CHINESE: Final = {
    "no": "序号",
    "domain": "领域",
    "title": "任务",
    "measure": "措施",
    "target": "目标",
    "unit_of_measure": "计量单位",
    "baseline": "基数",
    "deadline": "时限",
    "report": "报送",
    "lead": "牵头",
    "main": "主责",
    "assisting": "协办",
    "applies_to": "适用",
    "evidence": "佐证",
    "items": "对应考核项",
}
"""What the columns may be called in Chinese."""
SPOKEN: Final[Mapping[str, Mapping[str, str]]] = {
    "report": {
        "不报送": ReportFrequency.NONE,
        "每月": ReportFrequency.MONTHLY,
        "按月": ReportFrequency.MONTHLY,
        "每季度": ReportFrequency.QUARTERLY,
        "按季度": ReportFrequency.QUARTERLY,
    },
    "applies_to": {"全部": ALL, "各街乡": ALL, "全区": ALL},
}
"""What may be written in a table for a word of the list, by key."""
LISTS: Final = frozenset(
    name for name, each in keys_of(ListedTask).items() if isinstance(each.metadata["kind"], ListOf | AppliesTo)
)
REQUIRED: Final = tuple(name for name, each in keys_of(ListedTask).items() if each.default is MISSING)
TITLES: Final = [name for name, each in keys_of(ListedTask).items() if isinstance(each.metadata["kind"], Title)]
KEYS: Final = {
    heading_key(heading): key
    for heading, key in (
        *((name, name) for name in CHINESE),
        *((chinese, name) for name, chinese in CHINESE.items()),
        *((f"{name}.{language}", f"{name}.{language}") for name in TITLES for language in ("zh", "en")),
        *((f"{CHINESE[name]}（中文）", f"{name}.zh") for name in TITLES),
        *((f"{CHINESE[name]}（英文）", f"{name}.en") for name in TITLES),
    )
}
"""The key of a column by its heading."""


@dataclass(frozen=True, slots=True)
class LoadedTasks:
    """A task list as read, and what reading found; `locate` puts a flaw at its line or cell."""

    whole: TaskList
    flaws: tuple[Flaw, ...]
    locate: Callable[[Flaw], Flaw]

    @property
    def tasks(self) -> tuple[ListedTask, ...]:
        """The tasks that could be read."""
        return self.whole.tasks

    def checked(self, sheet: RuleSheet, names: UnitNames | None = None) -> list[Flaw]:
        """Every flaw of reading, of links to items and, where the units are known, of whom the tasks apply to."""
        found = list(unknown_items(self.tasks, sheet))
        if names is not None:
            found += unknown_units(self.tasks, [group.id for group in sheet.groups or ()], names)
        return sorted((*self.flaws, *map(self.locate, found)), key=in_file_order)


def load_tasks(path: Path) -> LoadedTasks:
    """Read a task list of any form.

    Raises:
        ValidationError: the file can be read in none.
    """
    is_yaml = path.suffix.casefold() in YAML
    document = read_yaml(path) if is_yaml else tree_of(read_table(path, ("no", CHINESE["no"])))
    found: list[Flaw] = []
    whole = read_tasks(document.tree, found)
    flaws = sorted((*document.flaws, *map(document.located, found)), key=in_file_order)
    return LoadedTasks(whole, tuple(flaws), document.located)


def tree_of(table: Table) -> PlacedTree:
    """The plain tree that a table of tasks holds, each value at its cell; keys may stand in a second row of headings.

    Raises:
        ValidationError: it has no rows, or lacks a column that every task needs.
    """
    flaws = list(table.flaws)
    names = [heading.name for heading in table.headings]
    number = table.column_called(("no", CHINESE["no"]))
    first = 1 if number is not None and len(table) and table.columns[number][0] == "no" else 0
    if first:
        names = [column[0] for column in table.columns]
    columns = known_columns(table, names, flaws)
    plain = {name.partition(".")[0] for name in columns}
    flaws += [Flaw(table.whole, NO_COLUMN, {"key": key, "zh": CHINESE[key]}) for key in REQUIRED if key not in plain]
    if len(table) == first:
        flaws.append(Flaw(table.whole, NO_TASKS))
    if len(table) == first or not plain.issuperset(REQUIRED):
        raise ValidationError(flaws)
    places: dict[TreePath, Source] = {(): table.whole}
    rows = range(first, len(table))
    tasks = [task_of(table, row, columns, ("tasks", number), places) for number, row in enumerate(rows)]
    return PlacedTree({"tasks": tasks}, places, flaws=tuple(flaws))


def known_columns(table: Table, names: Sequence[str], flaws: list[Flaw]) -> dict[str, int]:
    """The number of each key's column; other headings, and a key in two forms, are reported."""
    columns: dict[str, int] = {}
    for column, heading in enumerate(names):
        name = KEYS.get(heading_key(heading))
        if name is not None:
            columns[name] = column
        elif heading:
            facts = {"text": heading, "hint": hint(heading, tuple(keys_of(ListedTask)))}
            flaws.append(Flaw(table.headings[column].source, UNKNOWN_COLUMN, facts))
    for name in [name for name in columns if "." in name and name.split(".")[0] in columns]:
        plain = name.split(".")[0]
        flaws.append(Flaw(table.headings[columns.pop(name)].source, BOTH_FORMS, {"name": plain}))
    return columns


def task_of(
    table: Table, row: int, columns: Mapping[str, int], path: TreePath, places: dict[TreePath, Source]
) -> dict[str, Tree]:
    """One task as a mapping, the place of each of its values noted."""
    task: dict[str, Tree] = {}
    places[path] = table.places(row, columns.get("no", 0))
    for name, column in columns.items():
        text, (plain, _, language) = table.columns[column][row], name.partition(".")
        if text:
            places.setdefault((*path, plain), table.places(row, column))
            if language:
                task.setdefault(plain, {})[language] = text
            else:
                said = str(SPOKEN.get(plain, {}).get(text, text))
                task[plain] = listed(said) if plain in LISTS else said
    return task


def listed(text: str) -> list[str]:
    """The entries of a cell that holds several, parted by commas or semicolons."""
    return [entry for entry in map(str.strip, PARTED.split(text)) if entry]
