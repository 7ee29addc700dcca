"""The values that a scoring stands on: figures, formulas, last year's figures and unit attributes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, Rounding
from assess.core.exemptions import Exemptions
from assess.core.expressions import EvaluatedColumn, Expression, TextColumn, evaluate, readable
from assess.core.figures import FigureTable
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.previous import PreviousResults
from assess.core.rules.figure import BY_FORMULA, Figure, FigureKind
from assess.core.rules.nodes import Node
from assess.core.rules.sheet import RuleSheet, all_nodes, title_of
from assess.core.text import Text
from assess.core.units.unit_list import Units

Flags = NDArray[np.bool_]
TOO_FEW_PERIODS = Text("“{title}”只有{n}期数据，少于规定的{least}期", "{title} has {n} of the {least} periods needed")


@dataclass(frozen=True)
class ScoringInputs:
    """Everything one scoring stands on; `figures` and `last_year` are the tables of two years of the same units."""

    sheet: RuleSheet
    units: Units
    figures: FigureTable
    last_year: FigureTable | None = None
    last_results: PreviousResults | None = None
    exemptions: Exemptions | None = None

    @cached_property
    def digest(self) -> str:
        """`sha256:…` of everything that was read beside the rule sheet, whatever files and orders it stood in."""
        others = (self.units, self.figures, self.last_year, self.last_results, self.exemptions)
        read = [None if each is None else each.canonical() for each in others]
        canonical = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


class ScopeValues:
    """Figures and attributes by name, formulas computed once (the names that expressions see)."""

    def __init__(self, inputs: ScoringInputs) -> None:
        self.inputs = inputs
        self.size = len(inputs.units)
        self.rounding: Rounding = inputs.sheet.rounding.mode
        self.made: dict[str, EvaluatedColumn] = {}
        self.made_last_year: dict[str, EvaluatedColumn] = {}

    def value(self, name: str) -> Column | TextColumn:
        """This year's value of a figure, or a unit attribute."""
        figure = self.inputs.sheet.figures.get(name)
        if figure is None:
            return self.attribute(name)
        if figure.from_ == BY_FORMULA:
            return self.computed(name, figure).value
        return self.inputs.figures.value(name)

    def attribute(self, name: str) -> Column | TextColumn:
        """A unit attribute; one that a worked example leaves out is missing."""
        units = self.inputs.units
        return units.attribute(name) if name in units.attributes else Column.absent(self.size)

    def computed(self, name: str, figure: Figure) -> EvaluatedColumn:
        """A formula figure, with the reasons where it is missing."""
        if name not in self.made:
            assert figure.formula is not None
            self.made[name] = evaluate(figure.formula, self, self.rounding)
        return self.made[name]

    def previous(self, name: str) -> Column | TextColumn:
        """Last year's value of a figure; a formula is computed from last year's figures unless they hold it."""
        table, figure = self.inputs.last_year, self.inputs.sheet.figures[name]
        if table is None:
            return absent(figure, self.size)
        if figure.from_ != BY_FORMULA or name in table.given:
            return table.value(name)
        if name not in self.made_last_year:
            assert figure.formula is not None
            self.made_last_year[name] = evaluate(figure.formula, LastYear(self), self.rounding)
        return self.made_last_year[name].value

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
        """Why a figure is missing, where more can be said than that: a formula's own reasons, or too few periods."""
        figure = self.inputs.sheet.figures.get(name)
        if figure is None:
            return ()
        if figure.from_ == BY_FORMULA:
            return self.computed(name, figure).reasons
        return () if figure.min_periods is None else self.too_few_periods(name, figure.min_periods)

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


class LastYear(ScopeValues):
    """The same names a year earlier; of the year before that nothing is known."""

    def __init__(self, now: ScopeValues) -> None:
        super().__init__(now.inputs)
        self.now = now

    def value(self, name: str) -> Column | TextColumn:
        """Last year's value of a figure, or a unit attribute."""
        return self.now.previous(name) if name in self.inputs.sheet.figures else self.attribute(name)

    def reasons(self, name: str) -> tuple[tuple[Flags, Text], ...]:
        """Nothing more is told of last year's figures."""
        return ()

    def previous(self, name: str) -> Column | TextColumn:
        """Nothing is known."""
        return absent(self.inputs.sheet.figures[name], self.size)


class ShownValues(ScopeValues):
    """The same values as a reader of a sentence sees them."""

    def __init__(self, exact: ScopeValues, shown: TruncatedAmounts) -> None:
        super().__init__(exact.inputs)
        self.exact = exact
        self.shown = shown

    def value(self, name: str) -> Column | TextColumn:
        """This year's value of a figure, or a unit attribute."""
        value = self.exact.value(name)
        return self.shown.number(value) if isinstance(value, Column) else value

    def previous(self, name: str) -> Column | TextColumn:
        """Last year's value of a figure."""
        value = self.exact.previous(name)
        return self.shown.number(value) if isinstance(value, Column) else value


def absent(figure: Figure, size: int) -> Column | TextColumn:
    """A figure of which nothing is known."""
    return TextColumn.absent(size) if figure.kind is FigureKind.CHOICE else Column.absent(size)
