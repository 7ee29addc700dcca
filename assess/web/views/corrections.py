"""Corrections that nobody appealed for: proposed by one of the office, seen with their effect, confirmed by another."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.workflow import Act, Request, is_allowed
from assess.services.corrections.deciding import confirm_correction, turn_down
from assess.services.corrections.pages import DecisionPage, correction_list, decision_page, subjects
from assess.services.corrections.proposing import propose_correction
from assess.web.forms.appeals import ConfirmForm, LineDecisionForm, SubjectForm, TurnDownForm, decision_form
from assess.web.pages import Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("corrections", __name__, url_prefix="/<year:year>/corrections")

TAGS: Final = {
    Request.ASKED: "due",
    Request.APPROVED: "done",
    Request.REFUSED: "failed",
    Request.WITHDRAWN: "closed",
}
"""How the state of a correction is coloured."""


@bp.route("")
@Page(Right.ADMINISTER, title=_l("Corrections by the assessment office"), under="appeals.listing")
def listing(year: int) -> ResponseReturnValue:
    """The corrections of the year, or those in one state, newest first."""
    cycle, number, asked = current_cycle(), page_asked_for(), flask_request.args.get("state")
    states = [state for state in Request if state.value == asked]
    part = slice((number - 1) * SIZE, number * SIZE)
    found = correction_list(reader(), actor(), cycle=cycle, part=part, states=states or tuple(Request))
    facts = {"paging": page_of(number, found.number), "may_propose": is_allowed(cycle.stage, Act.CORRECT)}
    return render_template("corrections/listing.html", found=found, narrowed=states, tags=TAGS, **facts)


@bp.route("/new", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def new(year: int) -> ResponseReturnValue:
    """Choose unit and item, then say what is put right; the effect comes next, nothing is decided yet."""
    cycle, chosen = current_cycle(), SubjectForm(flask_request.args)
    where = {"unit": chosen.unit.data or "", "item": chosen.item.data or ""}
    found = subjects(reader(), actor(), cycle=cycle, **where)
    chosen.offer(found)
    if found.line is None:
        return render_template("corrections/new.html", chosen=chosen, line=None)
    form = decision_form(LineDecisionForm, found.line)
    given: dict[str, Any] = {"cycle": cycle, "typed": form.typed, "now": now(), **where}
    if done := submission(form, lambda: propose_correction(db(), actor(), **given)):
        return done.redirect(url_for("corrections.show", number=done.result))
    return render_template("corrections/new.html", chosen=chosen, line=found.line, form=form), status_of(form)


@bp.route("/<row:number>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def show(year: int, number: int) -> ResponseReturnValue:
    """One correction and what it does to all units; confirmed by another person, and only as it was seen."""
    form, cycle = ConfirmForm(), current_cycle()
    given: dict[str, Any] = {"cycle": cycle, "number": number, "digest": form.digest.data or "", "now": now()}
    if done := submission(form, lambda: confirm_correction(db(), actor(), **given)):
        told = _("The correction is confirmed. The result changes with the next run.")
        return done.redirect(url_for("corrections.show", number=number), told)
    page, at = correction_seen(number), page_asked_for()
    paging, units = page_of(at, len(page.units)), page.units[(at - 1) * SIZE : at * SIZE]
    facts = {"units": units, "paging": paging, "tags": TAGS}
    return render_template("corrections/show.html", page=page, form=form, **facts), status_of(form)


@bp.route("/<row:number>/turn-down", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def turn(year: int, number: int) -> ResponseReturnValue:
    """Refuse what a colleague proposed, or withdraw one's own, with the reason."""
    form = TurnDownForm()
    given: dict[str, Any] = {"cycle": current_cycle(), "number": number, "words": form.words.data or "", "now": now()}
    if done := submission(form, lambda: turn_down(db(), actor(), **given)):
        told = _("The correction is rejected. Nothing changes.")
        return done.redirect(url_for("corrections.show", number=number), told)
    page = correction_seen(number)
    return render_template("corrections/turn_down.html", page=page, form=form), status_of(form)


def correction_seen(number: int) -> DecisionPage:
    """A correction by its number."""
    return decision_page(reader(), actor(), cycle=current_cycle(), number=number)
