"""Methods whose points are stated or computed by a formula."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from assess.core.exact import Column
from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import Formula, Reference
from assess.core.methods.cutting import Shown
from assess.core.methods.scored import Case, Explained, Inputs, Points, Scored, Told
from assess.core.methods.stating import values_told
from assess.core.schema import key, path_field
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """The figure is the points."""

    figure: str = key(Reference("figure"))
    path: Path = path_field()


JUDGED = Text("{title}评定为 {value}", "{title}: judged at {value}")


def direct(method: Direct, inputs: Inputs) -> Scored:
    """A panel's or an evaluator's points as they are; outside 0 to the full mark is a flaw of the figures."""
    value = inputs.figure(method.figure)
    explained = Explained(
        (Told((Case(None, JUDGED),), {"title": inputs.title(method.figure), "value": Points(value)}),)
    )
    return Scored(value, lambda: explained)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFormula:
    """Points by an expression."""

    points_from: Expression = key(Formula(truth=False))
    path: Path = path_field()


COMPUTED = Text("按公式“{formula}”计算", "by the formula {formula}")


def formula(method: PointsFormula, inputs: Inputs) -> Scored:
    """The value of the expression, within floor and cap."""
    return Scored(inputs.number(method.points_from), partial(formula_explained, method, inputs))


def formula_explained(method: PointsFormula, inputs: Inputs) -> Explained:
    """The values that went in, and the formula."""
    told = Told((Case(None, COMPUTED),), {"formula": inputs.readable(method.points_from)})
    way = partial(formula_as_shown, method, inputs)
    return Explained((*values_told(method.points_from, inputs), told), ways=(way,))


def formula_as_shown(method: PointsFormula, inputs: Inputs, shown: Shown) -> Column:
    """The points by the values that the sentence shows."""
    return inputs.as_shown(shown).number(method.points_from)
