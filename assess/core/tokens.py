"""Tokens, with which a department's own system sends evidence, or a receiver's reads hand-overs: how one stands."""

from __future__ import annotations

from datetime import date
from typing import Final

from assess.core.workflow import LabeledEnum

RECEIVERS: Final = ""
"""What stands for the department in a token that reads hand-overs: it is of none."""
MAX_NAME_LENGTH: Final = 60
MAX_DAYS: Final = 400
"""A token holds for one assessment year and the weeks around it, no longer."""


class TokenState(LabeledEnum):
    """How a token stands."""

    IN_FORCE = "in-force", "有效", "Active"
    EXPIRED = "expired", "已到期", "Expired"
    WITHDRAWN = "withdrawn", "已收回", "Revoked"
    UNHELD = "unheld", "已停用：负责人已无相应角色", "Stopped: the responsible person no longer has that role"


def standing_of(*, ends: date, today: date, is_withdrawn: bool, is_held: bool) -> TokenState:
    """How a token stands that ends after a day; `is_held` where the person who answers for it still may."""
    if is_withdrawn:
        return TokenState.WITHDRAWN
    if today > ends:
        return TokenState.EXPIRED
    return TokenState.IN_FORCE if is_held else TokenState.UNHELD
