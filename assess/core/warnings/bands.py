"""Bands that no value reaches."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assess.core.methods.scored import Better
from assess.core.methods.steps import Bands, Edge, bound_of
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.text import EMPTY_TEXT, Text
from assess.core.warnings.bounds import ValueBounds, bounds_for
from assess.core.warnings.coded import CodedWarning

DEAD_BAND = Text(
    "“{title}”的取值范围是{bounds}，没有数值落在“{band}”这一档，请改界限或删去这一档。",
    "{title} is {bounds}, so no value is in the band “{band}”. Change its bound or delete it.",
)


def dead_bands(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """Every band that no value within the bounds of its figure reaches."""
    for item in all_items(sheet):
        if not isinstance(item.method, Bands):
            continue
        figure = sheet.figures[item.method.figure]
        bounds = bounds_for(item, item.method.figure, sheet)
        facts = {"title": title_of(figure, item.method.figure), "bounds": bounds.in_words()}
        for place, (band, reached) in enumerate(zip(item.method.bands, reachable(item.method, bounds), strict=True)):
            if not reached:
                path = (*item.path, "bands", place)
                yield CodedWarning("dead-band", path, DEAD_BAND, {**facts, "band": band.in_words() or EMPTY_TEXT})


def reachable(method: Bands, bounds: ValueBounds) -> list[bool]:
    """For each band whether some value within the bounds is in it: values below all bands above, from its own bound."""
    edges = [bound_of(band) for band in method.bands]
    if method.better is Better.LOWER:
        bounds, edges = bounds.negated(), [None if edge is None else -edge for edge in edges]
    beyond = [None, *edges[:-1]]
    return [
        holds_value(edge, above, bounds, method.edge is Edge.ABOVE) for edge, above in zip(edges, beyond, strict=True)
    ]


def holds_value(edge: Fraction | None, above: Fraction | None, bounds: ValueBounds, open_below: bool) -> bool:
    """Whether a value within the bounds lies from one edge to another, of which one end is open, None being endless."""
    least, most = bounds
    if open_below:
        top = min((end for end in (above, most) if end is not None), default=None)
        return top is None or ((edge is None or top > edge) and (least is None or top >= least))
    bottom = max((end for end in (edge, least) if end is not None), default=None)
    return bottom is None or ((above is None or bottom < above) and (most is None or bottom <= most))
