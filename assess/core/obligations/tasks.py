"""The annual task list (任务清单), and the obligations it lays on each unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

from assess.core.flaws import Flaw, Path
from assess.core.kinds import (
    Choice,
    ChoiceWords,
    Id,
    ListOf,
    PlainText,
    RecordOf,
    ReferenceType,
    Title,
    WholeNumberType,
)
from assess.core.parsing import ParseError, read_date
from assess.core.rules.sheet import RuleSheet, SheetStanding, all_items
from assess.core.schema import BROKEN, Found, Spell, Tree, hint, key, path_field, read_record
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames

NOT_A_DEADLINE = Text(
    "“{text}”不是日期，请写成2026-12-31的形式，全年任务填“全年”。",
    "“{text}” is not a date. Enter it as in 2026-12-31, or “all-year” for a task of the whole year.",
)
NOT_WHO = Text(
    "此处应为all、一个分组，或单位代码的列表。",
    "Enter `all`, a group, or a list of unit codes.",
)
TWICE = Text("第{no}号任务出现两次，请改其中一个序号。", "Task {no} appears twice. Change one of the numbers.")
NO_ITEM = Text("评分表没有“{id}”这个考核项。{hint}", "The rule sheet has no item “{id}”. {hint}")
NOBODY = Text("不是all，也不是分组。{what}", "Neither `all` nor a group. {what}")

ALL: Final = "all"
"""Applies to every unit."""
ALL_YEAR: Final = "all-year"
"""The deadline of a task that goes on all year."""


class ReportFrequency(ChoiceWords):
    """How often the units report on a task."""

    NONE = "none", "不报"
    MONTHLY = "monthly", "每月", "月报"
    QUARTERLY = "quarterly", "每季", "季报"


@dataclass(frozen=True)
class Deadline:
    """A date, as in 2026-06-30, 2026/6/30 or 2026年6月30日, or `all-year` (全年)."""

    words: tuple[str, ...] = (ALL_YEAR,)

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = PlainText().read(tree, path, flaws)
        if text is BROKEN:
            return BROKEN
        if text in (ALL_YEAR, "全年"):
            return ALL_YEAR
        day = read_date(text)
        if not isinstance(day, ParseError):
            return day
        flaws.append(Flaw(path, NOT_A_DEADLINE, {"text": text}))
        return BROKEN

    def write(self, value: date | str, spell: Spell) -> Tree:
        return value if isinstance(value, str) else value.isoformat()


class AppliesTo:
    """`all`, a group, or unit codes; kept as a list of names."""

    words: tuple[str, ...] = (ALL,)
    several = ListOf(PlainText())

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if isinstance(tree, str):
            return (tree.strip(),)
        if isinstance(tree, list):
            return self.several.read(tree, path, flaws)
        flaws.append(Flaw(path, NOT_WHO))
        return BROKEN

    def write(self, value: tuple[str, ...], spell: Spell) -> Tree:
        return value[0] if len(value) == 1 else list(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTask:
    """One task: what is to be done, by when, who leads it and whom it binds."""

    no: str = key(PlainText())
    domain: str | None = key(PlainText(), None)
    title: Text = key(Title())
    measure: Text | None = key(Title(), None)
    target: Text | None = key(Title(), None)
    unit_of_measure: Text | None = key(Title(), None)
    baseline: Text | None = key(Title(), None)
    deadline: date | str | None = key(Deadline(), None)
    report: ReportFrequency = key(Choice(ReportFrequency), ReportFrequency.NONE)
    lead: str | None = key(PlainText(), None)
    main: Text | None = key(Title(), None)
    assisting: tuple[str, ...] | None = key(ListOf(PlainText()), None)
    applies_to: tuple[str, ...] = key(AppliesTo(), (ALL,))
    evidence: Text | None = key(Title(), None)
    items: tuple[str, ...] | None = key(ListOf(ReferenceType("node")), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """A whole task list; `cycle` is the id of the rule sheet of its year."""

    id: str | None = key(Id(), None)
    title: Text | None = key(Title(), None)
    cycle: str | None = key(Id(), None)
    year: int | None = key(WholeNumberType(most=9999), None)
    standing: SheetStanding | None = key(Choice(SheetStanding), None)
    note: Text | None = key(Title(), None)
    tasks: tuple[ListedTask, ...] = key(ListOf(RecordOf(ListedTask)))
    path: Path = path_field()


class TaskObligation(NamedTuple):
    """One task for one unit: the number of the task and the code of the unit."""

    task: str
    unit: str


def read_tasks(tree: Tree, flaws: Found) -> TaskList:
    """The task list that a plain tree describes; tasks that cannot be read are left out, and a number stands once."""
    found = read_record(TaskList, tree, (), flaws)
    if found is BROKEN:
        return TaskList(tasks=())
    tasks = () if found.tasks is BROKEN else tuple(task for task in found.tasks if task is not BROKEN)
    flaws.extend(repeated(tasks))
    return replace(found, tasks=tasks)


def repeated(tasks: Iterable[ListedTask]) -> Iterator[Flaw]:
    """One flaw for each number that stood before."""
    seen: set[str] = set()
    for task in tasks:
        if task.no in seen:
            yield Flaw((*task.path, "no"), TWICE, {"no": task.no})
        if task.no is not BROKEN:
            seen.add(task.no)


def unknown_items(tasks: Iterable[ListedTask], sheet: RuleSheet) -> Iterator[Flaw]:
    """A flaw for each item that a task is linked to and the sheet lacks."""
    known = tuple(item.id for item in all_items(sheet))
    for task in tasks:
        for place, item in enumerate(names_in(task.items)):
            if item not in known:
                yield Flaw((*task.path, "items", place), NO_ITEM, {"id": item, "hint": hint(item, known)})


def unknown_units(tasks: Iterable[ListedTask], groups: Sequence[str], names: UnitNames) -> Iterator[Flaw]:
    """A flaw for each name that a task applies to and that is neither a group nor a unit."""
    for task in tasks:
        several = len(names_in(task.applies_to)) > 1
        for place, name in enumerate(names_in(task.applies_to)):
            found = 0 if name in (ALL, *groups) else names.find(name)
            if isinstance(found, ParseError):
                path = (*task.path, "applies_to", place) if several else (*task.path, "applies_to")
                yield Flaw(path, NOBODY, {"what": found.what})


def names_in(listed: tuple[str, ...] | None) -> tuple[str, ...]:
    """The names of a list that could be read."""
    return () if listed is None or listed is BROKEN else tuple(name for name in listed if name is not BROKEN)


def obligations_of(tasks: Iterable[ListedTask], names: UnitNames, groups: Sequence[str | None]) -> list[TaskObligation]:
    """One obligation for each task and each unit it applies to, tasks in the order of the list, units in theirs.

    Args:
        tasks: as read; names that nobody goes by lay nothing on anybody.
        names: the units and their names.
        groups: the id of the group of each unit, None where it belongs to none.
    """
    codes = names.units.codes
    return [TaskObligation(task.no, codes[place]) for task in tasks for place in bound_by(task, names, groups)]


def bound_by(task: ListedTask, names: UnitNames, groups: Sequence[str | None]) -> list[int]:
    """The places of the units that a task applies to."""
    bound: set[int] = set()
    for name in names_in(task.applies_to):
        if name == ALL:
            bound.update(range(len(groups)))
        elif name in groups:
            bound.update(place for place, group in enumerate(groups) if group == name)
        elif isinstance(found := names.find(name), int):
            bound.add(found)
    return sorted(bound)
