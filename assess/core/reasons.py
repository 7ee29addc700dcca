"""The reason that somebody gives for an act: what it may be, and what is said of one that will not do."""

from __future__ import annotations

from typing import Final

from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN

MAX_REASON_LENGTH: Final = 1000
MAX_PRINTED_REASON_LENGTH: Final = 200
"""Of a reason that sealed documents and handovers print in one line of their heading."""
NO_REASON: Final = Text("请填写理由。", "Enter the reason.")
REASON_TOO_LONG: Final = Text("最多{most}字，现有{n}字，请精简。", "Must be {most} characters or fewer. It has {n}.")


def wrong_with_reason(text: str, *, missing: Text = NO_REASON, most: int = MAX_REASON_LENGTH) -> Text | None:
    """What is wrong with a reason; None where it will do."""
    plain = text.strip()
    if not plain:
        return missing
    if HIDDEN.search(plain):
        return UNSEEN
    return REASON_TOO_LONG.format(most=most, n=len(plain)) if len(plain) > most else None


def checked_reason(
    text: str, *, field: str = "reason", missing: Text = NO_REASON, most: int = MAX_REASON_LENGTH
) -> str:
    """A reason without blanks around it.

    Raises:
        Refused: with its field, where it is missing or too long or holds invisible characters.
    """
    if (what := wrong_with_reason(text, missing=missing, most=most)) is not None:
        raise Refused(what, {field: what})
    return text.strip()


def optional_reason(text: str, *, field: str = "reason", most: int = MAX_REASON_LENGTH) -> str:
    """A reason that need not be given; empty where it is not.

    Raises:
        Refused: with its field, where it is too long or holds invisible characters.
    """
    return checked_reason(text, field=field, most=most) if text.strip() else ""
