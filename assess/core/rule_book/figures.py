"""The figures as the book of a rule sheet lists them: who supplies them, how often, and how they are counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.core.methods.as_rule import RuleTable
from assess.core.rule_book.wording import BookWording
from assess.core.rules.difference.values import joined
from assess.core.rules.figure import Figure, FigureKind, PeriodKind
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.rules.sheet_table import choice_text
from assess.core.rules.words import key_words
from assess.core.text import EMPTY_TEXT, Text

HEADS: Final = (
    Text("数据项", "Figure"), Text("计量单位", "Unit"), Text("来源", "Source"), Text("周期", "Period"),
    Text("口径和要求", "How it is counted and entered"),
)  # fmt: skip
CERTIFIED: Final = Text("{supplier}，{certifier}核定", "{supplier}, certified by {certifier}")
ROLLED: Final = Text("{period}，全年{roll_up}", "{period}; value of the year: {roll_up}")
FEWEST: Final = Text("{period}，至少{n}期", "{period}, at least {n} periods")
TOLD_APART: Final = (
    "id", "title", "note", "counting", "example", "proof", "unit", "period", "roll_up", "min_periods", "from",
    "certified_by",
)  # fmt: skip
EXPLAINED: Final = ("counting", "example", "proof", "note")
LABELLED: Final = Text("{label}：{text}", "{label}: {text}")


def figure_table(sheet: RuleSheet, words: BookWording) -> RuleTable:
    """Every figure of the sheet, in its order."""
    return RuleTable(HEADS, tuple(figure_cells(id, each, words) for id, each in sheet.figures.items()))


def figure_cells(id: str, figure: Figure, words: BookWording) -> tuple[Text, ...]:
    """The row of a figure."""
    unit = figure.unit or Text.same("%" if figure.kind is FigureKind.PERCENT else "")
    return title_of(figure, id), unit, source_told(figure, words), period_told(figure), explained(figure, words)


def source_told(figure: Figure, words: BookWording) -> Text:
    """Who supplies a figure and certifies it."""
    supplier = words.named("department", figure.from_)
    if figure.certified_by is None:
        return supplier
    return CERTIFIED.format(supplier=supplier, certifier=words.named("department", figure.certified_by))


def period_told(figure: Figure) -> Text:
    """How often a figure is taken, and how its periods become the year's value."""
    told = choice_text(figure.period)
    if figure.period is not PeriodKind.YEAR and figure.roll_up is not None:
        told = ROLLED.format(period=told, roll_up=choice_text(figure.roll_up))
    return told if figure.min_periods is None else FEWEST.format(period=told, n=figure.min_periods)


def explained(figure: Figure, words: BookWording) -> Text:
    """What may be entered, what is computed, and the words that explain it."""
    return joined(explanations(figure, words), "；", "; ")


def explanations(figure: Figure, words: BookWording) -> Iterator[Text]:
    """Each thing that is said of a figure."""
    told = words.told(figure, TOLD_APART)
    if told != EMPTY_TEXT:
        yield told
    for name in EXPLAINED:
        text = getattr(figure, name)
        if text is not None:
            yield LABELLED.format(label=key_words(Figure, name), text=text)
