"""Evidence: files of a figure attached, withdrawn and downloaded."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.core.errors import Refused
from assess.core.flaws import ValidationError
from assess.core.text import Text
from assess.services.documents import UploadedFile
from assess.services.evidence import (
    Attached,
    FigureEvidencePage,
    attach_to_figure,
    check_may_change,
    figure_page,
    file_to_send,
    withdraw_from_figure,
)
from assess.services.forms.drafts import check_open
from assess.services.forms.form_books import accept_filling, read_filling
from assess.services.forms.papers import EvidencePaper, form_on_paper, form_workbook
from assess.services.forms.signed import SIGNED_FORM, attach_signed_form, closed_to_signing, withdraw_signed_form
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.store.queries.evidence import AttachedRow, KeptRow, attachments_of, handed_in
from assess.web.confirming import ask_first
from assess.web.filters import localized
from assess.web.forms.documents import DocumentForm
from assess.web.forms.evidence import AcceptBookForm, AttachForm, FilesForm, KeepingForm, SignedForm, told_attached
from assess.web.pages import Page
from assess.web.previews import held, hold
from assess.web.request import actor, current_cycle, db, language, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import status_of, submission
from assess.web.uploads import keep_uploads

bp = Blueprint("evidence", __name__)

NO_LONGER_FITS = Text(
    "评分表或单位情况有变动，这份表格已不能使用，尚未保存。请重新下载、填写并上传。",
    "The rule sheet or the unit changed, so this Excel file can no longer be used. Nothing was saved. "
    "Download the form again and fill it in.",
)
BOOK = "form-book:"
"""What a word is for that stands for a workbook between its preview and its acceptance."""


@bp.route("/<year:year>/files/<unit>/<figure>", methods=["GET", "POST"])
@Page(Right.TAKE_PART, under="forms.own")
def figure(year: int, unit: str, figure: str) -> ResponseReturnValue:
    """The files that prove a figure; an official of the unit attaches more."""
    page = figure_page(reader(), actor(), cycle=current_cycle(), unit=unit, figure=figure, now=now())
    form = AttachForm()
    form.offer(page.others, where(page))
    if form.is_submitted():
        check_may_change(actor(), page)
        keep(form)
    if done := submission(form, lambda: attach(form, page)):
        say(done.result)
        return done.redirect(url_for("evidence.figure", unit=unit, figure=figure))
    return render_template("evidence/figure.html", page=page, form=form), status_of(form)


def where(page: FigureEvidencePage) -> dict[str, str]:
    """What the unit's other files are attached to."""
    return {subject: localized(title) for subject, title in page.titles.items()}


def keep(form: KeepingForm) -> None:
    """Keep what came, tick it and offer it again beside what waits: it outlives a refusal."""
    ticked = form.kept.data or []
    waiting = handed_in(reader(), account=actor().account, uploads=ticked).values()
    new = keep_new(form)
    form.offer_kept([*waiting, *new])
    form.kept.data = list(dict.fromkeys([*ticked, *(file.sha256 for file in new)]))


def keep_new(form: FilesForm) -> list[KeptRow]:
    """Keep the files that came; what is wrong with any of them stands beside their field."""
    if form.too_many:
        form.complain(form.too_many)
        return []
    kept = keep_uploads(form["files"].data or [])
    form.complain(kept.wrongs)
    return list(kept.files)


def attach(form: AttachForm, page: FigureEvidencePage) -> Attached:
    """Attach what is ticked and what came."""
    return attach_to_figure(
        db(),
        actor(),
        cycle=current_cycle(),
        unit=page.unit,
        figure=page.question.figure,
        claims=form.claims,
        note=form.note.data or "",
        now=now(),
    )


def say(done: Attached) -> None:
    """What came of attaching, on the page that follows."""
    for category, words in told_attached(done):
        flash(words, category)


@bp.route("/<year:year>/files/<unit>/<figure>/<row:row>/withdraw", methods=["GET", "POST"])
@Page(Right.REPORT)
def withdraw(year: int, unit: str, figure: str, row: int) -> ResponseReturnValue:
    """Withdraw a file of a figure, once that is confirmed."""
    back = url_for("evidence.figure", unit=unit, figure=figure)
    if flask_request.method != "POST":
        page = figure_page(reader(), actor(), cycle=current_cycle(), unit=unit, figure=figure, now=now())
        return ask_to_withdraw(page.files, row, back)
    name = withdraw_from_figure(db(), actor(), cycle=current_cycle(), unit=unit, figure=figure, row=row, now=now())
    flash(_("%(name)s is withdrawn. It stays in the history and can be uploaded again.", name=name), "success")
    return redirect(back, code=303)


def ask_to_withdraw(files: Iterable[AttachedRow], row: int, back: str) -> ResponseReturnValue:
    """The question before a file is withdrawn; the page of its files where it is not among them any more."""
    file = next((each for each in files if each.id == row), None)
    if file is None:
        return redirect(back, code=303)
    return ask_first(
        _("Withdraw %(name)s?", name=file.file_name),
        [_("The file is then no longer evidence here. It stays in the history and can be uploaded again.")],
        button=_("Withdraw the file"),
        back=back,
    )


@bp.route("/<year:year>/files/<row:row>")
@Page(Right.TAKE_PART)
def download(year: int, row: int) -> ResponseReturnValue:
    """One file, to be saved and never shown inside the service."""
    sent = file_to_send(reader(), actor(), cycle=current_cycle(), row=row, folder=settings().uploads)
    return kept_file(sent)


