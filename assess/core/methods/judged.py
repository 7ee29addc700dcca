"""Methods whose points are stated or computed by a formula."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from assess.core.exact import Column
from assess.core.expressions import Expression
from assess.core.flaws import Path
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
from assess.core.schema import key, path_field
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """The figure is the points."""

    figure: str = key(ReferenceType("figure"))
    path: Path = path_field()


JUDGED = Text("{title}评定为{value}", "{title}: rated {value}")


def direct(method: Direct, inputs: MethodInputs) -> MethodResult:
    """A panel's or an evaluator's points as they are; outside 0 to the full mark is a flaw of the figures."""
    value = inputs.figure(method.figure)
    explained = Explained(
        (
            ExplanationClause(
                (OutcomeSentence(None, JUDGED),), {"title": inputs.title(method.figure), "value": PointsFact(value)}
            ),
        )
    )
    return MethodResult(value, lambda: explained)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFormula:
    """Points by an expression."""

    points_from: Expression = key(Formula(truth=False))
    path: Path = path_field()


COMPUTED = Text("按公式“{formula}”计算", "by the formula {formula}")


def formula(method: PointsFormula, inputs: MethodInputs) -> MethodResult:
    """The value of the expression, within floor and cap."""
    return MethodResult(inputs.number(method.points_from), partial(formula_explained, method, inputs))


def formula_explained(method: PointsFormula, inputs: MethodInputs) -> Explained:
    """The values that went in, and the formula."""
    told = ExplanationClause((OutcomeSentence(None, COMPUTED),), {"formula": inputs.readable(method.points_from)})
    way = partial(formula_as_shown, method, inputs)
    return Explained((*values_told(method.points_from, inputs), told), ways=(way,))


def formula_as_shown(method: PointsFormula, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by the values that the sentence shows."""
    return inputs.as_shown(shown).number(method.points_from)
