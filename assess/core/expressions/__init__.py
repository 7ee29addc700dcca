"""Expressions of a rule sheet: a small exact language for conditions and formulas; see rules/README.md.

Text is parsed, checked for kinds and for how names are used, and evaluated for all units at once. There is no way
from an expression to anything but the names it is given.
"""

from assess.core.expressions.checking import Kind, check_kinds
from assess.core.expressions.evaluating import Names, Outcome, Value, Words, evaluate, holds
from assess.core.expressions.nodes import Expression, ExpressionFlaw, Reference, Role, WrongExpression
from assess.core.expressions.parsing import RESERVED, RESULT_NAMES, parse
from assess.core.expressions.telling import readable

__all__ = [
    "RESERVED",
    "RESULT_NAMES",
    "Expression",
    "ExpressionFlaw",
    "Kind",
    "Names",
    "Outcome",
    "Reference",
    "Role",
    "Value",
    "Words",
    "WrongExpression",
    "check_kinds",
    "evaluate",
    "holds",
    "parse",
    "readable",
]
