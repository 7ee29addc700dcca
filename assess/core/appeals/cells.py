"""The figures that a line stands on and that a ruling may correct: one cell for each figure and part.

Figures that are points as they stand are none of them: whoever could type those would type a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assess.core.figures.entry import as_shown, as_text, read_entry, to_stored
from assess.core.figures.part_labels import PartLabel, year_of_part
from assess.core.figures.periods import PeriodLabel, periods_of, year_label
from assess.core.parsing import ParseError
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST, Figure
from assess.core.rules.needed_figures import figures_by_record
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.scorecard.evidence import called_years_back
from assess.core.text import Text

PARTS: Final = "@"
"""What stands between figure and part in a key."""
NONE: Final = "—"


Texts = Mapping[tuple[str, str], str]
"""Values as they would be typed, by figure and part."""


OwnObjects = Mapping[str, Mapping[str, Text]]
"""What the objects of a unit are called, by their kind and code."""


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One figure of one part of a unit; `text` is the value as it would be typed, "" where there is none.

    `period` is the part as `PartLabel` writes it; `when` is what it is called, None for the whole year of the unit.
    """

    figure: str
    period: str
    kind: Figure
    title: Text
    text: str = ""
    when: Text | None = None

    @property
    def key(self) -> str:
        """The cell as forms name it."""
        return f"{self.figure}{PARTS}{self.period}"

    @property
    def year(self) -> int:
        """The year that the value is of."""
        return year_of_part(self.period)

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
    sheet: RuleSheet, item: str, known: Iterable[tuple[str, str, str]], *, years_back: int, own: OwnObjects
) -> tuple[FigureCell, ...]:
    """The cells behind an item, in its order.

    Args:
        sheet: the rule sheet.
        item: the id of the item.
        known: figure, part and value of what the unit has, the part such as 2026, 2026-03 or W1 2026-03.
        years_back: of how many earlier years there are figures.
        own: the objects of the unit.
    """
    texts = {(figure, part): text for figure, part, text in known}
    return tuple(each for each in every_cell(sheet, item, texts, own) if sheet.year - each.year <= years_back)


def every_cell(sheet: RuleSheet, item: str, texts: Texts, own: OwnObjects) -> Iterator[FigureCell]:
    """The cells of all years."""
    points = points_in(sheet)
    for asked in figures_by_record(sheet).get(item, ()):
        figure = sheet.figures[asked.figure]
        if asked.figure in points:
            continue
        year = sheet.year - asked.years_back
        title = title_of(figure, asked.figure)
        called = called_years_back(title, asked.years_back)
        for part in parts_in(figure, asked.figure, year, texts, own):
            text = texts.get((asked.figure, str(part)), "")
            when = part.named(own.get(figure.of or "", {}))
            yield FigureCell(asked.figure, str(part), figure, called, text, when)


def points_in(sheet: RuleSheet) -> frozenset[str]:
    """The figures that are points as they stand."""
    judged = (item.method.judged_figure for item in all_items(sheet))
    return frozenset(figure for figure in judged if figure is not None)


def parts_in(figure: Figure, name: str, year: int, texts: Texts, own: OwnObjects) -> Iterator[PartLabel]:
    """The parts that a figure is given for, those of one object after the other."""
    for code in ("",) if figure.of is None else own.get(figure.of, ()):
        whole = PartLabel(code, year_label(year))
        is_whole = figure.from_ in (BY_LEDGER, BY_TASK_LIST) or (name, str(whole)) in texts
        labels: Iterable[PeriodLabel] = (whole.period,) if is_whole else periods_of(figure.period, year)
        yield from (PartLabel(code, label) for label in labels)


def canonical(figure: Figure, text: str) -> str:
    """A value that was read without flaw, as it would be typed."""
    read = read_entry(figure, text)
    assert read is not None
    assert not isinstance(read, ParseError)
    return as_text(figure, *to_stored(read))
