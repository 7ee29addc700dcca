"""The kinds of value that keys of a rule sheet take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple

from assess.core.expressions import RESERVED, RESULT_NAMES, Expression, WrongExpression, parse
from assess.core.flaws import Flaw, Path
from assess.core.numbers import NotANumber, exact
from assess.core.schema import BROKEN, Found, Kind, Spell, Tree, hint, is_blank, read_record, write_record
from assess.core.text import Text

NOT_TEXT = Text(
    "此处应为一项文字或数字，不是列表或分组",
    "one text or number is expected here, not a list or a group of keys",
)
NOT_A_NUMBER = Text(
    "“{text}”不是数字：请写成 7.5、30% 或 2/3 的形式",
    "{text} is not a number: write it like 7.5, 30% or 2/3",
)
NOT_WHOLE = Text("“{text}”不是整数：请写成 0、1、2 等", "{text} is not a whole number: write 0, 1, 2 and so on")
NOT_TRUTH = Text("“{text}”应为 true 或 false", "{text} must be true or false")
NOT_A_CHOICE = Text("“{text}”不可用，{hint}", "{text} is not possible here; {hint}")
NOT_AN_ID = Text(
    "“{text}”不能作编号：用字母、数字，以 . 或 - 相连",
    "{text} cannot be an id: use letters and digits, joined by . or -",
)
NOT_A_FIGURE_ID = Text(
    "“{text}”不能作数据项编号：用小写字母、数字和下划线，以字母开头",
    "{text} cannot be a figure id: use lower-case letters, digits and _, beginning with a letter",
)
RESERVED_ID = Text("“{text}”是表达式的用语，请换一个编号", "{text} is a word of expressions: choose another id")
NOT_A_LIST = Text("此处应为列表，如 [a, b]", "a list is expected here, as in [a, b]")
EMPTY_LIST = Text("列表不能为空", "the list must not be empty")
NOT_TITLE = Text("此处应为文字，或 {{zh: …, en: …}}", "a text is expected here, or {{zh: …, en: …}}")
WRONG_EXPRESSION = Text("表达式第 {column} 个字符：{what}", "at character {column} of the expression: {what}")
COMMA_HINT = Text(
    "{what}；花括号内含逗号的表达式要加引号", "{what}; an expression with a comma inside {{…}} must be in quotes"
)
NOT_POSITIVE = Text("“{text}”应大于零", "{text} must be above zero")
NEGATIVE = Text("“{text}”不能为负", "{text} must not be negative")
TOO_LARGE = Text("“{text}”太大，最多 {most}", "{text} is too large: at most {most}")

NODE_ID = re.compile(r"\w+(?:[.-]\w+)*")
FIGURE_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
NOT_FIGURES: Final = RESERVED | RESULT_NAMES
"""Words of expressions, which no figure may be called."""

EXACT: Final = "none"
Digits = int | Literal["none"]
"""Decimals to round to, or `none`."""


class Previous(NamedTuple):
    """Last year's value of a figure."""

    figure: str


class Name(NamedTuple):
    """A figure or a unit attribute."""

    name: str


Value = Fraction | Name | Previous
"""What a value position takes: a number, a figure, last year's figure or a unit attribute."""

Marks = Fraction | Mapping[str, Fraction]
"""A full mark, or one for each group."""


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
    """An id of a node, group, department or grade."""

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
class Reference:
    """The id of something else in the sheet: `to` says of what."""

    to: Literal["figure", "node", "grade", "department"]
    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        return BROKEN if text is None else text

    def write(self, value: str, spell: Spell) -> Tree:
        return value


@dataclass(frozen=True)
class Number:
    """An exact number, with bounds where the key has them."""

    least: Fraction | None = None
    above: Fraction | None = None
    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        try:
            value = exact(text)
        except NotANumber:
            flaws.append(Flaw(path, NOT_A_NUMBER, {"text": text}))
            return BROKEN
        if self.above is not None and value <= self.above:
            flaws.append(Flaw(path, NOT_POSITIVE, {"text": text}))
            return BROKEN
        if self.least is not None and value < self.least:
            flaws.append(Flaw(path, NEGATIVE, {"text": text}))
            return BROKEN
        return value

    def write(self, value: Fraction, spell: Spell) -> Tree:
        return spell(value)


@dataclass(frozen=True)
class Whole:
    """A whole number, not negative."""

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
        return int(text)

    def write(self, value: int, spell: Spell) -> Tree:
        return str(value)


@dataclass(frozen=True)
class RoundTo:
    """Decimals to round to, or `none`."""

    words: tuple[str, ...] = (EXACT,)

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return EXACT if tree == EXACT else Whole(most=12).read(tree, path, flaws)

    def write(self, value: Digits, spell: Spell) -> Tree:
        return str(value)


