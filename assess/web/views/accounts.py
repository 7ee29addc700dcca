"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.web.access import for_anyone
from assess.web.forms.accounts import SignInForm
from assess.web.request import signed_in
from assess.web.sign_in import Outcome, forget_browser, try_to_sign_in
from assess.web.views.home import here_or_home

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@for_anyone
def sign_in() -> ResponseReturnValue:
    """The sign-in page; whoever is signed in goes on."""
    inside = here_or_home(flask_request.args.get("next", ""))
    form = SignInForm()
    if flask_request.method == "GET" and signed_in() is not None:
        return redirect(inside, code=303)
    status = 200
    if form.validate_on_submit():
        outcome = try_to_sign_in(form.username.data, form.password.data)
        if outcome is Outcome.SIGNED_IN:
            return redirect(inside, code=303)
        form.form_errors.append(told(outcome))
        status = outcome.value
    elif form.errors:
        status = 422
    return render_template("accounts/sign_in.html", form=form), status


def told(outcome: Outcome) -> str:
    """Why somebody is not signed in; the same words whether or not there is such an account."""
    if outcome is Outcome.TOO_MANY:
        return str(_("Too many attempts failed. Wait 15 minutes before you try again."))
    return str(_("The username or the password is wrong. Check both and try again."))


@bp.route("/sign-out", methods=["POST"])
@for_anyone
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    forget_browser()
    return redirect(url_for("accounts.sign_in"), code=303)
