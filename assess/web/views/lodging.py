"""Appeals of a unit: one against a line is lodged, what came of it, more evidence, and withdrawing it."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.core.appeals.states import AppealState
from assess.core.errors import NotFound, Refused
from assess.core.runs.ranks import printed_rank
from assess.core.scorecard.part_content import PartTable
from assess.core.text import Text
from assess.services import appeals, runs
from assess.services.appeals import AppealPage
from assess.services.appeals.lines import LineSeen
from assess.services.appeals.lodging import NO_APPEAL
from assess.web.forms.lodging import AppealForm, MoreForm, TakeBackForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.submission import status_of, submission
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
        keep(form)
    given: dict[str, Any] = {"typed": form.typed(unit, node), "claims": form.claims, "now": now()}
    if done := submission(form, lambda: appeals.lodge_appeal(db(), actor(), cycle=current_cycle(), **given)):
        called = appeals.called_number(year, done.result)
        told = _("Appeal %(number)s is submitted. Someone other than the data supplier decides.", number=called)
        return done.redirect(url_for("lodging.show", unit=unit, number=done.result), told)
    parts = parts_of(page.line, unit)
    return render_template("lodging/lodge.html", page=page, form=form, unit=unit, parts=parts), status_of(form)


def parts_of(line: LineSeen, unit: str) -> PartTable | None:
    """The parts of a line of an item that is scored by parts."""
    return runs.parts_of_line(line.run, line.item, unit, folder=settings().uploads)


def check_open(locked: Text | None) -> None:
    """Let an appeal pass while there is time for it."""
    if locked is not None:
        raise Refused(locked)


@bp.route("/appeals/<row:number>", methods=["GET", "POST"])
@Page(Right.REPORT)
def show(year: int, unit: str, number: int) -> ResponseReturnValue:
    """One appeal with its ruling and what that changed; more files may come while it is open."""
    page, form = appeal_in_view(unit, number), MoreForm()
    if form.is_submitted():
        keep(form)
    given: dict[str, Any] = {"number": number, "claims": form.claims, "now": now()}
    if done := submission(form, lambda: appeals.add_evidence(db(), actor(), cycle=current_cycle(), **given)):
        say(done.result)
        return done.redirect(url_for("lodging.show", unit=unit, number=number))
    shown = {"page": page, "form": form, "unit": unit, "tags": TAGS, "printed_rank": printed_rank}
    shown["parts"] = parts_of(page.line, unit)
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


@bp.route("/appeals/<row:number>/withdraw", methods=["GET", "POST"])
@Page(Right.REPORT)
def withdraw(year: int, unit: str, number: int) -> ResponseReturnValue:
    """Take an appeal back."""
    page, form = appeal_in_view(unit, number), TakeBackForm()
    if done := submission(
        form,
        lambda: appeals.withdraw_appeal(
            db(),
            actor(),
            cycle=current_cycle(),
            seen=form.version,
            now=now(),
            number=number,
            reason=form.reason.data or "",
        ),
    ):
        return done.redirect(url_for("lodging.show", unit=unit, number=number), _("The appeal is withdrawn."))
    return render_template("lodging/withdraw.html", page=page, form=form, unit=unit), status_of(form)
