"""The annual task list: read, compared, accepted as a version, and laid on the units as obligations."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.flaws import Flaw
from assess.core.numbers import as_written
from assess.core.obligations.tasks import ALL, ListedTask, TaskList, obligations_of
from assess.core.rules.checking.ids import known_tasks
from assess.core.rules.sheet import title_of
from assess.core.schema import write_record
from assess.core.text import Language, Text
from assess.core.unseen import unseen_in_tree
from assess.files.task_book import write_task_book
from assess.files.task_lists import CHINESE, LoadedTasks, load_tasks
from assess.services import audit, cycles
from assess.services.documents import UploadedFile, check, without_file
from assess.services.years import Year, year_of
from assess.store import models
from assess.store.base import Json
from assess.store.models import Obligation, TaskListVersion
from assess.store.queries import task_lists
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

OTHER_YEAR: Final = Text(
    "任务清单写明的年度是{found}，本年度是{year}，请核对文件。",
    "This is the task list of {found}, but the year is {year}. Check the file.",
)
OTHER_SHEET: Final = Text(
    "任务清单写明用于评分表“{found}”，本年度的评分表是“{sheet}”，请核对文件。",
    "This task list belongs to the rule sheet {found}, but that of the year is {sheet}. Check the file.",
)
SAME_LIST: Final = Text(
    "这份任务清单与现行清单相同，无需保存。", "This is the current task list. There is nothing to save."
)
EVERY_UNIT: Final = Text("全部", "all")

Pair = tuple[str, str]
"""The number of a task and the code of a unit."""


@dataclass(frozen=True)
class TaskChange:
    """A task that reads otherwise than before: what, old and new text, empty where it said nothing."""

    task: ListedTask
    fields: tuple[tuple[Text, Text, Text], ...]


@dataclass(frozen=True, eq=False)
class TaskListPreview:
    """What a new task list does: to the tasks, and to what binds each unit."""

    year: Year
    whole: TaskList
    tree: Json
    digest: str
    pairs: tuple[Pair, ...]
    bound: frozenset[Pair]
    reported: frozenset[Pair]

    @cached_property
    def before(self) -> dict[str, ListedTask]:
        """The tasks of the list in force, by number."""
        return {} if self.year.tasks is None else {task.no: task for task in self.year.tasks.tasks}

    @property
    def new(self) -> list[ListedTask]:
        """Tasks that were not there before."""
        return [task for task in self.whole.tasks if task.no not in self.before]

    @property
    def removed(self) -> list[ListedTask]:
        """Tasks that are no longer there."""
        kept = {task.no for task in self.whole.tasks}
        return [task for no, task in self.before.items() if no not in kept]

    @cached_property
    def changed(self) -> list[TaskChange]:
        """Tasks that read otherwise, in the order of the new list."""
        both = [(self.before[task.no], task) for task in self.whole.tasks if task.no in self.before]
        called = names_of(self.year)
        found = [TaskChange(task, tuple(field_changes(was, task, called))) for was, task in both]
        return [change for change in found if change.fields]

    @property
    def unchanged(self) -> int:
        """How many tasks stay as they are."""
        return len(self.whole.tasks) - len(self.new) - len(self.changed)

    @property
    def added(self) -> int:
        """How many obligations come."""
        return len(set(self.pairs) - self.bound)

    @property
    def withdrawn(self) -> int:
        """How many obligations go."""
        return len(self.bound - set(self.pairs))

    @property
    def withdrawn_reports(self) -> int:
        """How many of those that go were reported on."""
        return len(self.reported - set(self.pairs))

    @cached_property
    def by_unit(self) -> list[tuple[Text, int]]:
        """How many tasks bind each unit, in the order of the units."""
        counts = Counter(unit for _, unit in self.pairs)
        return [(self.year.name_of(code), counts[code]) for code in self.year.units.codes]


def preview_tasks(session: Session, cycle: CycleRow, document: UploadedFile) -> TaskListPreview:
    """What a document would make of the year's task list.

    Raises:
        Refused: the stage does not allow it, no rule sheet is published yet.
        ValidationError: the document has flaws.
    """
    cycles.check_stage(cycle.stage)
    year = year_of(session, cycle)
    whole = read_task_list(year, document)
    tree = write_record(whole, as_written)
    pairs = tuple((each.task, each.unit) for each in obligations_of(whole.tasks, year.names, year.groups))
    bound = frozenset(task_lists.obligation_pairs(session, cycle.id))
    reported = task_lists.reported_pairs(session, cycle.id)
    return TaskListPreview(year, whole, tree, digest_of(tree), pairs, bound, reported)


def read_task_list(year: Year, document: UploadedFile) -> TaskList:
    """The task list of a document, checked against the year's sheet and units.

    Raises:
        ValidationError: it has flaws.
    """
    with document.lying() as path:
        loaded = load_tasks(path)
        flaws = loaded.checked(year.sheet, year.names)
        check(without_file(flaws))
        check(without_file(loaded.locate(flaw) for flaw in of_another_year(loaded, year)))
    check(known_tasks(year.sheet, frozenset(task.no for task in loaded.tasks)))
    return loaded.whole


def of_another_year(loaded: LoadedTasks, year: Year) -> Iterator[Flaw]:
    """What shows that a list without other flaws is not this year's, and text that cannot be kept."""
    whole = loaded.whole
    if whole.year not in (None, year.cycle.year):
        yield Flaw(("year",), OTHER_YEAR, {"found": whole.year, "year": year.cycle.year})
    if whole.cycle not in (None, year.sheet.id):
        yield Flaw(("cycle",), OTHER_SHEET, {"found": whole.cycle, "sheet": year.sheet.id})
    yield from unseen_in_tree(write_record(whole, as_written))


