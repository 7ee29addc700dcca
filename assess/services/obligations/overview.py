"""Tasks and units at a glance, for the office and the departments that lead the tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.core.figures.entry import MILLION
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel
from assess.core.numbers import round_half_up
from assess.core.obligations.reports import current_period, is_wanting, label_of, made_up_by
from assess.core.obligations.standing import ObligationState, deadline_of
from assess.core.obligations.tasks import ListedTask, ReportFrequency
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.obligations.figures import progress_of
from assess.services.obligations.standing import NO_TASK, ObligationCounts, TaskState, state_of
from assess.services.years import Year, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.obligations import (
    CountRow,
    ObligationCounting,
    ObligationRow,
    RequiredPeriods,
    counts_by_task,
    counts_by_unit,
    obligations_of,
)
from assess.store.session import Session

NONE: Final = ObligationCounts(all=0, done=0, on_time=0, overdue=0, reports=0, progress=None)


class ObligationListing(NamedTuple):
    """One obligation as the office sees it; `unreported` where the report of the current period is wanting.

    `share` is its progress in millionths of a percent, as it counts.
    """

    unit: str
    standing: ObligationState
    done: bool
    on_time: bool
    overdue: bool
    unreported: bool
    share: int


class TaskCounts(NamedTuple):
    """How the units stand with one task."""

    task: ListedTask
    deadline: date | None
    counts: ObligationCounts


class UnitCounts(NamedTuple):
    """How one unit stands with its tasks."""

    unit: str
    name: Text
    counts: ObligationCounts


@dataclass(frozen=True)
class ObligationOverview:
    """All obligations of a year on a day, those of one lead department or of all.

    Attributes:
        leads: the departments that lead tasks, by id.
        lead: the chosen one, "" for all.
        all: all of them counted.
        by_task: counts of each task, in the order of the list, where they were asked for.
        by_unit: counts of each unit, in the order of the units, where they were asked for.
    """

    year: Year
    today: date
    lead: str
    leads: dict[str, Text]
    all: ObligationCounts
    by_task: tuple[TaskCounts, ...] = ()
    by_unit: tuple[UnitCounts, ...] = ()

    @property
    def current(self) -> tuple[tuple[PeriodLabel, date], ...]:
        """The periods whose reports are wanting where they are, with the last day to hand them in."""
        found = [current_period(report, self.year.cycle.year, self.today) for report in ReportFrequency]
        read = [(read_label(each.label, self.year.cycle.year), each.due) for each in found if each is not None]
        return tuple((label, due) for label, due in read if isinstance(label, PeriodLabel))


@dataclass(frozen=True)
class TaskAcross:
    """One task, and how each unit that it binds stands with it."""

    year: Year
    today: date
    task: ListedTask
    lines: tuple[ObligationListing, ...]

    @property
    def counts(self) -> ObligationCounts:
        """The units counted."""
        return count(self.lines)

    def state(self, line: ObligationListing) -> TaskState:
        """Where one unit stands."""
        return state_of(line.standing, self.today)


def overview_of(
    session: Session, actor: Actor, *, cycle: CycleRow, lead: str | None, by: Literal["task", "unit"], now: datetime
) -> ObligationOverview:
    """Tasks or units at a glance (4 queries, one more where the sheet, the units or the list changed).

    Args:
        session: the session.
        actor: of the office or an evaluator.
        cycle: the year.
        lead: the id of a lead department, "" for all; None for the reader's own where it leads tasks, else all.
        by: what is counted.
        now: the moment.

    Raises:
        NotAllowed: somebody of another role.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.REVIEW)
    year, today = year_of(session, cycle), day_of(now)
    leads = leads_of(year)
    own = sorted(actor.departments & leads.keys())
    chosen = lead if lead in leads else own[0] if lead is None and own else ""
    counts = counts_by_task if by == "task" else counts_by_unit
    rows = counts(session, cycle=cycle.id, lead=chosen, counting=counting_on(today, cycle.year))
    overview = ObligationOverview(year, today, chosen, leads, summed(rows))
    found = {row.of: summed([row]) for row in rows}
    if by == "task":
        return replace(overview, by_task=tuple(with_tasks(year, chosen, found)))
    every = {**dict.fromkeys(year.units.codes, NONE), **found}
    return replace(
        overview, by_unit=tuple(UnitCounts(unit, year.name_of(unit), counts) for unit, counts in every.items())
    )


