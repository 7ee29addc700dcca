"""The first page after signing in, and the choice of language."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue

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
    """A page of this service, never another site's."""
    inside = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if inside and "\\" not in target else url_for("home.home")
