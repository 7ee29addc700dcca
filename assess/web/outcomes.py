"""What comes of a button: done, turned down, or overtaken by somebody else; and the status that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assess.core.errors import Refused, Stale
from assess.web.forms.fields import Form

DONE: Final = 303


def outcome(form: Form, act: Callable[[], object]) -> int:
    """Do the act where the form came; the status to answer with, 303 where it is done."""
    if not form.validate_on_submit():
        return 422 if form.is_submitted() else 200
    try:
        act()
    except (Refused, Stale) as error:
        form.take(error)
        return 409 if isinstance(error, Stale) else 422
    return DONE
