"""Departments' files: the template, uploading, what was found, accepting all of it or nothing, undoing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from assess.core.actors import Role
from assess.core.calendar import day_of
from assess.core.errors import Refused, Stale
from assess.core.evidence.verdicts import Shown
from assess.core.text import Language
from assess.core.workflow import Imported
from assess.services import imports as services
from assess.services.documents import Document
from assess.services.imports import ImportPage, ProposalLine
from assess.services.imports.pages import counts_of
from assess.services.imports.sources import SPREADSHEET
from assess.services.imports.templates import evidence_template
from assess.web.access import for_roles
from assess.web.forms.fields import Form
from assess.web.forms.imports import EvidenceForm, ExplainForm, NarrowForm, ReasonForm, SeenForm, explain_form
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file
from assess.web.uploads import on_the_disk

bp = Blueprint("imports", __name__, url_prefix="/<year:year>/imports")

TAGS: Final = {
    Imported.CHECKING: "running",
    Imported.FLAWED: "returned",
    Imported.CHECKED: "due",
    Imported.ACCEPTING: "running",
    Imported.ACCEPTED: "done",
    Imported.UNDONE: "closed",
    Imported.DISCARDED: "closed",
}
"""The colour of each state of a file."""


@bp.route("")
@for_roles(Role.EVALUATOR, Role.OFFICE)
def index(year: int) -> ResponseReturnValue:
    """The departments: how complete, the last file, what waits."""
    of_year, lines = services.departments_page(reader(), actor(), cycle=current_cycle(), now=now())
    today = day_of(now())
    return render_template("imports/index.html", year=of_year, lines=lines, tags=TAGS, today=today)


@bp.route("/<department>", methods=["GET", "POST"])
@for_roles(Role.EVALUATOR, Role.OFFICE)
def department(year: int, department: str) -> ResponseReturnValue:
    """A department's template and files; a file is taken in when posted."""
    form = EvidenceForm()
    if form.validate_on_submit() and (document := form.document()) is not None:
        try:
            row = taken_in(department, document)
        except (Refused, Stale) as error:
            form.take(error)
        else:
            return redirect(url_for("imports.show", row=row), code=303)
    page = services.department_page(reader(), actor(), cycle=current_cycle(), department=department, now=now())
    _year, lines = services.departments_page(reader(), actor(), cycle=current_cycle(), now=now())
    line = next((each for each in lines if each.department == department), None)
    answer = render_template(
        "imports/department.html", page=page, line=line, form=form, tags=TAGS, counts_of=counts_of, today=day_of(now())
    )
    return answer, status_of(form)


def taken_in(department: str, document: Document) -> int:
    """The number of a file that was kept and will be checked."""
    cycle, folder = current_cycle(), settings().uploads
    with on_the_disk():
        return services.upload_import(
            db(), actor(), cycle=cycle, department=department, document=document, folder=folder, now=now()
        ).id


@bp.route("/<department>/template/<any(zh, en):code>")
@for_roles(Role.EVALUATOR, Role.OFFICE)
def template(year: int, department: str, code: Language) -> ResponseReturnValue:
    """The workbook of a department with what is known, in a language."""
    made = evidence_template(reader(), actor(), cycle=current_cycle(), department=department, language=code, now=now())
    name = f"evidence-{department}-{year}-{code}.xlsx"
    return send_file(BytesIO(made), mimetype=SPREADSHEET, as_attachment=True, download_name=name, max_age=0)


@bp.route("/file/<row:row>")
@for_roles(Role.EVALUATOR, Role.OFFICE)
def show(year: int, row: int) -> ResponseReturnValue:
    """One file: how far the work on it is, its flaws, its preview, or what it brought in."""
    return file_page(row, SeenForm())


def file_page(row: int, form: Form) -> ResponseReturnValue:
    """The page of a file, with what came of a form."""
    narrowed, number = NarrowForm(flask_request.args), page_asked_for()
    shows = {each.value: each for each in Shown}
    page = services.import_page(
        reader(),
        actor(),
        cycle=current_cycle(),
        row=row,
        show=shows.get(flask_request.args.get("show", "")),
        narrowed=narrowed.narrowed,
        start=(number - 1) * SIZE,
        now=now(),
    )
    narrowed.offer(page)
    answer = render_template(
        "imports/file.html",
        page=page,
        form=form,
        narrowed=narrowed,
        reasons=reasons_of(page, form),
        for_all=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        upload=EvidenceForm(formdata=None),
        paging=page_of(number, page.listed),
        tags=TAGS,
    )
    return answer, status_of(form)


