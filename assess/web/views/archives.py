"""The archive of a year: the button that has it made, and the archives to be taken away."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.workflow import Act, is_allowed
from assess.services import archives
from assess.web.forms.documents import DoingForm
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import status_of, submission
from assess.web.views.jobs import TAGS

bp = Blueprint("archives", __name__, url_prefix="/<year:year>/archive")


@bp.route("", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Year archive"), area=Area.RESULTS, place=210)
def show(year: int) -> ResponseReturnValue:
    """The archives of the year; one more is made when the button is pressed."""
    cycle, form = current_cycle(), DoingForm()
    if done := submission(form, lambda: archives.ask_archive(db(), actor(), cycle=cycle, now=now())):
        return done.redirect(
            url_for("archives.show"), _("The archive is being created. You can download it here when it is complete.")
        )
    page = archives.archive_page(reader(), actor(), cycle=cycle)
    may_archive = is_allowed(cycle.stage, Act.ARCHIVE)
    status = status_of(form)
    return render_template("archives/show.html", page=page, form=form, may_archive=may_archive, tags=TAGS), status


@bp.route("/<row:number>")
@Page(Right.ADMINISTER)
def file(year: int, number: int) -> ResponseReturnValue:
    """An archive."""
    folder = settings().uploads
    return kept_file(archives.archive_to_send(reader(), actor(), cycle=current_cycle(), number=number, folder=folder))
