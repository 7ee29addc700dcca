"""Cells of CSV files that a spreadsheet may take for formulas: written with an apostrophe before them, read without.

Numbers stay numbers, negative ones too. What is read is what was written, also where a text begins with apostrophes of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assess.core.numbers import PLAIN

APOSTROPHE: Final = "'"
LIVE: Final = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet would run, or that could be mistaken for one made harmless."""


def inert(cell: object) -> object:
    """A text that a spreadsheet will not take for a formula; numbers stay numbers."""
    if isinstance(cell, str) and LIVE.match(cell) and not PLAIN.fullmatch(cell):
        return APOSTROPHE + cell
    return cell


def as_written_by_hand(cells: Sequence[str]) -> list[str]:
    """The cells of a row without the apostrophe that makes a text harmless."""
    return [cell[1:] if cell[:1] == APOSTROPHE and LIVE.match(cell) else cell for cell in cells]