def accept_tasks(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, now: datetime,
    seen: int | None = None, reason: str = "",
) -> TaskListVersion:  # fmt: skip
    """Make a document the task list in force, and lay its obligations on the units.

    What units reported on obligations that stay is kept; obligations that go are withdrawn, and live again when they
    come back. `seen` is the version of the year that the officer saw.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, a reason is missing, nothing changes, or no rule sheet is published.
        ValidationError: the document has flaws.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    preview = preview_tasks(session, cycle, document)
    versions = task_lists.task_list_rows(session, cycle.id)
    kept_reason = cycles.check_reason(reason, needed=bool(versions) and cycle.opened)
    if versions and versions[0].digest == preview.digest:
        raise Refused(SAME_LIST)
    number = versions[0].number + 1 if versions else 1
    version = TaskListVersion(
        cycle_id=cycle.id, number=number, digest=preview.digest, tree=preview.tree, upload=document.sha256,
        file_name=document.name, reason=kept_reason, loaded_by=actor.account, loaded_at=now,
    )  # fmt: skip
    session.add(version)
    replace_tasks(session, cycle.id, preview.whole, preview.tree)
    create_obligations(session, cycle.id, preview.pairs, now)
    told = {"number": number, "digest": preview.digest, "file": document.name, "upload": document.sha256}
    told |= {"reason": kept_reason, "tasks": len(preview.whole.tasks), "obligations": len(preview.pairs)}
    old = {"number": versions[0].number, "digest": versions[0].digest} if versions else None
    audit.record(session, actor, subject=f"task-list:{cycle.year}", action="accepted", old=old, new=told, now=now)
    return version


def replace_tasks(session: Session, cycle: int, whole: TaskList, tree: Json) -> None:
    """The rows of the tasks in force."""
    for row in task_lists.task_models(session, cycle):
        session.delete(row)
    flush(session)
    for place, task in enumerate(whole.tasks):
        deadline = task.deadline if isinstance(task.deadline, date) else None
        session.add(
            models.Task(
                cycle_id=cycle, place=place, no=task.no, domain=task.domain, title_zh=task.title.zh,
                title_en=task.title.en, deadline=deadline, report=task.report, lead=task.lead,
                tree=tree["tasks"][place],
            )
        )  # fmt: skip
    flush(session)


def create_obligations(session: Session, cycle: int, pairs: tuple[Pair, ...], now: datetime) -> None:
    """Have exactly these obligations bind: new ones are made, others withdrawn, earlier ones live again."""
    kept = {(row.task_no, row.unit): row for row in task_lists.obligation_models(session, cycle)}
    wanted = dict.fromkeys(pairs)
    for pair, row in kept.items():
        if pair in wanted:
            row.withdrawn_at = None
        elif row.withdrawn_at is None:
            row.withdrawn_at = now
    session.add_all(Obligation(cycle_id=cycle, task_no=no, unit=unit) for no, unit in wanted if (no, unit) not in kept)
    flush(session)


def rebuild_obligations(session: Session, cycle: CycleRow, year: Year, now: datetime) -> None:
    """What the list in force lays on the units, after units or their groups changed."""
    if year.tasks is not None:
        pairs = tuple((each.task, each.unit) for each in obligations_of(year.tasks.tasks, year.names, year.groups))
        create_obligations(session, cycle.id, pairs, now)


def written_tasks(session: Session, cycle: CycleRow, language: Language) -> BytesIO:
    """The list as a workbook to edit; empty, with its headings, before there is one (as `year_of`).

    Raises:
        Refused: no rule sheet is published.
    """
    year, book = year_of(session, cycle), BytesIO()
    groups = [group.id for group in year.sheet.groups or ()]
    departments = list(year.sheet.departments or {})
    write_task_book(book, language, year.tasks or TaskList(tasks=()), departments=departments, groups=groups)
    book.seek(0)
    return book


def digest_of(tree: Json) -> str:
    """The SHA-256 of what a list says."""
    canonical = json.dumps(tree, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def names_of(year: Year) -> dict[str, Text]:
    """What departments, groups and units are called, by the ids that a task list names them by."""
    sheet, units = year.sheet, year.units
    groups = {group.id: title_of(group, group.id) for group in sheet.groups or ()}
    departments = {name: title_of(department, name) for name, department in (sheet.departments or {}).items()}
    return {**dict(zip(units.codes, units.names, strict=True)), **departments, **groups, ALL: EVERY_UNIT}


def field_changes(old: ListedTask, new: ListedTask, called: Mapping[str, Text]) -> Iterator[tuple[Text, Text, Text]]:
    """The keys that read otherwise, with what they said and say."""
    before, after = ({"applies_to": ALL, **write_record(task, as_written)} for task in (old, new))
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            was, reads = as_line(before.get(name), called), as_line(after.get(name), called)
            yield Text(CHINESE[name], name.replace("_", " ")), was, reads


def as_line(value: Any, called: Mapping[str, Text]) -> Text:
    """A value of a task on one line, ids by what they are called."""
    if isinstance(value, Mapping):
        return Text.same(" / ".join(map(str, value.values())))
    several = value if isinstance(value, list) else [] if value is None else [value]
    texts = [called.get(each) or Text.same(each) for each in map(str, several)]
    return Text("、".join(each.zh for each in texts), ", ".join(each.en for each in texts))
