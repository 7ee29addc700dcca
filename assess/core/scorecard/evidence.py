"""Which figures stand behind an item, and where each came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from assess.core.figures import Use
from assess.core.kinds import Formula, Name, Previous, Reference, ValueOf
from assess.core.methods.obligations import DAYS_LATE, STATUSES, Tasks
from assess.core.results import Results
from assess.core.rules.checking.places import mentions
from assess.core.rules.figure import BY_FORMULA
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import title_of
from assess.core.scorecard.content import Evidence
from assess.core.sources import Cell, Source, Spot
from assess.core.text import Text

OF_TASKS = {
    "done": Text("任务清单：已完成项数", "task list: done"),
    "trial": Text("任务清单：试运行项数", "task list: on trial"),
    "started": Text("任务清单：在建项数", "task list: started"),
    "planned": Text("任务清单：已立项项数", "task list: planned"),
    "none": Text("任务清单：未启动项数", "task list: not started"),
    DAYS_LATE: Text("任务清单：逾期天数", "task list: days late"),
}
LAST_YEAR = Text("{title}（上年度）", "{title} (last year)")


class Asked(NamedTuple):
    """A figure that an item needs, of this year or of the last."""

    figure: str
    last_year: bool


def asked_by(item: Item, results: Results) -> tuple[Asked, ...]:
    """The figures an item rests on, formulas opened, each once, in the order of the item's keys."""
    found: dict[Asked, None] = {}
    if isinstance(item.method, Tasks):
        found |= {Asked(f"{item.id}.{column}", False): None for column in (*STATUSES, DAYS_LATE)}
    for asked in named_in(item):
        found |= dict.fromkeys(opened(asked, results))
    return tuple(found)


def named_in(record: object) -> Iterator[Asked]:
    """Every figure or attribute that a record names."""
    for mention in mentions(record):
        if isinstance(mention.kind, Reference) and mention.kind.to == "figure":
            yield Asked(mention.value, False)
        elif isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name):
            yield Asked(mention.value.name, False)
        elif isinstance(mention.kind, ValueOf) and isinstance(mention.value, Previous):
            yield Asked(mention.value.figure, True)
        elif isinstance(mention.kind, Formula):
            yield from (Asked(name, False) for name in sorted(mention.value.names))
            yield from (Asked(name, True) for name in sorted(mention.value.previous_names))


def opened(asked: Asked, results: Results) -> Iterator[Asked]:
    """A figure, or what its formula is made of; attributes fall away."""
    inputs = results.inputs
    figure = inputs.sheet.figures.get(asked.figure)
    if figure is None:
        return
    table = inputs.last_year if asked.last_year else inputs.figures
    if figure.from_ != BY_FORMULA or (asked.last_year and table is not None and asked.figure in table.given):
        yield asked
        return
    assert figure.formula is not None
    for name in sorted(figure.formula.names):
        yield from opened(Asked(name, asked.last_year), results)
    if not asked.last_year:
        for name in sorted(figure.formula.previous_names):
            yield from opened(Asked(name, True), results)


@dataclass(slots=True)
class Register:
    """The evidence of one unit's card, numbered in the order it is first needed."""

    results: Results
    unit: int
    numbers: dict[Asked, int] = field(default_factory=dict)
    found: list[Evidence] = field(default_factory=list)

    def numbers_of(self, asked: tuple[Asked, ...]) -> tuple[int, ...]:
        """The numbers of the figures that were given; what was not given has none."""
        return tuple(sorted({number for each in asked if (number := self.number(each))}))

    def number(self, asked: Asked) -> int:
        """The number of one figure, 0 where nothing was given."""
        if asked not in self.numbers:
            inputs = self.results.inputs
            table = inputs.last_year if asked.last_year else inputs.figures
            uses = table.uses(asked.figure, self.unit) if table is not None else ()
            self.numbers[asked] = len(self.found) + 1 if uses else 0
            if uses:
                self.found.append(evidence(len(self.found) + 1, self.title(asked), uses))
        return self.numbers[asked]

    def title(self, asked: Asked) -> Text:
        """What the figure is called."""
        figure = self.results.inputs.sheet.figures.get(asked.figure)
        if figure is None:
            return OF_TASKS[asked.figure.rpartition(".")[2]]
        title = title_of(figure, asked.figure)
        return LAST_YEAR.filled(title=title) if asked.last_year else title


def evidence(number: int, title: Text, uses: tuple[Use, ...]) -> Evidence:
    """One entry: the values of all periods and the places they came from."""
    first, last = uses[0].period, uses[-1].period
    period = first if len(uses) == 1 else f"{first} – {last}"
    value = Text(" / ".join(use.text.zh for use in uses), " / ".join(use.text.en for use in uses))
    return Evidence(number, title, period, value, places(use.source for use in uses))


def places(sources: Iterator[Source]) -> str:
    """Places, a file's name said once."""
    texts: list[str] = []
    before: tuple[str, ...] = ()
    for source in sources:
        if isinstance(source, Spot):
            name, rest = (source.file,), f"{source.line}:{source.column}"
        elif isinstance(source, Cell):
            name, rest = (source.file, source.sheet), source.cell
        else:
            name, rest = (), str(source)
        said = rest if name == before else str(source)
        before = name
        if not texts or texts[-1] != said:
            texts.append(said)
    return ", ".join(texts)


