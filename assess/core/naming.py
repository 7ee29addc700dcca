"""Names as people write them: how they are compared, and how they are quoted in a flaw."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Final

MAX_QUOTE_LENGTH: Final = 40
MAX_COMPARISONS: Final = 50_000
"""Where more would be needed, the list of names is the wrong one."""


def folded(text: str) -> str:
    """A name without what does not tell names apart: blanks, zero-width characters, width of characters, case."""
    if text.isascii():
        return "".join(text.split()).casefold()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if not letter.isspace() and unicodedata.category(letter) != "Cf")


def half_width(text: str) -> str:
    """A text with the full-width letters and digits of a Chinese keyboard as the usual ones."""
    return unicodedata.normalize("NFKC", text)


def trimmed(text: str) -> str:
    """A text without blanks and zero-width characters around it."""
    if text.isascii():
        return text.strip()
    start, end = 0, len(text)
    while start < end and is_invisible(text[start]):
        start += 1
    while end > start and is_invisible(text[end - 1]):
        end -= 1
    return text[start:end]


def is_invisible(letter: str) -> bool:
    """Whether a character is a blank or has no width."""
    return letter.isspace() or unicodedata.category(letter) == "Cf"


def quoted(text: str) -> str:
    """A text as a flaw cites it: on one line, and not too long."""
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return shown if len(shown) <= MAX_QUOTE_LENGTH else shown[: MAX_QUOTE_LENGTH - 1] + "…"


class Guesses:
    """Names that a mistyped one may have meant, as long as looking for them takes no time worth speaking of."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = tuple(known)
        self.left = MAX_COMPARISONS // max(len(self.known), 1)

    def nearest(self, text: str) -> str | None:
        """The name that looks most like the text, or None where none does."""
        self.left -= 1
        near = difflib.get_close_matches(text, self.known, n=1) if self.left >= 0 else []
        return near[0] if near else None