@dataclass(frozen=True)
class Truth:
    """True or false."""

    words: tuple[str, ...] = ("true", "false")

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        if text.lower() in ("true", "yes", "是"):
            return True
        if text.lower() in ("false", "no", "否"):
            return False
        flaws.append(Flaw(path, NOT_TRUTH, {"text": text}))
        return BROKEN

    def write(self, value: bool, spell: Spell) -> Tree:
        return "true" if value else "false"


class Choice:
    """One of a fixed list of words."""

    def __init__(self, choices: type[StrEnum]) -> None:
        self.choices = choices
        self.words = tuple(choice.value for choice in choices)

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        if text in self.words:
            return self.choices(text)
        flaws.append(Flaw(path, NOT_A_CHOICE, {"text": text, "hint": hint(text, self.words)}))
        return BROKEN

    def write(self, value: StrEnum, spell: Spell) -> Tree:
        return value.value


@dataclass(frozen=True)
class ValueOf:
    """A value position: number, figure, `previous(figure)` or unit attribute."""

    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        try:
            return exact(text)
        except NotANumber:
            pass
        called = re.fullmatch(r"previous\s*\(\s*(\w+)\s*\)", text)
        if called:
            return Previous(called[1])
        if text.isidentifier():
            return Name(text)
        flaws.append(Flaw(path, NOT_A_VALUE, {"text": text}))
        return BROKEN

    def write(self, value: Value, spell: Spell) -> Tree:
        if isinstance(value, Fraction):
            return spell(value)
        return f"previous({value.figure})" if isinstance(value, Previous) else value.name


NOT_A_VALUE = Text(
    "“{text}”应为数字、数据项、previous(数据项) 或单位属性",
    "{text} must be a number, a figure, previous(figure) or a unit attribute",
)


@dataclass(frozen=True)
class Formula:
    """An expression; `truth` where it is a condition."""

    truth: bool = True
    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        text = plain(tree, path, flaws)
        if text is None:
            return BROKEN
        try:
            return parse(text)
        except WrongExpression as wrong:
            what: Text = wrong.what
            if text.count("(") > text.count(")"):
                what = COMMA_HINT.filled(what=what)
            flaws.append(Flaw(path, WRONG_EXPRESSION, {"column": wrong.column, "what": what}))
            return BROKEN

    def write(self, value: Expression, spell: Spell) -> Tree:
        return value.text


class ListOf:
    """A list of values of one kind."""

    words: tuple[str, ...] = ()

    def __init__(self, kind: Kind, *, may_be_empty: bool = False) -> None:
        self.kind = kind
        self.may_be_empty = may_be_empty

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if not isinstance(tree, list):
            flaws.append(Flaw(path, NOT_A_LIST))
            return BROKEN
        if not tree and not self.may_be_empty:
            flaws.append(Flaw(path, EMPTY_LIST))
            return BROKEN
        return tuple(self.kind.read(each, (*path, i), flaws) for i, each in enumerate(tree))

    def write(self, value: tuple[Any, ...], spell: Spell) -> Tree:
        return [self.kind.write(each, spell) for each in value]


class MapOf:
    """Values of one kind by free keys: a table of choices, coefficients by status."""

    words: tuple[str, ...] = ()

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if not isinstance(tree, Mapping) or not tree:
            flaws.append(Flaw(path, NOT_A_MAPPING))
            return BROKEN
        return {name: self.kind.read(each, (*path, name), flaws) for name, each in tree.items() if not is_blank(each)}

    def write(self, value: Mapping[str, Any], spell: Spell) -> Tree:
        return {name: self.kind.write(each, spell) for name, each in value.items()}


NOT_A_MAPPING = Text("此处应为“键: 值”的形式", "keys with values are expected here, as in `key: value`")


class Either:
    """A list or a mapping, each with its own kind: a table of points by place or by grade."""

    words: tuple[str, ...] = ()

    def __init__(self, listed: Kind, mapped: Kind) -> None:
        self.listed = listed
        self.mapped = mapped

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return (self.mapped if isinstance(tree, Mapping) else self.listed).read(tree, path, flaws)

    def write(self, value: Any, spell: Spell) -> Tree:
        return (self.mapped if isinstance(value, Mapping) else self.listed).write(value, spell)


class FullMark:
    """A full mark, or one for each group."""

    words: tuple[str, ...] = ()
    one = Number(least=Fraction(0))
    by_group = MapOf(Number(least=Fraction(0)))

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return (self.by_group if isinstance(tree, Mapping) else self.one).read(tree, path, flaws)

    def write(self, value: Marks, spell: Spell) -> Tree:
        return self.by_group.write(value, spell) if isinstance(value, Mapping) else self.one.write(value, spell)


class RecordOf:
    """A group of keys of its own."""

    words: tuple[str, ...] = ()

    def __init__(self, record: type) -> None:
        self.record = record

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return read_record(self.record, tree, path, flaws)

    def write(self, value: object, spell: Spell) -> Tree:
        return write_record(value, spell)