@bp.route("/<year:year>/form/<unit>/workbook")
@Page(Right.TAKE_PART)
def workbook(year: int, unit: str) -> ResponseReturnValue:
    """The form as a workbook, with what is saved so far."""
    return taken_away(form_workbook(form_in_view(unit), language()))


@bp.route("/<year:year>/form/<unit>/print.pdf")
@Page(Right.TAKE_PART)
def paper(year: int, unit: str) -> ResponseReturnValue:
    """The form on paper: a draft before it is submitted, then with its receipt."""
    return taken_away(form_on_paper(reader(), form_in_view(unit), language()))


def taken_away(paper: EvidencePaper) -> Response:
    """A document to be saved."""
    return send_file(
        BytesIO(paper.data), mimetype=paper.media_type, as_attachment=True, download_name=paper.name, max_age=0
    )


def form_in_view(unit: str) -> UnitFormPage:
    """The form that the page is of, as it stands."""
    return unit_form(reader(), actor(), cycle=current_cycle(), unit=unit, now=now())


def own_form(unit: str) -> UnitFormPage:
    """The form of a unit that the reader reports for."""
    actor().check_unit(unit)
    return form_in_view(unit)


@bp.route("/<year:year>/form/<unit>/workbook/upload", methods=["GET", "POST"])
@Page(Right.REPORT)
def upload_workbook(year: int, unit: str) -> ResponseReturnValue:
    """Take a filled-in workbook: its flaws by cell, nothing kept; or on to its preview."""
    page, form = own_form(unit), DocumentForm()
    if form.is_submitted():
        check_open(page)
    if done := submission(form, lambda: read_filling(page, form.upload)):
        return done.redirect(url_for("evidence.preview", unit=unit, document=hold(BOOK + unit, form.upload)))
    answer = render_template("evidence/workbook.html", page=page, form=form, groups=form.groups)
    return answer, status_of(form)


@bp.route("/<year:year>/form/<unit>/workbook/preview", methods=["GET", "POST"])
@Page(Right.REPORT)
def preview(year: int, unit: str) -> ResponseReturnValue:
    """What a workbook would change; accepted, it is saved as drafts."""
    page, kept, form = own_form(unit), held(BOOK + unit), AcceptBookForm()
    if form.is_submitted():
        check_open(page)
    if done := submission(form, lambda: accept(unit, kept.document, form.seen.data or "")):
        return done.redirect(
            url_for("forms.sections", unit=unit), _("The Excel file is imported. Check the form, then submit it.")
        )
    form.document.data, form.seen.data = kept.word, page.stamp
    return render_template("evidence/preview.html", page=page, form=form, **about(page, kept.document)), status_of(form)


def about(page: UnitFormPage, document: UploadedFile) -> dict[str, object]:
    """What the preview shows of a workbook.

    Raises:
        Refused: it fitted when it was uploaded and does not any more.
    """
    try:
        filling = read_filling(page, document)
    except ValidationError:
        raise Refused(NO_LONGER_FITS) from None
    warnings = [flaw.what.localized(language(), **flaw.facts) for flaw in filling.warnings]
    return {"filling": filling, "warnings": warnings, "name": document.name}


def accept(unit: str, document: UploadedFile, seen: str) -> None:
    """Save what a workbook changes."""
    accept_filling(db(), actor(), cycle=current_cycle(), unit=unit, document=document, seen=seen, now=now())


@bp.route("/<year:year>/form/<unit>/signed", methods=["GET", "POST"])
@Page(Right.REPORT)
def signed(year: int, unit: str) -> ResponseReturnValue:
    """Attach the scan of the signed and sealed form."""
    page, form = own_form(unit), SignedForm()
    closed = closed_to_signing(current_cycle().stage, page.row.state)
    if form.is_submitted() and closed is not None:
        raise Refused(closed)
    scans = keep_new(form) if form.is_submitted() else []
    claims, cycle = [scan.sha256 for scan in scans], current_cycle()
    if done := submission(
        form, lambda: attach_signed_form(db(), actor(), cycle=cycle, unit=unit, claims=claims, now=now())
    ):
        say(done.result)
        return done.redirect(url_for("forms.receipt", unit=unit))
    files = attachments_of(reader(), cycle=current_cycle().id, unit=unit).get(SIGNED_FORM, [])
    answer = render_template("evidence/signed.html", page=page, form=form, files=files, closed=closed)
    return answer, status_of(form)


@bp.route("/<year:year>/form/<unit>/signed/<row:row>/withdraw", methods=["GET", "POST"])
@Page(Right.REPORT)
def withdraw_signed(year: int, unit: str, row: int) -> ResponseReturnValue:
    """Withdraw a scan of the signed form, once that is confirmed."""
    if flask_request.method != "POST":
        own_form(unit)
        files = attachments_of(reader(), cycle=current_cycle().id, unit=unit).get(SIGNED_FORM, [])
        return ask_to_withdraw(files, row, url_for("evidence.signed", unit=unit))
    name = withdraw_signed_form(db(), actor(), cycle=current_cycle(), unit=unit, row=row, now=now())
    flash(_("%(name)s is withdrawn. It stays in the history and can be uploaded again.", name=name), "success")
    return redirect(url_for("evidence.signed", unit=unit), code=303)
