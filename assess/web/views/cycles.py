"""The assessment years, and a new one."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.services.cycles import create_year, delete_year, is_empty
from assess.store.queries.cycles import cycles_seen_by
from assess.web.forms.cycles import YearForm
from assess.web.forms.documents import ActForm
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, forget_year, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("cycles", __name__)


@bp.route("/years")
@Page(Right.ADMINISTER, title=_l("Assessment years"), area=Area.YEAR, place=10)
def index() -> ResponseReturnValue:
    """All years, newest first."""
    return render_template("cycles/index.html", cycles=cycles_seen_by(reader(), actor()))


@bp.route("/years/new", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def create() -> ResponseReturnValue:
    """A new year."""
    form = YearForm()
    if done := submission(form, lambda: create_year(db(), actor(), year=form.number, title=form.title, now=now())):
        return done.redirect(
            url_for("set_up.show", year=form.number),
            _("The year %(year)s is created. Set it up step by step.", year=form.number),
        )
    return render_template("cycles/create.html", form=form), status_of(form)


@bp.route("/<year:year>/setup/delete", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def delete(year: int) -> ResponseReturnValue:
    """Asks why a year that holds nothing is deleted; one that holds something stays."""
    cycle, form = current_cycle(), ActForm()
    reason = form.reason.data or ""
    if done := submission(
        form, lambda: delete_year(db(), actor(), cycle=cycle, seen=form.version, reason=reason, now=now())
    ):
        forget_year()
        return done.redirect(url_for("cycles.index"), _("The year %(year)s is deleted.", year=year))
    empty = is_empty(reader(), cycle)
    return render_template("cycles/delete.html", form=form, is_empty=empty), status_of(form)
