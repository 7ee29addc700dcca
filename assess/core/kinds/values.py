"""Kinds of value positions and expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple

from assess.core.expressions import Expression, WrongExpression, parse
from assess.core.flaws import Flaw, Path
from assess.core.kinds.plain import not_a_number, plain
from assess.core.numbers import NotANumber, exact, is_too_long
from assess.core.schema import BROKEN, Found, Spell, Tree
from assess.core.text import Text

WRONG_EXPRESSION = Text("表达式第{column}个字符：{what}", "At character {column} of the expression: {what}")
COMMA_HINT = Text(
    "{what}花括号内含逗号的表达式要加引号。", "{what} Put an expression with a comma inside {{…}} in quotes."
)
NOT_A_VALUE = Text(
    "“{text}”应为数字、数据项、previous(数据项)或单位属性。",
    "“{text}” must be a number, a figure, previous(figure) or a unit attribute.",
)


class Previous(NamedTuple):
    """The value of a figure one or more years back."""

    figure: str
    years: int = 1


class Name(NamedTuple):
    """A figure or a unit attribute."""

    name: str


Value = Fraction | Name | Previous
"""What a value position takes: a number, a figure, last year's figure or a unit attribute."""

Marks = Fraction | Mapping[str, Fraction]
"""A full mark or a weight, or one for each group."""

NO_MARK: Final = "none"
NodeMarks = Marks | Literal["none"]
"""The full mark of a node, or that it has none: it earns money or another sum."""


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
        called = re.fullmatch(r"previous\s*\(\s*(\w+)\s*(?:,\s*([1-9])\s*)?\)", text)
        if called:
            return Previous(called[1], int(called[2] or 1))
        if text.isidentifier():
            return Name(text)
        flaws.append(not_a_number(path, text) if is_too_long(text) else Flaw(path, NOT_A_VALUE, {"text": text}))
        return BROKEN

    def write(self, value: Value, spell: Spell) -> Tree:
        if isinstance(value, Fraction):
            return spell(value)
        if isinstance(value, Name):
            return value.name
        return f"previous({value.figure})" if value.years == 1 else f"previous({value.figure}, {value.years})"


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
                what = COMMA_HINT.format(what=what)
            flaws.append(Flaw(path, WRONG_EXPRESSION, {"column": wrong.column, "what": what}))
            return BROKEN

    def write(self, value: Expression, spell: Spell) -> Tree:
        return value.text
