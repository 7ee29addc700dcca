"""The annual task list: a unit's obligations, its reports on them, and all units at a glance."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.errors import NotFound, Refused, Stale
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
from assess.store.session import Session
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
from assess.web.request import actor, current_cycle, database, db, now, reader

bp = Blueprint("obligations", __name__)

NOTHING_OPEN = Text(
    "目前没有可以报送的任务，或该填报期尚未开放。",
    "There are no tasks to report on now, or the period is not open yet.",
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
    page = tasks_in_view(reader(), unit)
    narrowing = narrow_form(page)
    listed = page.by_domain(narrowing.chosen_domain, narrowing.narrow)
    own = sorted(actor().units) if unit in actor().units else []
    about = {"listed": listed, "narrowing": narrowing, "own_units": own, "states": TaskState}
    return render_template("obligations/unit.html", page=page, **about)


def tasks_in_view(session: Session, unit: str) -> UnitTasks:
    """The obligations that the page is of."""
    return unit_tasks(session, actor(), cycle=current_cycle(), unit=unit, now=now())


@bp.route("/<year:year>/obligations/<unit>/<path:no>", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def task(year: int, unit: str, no: str) -> ResponseReturnValue:
    """One obligation: what it asks, what was reported, and the form to report."""
    page, status = details_in_view(reader(), unit, no), 200
    form = report_form(page)
    if form.validate_on_submit():
        try:
            hand_in(form, unit, no)
        except Refused as error:
            form.take(error)
        except Stale as error:
            form.take(error)
            page, status = newest(form, unit, no), 409
        else:
            flash(_("Submitted."), "success")
            return redirect(url_for("obligations.task", unit=unit, no=no), code=303)
    status = 422 if form.errors and status == 200 else status
    files = attachments_of(reader(), cycle=current_cycle().id, unit=unit).get(subject_of(no), [])
    return render_template("obligations/task.html", page=page, form=form, files=files), status


def details_in_view(session: Session, unit: str, no: str) -> TaskDetails:
    """The obligation that the page is of."""
    return task_details(session, actor(), cycle=current_cycle(), unit=unit, task=no, now=now())


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


def newest(form: ReportForm, unit: str, no: str) -> TaskDetails:
    """The obligation as somebody else reported it meanwhile; who now sees both may report again."""
    with database().reading() as session:
        page = details_in_view(session, unit, no)
    form.seen.data = str(page.own.row.version)
    return page


@bp.route("/<year:year>/obligations/<unit>/report", methods=["GET", "POST"])
@Page(Right.REPORT)
def report(year: int, unit: str) -> ResponseReturnValue:
    """All reports of a unit for one period on one page, handed in together."""
    actor().check_unit(unit)
    page, status = tasks_in_view(reader(), unit), 200
    period = period_in_view(page)
    form = period_form(period)
    if form.validate_on_submit():
        try:
            hand_in_all(form, unit, period)
        except Refused as error:
            form.take(error)
        except Stale as error:
            form.take(error)
            status = see_newest(form, unit)
        else:
            flash(_("Tasks submitted: %(n)s.", n=len(form.meant)), "success")
            return redirect(url_for("obligations.unit", unit=unit), code=303)
    status = 422 if form.errors and status == 200 else status
    about = {"period": period, "form": form, "statuses": statuses()}
    return render_template("obligations/report.html", page=page, **about), status


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


def see_newest(form: PeriodForm, unit: str) -> int:
    """Let who now sees what was reported meanwhile report again; the status of such an answer."""
    with database().reading() as session:
        refreshed(form, tasks_in_view(session, unit).tasks)
    return 409
