"""What calls over parts and over units looked at: the parts where a condition held, and how many units counted."""

from __future__ import annotations

import numpy as np

from assess.core.exact import Column
from assess.core.exact.groupwise import GroupValues
from assess.core.expressions import Expression
from assess.core.expressions.nodes import AtNode, AxisCall, Node, UnitsCall
from assess.core.expressions.parsing import CONDITIONAL
from assess.core.methods.scored import BothTexts
from assess.core.scoring.inputs import ScopeValues
from assess.core.text import EMPTY_TEXT, Text

HELD = Text("（{parts}）", " ({parts})")
HELD_NOWHERE = Text("（无）", " (none)")
CAME_TO = Text("；{title} {value}{details}", "; {title}: {value}{details}")
UNKNOWN = Text("无数据", "not known")
AMONG_GROUP = Text("（本组{n}个）", " (of {n} in the group)")
AMONG_ALL = Text("（全部{n}个）", " (of {n} in all)")


def details_of(node: AxisCall | UnitsCall, values: ScopeValues) -> BothTexts:
    """For every unit the parts where a condition held, or how many units counted; nothing of other calls."""
    if isinstance(node, UnitsCall):
        return among_told(node, values)
    if node.call not in CONDITIONAL:
        return both([EMPTY_TEXT] * values.size)
    parts = values.along(node.axis)
    columns = parts.apart(number_at(node.operand, parts.names))
    names = parts.names.entry_names
    held: list[list[Text]] = [[] for _ in range(values.size)]
    # Where no period has ended yet there are no parts, and so no columns.
    for rows, column in zip(parts.rows, columns, strict=False):
        for unit in np.flatnonzero(column != 0).tolist():
            held[unit].append(names[rows[unit]])
    return both([HELD.format(parts=joined(each)) if each else HELD_NOWHERE for each in held])


def calls_told(expression: Expression, values: ScopeValues) -> list[Text]:
    """For every unit what the calls of a condition came to and looked at; nothing of a condition without calls."""
    told = [EMPTY_TEXT] * values.size
    for call in {each.text: each for each in expression.calls_elsewhere}.values():
        title, amounts = values.readable(Expression(call.text, call, ())), number_at(call, values).texts()
        details = [EMPTY_TEXT] * values.size if isinstance(call, AtNode) else texts_of(details_of(call, values))
        for unit, (amount, detail) in enumerate(zip(amounts, details, strict=True)):
            facts = {"title": title, "value": UNKNOWN if amount is None else Text.same(amount), "details": detail}
            told[unit] = Text.run(told[unit], CAME_TO.format(**facts))
    return told


def texts_of(both_texts: BothTexts) -> list[Text]:
    """Texts in both languages, unit by unit."""
    return [Text(*each) for each in zip(both_texts.zh, both_texts.en, strict=True)]


def among_told(node: UnitsCall, values: ScopeValues) -> BothTexts:
    """How many units a call was about, in the group or in all."""
    is_all = "all" in node.words
    compared = values.among_units(is_all)
    among = compared.groups >= 0
    if node.condition is not None:
        among &= number_at(node.condition, values.moved(values.place._replace(kind=None))) != 0
    known = number_at(node.operand, values.moved(values.place._replace(kind=None)))
    counts = GroupValues(Column.truths(known.present), compared.groups, among & known.present).sum().take(compared.back)
    told = AMONG_ALL if is_all or values.inputs.sheet.groups is None else AMONG_GROUP
    return both([told.format(n=n or "0") for n in counts.texts()])


def number_at(node: Node, values: ScopeValues) -> Column:
    """The value of a part of an expression at a place."""
    value = values.evaluate(Expression("", node, ())).value
    return value if isinstance(value, Column) else Column.absent(len(value))


def both(texts: list[Text]) -> BothTexts:
    """Texts in both languages."""
    return BothTexts([each.zh for each in texts], [each.en for each in texts])


def joined(texts: list[Text]) -> Text:
    """Names one after the other."""
    return Text("、".join(each.zh for each in texts), ", ".join(each.en for each in texts))
