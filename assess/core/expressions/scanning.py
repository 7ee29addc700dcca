"""The words, numbers and signs of an expression, each with its column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from assess.core import numbers
from assess.core.expressions import wording
from assess.core.expressions.nodes import WrongExpression
from assess.core.text import Text


class Sort(StrEnum):
    """What a token is; `score` and `rate` are whole calls such as `score(air.pm25)`."""

    NUMBER = "number"
    QUOTED = "quoted"
    WORD = "word"
    SIGN = "sign"
    SCORE = "score"
    RATE = "rate"
    END = "end"


class ExpressionToken(NamedTuple):
    """One token: a number as written, quoted text without its marks, a word, a sign, the id of a score or rate."""

    sort: Sort
    text: str
    column: int


SIGNS: Final = frozenset(["+", "-", "*", "/", "(", ")", ",", "<", "<=", ">", ">=", "==", "!="])
MISTAKES: Final = {
    "=": wording.SINGLE_EQUALS,
    "**": wording.POWER.format(wrong="**"),
    **{sign: wording.POWER.format(wrong=sign) for sign in "^²³"},
    "//": wording.WHOLE_DIVISION,
    "%": wording.PERCENT,
    ".": wording.DOT,
    **{sign: wording.BRACKET.format(wrong=sign) for sign in "[]{}"},
}
OTHERWISE: Final = {
    "<>": "!=", "=>": ">=", "=<": "<=", "===": "==", "!": "not", "&": "and", "&&": "and", "|": "or", "||": "or",
    "×": "*", "÷": "/", "≥": ">=", "≤": "<=", "≠": "!=", "−": "-", "–": "-", "—": "-",
    "“": '"', "”": '"', "‘": "'", "’": "'", "、": ",", "。": ".", "【": "(", "】": ")",
}  # fmt: skip

SPACE = re.compile(r"\s*")
NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)%?", re.ASCII)
SIGN = re.compile(r"[<>=!＜＞＝！]+|\*\*|//|&&|\|\||.", re.DOTALL)
FULL_WIDTH = re.compile("[！-～]")
OPENED = re.compile(r"\s*\(")
ONE_ID = re.compile(r"\s*\(\s*([\w.-]+)\s*\)")


def scanned(text: str) -> Iterator[ExpressionToken]:
    """The tokens of an expression, an end token last.

    Raises:
        WrongExpression: the first thing that is no token.
    """
    at = after(SPACE, text, 0)
    while at < len(text):
        token, end = token_at(text, at)
        yield token
        at = after(SPACE, text, end)
    yield ExpressionToken(Sort.END, "", len(text) + 1)


def token_at(text: str, at: int) -> tuple[ExpressionToken, int]:
    """The token that begins at a position, and where it ends."""
    letter = text[at]
    if letter in "'\"":
        return quoted_at(text, at)
    if NUMBER.match(text, at):
        return number_at(text, at)
    if letter.isidentifier():
        return word_at(text, at)
    return sign_at(text, at)


def quoted_at(text: str, at: int) -> tuple[ExpressionToken, int]:
    """Quoted text; it ends at the next mark of its kind, there are no escapes."""
    end = text.find(text[at], at + 1)
    if end < 0:
        raise WrongExpression(wording.OPEN_QUOTE.format(quote=text[at]), at + 1)
    return ExpressionToken(Sort.QUOTED, text[at + 1 : end], at + 1), end + 1


def number_at(text: str, at: int) -> tuple[ExpressionToken, int]:
    """A decimal number, perhaps in percent."""
    end = after(NUMBER, text, at)
    number = text[at:end]
    if sum(letter.isdigit() for letter in number) > numbers.MAX_DIGITS:
        raise WrongExpression(wording.LONG_NUMBER.format(most=numbers.MAX_DIGITS), at + 1)
    rest = end
    while rest < len(text) and (text[rest] == "." or continues_word(text[rest])):
        rest += 1
    if rest > end:
        facts = {"number": number, "rest": wording.shown(text[end:rest])}
        raise WrongExpression(wording.RUN_TOGETHER.format(**facts), end + 1)
    return ExpressionToken(Sort.NUMBER, number, at + 1), end


def word_at(text: str, at: int) -> tuple[ExpressionToken, int]:
    """A word, or the whole of `score(id)` and `rate(id)`, whose ids may hold dots and hyphens."""
    end = at + 1
    while end < len(text) and continues_word(text[end]):
        end += 1
    word, small = text[at:end], text[at:end].lower()
    if small not in (Sort.SCORE, Sort.RATE) or not OPENED.match(text, end):
        return ExpressionToken(Sort.WORD, word, at + 1), end
    if word != small:
        raise WrongExpression(wording.SMALL_LETTERS.format(wrong=word, right=small), at + 1)
    call = ONE_ID.match(text, end)
    if not call:
        raise WrongExpression(wording.ONE_ID.format(name=word), at + 1)
    return ExpressionToken(Sort(word), call[1], at + 1), call.end()


def sign_at(text: str, at: int) -> tuple[ExpressionToken, int]:
    """An operator, a bracket or a comma."""
    end = after(SIGN, text, at)
    sign = text[at:end]
    if sign not in SIGNS:
        raise WrongExpression(wrong_sign(sign), at + 1)
    return ExpressionToken(Sort.SIGN, sign, at + 1), end


def wrong_sign(sign: str) -> Text:
    """What to write instead of a sign that expressions do not have."""
    if sign in MISTAKES:
        return MISTAKES[sign]
    if sign in OTHERWISE:
        return wording.WRITTEN_OTHERWISE.format(wrong=sign, right=OTHERWISE[sign])
    if FULL_WIDTH.search(sign):
        half = unicodedata.normalize("NFKC", sign)
        return wording.FULL_WIDTH.format(wrong=sign, right="==" if half == "=" else OTHERWISE.get(half, half))
    return wording.UNKNOWN_SIGN.format(wrong=wording.shown(sign))


def after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern that begins at a position ends."""
    match = pattern.match(text, at)
    return match.end() if match else at


def continues_word(letter: str) -> bool:
    """Whether a letter may stand inside a word."""
    return f"_{letter}".isidentifier()
