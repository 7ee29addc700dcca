"""The reasons that members and keepers of panels give."""

from __future__ import annotations

from typing import Final

from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN

MAX_REASON_LENGTH: Final = 1000
NO_REASON: Final = Text("请填写理由。", "Enter the reason.")
REASON_TOO_LONG: Final = Text("理由最多{most}字。", "The reason must be {most} characters or fewer.")


def wrong_with(reason: str) -> Text | None:
    """What is wrong with a reason; None where it will do."""
    if not reason.strip():
        return NO_REASON
    if HIDDEN.search(reason):
        return UNSEEN
    return REASON_TOO_LONG.format(most=MAX_REASON_LENGTH) if len(reason.strip()) > MAX_REASON_LENGTH else None


def check_reason(reason: str) -> str:
    """A reason without blanks around it.

    Raises:
        Refused: it is missing or too long.
    """
    if (what := wrong_with(reason)) is not None:
        raise Refused(what, {"reason": what})
    return reason.strip()
