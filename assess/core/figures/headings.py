"""Which figure a heading or a cell means, and what the columns of a table of figures are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assess.core.figures.table import COUNTED
from assess.core.flaws import Flaw
from assess.core.methods.obligations import DAYS_LATE, STATUSES
from assess.core.naming import Guesses, folded, quoted
from assess.core.parsing import ParseError, wrong
from assess.core.rules.figure import Figure
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.tables import Heading, Table, heading_key
from assess.core.text import Text
from assess.core.units.unit_list import UNIT

NO_UNIT_COLUMN = Text("没有“单位”这一列，请在首行加上该表头。", "There is no column `unit`. Add this heading.")
UNKNOWN_FIGURE = Text(
    "评分表没有“{text}”这个数据项，请改用评分表中的名称或编号，或删去。",
    "The rule sheet has no figure “{text}”. Use a title or ID of the sheet, or delete it.",
)
PERHAPS = Text(
    "评分表没有“{text}”这个数据项。是否应为“{near}”？", "There is no figure “{text}”. Did you mean “{near}”?"
)
SEVERAL_FIGURES = Text(
    "“{text}”可指多个数据项（{ids}），请改用编号。", "“{text}” fits several figures ({ids}). Use the ID instead."
)
COMPUTED = Text("“{text}”由公式计算，不能填报，请删去。", "“{text}” is calculated by its formula. Delete it.")
SAME_FIGURE = Text(
    "“{text}”与“{before}”是同一数据项，请只保留一列。", "“{text}” and “{before}” are the same figure. Keep one."
)

PERIOD: Final = ("period", "填报期", "期间", "时段", "reporting period")
OBJECT: Final = ("object", "对象", "对象代码", "对象编号", "对象名称")
FIGURE: Final = ("figure", "数据项", "数据项编号")
VALUE: Final = ("value", "数值", "值")
BESIDE: Final = frozenset(
    map(folded, (*UNIT, "name_zh", "name_en", "name", "名称", "kind", "类型", "alias", "note", "no", "no.", "remark"))
)
REMARKS: Final = ("备注", "说明", "序号")
"""Headings beside the unit that say nothing of figures."""


def obligation_columns(sheet: RuleSheet) -> dict[str, Figure]:
    """The columns `<item id>.<status>` of a table of figures, for the items that count obligations."""
    items = [item.id for item in all_items(sheet) if item.method.obligations_counted is not None]
    return {f"{item}.{column}": COUNTED for item in items for column in (*STATUSES, DAYS_LATE)}


class HeadingFigureNames:
    """The figures of a sheet by id and by title, and the columns of obligations by `<item id>.<status>`."""

    def __init__(self, sheet: RuleSheet, *, computed: bool) -> None:
        """`computed` says whether formulas compute their figures, so that nobody may give one."""
        self.figures = {**sheet.figures, **obligation_columns(sheet)}
        self.computed = computed
        self.has_objects = bool(sheet.objects)
        self.ids = {folded(name): name for name in self.figures}
        self._titled = sheet.figures

    @cached_property
    def titles(self) -> dict[str, set[str]]:
        """The figures of each title; not asked for where all are named by their ids."""
        titles: dict[str, set[str]] = {}
        for name, figure in self._titled.items():
            for way in accepted_spellings(name, figure):
                titles.setdefault(way, set()).add(name)
        return titles

    @cached_property
    def guesses(self) -> Guesses:
        """What may be meant by a name that fits none."""
        return Guesses((*self.ids, *self.titles))

    def find(self, text: str) -> str | ParseError:
        """The id of the figure that a heading or a cell names, or why it names none."""
        plain = heading_key(text)
        fitting = {self.ids[plain]} if plain in self.ids else self.titles.get(plain, set())
        if len(fitting) > 1:
            return wrong(SEVERAL_FIGURES, text, ids=", ".join(sorted(fitting)))
        if not fitting:
            return self.unknown(text, plain)
        name = next(iter(fitting))
        if self.computed and self.figures[name].is_computed:
            return wrong(COMPUTED, text)
        return name

    def unknown(self, text: str, plain: str) -> ParseError:
        """What is wrong with a name that fits no figure; what may have been meant, as the sheet writes it."""
        near = self.guesses.nearest(plain)
        if near is None:
            return wrong(UNKNOWN_FIGURE, text)
        if near in self.ids:
            return wrong(PERHAPS, text, near=self.ids[near])
        name = min(self.titles[near])
        return wrong(PERHAPS, text, near=title_of(self._titled[name], name))


def accepted_spellings(name: str, figure: Figure) -> Iterator[str]:
    """The title in both languages, and id and titles with the unit of measure in brackets."""
    titles = {heading_key(each) for each in figure.title or ()}
    yield from titles
    for unit in {folded(each) for each in figure.unit or ()}:
        for each in (folded(name), *titles):
            yield f"{each}({unit})"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of figures: wide with one column a figure, else `figure` and `value`."""

    unit: int | None
    period: int | None
    figures: dict[str, int]
    figure: int | None = None
    value: int | None = None
    object: int | None = None

    @property
    def values(self) -> tuple[int, ...]:
        """The columns that hold values."""
        return tuple(self.figures.values()) if self.value is None else (self.value,)


def columns_of(table: Table, names: HeadingFigureNames, flaws: list[Flaw]) -> Columns | None:
    """What each column is; None where no column names units. Headings that say nothing known are reported."""
    unit, period = table.column_called(UNIT), table.column_called(PERIOD)
    figure, value = table.column_called(FIGURE), table.column_called(VALUE)
    of_object = table.column_called(OBJECT) if names.has_objects else None
    if unit is None and of_object is None:
        flaws.append(Flaw(table.whole, NO_UNIT_COLUMN))
        return None
    is_long = figure is not None and value is not None
    taken = {unit, period, of_object, *((figure, value) if is_long else ())}
    others = [(number, each) for number, each in enumerate(table.headings) if number not in taken]
    if is_long:
        flaws += [
            Flaw(each.source, UNKNOWN_FIGURE, {"text": quoted(each.name)})
            for _, each in others
            if not says_nothing(each)
        ]
        return Columns(unit, period, {}, figure, value, of_object)
    return Columns(unit, period, figure_columns(table, others, names, flaws), object=of_object)


def figure_columns(
    table: Table, others: list[tuple[int, Heading]], names: HeadingFigureNames, flaws: list[Flaw]
) -> dict[str, int]:
    """The column of each figure."""
    columns: dict[str, int] = {}
    for number, heading in others:
        name = names.find(heading.name)
        if isinstance(name, ParseError):
            if not says_nothing(heading):
                flaws.append(Flaw(heading.source, name.what))
        elif name in columns:
            before = table.headings[columns[name]].name
            flaws.append(Flaw(heading.source, SAME_FIGURE, {"text": quoted(heading.name), "before": quoted(before)}))
        else:
            columns[name] = number
    return columns


def says_nothing(heading: Heading) -> bool:
    """Whether a heading is of a column beside the figures: a name, a number, a remark."""
    plain = heading_key(heading.name)
    return plain in BESIDE or plain.startswith(REMARKS)
