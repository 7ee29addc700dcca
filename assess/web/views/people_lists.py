"""Lists of people: the workbook to fill in, looked at when it comes back, and accepted."""

from __future__ import annotations

from typing import Any, Final

from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.services import accounts
from assess.services.accounts import PeopleListPreview
from assess.services.documents import UploadedFile
from assess.web.forms.accounts import PeopleFileForm
from assess.web.forms.documents import AcceptDocumentForm
from assess.web.pages import Page
from assess.web.previews import held, hold
from assess.web.request import actor, db, now, reader
from assess.web.submission import status_of, submission
from assess.web.views import people
from assess.web.views.people import address_of_link

bp = people.bp
"""The pages of people, with those of their lists."""

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE: Final = "people"
"""What a word is for that stands for a list between its preview and its acceptance."""


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
    form = AcceptDocumentForm(formdata=None, data={"document": hold(PEOPLE, document, seen=preview.digest)})
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
    kept = held(PEOPLE)
    loaded = accounts.accept_people(db(), actor(), document=kept.document, digest=kept.seen, now=now())
    links: list[dict[str, Any]] = [
        {"name": each.name, "username": each.username, "address": address_of_link(each.token)}
        for each in loaded.welcomed
    ]
    return render_template(
        "accounts/welcomed.html", welcomed=links, changed=loaded.changed, until=now() + accounts.LIFE
    )
