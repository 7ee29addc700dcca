"""The texts of the pages as the Chinese catalogues have them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

import assess

LATIN = re.compile("[A-Za-z]{2}")
"""Every message in English has two letters together."""
FOLDER = Path(assess.__file__).parent / "locale" / "zh"


@lru_cache(maxsize=10_000)
def in_english(text: str) -> bool:
    """Whether a stretch of text is a message of our own in English that has a Chinese wording."""
    return bool(LATIN.search(text)) and bool(untranslated(FOLDER).fullmatch(" ".join(text.split())))


@cache
def untranslated(folder: Path) -> re.Pattern[str]:
    """What matches every English message of the catalogues in a folder, with anything in its places."""
    return re.compile("|".join(message_pattern(message) for message in english_messages(folder)) or r"(?!)")


def english_messages(folder: Path) -> list[str]:
    """The messages of all catalogues that are worded otherwise in Chinese, the longest first."""
    found: set[str] = set()
    for file in sorted(folder.rglob("*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="zh", abort_invalid=True):
                forms = [message.id] if isinstance(message.id, str) else list(message.id)
                worded = [message.string] if isinstance(message.string, str) else list(message.string)
                found.update(form for form in forms if LATIN.search(form) and form not in worded)
    return sorted(found, key=lambda message: (-len(message), message))


def message_pattern(message: str) -> str:
    """A message as a pattern: `%(n)s of %(all)s complete` matches `3 of 43 complete`."""
    parts = re.split(r"%(?:\(\w+\))?[sd]", " ".join(message.replace("%%", "%").split()))
    bare = not any(LATIN.search(part) for part in parts)
    return r"(?!)" if bare else ".+".join(re.escape(part) for part in parts)
