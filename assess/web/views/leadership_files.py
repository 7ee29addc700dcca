"""What leaders take to a meeting: briefs of one page, in either language."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from flask import Blueprint, Response, send_file
from flask import request as flask_request

from assess.core.actors import Right
from assess.core.text import Language
from assess.services.downloads.sending import DrawnDocument
from assess.services.leadership import View, chosen_view
from assess.services.leadership.briefs import unit_brief, year_brief
from assess.web.forms.leadership import ResultChoiceForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, language, reader, settings

bp = Blueprint("leadership_files", __name__, url_prefix="/<year:year>/ranking")

PDF: Final = "application/pdf"


@bp.route("/brief.pdf")
@Page(Right.SEE_ALL_RESULTS)
def brief(year: int) -> Response:
    """The brief of the year."""
    cycle, view = current_cycle(), view_asked_for()
    made = year_brief(reader(), view, cycle, language=language_asked_for(), folder=settings().uploads)
    return sent(made, PDF)


@bp.route("/<unit>/brief.pdf")
@Page(Right.SEE_ALL_RESULTS)
def brief_of_unit(year: int, unit: str) -> Response:
    """The brief of a unit."""
    made = unit_brief(reader(), view_asked_for(), unit, language=language_asked_for(), folder=settings().uploads)
    return sent(made, PDF)


def view_asked_for() -> View:
    """The result that the address names, or the one that counts."""
    return chosen_view(reader(), actor(), cycle=current_cycle(), number=ResultChoiceForm(flask_request.args).number)


def language_asked_for() -> Language:
    """The language that the address names, or the reader's."""
    asked = flask_request.args.get("language")
    if asked == "zh":
        return "zh"
    return "en" if asked == "en" else language()


def sent(made: DrawnDocument, media_type: str) -> Response:
    """A document that was drawn now, to be saved."""
    return send_file(BytesIO(made.data), media_type, as_attachment=True, download_name=made.name, max_age=0)
