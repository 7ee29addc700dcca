"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assess.web.access import for_anyone

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@for_anyone
def sign_in() -> ResponseReturnValue:
    """The sign-in page."""
    return render_template("accounts/sign_in.html"), 200
