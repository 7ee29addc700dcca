"""What the office finds on its home page: the stage, how far everybody is, what waits for it, and the last run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor
from assess.core.calendar import DueState, day_of, due_on
from assess.core.jobs import JobState
from assess.core.workflow import Request
from assess.services.appeals import AppealView
from assess.services.certifying.overview import ValueView, values_waiting
from assess.services.forms.overview import overview_of
from assess.services.imports.comparing import demands_with
from assess.services.imports.departments import DepartmentProgress, progress_of
from assess.services.runs.comparing import last_run
from assess.services.years import Year, exemptions_of, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.dashboard import OpenWork, open_work
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized
from assess.web.forms.completeness import INCOMPLETE
from assess.web.office_entries import move_waiting, reports
from assess.web.panel_entries import to_judge
from assess.web.request import now, reader

ASKED: Final[dict[str, dict[str, Any]]] = {
    "exemptions.listing": {"state": Request.ASKED.value},
    "exclusions.listing": {"state": Request.ASKED.value},
    "appeals.listing": {"show": AppealView.OPEN.value},
    "corrections.listing": {"state": Request.ASKED.value},
}
"""How each list is narrowed to what waits for the office."""


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The whole year at a glance (8 queries while figures are gathered, else 1; more after a new run)."""
    work = open_work(reader(), cycle.id)
    gathered = of_figures(person, cycle) if cycle.stage.is_gathering else ()
    return [stage(cycle), *gathered, *requests(work, cycle.year), *run(person, cycle, work), *jobs(work)]


def stage(cycle: CycleRow) -> TodoBlock:
    """Where the year is, and for how long."""
    due = due_on(cycle.ends.get(cycle.stage), day_of(now()))
    entry = TodoEntry(
        text=localized(cycle.stage.label).capitalize(),
        href=url_for("stages.show", year=cycle.year),
        status=localized(due.message),
        state="overdue" if due.state is DueState.OVERDUE else "current",
    )
    return TodoBlock(title=_("Stage"), entries=(entry,))


def of_figures(person: Actor, cycle: CycleRow) -> Iterator[TodoBlock]:
    """How far departments and units are, what waits to be certified, what the reader judges (7 queries)."""
    year = year_of(reader(), cycle)
    exemptions = exemptions_of(reader(), year)
    demands = demands_with(reader(), year, exemptions)
    yield departments(year, progress_of(reader(), year, demands))
    yield reports(overview_of(reader(), year, exemptions, now=now()), cycle)
    yield certifying(year)
    yield from to_judge(person, year, demands)


def departments(year: Year, lines: Sequence[DepartmentProgress]) -> TodoBlock:
    """How many units each department has not supplied all its figures of."""
    entries = tuple(
        TodoEntry(
            text=localized(line.title),
            href=url_for("completeness.matrix", year=year.cycle.year, supplier=line.department, show=INCOMPLETE),
            status=_("Units not complete: %(n)s", n=line.left) if line.left else _("Complete"),
            state="due" if line.left else "done",
            is_finished=not line.left,
        )
        for line in lines
    )
    return TodoBlock(
        title=_("Data of departments"),
        entries=entries,
        done=sum(not line.left for line in lines),
        all=len(lines),
        link=(_("Department data (Excel)"), url_for("imports.index", year=year.cycle.year)),
    )


def certifying(year: Year) -> TodoBlock:
    """How many submitted values nobody certified, and how many of them are unusual."""
    waiting = values_waiting(reader(), year)
    counts = ((ValueView.WAITING, waiting.count, "due"), (ValueView.SUSPICIOUS, waiting.doubtful, "overdue"))
    entries = tuple(
        TodoEntry(
            text=localized(show.label),
            href=url_for("certifying.listing", year=year.cycle.year, show=show.value),
            status=_("Values: %(n)s", n=count),
            state=state,
        )
        for show, count, state in counts
        if count
    )
    return TodoBlock(
        title=_("Submitted data to certify"), entries=entries, due="" if entries else _("No values to certify.")
    )


def requests(work: OpenWork, year: int) -> Iterator[TodoBlock]:
    """What the office decides: requests, appeals, corrections, and a move."""
    waiting = (
        (_("Exemptions"), "exemptions.listing", _("Requests: %(n)s", n=work.exemptions), work.exemptions),
        (_("Excluded data"), "exclusions.listing", _("Requests: %(n)s", n=work.exclusions), work.exclusions),
        (_("Appeals to decide"), "appeals.listing", _("Appeals: %(n)s", n=work.appeals), work.appeals),
        (
            _("Corrections to confirm"),
            "corrections.listing",
            _("Corrections: %(n)s", n=work.corrections),
            work.corrections,
        ),
    )
    entries = tuple(
        TodoEntry(text=text, href=url_for(page, year=year, **ASKED[page]), status=status, state="due")
        for text, page, status, count in waiting
        if count
    )
    entries += move_waiting(work.move, year)
    if entries:
        yield TodoBlock(title=_("Requests and appeals to decide"), entries=entries)


def run(person: Actor, cycle: CycleRow, work: OpenWork) -> Iterator[TodoBlock]:
    """The last run, and how many units changed since the one before."""
    if work.last_run is None:
        return
    found = last_run(reader(), person, cycle=cycle, number=work.last_run)
    year, number = cycle.year, work.last_run
    entries = [
        TodoEntry(
            text=_("Run %(number)s", number=number),
            href=url_for("runs.show", year=year, number=number),
            hint=_("%(kind)s, as of %(day)s", kind=localized(found.run.kind.label), day=day(found.run.day)),
            status=_("Units: %(n)s", n=found.run.units),
            state="current",
        )
    ]
    if found.changed is not None:
        entries.append(
            TodoEntry(
                text=_("Changed since run %(number)s", number=number - 1),
                href=url_for("runs.compare", year=year, number=number),
                status=_("Units: %(n)s", n=found.changed),
                state="due" if found.changed else "done",
            )
        )
    yield TodoBlock(
        title=_("Last run"), entries=tuple(entries), link=(_("All runs"), url_for("runs.listing", year=year))
    )


def jobs(work: OpenWork) -> Iterator[TodoBlock]:
    """The jobs that failed, run or wait."""
    counts = {
        JobState.FAILED: (work.failed_jobs, "failed"),
        JobState.RUNNING: (work.running_jobs, "running"),
        JobState.WAITING: (work.waiting_jobs, "waiting"),
    }
    entries = tuple(
        TodoEntry(
            text=localized(state.label).capitalize(),
            href=url_for("jobs.listing", state=state.value),
            status=_("Jobs: %(n)s", n=count),
            state=colour,
        )
        for state, (count, colour) in counts.items()
        if count
    )
    if entries:
        yield TodoBlock(title=_("Jobs"), entries=entries)
