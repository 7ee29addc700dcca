"""Dates as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from assess.core.evidence import ParseError, wrong
from assess.core.naming import folded
from assess.core.text import Text

NOT_A_DATE = Text("“{text}”不是日期，请写成2026-12-31的形式。", "“{text}” is not a date. Enter it as in 2026-12-31.")
DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:t?00:00:00)?", re.ASCII)


def read_date(text: str) -> date | ParseError:
    """The day that a text names, as in 2026-06-30, 2026/6/30, 2026.6.30 or 2026年6月30日."""
    parts = DATE.fullmatch(folded(text))
    try:
        return wrong(NOT_A_DATE, text) if parts is None else date(*map(int, parts.groups()))
    except ValueError:
        return wrong(NOT_A_DATE, text)
