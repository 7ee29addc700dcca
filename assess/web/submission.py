"""What comes of a form that was sent: the one way in which a page that changes something takes a POST.

A page whose act needs no form, such as the button of a question, calls its service directly; a refusal is then a page
of its own (`assess/web/errors.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assess.core.errors import Refused, Stale
from assess.core.flaws import ValidationError
from assess.store.session import Session
from assess.web.forms.fields import Form
from assess.web.request import db, forget_what_was_read, reader

T = TypeVar("T")
Already = Callable[[Session], bool]
"""Whether what somebody asks for has come about already."""


@dataclass(frozen=True)
class CompletedAction(Generic[T]):
    """An action that succeeded.

    Attributes:
        result: what the service returned; nothing where it had been done before.
        is_new: whether this request did it, and not an earlier click or another tab.
    """

    result: T
    is_new: bool = True

    def redirect(self, where: str, message: str = "") -> Response:
        """Go on to an address, with a message of success where this request did it.

        The answer leaves after the commit; where the commit fails, the message is forgotten with the rest of the
        cookie (`give_up`).
        """
        if message and self.is_new:
            flash(message, "success")
        return redirect(where, code=303)


def submission(form: Form, action: Callable[[], T], *, already: Already | None = None) -> CompletedAction[T] | None:
    """Validate a form that was sent and run its action; None where there is nothing sent or something wrong.

    What is wrong is added to the form, which is then shown again with `status_of(form)`. After a refusal `reader()`
    reads anew, so that the page shows what somebody else changed meanwhile.

    Args:
        form: what was sent.
        action: what is to be done; it calls a service.
        already: asked after a refusal that concerns no field.
    """
    if not form.validate_on_submit():
        return None
    try:
        return CompletedAction(action())
    except ValidationError as flawed:
        form.flaws = flawed.flaws
        form.form_errors.append(
            _("Nothing was saved because the file has errors, listed below. Correct them and upload the file again.")
        )
    except (Refused, Stale) as error:
        form.take(error)
        form.is_stale = isinstance(error, Stale)
    forget_what_was_read()
    if already is not None and form.form_errors and already(reader()):
        db().rollback()
        return CompletedAction(cast("T", None), is_new=False)
    return None


def status_of(form: Form) -> int:
    """The status of the page that shows a form."""
    if form.is_stale:
        return 409
    return 422 if form.errors else 200
