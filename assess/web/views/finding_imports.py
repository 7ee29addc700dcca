"""Files of findings: the template, uploading, what was found, accepting all of it or nothing, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.finding_imports.verdicts import FindingCheckList
from assess.core.findings.states import FindingStep
from assess.core.text import Language
from assess.core.workflow import Imported
from assess.services import finding_imports as services
from assess.services.documents import UploadedFile
from assess.services.finding_imports import FilePage
from assess.services.finding_imports.pages import counts_of
from assess.services.imports.sources import SPREADSHEET
from assess.store.session import Session
from assess.web.confirming import ask_first
from assess.web.forms.fields import Form
from assess.web.forms.finding_imports import DecideForm, FindingsForm, WithdrawImportForm
from assess.web.forms.seen import SeenForm
from assess.web.pages import Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import status_of, submission
from assess.web.uploads import on_the_disk
from assess.web.views.imports import TAGS

bp = Blueprint("finding_imports", __name__, url_prefix="/<year:year>/findings/files")

SHOWS: Final = {each.value: each for each in FindingCheckList}
"""The lists of a file by what the address calls them."""
IN_VIEW: Final = ("show", "page")
"""What an address may say about the list that is in view."""


@bp.route("", methods=["GET", "POST"])
@Page(Right.INSPECT, title=_l("Findings from Excel"), under="findings.listing")
def index(year: int) -> ResponseReturnValue:
    """The template and the files; a file is taken in when posted."""
    form, number = FindingsForm(), page_asked_for()
    if done := submission(form, lambda: taken_in(form.upload, form.source.data or "")):
        return done.redirect(url_for("finding_imports.show", row=done.result))
    part = slice((number - 1) * SIZE, number * SIZE)
    page = services.files_page(reader(), actor(), cycle=current_cycle(), part=part)
    form.offer(page.catalogue)
    about = {"page": page, "form": form, "paging": page_of(number, page.count), "tags": TAGS, "counts_of": counts_of}
    return render_template("finding_imports/index.html", **about), status_of(form)


def taken_in(document: UploadedFile, source: str) -> int:
    """The number of a file that was kept and will be checked."""
    cycle, folder = current_cycle(), settings().uploads
    with on_the_disk():
        return services.upload_findings(
            db(), actor(), cycle=cycle, document=document, source=source, folder=folder, now=now()
        ).id


@bp.route("/template/<any(zh, en):code>")
@Page(Right.INSPECT)
def template(year: int, code: Language) -> ResponseReturnValue:
    """The workbook to list findings in, in a language."""
    made = services.finding_template(reader(), actor(), cycle=current_cycle(), language=code)
    name = f"findings-{year}-{code}.xlsx"
    return send_file(BytesIO(made), mimetype=SPREADSHEET, as_attachment=True, download_name=name, max_age=0)


@bp.route("/<row:row>")
@Page(Right.INSPECT)
def show(year: int, row: int) -> ResponseReturnValue:
    """One file: how far the work on it is, its flaws, its preview, or what it became."""
    return file_page(row, SeenForm())


def page_in_view(row: int) -> FilePage:
    """A file with the list that the address asks for."""
    shown, number = SHOWS.get(flask_request.args.get("show", "")), page_asked_for()
    start = (number - 1) * SIZE
    return services.file_page(reader(), actor(), cycle=current_cycle(), row=row, show=shown, start=start)


def file_page(row: int, form: Form) -> str:
    """The page of a file, with what came of a form."""
    page = page_in_view(row)
    upload = FindingsForm(formdata=None, data={"source": page.row.found.get("source")})
    upload.offer(page.catalogue)
    paging = page_of(page_asked_for(), page.listed, "finding_imports.show")
    about = {"page": page, "form": form, "upload": upload, "paging": paging, "tags": TAGS}
    return render_template("finding_imports/file.html", **about)


def acted(row: int, form: Form, act: Callable[[], object], *asked: Imported, message: str = "") -> ResponseReturnValue:
    """Do something with a file, and show it again."""
    here: dict[str, Any] = {name: text for name, text in flask_request.args.items() if name in IN_VIEW}

    def already(_session: Session) -> bool:
        found = page_in_view(row).row
        return not found.has_failed and found.state in asked

    if done := submission(form, act, already=already):
        return done.redirect(url_for("finding_imports.show", row=row, **here), message)
    return file_page(row, form), status_of(form)


@bp.route("/<row:row>/accept", methods=["POST"])
@Page(Right.INSPECT)
def accept(year: int, row: int) -> ResponseReturnValue:
    """Have the new findings of a checked file recorded."""
    form = SeenForm()

    def act() -> None:
        services.accept_findings(db(), actor(), cycle=current_cycle(), row=row, seen=form.version, now=now())

    return acted(row, form, act, Imported.ACCEPTING, Imported.ACCEPTED)


@bp.route("/<row:row>/discard", methods=["GET", "POST"])
@Page(Right.INSPECT)
def discard(year: int, row: int) -> ResponseReturnValue:
    """Discard a file that was not accepted, once that is confirmed."""
    if flask_request.method != "POST":
        return ask_to_discard(row)
    form = SeenForm()

    def act() -> None:
        services.discard_findings(db(), actor(), cycle=current_cycle(), row=row, seen=form.version, now=now())

    told = _("The file is discarded. Nothing in it is recorded.")
    return acted(row, form, act, Imported.DISCARDED, message=told)


def ask_to_discard(row: int) -> ResponseReturnValue:
    """The question before a file is discarded; its page where it cannot be."""
    page = page_in_view(row)
    if not page.may_discard:
        return redirect(url_for("finding_imports.show", row=row), code=303)
    return ask_first(
        _("Discard %(name)s?", name=page.row.file_name),
        [_("No findings of the file are recorded. To use them, upload the file again.")],
        button=_("Discard the file"),
        back=url_for("finding_imports.show", row=row),
        seen=page.row.version,
    )


@bp.route("/<row:row>/withdraw", methods=["GET", "POST"])
@Page(Right.INSPECT)
def withdraw(year: int, row: int) -> ResponseReturnValue:
    """Ask that an accepted file be withdrawn."""
    form = WithdrawImportForm()

    def act() -> None:
        reason = form.reason.data or ""
        services.ask_withdrawal(
            db(), actor(), cycle=current_cycle(), row=row, reason=reason, seen=form.version, now=now()
        )

    return withdrawing(row, form, act, _("Request sent. Another person will decide."))


@bp.route("/<row:row>/decide", methods=["GET", "POST"])
@Page(Right.INSPECT)
def decide(year: int, row: int) -> ResponseReturnValue:
    """Decide on a request to withdraw a file."""
    form = DecideForm()
    return withdrawing(
        row, form, lambda: decide_on(row, form, form.step.data or ""), _("Saved. This page shows the result.")
    )


@bp.route("/<row:row>/take-back", methods=["POST"])
@Page(Right.INSPECT)
def take_back(year: int, row: int) -> ResponseReturnValue:
    """Take back one's own request to withdraw a file."""
    form = DecideForm()
    return withdrawing(
        row, form, lambda: decide_on(row, form, FindingStep.WITHDRAW), _("Saved. This page shows the result.")
    )


