"""What the documents of a form say beside each field."""

from __future__ import annotations

from collections.abc import Iterable

from assess.core.figures.values import example_of, least_of
from assess.core.numbers import printed
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Text

NO_VALUE = Text("未填", "missing")
YES_OR_NO = Text("填“是”或“否”", "yes or no")
ONE_OF = Text("从“{words}”中选填", "one of {words}")
WHOLE = Text("整数", "a whole number")
NUMBER = Text("数字", "a number")
PERCENT = Text("百分数，如{example}表示{example}%", "a percentage: {example} means {example}%")
DECIMALS = Text("最多{n}位小数", "at most {n} decimals")
NO_DECIMALS = Text("只填整数", "no decimals")
BETWEEN = Text("{least}至{most}", "{least} to {most}")
AT_LEAST = Text("不小于{least}", "at least {least}")
AT_MOST = Text("不大于{most}", "at most {most}")
IN_UNIT = Text("单位：{unit}", "in {unit}")


def put_together(texts: Iterable[Text]) -> Text:
    """Different texts one after the other."""
    several = tuple(dict.fromkeys(texts))
    return Text("；".join(text.zh for text in several), "; ".join(text.en for text in several))


def how_to_fill(figure: Figure) -> Text:
    """What a field of a figure takes, in a few words."""
    if figure.kind is FigureKind.YES_NO:
        return YES_OR_NO
    if figure.kind is FigureKind.CHOICE:
        return ONE_OF.format(words=Text("、".join(figure.choices or ()), ", ".join(figure.choices or ())))
    is_plain = figure.kind is not FigureKind.PERCENT
    is_whole = figure.kind is FigureKind.COUNT or (is_plain and figure.decimals == 0)
    parts = [
        WHOLE if is_whole
        else NUMBER if is_plain
        else PERCENT.format(example=example_of(figure))
    ]  # fmt: skip
    if not is_whole and figure.decimals is not None:
        parts.append(DECIMALS.format(n=figure.decimals) if figure.decimals else NO_DECIMALS)
    parts += range_in_words(figure)
    if figure.unit is not None and figure.unit != Text.same("%"):
        parts.append(IN_UNIT.format(unit=figure.unit))
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def range_in_words(figure: Figure) -> list[Text]:
    """The range of a number, where it has one."""
    least, most = least_of(figure), figure.max
    if least is not None and most is not None:
        return [BETWEEN.format(least=printed(least), most=printed(most))]
    if least is not None:
        return [AT_LEAST.format(least=printed(least))]
    return [] if most is None else [AT_MOST.format(most=printed(most))]