def with_tasks(year: Year, lead: str, counts: Mapping[str, ObligationCounts]) -> Iterator[TaskCounts]:
    """The tasks that a department leads with their counts."""
    for task in tasks_led(year, lead):
        yield TaskCounts(task, deadline_of(task, year.cycle.year), counts.get(task.no, NONE))


def counting_on(today: date, year: int) -> ObligationCounting:
    """How obligations are counted on a day."""
    current = {report: current_period(report, year, today) for report in ReportFrequency}
    wanted = [
        RequiredPeriods(report, each.starts, made_up_by(each)) for report, each in current.items() if each is not None
    ]
    return ObligationCounting(today, date(year, 12, 31), tuple(wanted))


def task_across(session: Session, actor: Actor, *, cycle: CycleRow, task: str, now: datetime) -> TaskAcross:
    """One task across the units (4 queries, one more where the sheet, the units or the list changed).

    Raises:
        NotAllowed: somebody of another role.
        NotFound: the list has no such task.
    """
    actor.check_may(Right.REVIEW)
    year, today = year_of(session, cycle), day_of(now)
    found = next((each for each in tasks_led(year, "") if each.no == task), None)
    if found is None:
        raise NotFound(NO_TASK)
    rows = obligations_of(session, cycle=cycle.id, tasks=[task])
    lines = {line.unit: line for line in lines_of(year, rows, today)}
    ordered = tuple(lines[unit] for unit in year.units.codes if unit in lines)
    return TaskAcross(year, today, found, ordered)


def lines_of(year: Year, rows: Iterable[ObligationRow], today: date) -> Iterable[ObligationListing]:
    """Obligations as the office sees them; tasks no longer listed are left out."""
    tasks = {task.no: task for task in tasks_led(year, "")}
    deadlines = {no: deadline_of(task, year.cycle.year) for no, task in tasks.items()}
    current = {report: current_period(report, year.cycle.year, today) for report in ReportFrequency}
    labels: dict[str | None, PeriodLabel | None] = {None: None}
    for row in rows:
        task = tasks.get(row.task)
        if task is not None:
            standing = ObligationState(task, progress_of(row), deadlines[task.no])
            done = standing.progress.is_done
            if row.period not in labels:
                labels[row.period] = label_of(row.period, year.cycle.year)
            yield ObligationListing(
                unit=row.unit,
                standing=standing,
                done=done,
                on_time=done and standing.is_on_time,
                overdue=not done and standing.is_overdue(today),
                unreported=is_wanting(current[task.report], labels[row.period], row.done_on),
                share=100 * MILLION if done else row.progress,
            )


def count(lines: Iterable[ObligationListing]) -> ObligationCounts:
    """Obligations counted; reports are those wanting for the current period."""
    return summed(
        [CountRow("", 1, line.done, line.on_time, line.overdue, line.unreported, line.share) for line in lines]
    )


def summed(rows: Sequence[CountRow]) -> ObligationCounts:
    """Counts of tasks or units taken together."""
    number, share = sum(row.all for row in rows), sum(row.progress for row in rows)
    return ObligationCounts(
        all=number,
        done=sum(row.done for row in rows),
        on_time=sum(row.on_time for row in rows),
        overdue=sum(row.overdue for row in rows),
        reports=sum(row.unreported for row in rows),
        progress=round_half_up(Fraction(share, MILLION * number), 1) if number else None,
    )


def tasks_led(year: Year, lead: str) -> tuple[ListedTask, ...]:
    """The tasks that a department leads; all for ""."""
    tasks = () if year.tasks is None else year.tasks.tasks
    return tuple(task for task in tasks if lead in ("", task.lead))


def leads_of(year: Year) -> dict[str, Text]:
    """The departments that lead tasks, in the order of the rule sheet, then of the list."""
    known = year.sheet.departments or {}
    led = {task.lead for task in tasks_led(year, "") if task.lead}
    ordered = [*(each for each in known if each in led), *sorted(led - known.keys())]
    return {each: title_of(known.get(each), each) for each in ordered}
