"""Departments' files: the template, uploading, what was found, accepting all of it or nothing, undoing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from assess.core.actors import Right
from assess.core.calendar import DueState, day_of
from assess.core.evidence.verdicts import CheckList
from assess.core.text import Language
from assess.core.workflow import Imported
from assess.services import imports as services
from assess.services.documents import UploadedFile
from assess.services.imports import ImportPage, ProposalLine
from assess.services.imports.pages import counts_of
from assess.services.imports.sources import SPREADSHEET
from assess.services.imports.templates import evidence_template
from assess.store.session import Session
from assess.web.confirming import ask_first
from assess.web.filters import localized
from assess.web.forms.fields import Form
from assess.web.forms.imports import (
    EvidenceForm,
    ExplainForm,
    HeadingsForm,
    ImportFilterForm,
    ReasonForm,
    explain_form,
    field_of,
    headings_form,
)
from assess.web.forms.seen import SeenForm
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import status_of, submission
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
DUES: Final = {DueState.DUE: "due", DueState.OVERDUE: "overdue"}
"""The colour of how near a deadline is."""
SHOWS: Final = {each.value: each for each in CheckList}
"""The lists of a file by what the address calls them."""
IN_VIEW: Final = ("show", "page", "sheet", "words", "figure", "unit")
"""What an address may say about the list that is in view."""


@bp.route("")
@Page(Right.REVIEW, title=_l("Department data (Excel)"), area=Area.SUBMISSIONS, place=120)
def index(year: int) -> ResponseReturnValue:
    """The departments: how complete, the last file, what waits; who has one alone goes straight on."""
    of_year, lines = services.departments_page(reader(), actor(), cycle=current_cycle(), now=now())
    if len(lines) == 1 and not actor().may(Right.ADMINISTER):
        return redirect(url_for("imports.department", department=lines[0].department), code=303)
    today = day_of(now())
    return render_template("imports/index.html", year=of_year, lines=lines, tags=TAGS, dues=DUES, today=today)


@bp.route("/<department>", methods=["GET", "POST"])
@Page(Right.REVIEW)
def department(year: int, department: str) -> ResponseReturnValue:
    """A department's template and files; a file is taken in when posted."""
    form, number = EvidenceForm(), page_asked_for()
    if done := submission(form, lambda: taken_in(department, form.upload)):
        return done.redirect(url_for("imports.show", row=done.result))
    start = (number - 1) * SIZE
    page = services.department_page(
        reader(), actor(), cycle=current_cycle(), department=department, start=start, now=now()
    )
    about = {"page": page, "form": form, "paging": page_of(number, page.count), "today": day_of(now())}
    answer = render_template("imports/department.html", **about, tags=TAGS, dues=DUES, counts_of=counts_of)
    return answer, status_of(form)


def taken_in(department: str, document: UploadedFile) -> int:
    """The number of a file that was kept and will be checked."""
    cycle, folder = current_cycle(), settings().uploads
    with on_the_disk():
        return services.upload_import(
            db(), actor(), cycle=cycle, department=department, document=document, folder=folder, now=now()
        ).id


@bp.route("/<department>/template/<any(zh, en):code>")
@Page(Right.REVIEW)
def template(year: int, department: str, code: Language) -> ResponseReturnValue:
    """The workbook of a department with what is known, in a language."""
    made = evidence_template(reader(), actor(), cycle=current_cycle(), department=department, language=code, now=now())
    name = f"evidence-{department}-{year}-{code}.xlsx"
    return send_file(BytesIO(made), mimetype=SPREADSHEET, as_attachment=True, download_name=name, max_age=0)


@bp.route("/file/<row:row>")
@Page(Right.REVIEW)
def show(year: int, row: int) -> ResponseReturnValue:
    """One file: how far the work on it is, its flaws, its preview, or what it brought in."""
    return file_page(row, SeenForm())


def file_page(row: int, form: Form) -> str:
    """The page of a file, with what came of a form."""
    narrowed, number = ImportFilterForm(flask_request.args), page_asked_for()
    is_explaining = isinstance(form, ExplainForm | ReasonForm)
    page = services.import_page(
        reader(),
        actor(),
        cycle=current_cycle(),
        row=row,
        show=CheckList.DOUBTFUL if is_explaining else SHOWS.get(flask_request.args.get("show", "")),
        narrowed=narrowed.narrowed,
        start=(number - 1) * SIZE,
        now=now(),
    )
    narrowed.offer(page)
    about = {
        "page": page,
        "form": form,
        "narrowed": narrowed,
        "reasons": reasons_of(page, form),
        "for_all": form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        "headings": form if isinstance(form, HeadingsForm) else headings_form(page),
        "upload": EvidenceForm(formdata=None),
        "paging": page_of(number, page.listed, "imports.show"),
        "here": {name: text for name, text in flask_request.args.items() if name in IN_VIEW},
    }
    return render_template("imports/file.html", **about, tags=TAGS)


def reasons_of(page: ImportPage, sent: Form) -> ExplainForm:
    """The reasons of the suspicious values in view, with what was wrong with those that were sent.

    What is wrong with a field that is not in view stands on top of the page.
    """
    is_explained = page.may_explain and page.shown is CheckList.DOUBTFUL
    lines = [each for each in page.lines if isinstance(each, ProposalLine)] if is_explained else []
    form = explain_form(lines)
    in_view = {*(field_of(line) for line in lines), *(["words"] if is_explained else [])}
    for field in sent:
        if field.name not in in_view:
            sent.form_errors.extend(field.errors)
            field.errors = ()
        elif field.name in form:
            form[field.name].errors = field.errors
    return form


