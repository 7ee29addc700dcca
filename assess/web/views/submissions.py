"""What the units submitted, for those who certify it: the list, one form, and sending it back."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.workflow import SubmissionState
from assess.services.evidence import repeats_of
from assess.services.forms.comparing import changes, submitted
from assess.services.forms.overview import overview
from assess.services.forms.returning import certified_by, check_may_return, may_return, return_form
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.store.queries.evidence import attachments_of
from assess.store.queries.forms import events_of
from assess.web.form_entries import SUBMISSION_STATES, returned_notice, steps_of
from assess.web.forms.forms import ReturnForm, StateForm
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("submissions", __name__)

STATES = {state.value: state for state in SubmissionState}


def form_in_view(unit: str) -> UnitFormPage:
    """The form that the page is of."""
    return unit_form(reader(), actor(), cycle=current_cycle(), unit=unit, now=now())


@bp.route("/<year:year>/submissions")
@Page(Right.REVIEW, title=_l("Submissions"), area=Area.SUBMISSIONS, place=110)
def listing(year: int) -> ResponseReturnValue:
    """The forms of all units, or those in one state."""
    state = STATES.get(flask_request.args.get("state", ""))
    rows = overview(reader(), actor(), cycle=current_cycle(), state=state, now=now())
    form = StateForm(data={"state": "" if state is None else state.value})
    return render_template("forms/submissions.html", rows=rows, form=form, states=SUBMISSION_STATES)


@bp.route("/<year:year>/submissions/<unit>")
@Page(Right.REVIEW)
def show(year: int, unit: str) -> ResponseReturnValue:
    """What a unit submitted last, beside last year's values."""
    page = form_in_view(unit)
    events = events_of(reader(), cycle=current_cycle().id, unit=unit)
    newest, before = submitted(events)
    answers = newest.answers if newest else {}
    return render_template(
        "forms/submission.html",
        page=page,
        event=newest.event if newest else None,
        answers=answers,
        remarks=newest.remarks if newest else {},
        changes=changes(page, before.answers, answers) if before else None,
        attached=attachments_of(reader(), cycle=current_cycle().id, unit=unit),
        repeats=repeats_of(reader(), actor(), cycle=current_cycle(), unit=unit),
        steps=steps_of(events),
        notice=returned_notice(page),
        state=SUBMISSION_STATES[page.row.state],
        may_return=may_return(page, actor()),
    )


@bp.route("/<year:year>/submissions/<unit>/return", methods=["GET", "POST"])
@Page(Right.REVIEW)
def send_back(year: int, unit: str) -> ResponseReturnValue:
    """Send a form back with the reason."""
    page, form = form_in_view(unit), ReturnForm()
    check_may_return(page, actor())
    figures = certified_by(page, actor())
    form.offer({q.figure: q.title for s in page.form.sections for q, _f in s.questions if q.figure in figures})
    if done := submission(form, lambda: send(form, unit)):
        return done.redirect(url_for("submissions.show", unit=unit), _("The form is returned to the unit."))
    if not form.is_submitted():
        form.seen.data = str(page.row.version)
    return render_template("forms/send_back.html", page=page, form=form), status_of(form)


def send(form: ReturnForm, unit: str) -> None:
    """Send the form back as it was asked."""
    return_form(
        db(),
        actor(),
        cycle=current_cycle(),
        unit=unit,
        reason=form.reason.data or "",
        figures=form.figures.data or (),
        seen=form.version,
        now=now(),
    )
