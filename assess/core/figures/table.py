"""The figures of all units for one year, as they were given and as the year's values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import gcd, lcm
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.figures.periods import PARTS, PeriodLabel
from assess.core.figures.rolling import first_of, rolled_up
from assess.core.numbers import printed
from assess.core.rules.figure import BY_TASK_LIST, Figure, FigureKind, PeriodKind, RollUp
from assess.core.rules.sheet import RuleSheet
from assess.core.sources import Source
from assess.core.tables import TableSources
from assess.core.text import Text
from assess.core.units.objects import UnitObjects
from assess.core.units.unit_list import Units, taken

COUNTED: Final = Figure(kind=FigureKind.COUNT, from_=BY_TASK_LIST)
"""What a column of obligations holds: a number of them, or of days."""
YES_OR_NO: Final = {1: Text("是", "yes"), 0: Text("否", "no")}


class Use(NamedTuple):
    """One value that a year's value was made of: of which period, as text, and where it stands."""

    period: str
    text: Text
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """The values of one figure in one period.

    Attributes:
        values: one a unit; yes-no as 1 and 0.
        rows: the row of the table where each unit's value stands; -1 for none.
        column: the column of the table.
    """

    label: PeriodLabel
    values: Column | TextColumn
    rows: NDArray[np.int64]
    column: int


class FigureTable:
    """The figures of one year. A figure that nobody gave is missing for every unit.

    Attributes:
        given: the figures (and `<item id>.<status>` columns) of which at least one value was given.
    """

    def __init__(
        self,
        sheet: RuleSheet,
        units: Units,
        layers: Mapping[str, tuple[Layer, ...]],
        places: TableSources,
        objects: UnitObjects | None = None,
    ) -> None:
        """From the layers of each figure, in the order of their periods, none of them all missing.

        The layers of a figure of objects have one entry an object, in the order of the codes of their kind.
        """
        self.sheet = sheet
        self.units = units
        self.layers = layers
        self.places = places
        self.objects = UnitObjects(units) if objects is None else objects
        self.given = frozenset(layers)
        self.made: dict[str, Column | TextColumn] = {}
        self.made_at: dict[tuple[str, PeriodKind, int], Column | TextColumn] = {}

    def size(self, figure: Figure) -> int:
        """How many values a figure may have in a period: one a unit, or one an object."""
        if figure.of is None:
            return len(self.units)
        return len(self.objects.kinds[figure.of].codes) if figure.of in self.objects.kinds else 0

    def value_at(self, figure: str, label: PeriodLabel) -> Column | TextColumn:
        """The value at a period: its own, that of the longer period around it, or its shorter ones rolled up.

        At the year it is the year's value. One stated for the whole year serves no shorter period, unless the figure
        is taken once a year.
        """
        stated = self.sheet.figures[figure]
        if label.is_year or stated.period is PeriodKind.YEAR:
            return self.value(figure)
        wanted = (figure, label.period, label.part)
        if wanted not in self.made_at:
            self.made_at[wanted] = self.rolled_up_at(stated, self.layers.get(figure, ()), label)
        return self.made_at[wanted]

    def rolled_up_at(self, figure: Figure, layers: tuple[Layer, ...], label: PeriodLabel) -> Column | TextColumn:
        """The value at a period shorter than the year."""
        own = label.around(figure.period) if PARTS[figure.period] < PARTS[label.period] else label
        inside = [each.values for each in layers if not each.label.is_year and own.holds(each.label)]
        return rolled_up(replace(figure, min_periods=None), inside) if inside else self.absent(figure)

    def absent(self, figure: Figure) -> Column | TextColumn:
        """No value of a figure."""
        size = self.size(figure)
        return TextColumn.absent(size) if figure.kind is FigureKind.CHOICE else Column.absent(size)

    def through(self, label: PeriodLabel) -> FigureTable:
        """The same without the values of periods that end later; what is stated for the whole year stays."""
        layers = {
            figure: tuple(each for each in of_figure if each.label.is_year or each.label.months[-1] <= label.months[-1])
            for figure, of_figure in self.layers.items()
        }
        given = {figure: each for figure, each in layers.items() if each}
        return FigureTable(self.sheet, self.units, given, self.places, self.objects)

    def with_year_values(self, figure: str, values: Column) -> FigureTable:
        """The same with other values of the year of one figure; those of its periods stay as they are."""
        table = FigureTable(self.sheet, self.units, self.layers, self.places, self.objects)
        table.made, table.made_at = {**self.made, figure: values}, self.made_at
        return table

    def value(self, figure: str) -> Column | TextColumn:
        """The year's value of a figure for every unit: numbers (yes is 1, no 0), or the words of a choice."""
        if figure not in self.made:
            self.made[figure] = self.year_value(self.sheet.figures[figure], self.layers.get(figure, ()))
        return self.made[figure]

    def year_value(self, figure: Figure, layers: tuple[Layer, ...]) -> Column | TextColumn:
        """The year's own value where it was given, else the roll-up of its periods."""
        year, finer = parted(layers)
        if not layers:
            return self.absent(figure)
        if not finer:
            return year[0].values
        rolled = rolled_up(figure, [layer.values for layer in finer])
        return first_of(year[0].values, rolled) if year else rolled

    def obligations(self, item: str, column: str) -> Column:
        """Numbers of obligations of a `tasks` item by status, or the days of delay (`days_late`)."""
        layers = self.layers.get(f"{item}.{column}", ())
        values = self.year_value(COUNTED, layers)
        assert isinstance(values, Column)
        return values

    def uses(self, figure: str, unit: int) -> tuple[Use, ...]:
        """What the year's value of one unit was made of, in the order of periods."""
        layers = tuple(layer for layer in self.layers.get(figure, ()) if not layer.values.missing[unit])
        year, finer = parted(layers)
        stated = self.sheet.figures.get(figure, COUNTED)
        used = year or (finer[-1:] if stated.roll_up is RollUp.LAST else finer)
        return tuple(
            Use(
                str(layer.label),
                value_text(stated, layer.values, unit),
                self.places(int(layer.rows[unit]), layer.column),
            )
            for layer in used
        )

    def alone(self, place: int, unit: Units) -> FigureTable:
        """The figures of one unit: the one at this place, which is alone in its list; those of all objects."""
        here = np.array([place])
        layers = {
            figure: each
            if self.is_of_objects(figure)
            else tuple(
                Layer(layer.label, taken(layer.values, here), layer.rows[here], layer.column)
                for layer in each
                if not layer.values.missing[place]
            )
            for figure, each in self.layers.items()
        }
        given = {figure: each for figure, each in layers.items() if each}
        return FigureTable(self.sheet, unit, given, self.places, self.objects.alone(place, unit))

    def is_of_objects(self, figure: str) -> bool:
        """Whether a figure belongs to objects, not to units."""
        return figure in self.sheet.figures and self.sheet.figures[figure].of is not None

    def canonical(self) -> dict[str, dict[str, str | list[str | None]]]:
        """What was given, by figure and period, units and objects by code, wherever it stood."""
        return {
            figure: {str(layer.label): canonical_values(layer.values, self.order_of(figure)) for layer in layers}
            for figure, layers in sorted(self.layers.items())
        }

    def order_of(self, figure: str) -> NDArray[np.int64]:
        """The places of the units, or of the objects of a figure, in the order of their codes."""
        kind = self.sheet.figures[figure].of if figure in self.sheet.figures else None
        codes = self.units.codes if kind is None else self.objects.kinds[kind].codes
        return np.array(sorted(range(len(codes)), key=codes.__getitem__), dtype=np.int64)


