"""Results to be taken away: the whole of them for leaders and the office, its own card for each unit."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, render_template, send_file, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.downloads import Product
from assess.services import downloads
from assess.services.downloads.sending import DrawnDocument
from assess.web.forms.downloads import AskForm, CardForm
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, language, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import submission
from assess.web.views.jobs import TAGS

bp = Blueprint("downloads", __name__, url_prefix="/<year:year>/downloads")


@bp.route("", methods=["GET", "POST"])
@Page(Right.SEE_RESULTS, title=_l("Downloads"), area=Area.RESULTS, place=170)
def listing(year: int) -> ResponseReturnValue:
    """What can be taken away; a file is made when its button is pressed."""
    cycle, asked = current_cycle(), AskForm()
    if done := submission(asked, lambda: downloads.ask_download(db(), actor(), cycle=cycle, now=now(), **asked.wanted)):
        return done.redirect(
            url_for("downloads.listing"),
            _("The file is being created. You may leave this page; download the file here later."),
        )
    page = downloads.download_page(reader(), actor(), cycle=cycle)
    card = CardForm(formdata=None, language=language())
    card.offer(page.units)
    products = {"all": list(Product), "tags": TAGS}
    status = 422 if asked.errors else 200
    return render_template("downloads/listing.html", page=page, asked=asked, card=card, products=products), status


@bp.route("/<row:row>")
@Page(Right.SEE_ALL_RESULTS)
def file(year: int, row: int) -> ResponseReturnValue:
    """A file of the whole result."""
    folder = settings().uploads
    return kept_file(downloads.download_to_send(reader(), actor(), cycle=current_cycle(), row=row, folder=folder))


@bp.route("/card")
@Page(Right.SEE_RESULTS)
def card(year: int) -> ResponseReturnValue:
    """The card of one unit, as it is sealed, or drawn now."""
    asked = CardForm(flask_request.args)
    found = downloads.card_to_send(reader(), actor(), cycle=current_cycle(), folder=settings().uploads, **asked.wanted)
    if not isinstance(found, DrawnDocument):
        return kept_file(found)
    data, name = found
    return send_file(BytesIO(data), "application/pdf", as_attachment=True, download_name=name, max_age=0)
