"""Full-width characters of a Chinese keyboard, read as half-width where a cell holds no words of the author's."""

from __future__ import annotations

import re
from typing import Final

from assess.core.kinds import Either, Formula, Id, ListOf, MapOf, PlainText, ReferenceType, Title
from assess.core.schema import FieldType

QUOTED: Final = re.compile("""("[^"]*"|'[^']*')|[“”＂]([^“”＂"]*)[“”＂"]|[‘’＇]([^‘’＇']*)[‘’＇']""")
SINGLE_EQUALS: Final = re.compile("(?<![=＝<＜>＞!！])＝(?![=＝])")
SIGNS: Final = {"\u3000": " ", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "【": "[", "】": "]"}
HALF_WIDTH: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {ord(a): b for a, b in SIGNS.items()}


def narrowed(text: str, kind: FieldType) -> str:
    """The text of a cell as the key it stands under reads it; what stands in quotes is left as it is."""
    if text.isascii() or not is_narrowed(kind):
        return text
    parts: list[str] = []
    at = 0
    for quoted in QUOTED.finditer(text):
        parts += (half_width(text[at : quoted.start()], kind), requoted(quoted))
        at = quoted.end()
    return "".join([*parts, half_width(text[at:], kind)])


def is_narrowed(kind: FieldType) -> bool:
    """Whether a kind holds numbers, words of a list, expressions, ids of nodes and figures, or lists of these."""
    match kind:
        case Title():
            return False
        case PlainText():
            return bool(kind.words)
        case Id():
            return bool(kind.of)
        case ReferenceType():
            return kind.to in ("node", "figure")
        case ListOf():
            return is_narrowed(kind.kind)
        case Either():
            return is_narrowed(kind.listed)
        case MapOf():
            return is_narrowed(kind.kind)
    return True


def half_width(text: str, kind: FieldType) -> str:
    """A text without quotes in half-width characters."""
    if isinstance(kind, Formula):
        text = SINGLE_EQUALS.sub("==", text)
    if isinstance(kind, ListOf | Either):
        text = text.replace("、", ",")
    return text.translate(HALF_WIDTH)


def requoted(quoted: re.Match[str]) -> str:
    """Quoted text in the quotes that expressions and lists have."""
    plain, double, single = quoted.groups()
    if plain is not None:
        return plain
    return f"'{single}'" if double is None else f'"{double}"'