def decide_on(row: int, form: DecideForm, step: str) -> None:
    """End a request to withdraw a file by one of the steps that do."""
    reason = form.reason.data or ""
    services.decide_withdrawal(
        db(), actor(), cycle=current_cycle(), row=row, step=step, reason=reason, seen=form.version, now=now()
    )


def withdrawing(row: int, form: WithdrawImportForm, act: Callable[[], object], message: str) -> ResponseReturnValue:
    """The page of a request to withdraw a file, and what comes of it."""
    where = url_for("finding_imports.show", row=row)
    if done := submission(form, act):
        return done.redirect(where, message)
    page = page_in_view(row)
    if page.may_withdraw or page.withdrawal is not None:
        answer = render_template("finding_imports/withdraw.html", page=page, form=fitting(form, page))
        return answer, status_of(form)
    if form.is_submitted():
        return file_page(row, form), status_of(form)
    return redirect(where, code=303)


def fitting(form: WithdrawImportForm, page: FilePage) -> WithdrawImportForm:
    """The form that fits how a file stands, with what was wrong on top of another one."""
    wanted = WithdrawImportForm if page.withdrawal is None else DecideForm
    if type(form) is wanted:
        return form
    other = wanted(formdata=None)
    other.form_errors = form.form_errors
    return other


@bp.route("/<row:row>/original")
@Page(Right.INSPECT)
def original(year: int, row: int) -> ResponseReturnValue:
    """The file as it was uploaded."""
    cycle, folder = current_cycle(), settings().uploads
    return kept_file(services.original_of(reader(), actor(), cycle=cycle, row=row, folder=folder))


@bp.route("/<row:row>/marked")
@Page(Right.INSPECT)
def marked(year: int, row: int) -> ResponseReturnValue:
    """The workbook that shows the errors of a file."""
    cycle, folder = current_cycle(), settings().uploads
    return kept_file(services.marked_of(reader(), actor(), cycle=cycle, row=row, folder=folder))
