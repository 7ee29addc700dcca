"""Points of a choice, or of two choices together (M20 iv)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np

from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.flaws import Flaw, Path
from assess.core.kinds import Either, MapOf, NumberType, ReferenceType
from assess.core.methods.scored import (
    Explained,
    ExplanationClause,
    Fact,
    MethodInputs,
    MethodResult,
    OutcomeSentence,
    PointsFact,
)
from assess.core.methods.traits import NO_TARGETS, CheckedItem, DivisorBits, FiguresTaken, ScoringMethod, above_mark
from assess.core.schema import BROKEN, hint, key
from assess.core.text import Text

PointsByChoice = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup(ScoringMethod):
    """Points of the choice, or of the pair of choices."""

    name = "lookup"
    chinese_name = "对照"
    other_names = ("查表",)
    figures_taken = FiguresTaken.CHOICES
    targets = NO_TARGETS
    amounts = frozenset()

    figure: str = key(ReferenceType("figure"))
    across: str | None = key(ReferenceType("figure"), None)
    table: Mapping[str, Fraction | PointsByChoice] = key(MapOf(Either(NumberType(), MapOf(NumberType()))))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """The points that the table gives to the choice, or to both choices.

        Source: rules/README.md M20 (ii), (iv).
        """
        listed = [inputs.words(figure) for figure in self.figures]
        entries = {pair: place for place, pair in enumerate(self.pairs)}
        chosen = zip(*(each.values.tolist() for each in listed), strict=True)
        index = np.array([entries.get(pair, 0) for pair in chosen], dtype=np.int64)
        missing = np.logical_or.reduce([each.missing for each in listed])
        points = Column.of(self.pairs.values()).take(index).only(~missing)
        return MethodResult(points, partial(lookup_explained, self, inputs, listed, points))

    @property
    def figures(self) -> tuple[str, ...]:
        """The one figure that is looked up, or both."""
        return (self.figure,) if self.across is None else (self.figure, self.across)

    @property
    def pairs(self) -> dict[tuple[str, ...], Fraction]:
        """The points of each choice, or of each pair."""
        found: dict[tuple[str, ...], Fraction] = {}
        for choice, worth in self.table.items():
            if isinstance(worth, Mapping):
                found |= {(choice, other): points for other, points in worth.items()}
            else:
                found[choice,] = worth
        return found

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """Every choice, or every pair of choices, has its points, none above the full mark."""
        if self.table is BROKEN or self.across is BROKEN:
            return
        yield from check_choices(self.table, self.figure, (*of.path, "table"), of)
        for choice, worth in self.table.items():
            path = (*of.path, "table", choice)
            if isinstance(worth, Mapping) is (self.across is None) and worth is not BROKEN:
                yield Flaw(path, ONE_WAY if self.across is None else TWO_WAYS, {"choice": choice})
            elif isinstance(worth, Mapping):
                yield from check_choices(worth, self.across or "", path, of)
                for other, points in worth.items():
                    yield from above_mark(points, (*path, other), of)
            else:
                yield from above_mark(worth, path, of)

    @property
    def needs_mark(self) -> bool:
        """The points of each choice are stated."""
        return False

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Points of a table or all of them: nothing is divided."""
        return 0


CHOICE_LEFT_OUT = Text("table中没有选项“{choice}”，请补上。", "The table lacks the choice “{choice}”. Add it.")
NOT_A_CHOICE = Text("“{choice}”不是该数据项的选项。{hint}", "“{choice}” is not a choice of the figure. {hint}")
ONE_WAY = Text(
    "“{choice}”下列出了另一数据项的选项，请在across写明是哪个数据项，或只写一个分数。",
    "“{choice}” lists choices of a second figure. Name that figure in `across`, or enter one number of points.",
)
TWO_WAYS = Text(
    "有across时，“{choice}”下应列出其每个选项的分数。",
    "With `across`, “{choice}” must list the points for each choice of that figure.",
)
LOOKED_UP = Text("{title} {value}，对应{points}", "{title}: {value}, which earns {points}")
BOTH_LOOKED_UP = Text(
    "{title} {value}，{other} {across}，对应{points}", "{title}: {value}, {other}: {across}, which earns {points}"
)


def check_choices(table: Mapping[str, object], figure: str, path: Path, of: CheckedItem) -> Iterator[Flaw]:
    """A flaw for each choice of a figure that a table lacks, and for each key that is none."""
    choices = of.choices(figure)
    for choice in choices:
        if choice not in table:
            yield Flaw(path, CHOICE_LEFT_OUT, {"choice": choice})
    for choice in table:
        if choices and choice not in choices:
            facts = {"key": choice, "choice": choice, "hint": hint(choice, choices)}
            yield Flaw((*path, choice), NOT_A_CHOICE, facts)


def lookup_explained(method: Lookup, inputs: MethodInputs, chosen: list[TextColumn], points: Column) -> Explained:
    """What the choice, or both, stand for."""
    facts: dict[str, Fact] = {"title": inputs.title(method.figure), "value": chosen[0], "points": PointsFact(points)}
    told = LOOKED_UP
    if method.across is not None:
        facts |= {"other": inputs.title(method.across), "across": chosen[1]}
        told = BOTH_LOOKED_UP
    return Explained((ExplanationClause((OutcomeSentence(None, told),), facts),))
