"""Repeats: a finding linked to an earlier one, and the link taken off again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.core.errors import Refused, Stale
from assess.services.findings import link_repeat, unlink_repeat
from assess.web.forms.finding_repeats import LinkForm, UnlinkForm
from assess.web.forms.seen import SeenForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.views.findings import finding_in_view, newest, overtaken

bp = Blueprint("finding_repeats", __name__)


@bp.route("/<year:year>/findings/<row:number>/repeats", methods=["GET", "POST"])
@Page(Right.INSPECT, under="findings.listing")
def repeats(year: int, number: int) -> ResponseReturnValue:
    """Link a finding to an earlier one of the same unit and kind, which it repeats."""
    form = LinkForm()
    status = outcome(form, lambda: link(form, number))
    if status == 303:
        flash(_("Linked. The finding counts as a repeat."), "success")
        return redirect(url_for("findings.finding", number=number), code=303)
    return shown(form, number, status)


def link(form: LinkForm, number: int) -> None:
    """Link it to the one that was chosen or typed."""
    about: dict[str, Any] = {"number": number, "earlier": form.number, "seen": form.version, "now": now()}
    link_repeat(db(), actor(), cycle=current_cycle(), **about)


@bp.route("/<year:year>/findings/<row:number>/repeats/unlink", methods=["GET", "POST"])
@Page(Right.INSPECT)
def unlink(year: int, number: int) -> ResponseReturnValue:
    """Say that a finding repeats none after all, and why."""
    form = UnlinkForm()
    status = outcome(form, lambda: take_off(form, number))
    if status == 303:
        flash(_("The finding is no longer marked as a repeat. The reason is recorded."), "success")
        return redirect(url_for("findings.finding", number=number), code=303)
    return shown(form, number, status)


def take_off(form: UnlinkForm, number: int) -> None:
    """Take the link off."""
    about: dict[str, Any] = {"number": number, "reason": form.reason.data or "", "seen": form.version, "now": now()}
    unlink_repeat(db(), actor(), cycle=current_cycle(), **about)


def outcome(form: SeenForm, act: Callable[[], None]) -> int:
    """Do the act where the form came; the status to answer with, 303 where it is done."""
    if not form.validate_on_submit():
        return 422 if form.is_submitted() else 200
    try:
        act()
    except Stale:
        form.form_errors.append(overtaken())
        return 409
    except Refused as error:
        form.take(error)
        return 422
    return 303


def shown(form: LinkForm | UnlinkForm, number: int, status: int) -> ResponseReturnValue:
    """The page of a finding's repeats as it stands now; what was overtaken may be sent again from there."""
    page = finding_in_view(reader(), number) if status != 409 else newest(number)
    linking = form if isinstance(form, LinkForm) else LinkForm(formdata=None)
    unlinking = form if isinstance(form, UnlinkForm) else UnlinkForm(formdata=None)
    for each in (linking, unlinking):
        if each is not form or status != 422:
            each.seen.data = str(page.row.version)
    about = {"page": page, "linking": linking, "unlinking": unlinking}
    return render_template("findings/repeats.html", form=form, **about), status
