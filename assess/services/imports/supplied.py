"""Values that count now, each with where it comes from: those of a figure, and those of departments about a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.rules.figure import Figure
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.imports.sources import ValueLine, line_of, measure_of, sees_figure
from assess.services.years import Year, year_of
from assess.store.queries import value_sources as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

NO_FIGURE: Final = Text(
    "没有这个数据项，或您无权查看。", "There is no such figure, or you do not have permission to see it."
)


@dataclass(frozen=True)
class SuppliedFigurePage:
    """The values of a figure that count now, a page of them; `count` is how many there are in all."""

    year: Year
    figure: str
    title: Text
    measure: Text | None
    lines: Sequence[ValueLine]
    count: int


@dataclass(frozen=True)
class SuppliedUnitPage:
    """What departments supplied about a unit and counts now, a page of it."""

    year: Year
    unit: str
    name: Text
    lines: Sequence[ValueLine]
    count: int


def figure_page(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, unit: str = "", start: int = 0, size: int = 50
) -> SuppliedFigurePage:
    """The values of a figure that count now, of all units or of one, for its department and the office (4 queries).

    Raises:
        NotFound: the sheet has no such figure, or it is another department's.
    """
    year = year_of(session, cycle)
    stated = year.sheet.figures.get(figure)
    if stated is None or not sees_figure(actor, stated):
        raise NotFound(NO_FIGURE)
    asked = queries.ValueFilter(cycle.id, cycle.year, figures=(figure,), unit=unit)
    rows = queries.values_asked(session, asked, start=start, size=size)
    return SuppliedFigurePage(
        year=year,
        figure=figure,
        title=title_of(stated, figure),
        measure=measure_of(stated),
        lines=[line_of(year, row) for row in rows],
        count=queries.number_of_values(session, asked),
    )


def unit_page(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, start: int = 0, size: int = 50
) -> SuppliedUnitPage:
    """What departments supplied about a unit: all for the unit and the office, evaluators their own (4 queries).

    Raises:
        NotFound: there is no such unit, or it is another's.
    """
    actor.check_sees_unit(unit)
    year = year_of(session, cycle)
    place = year.place_of(unit)
    is_own = actor.may(Right.REPORT) and unit in actor.units
    figures = [name for name, each in supplied(year).items() if is_own or sees_figure(actor, each)]
    asked = queries.ValueFilter(cycle.id, cycle.year, figures=figures, unit=unit)
    rows = queries.values_asked(session, asked, start=start, size=size)
    return SuppliedUnitPage(
        year=year,
        unit=unit,
        name=year.units.names[place],
        lines=[line_of(year, row) for row in rows],
        count=queries.number_of_values(session, asked),
    )


def supplied(year: Year) -> dict[str, Figure]:
    """The figures that departments supply, in the order of the sheet."""
    return {name: each for name, each in year.sheet.figures.items() if each.department is not None}
