"""The values that a scoring stands on: figures, formulas, last year's figures and unit attributes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, Rounding, stacked
from assess.core.exact.peer_comparison import PeerComparison
from assess.core.exemptions import Exemptions
from assess.core.expressions import (
    ComparedPlaces,
    EvaluatedColumn,
    Expression,
    TextColumn,
    ValueType,
    evaluate,
    holds,
    readable,
)
from assess.core.figures import FigureTable
from assess.core.figures.periods import PeriodLabel, within_year, year_label
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.previous import PreviousResults
from assess.core.rules.figure import PERIOD_AXES, Figure, FigureKind
from assess.core.rules.nodes import Node
from assess.core.rules.sheet import RuleSheet, all_nodes, title_of
from assess.core.scoring.panels import panel_outcome
from assess.core.scoring.places import Place, apart, entries, periods_that_count, rows_of_units
from assess.core.text import EMPTY_TEXT, Text
from assess.core.units.objects import PartName, UnitObjects
from assess.core.units.unit_list import Units, taken

Flags = NDArray[np.bool_]
TOO_FEW_PERIODS = Text("“{title}”只有{n}期数据，少于规定的{least}期", "{title} has {n} of the {least} periods needed")


@dataclass(frozen=True)
class ScoringInputs:
    """Everything one scoring stands on; `figures` and `last_year` are the tables of two years of the same units.

    Attributes:
        earlier: the tables of the years before last year, the latest first.
        objects: the objects of the units, where the sheet has any.
        through: the last period that counts, for a standing within the year.
    """

    sheet: RuleSheet
    units: Units
    figures: FigureTable
    last_year: FigureTable | None = None
    last_results: PreviousResults | None = None
    exemptions: Exemptions | None = None
    earlier: tuple[FigureTable, ...] = ()
    objects: UnitObjects | None = None
    through: PeriodLabel | None = None

    def table(self, year: int) -> FigureTable | None:
        """The figures of a year; None where none were given."""
        tables = (self.figures, self.last_year, *self.earlier)
        back = self.sheet.year - year
        return tables[back] if 0 <= back < len(tables) else None

    @cached_property
    def known_objects(self) -> UnitObjects:
        """The objects of the units; none where no list was given."""
        return UnitObjects(self.units) if self.objects is None else self.objects

    @cached_property
    def digest(self) -> str:
        """`sha256:…` of everything that was read beside the rule sheet, whatever files and orders it stood in."""
        others = (self.units, self.figures, self.last_year, self.last_results, self.exemptions)
        read: list[Any] = [None if each is None else each.canonical() for each in others]
        read += [{"earlier": [each.canonical() for each in self.earlier]}] if self.earlier else []
        read += [] if self.objects is None else [{"objects": self.objects.canonical()}]
        read += [] if self.through is None else [{"through": str(self.through)}]
        canonical = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


class ScopeValues:
    """Figures and attributes by name at one place, formulas computed once (the names that expressions see)."""

    def __init__(self, inputs: ScoringInputs) -> None:
        """The values of the units and of the year."""
        self.inputs = inputs
        self.rounding: Rounding = inputs.sheet.rounding.mode
        self.place = Place(None, (year_label(inputs.sheet.year),))
        self.scopes: dict[Place, ScopeValues] = {self.place: self}
        self.made: dict[str, EvaluatedColumn] = {}
        self.made_parts: dict[str, UnitParts] = {}
        self.others: ScopeValues | None = None
        self.made_peers: dict[bool, NDArray[np.int64]] = {}

    @cached_property
    def entries(self) -> int:
        """How many units, or rows of objects, there are in each period."""
        return entries(self.place, len(self.inputs.units), self.inputs.known_objects)

    @cached_property
    def size(self) -> int:
        """How many values a column has."""
        return self.entries * len(self.place.periods)

    def moved(self, place: Place) -> ScopeValues:
        """The values at another place."""
        if place not in self.scopes:
            self.scopes[place] = PlaceValues(self, place)
        return self.scopes[place]

    def value(self, name: str) -> Column | TextColumn:
        """The value of a figure, or an attribute of the units or objects."""
        figure = self.inputs.sheet.figures.get(name)
        if figure is None:
            return self.attribute(name)
        return self.entered(name, figure) if not figure.is_computed else self.calculated(name, figure)

    def entered(self, name: str, figure: Figure) -> Column | TextColumn:
        """The value of a figure that somebody gave: that of the year."""
        return self.inputs.figures.value(name)

    def at_period(self, name: str, figure: Figure, label: PeriodLabel) -> Column | TextColumn:
        """The value of a figure that somebody gave at one period."""
        table = self.inputs.table(label.year)
        if table is None or not self.entries:
            return absent(figure, self.entries)
        values = table.value_at(name, label)
        if self.place.kind is None:
            return values
        rows = self.inputs.known_objects.kinds[self.place.kind]
        return taken(values, rows.units if figure.of is None else rows.objects)

    def calculated(self, name: str, figure: Figure) -> Column | TextColumn:
        """The value of a figure that is computed; of an earlier year the one that its table holds, where it does.

        In a year of which no table was given it is missing.
        """
        if self.place.periods and not self.has_figures(self.place):
            return absent(figure, self.size)
        tables = [self.inputs.table(period.year) for period in self.place.periods]
        computed = self.computed(name, figure).value
        if all(table is self.inputs.figures for table in tables):
            return computed
        assert isinstance(computed, Column)
        if any(table is not None and name in table.given for table in tables):
            stated = self.entered(name, figure)
            assert isinstance(stated, Column)
            computed = stated.filled(computed)
        return computed.only(np.repeat([table is not None for table in tables], self.entries))

    @property
    def is_this_year(self) -> bool:
        """Whether all of it lies in the year of the sheet, whose computed figures nobody may give."""
        return all(label.year == self.inputs.sheet.year for label in self.place.periods)

    def attribute(self, name: str) -> Column | TextColumn:
        """An attribute of the units or of the objects; one that a worked example leaves out is missing."""
        units, objects = self.inputs.units, self.inputs.known_objects.kinds.get(self.place.kind or "")
        if objects is not None and name in objects.attributes:
            column = objects.attributes[name]
        elif name in units.attributes:
            column = units.attribute(name) if self.place.kind is None else taken(units.attribute(name), self.owners)
        else:
            return Column.absent(self.size)
        return in_one([column] * len(self.place.periods))

    def attribute_kind(self, name: str) -> ValueType | None:
        """Whether an attribute is a truth, a number or text; None of what is none."""
        objects = self.inputs.known_objects.attributes(self.place.kind)
        return objects.get(name) or self.inputs.units.kinds.get(name)

    def computed(self, name: str, figure: Figure) -> EvaluatedColumn:
        """A computed figure, with the reasons where it is missing."""
        if name not in self.made:
            self.made[name] = self.outcome(name, figure)
        return self.made[name]

    def outcome(self, name: str, figure: Figure) -> EvaluatedColumn:
        """What the formula or the panel of a figure comes to here."""
        if figure.panel is not None:
            return panel_outcome(name, figure, self)
        assert figure.formula is not None
        return evaluate(figure.formula, self, self.rounding)

    def previous(self, name: str, years: int = 1) -> Column | TextColumn:
        """The value of a figure so many years back."""
        return self.moved(self.place.years_back(years)).value(name)

    def before(self, name: str) -> Column | TextColumn:
        """The value of a figure at the period before.

        One that is computed from its own earlier periods is computed from the earliest on, so that none waits for all
        before it.
        """
        places = [self.place.before()]
        while self.reads_itself(name) and self.has_figures(places[-1]):
            places.append(places[-1].before())
        return [self.moved(place).value(name) for place in reversed(places)][-1]

    def has_figures(self, place: Place) -> bool:
        """Whether a table was given of any year of a place."""
        return any(self.inputs.table(each.year) is not None for each in place.periods)

    def reads_itself(self, name: str) -> bool:
        """Whether a figure is computed from itself, at whatever earlier period or year."""
        figures = self.inputs.sheet.figures
        waiting, seen = [name], set[str]()
        while waiting:
            figure = figures.get(waiting.pop())
            below = frozenset[str]() if figure is None else figure.made_of | figure.made_of_earlier
            if name in below:
                return True
            waiting += below - seen
            seen |= below
        return False

    def at(self, period: str) -> ScopeValues:
        """The values at a period of the year, written 01 to 12, Q1 to Q4, H1 or H2."""
        periods = tuple(within_year(period, label.year) for label in self.place.periods)
        return self.moved(self.place._replace(periods=periods))

    def along(self, axis: str) -> UnitParts:
        """The parts of the place along an axis."""
        if axis not in self.made_parts:
            self.made_parts[axis] = UnitParts(self, axis)
        return self.made_parts[axis]

    def among_units(self, is_all: bool) -> ComparedPlaces:
        """The values of the units at the same periods, and who is compared with whom there."""
        units = self.moved(self.place._replace(kind=None))
        steps = np.arange(len(self.place.periods)) * len(self.inputs.units)
        back = (self.owners + steps[:, None]).ravel()
        return ComparedPlaces(units, units.peers(is_all), back, units.others)

    def peers(self, is_all: bool) -> NDArray[np.int64]:
        """For each entry a number that those compared with it share: the group, or all units, at the same period."""
        if is_all not in self.made_peers:
            self.made_peers[is_all] = self.numbers_of_peers(np.minimum(self.groups, 0) if is_all else self.groups)
        return self.made_peers[is_all]

    def numbers_of_peers(self, groups: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of each entry by those of the units, another in each period."""
        number = groups[self.owners]
        step = int(self.groups.max(initial=0)) + 1
        apart = [np.where(number < 0, -1, number + nth * step) for nth in range(len(self.place.periods))]
        return np.concatenate(apart) if apart else np.zeros(0, dtype=np.int64)

    def compared(self, groups: NDArray[np.int64], among: Flags) -> PeerComparison:
        """Those that share a number and take part, compared with each other."""
        return PeerComparison(groups, among)

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """The unit of each entry within one period."""
        if self.place.kind is None:
            return np.arange(len(self.inputs.units))
        objects = self.inputs.known_objects.kinds.get(self.place.kind)
        return np.zeros(0, dtype=np.int64) if objects is None else objects.units

    @cached_property
    def units(self) -> NDArray[np.int64]:
        """The unit of each entry."""
        return np.tile(self.owners, len(self.place.periods))

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """The number of the first group each unit matches, -1 for none; 0 for all where the sheet has no groups."""
        sheet, units = self.inputs.sheet, self.moved(Place(None, (year_label(self.inputs.sheet.year),)))
        size = len(self.inputs.units)
        if sheet.groups is None:
            return np.zeros(size, dtype=np.int64)
        groups = np.full(size, -1, dtype=np.int64)
        for number, group in reversed(list(enumerate(sheet.groups))):
            true, _ = holds(units.evaluate(group.where))
            groups[true] = number
        return groups

    @cached_property
    def part_names(self) -> tuple[PartName, ...]:
        """Unit, object and period of each entry."""
        objects = self.inputs.known_objects.kinds.get(self.place.kind or "")
        codes = [None] * self.entries if objects is None else [objects.codes[n] for n in objects.objects.tolist()]
        periods = [None if period.is_year else str(period) for period in self.place.periods]
        units = self.owners.tolist()
        return tuple(
            PartName(unit, code, period) for period in periods for unit, code in zip(units, codes, strict=True)
        )

    @cached_property
    def entry_names(self) -> list[Text]:
        """What each entry is called: its object, its period, or both."""
        objects = self.inputs.known_objects.kinds.get(self.place.kind or "")
        names = [EMPTY_TEXT] * self.entries if objects is None else [objects.names[n] for n in objects.objects.tolist()]
        periods = [EMPTY_TEXT if period.is_year else period.label for period in self.place.periods]
        return [Text.run(name, period) for period in periods for name in names]

    def with_part_names(self) -> ScopeValues:
        """The attributes alone, with `period`, its number in the year, and `object`, its code."""
        return NamesOfParts(self)

    def score(self, node: str) -> Column:
        """Scores are seen by adjustments only."""
        raise KeyError(node)

    def rate(self, node: str) -> Column:
        """Score rates are seen by adjustments only."""
        raise KeyError(node)

    def title(self, name: str) -> Text:
        """What a figure or an attribute is called."""
        figure = self.inputs.sheet.figures.get(name)
        return self.inputs.sheet.column_title(name) if figure is None else title_of(figure, name)

    def node_title(self, node: str) -> Text:
        """What a node is called."""
        return title_of(self.nodes.get(node), node)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every item and section by id."""
        return all_nodes(self.inputs.sheet)

    def readable(self, expression: Expression) -> Text:
        """An expression in words."""
        return readable(expression, self.title, self.node_title)

    def reasons(self, name: str) -> tuple[tuple[Flags, Text], ...]:
        """Why a figure is missing, where more can be said than that: of one that is computed this year what its formula
        lacks, of a year's value that there are too few periods.
        """
        figure = self.inputs.sheet.figures.get(name)
        if figure is None or not self.is_this_year:
            return ()
        if figure.is_computed:
            return self.computed(name, figure).reasons
        is_of_units = self.place == Place(None, (year_label(self.inputs.sheet.year),))
        if figure.min_periods is None or not is_of_units:
            return ()
        return self.too_few_periods(name, figure.min_periods)

    def too_few_periods(self, name: str, least: int) -> tuple[tuple[Flags, Text], ...]:
        """Where some periods are there but fewer than the sheet asks for."""
        figures = self.inputs.figures
        missing = np.flatnonzero(figures.value(name).missing).tolist()
        given = np.zeros(self.size, dtype=np.int64)
        given[missing] = [len(figures.uses(name, unit)) for unit in missing]
        facts = {"title": self.title(name), "least": least}
        return tuple((given == n, TOO_FEW_PERIODS.format(**facts, n=n)) for n in sorted(set(given[given > 0].tolist())))

    def evaluate(self, expression: Expression) -> EvaluatedColumn:
        """The value of an expression for every unit."""
        return evaluate(expression, self, self.rounding)


class PlaceValues(ScopeValues):
    """The same names at another place."""

    def __init__(self, origin: ScopeValues, place: Place) -> None:
        super().__init__(origin.inputs)
        self.place = place
        self.scopes = origin.scopes

    def entered(self, name: str, figure: Figure) -> Column | TextColumn:
        """The value of a figure that somebody gave, period by period."""
        if not self.place.periods:
            return absent(figure, 0)
        return in_one([self.at_period(name, figure, label) for label in self.place.periods])


class NamesOfParts(PlaceValues):
    """The attributes of parts, with the number of the period and the code of the object."""

    def __init__(self, origin: ScopeValues) -> None:
        super().__init__(origin, origin.place)

    def attribute(self, name: str) -> Column | TextColumn:
        """An attribute, which comes first, or what a part is called."""
        if self.attribute_kind(name) is None and name == "period":
            return Column.of([period.part for period in self.place.periods for _ in range(self.entries)])
        if self.attribute_kind(name) is None and name == "object":
            return TextColumn.of(part.object for part in self.part_names)
        return super().attribute(name)


class UnitParts:
    """The parts that a place falls into along an axis, as columns of the place."""

    def __init__(self, whole: ScopeValues, axis: str) -> None:
        inputs, self.whole = whole.inputs, whole
        if axis in PERIOD_AXES:
            through = inputs.through if whole.is_this_year else None
            periods = periods_that_count(axis, inputs.sheet.year, through)
            steps = [nth * whole.entries for nth in range(len(periods))]
            self.rows = [np.arange(whole.entries) + step for step in steps]
            self.names = whole.moved(whole.place.along(axis, periods))
        else:
            self.names = whole.moved(whole.place.along(axis, ()))
            self.rows = [
                rows_at_periods(each, self.names.entries, len(whole.place.periods))
                for each in rows_of_units(axis, len(inputs.units), inputs.known_objects)
            ]

    @cached_property
    def exist(self) -> tuple[Flags, ...]:
        """For the first part of each entry, the second and so on: where there is one."""
        return tuple(rows >= 0 for rows in self.rows)

    def apart(self, column: Column) -> list[Column]:
        """A column of the parts as one column a part; missing where there is no such part."""
        return apart(column, self.rows)


def rows_at_periods(rows: NDArray[np.int64], entries: int, periods: int) -> NDArray[np.int64]:
    """The same rows at each period; -1 stays where there is none."""
    steps = np.arange(periods)[:, None] * entries
    return np.where(rows < 0, -1, rows + steps).ravel()


def in_one(columns: list[Column | TextColumn]) -> Column | TextColumn:
    """Columns one below the other: all numbers, or all texts."""
    if len(columns) == 1:
        return columns[0]
    numbers = [each for each in columns if isinstance(each, Column)]
    if len(numbers) == len(columns):
        return stacked(numbers) if numbers else Column.absent(0)
    texts = [each for each in columns if isinstance(each, TextColumn)]
    return TextColumn(np.concatenate([t.values for t in texts]), np.concatenate([t.missing for t in texts]))


class ShownValues(ScopeValues):
    """The same values as a reader of a sentence sees them."""

    def __init__(self, exact: ScopeValues, shown: TruncatedAmounts) -> None:
        super().__init__(exact.inputs)
        self.exact = exact
        self.shown = shown
        self.place = exact.place

    def value(self, name: str) -> Column | TextColumn:
        """The value of a figure, or an attribute."""
        value = self.exact.value(name)
        return self.shown.number(value) if isinstance(value, Column) else value

    def moved(self, place: Place) -> ScopeValues:
        """The values at another place as a reader sees them."""
        return self if place == self.place else ShownValues(self.exact.moved(place), self.shown)

    def peers(self, is_all: bool) -> NDArray[np.int64]:
        """Who is compared with whom does not depend on what is shown."""
        return self.exact.peers(is_all)


def absent(figure: Figure, size: int) -> Column | TextColumn:
    """A figure of which nothing is known."""
    return TextColumn.absent(size) if figure.kind is FigureKind.CHOICE else Column.absent(size)
