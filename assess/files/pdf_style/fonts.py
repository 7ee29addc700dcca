"""The two fonts of the documents: which characters they hold and how wide each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER: Final = Path(__file__).resolve().parents[3] / "static" / "fonts"

HOLDING_BLANK: Final = "\xa0"
"""No line breaks at it."""
NO_GLYPH: Final = "〓"
"""Printed for a character that no font of ours has, as printers have always done."""


class Widths(dict[str, int]):
    """Widths in thousandths of the size; a character the fonts lack is as wide as 〓, which is printed for it."""

    def __missing__(self, char: str) -> int:
        return 1000


class Face(NamedTuple):
    """One weight: its font, the characters it has itself, and the widths of all that can be set.

    A character that only the regular weight has is set in that one within bold text.
    """

    font: TTFont
    own: frozenset[str]
    widths: Mapping[str, int]


@cache
def face(bold: bool) -> Face:
    """The regular or the bold face, loaded when first asked for."""
    name = "AssessSansSC-Bold" if bold else "AssessSansSC-Regular"
    font = TTFont(name, str(FOLDER / f"{name}.ttf"), asciiReadable=False)
    font.face.get_table = cache(font.face.get_table)  # or each subset copies all outlines: a sixth of a card's time
    pdfmetrics.registerFont(font)
    widths = {chr(code): round(width) for code, width in font.face.charWidths.items() if code in font.face.charToGlyph}
    return Face(font, frozenset(widths), Widths({**face(False).widths, **widths} if bold else widths))


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a line is, in points."""
    return sum(map(face(bold).widths.__getitem__, text)) * size / 1000


def printable(text: str) -> str:
    """The text as the fonts can show it: blanks as spaces, invisible marks dropped, unknown characters as 〓."""
    if not text.isprintable():
        text = "".join(map(visible, text))
    own = face(False).own
    return text if own.issuperset(text) else "".join(char if char in own else NO_GLYPH for char in text)


def visible(char: str) -> str:
    """A character without the effect of line breaks, tabs and invisible marks; a blank that holds stays one."""
    if char.isspace():
        return char if char == HOLDING_BLANK else " "
    return char if char.isprintable() else ""


def lacking(text: str) -> Iterable[str]:
    """The characters of a text that are printed as 〓."""
    own = face(False).own
    return (char for char in text if char not in own and visible(char) == char != " ")
