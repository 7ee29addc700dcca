"""Completeness: units by figures, who has not begun, and reminders."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import SelectChoice

from assess.core.actors import Right
from assess.core.completeness import CellState, CompletenessRow
from assess.core.rules.figure import BY_UNIT
from assess.core.rules.sheet import title_of
from assess.services.completeness import Completeness, completeness_of, remind
from assess.services.imports.sources import sees_figure
from assess.services.mail import server_at
from assess.web.filters import localized
from assess.web.forms.completeness import ALL, INCOMPLETE, NOT_STARTED, CompletenessFilterForm, ReminderForm
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.submission import status_of, submission

bp = Blueprint("completeness", __name__, url_prefix="/<year:year>/completeness")

WITH_VALUES: Final = frozenset({CellState.CERTIFIED, CellState.ENTERED, CellState.RETURNED, CellState.PART})
"""The states of a figure of which values are shown with their sources."""


@bp.route("", methods=["GET", "POST"])
@Page(Right.REVIEW, title=_l("Submission progress"), area=Area.SUBMISSIONS, place=100)
def matrix(year: int) -> ResponseReturnValue:
    """The matrix; the office reminds the units it ticks."""
    narrowed, form = CompletenessFilterForm(flask_request.args), ReminderForm()
    cycle, supplier = current_cycle(), narrowed.supplier.data or own_supplier()
    chosen, server = form.units.data, server_at(settings().smtp_url, settings().mail_from)
    given: dict[str, Any] = {"units": chosen, "words": form.words.data, "server": server, "now": now()}
    if done := submission(form, lambda: remind(db(), actor(), cycle=cycle, **given)):
        told = told_of_reminders(len(set(chosen)), done.result)
        return done.redirect(flask_request.full_path.rstrip("?"), told)
    page = completeness_of(reader(), cycle, supplier=supplier, section=narrowed.section.data or None)
    offer_choices(narrowed, page, supplier)
    shown, number = [row for row in page.matrix.rows if is_shown(row, narrowed.show.data)], page_asked_for()
    view = {"rows": shown[(number - 1) * SIZE : number * SIZE], "paging": page_of(number, len(shown))}
    sources = {"hrefs": hrefs_of(page), "with_values": WITH_VALUES, "of_units": supplier == BY_UNIT}
    return render_template(
        "completeness/matrix.html", page=page, narrowed=narrowed, form=form, states=CellState, **view, **sources
    ), status_of(form)


def hrefs_of(page: Completeness) -> list[str | None]:
    """Where the values of each figure and their sources are, as far as the reader may see them."""
    stated = page.year.sheet.figures
    return [
        url_for("sources.figure", figure=each.figure) if sees_figure(actor(), stated[each.figure]) else None
        for each in page.matrix.asked
    ]


def own_supplier() -> str:
    """What a person looks at first: an evaluator the figures of their department, the office those of the units."""
    departments = sorted(actor().departments)
    return BY_UNIT if actor().may(Right.ADMINISTER) or not departments else departments[0]


def offer_choices(form: CompletenessFilterForm, page: Completeness, supplier: str) -> None:
    """What the matrix can be narrowed to."""
    departments = page.year.sheet.departments or {}
    suppliers = dict.fromkeys(asked.supplier for asked in page.demands.asked)
    titles = {each: localized(title_of(departments.get(each), each)) for each in suppliers}
    titles[BY_UNIT] = _("Units themselves")
    form.supplier.choices = [SelectChoice(each, title) for each, title in titles.items()]
    form.supplier.data = supplier
    sections = [SelectChoice(section, localized(title)) for section, title in page.demands.sections]
    form.section.choices = [SelectChoice("", _("All sections")), *sections]
    form.show.choices = [
        SelectChoice(ALL, _("All units")),
        SelectChoice(INCOMPLETE, _("Not complete")),
        SelectChoice(NOT_STARTED, _("Not started")),
    ]


def is_shown(row: CompletenessRow, show: str | None) -> bool:
    """Whether a unit is among those asked for."""
    if show == NOT_STARTED:
        return row.needed > 0 and not row.has_started
    return show != INCOMPLETE or row.done < row.needed


def told_of_reminders(units: int, mails: int) -> str:
    """What the office reads after reminding."""
    told_units = ngettext("%(num)s unit was reminded.", "%(num)s units were reminded.", units)
    told_mails = ngettext("%(num)s email will be sent.", "%(num)s emails will be sent.", mails) if mails else ""
    return f"{told_units} {told_mails}".strip()
