"""The values that an expression was computed from, told before its outcome."""

from __future__ import annotations

from assess.core.exact import Column
from assess.core.expressions import Expression, NameRole
from assess.core.methods.scored import ExplanationClause, MethodInputs, OutcomeSentence
from assess.core.text import Text

STATED = Text("{title} {value}", "{title}: {value}")
YES = Text("{title}：是", "{title}: yes")
NO = Text("{title}：否", "{title}: no")
UNKNOWN = Text("{title}：无数据", "{title}: not known")
LAST_YEARS = Text("上年度{title}", "last year's {title}")


def values_told(expression: Expression, inputs: MethodInputs) -> tuple[ExplanationClause, ...]:
    """One clause for each number or word that the expression names, in the order it names them."""
    known = (NameRole.VALUE, NameRole.PREVIOUS)
    names = dict.fromkeys((each.name, each.role) for each in expression.references if each.role in known)
    return tuple(value_told(name, role, inputs, expression) for name, role in names)


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
