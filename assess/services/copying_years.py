"""The next year made from a year as a first draft: units, objects, rule sheet, task list, leadership teams, dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.flaws import Flaw
from assess.core.numbers import as_written
from assess.core.obligations.tasks import TaskList
from assess.core.rules.sheet import RuleSheet, digest_of, tree_of
from assess.core.schema import write_record
from assess.core.stages.timeline import StageSpan
from assess.core.text import Text
from assess.core.units.changes import UnitEntry
from assess.core.units.renames import name_on
from assess.services import audit, task_lists
from assess.services.cycles import create_year
from assess.services.rules import beside, misfits, sheet_of
from assess.services.stages import as_json, write_dates
from assess.services.units.unit_list import replace_units
from assess.services.years import tasks_of
from assess.store.models import ObjectListVersion, SheetVersion, TaskListVersion, TeamMember
from assess.store.queries import rules, stages, teams, units, years
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Session, flush

COPIED: Final = Text("由{year}年度复制", "copied from {year}")


@dataclass(frozen=True)
class CopiedYear:
    """What the next year got; `flaws` are why the rule sheet was left out, if it was."""

    year: int
    units: int
    objects: int
    tasks: int
    members: int
    dates: int
    sheet: bool
    flaws: tuple[Flaw, ...]


def copy_year(session: Session, actor: Actor, *, origin: CycleRow, now: datetime) -> CopiedYear:
    """Make the year after a year; the sheet is a draft there, and nothing that was reported or decided goes along.

    Units bear the names that hold on its first day, members stay who are in office on it, and days move by a year.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there is the next year already.
        Stale: somebody makes it at this moment.
    """
    year = origin.year + 1
    title = in_year(origin.title, origin.year, year)
    create_year(session, actor, year=year, title=title, now=now, demonstration=origin.demonstration)
    target = cycle_of_year(session, year=year)
    assert target is not None
    entries = copy_units(session, origin, target)
    objects = copy_objects(session, actor, origin, target, now=now)
    whole = tasks_in_year(session, origin, target)
    sheet, flaws = copy_sheet(session, actor, origin, target, tasks=whole, now=now)
    if whole is not None:
        copy_tasks(session, actor, target, whole, from_year=origin.year, now=now)
    members = copy_members(session, origin, target)
    spans = {stage: StageSpan(*map(a_year_later, span)) for stage, span in stages.spans_of(session, origin.id).items()}
    write_dates(session, target.id, spans)
    copied = CopiedYear(
        year=year,
        units=len(entries),
        objects=objects,
        tasks=len(whole.tasks) if whole is not None else 0,
        members=members,
        dates=len(spans),
        sheet=sheet,
        flaws=tuple(flaws),
    )
    new = {
        "from": origin.year,
        "units": copied.units,
        "objects": objects,
        "tasks": copied.tasks,
        "members": members,
        "sheet": sheet,
    }
    audit.record(session, actor, subject=f"cycle:{year}", action="copied", new={**new, **as_json(spans)}, now=now)
    return copied


def in_year(text: Text, old: int, new: int) -> Text:
    """A title of one year as it is in another."""
    return Text(*(each.replace(str(old), str(new)) for each in text))


def a_year_later(day: date) -> date:
    """The same day of the next year; the 28th of February after the 29th."""
    year = min(day.year + 1, date.max.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def copy_units(session: Session, origin: CycleRow, target: CycleRow) -> tuple[UnitEntry, ...]:
    """The units under the names that hold on the first day of the year; other names they bore become aliases."""
    known = units.unit_entries(session, origin.id)
    renames = units.all_renames(session, [entry.code for entry in known])
    first = date(target.year, 1, 1)
    entries = []
    for entry in known:
        name = name_on(first, entry.code, entry.name, renames)
        others = [text for text in (*entry.aliases, *entry.name) if text not in name]
        entries.append(replace(entry, name=name, aliases=tuple(dict.fromkeys(others))))
    replace_units(session, target.id, tuple(entries))
    return tuple(entries)


def copy_objects(session: Session, actor: Actor, origin: CycleRow, target: CycleRow, *, now: datetime) -> int:
    """Keep the list of objects, if there is one; the number of its rows, one for each unit of an object."""
    newest = years.newest_parts(session, origin.id).objects
    if newest is None:
        return 0
    tree = years.object_list_tree(session, newest[0])
    session.add(
        ObjectListVersion(
            cycle_id=target.id, number=1, digest=newest[1], tree=tree, upload=None, file_name="",
            reason=COPIED.format(year=origin.year).zh, loaded_by=actor.account, loaded_at=now,
        )
    )  # fmt: skip
    flush(session)
    return len(tree["rows"])


def sheet_in_year(sheet: RuleSheet, old: int, new: int) -> RuleSheet:
    """A sheet as a draft of another year: year, title, and the id where it ends in the year."""
    name = sheet.id.removesuffix(str(old)) + str(new) if sheet.id.endswith(str(old)) else sheet.id
    return replace(sheet, year=new, id=name, title=in_year(sheet.title, old, new))


def copy_sheet(
    session: Session, actor: Actor, origin: CycleRow, target: CycleRow, *, tasks: TaskList | None, now: datetime
) -> tuple[bool, Sequence[Flaw]]:
    """Keep the published sheet as a draft; whether it was kept, and what is wrong with it in the new year."""
    row = next((each for each in rules.sheet_rows(session, origin.id) if each.is_published), None)
    if row is None:
        return False, ()
    sheet = sheet_in_year(sheet_of(session, origin, row.number), origin.year, target.year)
    flaws = misfits(sheet, replace(beside(session, target), tasks=tasks))
    if flaws:
        return False, flaws
    session.add(
        SheetVersion(
            cycle_id=target.id, number=1, digest=digest_of(sheet), tree=tree_of(sheet), upload=row.upload,
            file_name=row.file_name, reason=COPIED.format(year=origin.year).zh, loaded_by=actor.account, loaded_at=now,
            published_by=None, published_at=None,
        )
    )  # fmt: skip
    flush(session)
    return True, ()


def tasks_in_year(session: Session, origin: CycleRow, target: CycleRow) -> TaskList | None:
    """The task list with its deadlines a year later; None where there is none."""
    newest = years.newest_task_list(session, origin.id)
    if newest is None:
        return None
    whole, old, new = tasks_of(session, *newest), origin.year, target.year
    moved = tuple(
        replace(task, deadline=a_year_later(task.deadline) if isinstance(task.deadline, date) else task.deadline)
        for task in whole.tasks
    )
    names = {
        name: text.replace(str(old), str(new)) for name in ("id", "cycle") if (text := getattr(whole, name)) is not None
    }
    title = None if whole.title is None else in_year(whole.title, old, new)
    return replace(whole, **names, title=title, year=None if whole.year is None else new, tasks=moved)


def copy_tasks(
    session: Session, actor: Actor, target: CycleRow, whole: TaskList, *, from_year: int, now: datetime
) -> None:
    """Keep the task list; it binds the units once the sheet is published."""
    tree = write_record(whole, as_written)
    session.add(
        TaskListVersion(
            cycle_id=target.id, number=1, digest=task_lists.digest_of(tree), tree=tree, upload=None, file_name="",
            reason=COPIED.format(year=from_year).zh, loaded_by=actor.account, loaded_at=now,
        )
    )  # fmt: skip
    task_lists.replace_tasks(session, target.id, whole, tree)


def copy_members(session: Session, origin: CycleRow, target: CycleRow) -> int:
    """Who is still in office on the first day of the year; how many."""
    first = date(target.year, 1, 1)
    staying = [each for each in teams.members(session, origin.id) if each.held(first)]
    session.add_all(
        TeamMember(
            cycle_id=target.id, unit=each.unit, post=each.post, name=each.name, begins=each.begins, ends=each.ends
        )
        for each in staying
    )
    flush(session)
    return len(staying)
