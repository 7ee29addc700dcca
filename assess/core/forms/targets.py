"""What a method sets as the target of a figure, in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assess.core.exact import Column
from assess.core.kinds import Previous, Value, ValueOf
from assess.core.rules.checking.places import mentions
from assess.core.rules.nodes import Item
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.text import Text

YEARS_BACK = Text("{years}年前“{title}”", "{title} of {years} years ago")
LAST_YEARS = Text("上年“{title}”", "last year's {title}")


def targets_of(item: Item, figure: str, inputs: ItemInputs) -> Iterator[Text]:
    """The targets that an item's method sets for a figure, with its unit of measure."""
    method = item.method
    yield from method.own_targets(figure, inputs)
    for mention in mentions(method):
        words = method.targets.get(str(mention.path[-1])) if isinstance(mention.kind, ValueOf) else None
        if words is None or getattr(mention.record, "figure", None) != figure or not method.is_target(mention.value):
            continue
        value = value_in_words(mention.value, figure, inputs)
        if value is not None:
            yield words.format(value=value)


def value_in_words(value: Value, figure: str, inputs: ItemInputs) -> Text | None:
    """A target in words; None where the unit's attribute does not say it."""
    if isinstance(value, Fraction):
        return inputs.spelled(figure, value)
    if isinstance(value, Previous):
        title = inputs.title(value.figure)
        is_last = value.years == 1
        return LAST_YEARS.format(title=title) if is_last else YEARS_BACK.format(title=title, years=value.years)
    if value.name in inputs.values.inputs.sheet.figures:
        return inputs.title(value.name)
    attribute = inputs.value(value.name)
    amount = attribute.fraction(0) if isinstance(attribute, Column) else None
    return None if amount is None else inputs.spelled(figure, amount)
