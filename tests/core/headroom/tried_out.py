"""Headroom by trying every value that a figure may take, each in a whole scoring of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from assess.core.exact import Column, where
from assess.core.rules.figure import FigureKind
from assess.core.scoring.nodes import SCORED
from assess.core.scoring.results import Results
from assess.core.scoring.run import score


class TriedOut(NamedTuple):
    """The value nearest that has a higher score, and the one nearest that has the highest, each with its score."""

    next: tuple[Fraction, Fraction] | None
    full: tuple[Fraction, Fraction] | None


def tried_out(results: Results, unit: int, figure: str, highest: Fraction) -> TriedOut | None:
    """What every value of the figure would score the item `item`; None where the unit has no score."""
    item, inputs = results.scores["item"], results.inputs
    if item.state[unit] != SCORED:
        return None
    now, value = item.points.fraction(unit), inputs.figures.value(figure).fraction(unit)
    assert now is not None
    assert value is not None
    tried = {each: scored_with(results, unit, figure, each) for each in values_of(results, figure)}
    scored = {each: points for each, points in tried.items() if points is not None and now < highest}

    def nearest(least: Fraction, above: bool) -> tuple[Fraction, Fraction] | None:
        found = [each for each, points in scored.items() if points > least or (points == least and not above)]
        best = min(found, key=lambda each: (abs(each - value), -each), default=None)
        return None if best is None else (best, scored[best])

    return TriedOut(nearest(now, True), nearest(highest, False))


def values_of(results: Results, name: str) -> Iterator[Fraction]:
    """Every value that may be entered."""
    figure = results.inputs.sheet.figures[name]
    digits = 0 if figure.kind is FigureKind.COUNT else 2 if figure.decimals is None else figure.decimals
    step = Fraction(1, 10**digits)
    assert figure.min is not None
    assert figure.max is not None
    value = -(-figure.min // step) * step
    while value <= figure.max:
        yield value
        value += step


def scored_with(results: Results, unit: int, name: str, value: Fraction) -> Fraction | None:
    """The score of the item where the unit's value of the year is this one."""
    inputs = results.inputs
    known = inputs.figures.value(name)
    assert isinstance(known, Column)
    here = np.arange(len(known)) == unit
    changed = inputs.figures.with_year_values(name, where(here, value, known))
    item = score(replace(inputs, figures=changed)).scores["item"]
    return item.points.fraction(unit) if item.state[unit] == SCORED else None
