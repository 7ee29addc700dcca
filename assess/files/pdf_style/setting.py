"""Setting type for one document: lines, their widths and the PDF operators that show them, each made only once."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Final, TypeVar

from reportlab.pdfbase.pdfdoc import PDFDocument

from assess.core.text import Language, Text
from assess.files.pdf_style.breaking import wrap
from assess.files.pdf_style.fonts import face, lacking, printable, width_of
from assess.files.pdf_style.look import Style

K = TypeVar("K")
V = TypeVar("V")
MAX_MEASURED_TEXTS: Final = 8_000
"""So many texts are remembered at once: those of some cards."""
RESOURCE: Final = itemgetter(0)
NARROW: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "…": "..."})
"""The fonts have these as wide as a Chinese character, which tears English words apart."""


class Codes(dict[str, tuple[int, str]]):
    """For each character of one weight the number of its font resource and its code there in hexadecimal digits."""

    def __init__(self, document: PDFDocument, bold: bool, resources: list[str]) -> None:
        super().__init__()
        self.document, self.bold, self.resources = document, bold, resources

    def __missing__(self, char: str) -> tuple[int, str]:
        """The code of a character used for the first time."""
        weight = face(self.bold) if char in face(self.bold).own else face(False)
        [(subset, code)] = weight.font.splitString(char, self.document)
        name = weight.font.getSubsetInternalName(subset, self.document)
        if name not in self.resources:
            self.resources.append(name)
        self[char] = self.resources.index(name), code.hex()
        return self[char]


class Remembered(dict[K, V]):
    """What was made of some texts; all of it is forgotten when it grows large, as most texts come but once."""

    def keep(self, key: K, made: V) -> V:
        """Remember what was made."""
        if len(self) >= MAX_MEASURED_TEXTS:
            self.clear()
        self[key] = made
        return made


class TextMeasure:
    """What texts of one language come to whatever document they stand in: as printable, in lines, and how wide.

    Documents that are made one after the other share it, as most of their texts are the same.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.plain: Remembered[str, str] = Remembered()
        self.lacking: dict[str, frozenset[str]] = {}
        self.lines: Remembered[tuple[str, float, Style], tuple[str, ...]] = Remembered()
        self.widths: Remembered[tuple[str, Style], float] = Remembered()

    def clean(self, text: str) -> str:
        """The text as it can be printed; what cannot is remembered."""
        spelt = text.translate(NARROW) if self.language == "en" else text
        clean = self.plain.keep(text, printable(spelt))
        if clean != spelt and (chars := frozenset(lacking(spelt))):
            self.lacking[text] = chars
        return clean


class Typesetter:
    """Makes lines and their operators for one document; `missing` are the characters that had to be printed as 〓."""

    def __init__(self, document: PDFDocument, measured: TextMeasure) -> None:
        self.language, self.measured = measured.language, measured
        self.missing: set[str] = set()
        self._resources: list[str] = []
        self._codes = {bold: Codes(document, bold, self._resources) for bold in (False, True)}
        self._shown: Remembered[tuple[str, Style], str] = Remembered()

    def say(self, text: Text, **facts: object) -> str:
        """A text in the language of the document."""
        return text.localized(self.language, **facts)

    def plain(self, text: str) -> str:
        """The text as it can be printed; what cannot is remembered."""
        known = self.measured.plain.get(text)
        if known is None:
            known = self.measured.clean(text)
        if self.measured.lacking:
            self.missing |= self.measured.lacking.get(text, frozenset())
        return known

    def lines(self, text: str, width: float, style: Style) -> tuple[str, ...]:
        """The lines of a text in a column of a width."""
        key, known = (text, width, style), self.measured.lines
        if key not in known:
            return known.keep(key, wrap(self.plain(text), width, style.size, style.bold))
        if self.measured.lacking:
            self.plain(text)
        return known[key]

    def width(self, line: str, style: Style) -> float:
        """How wide a line is."""
        key, known = (line, style), self.measured.widths
        if key not in known:
            return known.keep(key, width_of(self.plain(line), style.size, style.bold))
        return known[key]

    def shown(self, line: str, style: Style) -> str:
        """The operators that show a line at the current place."""
        key = (line, style)
        if key not in self._shown:
            return self._shown.keep(key, self._operators(self.plain(line), style))
        return self._shown[key]

    def _operators(self, line: str, style: Style) -> str:
        codes = map(self._codes[style.bold].__getitem__, line)
        runs = ((resource, "".join([code for _, code in run])) for resource, run in groupby(codes, key=RESOURCE))
        return " ".join([f"{self._resources[resource]} {style.size:g} Tf <{run}> Tj" for resource, run in runs])
