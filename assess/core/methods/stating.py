"""The values that an expression was computed from, told before its outcome."""

from __future__ import annotations

from assess.core.exact import Column
from assess.core.expressions import Expression, NameNode, NameRole
from assess.core.expressions.nodes import AtNode, AxisCall, UnitsCall
from assess.core.expressions.telling import years_back
from assess.core.methods.scored import ExplanationClause, Fact, MethodInputs, NumberFact, OutcomeSentence
from assess.core.text import Text

STATED = Text("{title} {value}", "{title}: {value}")
CALLED = Text("{title} {value}{details}", "{title}: {value}{details}")
YES = Text("{title}：是", "{title}: yes")
NO = Text("{title}：否", "{title}: no")
UNKNOWN = Text("{title}：无数据", "{title}: not known")
PERIOD_BEFORE = Text("上一期{title}", "{title} of the period before")


def values_told(expression: Expression, inputs: MethodInputs) -> tuple[ExplanationClause, ...]:
    """One clause for each number or word that the expression names, in the order it names them."""
    names = {(each.name, each.role, each.years): each for each in expression.references_read_here}
    calls = {call.text: call for call in expression.calls_elsewhere}
    values = (value_told(each, inputs, expression) for each in names.values())
    return (*values, *(call_told(call, inputs) for call in calls.values()))


def call_told(call: AtNode | AxisCall | UnitsCall, inputs: MethodInputs) -> ExplanationClause:
    """What a call over parts or units came to, and what it looked at."""
    whole = Expression(call.text, call, ())
    value = inputs.number(whole)
    facts: dict[str, Fact] = {"title": inputs.readable(whole), "value": NumberFact(value), "details": Text.same("")}
    if not isinstance(call, AtNode):
        facts["details"] = inputs.call_details(call)
    return ExplanationClause((OutcomeSentence(value.missing, UNKNOWN), OutcomeSentence(None, CALLED)), facts)


def value_told(reference: NameNode, inputs: MethodInputs, expression: Expression) -> ExplanationClause:
    """What a figure or an attribute is, or was; one that an expression did not look at may be missing."""
    name = reference.name
    title, value = inputs.title(name), inputs.value(name)
    if reference.role is NameRole.PREVIOUS:
        title, value = years_back(title, reference.years), inputs.previous(name, reference.years)
    elif reference.role is NameRole.BEFORE:
        title, value = PERIOD_BEFORE.format(title=title), inputs.before(name)
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
