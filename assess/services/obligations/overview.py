"""Tasks and units at a glance, for the office and the departments that lead the tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from assess.core.actors import Actor, Role
from assess.core.calendar import day_of
from assess.core.entry import MILLION
from assess.core.errors import NotFound
from assess.core.numbers import round_half_up
from assess.core.obligation_reports import current_period, is_wanting, label_of
from assess.core.obligations import Standing, deadline_of
from assess.core.periods import Label, read_label
from assess.core.rules.sheet import title_of
from assess.core.tasks import Report, Task
from assess.core.text import Text
from assess.services.obligations.figures import progress_of
from assess.services.obligations.standing import NO_TASK, Counts, TaskState, state_of
from assess.services.years import Year, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.obligations import ObligationRow, obligations_of
from assess.store.session import Session


class Line(NamedTuple):
    """One obligation as the office sees it; `unreported` where the report of the current period is wanting.

    `share` is its progress in millionths of a percent, as it counts.
    """

    unit: str
    standing: Standing
    done: bool
    on_time: bool
    overdue: bool
    unreported: bool
    share: int


class TaskCounts(NamedTuple):
    """How the units stand with one task."""

    task: Task
    deadline: date | None
    counts: Counts


class UnitCounts(NamedTuple):
    """How one unit stands with its tasks."""

    unit: str
    name: Text
    counts: Counts


@dataclass(frozen=True)
class Overview:
    """All obligations of a year on a day, those of one lead department or of all.

    `leads` are the departments that lead tasks, by id; `lead` the chosen one, "" for all.
    """

    year: Year
    today: date
    lead: str
    leads: dict[str, Text]
    lines: dict[str, list[Line]]

    @cached_property
    def by_task(self) -> tuple[TaskCounts, ...]:
        """Counts of each task, in the order of the list."""
        found = []
        for task in tasks_led(self.year, self.lead):
            counts = count(self.lines.get(task.no, []))
            found.append(TaskCounts(task, deadline_of(task, self.year.cycle.year), counts))
        return tuple(found)

    @cached_property
    def by_unit(self) -> tuple[UnitCounts, ...]:
        """Counts of each unit, in the order of the units."""
        found: dict[str, list[Line]] = {unit: [] for unit in self.year.units.codes}
        for lines in self.lines.values():
            for line in lines:
                found.setdefault(line.unit, []).append(line)
        return tuple(UnitCounts(unit, self.year.name_of(unit), count(own)) for unit, own in found.items())

    @property
    def current(self) -> tuple[tuple[Label, date], ...]:
        """The periods whose reports are wanting where they are, with the last day to hand them in."""
        found = [current_period(report, self.year.cycle.year, self.today) for report in Report]
        read = [(read_label(each.label, self.year.cycle.year), each.due) for each in found if each is not None]
        return tuple((label, due) for label, due in read if isinstance(label, Label))

    @cached_property
    def all(self) -> Counts:
        """All of them counted."""
        return count([line for lines in self.lines.values() for line in lines])


@dataclass(frozen=True)
class TaskAcross:
    """One task, and how each unit that it binds stands with it."""

    year: Year
    today: date
    task: Task
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Counts:
        """The units counted."""
        return count(self.lines)

    def state(self, line: Line) -> TaskState:
        """Where one unit stands."""
        return state_of(line.standing, self.today)


def overview_of(session: Session, actor: Actor, *, cycle: CycleRow, lead: str | None, now: datetime) -> Overview:
    """Tasks and units at a glance (4 queries, one more where the sheet, the units or the list changed).

    Args:
        session: the session.
        actor: of the office or an evaluator.
        cycle: the year.
        lead: the id of a lead department, "" for all; None for the reader's own where it leads tasks, else all.
        now: the moment.

    Raises:
        NotAllowed: somebody of another role.
        Refused: no rule sheet is published.
    """
    actor.check_role(Role.OFFICE, Role.EVALUATOR)
    year, today = year_of(session, cycle), day_of(now)
    leads = leads_of(year)
    own = sorted(actor.departments & leads.keys())
    chosen = lead if lead in leads else own[0] if lead is None and own else ""
    tasks = {task.no: task for task in tasks_led(year, chosen)}
    rows = obligations_of(session, cycle=cycle.id, tasks=tasks if chosen else None)
    found: dict[str, list[Line]] = {}
    for line in lines_of(year, rows, today):
        found.setdefault(line.standing.task.no, []).append(line)
    return Overview(year, today, chosen, leads, found)


def task_across(session: Session, actor: Actor, *, cycle: CycleRow, task: str, now: datetime) -> TaskAcross:
    """One task across the units (4 queries, one more where the sheet, the units or the list changed).

    Raises:
        NotAllowed: somebody of another role.
        NotFound: the list has no such task.
    """
    actor.check_role(Role.OFFICE, Role.EVALUATOR)
    year, today = year_of(session, cycle), day_of(now)
    found = next((each for each in tasks_led(year, "") if each.no == task), None)
    if found is None:
        raise NotFound(NO_TASK)
    rows = obligations_of(session, cycle=cycle.id, tasks=[task])
    lines = {line.unit: line for line in lines_of(year, rows, today)}
    ordered = tuple(lines[unit] for unit in year.units.codes if unit in lines)
    return TaskAcross(year, today, found, ordered)


def lines_of(year: Year, rows: Iterable[ObligationRow], today: date) -> Iterable[Line]:
    """Obligations as the office sees them; tasks no longer listed are left out."""
    tasks = {task.no: task for task in tasks_led(year, "")}
    deadlines = {no: deadline_of(task, year.cycle.year) for no, task in tasks.items()}
    current = {report: current_period(report, year.cycle.year, today) for report in Report}
    labels: dict[str | None, Label | None] = {None: None}
    for row in rows:
        task = tasks.get(row.task)
        if task is not None:
            standing = Standing(task, progress_of(row), deadlines[task.no])
            done = standing.progress.is_done
            if row.period not in labels:
                labels[row.period] = label_of(row.period, year.cycle.year)
            yield Line(
                unit=row.unit,
                standing=standing,
                done=done,
                on_time=done and standing.is_on_time,
                overdue=not done and standing.is_overdue(today),
                unreported=is_wanting(current[task.report], labels[row.period], row.done_on),
                share=100 * MILLION if done else row.progress,
            )


def count(lines: Collection[Line]) -> Counts:
    """Obligations counted; reports are those wanting for the current period."""
    mean = Fraction(sum(line.share for line in lines), MILLION * len(lines)) if lines else None
    return Counts(
        all=len(lines),
        done=sum(line.done for line in lines),
        on_time=sum(line.on_time for line in lines),
        overdue=sum(line.overdue for line in lines),
        reports=sum(line.unreported for line in lines),
        progress=None if mean is None else round_half_up(mean, 1),
    )


def tasks_led(year: Year, lead: str) -> tuple[Task, ...]:
    """The tasks that a department leads; all for ""."""
    tasks = () if year.tasks is None else year.tasks.tasks
    return tuple(task for task in tasks if lead in ("", task.lead))


def leads_of(year: Year) -> dict[str, Text]:
    """The departments that lead tasks, in the order of the rule sheet, then of the list."""
    known = year.sheet.departments or {}
    led = {task.lead for task in tasks_led(year, "") if task.lead}
    ordered = [*(each for each in known if each in led), *sorted(led - known.keys())]
    return {each: title_of(known.get(each), each) for each in ordered}
