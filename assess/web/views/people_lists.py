"""Lists of people: the workbook to fill in, looked at when it comes back, and accepted."""

from __future__ import annotations

from typing import Any

from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import accounts
from assess.services.accounts import PeopleListPreview
from assess.services.documents import UploadedFile, keep_document, kept_document
from assess.web.forms.accounts import AcceptListForm, PeopleFileForm
from assess.web.pages import Page
from assess.web.request import actor, database, db, now, reader, settings
from assess.web.signed_values import read_signed_values, sign_values
from assess.web.submission import status_of, submission
from assess.web.uploads import on_the_disk
from assess.web.views import people
from assess.web.views.people import address_of_link

bp = people.bp
"""The pages of people, with those of their lists."""

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
USE = "list of people"
OUTDATED = Text(
    "预览已失效，尚未保存，请重新上传名单。", "This preview has expired. Nothing was saved. Upload the list again."
)


@bp.route("/template")
@Page(Right.ADMINISTER)
def template() -> ResponseReturnValue:
    """The workbook to fill in, with everybody there is."""
    book = accounts.people_book(reader(), actor())
    return send_file(book, mimetype=MEDIA_TYPE, as_attachment=True, download_name=_("People") + ".xlsx", max_age=0)


@bp.route("/load", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def load() -> ResponseReturnValue:
    """Upload a list: either everything that is wrong, or what it would change."""
    form = PeopleFileForm()
    if done := submission(form, lambda: accounts.preview_people(reader(), actor(), document=form.upload)):
        return preview_page(done.result, form.upload)
    return render_template("accounts/load.html", form=form), status_of(form)


def preview_page(preview: PeopleListPreview, document: UploadedFile) -> ResponseReturnValue:
    """What a list would change, with the file kept until it is accepted."""
    with on_the_disk(), database().writing() as session:
        sha256 = keep_document(session, actor(), folder=settings().uploads, document=document, now=now())
    form = AcceptListForm(formdata=None, data={"preview": sign_values(USE, [sha256, document.name, preview.digest])})
    return render_template(
        "accounts/preview.html",
        form=form,
        preview=preview,
        new=preview.new,
        file_name=document.name,
        places=accounts.places_of(reader(), actor()),
    )


@bp.route("/accept", methods=["POST"])
@Page(Right.ADMINISTER)
def accept() -> ResponseReturnValue:
    """Keep what the preview showed, and show the links of the new ones this once."""
    facts = read_signed_values(USE, AcceptListForm().preview.data or "")
    if facts is None:
        raise Refused(OUTDATED)
    sha256, name, digest = facts
    document = kept_document(settings().uploads, sha256=sha256, name=name)
    loaded = accounts.accept_people(db(), actor(), document=document, digest=digest, now=now())
    links: list[dict[str, Any]] = [
        {"name": each.name, "username": each.username, "address": address_of_link(each.token)}
        for each in loaded.welcomed
    ]
    return render_template(
        "accounts/welcomed.html", welcomed=links, changed=loaded.changed, until=now() + accounts.LIFE
    )
