"""Where values come from: those of a figure or of a unit, and each traced to the cell of a kept file."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from assess.core.actors import Right
from assess.core.calendar import day_of
from assess.core.workflow import Reported
from assess.services import imports as services
from assess.services.findings.behind import ledger_facts
from assess.services.imports import SourcePage
from assess.services.panels.sources import behind
from assess.web.filters import localized
from assess.web.forms.sources import UnitChoiceForm
from assess.web.forms.unit_choices import unit_choices
from assess.web.ledger_links import lists_behind
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, now, reader, settings
from assess.web.sending import kept_file

bp = Blueprint("sources", __name__)

TAGS: Final = {Reported.REPORTED: "due", Reported.CERTIFIED: "certified", Reported.RETURNED: "returned"}
"""The colour of each state of a value."""
OF_UNITS: Final = ("form", "correction")
"""What brings in the values that units report."""


@bp.route("/<year:year>/figures/<figure>")
@Page(Right.REVIEW)
def figure(year: int, figure: str) -> ResponseReturnValue:
    """The values of a figure that count now, of all units or of one."""
    number, narrowed = page_asked_for(), UnitChoiceForm(flask_request.args)
    page = services.figure_page(
        reader(), actor(), cycle=current_cycle(), figure=figure, unit=narrowed.wanted, start=(number - 1) * SIZE
    )
    narrowed.unit.choices = [SelectChoice("", _("All units")), *unit_choices(page.year)]
    paging = page_of(number, page.count)
    return render_template("sources/figure.html", page=page, narrowed=narrowed, paging=paging, tags=TAGS)


@bp.route("/<year:year>/supplied")
@Page(Right.REPORT, title=_l("Data supplied by departments"), area=Area.SUBMISSIONS, place=80)
def own(year: int) -> ResponseReturnValue:
    """The way from the navigation to what departments supplied about one's own unit."""
    current_cycle()
    return redirect(url_for("sources.unit", unit=actor().first_unit()), code=303)


@bp.route("/<year:year>/supplied/<unit>")
@Page(Right.TAKE_PART)
def unit(year: int, unit: str) -> ResponseReturnValue:
    """What departments supplied about a unit."""
    number = page_asked_for()
    page = services.unit_page(reader(), actor(), cycle=current_cycle(), unit=unit, start=(number - 1) * SIZE)
    others = [(code, page.year.name_of(code)) for code in sorted(actor().units)]
    facts = ledger_facts(reader(), page.year, unit=unit, day=day_of(now())) if number == 1 else []
    found = {"facts": facts, "lists": lists_behind(page.year.sheet, unit)}
    return render_template(
        "sources/unit.html", page=page, own=others, paging=page_of(number, page.count), tags=TAGS, **found
    )


@bp.route("/<year:year>/source/<row:value>")
@Page(Right.TAKE_PART)
def show(year: int, value: int) -> ResponseReturnValue:
    """Where one value comes from."""
    folder = settings().uploads
    page = services.source_of(reader(), actor(), cycle=current_cycle(), value=value, folder=folder)
    panel = behind(reader(), actor(), year=page.year, row=page.value.row)
    return render_template("sources/show.html", page=page, panel=panel, back=way_back(page), tags=TAGS)


def way_back(page: SourcePage) -> tuple[str, str]:
    """The list that a value belongs to, as far as the reader may open one: its address, and what it is called."""
    row = page.value.row
    if page.sees_figure:
        href = url_for("sources.figure", figure=row.figure)
        return href, _("All values of this figure: %(figure)s", figure=localized(page.value.figure))
    if row.kind in OF_UNITS:
        return url_for("forms.sections", unit=row.unit), _("Self-assessment form")
    return url_for("sources.unit", unit=row.unit), _("Data supplied by departments")


@bp.route("/<year:year>/source/<row:value>/file")
@Page(Right.REVIEW)
def original(year: int, value: int) -> ResponseReturnValue:
    """The file that a value came in with, for its department and the office."""
    found = services.source_file(reader(), actor(), cycle=current_cycle(), value=value, folder=settings().uploads)
    return kept_file(found)
