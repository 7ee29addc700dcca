"""Kinds of a single value: texts, ids, numbers, truths, words of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

from assess.core.expressions import RESERVED, RESULT_NAMES
from assess.core.flaws import Flaw, Path
from assess.core.naming import quoted
from assess.core.numbers import MAX_DIGITS, NotANumber, Percent, as_written, exact, is_too_long
from assess.core.schema import BROKEN, Found, Spell, Tree, hint
from assess.core.text import Text
from assess.core.word_lists import ChoiceWords, WordList

NOT_TEXT = Text(
    "此处应为一项文字或数字，不能是列表或分组。",
    "Enter one text or number, not a list or a group of keys.",
)
NOT_A_NUMBER = Text(
    "“{text}”不是数字，请写成7.5、30%或2/3的形式。",
    "“{text}” is not a number. Enter it as in 7.5, 30% or 2/3.",
)
TOO_MANY_DIGITS = Text(
    "“{text}”位数过多，最多{most}位，请减少位数。",
    "“{text}” has too many digits. At most {most} are allowed. Shorten it.",
)
NOT_WHOLE = Text("“{text}”不是整数，请写成0、1、2等。", "“{text}” is not a whole number. Enter 0, 1, 2 and so on.")
NOT_TRUTH = Text("“{text}”应为是或否。", "“{text}” must be true or false.")
NOT_A_CHOICE = Text("“{text}”不可用。{hint}", "“{text}” cannot be used here. {hint}")
NOT_AN_ID = Text(
    "“{text}”不能作编号，请用字母、数字，以.或-相连。",
    "“{text}” cannot be an ID. Use letters and digits, joined by “.” or “-”.",
)
NOT_A_FIGURE_ID = Text(
    "“{text}”不能作数据项编号，请用小写字母、数字和下划线，以字母开头。",
    "“{text}” cannot be a figure ID. Use lower-case letters, digits and _, beginning with a letter.",
)
RESERVED_ID = Text("“{text}”是表达式的用语，请换一个编号。", "“{text}” is a word used in expressions. Use another ID.")
NOT_TITLE = Text("此处应为文字，或{zh: …, en: …}。", "Enter a text, or {zh: …, en: …}.")
NOT_POSITIVE = Text("“{text}”应大于0。", "“{text}” must be above 0.")
NEGATIVE = Text("“{text}”不能为负。", "“{text}” must not be negative.")
TOO_LARGE = Text("“{text}”太大，最多{most}。", "“{text}” is too large. At most {most} is allowed.")

NODE_ID = re.compile(r"\w+(?:[.-]\w+)*")
FIGURE_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
NOT_FIGURES: Final = RESERVED | RESULT_NAMES | {"unit", "kind"}
"""Words of expressions, which no figure may be called."""

EXACT: Final = "none"
Digits = int | Literal["none"]
"""Decimals to round to, or `none`."""
DIGIT_WORDS: Final = WordList({EXACT: ("不取位", "不修约")})
TRUTH_WORDS: Final = WordList({"true": ("是", "yes"), "false": ("否", "no")})


def plain(tree: Tree, path: Path, flaws: Found) -> str | None:
    """The text of a scalar, or None with a flaw."""
    if isinstance(tree, str):
        return tree.strip()
    flaws.append(Flaw(path, NOT_TEXT))
    return None


@dataclass(frozen=True)
class PlainText:
    """Any text."""

    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        return BROKEN if text is None else text

    def write(self, value: str, spell: Spell) -> Tree:
        return value


@dataclass(frozen=True)
class Title:
    """A text in both languages: a plain string, or `{zh, en}`."""

    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if isinstance(tree, str):
            return Text.same(tree.strip())
        if isinstance(tree, Mapping) and tree and set(tree) <= {"zh", "en"}:
            given = {name: str(each).strip() for name, each in tree.items() if isinstance(each, str) and each.strip()}
            if given:
                return Text(given.get("zh", given.get("en", "")), given.get("en", given.get("zh", "")))
        flaws.append(Flaw(path, NOT_TITLE))
        return BROKEN

    def write(self, value: Text, spell: Spell) -> Tree:
        return value.zh if value.zh == value.en else {"zh": value.zh, "en": value.en}


@dataclass(frozen=True)
class Id:
    """An id of a node, group, department or grade; `of` names what expressions may name."""

    of: Literal["", "node", "figure"] = ""
    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        if NODE_ID.fullmatch(text):
            return text
        flaws.append(Flaw(path, NOT_AN_ID, {"text": text}))
        return BROKEN

    def write(self, value: str, spell: Spell) -> Tree:
        return value


@dataclass(frozen=True)
class ReferenceType:
    """The id of something else in the sheet: `to` says of what."""

    to: Literal["figure", "node", "grade", "department", "object kind"]
    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        return BROKEN if text is None else text

    def write(self, value: str, spell: Spell) -> Tree:
        return value


def not_a_number(path: Path, text: str) -> Flaw:
    """What is wrong with a text that should be a number."""
    if is_too_long(text):
        return Flaw(path, TOO_MANY_DIGITS, {"text": quoted(text), "most": MAX_DIGITS})
    return Flaw(path, NOT_A_NUMBER, {"text": text})


@dataclass(frozen=True)
class NumberType:
    """An exact number, with bounds where the key has them."""

    least: Fraction | None = None
    above: Fraction | None = None
    most: Percent | None = None
    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        try:
            value = exact(text)
        except NotANumber:
            flaws.append(not_a_number(path, text))
            return BROKEN
        if self.above is not None and value <= self.above:
            flaws.append(Flaw(path, NOT_POSITIVE, {"text": text}))
            return BROKEN
        if self.least is not None and value < self.least:
            flaws.append(Flaw(path, NEGATIVE, {"text": text}))
            return BROKEN
        if self.most is not None and value > self.most:
            flaws.append(Flaw(path, TOO_LARGE, {"text": text, "most": as_written(self.most)}))
            return BROKEN
        return value

    def write(self, value: Fraction, spell: Spell) -> Tree:
        return spell(value)


@dataclass(frozen=True)
class WholeNumberType:
    """A whole number, not negative unless a bound says more."""

    least: int = 0
    most: int = 1_000_000
    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        if not (text.isascii() and text.isdigit()):
            flaws.append(Flaw(path, NOT_WHOLE, {"text": text}))
            return BROKEN
        if len(text) > 9 or int(text) > self.most:
            flaws.append(Flaw(path, TOO_LARGE, {"text": text, "most": self.most}))
            return BROKEN
        if int(text) < self.least:
            flaws.append(Flaw(path, NOT_POSITIVE, {"text": text}))
            return BROKEN
        return int(text)

    def write(self, value: int, spell: Spell) -> Tree:
        return str(value)


@dataclass(frozen=True)
class RoundTo:
    """Decimals to round to, or `none`."""

    words: WordList = DIGIT_WORDS

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if isinstance(tree, str) and self.words.meaning(tree) == EXACT:
            return EXACT
        return WholeNumberType(most=12).read(tree, path, flaws)

    def write(self, value: Digits, spell: Spell) -> Tree:
        return str(value)


@dataclass(frozen=True)
class TruthType:
    """True or false."""

    words: WordList = TRUTH_WORDS

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        if (word := self.words.meaning(text.lower())) is not None:
            return word == "true"
        flaws.append(Flaw(path, NOT_TRUTH, {"text": text}))
        return BROKEN

    def write(self, value: bool, spell: Spell) -> Tree:
        return "true" if value else "false"


class Choice:
    """One of a fixed list of words."""

    def __init__(self, choices: type[ChoiceWords]) -> None:
        self.choices = choices
        self.words = choices.listed()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        if (word := self.words.meaning(text)) is not None:
            return self.choices(word)
        flaws.append(Flaw(path, NOT_A_CHOICE, {"text": text, "hint": hint(text, self.words)}))
        return BROKEN

    def write(self, value: ChoiceWords, spell: Spell) -> Tree:
        return value.value
