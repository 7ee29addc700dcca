"""Methods whose points are stated or computed by a formula."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from assess.core.exact import Column
from assess.core.expressions import Expression
from assess.core.kinds import Formula, ReferenceType
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import (
    Explained,
    ExplanationClause,
    MethodInputs,
    MethodResult,
    OutcomeSentence,
    PointsFact,
)
from assess.core.methods.stating import values_told
from assess.core.methods.traits import NO_TARGETS, DivisorBits, FiguresTaken, ScoringMethod
from assess.core.schema import BROKEN, key
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct(ScoringMethod):
    """The figure is the points."""

    name = "direct"
    chinese_name = "直接计分"
    other_names = ("评分",)
    figures_taken = FiguresTaken.NUMBERS
    targets = NO_TARGETS
    amounts = frozenset()

    figure: str = key(ReferenceType("figure"))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """A panel's or an evaluator's points as they are; outside 0 to the full mark is a flaw of the figures."""
        value = inputs.figure(self.figure)
        explained = Explained(
            (
                ExplanationClause(
                    (OutcomeSentence(None, JUDGED),), {"title": inputs.title(self.figure), "value": PointsFact(value)}
                ),
            )
        )
        return MethodResult(value, lambda: explained)

    @property
    def judged_figure(self) -> str | None:
        """Its figure."""
        return self.figure

    @property
    def needs_mark(self) -> bool:
        """The figure is the points."""
        return False

    def divisor_bits(self, bits: DivisorBits) -> int:
        """As the figure."""
        return bits.varied


JUDGED = Text("{title}评定为{value}", "{title}: rated {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFormula(ScoringMethod):
    """Points by an expression."""

    name = "formula"
    chinese_name = "公式"
    figures_taken = FiguresTaken.NUMBERS
    targets = NO_TARGETS
    amounts = frozenset()

    points_from: Expression = key(Formula(truth=False))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """The value of the expression, within floor and cap."""
        return MethodResult(inputs.number(self.points_from), partial(formula_explained, self, inputs))

    @property
    def needs_mark(self) -> bool:
        """The expression is the points."""
        return False

    def divisor_bits(self, bits: DivisorBits) -> int:
        """As the expression."""
        return 0 if self.points_from is BROKEN else bits.expression(self.points_from)


COMPUTED = Text("按公式“{formula}”计算", "by the formula {formula}")


def formula_explained(method: PointsFormula, inputs: MethodInputs) -> Explained:
    """The values that went in, and the formula."""
    told = ExplanationClause((OutcomeSentence(None, COMPUTED),), {"formula": inputs.readable(method.points_from)})
    way = partial(formula_as_shown, method, inputs)
    return Explained((*values_told(method.points_from, inputs), told), ways=(way,))


def formula_as_shown(method: PointsFormula, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by the values that the sentence shows."""
    return inputs.as_shown(shown).number(method.points_from)
