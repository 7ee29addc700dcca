"""What a scoring method is as a rule, told of no unit: sentences and tables of its own numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple, Protocol

from assess.core.expressions import Expression
from assess.core.kinds import Value
from assess.core.methods.scored import Better, Within
from assess.core.numbers import as_written, exact_places, reduced
from assess.core.text import Text


class RuleTable(NamedTuple):
    """A table of a rule: its headings and its rows."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


class RuleTold(NamedTuple):
    """A method as a rule: one sentence after the other, what it lists line by line, and its table."""

    sentences: tuple[Text, ...]
    lines: tuple[Text, ...] = ()
    table: RuleTable | None = None


class RuleWords(Protocol):
    """What the sentences of a method ask of the sheet that it stands in."""

    def title(self, name: str) -> Text:
        """What a figure or a unit attribute is called."""

    def named(self, to: str, id: str) -> Text:
        """What an id stands for."""

    def readable(self, expression: Expression) -> Text:
        """An expression in words."""

    def number(self, value: Value) -> Text:
        """What stands in a value position, plain."""

    def amount(self, figure: str, value: Value) -> Text:
        """A value of a figure, with its unit of measure."""

    def distance(self, figure: str, value: Value) -> Text:
        """How far two values of a figure lie apart, with its unit of measure."""

    def step(self, figure: str, value: Value) -> Text:
        """A step between two values of a figure; in English one of them goes without its number."""

    def points(self, points: Fraction) -> Text:
        """Points, with the word."""


EARNED: Final = Text("得分", "Score")
BETTER: Final = {
    Better.HIGHER: Text("数值越高越好", "higher is better"),
    Better.LOWER: Text("数值越低越好", "lower is better"),
}
AMONG: Final = {Within.GROUP: Text("本组各单位", "the units of the group"), Within.ALL: Text("全部单位", "all units")}


def share(value: Fraction) -> Text:
    """A share in percent, where few digits write it so."""
    return Text.same(f"{reduced(value * 100)}%" if exact_places(value) is not None else as_written(value))


def share_of(value: Value, words: RuleWords) -> Text:
    """A value position that holds a share."""
    return share(value) if isinstance(value, Fraction) else words.number(value)
