"""Percentages that were written as fractions of 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np

from assess.core.exact import Column
from assess.core.figures import FigureTable, Layer
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.steps import Bands, bound_of
from assess.core.methods.traits import ScoringMethod
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.text import Text
from assess.core.warnings.coded import CodedWarning

IN_SHEET = Text(
    "“{title}”是百分数，{key}中的数都在0到1之间；90%请写作90，不写0.9。",
    "{title} is a percentage, but all numbers of `{key}` lie in 0 to 1. Write 90 per cent as 90, not as 0.9.",
)
IN_FIGURES = Text(
    "“{title}”是百分数，数据都在0到1之间；93.5%请填93.5，不填0.935。",
    "{title} is a percentage, but all its values lie in 0 to 1. Enter 93.5 per cent as 93.5, not as 0.935.",
)


def fractions_in_sheet(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """Every key that sets nothing but fractions of 1 against a percentage."""
    for item in all_items(sheet):
        key, name, numbers = set_against(item.method)
        if is_percentage(sheet.figures.get(name)) and are_fractions(numbers):
            facts = {"title": title_of(sheet.figures[name], name), "key": key}
            yield CodedWarning("percent-as-fraction", (*item.path, key), IN_SHEET, facts)


def set_against(method: ScoringMethod) -> tuple[str, str, list[Fraction]]:
    """The key of a method that sets plain numbers against its figure, the figure, and the numbers."""
    match method:
        case Bands():
            bounds = (bound_of(band) for band in method.bands)
            return "bands", method.figure, [bound for bound in bounds if bound is not None]
        case Interpolate(points_at=points_at) if points_at is not None:
            return "points_at", method.figure, [point[0] for point in points_at]
        case Interpolate(full_at=Fraction() as full, zero_at=Fraction() as zero):
            return "full_at", method.figure, [full, zero]
    return "", "", []


def is_percentage(figure: Figure | None) -> bool:
    """Whether a figure is a percentage that may be more than 1."""
    return figure is not None and figure.kind is FigureKind.PERCENT and (figure.max is None or figure.max > 1)


def are_fractions(numbers: Iterable[Fraction]) -> bool:
    """Whether all numbers lie in 0 to 1, and one strictly between."""
    known = list(numbers)
    return all(0 <= number <= 1 for number in known) and any(0 < number < 1 for number in known)


def fractions_in_figures(sheet: RuleSheet, figures: FigureTable) -> Iterator[CodedWarning]:
    """Every percentage of which all values are fractions of 1, at the first of them."""
    for name, figure in sheet.figures.items():
        if figure.is_computed or not is_percentage(figure):
            continue
        places = first_fraction(figures.layers.get(name, ()))
        if places is not None:
            facts = {"title": title_of(figure, name)}
            yield CodedWarning("percent-as-fraction", figures.places(*places), IN_FIGURES, facts)


def first_fraction(layers: tuple[Layer, ...]) -> tuple[int, int] | None:
    """Row and column of the first value strictly between 0 and 1, where all values lie in 0 to 1."""
    found: list[tuple[int, int]] = []
    for layer in layers:
        values = layer.values
        assert isinstance(values, Column)
        if ((values < 0) | (values > 1)).any():
            return None
        found += [
            (int(layer.rows[unit]), layer.column) for unit in np.flatnonzero((values > 0) & (values < 1)).tolist()
        ]
    return min(found, default=None)
