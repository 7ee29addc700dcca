"""Evidence of an obligation: files attached and withdrawn."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.core.errors import NotFound, Refused
from assess.services.evidence import Attached
from assess.services.obligations.files import (
    TaskFiles,
    attach_to_task,
    task_files,
    withdraw_from_task,
)
from assess.services.obligations.standing import NO_TASK
from assess.web.filters import localized
from assess.web.forms.evidence import AttachForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission
from assess.web.views.evidence import ask_to_withdraw, keep, say

bp = Blueprint("obligation_files", __name__)


@bp.route("/<year:year>/obligations/<unit>/files/<path:no>", methods=["GET", "POST"])
@Page(Right.TAKE_PART, under="obligations.index")
def files(year: int, unit: str, no: str) -> ResponseReturnValue:
    """The files that prove what was done; an official of the unit attaches more."""
    page = task_files(reader(), actor(), cycle=current_cycle(), unit=unit, task=no, now=now())
    form = AttachForm()
    form.offer(page.others, {subject: localized(title) for subject, title in page.titles.items()})
    if form.is_submitted():
        check_may_change(page)
        keep(form)
    if done := submission(form, lambda: attach(form, unit, no)):
        say(done.result)
        return done.redirect(url_for("obligation_files.files", unit=unit, no=no))
    return render_template("obligations/files.html", page=page, form=form), status_of(form)


def check_may_change(page: TaskFiles) -> None:
    """Let an official of the unit pass while the unit may report.

    Raises:
        NotFound: another unit.
        Refused: reporting is closed; says why.
    """
    if not page.of.may_edit:
        raise NotFound(NO_TASK)
    if page.of.window.locked is not None:
        raise Refused(page.of.window.locked)


def attach(form: AttachForm, unit: str, no: str) -> Attached:
    """Attach what is ticked and what came."""
    return attach_to_task(
        db(),
        actor(),
        cycle=current_cycle(),
        unit=unit,
        task=no,
        claims=form.claims,
        note=form.note.data or "",
        now=now(),
    )


@bp.route("/<year:year>/obligations/<unit>/withdraw/<row:row>/<path:no>", methods=["GET", "POST"])
@Page(Right.REPORT)
def withdraw(year: int, unit: str, row: int, no: str) -> ResponseReturnValue:
    """Withdraw a file of an obligation, once that is confirmed."""
    back = url_for("obligation_files.files", unit=unit, no=no)
    if flask_request.method != "POST":
        page = task_files(reader(), actor(), cycle=current_cycle(), unit=unit, task=no, now=now())
        return ask_to_withdraw(page.files, row, back)
    name = withdraw_from_task(db(), actor(), cycle=current_cycle(), unit=unit, task=no, row=row, now=now())
    flash(_("%(name)s is withdrawn. It stays in the history and can be uploaded again.", name=name), "success")
    return redirect(back, code=303)
