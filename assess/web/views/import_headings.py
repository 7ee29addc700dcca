"""What the headings of departments' files stand for: said at a file, listed and deleted."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.services import imports as services
from assess.web.confirming import ask_first
from assess.web.filters import localized
from assess.web.forms.imports import headings_form
from assess.web.forms.seen import SeenForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission
from assess.web.views.imports import file_page

bp = Blueprint("import_headings", __name__, url_prefix="/<year:year>/imports")


@bp.route("/file/<row:row>/headings", methods=["POST"])
@Page(Right.REVIEW, under="imports.index")
def remember(year: int, row: int) -> ResponseReturnValue:
    """Keep what headings of a file stand for, and have the file read again."""
    form = headings_form(services.import_page(reader(), actor(), cycle=current_cycle(), row=row, now=now()))

    def act() -> int:
        return services.remember_headings(
            db(), actor(), cycle=current_cycle(), row=row, chosen=form.chosen, seen=form.version, now=now()
        )

    if done := submission(form, act):
        told = _("The headings are remembered, and the file is read again.")
        return done.redirect(url_for("imports.show", row=done.result), told)
    return file_page(row, form), status_of(form)


@bp.route("/<department>/headings")
@Page(Right.REVIEW, title=_l("Remembered headings"), under="imports.index")
def listing(year: int, department: str) -> ResponseReturnValue:
    """What the headings of a department's files stand for."""
    page = services.headings_page(reader(), actor(), cycle=current_cycle(), department=department)
    return render_template("imports/headings.html", page=page)


@bp.route("/<department>/headings/<row:heading>/forget", methods=["GET", "POST"])
@Page(Right.REVIEW, under="imports.index")
def forget(year: int, department: str, heading: int) -> ResponseReturnValue:
    """Delete what a heading stands for, once that is confirmed."""
    back = url_for("import_headings.listing", department=department)
    form = SeenForm()
    if flask_request.method == "POST":

        def act() -> None:
            services.forget_heading(
                db(), actor(), cycle=current_cycle(), department=department, heading=heading, now=now()
            )

        if done := submission(form, act):
            return done.redirect(back, _("The meaning of the heading is deleted."))
    page = services.headings_page(reader(), actor(), cycle=current_cycle(), department=department)
    named = next((each.row.heading for each in page.lines if each.row.id == heading), "")
    return ask_first(
        _("Delete the meaning of “%(heading)s”?", heading=named),
        [_("The next file with this heading asks again. Values already accepted stay.")],
        button=_("Delete"),
        back=back,
        caption=localized(page.title),
    )
