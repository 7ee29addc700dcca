"""The figures that a line stands on and that a ruling may correct: one cell for each figure and period.

Figures that are points as they stand are none of them: whoever could type those would type a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from assess.core.figures.entry import as_shown, as_text, read_entry, to_stored
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import labels
from assess.core.parsing import ParseError
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST, Figure
from assess.core.rules.needed_figures import figures_by_record
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.scorecard.evidence import LAST_YEAR
from assess.core.text import Text

PARTS: Final = "@"
"""What stands between figure and period in a key."""
NONE: Final = "—"


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One figure of a unit in one period; `text` is the value as it would be typed, "" where there is none."""

    figure: str
    period: str
    kind: Figure
    title: Text
    text: str = ""

    @property
    def key(self) -> str:
        """The cell as forms name it."""
        return f"{self.figure}{PARTS}{self.period}"

    @property
    def year(self) -> int:
        """The year that the value is of."""
        return int(self.period[:4])

    @property
    def when(self) -> Text | None:
        """What the period is called; None for the whole year."""
        label = read_label(self.period, self.year)
        return None if isinstance(label, ParseError) or label.is_year else label.label

    @property
    def shown(self) -> Text:
        """The value as readers see it."""
        return shown_text(self.kind, self.text)


def shown_text(figure: Figure, text: str) -> Text:
    """A value that was typed, as readers see it; a dash for none."""
    read = read_entry(figure, text)
    if read is None:
        return Text.same(NONE)
    return Text.same(text) if isinstance(read, ParseError) else as_shown(figure, *to_stored(read))


def cells_of(
    sheet: RuleSheet, item: str, known: Iterable[tuple[str, str, str]], *, last_year: bool
) -> tuple[FigureCell, ...]:
    """The cells behind an item, in its order.

    Args:
        sheet: the rule sheet.
        item: the id of the item.
        known: figure, period and value of what the unit has, the period as a label such as 2026 or 2026-03.
        last_year: whether there are figures of the year before at all.
    """
    texts = {(figure, period): text for figure, period, text in known}
    return tuple(each for each in every_cell(sheet, item, texts) if last_year or each.year == sheet.year)


def every_cell(sheet: RuleSheet, item: str, texts: dict[tuple[str, str], str]) -> Iterator[FigureCell]:
    """The cells of both years."""
    points = points_in(sheet)
    for asked in figures_by_record(sheet).get(item, ()):
        figure = sheet.figures[asked.figure]
        if asked.figure in points:
            continue
        year = sheet.year - 1 if asked.last_year else sheet.year
        title = title_of(figure, asked.figure)
        for period in periods_in(figure, asked.figure, year, texts):
            text = texts.get((asked.figure, period), "")
            yield FigureCell(
                asked.figure, period, figure, LAST_YEAR.format(title=title) if asked.last_year else title, text
            )


def points_in(sheet: RuleSheet) -> frozenset[str]:
    """The figures that are points as they stand."""
    judged = (item.method.judged_figure for item in all_items(sheet))
    return frozenset(figure for figure in judged if figure is not None)


def periods_in(figure: Figure, name: str, year: int, texts: dict[tuple[str, str], str]) -> tuple[str, ...]:
    """The periods that a figure is given for: the whole year where it was counted or given so, else its own."""
    whole = str(year)
    if figure.from_ in (BY_LEDGER, BY_TASK_LIST) or (name, whole) in texts:
        return (whole,)
    return tuple(labels(figure.period, year))


def canonical(figure: Figure, text: str) -> str:
    """A value that was read without flaw, as it would be typed."""
    read = read_entry(figure, text)
    assert read is not None
    assert not isinstance(read, ParseError)
    return as_text(figure, *to_stored(read))
