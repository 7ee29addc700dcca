"""Guides that come with the service."""

from __future__ import annotations

from functools import cache

from assess.core.text import Language
from assess.files.guides import RULE_SHEETS, Guide, read_guide


@cache
def guide_to_rule_sheets(language: Language) -> Guide:
    """How rule sheets are written; it stays the same until the service begins anew."""
    return read_guide(RULE_SHEETS[language])


__all__ = ["Guide", "guide_to_rule_sheets"]
