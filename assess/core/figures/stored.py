"""Values as the database keeps them, made straight into the figures of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assess.core.figures.entry import Stored, stored_column
from assess.core.figures.part_labels import read_part
from assess.core.figures.periods import PeriodLabel, misfit_of
from assess.core.figures.table import FigureTable, Layer
from assess.core.parsing import ParseError
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.sheet import RuleSheet
from assess.core.tables import GivenPlaces
from assess.core.units.objects import UnitObjects


class StoredFigure(NamedTuple):
    """A value of a unit and a part of it (`PartLabel`) as the database keeps it."""

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
    sheet: RuleSheet, objects: UnitObjects, values: Sequence[StoredFigure], given_by: str, year: int
) -> FigureTable:
    """The figures of a year from kept values; those that do not fit the sheet, its units or objects are left out.

    It holds the very columns that `from_values` reads from the same values as text.
    """
    parts = {part: read_part(part, year) for part in {value.period for value in values}}
    figures, owners = figures_to_give(sheet, year), FigureOwners(objects)
    rows_of: dict[tuple[str, PeriodLabel], dict[int, int]] = {}
    for row, value in enumerate(values):
        part, figure = parts[value.period], figures.get(value.figure)
        if figure is None or isinstance(part, ParseError) or is_blank(figure, value):
            continue
        place = owners.place(figure, value.unit, part.object)
        if place is not None:
            rows_of.setdefault((value.figure, part.period), {}).setdefault(place, row)
    layers: dict[str, list[Layer]] = {}
    for (name, label), row_of in rows_of.items():
        if misfit_of(label, figures[name].period) is None:
            layer = layer_of(figures[name], label, values, row_of, owners.count(figures[name]))
            if not layer.values.missing.all():
                layers.setdefault(name, []).append(layer)
    in_order = {name: tuple(sorted(each, key=lambda layer: layer.label.part)) for name, each in layers.items()}
    places = GivenPlaces(given_by, [f"{row.unit} {row.figure}" for row in values])
    return FigureTable(sheet, objects.units, in_order, places, objects)


class FigureOwners:
    """Who figures belong to: the units, or the objects of a kind."""

    def __init__(self, objects: UnitObjects) -> None:
        self.units = objects.units
        self.objects = objects
        self.places = {
            kind: {code: place for place, code in enumerate(each.codes)} for kind, each in objects.kinds.items()
        }

    def place(self, figure: Figure, unit: str, code: str) -> int | None:
        """The place of the unit, or of the object, that a value belongs to; None where it fits neither."""
        if figure.of is None:
            return None if code else self.units.places.get(unit)
        return self.places.get(figure.of, {}).get(code)

    def count(self, figure: Figure) -> int:
        """How many there are."""
        return len(self.units) if figure.of is None else len(self.places.get(figure.of, {}))


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
