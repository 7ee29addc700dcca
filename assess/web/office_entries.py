"""What the office and the evaluators have to do: the set-up, what units submitted, what waits for a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor, Right
from assess.core.set_up import StepState, next_step
from assess.core.workflow import SubmissionState
from assess.services.forms.overview import FormOverview
from assess.services.imports.comparing import demands_in
from assess.services.set_up.steps import set_up_of
from assess.services.years import year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.stages import units_by_state
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.certifying_entries import waiting
from assess.web.filters import localized
from assess.web.form_entries import SUBMISSION_STATES
from assess.web.forms.completeness import NOT_STARTED
from assess.web.import_entries import own_figures
from assess.web.panel_entries import to_judge
from assess.web.request import reader


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """What waits for an evaluator (10 queries)."""
    if person.may(Right.ADMINISTER) or not person.may(Right.CERTIFY):
        return []
    return [*of_departments(person, cycle), submitted(units_by_state(reader(), cycle.id), cycle.year)]


def set_up_blocks(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The next step of a year that is not open (7 queries, and one for each part of the year that changed)."""
    if not person.may(Right.ADMINISTER):
        return []
    steps = set_up_of(reader(), cycle)
    upcoming = next_step(steps)
    return [
        TodoBlock(
            title=_("Set-up"),
            done=sum(step.standing is StepState.DONE for step in steps),
            all=len(steps),
            due=_("Next step: %(step)s", step=localized(upcoming.name.label)) if upcoming else "",
            link=(_("Continue the set-up"), url_for("set_up.show", year=cycle.year)),
        )
    ]


def reports(rows: Sequence[FormOverview], cycle: CycleRow) -> TodoBlock:
    """How far the units' forms are."""
    blank = sum(row.is_blank for row in rows)
    entries = [not_started(blank, cycle.year)] if blank else []
    for state in SubmissionState:
        count = sum(row.row.state is state and not row.is_blank for row in rows)
        if count:
            entries.append(in_state(state, count, cycle.year))
    return TodoBlock(
        title=_("Self-assessment of units"),
        entries=tuple(entries),
        done=sum(row.row.state in (SubmissionState.SUBMITTED, SubmissionState.CERTIFIED) for row in rows),
        all=len(rows),
        link=(_("Submission progress by unit and figure"), url_for("completeness.matrix", year=cycle.year)),
    )


def not_started(count: int, year: int) -> TodoEntry:
    """Units whose form is blank, where they can be reminded."""
    return TodoEntry(
        text=_("Not started"),
        href=url_for("completeness.matrix", year=year, show=NOT_STARTED),
        status=_("Units: %(n)s", n=count),
        state="overdue",
    )


def in_state(state: SubmissionState, count: int, year: int) -> TodoEntry:
    """The forms in one state."""
    return TodoEntry(
        text=localized(state.label).capitalize(),
        href=url_for("submissions.listing", year=year, state=state.value),
        status=_("Units: %(n)s", n=count),
        state=SUBMISSION_STATES[state],
    )


def move_waiting(row: int | None, year: int) -> tuple[TodoEntry, ...]:
    """A move that waits for a second person."""
    if row is None:
        return ()
    href, status = url_for("stages.request", year=year, row=row), _("Pending a second person")
    return (TodoEntry(text=_("Move decided by two people"), href=href, status=status, state="due"),)


def submitted(units: Mapping[SubmissionState, Collection[str]], year: int) -> TodoBlock:
    """The forms that units submitted and nobody certified yet."""
    states = (SubmissionState.SUBMITTED, SubmissionState.RETURNED)
    entries = tuple(in_state(state, len(units[state]), year) for state in states if units[state])
    return TodoBlock(
        title=_("Self-assessment of units"),
        entries=entries,
        due="" if entries else _("No forms to certify or returned."),
        link=(_("Submissions of all units"), url_for("submissions.listing", year=year)),
    )


def of_departments(person: Actor, cycle: CycleRow) -> Iterator[TodoBlock]:
    """How far the figures of the evaluator's departments are, what they certify and what they judge (9 queries)."""
    if person.departments:
        year = year_of(reader(), cycle)
        demands = demands_in(reader(), year)
        yield from own_figures(person, year, demands)
        yield from waiting(person, year)
        yield from to_judge(person, year, demands)
