"""What becomes of a button on the page of a file: done, turned down, or done already by somebody else."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect
from flask.typing import ResponseReturnValue

from assess.core.errors import Refused, Stale
from assess.store.session import Session
from assess.web.forms.fields import Form
from assess.web.request import database, db


def decided(
    form: Form,
    act: Callable[[], object],
    *,
    where: str,
    is_done: Callable[[Session], bool],
    shown: Callable[[Session], str],
) -> ResponseReturnValue:
    """Do something with a file, and show it again: how it stands now, or as it is where that was turned down.

    Who asks for what has come about already, by a second click or in another tab, is shown that and no error.

    Args:
        form: what was sent.
        act: what is to be done.
        where: the page of the file.
        is_done: whether it has come about already.
        shown: the page with what was wrong.
    """
    status = 422
    if form.validate_on_submit():
        try:
            act()
        except (Refused, Stale) as error:
            form.take(error)
            status = 409 if isinstance(error, Stale) else 422
        else:
            return redirect(where, code=303)
    with database().reading() as session:
        if form.form_errors and is_done(session):
            db().rollback()
            return redirect(where, code=303)
        return shown(session), status