def parted(layers: tuple[Layer, ...]) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """The layer of the whole year, if there is one, and those of its periods."""
    year = tuple(layer for layer in layers if layer.label.is_year)
    return year, tuple(layer for layer in layers if not layer.label.is_year)


def value_text(figure: Figure, values: Column | TextColumn, unit: int) -> Text:
    """The value of one unit as text."""
    if isinstance(values, TextColumn):
        return Text.same(values.values[unit])
    value = values.fraction(unit)
    assert value is not None
    return YES_OR_NO[int(value)] if figure.kind is FigureKind.YES_NO else Text.same(printed(value))


def canonical_values(values: Column | TextColumn, order: NDArray[np.int64]) -> str | list[Any]:
    """The same values always as the same text, in this order of units."""
    if isinstance(values, TextColumn):
        texts, missing = values.values[order].tolist(), values.missing[order].tolist()
        return [None if gone else text for text, gone in zip(texts, missing, strict=True)]
    column = values.take(order)
    numerators, denominator = column.numerators.tolist(), column.denominators
    if not isinstance(denominator, int):
        apart = denominator.tolist()
        denominator = lcm(*apart)
        numerators = [above * (denominator // below) for above, below in zip(numerators, apart, strict=True)]
    common = gcd(denominator, *numerators)
    shown = [str(value // common) for value in numerators] if common > 1 else list(map(str, numerators))
    for place in np.flatnonzero(column.missing).tolist():
        shown[place] = "-"
    return f"{denominator // common}: {' '.join(shown)}"
