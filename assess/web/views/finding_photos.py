"""Photos of a finding: added, withdrawn, shown small and large, and for the office as they were handed in."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from assess.core.actors import Right
from assess.core.errors import Refused
from assess.core.findings.photos import PhotoSize, PhotoSubject
from assess.core.text import Text
from assess.services.evidence.pages import EvidenceDownload
from assess.services.findings import add_photos, photo_to_send, withdraw_photo
from assess.store.queries.findings import PhotoRow, photos_of
from assess.web.confirming import ask_first
from assess.web.finding_uploads import take_photos
from assess.web.forms.finding_photos import AddPhotosForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file, shown_picture
from assess.web.submission import status_of, submission
from assess.web.views.findings import finding_in_view

bp = Blueprint("finding_photos", __name__)

NO_SIDE: Final = Text(
    "请选择照片显示的是整改前还是整改后", "Select whether the photos show the place before or after the correction"
)


@bp.route("/<year:year>/findings/<row:number>/photos", methods=["GET", "POST"])
@Page(Right.SEE_FINDINGS, under="findings.listing")
def photos(year: int, number: int) -> ResponseReturnValue:
    """The photos of a finding; more of them may come, and what is one's own may go."""
    page, form = finding_in_view(number), AddPhotosForm()
    form.offer(page.sides)
    if form.is_submitted():
        take_photos(form)
    if done := submission(form, lambda: add(form, number)):
        told = ngettext("%(num)s photo was added.", "%(num)s photos were added.", done.result)
        flash(told, "success" if done.result else "information")
        return done.redirect(url_for("finding_photos.photos", number=number))
    withdrawn = withdrawn_of(page.row.id)
    return render_template(
        "findings/photos.html", page=page, form=form, sides=PhotoSubject, withdrawn=withdrawn
    ), status_of(form)


def add(form: AddPhotosForm, number: int) -> int:
    """Add the photos that are ticked; how many are new."""
    if form.chosen is None:
        raise Refused(NO_SIDE, {"side": NO_SIDE})
    return add_photos(
        db(),
        actor(),
        cycle=current_cycle(),
        number=number,
        side=form.chosen,
        claims=form.claims,
        words=form.note.data or "",
        now=now(),
    )


def withdrawn_of(finding: int) -> list[PhotoRow]:
    """The photos that were withdrawn, which the office alone still sees."""
    if not actor().may(Right.ADMINISTER):
        return []
    return [row for row in photos_of(reader(), finding) if row.withdrawn_at is not None]


@bp.route("/<year:year>/findings/<row:number>/photos/<row:row>/withdraw", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def withdraw(year: int, number: int, row: int) -> ResponseReturnValue:
    """Remove a photo from a finding, once that is confirmed."""
    if flask_request.method != "POST":
        return ask_to_withdraw(number, row)
    name = withdraw_photo(db(), actor(), cycle=current_cycle(), number=number, row=row, now=now())
    flash(_("%(name)s is withdrawn. The assessment office can still see it.", name=name), "success")
    return redirect(url_for("finding_photos.photos", number=number), code=303)


def ask_to_withdraw(number: int, row: int) -> ResponseReturnValue:
    """The question before a photo is removed; the page of photos where the reader may not remove it."""
    page, back = finding_in_view(number), url_for("finding_photos.photos", number=number)
    shown = next((each for side in PhotoSubject for each in page.of_side(side) if each.row.id == row), None)
    if shown is None or not shown.may_withdraw:
        return redirect(back, code=303)
    return ask_first(
        _("Withdraw %(name)s?", name=shown.row.file_name),
        [_("The photo is then no longer shown with the finding. The assessment office can still see it.")],
        button=_("Withdraw the photo"),
        back=back,
        caption=_("Photos of finding %(number)s", number=number),
    )


@bp.route("/<year:year>/findings/photos/<row:row>/thumbnail")
@Page(Right.SEE_FINDINGS)
def thumbnail(year: int, row: int) -> ResponseReturnValue:
    """A photo drawn anew, small."""
    return shown_picture(sent_as(row, PhotoSize.THUMBNAIL))


@bp.route("/<year:year>/findings/photos/<row:row>/picture")
@Page(Right.SEE_FINDINGS)
def picture(year: int, row: int) -> ResponseReturnValue:
    """A photo drawn anew, as large as it needs to be."""
    return shown_picture(sent_as(row, PhotoSize.PICTURE))


@bp.route("/<year:year>/findings/photos/<row:row>/original")
@Page(Right.ADMINISTER)
def original(year: int, row: int) -> ResponseReturnValue:
    """A photo as it was handed in, with whatever the camera noted in it."""
    return kept_file(sent_as(row, PhotoSize.ORIGINAL))


def sent_as(row: int, size: PhotoSize) -> EvidenceDownload:
    """The file of a photo."""
    return photo_to_send(reader(), actor(), cycle=current_cycle(), row=row, size=size, folder=settings().uploads)
