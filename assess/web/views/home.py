"""The first page after signing in, and the choice of language."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from assess.store.queries.cycles import cycles_seen_by
from assess.web.access import for_anyone, for_everybody_signed_in
from assess.web.request import actor, reader, settings

bp = Blueprint("home", __name__)


@bp.route("/")
@for_everybody_signed_in
def home() -> ResponseReturnValue:
    """The years a person may work in."""
    return render_template("home/home.html", cycles=cycles_seen_by(reader(), actor()))


@bp.route("/language/<any(zh, en):code>")
@for_anyone
def choose_language(code: str) -> ResponseReturnValue:
    """Remember a language in the browser and go back to the page."""
    answer = redirect(here_or_home(flask_request.args.get("next", "")), code=303)
    answer.set_cookie(
        "language", code, max_age=365 * 24 * 3600, secure=settings().secure, httponly=True, samesite="Lax"
    )
    return answer


def here_or_home(target: str) -> str:
    """A page of this service that can be opened by a link; never another site's.

    Browsers leave out tabs and line breaks, and read a backslash as a slash.
    """
    inside = target.startswith("/") and not target.startswith("//")
    plain = target.isprintable() and "\\" not in target and " " not in target
    return target if inside and plain and can_be_opened(target) else url_for("home.home")


def can_be_opened(target: str) -> bool:
    """Whether the address leads to a page, and not only to something that is sent."""
    try:
        current_app.create_url_adapter(flask_request).match(target.partition("?")[0], method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True
