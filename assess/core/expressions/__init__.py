"""Expressions of a rule sheet: a small exact language for conditions and formulas; see rules/README.md.

Text is parsed, checked for kinds and for how names are used, and evaluated for all units at once. There is no way
from an expression to anything but the names it is given.
"""

from assess.core.expressions.checking import ValueType, check_kinds
from assess.core.expressions.evaluating import evaluate, holds
from assess.core.expressions.nodes import Expression, ExpressionFlaw, NameNode, NameRole, WrongExpression
from assess.core.expressions.outcomes import (
    ComparedPlaces,
    EvaluatedColumn,
    NameValues,
    PartsOfPlace,
    TextColumn,
    Value,
)
from assess.core.expressions.parsing import RESERVED, RESULT_NAMES, parse
from assess.core.expressions.telling import readable

__all__ = [
    "RESERVED",
    "RESULT_NAMES",
    "ComparedPlaces",
    "EvaluatedColumn",
    "Expression",
    "ExpressionFlaw",
    "NameNode",
    "NameRole",
    "NameValues",
    "PartsOfPlace",
    "TextColumn",
    "Value",
    "ValueType",
    "WrongExpression",
    "check_kinds",
    "evaluate",
    "holds",
    "parse",
    "readable",
]
