"""The values that an expression was computed from, told before its outcome."""

from __future__ import annotations

from assess.core.exact import Column
from assess.core.expressions import Expression, Role
from assess.core.methods.scored import Case, Fact, Inputs, Told
from assess.core.text import Text

STATED = Text("{title} {value}", "{title}: {value}")


def values_told(expression: Expression, inputs: Inputs) -> tuple[Told, ...]:
    """One clause for each number or word that the expression names, in the order it names them."""
    names = dict.fromkeys(each.name for each in expression.references if each.role is Role.VALUE)
    return tuple(value_told(name, inputs) for name in names)


def value_told(name: str, inputs: Inputs) -> Told:
    """What a figure or an attribute is."""
    value = inputs.value(name)
    fact: Fact = inputs.measured(name, value) if isinstance(value, Column) else value
    return Told((Case(None, STATED),), {"title": inputs.title(name), "value": fact})
