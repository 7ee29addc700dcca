"""Lists of people: the workbook to fill in, looked at when it comes back, and accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Right
from assess.services import accounts
from assess.services.accounts import IssuedLink, PeopleListPreview
from assess.services.documents import UploadedFile
from assess.store.queries.accounts import open_people_found
from assess.web.forms.accounts import PeopleFileForm, search_form, sought
from assess.web.forms.documents import AcceptDocumentForm
from assess.web.forms.fields import Form
from assess.web.pages import Page
from assess.web.previews import held, hold
from assess.web.request import actor, db, now, reader, settings
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
    return slips_page(loaded.welcomed, _("The list is imported"), changed=loaded.changed)


@bp.route("/links", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def links() -> ResponseReturnValue:
    """Asks before everybody who is found gets a new link; then shows the links this once."""
    search, form = search_form(accounts.places_of(reader(), actor())), Form()
    wanted = sought(search)
    if done := submission(form, lambda: accounts.make_links(db(), actor(), sought=wanted, now=now())):
        return slips_page(done.result, _("One-time links"))
    number, found = open_people_found(reader(), wanted, most=accounts.MOST_AT_ONCE)
    return render_template("accounts/links.html", form=form, number=number, found=found), status_of(form)


def slips_page(issued: Sequence[IssuedLink], title: str, *, changed: int | None = None) -> str:
    """The links as slips to print and cut; nothing else ever shows them."""
    slips = [{"name": each.name, "username": each.username, "address": address_of_link(each.token)} for each in issued]
    facts = {"title": title, "slips": slips, "changed": changed, "until": now() + accounts.LIFE}
    return render_template("accounts/slips.html", service=settings().address, **facts)
