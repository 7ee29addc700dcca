"""Methods by a table: bands of a figure, points of a choice (M06, M20 iv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, MapOf, NumberType, RecordOf, ReferenceType
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import (
    Better,
    Explained,
    ExplanationClause,
    Fact,
    Flags,
    MethodInputs,
    MethodResult,
    OutcomeSentence,
    PointsFact,
)
from assess.core.schema import key, path_field
from assess.core.text import Text


class Edge(StrEnum):
    """Whether reaching a band's bound is enough."""

    REACHED = "reached"
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One step: the bound from which (or up to which) its points are given."""

    from_: Fraction | None = key(NumberType(), None, name="from")
    to: Fraction | None = key(NumberType(), None)
    points: Fraction = key(NumberType())
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Points by the first band that the figure reaches."""

    figure: str = key(ReferenceType("figure"))
    bands: tuple[Band, ...] = key(ListOf(RecordOf(Band)))
    better: Better = key(Choice(Better), Better.HIGHER)
    edge: Edge = key(Choice(Edge), Edge.REACHED)
    path: Path = path_field()


FIRST_BAND = {
    (Better.HIGHER, Edge.REACHED): Text("达到{bound}的档次", "from {bound}"),
    (Better.HIGHER, Edge.ABOVE): Text("高于{bound}的档次", "above {bound}"),
    (Better.LOWER, Edge.REACHED): Text("不高于{bound}的档次", "up to {bound}"),
    (Better.LOWER, Edge.ABOVE): Text("低于{bound}的档次", "below {bound}"),
}
MIDDLE_BAND = {
    (Better.HIGHER, Edge.REACHED): Text("达到{bound}、不到{beyond}的档次", "from {bound} to below {beyond}"),
    (Better.HIGHER, Edge.ABOVE): Text("高于{bound}、不高于{beyond}的档次", "above {bound} up to {beyond}"),
    (Better.LOWER, Edge.REACHED): Text("高于{beyond}、不高于{bound}的档次", "above {beyond} up to {bound}"),
    (Better.LOWER, Edge.ABOVE): Text("达到{beyond}、低于{bound}的档次", "from {beyond} to below {bound}"),
}
LAST_BAND = {
    (Better.HIGHER, Edge.REACHED): Text("不到{beyond}的档次", "below {beyond}"),
    (Better.HIGHER, Edge.ABOVE): Text("不高于{beyond}的档次", "up to {beyond}"),
    (Better.LOWER, Edge.REACHED): Text("高于{beyond}的档次", "above {beyond}"),
    (Better.LOWER, Edge.ABOVE): Text("达到{beyond}的档次", "from {beyond}"),
}
"""What is told of a band: `bound` is its own, `beyond` that of the band before."""
IN_BAND = Text("{title} {value}，", "{title}: {value}, in the band ")
ONLY_BAND = Text("{title} {value}，只有一个档次", "{title}: {value}, in the only band")


def bands(method: Bands, inputs: MethodInputs) -> MethodResult:
    """The points of the first band whose bound is reached; bands are half-open (分档计分).

    Source: docs/methods.md M06, M20.
    """
    value = inputs.figure(method.figure)
    step = np.zeros(len(value), dtype=np.int64)
    for band in method.bands[:-1]:
        step += ~in_band(band, value, method)
    last = in_band(method.bands[-1], value, method)
    points = Column.of(band.points for band in method.bands).take(step)
    if value.any_missing or not last.all():
        points = points.only(last)
    return MethodResult(points, partial(bands_explained, method, inputs, value, step))


def bands_explained(method: Bands, inputs: MethodInputs, value: Column, step: NDArray[np.int64]) -> Explained:
    """Which band the value is in: its own bound, and that of the band before."""
    bounds = Column.of([bound_of(band) for band in method.bands])
    last, only = len(method.bands) - 1, len(method.bands) == 1
    facts: dict[str, Fact] = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "bound": inputs.measured(method.figure, bounds.take(step)),
        "beyond": inputs.measured(method.figure, bounds.take(np.maximum(step - 1, 0))),
    }
    open_ended = bound_of(method.bands[last]) is None
    way = method.better, method.edge
    first, middle, rest = (Text.run(IN_BAND, of[way]) for of in (FIRST_BAND, MIDDLE_BAND, LAST_BAND))
    cases = (
        OutcomeSentence((step == last) & open_ended, ONLY_BAND if only else rest),
        OutcomeSentence(step == 0, first),
        OutcomeSentence(None, middle),
    )
    return Explained((ExplanationClause(cases, facts),), ways=(partial(bands_as_shown, method, inputs),))


def bands_as_shown(method: Bands, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by the figure as the sentence shows it."""
    return bands(method, inputs.as_shown(shown)).points


def bound_of(band: Band) -> Fraction | None:
    """The band's one bound, or None of the band that takes the rest."""
    return band.to if band.from_ is None else band.from_


def in_band(band: Band, value: Column, method: Bands) -> Flags:
    """Which units reach the band."""
    bound = bound_of(band)
    if bound is None:
        return value.present
    if method.better is Better.HIGHER:
        return value > bound if method.edge is Edge.ABOVE else value >= bound
    return value < bound if method.edge is Edge.ABOVE else value <= bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Points of the choice."""

    figure: str = key(ReferenceType("figure"))
    table: Mapping[str, Fraction] = key(MapOf(NumberType()))
    path: Path = path_field()


LOOKED_UP = Text("{title} {value}，对应{points}", "{title}: {value}, which earns {points}")


def lookup(method: Lookup, inputs: MethodInputs) -> MethodResult:
    """The points that the table gives to the choice.

    Source: docs/methods.md M20 (ii), (iv).
    """
    chosen = inputs.words(method.figure)
    places = {choice: place for place, choice in enumerate(method.table)}
    index = np.array([places.get(word, 0) for word in chosen.values.tolist()], dtype=np.int64)
    points = Column.of(method.table.values()).take(index).only(~chosen.missing)
    return MethodResult(points, partial(lookup_explained, method, inputs, chosen, points))


def lookup_explained(method: Lookup, inputs: MethodInputs, chosen: TextColumn, points: Column) -> Explained:
    """What the choice stands for."""
    facts: dict[str, Fact] = {"title": inputs.title(method.figure), "value": chosen, "points": PointsFact(points)}
    return Explained((ExplanationClause((OutcomeSentence(None, LOOKED_UP),), facts),))
