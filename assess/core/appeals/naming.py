"""What appeals, rulings and corrections are called."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text
from assess.core.workflow import LabeledEnum

BETWEEN: Final = " / "
"""What stands between the Chinese and the English name where both are kept in one text."""


class CaseKind(LabeledEnum):
    """What a case is numbered as; a ruling bears the number of its appeal."""

    APPEAL = "appeal", "申诉", "appeal"
    RULING = "ruling", "申诉处理决定", "decision on an appeal"
    EX_OFFICIO = "ex-officio", "依职权更正", "correction by the assessment office"


NAME: Final = Text("{kind} {number}", "{kind} {number}")


def called_number(year: int, number: int) -> str:
    """A number of a year as people say it, such as 2026-3."""
    return f"{year}-{number}"


def called_case(kind: CaseKind, year: int, number: int) -> Text:
    """A case by its kind and number."""
    return NAME.format(kind=kind.label, number=called_number(year, number))


def in_both(name: Text) -> str:
    """A name in both languages, as a kept value bears it."""
    return BETWEEN.join(name)
