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
from assess.core.expressions import Words
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, MapOf, Number, RecordOf, Reference
from assess.core.methods.scored import Better, Case, Explained, Fact, Flags, Inputs, Points, Scored, Told
from assess.core.schema import key, path_field
from assess.core.text import Text


class Edge(StrEnum):
    """Whether reaching a band's bound is enough."""

    REACHED = "reached"
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One step: the bound from which (or up to which) its points are given."""

    from_: Fraction | None = key(Number(), None, name="from")
    to: Fraction | None = key(Number(), None)
    points: Fraction = key(Number())
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Points by the first band that the figure reaches."""

    figure: str = key(Reference("figure"))
    bands: tuple[Band, ...] = key(ListOf(RecordOf(Band)))
    better: Better = key(Choice(Better), Better.HIGHER)
    edge: Edge = key(Choice(Edge), Edge.REACHED)
    path: Path = path_field()


BAND = {
    (Better.HIGHER, Edge.REACHED): Text(
        "{title} {value}，达到 {bound} 的档次",
        "{title}: {value}, in the band from {bound}",
    ),
    (Better.HIGHER, Edge.ABOVE): Text(
        "{title} {value}，高于 {bound} 的档次",
        "{title}: {value}, in the band above {bound}",
    ),
    (Better.LOWER, Edge.REACHED): Text(
        "{title} {value}，不高于 {bound} 的档次",
        "{title}: {value}, in the band up to {bound}",
    ),
    (Better.LOWER, Edge.ABOVE): Text(
        "{title} {value}，低于 {bound} 的档次",
        "{title}: {value}, in the band below {bound}",
    ),
}
LAST_BAND = Text("{title} {value}，属最后一档", "{title}: {value}, in the last band")


def bands(method: Bands, inputs: Inputs) -> Scored:
    """The points of the first band whose bound is reached; bands are half-open (分档计分).

    Source: domain.md M06, M34.
    """
    value = inputs.figure(method.figure)
    step = np.zeros(len(value), dtype=np.int64)
    for band in method.bands[:-1]:
        step += ~in_band(band, value, method)
    last = in_band(method.bands[-1], value, method)
    points = Column.of(band.points for band in method.bands).take(step)
    if value.any_missing or not last.all():
        points = points.only(last)
    return Scored(points, partial(bands_explained, method, inputs, value, step))


def bands_explained(method: Bands, inputs: Inputs, value: Column, step: NDArray[np.int64]) -> Explained:
    """Which band the value is in."""
    facts: dict[str, Fact] = {"title": inputs.title(method.figure), "value": inputs.measured(method.figure, value)}
    cases = tuple(band_case(band, step == place, method, inputs) for place, band in enumerate(method.bands))
    return Explained((Told(cases, facts),))


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


def band_case(band: Band, reached: Flags, method: Bands, inputs: Inputs) -> Case:
    """What is told of a unit in the band."""
    bound = bound_of(band)
    if bound is None:
        return Case(reached, LAST_BAND)
    spelled = inputs.spelled(method.figure, bound)
    return Case(
        reached, BAND[method.better, method.edge].filled(title="{title}", value="{value}", bound=spelled.literal())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Points of the choice."""

    figure: str = key(Reference("figure"))
    table: Mapping[str, Fraction] = key(MapOf(Number()))
    path: Path = path_field()


LOOKED_UP = Text("{title} {value}，对应 {points}", "{title}: {value}, which stands for {points}")


def lookup(method: Lookup, inputs: Inputs) -> Scored:
    """The points that the table gives to the choice.

    Source: domain.md M20 (ii), (iv).
    """
    chosen = inputs.words(method.figure)
    places = {choice: place for place, choice in enumerate(method.table)}
    index = np.array([places.get(word, 0) for word in chosen.values.tolist()], dtype=np.int64)
    points = Column.of(method.table.values()).take(index).only(~chosen.missing)
    return Scored(points, partial(lookup_explained, method, inputs, chosen, points))


def lookup_explained(method: Lookup, inputs: Inputs, chosen: Words, points: Column) -> Explained:
    """What the choice stands for."""
    facts: dict[str, Fact] = {"title": inputs.title(method.figure), "value": chosen, "points": Points(points)}
    return Explained((Told((Case(None, LOOKED_UP),), facts),))
