"""The texts that the cells of a workbook share, read without building anything of their tags."""

from __future__ import annotations

import re
from typing import IO, Final
from xml.parsers import expat

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main|"
SHARED, TEXT, READING = (MAIN + name for name in ("si", "t", "rPh"))
PIECE: Final = 1024 * 1024
MAX_SHARED_TEXT_LENGTH: Final = 32_768
"""One character more than a cell of Excel holds: what is longer is cut, and remains too long."""
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_texts(source: IO[bytes]) -> list[str]:
    """All shared texts in order; a workbook without any has an empty source.

    Raises:
        ExpatError: the list is damaged.
    """
    reader, is_empty = SharedTexts(), True
    while piece := source.read(PIECE):
        reader.parser.Parse(piece)
        is_empty = False
    if not is_empty:
        reader.parser.Parse(b"", True)
    return reader.texts


class SharedTexts:
    """Follows the tags of the list of shared texts; equal ones are kept once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.once: dict[str, str] = {}
        self.pieces: list[str] = []
        self.length = 0
        self.in_reading = False
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if name == TEXT and not self.in_reading:
            self.parser.CharacterDataHandler = self.piece
        elif name == SHARED:
            self.pieces, self.length = [], 0
        elif name == READING:
            self.in_reading = True

    def piece(self, text: str) -> None:
        """Text inside a text."""
        if self.length < MAX_SHARED_TEXT_LENGTH:
            self.pieces.append(text)
            self.length += len(text)

    def end(self, name: str) -> None:
        """A tag closes."""
        if name == TEXT:
            self.parser.CharacterDataHandler = None
        elif name == SHARED:
            text = "".join(self.pieces)
            self.texts.append(self.once.setdefault(text, text))
        elif name == READING:
            self.in_reading = False


def plain(text: str) -> str:
    """A text as its cell shows it: `_x000D_` stands for a character, unless that is one that nobody can see."""
    return ESCAPED.sub(unescaped, text) if "_x" in text else text


def unescaped(found: re.Match[str]) -> str:
    """The character that an escape stands for, or the escape itself."""
    character = chr(int(found[1], 16))
    return character if character.isprintable() or character in "\t\n\r" else found[0]
