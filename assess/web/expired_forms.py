"""What came after the sign-in had ended, or from a page open too long: kept, and offered to be sent again."""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from assess.web.errors import TO_DO, page
from assess.web.forms.accounts import SignInForm
from assess.web.hosts import is_of_this_site
from assess.web.request import signed_in
from assess.web.signed_values import read_signed_values, sign_values

USE: Final = "sent-late"
SECRET: Final = frozenset({"password", "again", "old"})
"""Fields of passwords, which no page repeats."""
TOKEN: Final = "csrf_token"
SIGN_IN: Final = "accounts.sign_in"


class LateRequest(NamedTuple):
    """What came too late: where it was sent, its fields, and whether files came with it."""

    address: str
    fields: list[tuple[str, str]]
    had_files: bool


def attach(app: Flask) -> None:
    """Answer what comes without the token of this sign-in, such as from a tab opened before it."""
    app.register_error_handler(CSRFError, answer_stale_page)


def answer_stale_page(_error: CSRFError) -> ResponseReturnValue:
    """What was typed on a page whose token is no longer the browser's: nothing is done, and it can be sent again."""
    person = signed_in()
    if request.endpoint == SIGN_IN:
        return sign_in_anew()
    if person is None and late_request() is not None:
        return sign_in_first()
    late = late_request()
    if person is None or late is None:
        return page(400, TO_DO[400])
    why = _(
        "This page was opened before you signed in as %(name)s, so nothing was saved. What you entered is still here.",
        name=person.name,
    )
    return render_template("accounts/send_again.html", late=late, title=_("Not saved yet"), why=why), 400


def sign_in_anew() -> ResponseReturnValue:
    """The sign-in page once more, with the name that was typed."""
    form = SignInForm(formdata=None, data={name: request.form.get(name, "") for name in ("username", "late")})
    form.form_errors.append(_("This page was open too long. Enter your password again."))
    return render_template("accounts/sign_in.html", form=form, action=request.full_path.rstrip("?")), 400


def late_request() -> LateRequest | None:
    """What this request sends, to be sent again; nothing where that must not be kept.

    That is so for passwords, and for what another site made a browser send: nobody typed it on a page of this service.
    """
    if SECRET & set(request.form) or not is_of_this_site():
        return None
    fields = [(name, value) for name, values in request.form.lists() for value in values if name != TOKEN]
    had_files = any(file.filename for _name, file in request.files.items(multi=True))
    return LateRequest(request.full_path.rstrip("?"), fields, had_files)


def kept_late() -> str:
    """What this request sends as one word to hand in later; empty where it sends nothing that can be sent again."""
    late = late_request()
    return sign_values(USE, list(late)) if late is not None and late.fields else ""


def sign_in_first() -> ResponseReturnValue:
    """What nobody signed in gets: the way to the sign-in page, or that page with what was sent in its keeping."""
    door = url_for(SIGN_IN, next=request.full_path.rstrip("?"))
    word = kept_late()
    if not word:
        return redirect(door, code=303)
    form = SignInForm(formdata=None, data={"late": word})
    return render_template("accounts/sign_in.html", form=form, action=door), 401


def late_of(word: str) -> LateRequest | None:
    """What a word kept; None for any other word."""
    facts = read_signed_values(USE, word)
    if facts is None:
        return None
    address, fields, had_files = facts
    return LateRequest(address, [(name, value) for name, value in fields], had_files)
