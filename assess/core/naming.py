"""Names as people write them: how they are compared, and how they are quoted in a flaw."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST_QUOTE: Final = 40


def folded(text: str) -> str:
    """A name without what does not tell names apart: blanks, zero-width characters, width of characters, case."""
    if text.isascii():
        return "".join(text.split()).casefold()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if not letter.isspace() and unicodedata.category(letter) != "Cf")


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
    return shown if len(shown) <= LONGEST_QUOTE else shown[: LONGEST_QUOTE - 1] + "…"


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The name that looks most like the text, or None where none does."""
    near = difflib.get_close_matches(text, known, n=1)
    return near[0] if near else None
