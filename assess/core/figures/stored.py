"""Values as the database keeps them, made straight into the figures of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assess.core.figures.entry import Stored, stored_column
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel, misfit_of
from assess.core.figures.table import FigureTable, Layer
from assess.core.parsing import ParseError
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.sheet import RuleSheet
from assess.core.tables import GivenPlaces
from assess.core.units.unit_list import Units


class StoredFigure(NamedTuple):
    """A value of a unit and a period as the database keeps it."""

    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None

    @property
    def value(self) -> Stored:
        """The value alone."""
        return Stored(self.millionths, self.word)


def from_stored(
    sheet: RuleSheet, units: Units, values: Sequence[StoredFigure], given_by: str, year: int
) -> FigureTable:
    """The figures of a year from kept values; those that do not fit the sheet or its units are left out.

    It holds the very columns that `from_values` reads from the same values as text.
    """
    labels = {period: read_label(period, year) for period in {value.period for value in values}}
    figures = figures_to_give(sheet, year)
    rows_of: dict[tuple[str, PeriodLabel], dict[int, int]] = {}
    for row, value in enumerate(values):
        label, place, figure = labels[value.period], units.places.get(value.unit), figures.get(value.figure)
        if place is None or figure is None or isinstance(label, ParseError) or is_blank(figure, value):
            continue
        rows_of.setdefault((value.figure, label), {}).setdefault(place, row)
    layers: dict[str, list[Layer]] = {}
    for (name, label), row_of in rows_of.items():
        if misfit_of(label, figures[name].period) is None:
            layer = layer_of(figures[name], label, values, row_of, len(units))
            if not layer.values.missing.all():
                layers.setdefault(name, []).append(layer)
    in_order = {name: tuple(sorted(each, key=lambda layer: layer.label.part)) for name, each in layers.items()}
    return FigureTable(sheet, units, in_order, GivenPlaces(given_by, [f"{row.unit} {row.figure}" for row in values]))


def is_blank(figure: Figure, value: StoredFigure) -> bool:
    """Whether nothing is kept that the figure takes: of a choice only the word counts."""
    return not value.word and (value.millionths is None or figure.kind is FigureKind.CHOICE)


def figures_to_give(sheet: RuleSheet, year: int) -> Mapping[str, Figure]:
    """The figures that may be given for a year: in the sheet's own a formula computes its figure."""
    if year != sheet.year:
        return sheet.figures
    return {name: figure for name, figure in sheet.figures.items() if not figure.is_computed}


def layer_of(
    figure: Figure, label: PeriodLabel, rows: Sequence[StoredFigure], row_of: Mapping[int, int], size: int
) -> Layer:
    """The values of one figure in one period, given the row of each unit that has one."""
    places = np.full(size, -1, dtype=np.int64)
    places[list(row_of)] = list(row_of.values())
    stored = [rows[row].value if row >= 0 else Stored() for row in places.tolist()]
    return Layer(label, stored_column(figure, stored)[0], places, column=0)
