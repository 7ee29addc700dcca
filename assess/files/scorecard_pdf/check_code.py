"""The check code in the corner of a scorecard: a QR code for the check page, and short words to type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

import segno

from assess.files.pdf_style.flow import FlowBlock
from assess.files.pdf_style.look import BODY_WIDTH, SMALL
from assess.files.pdf_style.page import PdfPage
from assess.files.scorecard_pdf.words import CHECK_CODE

MASK: Final = 2
"""One of the eight patterns of QR codes; readers take any, and trying them all costs a fifth of a card."""


class CheckCode(NamedTuple):
    """The address of the check page of one document, and the code that finds it there."""

    address: str
    code: str


@dataclass(frozen=True, slots=True)
class CodeMark(FlowBlock):
    """The code in the upper right corner; takes no height of its own."""

    side: ClassVar[float] = 58.0
    room: ClassVar[float] = 72.0
    """What lies across the whole width begins below this."""
    check: CheckCode

    def draw(self, page: PdfPage, left: float, top: float) -> None:
        """Put QR code and words on a page."""
        right = left + BODY_WIDTH
        page.squares(dark_runs(self.check.address, right - self.side, top, self.side))
        words = f"{page.setter.say(CHECK_CODE)} {self.check.code}"
        page.text_to(right, top - self.side - 8, words, SMALL)


def dark_runs(address: str, left: float, top: float, side: float) -> Iterator[tuple[float, float, float, float]]:
    """The dark parts of a QR code as rectangles, one for each run of modules in a row."""
    matrix = segno.make(address, error="m", micro=False, mask=MASK).matrix
    module = side / len(matrix)
    for y, row in enumerate(matrix):
        begin = 0
        for x in range(1, len(row) + 1):
            if x == len(row) or row[x] != row[begin]:
                if row[begin]:
                    yield left + begin * module, top - (y + 1) * module, (x - begin) * module, module
                begin = x
