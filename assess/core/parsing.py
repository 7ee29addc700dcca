"""What any reader of typed text needs: how to say that a text cannot be read, yes and no, bounds of numbers, dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from assess.core.naming import folded, quoted
from assess.core.text import Text

NOT_A_DATE = Text("“{text}”不是日期，请写成2026-12-31的形式。", "“{text}” is not a date. Enter it as in 2026-12-31.")
DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:t?00:00:00)?", re.ASCII)
TRUTHS: Final = {
    word: truth for truth, words in ((True, "yes true 1 是"), (False, "no false 0 否")) for word in words.split()
}
WHOLE_DIGITS, DECIMALS = 15, 24
"""How many digits a number may have before and after its point."""


class ParseError(NamedTuple):
    """A text that cannot be read: what is wrong with it and what to do, its blanks filled."""

    what: Text


def wrong(what: Text, text: str, **facts: object) -> ParseError:
    """What is wrong, told of the text."""
    return ParseError(what.format(text=quoted(text), **facts))


def read_date(text: str) -> date | ParseError:
    """The day that a text names, as in 2026-06-30, 2026/6/30, 2026.6.30 or 2026年6月30日."""
    parts = DATE.fullmatch(folded(text))
    try:
        return wrong(NOT_A_DATE, text) if parts is None else date(*map(int, parts.groups()))
    except ValueError:
        return wrong(NOT_A_DATE, text)
