"""JSON as other systems write it, read strictly: numbers keep their digits, and names that stand twice are known."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.naming import quoted
from assess.core.sources import TextPosition
from assess.core.text import Text

NOT_UTF_8 = Text("编码不是UTF-8，请以UTF-8发送。", "This is not UTF-8. Send it as UTF-8.")
NOT_JSON = Text(
    "从此处起不是有效的JSON，请检查引号、逗号和括号。",
    "Not valid JSON from here on. Check quotes, commas and brackets.",
)
TOO_DEEP = Text(
    "嵌套层数过多，请按接口说明的结构发送。",
    "There are too many nested levels. Send the structure described in the API documentation.",
)
TOO_MANY = Text("内容过多，请分几次发送。", "There are too many parts. Send them in several requests.")
MAX_PARTS: Final = 1_500_000
"""Commas and opening brackets, which is more than 200,000 values with their parts have."""


class WholeDigits(str):
    """A number of digits alone, as it was written."""

    __slots__ = ()


class Pointed(str):
    """A number with a point or an exponent, or none at all such as NaN, as it was written."""

    __slots__ = ()


class Members(dict[str, Any]):
    """An object in which names stand twice; of these it holds the last."""

    twice: tuple[str, ...] = ()


def parsed(data: bytes, path: Path) -> Any:
    """What JSON says: dicts, lists, texts, booleans, None, and numbers as `Whole` or `Pointed`.

    Raises:
        ValidationError: with one flaw, at its line and column, if it is no JSON in UTF-8, nests too deep, or is too
            much.
    """
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_PARTS:
        raise at(path, 0, 0, TOO_MANY)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise at(path, *line_and_column(data[: error.start].decode("utf-8", "ignore")), NOT_UTF_8) from None
    try:
        return json.loads(
            text, object_pairs_hook=members, parse_int=WholeDigits, parse_float=Pointed, parse_constant=Pointed
        )
    except json.JSONDecodeError as error:
        raise at(path, error.lineno, error.colno, NOT_JSON) from None
    except RecursionError:
        raise at(path, 0, 0, TOO_DEEP) from None


def at(path: Path, line: int, column: int, what: Text) -> ValidationError:
    """The one flaw of a document that cannot be used at all."""
    return ValidationError([Flaw(TextPosition(str(path), line, column), what)])


def line_and_column(before: str) -> tuple[int, int]:
    """Where a text goes on, both from 1."""
    lines = before.split("\n")
    return len(lines), len(lines[-1]) + 1


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, which knows the names that stand in it twice."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = Members(found)
    times = Counter(name for name, _ in pairs)
    doubled.twice = tuple(quoted(name) for name, number in times.items() if number > 1)
    return doubled
