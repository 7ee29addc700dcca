"""Which figures stand behind an item, and where each came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from assess.core.exact import Column
from assess.core.explanations.sentences import shown
from assess.core.figures import Use
from assess.core.methods.obligations import DAYS_LATE, STATUSES
from assess.core.rules.figure import FigureKind
from assess.core.rules.needed_figures import NeededFigure, named_in
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import title_of
from assess.core.scorecard.content import CardCorrection, CardEvidence, EvidencePart
from assess.core.scoring.results import Results
from assess.core.sources import Decided, Entries, Source, TextPosition, WorkbookCell
from assess.core.text import Text

OF_TASKS = {
    "done": Text("任务清单：已完成项数", "task list: done"),
    "trial": Text("任务清单：试运行项数", "task list: on trial"),
    "started": Text("任务清单：实施中项数", "task list: started"),
    "planned": Text("任务清单：前期准备项数", "task list: planned"),
    "none": Text("任务清单：未启动项数", "task list: not started"),
    DAYS_LATE: Text("任务清单：逾期天数", "task list: days late"),
}
IN_PERIOD = Text("{value}（{period}）", "{value} ({period})")
OF_OBJECT = Text("{title}（{object}）", "{title} ({object})")
YEARS_BACK = Text("{title}（{years}年前）", "{title} ({years} years ago)")
LAST_YEAR = Text("{title}（上年度）", "{title} (last year)")


def called_years_back(title: Text, years: int) -> Text:
    """What a figure of so many years back is called; 0 is this year."""
    if years < 2:
        return LAST_YEAR.format(title=title) if years else title
    return YEARS_BACK.format(title=title, years=years)


def asked_by(item: Item, results: Results) -> tuple[NeededFigure, ...]:
    """The figures an item rests on, formulas opened, each once, in the order of the item's keys."""
    found: dict[NeededFigure, None] = {}
    if item.method.obligations_counted is not None:
        found |= {NeededFigure(f"{item.id}.{column}", 0): None for column in (*STATUSES, DAYS_LATE)}
    seen: set[NeededFigure] = set()
    for asked in (*named_in(item.method), *named_in(item)):
        found |= dict.fromkeys(opened(asked, results, seen))
    return tuple(found)


def opened(asked: NeededFigure, results: Results, seen: set[NeededFigure]) -> Iterator[NeededFigure]:
    """A figure, or what its formula is made of, unless it was seen before; attributes fall away."""
    if asked in seen:
        return
    seen.add(asked)
    inputs = results.inputs
    figure = inputs.sheet.figures.get(asked.figure)
    if figure is None:
        return
    table = inputs.table(inputs.sheet.year - asked.years_back)
    if table is None:
        return
    if not figure.is_computed or (asked.last_year and asked.figure in table.given):
        yield asked
        return
    for name in sorted(figure.made_of):
        yield from opened(NeededFigure(name, asked.years_back), results, seen)
    for name, years in sorted(figure.earlier):
        yield from opened(NeededFigure(name, asked.years_back + years), results, seen)


