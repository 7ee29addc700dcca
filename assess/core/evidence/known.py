"""What is known already of the figures of a department, as one would type it."""

from __future__ import annotations

import numpy as np

from assess.core.evidence.asked import DepartmentRequest
from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.figures import FigureTable
from assess.core.numbers import reduced
from assess.core.rules.figure import Figure, FigureKind


def known_of(asked: DepartmentRequest, figures: FigureTable) -> dict[tuple[str, str, str], str]:
    """The values of the department's figures, by code of the unit, figure and label of the period."""
    codes = figures.units.codes
    return {
        (codes[place], each.id, str(layer.label)): as_typed(each.stated, layer.values, place)
        for each in asked.figures
        for layer in figures.layers.get(each.id, ())
        for place in np.flatnonzero(~layer.values.missing).tolist()
    }


def as_typed(figure: Figure, values: Column | TextColumn, place: int) -> str:
    """The value of one unit: `yes` or `no`, a plain number, the word of a choice."""
    if isinstance(values, TextColumn):
        return str(values.values[place])
    value = values.fraction(place)
    assert value is not None
    if figure.kind is FigureKind.YES_NO:
        return "yes" if value else "no"
    return reduced(value)
