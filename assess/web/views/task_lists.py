"""The annual task list: what is in force, a new list, and what it changes."""

from __future__ import annotations

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.services.rules import department_titles
from assess.services.task_lists import accept_tasks, preview_tasks, written_tasks
from assess.store.queries.task_lists import obligation_counts, task_list_rows, task_rows
from assess.web.forms.documents import AcceptDocumentForm, DocumentForm
from assess.web.pages import Page
from assess.web.previews import accepted, held, hold
from assess.web.request import current_cycle, language, reader
from assess.web.submission import status_of, submission

bp = Blueprint("task_lists", __name__)


@bp.route("/<year:year>/setup/tasks", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Annual task list"), under="set_up.show")
def edit(year: int) -> ResponseReturnValue:
    """The task list in force, and a new one."""
    cycle, form = current_cycle(), DocumentForm()
    if done := submission(form, lambda: preview_tasks(reader(), cycle, form.upload)):
        return done.redirect(url_for("task_lists.preview", document=hold("tasks", form.upload)))
    departments = department_titles(reader(), cycle)
    found = {
        "published": departments is not None,
        "departments": departments or {},
        "versions": task_list_rows(reader(), cycle.id),
        "tasks": task_rows(reader(), cycle.id),
        "counts": obligation_counts(reader(), cycle.id),
    }
    return render_template("task_lists/edit.html", form=form, **found), status_of(form)


@bp.route("/<year:year>/setup/tasks/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview(year: int) -> ResponseReturnValue:
    """What a new list changes; accepted, all of it, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("tasks")
    if done := accepted(form, accept_tasks, kept):
        return done.redirect(url_for("task_lists.edit"), _("The task list is imported and assigned to the units."))
    found = preview_tasks(reader(), cycle, kept.document)
    return render_template("task_lists/preview.html", form=form, preview=found, held=kept), status_of(form)


@bp.route("/<year:year>/setup/tasks/tasks.xlsx")
@Page(Right.ADMINISTER)
def download(year: int) -> ResponseReturnValue:
    """The list as a workbook to edit; empty, with its headings, before there is one."""
    book = written_tasks(reader(), current_cycle(), language())
    return send_file(book, download_name=f"tasks-{year}.xlsx", as_attachment=True)
