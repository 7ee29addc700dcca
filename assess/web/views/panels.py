"""Panels: the judged figures, what a member gives, what the keepers see, who sits there, and closing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from assess.core.actors import Right
from assess.core.errors import NotFound
from assess.services.panels import close_panel, give_marks, name_members, remove_member
from assess.services.panels.judging import KeptPoints
from assess.services.panels.naming import NO_SEAT
from assess.services.panels.overview import fit_for, introduced, judging_page, panel_lines, panel_page
from assess.services.panels.scope import NO_PANEL, Panel, naming_locked, panel_of
from assess.web.forms.panels import ClosingForm, LeavingForm, NamingForm, marks_form, refreshed
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("panels", __name__, url_prefix="/<year:year>/panels")


@bp.route("")
@Page(Right.REVIEW, title=_l("Panels"), area=Area.SUBMISSIONS, place=140)
def listing(year: int) -> ResponseReturnValue:
    """The judged figures whose panels a person keeps or sits on."""
    found, lines = panel_lines(reader(), actor(), cycle=current_cycle())
    return render_template("panels/listing.html", year=found, lines=lines)


def about(panel: str) -> dict[str, Any]:
    """Which panel and period the page is of."""
    period = flask_request.args.get("period", "")
    return {"cycle": current_cycle(), "figure": panel, "period": period, "now": now()}


@bp.route("/<panel>")
@Page(Right.REVIEW)
def show(year: int, panel: str) -> ResponseReturnValue:
    """What the members gave each unit, their mean, how far they are apart, and whom it waits for."""
    page, number = panel_page(reader(), actor(), **about(panel)), page_asked_for()
    rows = page.rows((number - 1) * SIZE, SIZE)
    paging = page_of(number, len(page.year.units.codes))
    return render_template("panels/show.html", page=page, rows=rows, paging=paging)


@bp.route("/<panel>/judge", methods=["GET", "POST"])
@Page(Right.REVIEW)
def judge(year: int, panel: str) -> ResponseReturnValue:
    """A member gives points to a page of units, all saved together."""
    page, number = judging_page(reader(), actor(), **about(panel)), page_asked_for()
    form = marks_form(page, page.rows((number - 1) * SIZE, SIZE))
    given: dict[str, Any] = {"figure": page.judged.id, "period": page.period, "typed": form.typed, "now": now()}
    if done := submission(form, lambda: give_marks(db(), actor(), cycle=current_cycle(), **given)):
        tell_kept(done.result)
        return done.redirect(url_for("panels.judge", panel=panel, period=page.period, page=number))
    if form.is_stale:
        refreshed(form, judging_page(reader(), actor(), **about(panel)))
    paging = page_of(number, len(page.year.units.codes))
    return render_template("panels/judge.html", page=page, form=form, paging=paging), status_of(form)


def tell_kept(kept: KeptPoints) -> None:
    """Say for how many units points are saved, and how many means count from now on."""
    flash(ngettext("Points saved for %(num)s unit.", "Points saved for %(num)s units.", kept.marks), "success")
    if kept.means:
        flash(
            ngettext("The average of %(num)s unit now counts.", "The averages of %(num)s units now count.", kept.means)
        )


def kept_panel(panel: str) -> Panel:
    """The panel whose members the person names and removes.

    Raises:
        NotFound: there is none, or the person does not keep it.
    """
    found = panel_of(reader(), actor(), cycle=current_cycle(), figure=panel)
    if not found.is_kept_by(actor()):
        raise NotFound(NO_PANEL)
    return found


@bp.route("/<panel>/members", methods=["GET", "POST"])
@Page(Right.REVIEW)
def members(year: int, panel: str) -> ResponseReturnValue:
    """Who sits on a panel, and who else shall."""
    found, form, cycle = kept_panel(panel), NamingForm(), current_cycle()
    named: dict[str, Any] = {"figure": panel, "accounts": form.numbers, "now": now()}
    if done := submission(form, lambda: name_members(db(), actor(), cycle=cycle, **named)):
        return done.redirect(
            url_for("panels.members", panel=panel),
            _("The members are added. They can find the units to judge on their home page."),
        )
    form.offer(fit_for(reader(), found))
    titles = {seat.id: introduced(found.year, seat.actor) for seat in found.seats}
    facts = {"panel": found, "titles": titles, "locked": naming_locked(cycle)}
    return render_template("panels/members.html", form=form, **facts), status_of(form)


@bp.route("/<panel>/members/<row:row>", methods=["GET", "POST"])
@Page(Right.REVIEW)
def remove(year: int, panel: str, row: int) -> ResponseReturnValue:
    """Let a member leave."""
    found, form, cycle = kept_panel(panel), LeavingForm(), current_cycle()
    seat = next((each for each in found.seats if each.id == row), None)
    if seat is None:
        raise NotFound(NO_SEAT)
    said = {"given": form.given.data or "", "reason": form.reason.data or ""}
    if done := submission(
        form, lambda: remove_member(db(), actor(), cycle=cycle, figure=panel, seat=row, now=now(), **said)
    ):
        return done.redirect(
            url_for("panels.members", panel=panel), _("%(name)s is no longer a member.", name=seat.actor.name)
        )
    form.offer()
    return render_template("panels/remove.html", form=form, panel=found, seat=seat), status_of(form)


@bp.route("/<panel>/close", methods=["GET", "POST"])
@Page(Right.REVIEW)
def close(year: int, panel: str) -> ResponseReturnValue:
    """The units whose mean counts if it is not waited for the rest, exactly, and then the act."""
    page, form = panel_page(reader(), actor(), **about(panel)), ClosingForm()
    if not page.is_kept:
        raise NotFound(NO_PANEL)
    said = {"period": page.period, "reason": form.reason.data or "", "seen": form.seen.data or ""}
    if done := submission(
        form, lambda: close_panel(db(), actor(), cycle=current_cycle(), figure=panel, now=now(), **said)
    ):
        return done.redirect(
            url_for("panels.show", panel=panel, period=page.period),
            _("The averages of those who have judged now count."),
        )
    form.seen.data = page.standing.stamp
    return render_template("panels/close.html", form=form, page=page), status_of(form)
