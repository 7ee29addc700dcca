"""What the method of an item gives, multiplied by a factor of the unit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from assess.core.exact import Column
from assess.core.expressions.telling import years_back
from assess.core.kinds import Name, Previous, Value
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import (
    Amount,
    Explained,
    ExplanationClause,
    Fact,
    MethodResult,
    NumberFact,
    OutcomeSentence,
    PointsFact,
    Way,
)
from assess.core.rules.nodes import Item
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.text import Text

TIMES: Final = Text("按方法计{points}，乘以{factor}", "{points} by the method, times {factor}")
TIMES_NAMED: Final = Text("按方法计{points}，乘以{title}{factor}", "{points} by the method, times {title} {factor}")


def scored_by_method(item: Item, inputs: ItemInputs) -> MethodResult:
    """What the method of an item gives, times its factor where it has one; missing where that is."""
    scored = item.method.score(inputs)
    if item.times is None:
        return scored
    factor = inputs.value_of(item.times)
    told = partial(multiplied_told, scored, factor, title_of_factor(item.times, inputs))
    return MethodResult(scored.points * factor, told)


def title_of_factor(times: Value, inputs: ItemInputs) -> Text | None:
    """What the factor is called; None of a plain number."""
    if isinstance(times, Previous):
        return years_back(inputs.title(times.figure), times.years)
    return inputs.title(times.name) if isinstance(times, Name) else None


def multiplied_told(scored: MethodResult, factor: Amount, title: Text | None) -> Explained:
    """What is told of the method, and then of the factor."""
    explained = scored.explain()
    facts: dict[str, Fact] = {"points": PointsFact(scored.points), "factor": NumberFact(factor)}
    text = TIMES if title is None else TIMES_NAMED
    clause = ExplanationClause((OutcomeSentence(None, text),), facts | ({} if title is None else {"title": title}))
    ways: tuple[Way, ...] = (*explained.ways, lambda shown: shown.number(scored.points))
    multiplied = tuple(partial(multiplied_as_shown, way, factor) for way in ways)
    return replace(explained, clauses=(*explained.clauses, clause), ways=multiplied)


def multiplied_as_shown(way: Way, factor: Amount, shown: TruncatedAmounts) -> Column:
    """The points by the numbers and the factor that the sentence shows."""
    return way(shown) * shown.amount(factor)
