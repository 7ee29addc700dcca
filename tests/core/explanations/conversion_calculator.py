"""What somebody with a pocket calculator gets from the sentence of converted points and the printed total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from assess.core.explanations import conversion_ways as ways
from assess.core.scoring.results import Results
from assess.core.text import Text
from tests.core.explanations.pocket_calculator import STATED
from tests.core.explanations.reading import Sentence

Numbers = Mapping[str, Fraction]
NEAR = Fraction(1, 1000)


def reckon_conversion(sentence: Sentence, unit: int, results: Results) -> Fraction | str:
    """The converted points of a unit or of a post before its cap; its number is that of the card."""
    (clause,) = sentence.clauses
    numbers = {name: each.value for name, each in clause.numbers.items()}
    total = results.total.fraction(unit)
    if "total" in numbers:
        assert total is not None
        assert abs(numbers["total"] - total) < NEAR
    if clause.template == ways.AS_TEAM:
        assert results.converted is not None
        return results.converted.fraction(unit) or Fraction(0)
    if clause.template not in RECKONED:
        return STATED
    return RECKONED[clause.template](numbers)


def of_own_items(n: Numbers) -> Fraction:
    return n["earned"] / n["marks"] * n["points"] * n.get("coefficient", Fraction(1))


def above_floor(one: str, other: str) -> Callable[[Numbers], Fraction]:
    """One total divided by another, both above the floor, of the points."""
    return lambda n: (n[one] - n.get("floor", 0)) / (n[other] - n.get("floor", 0)) * n["points"]


RECKONED: Mapping[Text, Callable[[Numbers], Fraction]] = {
    ways.SHARE: lambda n: n["total"] / n["full"] * n["points"],
    ways.SPREAD: lambda n: (n["total"] - n["worst"]) / (n["best"] - n["worst"]) * n["points"],
    ways.ALL_EQUAL: lambda n: n["points"],
    ways.IS_BEST: lambda n: n["points"],
    ways.NONE_ABOVE_0: lambda n: Fraction(0),
    ways.BELOW_0: lambda n: Fraction(0),
    ways.TO_BEST: above_floor("total", "best"),
    ways.TO_BEST_ABOVE: above_floor("total", "best"),
    ways.FROM_BEST: above_floor("best", "total"),
    ways.FROM_BEST_ABOVE: above_floor("best", "total"),
    ways.TIMES: lambda n: n["team"] * n["coefficient"],
    ways.OWN: of_own_items,
    ways.OWN_TIMES: of_own_items,
}
