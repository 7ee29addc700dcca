"""What was sent when the sign-in had ended: kept on the sign-in page, and offered to be sent again afterwards."""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess.web.forms.accounts import SignInForm
from assess.web.sealing import sealed, unsealed

USE: Final = "sent-late"
SECRET: Final = frozenset({"password", "again", "old"})
"""Fields of passwords, which no page repeats."""
TOKEN: Final = "csrf_token"


class Late(NamedTuple):
    """What came too late: where it was sent, its fields, and whether files came with it."""

    address: str
    fields: list[tuple[str, str]]
    had_files: bool


def kept_late() -> str:
    """What this request sends as one word to hand in later; empty where it sends nothing that can be sent again."""
    fields = [(name, value) for name, values in request.form.lists() for value in values if name != TOKEN]
    if not fields or SECRET & set(request.form):
        return ""
    had_files = any(file.filename for _name, file in request.files.items(multi=True))
    return sealed(USE, [request.full_path.rstrip("?"), fields, had_files])


def sign_in_first() -> ResponseReturnValue:
    """What nobody signed in gets: the way to the sign-in page, or that page with what was sent in its keeping."""
    door = url_for("accounts.sign_in", next=request.full_path.rstrip("?"))
    word = kept_late()
    if not word:
        return redirect(door, code=303)
    form = SignInForm(formdata=None, data={"late": word})
    return render_template("accounts/sign_in.html", form=form, action=door), 401


def late_of(word: str) -> Late | None:
    """What a word kept; None for any other word."""
    facts = unsealed(USE, word)
    if facts is None:
        return None
    address, fields, had_files = facts
    return Late(address, [(name, value) for name, value in fields], had_files)
