"""Methods whose points are stated or computed by a formula."""

from __future__ import annotations

from dataclasses import dataclass

from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import Formula, Reference
from assess.core.methods.scored import Case, Explained, Inputs, Reckoned, Scored, Told
from assess.core.schema import key, path_field
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """The figure is the points."""

    figure: str = key(Reference("figure"))
    path: Path = path_field()


JUDGED = Text("{title}评定为 {value} 分", "{title}: judged at {value} points")


def direct(method: Direct, inputs: Inputs) -> Scored:
    """A panel's or an evaluator's points as they are; outside 0 to the full mark is a flaw of the figures."""
    value = inputs.figure(method.figure)
    explained = Explained(
        (Told((Case(None, JUDGED),), {"title": inputs.title(method.figure), "value": Reckoned(value)}),)
    )
    return Scored(value, lambda: explained)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFormula:
    """Points by an expression."""

    points_from: Expression = key(Formula(truth=False))
    path: Path = path_field()


COMPUTED = Text("按公式 {formula} 计算为 {value}", "the formula {formula} gives {value}")


def formula(method: PointsFormula, inputs: Inputs) -> Scored:
    """The value of the expression, within floor and cap."""
    value = inputs.number(method.points_from)
    explained = Explained(
        (Told((Case(None, COMPUTED),), {"formula": method.points_from.text, "value": Reckoned(value)}),)
    )
    return Scored(value, lambda: explained)
