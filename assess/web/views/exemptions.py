"""Exemptions (不涉及): items that do not apply to a unit."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from assess.core.actors import Right
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.requests.approvals import EXEMPTIONS
from assess.services.requests.exemptions import ask_exemption, items_by_id, periods_of_parts
from assess.services.years import Year, year_of
from assess.web import request_pages
from assess.web.filters import localized
from assess.web.forms.requests import ExemptionForm
from assess.web.forms.unit_choices import objects_to_ask_for, units_to_ask_for
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("exemptions", __name__)


def titles(year: Year) -> dict[str, Text]:
    """What the items of a year are called."""
    return {name: title_of(item, name) for name, item in items_by_id(year.sheet).items()}


PAGES = request_pages.Pages(EXEMPTIONS, "exemptions", titles)


@bp.route("/<year:year>/exemptions")
@Page(Right.TAKE_PART, title=_l("Exemptions"), area=Area.SUBMISSIONS, place=150)
def listing(year: int) -> ResponseReturnValue:
    """The exemptions that were asked for."""
    return request_pages.listing(PAGES, Right.REQUEST_EXEMPTIONS)


@bp.route("/<year:year>/exemptions/<row:row>", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def show(year: int, row: int) -> ResponseReturnValue:
    """One exemption, and its ruling."""
    return request_pages.show(PAGES, row)


@bp.route("/<year:year>/exemptions/new", methods=["GET", "POST"])
@Page(Right.REQUEST_EXEMPTIONS)
def ask(year: int) -> ResponseReturnValue:
    """Ask that an item shall not apply to a unit."""
    found, form = year_of(reader(), current_cycle()), ExemptionForm()
    form.unit.choices = units_to_ask_for(actor(), found)
    form.subject.choices = [
        SelectChoice("", ""),
        *(SelectChoice(id_, localized(title)) for id_, title in titles(found).items()),
    ]
    form.object.choices = objects_to_ask_for(form.unit.choices, found)
    periods = periods_of_parts(found.sheet)
    form.part.choices = [SelectChoice("", ""), *(SelectChoice(str(each), localized(each.label)) for each in periods)]
    facts = {"unit": form.unit.data or "", "item": form.subject.data or "", "reason": form.reason.data or ""}
    facts |= {"part": f"{form.object.data or ''} {form.part.data or ''}".strip()}
    if done := submission(form, lambda: ask_exemption(db(), actor(), cycle=current_cycle(), now=now(), **facts)):
        return done.redirect(
            url_for("exemptions.listing"), _("Request submitted. Another person at the assessment office will decide.")
        )
    return render_template("exemptions/ask.html", form=form), status_of(form)
