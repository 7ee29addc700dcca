"""Numbered headings, as documents of Chinese offices have them: 一、二、三、 or 1. 2. 3."""

from __future__ import annotations

from assess.core.text import Text
from assess.files.pdf_style.flow import PageFlow
from assess.files.pdf_style.tables import put_heading
from assess.files.scorecard_pdf.words import CHINESE_NUMERALS


class Headings:
    """Places headings in a flow and counts them."""

    def __init__(self, flow: PageFlow) -> None:
        self.flow, self._count = flow, 0

    def put(self, title: Text) -> None:
        """Place the next heading, which stays with what follows."""
        self._count += 1
        setter = self.flow.setter
        number = f"{CHINESE_NUMERALS[self._count - 1]}、" if setter.language == "zh" else f"{self._count}. "
        put_heading(self.flow, number + setter.say(title))
