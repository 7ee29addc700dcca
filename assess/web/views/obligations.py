"""The annual task list: a unit's obligations, its reports on them, and all units at a glance."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.errors import NotFound
from assess.core.text import Text
from assess.services.obligations import (
    TaskDetails,
    UnitTasks,
    overview_of,
    report_obligation,
    report_obligations,
    task_across,
    task_details,
    unit_tasks,
)
from assess.services.obligations.files import subject_of
from assess.services.obligations.standing import ReportingPeriod, TaskState
from assess.store.queries.evidence import attachments_of
from assess.web.forms.obligations import (
    PeriodForm,
    ReportForm,
    lead_form,
    narrow_form,
    period_form,
    refreshed,
    report_form,
    statuses,
)
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("obligations", __name__)

NOTHING_OPEN = Text(
    "目前没有可以报送的任务，或该填报期尚未开放。",
    "There is no progress to submit now, or the reporting period is not open yet.",
)


@bp.route("/<year:year>/obligations")
@Page(Right.TAKE_PART, title=_l("Annual task list"), area=Area.SUBMISSIONS, place=40)
def index(year: int) -> ResponseReturnValue:
    """All tasks and units at a glance; who only reports for a unit goes on to its tasks."""
    person, cycle = actor(), current_cycle()
    if not person.may(Right.REVIEW):
        return redirect(url_for("obligations.unit", unit=min(person.units, default="-")), code=303)
    lead = flask_request.args.get("lead")
    by: Literal["task", "unit"] = "unit" if flask_request.args.get("by") == "unit" else "task"
    page = overview_of(reader(), person, cycle=cycle, lead=lead, by=by, now=now())
    return render_template("obligations/index.html", page=page, by=by, narrowing=lead_form(page, by))


@bp.route("/<year:year>/obligations/tasks/<path:no>")
@Page(Right.REVIEW)
def across(year: int, no: str) -> ResponseReturnValue:
    """One task across the units."""
    page = task_across(reader(), actor(), cycle=current_cycle(), task=no, now=now())
    return render_template("obligations/across.html", page=page)


@bp.route("/<year:year>/obligations/<unit>")
@Page(Right.TAKE_PART, title=_l("Annual task list"))
def unit(year: int, unit: str) -> ResponseReturnValue:
    """The obligations of a unit by domain."""
    page = tasks_in_view(unit)
    narrowing = narrow_form(page)
    listed = page.by_domain(narrowing.chosen_domain, narrowing.narrow)
    own = sorted(actor().units) if unit in actor().units else []
    about = {"listed": listed, "narrowing": narrowing, "own_units": own, "states": TaskState}
    return render_template("obligations/unit.html", page=page, **about)


def tasks_in_view(unit: str) -> UnitTasks:
    """The obligations that the page is of."""
    return unit_tasks(reader(), actor(), cycle=current_cycle(), unit=unit, now=now())


@bp.route("/<year:year>/obligations/<unit>/<path:no>", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def task(year: int, unit: str, no: str) -> ResponseReturnValue:
    """One obligation: what it asks, what was reported, and the form to report."""
    page = details_in_view(unit, no)
    form = report_form(page)
    if done := submission(form, lambda: hand_in(form, unit, no)):
        return done.redirect(url_for("obligations.task", unit=unit, no=no), _("Submitted."))
    if form.is_stale:
        page = details_in_view(unit, no)
        form.seen.data = str(page.own.row.version)
    files = attachments_of(reader(), cycle=current_cycle().id, unit=unit).get(subject_of(no), [])
    return render_template("obligations/task.html", page=page, form=form, files=files), status_of(form)


def details_in_view(unit: str, no: str) -> TaskDetails:
    """The obligation that the page is of."""
    return task_details(reader(), actor(), cycle=current_cycle(), unit=unit, task=no, now=now())


def hand_in(form: ReportForm, unit: str, no: str) -> None:
    """Report on one obligation."""
    report_obligation(
        db(),
        actor(),
        cycle=current_cycle(),
        unit=unit,
        task=no,
        period=form.period.data or "",
        typed=form.typed,
        seen=form.version,
        now=now(),
    )


@bp.route("/<year:year>/obligations/<unit>/report", methods=["GET", "POST"])
@Page(Right.REPORT)
def report(year: int, unit: str) -> ResponseReturnValue:
    """All reports of a unit for one period on one page, handed in together."""
    actor().check_unit(unit)
    page = tasks_in_view(unit)
    period = period_in_view(page)
    shows_all = flask_request.args.get("show") == "all"
    form = period_form(period, only_pending=not shows_all)
    if done := submission(form, lambda: hand_in_all(form, unit, period)):
        return done.redirect(url_for("obligations.unit", unit=unit), _("Tasks submitted: %(n)s.", n=len(form.meant)))
    if form.is_stale:
        refreshed(form, tasks_in_view(unit).tasks)
    files = attachments_of(reader(), cycle=current_cycle().id, unit=unit)
    about = {"period": period, "form": form, "statuses": statuses(), "shows_all": shows_all}
    about["files"] = {row.own.task.no: len(files.get(subject_of(row.own.task.no), ())) for row in form.rows}
    return render_template("obligations/report.html", page=page, **about), status_of(form)


def period_in_view(page: UnitTasks) -> ReportingPeriod:
    """The period that was chosen, else the one to report on next.

    Raises:
        NotFound: this period cannot be reported on, or none.
    """
    chosen = flask_request.values.get("period")
    default = page.default_period() if chosen is None else None
    found = next((each for each in page.periods if str(each.label) == chosen), default)
    if found is None:
        raise NotFound(NOTHING_OPEN)
    return found


def hand_in_all(form: PeriodForm, unit: str, period: ReportingPeriod) -> None:
    """Report on all tasks that were ticked or changed."""
    report_obligations(
        db(),
        actor(),
        cycle=current_cycle(),
        unit=unit,
        period=str(period.label),
        typed=form.typed,
        seen=form.seen,
        now=now(),
    )
