"""Which figures a department supplies by its evidence, and for which periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from assess.core.periods import Label, periods_of
from assess.core.rules.figure import Figure, Period
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text


class AskedFigure(NamedTuple):
    """A figure that a department supplies."""

    id: str
    stated: Figure

    @property
    def title(self) -> Text:
        """What the figure is called."""
        return title_of(self.stated, self.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a department is asked for in a year: its figures in the order of the sheet."""

    department: str
    title: Text
    year: int
    figures: tuple[AskedFigure, ...]

    def of_period(self, period: Period) -> tuple[AskedFigure, ...]:
        """The figures that are taken so often."""
        return tuple(each for each in self.figures if each.stated.period is period)

    @property
    def periods(self) -> tuple[Period, ...]:
        """How often figures are taken, the year first, as far as there are any."""
        return tuple(period for period in Period if self.of_period(period))

    def labels(self, period: Period) -> tuple[Label, ...]:
        """The periods that the figures taken so often are asked for."""
        return periods_of(period, self.year)


def asked_of(sheet: RuleSheet, department: str) -> Asked:
    """What a sheet asks a department for; no figures where the sheet asks it for none."""
    figures = tuple(AskedFigure(name, each) for name, each in sheet.figures.items() if each.from_ == department)
    stated = (sheet.departments or {}).get(department)
    title = Text.same(department) if stated is None else title_of(stated, department)
    return Asked(department, title, sheet.year, figures)
