"""The values that an expression was computed from, told before its outcome."""

from __future__ import annotations

from assess.core.exact import Column
from assess.core.expressions import Expression, NameRole
from assess.core.expressions.nodes import AtNode, AxisCall, UnitsCall
from assess.core.methods.scored import ExplanationClause, Fact, MethodInputs, NumberFact, OutcomeSentence
from assess.core.text import Text

STATED = Text("{title} {value}", "{title}: {value}")
CALLED = Text("{title} {value}{details}", "{title}: {value}{details}")
YES = Text("{title}：是", "{title}: yes")
NO = Text("{title}：否", "{title}: no")
UNKNOWN = Text("{title}：无数据", "{title}: not known")
LAST_YEARS = Text("上年度{title}", "last year's {title}")


def values_told(expression: Expression, inputs: MethodInputs) -> tuple[ExplanationClause, ...]:
    """One clause for each number or word that the expression names, in the order it names them."""
    known = (NameRole.VALUE, NameRole.PREVIOUS)
    here = expression.names_read_here
    names = dict.fromkeys(
        (each.name, each.role) for each in expression.references if each.role in known and each.name in here
    )
    calls = {call.text: call for call in expression.calls_elsewhere}
    values = (value_told(name, role, inputs, expression) for name, role in names)
    return (*values, *(call_told(call, inputs) for call in calls.values()))


def call_told(call: AtNode | AxisCall | UnitsCall, inputs: MethodInputs) -> ExplanationClause:
    """What a call over parts or units came to, and what it looked at."""
    whole = Expression(call.text, call, ())
    value = inputs.number(whole)
    facts: dict[str, Fact] = {"title": inputs.readable(whole), "value": NumberFact(value), "details": Text.same("")}
    if not isinstance(call, AtNode):
        facts["details"] = inputs.call_details(call)
    return ExplanationClause((OutcomeSentence(value.missing, UNKNOWN), OutcomeSentence(None, CALLED)), facts)


def value_told(name: str, role: NameRole, inputs: MethodInputs, expression: Expression) -> ExplanationClause:
    """What a figure or an attribute is, or was; one that an expression did not look at may be missing."""
    title, value = inputs.title(name), inputs.value(name)
    if role is NameRole.PREVIOUS:
        title, value = LAST_YEARS.format(title=title), inputs.previous(name)
    unknown = OutcomeSentence(value.missing, UNKNOWN)
    if not isinstance(value, Column):
        return ExplanationClause((unknown, OutcomeSentence(None, STATED)), {"title": title, "value": value})
    if inputs.is_truth(name, expression):
        return ExplanationClause(
            (unknown, OutcomeSentence(value != 0, YES), OutcomeSentence(None, NO)), {"title": title}
        )
    return ExplanationClause(
        (unknown, OutcomeSentence(None, STATED)), {"title": title, "value": inputs.measured(name, value)}
    )
