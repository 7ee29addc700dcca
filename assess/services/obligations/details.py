"""All about one obligation: the task, what it is linked to, its reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from assess.core.actors import Actor
from assess.core.figures.entry import MILLION
from assess.core.obligations.reports import ReportState, RequiredReport
from assess.core.obligations.standing import Status
from assess.core.obligations.tasks import ListedTask, names_in
from assess.core.rules.sheet import Item, all_items, title_of
from assess.core.text import Text
from assess.services.obligations.loading import put_together, reopened_until
from assess.services.obligations.standing import UnitTask, UnitTasks, domain_title
from assess.services.years import Year, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.obligations import PeriodRow, ReportRow, obligations_of, reports_of
from assess.store.session import Session


@dataclass(frozen=True)
class ReportEvent:
    """One report as its history tells it, in words; `period` is called as within its year, or as it was kept.

    `late` where the first report of the period came after its last day, `replaced` where a later one followed.
    """

    row: ReportRow
    period: Text
    status: Text
    share: Fraction
    late: bool
    replaced: bool


@dataclass(frozen=True)
class TaskWords:
    """What a task says, put in words for a page."""

    domain: Text
    lead: Text | None
    assisting: tuple[Text, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class TaskDetails:
    """One obligation of a unit with all there is to know of it."""

    of: UnitTasks
    own: UnitTask
    words: TaskWords
    history: tuple[ReportEvent, ...]


def task_details(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, task: str, now: datetime
) -> TaskDetails:
    """One obligation with its reports (6 queries, one more where the sheet, the units or the list changed).

    Raises:
        NotFound: there is no such unit or it has no such task, or the reader may not see it.
        Refused: no rule sheet is published.
    """
    actor.check_sees_unit(unit)
    year = year_of(session, cycle)
    year.place_of(unit)
    rows = obligations_of(session, cycle=cycle.id, units=[unit], tasks=[task])
    reports = reports_of(session, cycle=cycle.id, unit=unit, task=task)
    said = {task: by_period(reports)}
    until = reopened_until(session, cycle=cycle, units=[unit], now=now)[unit]
    of = put_together(year, actor, unit=unit, rows=rows, told=said, until=until, now=now)
    own = of.task(task)
    return TaskDetails(of, own, words_of(year, own.task), tuple(report_lines(reports, own.reports)))


def by_period(reports: Iterable[ReportRow]) -> dict[str, PeriodRow]:
    """What was reported for each period, from all reports, newest first."""
    found: dict[str, PeriodRow] = {}
    for row in reports:
        newest = found.get(row.period, PeriodRow(row.when, row.status, row.progress, row.done_on))
        found[row.period] = newest._replace(first=row.when)
    return found


def words_of(year: Year, task: ListedTask) -> TaskWords:
    """What a task says."""
    return TaskWords(
        domain=domain_title(year.sheet, task.domain),
        lead=None if task.lead is None else department(year, task.lead),
        assisting=tuple(department(year, each) for each in names_in(task.assisting)),
        items=tuple(linked_items(year, task)),
    )


def department(year: Year, name: str) -> Text:
    """What a department is called."""
    return title_of((year.sheet.departments or {}).get(name), name)


def linked_items(year: Year, task: ListedTask) -> Iterator[Item]:
    """The items of the rule sheet that the task is linked to, from either side."""
    named = set(names_in(task.items))
    for item in all_items(year.sheet):
        if item.id in named or task.no in names_in(item.tasks):
            yield item


def report_lines(reports: Sequence[ReportRow], asked: Iterable[RequiredReport]) -> Iterator[ReportEvent]:
    """Reports as their history tells them, newest first."""
    by_label = {each.period.label: each for each in asked}
    first = {row.period: row for row in reports}
    followed: set[str] = set()
    for row in reports:
        found = by_label.get(row.period)
        is_late = found is not None and found.state is ReportState.LATE
        yield ReportEvent(
            row=row,
            period=Text.same(row.period) if found is None else found.label.label,
            status=Status(row.status).label,
            share=Fraction(row.progress, MILLION),
            late=is_late and row is first[row.period],
            replaced=row.period in followed,
        )
        followed.add(row.period)
