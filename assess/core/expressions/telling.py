"""Expressions as people read them: figures by their titles, signs as they are written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assess.core.expressions.nodes import Expression
from assess.core.expressions.scanning import ExpressionToken, Sort, scanned
from assess.core.text import Text

SPELLED: Final = {
    "==": Text.same(" = "),
    "!=": Text.same(" ≠ "),
    ">=": Text.same(" ≥ "),
    "<=": Text.same(" ≤ "),
    "<": Text.same(" < "),
    ">": Text.same(" > "),
    "+": Text.same(" + "),
    "-": Text.same(" − "),
    "*": Text.same(" × "),
    "/": Text.same(" ÷ "),
    ",": Text("，", ", "),
    "and": Text(" 且 ", " and "),
    "or": Text(" 或 ", " or "),
    "not": Text("非 ", "not "),
    "if": Text("如果", "if"),
    "previous": Text("上年度", "last year's "),
    "total": Text("总分", "the total"),
    "previous_grade": Text("上年度等次", "last year's grade"),
    "previous_rank": Text("上年度名次", "last year's rank"),
    "previous_of": Text("上年度参加排名数", "the number ranked last year"),
    "true": Text("是", "yes"),
    "yes": Text("是", "yes"),
    "false": Text("否", "no"),
    "no": Text("否", "no"),
}
SCORE_OF = Text("“{title}”得分", "the score of {title}")
RATE_OF = Text("“{title}”得分率", "the score rate of {title}")


def readable(expression: Expression, title: Callable[[str], Text], node_title: Callable[[str], Text]) -> Text:
    """The expression in words; `title` names figures and attributes, `node_title` items and sections."""
    parts = [token_text(token, title, node_title) for token in scanned(expression.text)]
    zh, en = "".join(part.zh for part in parts), "".join(part.en for part in parts)
    return Text(tidy(zh), tidy(en))


def token_text(token: ExpressionToken, title: Callable[[str], Text], node_title: Callable[[str], Text]) -> Text:
    """One token in words."""
    match token.sort:
        case Sort.SCORE:
            return SCORE_OF.format(title=node_title(token.text))
        case Sort.RATE:
            return RATE_OF.format(title=node_title(token.text))
        case Sort.QUOTED:
            return Text(f"“{token.text}”", f'"{token.text}"')
        case Sort.WORD if token.text not in SPELLED:
            return title(token.text)
    return SPELLED.get(token.text, Text.same(token.text))


def tidy(text: str) -> str:
    """Blanks once, and none at the ends or inside a bracket."""
    return " ".join(text.split()).replace("( ", "(").replace(" )", ")").replace("(− ", "(−")
