"""What a PDF document says, read back from its bytes: each line with its place, its size and the font it is set in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream, Destination

from assess.files.pdf_style.fonts import width_of
from assess.files.pdf_style.look import LEFT, PAGE_HEIGHT, RIGHT


class Shown(NamedTuple):
    """One line of text; upright lines only know how wide they are."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    upright: bool

    @property
    def right(self) -> float:
        return self.x + width_of(self.text, self.size, self.bold)

    def covers(self, other: Shown) -> bool:
        """Whether two lines lie on each other, a hair's breadth forgiven."""
        beside = self.right <= other.x + 0.5 or other.right <= self.x + 0.5
        apart = abs(self.y - other.y) >= min(self.size, other.size) * 0.75
        return not beside and not apart


def reader(data: bytes) -> PdfReader:
    """The document of these bytes."""
    return PdfReader(BytesIO(data), strict=True)


def lines_of(document: PdfReader) -> list[list[Shown]]:
    """The lines of every page in the order they were set."""
    fonts: dict[int, tuple[dict[int, str], bool]] = {}
    return [list(lines_on(document, page, fonts)) for page in document.pages]


def lines_on(document: PdfReader, page: Any, fonts: dict[int, tuple[dict[int, str], bool]]) -> Iterator[Shown]:
    """The lines of one page; pages made apart call different fonts by the same name."""
    named = {name: font.indirect_reference.idnum for name, font in fonts_of(page).items()}
    for name, font in fonts_of(page).items():
        if named[name] not in fonts:
            fonts[named[name]] = characters(font), "Bold" in font["/BaseFont"]
    text, place, size, bold = "", (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0.0, False
    chars: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), document).operations:
        if operator in (b"Tm", b"ET"):
            if text:
                yield Shown(text, place[4], place[5], size, bold, place[0] == 1)
            text = ""
            place = tuple(map(float, operands)) if operands else place
        elif operator == b"Tf":
            (chars, bold), size = fonts[named[operands[0]]], float(operands[1])
        elif operator == b"Tj":
            text += "".join(chars[code] for code in operands[0].original_bytes)


def fonts_of(page: Any) -> dict[str, Any]:
    """The fonts of a page by the names that it calls them."""
    return {name: font.get_object() for name, font in page["/Resources"]["/Font"].items()}


def characters(font: Any) -> dict[int, str]:
    """The character that each code of a font stands for."""
    pairs = re.findall(rb"<(..)> <(.{4,8})>", font["/ToUnicode"].get_data())
    return {int(code, 16): bytes.fromhex(char.decode()).decode("utf-16-be") for code, char in pairs}


def text_of(data: bytes) -> str:
    """All lines of a document."""
    return "\n".join(line.text for page in lines_of(reader(data)) for line in page)


def faults(data: bytes) -> list[str]:
    """Lines that leave the margins of their page or lie on other lines."""
    found = []
    for number, page in enumerate(lines_of(reader(data)), 1):
        upright = [line for line in page if line.upright]
        for line in upright:
            if line.x < LEFT - 0.5 or line.right > RIGHT + 1 or not 20 < line.y < PAGE_HEIGHT - 20:
                found.append(f"page {number}: {line.text} leaves the margins")
        for one, other in combinations(upright, 2):
            if one.covers(other):
                found.append(f"page {number}: {one.text} lies on {other.text}")
    return found


def bookmarks(document: PdfReader) -> list[tuple[int, str, int]]:
    """The outline as level, title and number of the page, from 1."""
    return list(entries(document, document.outline, 0))


def entries(document: PdfReader, outline: list[Any], level: int) -> Iterator[tuple[int, str, int]]:
    """The entries of one level and those below."""
    for entry in outline:
        if isinstance(entry, Destination):
            yield level, str(entry.title), (document.get_destination_page_number(entry) or 0) + 1
        else:
            yield from entries(document, entry, level + 1)
