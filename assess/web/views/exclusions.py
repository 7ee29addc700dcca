"""Excluded data: values of a unit that force majeure spoiled."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from assess.core.actors import Right
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.requests.approvals import EXCLUSIONS
from assess.services.requests.exclusions import ask_exclusion, figures_to_ask_for, periods_to_choose
from assess.services.years import Year, year_of
from assess.web import request_pages
from assess.web.filters import localized
from assess.web.forms.requests import ExclusionForm
from assess.web.forms.unit_choices import objects_to_ask_for, units_to_ask_for
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("exclusions", __name__)


def titles(year: Year) -> dict[str, Text]:
    """What the figures of a year are called."""
    return {name: title_of(figure, name) for name, figure in year.sheet.figures.items()}


PAGES = request_pages.Pages(EXCLUSIONS, "exclusions", titles)


@bp.route("/<year:year>/exclusions")
@Page(Right.TAKE_PART, title=_l("Excluded data"), under="exemptions.listing")
def listing(year: int) -> ResponseReturnValue:
    """The values that were asked not to count."""
    return request_pages.listing(PAGES, Right.TAKE_PART)


@bp.route("/<year:year>/exclusions/<row:row>", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def show(year: int, row: int) -> ResponseReturnValue:
    """One exclusion, and its ruling."""
    return request_pages.show(PAGES, row)


@bp.route("/<year:year>/exclusions/new", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def ask(year: int) -> ResponseReturnValue:
    """Ask that a value of a unit shall not count."""
    form = exclusion_form(year_of(reader(), current_cycle()))
    facts = {"unit": form.unit.data or "", "figure": form.subject.data or ""}
    facts |= {"period": f"{form.object.data or ''} {form.period.data or ''}".strip(), "reason": form.reason.data or ""}
    if done := submission(form, lambda: ask_exclusion(db(), actor(), cycle=current_cycle(), now=now(), **facts)):
        return done.redirect(
            url_for("exclusions.listing"), _("Request submitted. Another person at the assessment office will decide.")
        )
    return render_template("exclusions/ask.html", form=form), status_of(form)


def exclusion_form(year: Year) -> ExclusionForm:
    """The form with the units, figures and periods that the reader may name."""
    form, called = ExclusionForm(), titles(year)
    figures = figures_to_ask_for(actor(), year.sheet)
    form.unit.choices = units_to_ask_for(actor(), year)
    form.subject.choices = [SelectChoice("", ""), *(SelectChoice(each, localized(called[each])) for each in figures)]
    form.object.choices = objects_to_ask_for(form.unit.choices, year)
    periods = periods_to_choose(year.sheet, year.cycle.year)
    form.period.choices = [SelectChoice(str(label), localized(label.label)) for label in periods]
    return form
