"""The next year made from a year."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.services.copying_years import CopiedYear, copy_year
from assess.web.forms.documents import DoingForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, language, now
from assess.web.submission import status_of, submission

bp = Blueprint("copying_years", __name__)


@bp.route("/<year:year>/next", methods=["GET", "POST"])
@Page(Right.ADMINISTER, under="cycles.index")
def copy(year: int) -> ResponseReturnValue:
    """What the next year gets from this one; made when the button is pressed."""
    origin, form = current_cycle(), DoingForm()
    if done := submission(form, lambda: copy_year(db(), actor(), origin=origin, now=now())):
        tell(done.result)
        return done.redirect(url_for("set_up.show", year=year + 1))
    return render_template("copying_years/copy.html", form=form), status_of(form)


def tell(copied: CopiedYear) -> None:
    """Say what was copied, and why the rule sheet was not where it was not."""
    flash(_("The year %(year)s is created. Check each step, then open the year.", year=copied.year), "success")
    if copied.flaws:
        told = _(
            "The rule sheet was not copied because it has errors in the new year (%(n)s). The first: %(first)s",
            n=len(copied.flaws),
            first=copied.flaws[0].localized(language()),
        )
        flash(told, "warning")
