"""Expressions as people read them: figures by their titles, signs as they are written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    "before": Text("上一期", "the period before: "),
    "at": Text("指定期间", "at a period: "),
    "sum_of": Text("各单位合计", "the sum over units of "),
    "mean_of": Text("各单位平均", "the mean over units of "),
    "max_of": Text("各单位最大", "the highest among units of "),
    "min_of": Text("各单位最小", "the lowest among units of "),
    "median_of": Text("各单位中位数", "the median over units of "),
    "count_of": Text("单位数", "the number of units where "),
    "share_of": Text("单位所占比例", "the share of units where "),
    "place_of": Text("名次", "the place by "),
    "total": Text("总分", "the total"),
    "previous_grade": Text("上年度等次", "last year's grade"),
    "previous_rank": Text("上年度名次", "last year's rank"),
    "previous_of": Text("上年度参加排名数", "the number ranked last year"),
    "true": Text("是", "yes"),
    "yes": Text("是", "yes"),
    "false": Text("否", "no"),
    "no": Text("否", "no"),
}
BY_PART: Final = {
    "count_by": Text("符合条件的{axis}数", "the number of {axis} where "),
    "share_by": Text("符合条件的{axis}所占比例", "the share of {axis} where "),
    "streak_by": Text("连续符合条件的{axis}数", "the longest run of {axis} where "),
    "mean_by": Text("各{axis}平均", "the mean over {axis} of "),
    "sum_by": Text("各{axis}合计", "the sum over {axis} of "),
    "max_by": Text("各{axis}最大", "the highest over {axis} of "),
    "min_by": Text("各{axis}最小", "the lowest over {axis} of "),
    "median_by": Text("各{axis}中位数", "the median over {axis} of "),
    "last_by": Text("最近一个{axis}的", "the latest over {axis} of "),
}
PERIODS_CALLED: Final = {
    "month": Text("月", "months"),
    "quarter": Text("季度", "quarters"),
    "half": Text("半年", "half-years"),
}
WORDS_OF_UNITS: Final = {
    "all": Text("全部", "all units"),
    "lower": Text("从低到高", "lowest first"),
    "dense": Text("并列不跳号", "ties without gaps"),
    "average": Text("并列取平均", "ties averaged"),
    "maximum": Text("并列取后", "ties last"),
}
LAST_YEARS = Text("上年度{title}", "last year's {title}")
YEARS_BACK = Text("{years}年前的{title}", "{title} of {years} years ago")
SCORE_OF = Text("“{title}”得分", "the score of {title}")
RATE_OF = Text("“{title}”得分率", "the score rate of {title}")


def years_back(title: Text, years: int) -> Text:
    """What a figure of an earlier year is called."""
    return LAST_YEARS.format(title=title) if years == 1 else YEARS_BACK.format(title=title, years=years)


def readable(expression: Expression, title: Callable[[str], Text], node_title: Callable[[str], Text]) -> Text:
    """The expression in words; `title` names figures and attributes, `node_title` items and sections."""
    tokens = list(scanned(expression.text))
    parts = [*pieces(tokens, title, node_title)]
    zh, en = "".join(part.zh for part in parts), "".join(part.en for part in parts)
    return Text(tidy(zh), tidy(en))


def pieces(
    tokens: Sequence[ExpressionToken], title: Callable[[str], Text], node_title: Callable[[str], Text]
) -> Iterator[Text]:
    """The tokens in words; calls over parts with their axis, over units with their words, and so many years back."""
    at = 0
    while at < len(tokens):
        token, rest = tokens[at], tokens[at + 1 : at + 4]
        if token.text == "previous" and [each.text for each in rest[0::2]] == ["(", ","]:
            yield years_back(title(rest[1].text), int(tokens[at + 4].text))
            at += 6
            continue
        if token.text in BY_PART and [each.text for each in rest[0::2]] == ["(", ","]:
            axis = rest[1].text
            yield BY_PART[token.text].format(axis=PERIODS_CALLED.get(axis) or title(axis))
            yield Text.same("(")
            at += 4
        elif token.text in WORDS_OF_UNITS and is_behind_comma(tokens, at):
            yield WORDS_OF_UNITS[token.text]
            at += 1
        else:
            yield token_text(token, title, node_title)
            at += 1


def is_behind_comma(tokens: Sequence[ExpressionToken], at: int) -> bool:
    """Whether a word stands alone between a comma and the next comma or bracket."""
    return at > 0 and tokens[at - 1].text == "," and tokens[at + 1].text in (",", ")")


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
