"""The headings of a file of which nothing is known, so that the department may say what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assess.core.evidence.heads import HEADING_ROWS, NUMBER, SheetHeadings
from assess.core.evidence.names import ColumnRole, HeadingNames, is_total, plain_heading
from assess.core.evidence.pages import EvidencePage, sound
from assess.core.figures.period_words import NOT_A_PERIOD, read_label
from assess.core.parsing import wrong

MAX_LENGTH: Final = 100
"""Characters of a heading that can be asked about; what is longer is a sentence."""


class UnknownHeading(NamedTuple):
    """A heading of which nothing is known, and its sheet."""

    sheet: str
    heading: str


def unknown_headings(page: EvidencePage, heads: SheetHeadings | None, names: HeadingNames) -> Iterator[UnknownHeading]:
    """The headings of a sheet of which nothing is known, each once."""
    told = set()
    for text in texts_of_headings(page, heads, names):
        plain = plain_heading(text)
        if plain and plain not in told and len(text) <= MAX_LENGTH and is_asked_about(text, names):
            told.add(plain)
            yield UnknownHeading(page.name, text)


def texts_of_headings(page: EvidencePage, heads: SheetHeadings | None, names: HeadingNames) -> Sequence[str]:
    """The texts of all lines of headings; of a sheet that names no figure those beside the first heading of units.

    Among periods across, a sum or a mean is known for what it is.
    """
    if heads is not None and heads.wide is None:
        return [each.text for _, each in sorted(heads.line.items())]
    for number, cells in page.rows[:HEADING_ROWS]:
        texts = list(sound(cells).values())
        if heads is None and any(names.meaning(text) is ColumnRole.UNIT for text in texts):
            return texts
        if heads is not None and heads.wide is not None and number in heads.wide.rows:
            lines = [sound(others) for row, others in page.rows[:HEADING_ROWS] if row in heads.wide.rows]
            return [text for line in lines for text in line.values() if not is_total(text)]
    return ()


def is_asked_about(text: str, names: HeadingNames) -> bool:
    """Whether a heading could stand for a figure: no number and no period."""
    is_period = read_label(text, names.sheet.year) != wrong(NOT_A_PERIOD, text)
    return names.is_unknown(text) and not is_period and NUMBER.fullmatch(text) is None
