"""Room for signatures and a seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assess.core.text import Text
from assess.files.pdf_style.flow import FlowBlock
from assess.files.pdf_style.look import BODY_WIDTH, GREY, LIGHT_TINT, LINE, Style
from assess.files.pdf_style.page import PdfPage

DATE: Final = Text("________ 年 _____ 月 _____ 日", "Date: ________ / _____ / _____")
"""What stands below the seal until it is written by hand."""
SIGNED: Final = Style(9.5, line=14)


@dataclass(frozen=True, slots=True)
class Signatures(FlowBlock):
    """Three lines to sign on the left, and on the right a place for the seal over the date."""

    signers: tuple[str, ...]
    seal: str
    date: str

    def draw(self, page: PdfPage, left: float, top: float) -> None:
        """Put it on a page."""
        bottom, half = top - self.height, BODY_WIDTH * 0.56
        page.frame(left, bottom, BODY_WIDTH, self.height)
        page.tint(left + half, bottom, BODY_WIDTH - half, self.height, LIGHT_TINT)
        page.bar(left + half, bottom, top, LINE)
        step = self.height / len(self.signers)
        for at, signer in enumerate(self.signers):
            y = top - at * step - step * 0.62
            page.text(left + 10, y, signer, SIGNED)
            page.rule(left + 14 + page.setter.width(signer, SIGNED), y - 3, left + half - 14, 0.6, LINE)
        middle = left + half + (BODY_WIDTH - half) / 2
        page.text_around(middle, top - self.height * 0.5, self.seal, SIGNED, GREY)
        page.text_around(middle, bottom + 14, self.date, SIGNED)
