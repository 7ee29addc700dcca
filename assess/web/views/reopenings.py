"""Reopenings: who may still report after the deadline."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.calendar import day_of
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.core.workflow import Act, is_allowed
from assess.services.reopenings import end_reopening, reopen
from assess.services.years import Year, year_of
from assess.store.queries.reopenings import ReopeningRow, reopenings
from assess.web.forms.documents import ActForm
from assess.web.forms.reopenings import reopening_form
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("reopenings", __name__)


@bp.route("/<year:year>/reopenings", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Reopenings"), under="exemptions.listing")
def listing(year: int) -> ResponseReturnValue:
    """Who was reopened until when, and one more."""
    found = year_of(reader(), current_cycle())
    form = reopening_form(found)
    if done := submission(form, lambda: reopen(db(), actor(), cycle=current_cycle(), now=now(), **form.facts)):
        return done.redirect(
            url_for("reopenings.listing"), _("Submission is open again for this unit or department only.")
        )
    rows = [(row, name_of(found, row)) for row in reopenings(reader(), current_cycle().id)]
    may_reopen = is_allowed(current_cycle().stage, Act.REOPEN)
    page = render_template("reopenings/listing.html", form=form, rows=rows, today=day_of(now()), may_reopen=may_reopen)
    return page, status_of(form)


def name_of(year: Year, row: ReopeningRow) -> Text:
    """What the unit or the department of a reopening is called."""
    if row.unit is not None:
        return year.name_of(row.unit)
    return title_of((year.sheet.departments or {}).get(row.department or ""), row.department or "")


@bp.route("/<year:year>/reopenings/<row:row>/end", methods=["POST"])
@Page(Right.ADMINISTER)
def end(year: int, row: int) -> ResponseReturnValue:
    """End a reopening before its last day."""
    end_reopening(db(), actor(), cycle=current_cycle(), row=row, seen=ActForm().version, now=now())
    flash(_("The reopening is ended."), "success")
    return redirect(url_for("reopenings.listing"), code=303)
