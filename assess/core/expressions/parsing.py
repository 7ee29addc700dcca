"""From the text of an expression to its tree."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from assess.core import numbers
from assess.core.expressions import wording
from assess.core.expressions.nodes import (
    AtNode,
    AxisCall,
    Expression,
    NameNode,
    NameRole,
    Node,
    NumberLiteral,
    OperationNode,
    Quoted,
    TruthLiteral,
    UnitsCall,
    WrongExpression,
)
from assess.core.expressions.scanning import ExpressionToken, Sort, scanned
from assess.core.text import Text

TRUTHS: Final = {"true": True, "yes": True, "false": False, "no": False}
RESERVED: Final = frozenset([*TRUTHS, "and", "or", "not", "if"])
"""Words that no figure and no attribute can be called by in an expression."""

RESULT_NAMES: Final = frozenset(["total", "previous_grade", "previous_rank", "previous_of"])
"""Plain names that stand for results, where results may be used."""

COMPARISONS: Final = frozenset(["<", "<=", ">", ">=", "==", "!="])
NOT: Final = 3
COMPARISON: Final = 4
NEGATIVE: Final = 7
LEVELS: Final = {
    "or": 1, "and": 2, **dict.fromkeys(COMPARISONS, COMPARISON), "+": 5, "-": 5, "*": 6, "/": 6,
}  # fmt: skip
"""How tightly each operator binds."""

MANY: Final = wording.MAX_EXPRESSION_LENGTH
CALLS: Final = {
    "min": (1, MANY, Text.same("min(a, b)")),
    "max": (1, MANY, Text.same("max(a, b)")),
    "abs": (1, 1, Text.same("abs(x)")),
    "round": (2, 2, Text.same("round(x, 2)")),
    "floor": (1, 1, Text.same("floor(x)")),
    "ceil": (1, 1, Text.same("ceil(x)")),
    "mean": (1, MANY, Text.same("mean(a, b)")),
    "sum": (1, MANY, Text.same("sum(a, b)")),
    "sqrt": (1, 1, Text.same("sqrt(x)")),
    "ln": (1, 1, Text.same("ln(x)")),
    "log10": (1, 1, Text.same("log10(x)")),
    "exp": (1, 1, Text.same("exp(x)")),
    "if": (3, 3, Text("if(条件, 成立时, 不成立时)", "if(condition, a, b)")),
}
"""Each call with the fewest and the most values it takes, and how it is written."""

OVER_PARTS: Final = frozenset(
    ["count_by", "share_by", "streak_by", "mean_by", "sum_by", "max_by", "min_by", "median_by", "last_by"]
)
"""The calls over the parts of an axis."""
OVER_UNITS: Final = frozenset(
    ["sum_of", "mean_of", "max_of", "min_of", "median_of", "count_of", "share_of", "place_of"]
)
"""The calls over units."""
CONDITIONAL: Final = frozenset(["count_by", "share_by", "streak_by", "count_of", "share_of"])
"""Those that count where a condition holds."""
WAYS_OF_TIES: Final = frozenset(["dense", "average", "maximum"])
WORDS_OF_PLACE: Final = WAYS_OF_TIES | {"all", "lower"}
PERIODS_OF_YEAR: Final = frozenset([*(f"{month:02}" for month in range(1, 13)), "Q1", "Q2", "Q3", "Q4", "H1", "H2"])
MOST_YEARS_BACK: Final = 9

ELSEWHERE: Final = ("previous", "before", "at", *sorted(OVER_PARTS), *sorted(OVER_UNITS))
"""The calls that look at other places: years, periods, objects, units."""
KNOWN_CALLS: Final = frozenset([*CALLS, *ELSEWHERE, "score", "rate"])


def parse(text: str) -> Expression:
    """The expression that a text holds.

    Raises:
        WrongExpression: the first thing that is wrong in it, with its column.
    """
    if len(text) > wording.MAX_EXPRESSION_LENGTH:
        raise WrongExpression(wording.TOO_LONG.format(length=len(text)), wording.MAX_EXPRESSION_LENGTH + 1)
    if not text.strip():
        raise WrongExpression(wording.EMPTY, 1)
    parser = Parser(text)
    root = parser.expression(0)
    if parser.now.sort is not Sort.END:
        raise parser.unexpected()
    return Expression(text, root, tuple(parser.references))


class Parser:
    """Reads tokens from left to right; `now` is the next one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(scanned(text))
        self.at = 0
        self.depth = 0
        self.references: list[NameNode] = []

    @property
    def now(self) -> ExpressionToken:
        """The token that is read next."""
        return self.tokens[self.at]

    def take(self) -> ExpressionToken:
        """Read one token."""
        token = self.now
        self.at += 1
        return token

    def sees(self, *words: str) -> bool:
        """Whether one of these signs or words is next."""
        return self.now.sort in (Sort.SIGN, Sort.WORD) and self.now.text in words

    def expression(self, above: int) -> Node:
        """An operand and every operator after it that binds tighter than `above`."""
        left = self.operand(above)
        compared = False
        while self.now.sort in (Sort.SIGN, Sort.WORD) and (level := LEVELS.get(self.now.text, 0)) > above:
            operator = self.take()
            if compared and level == COMPARISON:
                raise WrongExpression(wording.CHAINED, operator.column)
            compared = level == COMPARISON
            left = OperationNode(operator.text, (left, self.expression(level)), operator.column)
        return left

    def operand(self, above: int) -> Node:
        """What stands before, between or after operators."""
        token = self.take()
        match token.sort:
            case Sort.NUMBER:
                return NumberLiteral(Fraction(numbers.exact(token.text)), token.text.endswith("%"), token.column)
            case Sort.QUOTED:
                return Quoted(token.text, token.column)
            case Sort.SCORE | Sort.RATE:
                return self.reference(NameRole(token.sort.value), token.text, token.column)
            case Sort.WORD:
                return self.word(token, above)
            case Sort.END:
                raise WrongExpression(wording.ENDS_EARLY, token.column)
        return self.signed(token)

    def signed(self, token: ExpressionToken) -> Node:
        """An operand in brackets or with a minus before it."""
        if token.text == "(":
            inside = self.deeper(0, token)
            self.close(token)
            return inside
        if token.text == "-":
            return OperationNode("negative", (self.deeper(NEGATIVE, token),), token.column)
        if token.text == "+":
            raise WrongExpression(wording.LEADING_PLUS, token.column)
        raise WrongExpression(wording.NO_OPERAND.format(found=token.text), token.column)

    def word(self, token: ExpressionToken, above: int) -> Node:
        """An operand that begins with a word: a truth, `not`, a call or a name."""
        word = token.text
        if word in TRUTHS:
            return TruthLiteral(TRUTHS[word], token.column)
        if word == "not":
            if above >= COMPARISON:
                raise WrongExpression(wording.NOT_IN_BRACKETS, token.column)
            return OperationNode("not", (self.deeper(NOT, token),), token.column)
        if word in ("and", "or"):
            raise WrongExpression(wording.NO_OPERAND.format(found=word), token.column)
        if self.sees("(") or word == "if":
            return self.call(token)
        if word.lower() in RESERVED:
            raise small_letters(token)
        return self.reference(NameRole.VALUE, word, token.column)

    def call(self, token: ExpressionToken) -> Node:
        """A call with what stands in its brackets."""
        name = token.text
        if name in ELSEWHERE and self.sees("("):
            return self.elsewhere(token)
        if name not in CALLS and name.lower() in KNOWN_CALLS | RESERVED:
            raise small_letters(token)
        if name not in CALLS:
            known = " ".join([*CALLS, *ELSEWHERE])
            raise WrongExpression(wording.NO_SUCH_CALL.format(name=wording.shown(name), known=known), token.column)
        operands = self.operands() if self.sees("(") else []
        fewest, most, shape = CALLS[name]
        if not fewest <= len(operands) <= most:
            what = wording.ARGUMENTS.format(name=name, count=len(operands), shape=shape)
            raise WrongExpression(what, token.column)
        if name == "round":
            return OperationNode(name, (operands[0],), token.column, digits_of(operands[1]))
        return OperationNode(name, tuple(operands), token.column)

    def operands(self) -> list[Node]:
        """What stands in the brackets of a call, parted by commas."""
        opening = self.take()
        operands: list[Node] = []
        if not self.sees(")"):
            operands.append(self.deeper(0, opening))
            while self.sees(","):
                self.take()
                operands.append(self.deeper(0, opening))
        self.close(opening)
        return operands

    def elsewhere(self, token: ExpressionToken) -> Node:
        """A call that looks at other places."""
        opening = self.take()
        match token.text:
            case "previous":
                return self.previous(token)
            case "before":
                return self.before(token)
            case "at":
                return self.at_period(token)
        return self.over_parts(token, opening) if token.text in OVER_PARTS else self.over_units(token, opening)

    def previous(self, token: ExpressionToken) -> NameNode:
        """`previous(name)` or `previous(name, 2)`: the same figure one or more years back."""
        name, years = self.name_inside(token, wording.PREVIOUS), 1
        if self.sees(","):
            self.take()
            count = self.take()
            if count.sort is not Sort.NUMBER or count.text not in map(str, range(1, MOST_YEARS_BACK + 1)):
                raise WrongExpression(wording.YEARS_BACK, count.column)
            years = int(count.text)
        self.end_of_call(token, wording.PREVIOUS)
        return self.reference(NameRole.PREVIOUS, name.text, name.column, years)

    def before(self, token: ExpressionToken) -> NameNode:
        """`before(name)`: the figure at the period before."""
        name = self.name_inside(token, wording.BEFORE)
        self.end_of_call(token, wording.BEFORE)
        return self.reference(NameRole.BEFORE, name.text, name.column)

    def at_period(self, token: ExpressionToken) -> AtNode:
        """`at(name, "03")`: the figure at that period of the year."""
        name = self.name_inside(token, wording.AT)
        if not self.sees(","):
            raise WrongExpression(wording.AT, token.column)
        self.take()
        period = self.take()
        if period.sort is not Sort.QUOTED or period.text not in PERIODS_OF_YEAR:
            raise WrongExpression(wording.AT, period.column)
        self.end_of_call(token, wording.AT)
        reference = self.reference(NameRole.VALUE, name.text, name.column)
        return AtNode(reference, period.text, token.column, self.written_from(token))

    def over_parts(self, token: ExpressionToken, opening: ExpressionToken) -> AxisCall:
        """`mean_by(month, x)` and its like."""
        what = wording.OVER_PARTS.format(name=token.text)
        axis = self.name_inside(token, what)
        if not self.sees(","):
            raise WrongExpression(what, token.column)
        self.take()
        operand = self.deeper(0, opening)
        self.end_of_call(token, what)
        return AxisCall(token.text, axis.text, operand, token.column, self.written_from(token))

    def over_units(self, token: ExpressionToken, opening: ExpressionToken) -> UnitsCall:
        """`mean_of(x, all, condition)` and its like."""
        operand = self.deeper(0, opening)
        known = WORDS_OF_PLACE if token.text == "place_of" else {"all"}
        words: list[str] = []
        condition: Node | None = None
        while self.sees(","):
            self.take()
            if self.now.sort is Sort.WORD and self.now.text in WORDS_OF_PLACE:
                words.append(self.take().text)
            elif condition is None:
                condition = self.deeper(0, opening)
            else:
                raise WrongExpression(wording.ONE_CONDITION.format(name=token.text), self.now.column)
        self.end_of_call(token, wording.OVER_UNITS.format(name=token.text))
        if not known.issuperset(words) or len(set(words)) < len(words) or len(WAYS_OF_TIES.intersection(words)) > 1:
            what = wording.WORDS_OF_CALL.format(name=token.text, known=", ".join(sorted(known)))
            raise WrongExpression(what, token.column)
        return UnitsCall(token.text, operand, token.column, self.written_from(token), frozenset(words), condition)

    def name_inside(self, token: ExpressionToken, what: Text) -> ExpressionToken:
        """The name that a call begins with."""
        name = self.take()
        if name.sort is not Sort.WORD or name.text.lower() in RESERVED:
            raise WrongExpression(what, token.column)
        return name

    def written_from(self, token: ExpressionToken) -> str:
        """The text from a token to the one read last."""
        return self.text[token.column - 1 : self.tokens[self.at - 1].column]

    def end_of_call(self, token: ExpressionToken, what: Text) -> None:
        """Read the bracket that ends a call."""
        if not self.sees(")"):
            raise WrongExpression(what, token.column)
        self.take()

    def reference(self, role: NameRole, name: str, column: int, years: int = 1) -> NameNode:
        """A name, noted as used."""
        reference = NameNode(role, name, column, years)
        self.references.append(reference)
        return reference

    def deeper(self, above: int, token: ExpressionToken) -> Node:
        """An expression one level further down than the token that opens it."""
        self.depth += 1
        if self.depth > wording.DEEPEST:
            raise WrongExpression(wording.TOO_DEEP, token.column)
        inside = self.expression(above)
        self.depth -= 1
        return inside

    def close(self, opening: ExpressionToken) -> None:
        """Read the bracket that closes another."""
        if self.sees(")"):
            self.take()
        elif self.now.sort is Sort.END:
            raise WrongExpression(wording.NEVER_CLOSED, opening.column)
        else:
            raise self.unexpected()

    def unexpected(self) -> WrongExpression:
        """What is wrong with a token that nothing before it waits for."""
        token = self.now
        if token[:2] == (Sort.SIGN, ")"):
            return WrongExpression(wording.STRAY_CLOSE, token.column)
        if token[:2] == (Sort.SIGN, ","):
            return WrongExpression(wording.STRAY_COMMA, token.column)
        if token.sort is Sort.WORD and token.text.lower() in ("and", "or"):
            return small_letters(token)
        return WrongExpression(wording.NO_OPERATOR.format(found=wording.shown(token.text)), token.column)


def small_letters(token: ExpressionToken) -> WrongExpression:
    """A word of the language in capital letters."""
    what = wording.SMALL_LETTERS.format(wrong=wording.shown(token.text), right=token.text.lower())
    return WrongExpression(what, token.column)


def digits_of(node: Node) -> int:
    """The digits that `round` is given, which must be written out."""
    sign, number = 1, node
    if isinstance(node, OperationNode) and node.name == "negative":
        sign, number = -1, node.operands[0]
    if isinstance(number, NumberLiteral) and not number.percent and number.value.denominator == 1:
        digits = sign * number.value.numerator
        if wording.LEAST_DIGITS <= digits <= wording.MAX_DIGITS:
            return digits
    raise WrongExpression(wording.DIGITS, node.column)