@dataclass(slots=True)
class Register:
    """The evidence of one unit's card, numbered in the order it is first needed."""

    results: Results
    unit: int
    numbers: dict[tuple[NeededFigure, int], int] = field(default_factory=dict)
    found: list[CardEvidence] = field(default_factory=list)
    corrections: list[CardCorrection] = field(default_factory=list)

    def numbers_of(self, asked: tuple[NeededFigure, ...]) -> tuple[int, ...]:
        """The numbers of the figures that were given; what was not given has none."""
        found = (self.number(each, owner) for each in asked for owner in self.owners(each))
        return tuple(sorted({number for number in found if number}))

    def owners(self, asked: NeededFigure) -> list[int]:
        """Whose figure it is: the place of the unit, or those of its objects."""
        inputs, figure = self.results.inputs, self.results.inputs.sheet.figures.get(asked.figure)
        if figure is None or figure.of is None:
            return [self.unit]
        objects = inputs.known_objects.kinds.get(figure.of)
        return [] if objects is None else objects.objects[objects.of_unit(self.unit)].tolist()

    def number(self, asked: NeededFigure, owner: int) -> int:
        """The number of one figure of a unit or of an object, 0 where nothing was given."""
        if (asked, owner) not in self.numbers:
            inputs = self.results.inputs
            table = inputs.table(inputs.sheet.year - asked.years_back)
            uses = table.uses(asked.figure, owner) if table is not None else ()
            self.numbers[asked, owner] = len(self.found) + 1 if uses else 0
            if uses:
                self.note_decided(asked, owner, uses)
                self.found.append(self.evidence(asked, owner, uses))
        return self.numbers[asked, owner]

    def evidence(self, asked: NeededFigure, owner: int, uses: tuple[Use, ...]) -> CardEvidence:
        """One entry: the year's value, the periods it was made of, and the places they came from."""
        first, last = uses[0].period, uses[-1].period
        return CardEvidence(
            number=len(self.found) + 1,
            figure=self.title_of_owner(asked, owner),
            period=first if len(uses) == 1 else f"{first} – {last}",
            value=uses[0].text if len(uses) == 1 else self.year_value(asked, owner),
            source=places([use.source for use in uses]),
            parts=tuple(EvidencePart(use.period, use.text, place(use.source), self.is_number(asked)) for use in uses),
            words=tuple(dict.fromkeys(Text(*use.source) for use in uses if isinstance(use.source, Entries))),
        )

    def is_number(self, asked: NeededFigure) -> bool:
        """Whether a figure is counted or measured; a choice and a yes or no are words."""
        figure = self.results.inputs.sheet.figures.get(asked.figure)
        return figure is None or figure.kind not in (FigureKind.CHOICE, FigureKind.YES_NO)

    def note_decided(self, asked: NeededFigure, owner: int, uses: tuple[Use, ...]) -> None:
        """Remember what a ruling put right of a figure."""
        for use in uses:
            if isinstance(use.source, Decided):
                value = use.text if len(uses) == 1 else IN_PERIOD.format(value=use.text, period=use.period)
                by = Text(*use.source)
                title = self.title_of_owner(asked, owner)
                self.corrections.append(CardCorrection(len(self.found) + 1, title, value, by))

    def year_value(self, asked: NeededFigure, owner: int) -> Text:
        """The value that the periods made."""
        inputs = self.results.inputs
        table = inputs.table(inputs.sheet.year - asked.years_back)
        assert table is not None
        column = table.value(asked.figure)
        if isinstance(column, Column):
            return Text.same(shown(column.take(np.array([owner])))[0])
        return Text.same(str(column.values[owner]))

    def title_of_owner(self, asked: NeededFigure, owner: int) -> Text:
        """What the figure is called, and the object that it belongs to."""
        inputs, figure = self.results.inputs, self.results.inputs.sheet.figures.get(asked.figure)
        if figure is None or figure.of is None:
            return self.title(asked)
        return OF_OBJECT.format(title=self.title(asked), object=inputs.known_objects.kinds[figure.of].names[owner])

    def title(self, asked: NeededFigure) -> Text:
        """What the figure is called."""
        figure = self.results.inputs.sheet.figures.get(asked.figure)
        if figure is None:
            return OF_TASKS[asked.figure.rpartition(".")[2]]
        title = title_of(figure, asked.figure)
        return called_years_back(title, asked.years_back)


def place(source: Source) -> str:
    """A place by the name of its file, without the folders, which differ from machine to machine."""
    if isinstance(source, TextPosition | WorkbookCell):
        source = source._replace(file=source.file.replace("\\", "/").rpartition("/")[2])
    return str(source)


def places(sources: list[Source]) -> str:
    """All places; a run of lines in one column of a text file is said as one."""
    first, last = sources[0], sources[-1]
    if len(sources) > 1 and isinstance(first, TextPosition) and isinstance(last, TextPosition):
        run = [first._replace(line=first.line + step) for step in range(len(sources))]
        if sources == run:
            return f"{place(first._replace(line=0, column=0))}:{first.line}–{last.line}:{first.column}"
    return ", ".join(dict.fromkeys(place(source) for source in sources))
