"""What stands over a table: which figure its title names, the year it is of and the unit of measure it states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assess.core.evidence.names import OTHER_MEASURE, SHORTEST_TITLE, HeadingNames, heading_of, plain_heading
from assess.core.figures.headings import SEVERAL_FIGURES
from assess.core.figures.measures import is_measure, measure_key
from assess.core.figures.period_words import OTHER_YEAR
from assess.core.parsing import wrong
from assess.core.text import Text

ABOUT_CHANGE: Final = re.compile(
    r"同比|环比|变化|增幅|增长|升幅|降幅|下降|上升|改善|差值|差距|排名|名次|排序|位次|目标|计划|预计|对比"
    r"|change|rank|target|compar|differ|growth"
)
"""Words of a title that is about something made of the figure, not about the figure."""
NOT_THE_FIGURE = Text(
    "标题“{text}”提到的不是“{title}”本身，请在标题或表头中只写数据项名称。",
    "The title “{text}” is not about {title} itself. Name only the figure in the title or the headings.",
)
YEARS: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(?=年|年度|[^0-9]|$)")
STATED: Final = re.compile(r"(?:^|\()(?:计量)?单位:([^()]+)")
FOLLOWING: Final = re.compile(r"[,:]?\(([^()]+)\)")


class TableTitle(NamedTuple):
    """A text over a table with its cell; the name of the sheet has none."""

    text: str
    row: int
    column: int


class TitleFlaw(NamedTuple):
    """What is wrong with a title."""

    title: TableTitle
    what: Text


class TitledFigure(NamedTuple):
    """The figure that the titles of a sheet name, and what is wrong with them."""

    figure: str | None
    flaws: Sequence[TitleFlaw]


def titled_figure(titles: Sequence[TableTitle], sheet_name: str, names: HeadingNames) -> TitledFigure:
    """The one figure that the titles name, else the name of the sheet."""
    for group in (titles, [TableTitle(sheet_name, 0, 0)]):
        named = [(title, figure) for title in group for figure in named_in(plain_heading(title.text), names)]
        if not named:
            continue
        figures = sorted({figure for _, figure in named})
        title = named[0][0]
        if len(figures) > 1:
            ids = ", ".join(figures)
            return TitledFigure(None, [TitleFlaw(title, wrong(SEVERAL_FIGURES, title.text, ids=ids).what)])
        if figures[0] not in names.figures:
            return TitledFigure(None, [])
        return TitledFigure(figures[0], list(flaws_of(titles, named[0][0], figures[0], names)))
    return TitledFigure(None, [])


def named_in(plain: str, names: HeadingNames) -> set[str]:
    """The figures whose titles stand in a text, those within a longer title left out."""
    ways = {**names.others, **{way: min(found) for way, found in names.titles.items() if len(found) == 1}}
    held = [way for way in ways if len(way) >= SHORTEST_TITLE and way in plain]
    return {ways[way] for way in held if not any(way in longer and way != longer for longer in held)}


def flaws_of(titles: Sequence[TableTitle], title: TableTitle, figure: str, names: HeadingNames) -> Iterator[TitleFlaw]:
    """What speaks against reading the table as one of the figure and of the year."""
    stated, plain = names.figures[figure], plain_heading(title.text)
    if ABOUT_CHANGE.search(without_title(plain, figure, names)):
        yield TitleFlaw(title, wrong(NOT_THE_FIGURE, title.text, title=stated.title).what)
    for each in dict.fromkeys((*titles, title)):
        text = plain_heading(each.text)
        if any(int(year) != names.sheet.year for year in YEARS.findall(text)):
            yield TitleFlaw(each, wrong(OTHER_YEAR, each.text, year=names.sheet.year).what)
        found = [*STATED.findall(text), *(FOLLOWING.findall(text) if each == title else ())]
        measures = [measure for measure in found if is_measure(measure)]
        if any(measure_key(measure) not in names.measures[figure] for measure in measures):
            heading = heading_of(stated.title, stated)
            yield TitleFlaw(each, wrong(OTHER_MEASURE, each.text, heading=heading).what)


def without_title(plain: str, figure: str, names: HeadingNames) -> str:
    """A text without the title of the figure in it."""
    ways = [way for way, found in names.titles.items() if figure in found and way in plain]
    return plain.replace(max(ways, key=len, default=""), "", 1) if ways else plain
