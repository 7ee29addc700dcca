"""The assessed units: their list, one of them, and its names."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.errors import NotFound
from assess.core.units.changes import UnitEntry
from assess.services.units.object_list import objects_of
from assess.services.units.renames import rename_unit
from assess.services.units.unit_list import accept_units, preview_units, written_units
from assess.services.years import NO_UNIT
from assess.store.queries.units import renames_of, unit_entries
from assess.web.forms.cycles import RenameForm
from assess.web.forms.documents import AcceptDocumentForm, DocumentForm
from assess.web.pages import Page
from assess.web.previews import accepted, held, hold
from assess.web.request import actor, current_cycle, db, language, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("units", __name__)


@bp.route("/<year:year>/setup/units", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Units"), under="set_up.show")
def edit(year: int) -> ResponseReturnValue:
    """The list of units, and a new list."""
    cycle, form = current_cycle(), DocumentForm()
    if done := submission(form, lambda: preview_units(reader(), cycle, form.upload)):
        return done.redirect(url_for("units.preview", document=hold("units", form.upload)))
    entries = unit_entries(reader(), cycle.id)
    return render_template("units/edit.html", form=form, entries=entries), status_of(form)


@bp.route("/<year:year>/setup/units/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview(year: int) -> ResponseReturnValue:
    """What a new list changes; accepted, all of it, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("units")
    if done := accepted(form, accept_units, kept):
        return done.redirect(url_for("units.edit"), _("The list of units is imported."))
    found = preview_units(reader(), cycle, kept.document)
    return render_template("units/preview.html", form=form, preview=found, held=kept), status_of(form)


@bp.route("/<year:year>/setup/units/units.xlsx")
@Page(Right.ADMINISTER)
def download(year: int) -> ResponseReturnValue:
    """The list as a workbook to edit; empty, with its headings, before there is one."""
    book = written_units(reader(), current_cycle(), language())
    return send_file(book, download_name=f"units-{year}.xlsx", as_attachment=True)


@bp.route("/<year:year>/setup/units/<unit>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def show(year: int, unit: str) -> ResponseReturnValue:
    """One unit: its attributes, its names in the course of time, and another name."""
    form, entry = RenameForm(), entry_of(unit)
    facts: dict[str, Any] = {
        "unit": unit,
        "name": form.name,
        "begins": form.begins.day,
        "reason": form.reason.data or "",
    }
    if done := submission(
        form, lambda: rename_unit(db(), actor(), cycle=current_cycle(), seen=form.version, now=now(), **facts)
    ):
        return done.redirect(url_for("units.show", unit=unit), _("The new name is saved."))
    names = renames_of(reader(), unit)
    objects = objects_of(reader(), current_cycle(), unit)
    return render_template("units/show.html", form=form, entry=entry, names=names, objects=objects), status_of(form)


def entry_of(unit: str) -> UnitEntry:
    """A unit of the year in view.

    Raises:
        NotFound: it has none of this code.
    """
    found = next((each for each in unit_entries(reader(), current_cycle().id) if each.code == unit), None)
    if found is None:
        raise NotFound(NO_UNIT)
    return found