def reasons_of(page: ImportPage, sent: Form) -> ExplainForm:
    """The reasons of the suspicious values in view, with what was wrong with those that were sent."""
    is_explained = page.may_explain and page.shown is Shown.DOUBTFUL
    lines = [each for each in page.lines if isinstance(each, ProposalLine)] if is_explained else []
    form = explain_form(lines)
    for field in sent if isinstance(sent, ExplainForm) else ():
        form[field.name].errors = field.errors
    return form


def status_of(form: Form) -> int:
    """How the page of a form answers."""
    return 422 if form.errors else 200


def acted(row: int, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    """Do something with a file, and show it again: how it stands now, or as it is where that was turned down."""
    if form.validate_on_submit():
        try:
            act()
        except (Refused, Stale) as error:
            form.take(error)
        else:
            return redirect(here(row), code=303)
    return file_page(row, form)


def here(row: int) -> str:
    """The page of a file with the list that was in view."""
    asked: dict[str, Any] = flask_request.args.to_dict()
    return url_for("imports.show", **{**asked, "row": row})


@bp.route("/file/<row:row>/accept", methods=["POST"])
@for_roles(Role.EVALUATOR, Role.OFFICE)
def accept(year: int, row: int) -> ResponseReturnValue:
    """Let everything that a checked file proposes count."""
    form = SeenForm()

    def act() -> None:
        services.accept_import(db(), actor(), cycle=current_cycle(), row=row, seen=form.seen, now=now())

    return acted(row, form, act)


@bp.route("/file/<row:row>/discard", methods=["POST"])
@for_roles(Role.EVALUATOR, Role.OFFICE)
def discard(year: int, row: int) -> ResponseReturnValue:
    """Put a file aside that was not accepted."""
    form = SeenForm()

    def act() -> None:
        services.discard_import(db(), actor(), cycle=current_cycle(), row=row, seen=form.seen, now=now())
        flash(_("The file is put aside. Nothing of it counts."), "success")

    return acted(row, form, act)


@bp.route("/file/<row:row>/undo", methods=["GET", "POST"])
@for_roles(Role.EVALUATOR, Role.OFFICE)
def undo(year: int, row: int) -> ResponseReturnValue:
    """Take back what an accepted file brought in, once that is confirmed."""
    form = SeenForm()
    if form.validate_on_submit():
        try:
            services.undo_import(db(), actor(), cycle=current_cycle(), row=row, seen=form.seen, now=now())
        except (Refused, Stale) as error:
            form.take(error)
        else:
            flash(_("The file is undone. What counted before it counts again."), "success")
            return redirect(url_for("imports.show", row=row), code=303)
    page = services.import_page(reader(), actor(), cycle=current_cycle(), row=row, now=now())
    return render_template("imports/undo.html", page=page, form=form), status_of(form)


@bp.route("/file/<row:row>/explain", methods=["POST"])
@for_roles(Role.EVALUATOR, Role.OFFICE)
def explain(year: int, row: int) -> ResponseReturnValue:
    """Keep why suspicious values are right."""
    form = explain_form(())

    def act() -> None:
        services.explain(db(), actor(), cycle=current_cycle(), row=row, words=form.words, now=now())
        flash(_("The reasons are saved."), "success")

    return acted(row, form, act)


@bp.route("/file/<row:row>/explain-all", methods=["POST"])
@for_roles(Role.EVALUATOR, Role.OFFICE)
def explain_all(year: int, row: int) -> ResponseReturnValue:
    """Keep one reason for all suspicious values that have none."""
    form = ReasonForm()

    def act() -> None:
        words = form.words.data or ""
        found = services.explain_all(db(), actor(), cycle=current_cycle(), row=row, words=words, now=now())
        flash(ngettext("%(num)s value is explained.", "%(num)s values are explained.", found), "success")

    return acted(row, form, act)


@bp.route("/file/<row:row>/original")
@for_roles(Role.EVALUATOR, Role.OFFICE)
def original(year: int, row: int) -> ResponseReturnValue:
    """The file as it was uploaded."""
    cycle, folder = current_cycle(), settings().uploads
    return kept_file(services.original_of(reader(), actor(), cycle=cycle, row=row, folder=folder))


@bp.route("/file/<row:row>/marked")
@for_roles(Role.EVALUATOR, Role.OFFICE)
def marked(year: int, row: int) -> ResponseReturnValue:
    """The workbook that shows the errors of a file."""
    cycle, folder = current_cycle(), settings().uploads
    return kept_file(services.marked_of(reader(), actor(), cycle=cycle, row=row, folder=folder))
