"""Signing in and out, passwords, and a person's own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from assess.services import accounts
from assess.store.queries.accounts import account_numbered
from assess.web.expired_forms import late_of
from assess.web.forms.accounts import ChangePasswordForm, LanguageForm, NewPasswordForm, SignInForm
from assess.web.pages import Audience, Page
from assess.web.request import actor, db, now, reader, signed_in
from assess.web.sign_in import (
    NotSignedIn,
    attempt_under,
    forget_browser,
    opened_or_why_not,
    this_token,
    try_to_sign_in,
    used_browsers,
)
from assess.web.submission import status_of, submission
from assess.web.views.home import here_or_home

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@Page(Audience.ANYONE)
def sign_in() -> ResponseReturnValue:
    """The sign-in page; whoever is signed in goes on."""
    inside = here_or_home(flask_request.args.get("next", ""))
    form = SignInForm()
    if flask_request.method != "POST" and signed_in() is not None:
        return redirect(inside, code=303)
    done = submission(form, lambda: try_to_sign_in(form.username.data, form.password.data))
    if done is None:
        return render_template("accounts/sign_in.html", form=form, action=""), status_of(form)
    if done.result is None:
        return going_on(form.late.data or "", inside)
    form.form_errors.append(refusal_text(done.result))
    headers = {"Retry-After": str(done.result.seconds)} if done.result.wait else {}
    return render_template("accounts/sign_in.html", form=form, action=""), done.result.status, headers


def going_on(word: str, inside: str) -> ResponseReturnValue:
    """Where somebody goes who has just signed in: on, or first to send what came too late before."""
    late = late_of(word)
    if late is None:
        return redirect(inside, code=303)
    why = _("What you entered is not saved yet because your sign-in had ended. It is still here. Send it now.")
    return render_template("accounts/send_again.html", late=late, title=_("You are signed in again"), why=why)


def refusal_text(refusal: NotSignedIn) -> str:
    """Why somebody is not signed in; the same words whether or not there is such an account."""
    if not refusal.wait:
        return str(_("The username or the password is wrong. Check both and try again."))
    text: str = ngettext(
        "Too many attempts failed. Try again in %(num)s second. If you forgot the password, ask the assessment office "
        "for a link to set a new one.",
        "Too many attempts failed. Try again in %(num)s seconds. If you forgot the password, ask the assessment office "
        "for a link to set a new one.",
        refusal.seconds,
    )
    return text


@bp.route("/sign-out", methods=["POST"])
@Page(Audience.ANYONE)
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    forget_browser()
    return redirect(url_for("accounts.sign_in"), code=303)


@bp.route("/password/<token>", methods=["GET", "POST"])
@Page(Audience.ANYONE)
def set_password(token: str) -> ResponseReturnValue:
    """Set a password by a one-time link."""
    username = accounts.owner_of_link(reader(), token=token, now=now())
    form = NewPasswordForm()
    if done := submission(form, lambda: use_link(token, username, form.password.data)):
        return done.redirect(url_for("accounts.sign_in"), _("Your password is set. Sign in with it."))
    return render_template("accounts/set_password.html", form=form, username=username), status_of(form)


def use_link(token: str, username: str, password: str) -> None:
    """Set a password by its link; hashing it takes a while, before anything is written."""
    key = accounts.hash_of(password, username=username)
    accounts.use_link(db(), token=token, password=key, now=now())


@bp.route("/account", methods=["GET", "POST"])
@Page(Audience.SIGNED_IN)
def own() -> ResponseReturnValue:
    """Who one is here, in which language, and where one is signed in."""
    person = account_numbered(reader(), actor().account)
    form = LanguageForm(data={"language": actor().language})
    if done := submission(
        form, lambda: accounts.choose_language(db(), actor(), language=form.language.data, now=now())
    ):
        answer = done.redirect(url_for("accounts.own"), _("The language of your account is saved."))
        answer.delete_cookie("language")
        return answer
    page = render_template(
        "accounts/own.html",
        form=form,
        person=person,
        places=accounts.places_of(reader(), actor()),
        browsers=used_browsers(),
    )
    return page, status_of(form)


@bp.route("/account/password", methods=["GET", "POST"])
@Page(Audience.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change one's own password, with the old one."""
    form = ChangePasswordForm()
    done = submission(form, lambda: changed_or_why_not(form.old.data, form.password.data))
    if done is None:
        return render_template("accounts/change_password.html", form=form), status_of(form)
    if done.result is None:
        told = _("Your password is changed. All other browsers are signed out.")
        return done.redirect(url_for("accounts.own"), told)
    form.old.errors = [why_not(done.result)]
    return render_template("accounts/change_password.html", form=form), done.result.status


def changed_or_why_not(old: str, new: str) -> NotSignedIn | None:
    """Change the reader's password; says why not where the old one is wrong or the attempt must wait."""
    password = accounts.hash_of(new, username=actor().username)
    opened = opened_or_why_not(attempt_under(actor().username), old)
    if isinstance(opened, NotSignedIn):
        return opened
    key, attempt = opened
    accounts.change_password(db(), actor(), key=key, attempt=attempt, password=password, token=this_token(), now=now())
    return None


def why_not(refusal: NotSignedIn) -> str:
    """Why the old password does not do."""
    return refusal_text(refusal) if refusal.wait else str(_("The old password is wrong"))


@bp.route("/account/sign-outs", methods=["POST"])
@Page(Audience.SIGNED_IN)
def sign_out_elsewhere() -> ResponseReturnValue:
    """End the sign-ins of all other browsers."""
    ended = accounts.sign_out_elsewhere(db(), actor(), token=this_token(), now=now())
    flash(_("Other browsers signed out: %(number)s", number=ended), "success")
    return redirect(url_for("accounts.own"), code=303)
