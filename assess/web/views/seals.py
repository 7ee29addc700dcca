"""The seal of a year: its editions, the button that makes the next, and the documents."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.workflow import Act, is_allowed
from assess.services import seals
from assess.web.forms.seals import SealForm
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import status_of, submission
from assess.web.views.jobs import TAGS

bp = Blueprint("seals", __name__, url_prefix="/<year:year>/seal")


@bp.route("", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Seal"), area=Area.RESULTS, place=200)
def show(year: int) -> ResponseReturnValue:
    """The editions with their documents; sealed when the button is pressed."""
    cycle, form = current_cycle(), SealForm()
    given = {"address": settings().address, "reason": form.reason.data or ""}
    given |= {"unissued": form.unissued.data or ""}
    if done := submission(form, lambda: seals.seal_cycle(db(), actor(), cycle=cycle, now=now(), **given)):
        return done.redirect(
            url_for("seals.show"), _("The documents are being created and sealed. They will appear here in a moment.")
        )
    page = seals.seal_page(reader(), actor(), cycle=cycle)
    may_seal = is_allowed(cycle.stage, Act.SEAL)
    return render_template("seals/show.html", page=page, form=form, may_seal=may_seal, tags=TAGS), status_of(form)


@bp.route("/documents/<row:row>")
@Page(Right.SEE_RESULTS)
def document(year: int, row: int) -> ResponseReturnValue:
    """A sealed document."""
    folder = settings().uploads
    return kept_file(seals.document_to_send(reader(), actor(), cycle=current_cycle(), row=row, folder=folder))
