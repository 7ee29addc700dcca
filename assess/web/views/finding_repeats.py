"""Repeats: a finding linked to an earlier one, and the link taken off again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.services.findings import link_repeat, unlink_repeat
from assess.web.forms.finding_repeats import LinkForm, UnlinkForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now
from assess.web.submission import status_of, submission
from assess.web.views.findings import finding_in_view

bp = Blueprint("finding_repeats", __name__)


@bp.route("/<year:year>/findings/<row:number>/repeats", methods=["GET", "POST"])
@Page(Right.INSPECT, under="findings.listing")
def repeats(year: int, number: int) -> ResponseReturnValue:
    """Link a finding to an earlier one of the same unit and kind, which it repeats."""
    form = LinkForm()
    if done := submission(form, lambda: link(form, number)):
        return done.redirect(url_for("findings.finding", number=number), _("Linked. The finding counts as a repeat."))
    return shown(form, number)


def link(form: LinkForm, number: int) -> None:
    """Link it to the one that was chosen or typed."""
    about: dict[str, Any] = {"number": number, "earlier": form.number, "seen": form.version, "now": now()}
    link_repeat(db(), actor(), cycle=current_cycle(), **about)


@bp.route("/<year:year>/findings/<row:number>/repeats/unlink", methods=["GET", "POST"])
@Page(Right.INSPECT)
def unlink(year: int, number: int) -> ResponseReturnValue:
    """Say that a finding repeats none after all, and why."""
    form = UnlinkForm()
    if done := submission(form, lambda: take_off(form, number)):
        told = _("The finding is no longer marked as a repeat. The reason is recorded.")
        return done.redirect(url_for("findings.finding", number=number), told)
    return shown(form, number)


def take_off(form: UnlinkForm, number: int) -> None:
    """Take the link off."""
    about: dict[str, Any] = {"number": number, "reason": form.reason.data or "", "seen": form.version, "now": now()}
    unlink_repeat(db(), actor(), cycle=current_cycle(), **about)


def shown(form: LinkForm | UnlinkForm, number: int) -> ResponseReturnValue:
    """The page of a finding's repeats as it stands now; what was overtaken may be sent again from there."""
    page = finding_in_view(number)
    linking = form if isinstance(form, LinkForm) else LinkForm(formdata=None)
    unlinking = form if isinstance(form, UnlinkForm) else UnlinkForm(formdata=None)
    for each in (linking, unlinking):
        if each is not form or form.is_stale or not form.is_submitted():
            each.seen.data = str(page.row.version)
    about = {"page": page, "linking": linking, "unlinking": unlinking}
    return render_template("findings/repeats.html", form=form, **about), status_of(form)
