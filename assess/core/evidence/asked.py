"""Which figures a department supplies by its evidence, and for which periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from assess.core.figures.periods import PeriodLabel, periods_of
from assess.core.rules.figure import Details, Figure, FigureKind, PeriodKind
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.text import Text


class AskedFigure(NamedTuple):
    """A figure that a department supplies; `is_detailed` where each case that it counts needs a row of details."""

    id: str
    stated: Figure
    is_detailed: bool = False

    @property
    def title(self) -> Text:
        """What the figure is called."""
        return title_of(self.stated, self.id)


@dataclass(frozen=True, slots=True)
class DepartmentRequest:
    """What a department is asked for in a year: its figures in the order of the sheet."""

    department: str
    title: Text
    year: int
    figures: tuple[AskedFigure, ...]

    def of_period(self, period: PeriodKind) -> tuple[AskedFigure, ...]:
        """The figures that are taken so often."""
        return tuple(each for each in self.figures if each.stated.period is period)

    @property
    def periods(self) -> tuple[PeriodKind, ...]:
        """How often figures are taken, the year first, as far as there are any."""
        return tuple(period for period in PeriodKind if self.of_period(period))

    def labels(self, period: PeriodKind) -> tuple[PeriodLabel, ...]:
        """The periods that the figures taken so often are asked for."""
        return periods_of(period, self.year)


def asked_of(sheet: RuleSheet, department: str) -> DepartmentRequest:
    """What a sheet asks a department for; no figures where the sheet asks it for none."""
    detailed = detailed_in(sheet)
    figures = tuple(
        AskedFigure(name, each, name in detailed)
        for name, each in sheet.figures.items()
        if each.department == department
    )
    stated = (sheet.departments or {}).get(department)
    title = Text.same(department) if stated is None else title_of(stated, department)
    return DepartmentRequest(department, title, sheet.year, figures)


def detailed_in(sheet: RuleSheet) -> frozenset[str]:
    """The counts of which every case needs a row of details: as the figure says, else those that lines count."""
    in_lines = frozenset[str]().union(*(item.method.figures_in_lines for item in all_items(sheet)))
    return frozenset(
        name
        for name, each in sheet.figures.items()
        if each.kind is FigureKind.COUNT
        and (each.details is Details.ALWAYS or (each.details is not Details.NONE and name in in_lines))
    )
