"""The objects of a year's units: the list in force, a new list, and what it changes."""

from __future__ import annotations

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.services.units.object_list import accept_objects, objects_in_force, preview_objects, written_objects
from assess.store.queries.object_lists import object_list_rows
from assess.web.forms.documents import AcceptDocumentForm, DocumentForm
from assess.web.pages import Page
from assess.web.previews import accepted, held, hold
from assess.web.request import current_cycle, language, reader
from assess.web.submission import status_of, submission

bp = Blueprint("object_lists", __name__)


@bp.route("/<year:year>/setup/objects", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Objects of units"), under="set_up.show")
def edit(year: int) -> ResponseReturnValue:
    """The list of objects in force, and a new one."""
    cycle, form = current_cycle(), DocumentForm()
    if done := submission(form, lambda: preview_objects(reader(), cycle, form.upload)):
        return done.redirect(url_for("object_lists.preview", document=hold("objects", form.upload)))
    found = {"listed": objects_in_force(reader(), cycle), "versions": object_list_rows(reader(), cycle.id)}
    return render_template("object_lists/edit.html", form=form, **found), status_of(form)


@bp.route("/<year:year>/setup/objects/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview(year: int) -> ResponseReturnValue:
    """What a new list changes; accepted, all of it, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("objects")
    if done := accepted(form, accept_objects, kept):
        return done.redirect(url_for("object_lists.edit"), _("The list of objects is imported."))
    found = preview_objects(reader(), cycle, kept.document)
    return render_template("object_lists/preview.html", form=form, preview=found, held=kept), status_of(form)


@bp.route("/<year:year>/setup/objects/objects.xlsx")
@Page(Right.ADMINISTER)
def download(year: int) -> ResponseReturnValue:
    """The list as a workbook to edit; empty, with its headings, before there is one."""
    book = written_objects(reader(), current_cycle(), language())
    return send_file(book, download_name=f"objects-{year}.xlsx", as_attachment=True)
