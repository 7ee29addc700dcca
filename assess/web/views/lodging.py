"""Appeals of a unit: one against a line is lodged, what came of it, more evidence, and withdrawing it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.core.appeals.states import AppealState
from assess.core.errors import NotFound, Refused, Stale
from assess.core.runs.ranks import printed_rank
from assess.core.text import Text
from assess.services import appeals
from assess.services.appeals import AppealPage
from assess.services.appeals.lodging import NO_APPEAL
from assess.web.forms.documents import status_of
from assess.web.forms.lodging import AppealForm, MoreForm, TakeBackForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.views.evidence import keep, say

bp = Blueprint("lodging", __name__, url_prefix="/<year:year>/result/<unit>")

TAGS: Final = {
    AppealState.LODGED: "due",
    AppealState.WITHDRAWN: "closed",
    AppealState.UPHELD: "done",
    AppealState.PARTLY: "progress",
    AppealState.REJECTED: "returned",
}
"""The colour of each state."""


@bp.route("/appeals")
@Page(Right.REPORT, under="notices.own")
def listing(year: int, unit: str) -> ResponseReturnValue:
    """The appeals of a unit."""
    lines = appeals.own_appeals(reader(), actor(), cycle=current_cycle(), unit=unit, now=now())
    window = appeals.window_of(current_cycle(), now())
    return render_template("lodging/listing.html", lines=lines, unit=unit, window=window, tags=TAGS)


@bp.route("/lines/<node>/appeal", methods=["GET", "POST"])
@Page(Right.REPORT)
def lodge(year: int, unit: str, node: str) -> ResponseReturnValue:
    """Object to a line, with what should be and with evidence."""
    page = appeals.line_to_appeal(reader(), actor(), cycle=current_cycle(), unit=unit, item=node, now=now())
    form = AppealForm()
    form.offer(page.line)
    if form.is_submitted():
        check_open(page.window.locked)
        kept = keep(form)
        if form.validate() and (number := lodged(form, unit, node)):
            return redirect(url_for("lodging.show", unit=unit, number=number), code=303)
        form.offer_kept(kept)
    return render_template("lodging/lodge.html", page=page, form=form, unit=unit), status_of(form)


def check_open(locked: Text | None) -> None:
    """Let an appeal pass while there is time for it."""
    if locked is not None:
        raise Refused(locked)


def lodged(form: AppealForm, unit: str, node: str) -> int:
    """The number of the appeal that was lodged; 0, with why in the form, where it was not."""
    typed, claims = form.typed(unit, node), form.claims
    try:
        number = appeals.lodge_appeal(db(), actor(), cycle=current_cycle(), typed=typed, claims=claims, now=now())
    except (Refused, Stale) as error:
        form.take(error)
        return 0
    called = appeals.called_number(current_cycle().year, number)
    flash(
        _("Appeal %(number)s is submitted. Someone other than the data supplier decides.", number=called),
        "success",
    )
    return number


@bp.route("/appeals/<row:number>", methods=["GET", "POST"])
@Page(Right.REPORT)
def show(year: int, unit: str, number: int) -> ResponseReturnValue:
    """One appeal with its ruling and what that changed; more files may come while it is open."""
    page, form = appeal_in_view(unit, number), MoreForm()
    if form.is_submitted():
        kept = keep(form)
        if form.validate() and added(form, number):
            return redirect(url_for("lodging.show", unit=unit, number=number), code=303)
        form.offer_kept(kept)
    shown = {"page": page, "form": form, "unit": unit, "tags": TAGS, "printed_rank": printed_rank}
    return render_template("lodging/show.html", **shown), status_of(form)


def appeal_in_view(unit: str, number: int) -> AppealPage:
    """The appeal that the page is of.

    Raises:
        NotFound: there is none of this number, or it is another unit's.
    """
    actor().check_unit(unit)
    page = appeals.appeal_page(reader(), actor(), cycle=current_cycle(), number=number, now=now())
    if page.row.unit != unit:
        raise NotFound(NO_APPEAL)
    return page


def added(form: MoreForm, number: int) -> bool:
    """Whether files were added to an appeal, which is said; else why not stands in the form."""
    claims = form.claims
    try:
        say(appeals.add_evidence(db(), actor(), cycle=current_cycle(), number=number, claims=claims, now=now()))
    except (Refused, Stale) as error:
        form.take(error)
    return not form.errors


@bp.route("/appeals/<row:number>/withdraw", methods=["GET", "POST"])
@Page(Right.REPORT)
def withdraw(year: int, unit: str, number: int) -> ResponseReturnValue:
    """Take an appeal back."""
    page, form = appeal_in_view(unit, number), TakeBackForm()
    if form.acts(appeals.withdraw_appeal, number=number, reason=form.reason.data or ""):
        flash(_("The appeal is withdrawn."), "success")
        return redirect(url_for("lodging.show", unit=unit, number=number), code=303)
    return render_template("lodging/withdraw.html", page=page, form=form, unit=unit), status_of(form)