def acted(row: int, form: Form, act: Callable[[], object], *asked: Imported, message: str = "") -> ResponseReturnValue:
    """Do something with a file, and show it again."""

    def already(session: Session) -> bool:
        return services.state_of(session, actor(), cycle=current_cycle(), row=row) in asked

    if done := submission(form, act, already=already):
        return done.redirect(here(row), message)
    return file_page(row, form), status_of(form)


def here(row: int) -> str:
    """The page of a file with the list that was in view."""
    asked: dict[str, Any] = {name: text for name, text in flask_request.args.items() if name in IN_VIEW}
    return url_for("imports.show", row=row, **asked)


@bp.route("/file/<row:row>/accept", methods=["POST"])
@Page(Right.REVIEW)
def accept(year: int, row: int) -> ResponseReturnValue:
    """Let everything that a checked file proposes count."""
    form = SeenForm()

    def act() -> None:
        services.accept_import(db(), actor(), cycle=current_cycle(), row=row, seen=form.version, now=now())

    return acted(row, form, act, Imported.ACCEPTING, Imported.ACCEPTED)


@bp.route("/file/<row:row>/discard", methods=["GET", "POST"])
@Page(Right.REVIEW)
def discard(year: int, row: int) -> ResponseReturnValue:
    """Discard a file that was not accepted, once that is confirmed."""
    if flask_request.method != "POST":
        return ask_to_discard(row)
    form = SeenForm()

    def act() -> None:
        services.discard_import(db(), actor(), cycle=current_cycle(), row=row, seen=form.version, now=now())

    told = _("The file is discarded. None of its values count.")
    return acted(row, form, act, Imported.DISCARDED, message=told)


def ask_to_discard(row: int) -> ResponseReturnValue:
    """The question before a file is discarded; its page where it cannot be."""
    page = services.import_page(reader(), actor(), cycle=current_cycle(), row=row, now=now())
    if not page.may_discard:
        return redirect(url_for("imports.show", row=row), code=303)
    return ask_first(
        _("Discard %(name)s?", name=page.row.file_name),
        [_("No values of the file count. To use them, upload the file again.")],
        button=_("Discard the file"),
        back=url_for("imports.show", row=row),
        caption=localized(page.title),
        seen=page.row.version,
    )


@bp.route("/file/<row:row>/undo", methods=["GET", "POST"])
@Page(Right.REVIEW)
def undo(year: int, row: int) -> ResponseReturnValue:
    """Take back what an accepted file brought in, once that is confirmed."""
    form = SeenForm()

    def act() -> None:
        services.undo_import(db(), actor(), cycle=current_cycle(), row=row, seen=form.version, now=now())

    if flask_request.method == "POST":
        told = _("The file is undone. The earlier values count again.")
        return acted(row, form, act, Imported.UNDONE, message=told)
    page = services.import_page(reader(), actor(), cycle=current_cycle(), row=row, now=now())
    if not page.may_undo:
        return redirect(url_for("imports.show", row=row), code=303)
    return render_template("imports/undo.html", page=page, form=form)


@bp.route("/file/<row:row>/explain", methods=["POST"])
@Page(Right.REVIEW)
def explain(year: int, row: int) -> ResponseReturnValue:
    """Keep why suspicious values are right."""
    form = explain_form(())

    given: dict[str, Any] = {"words": form.words, "seen": form.seen, "now": now()}
    if done := submission(form, lambda: services.explain(db(), actor(), cycle=current_cycle(), row=row, **given)):
        if not done.result:
            flash(_("No explanation was entered or changed, so nothing was saved."), "warning")
        return done.redirect(here(row), _("The explanations are saved.") if done.result else "")
    return file_page(row, form), status_of(form)


@bp.route("/file/<row:row>/explain-all", methods=["POST"])
@Page(Right.REVIEW)
def explain_all(year: int, row: int) -> ResponseReturnValue:
    """Keep one reason for all suspicious values that have none."""
    form = ReasonForm()

    words = form.words.data or ""
    if done := submission(
        form, lambda: services.explain_all(db(), actor(), cycle=current_cycle(), row=row, words=words, now=now())
    ):
        told = ngettext("%(num)s value is explained.", "%(num)s values are explained.", done.result)
        return done.redirect(here(row), told)
    return file_page(row, form), status_of(form)


@bp.route("/file/<row:row>/original")
@Page(Right.REVIEW)
def original(year: int, row: int) -> ResponseReturnValue:
    """The file as it was uploaded."""
    cycle, folder = current_cycle(), settings().uploads
    return kept_file(services.original_of(reader(), actor(), cycle=cycle, row=row, folder=folder))


@bp.route("/file/<row:row>/marked")
@Page(Right.REVIEW)
def marked(year: int, row: int) -> ResponseReturnValue:
    """The workbook that shows the errors of a file."""
    cycle, folder = current_cycle(), settings().uploads
    return kept_file(services.marked_of(reader(), actor(), cycle=cycle, row=row, folder=folder))
