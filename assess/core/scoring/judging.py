"""Judged points that no panel can give: outside 0 to the full mark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from assess.core.exact import Column
from assess.core.flaws import Flaw
from assess.core.numbers import printed
from assess.core.result_units import counted_in
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import all_items, title_of
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.scoring.nodes import Scene
from assess.core.scoring.parts import mark_of_part, of_parts, parts_of
from assess.core.sources import Source
from assess.core.text import Text

OUTSIDE = Text(
    "{unit}的“{title}”为{value}分，应在0到{full}之间。",
    "{unit}: {title} is {value}, but must be from 0 to {full} points.",
)


def judged_flaws(inputs: ScoringInputs) -> list[Flaw]:
    """Every value of a `direct` figure outside 0 to the full mark, at its place."""
    values = ScopeValues(inputs)
    groups = values.groups
    scene = Scene(values, groups, groups >= 0)
    return [flaw for item in all_items(inputs.sheet) for flaw in of_item(item, scene)]


def of_item(item: Item, scene: Scene) -> Iterator[Flaw]:
    """The flaws of one item."""
    name = item.method.judged_figure
    if name is None:
        return
    inputs = scene.values.inputs
    figure = inputs.sheet.figures[name]
    names = scene.values if item.by is None else parts_of(item, scene.values)[0]
    mark = scene.full_mark(item.points) if item.by is None else mark_of_part(item, scene)
    points, full = names.value(name), of_parts(mark, names)
    assert isinstance(points, Column)
    if figure.is_computed or full is None:
        return
    for entry in np.flatnonzero(((points < 0) | (points > full)) & scene.inside[names.units]).tolist():
        value, most = points.fraction(entry), full if isinstance(full, Fraction) else full.fraction(entry)
        assert value is not None
        assert most is not None
        facts = {
            "unit": inputs.units.names[int(names.units[entry])],
            "title": title_of(figure, name),
            "value": printed(value),
            "full": printed(most),
        }
        yield Flaw(source_at(name, entry, names), counted_in(OUTSIDE, inputs.sheet.unit_of_result), facts)


def source_at(figure: str, entry: int, names: ScopeValues) -> Source:
    """Where the value of a figure at a place stands, or the first that it was made of."""
    part, inputs = names.part_names[entry], names.inputs
    owner = part.unit
    if part.object is not None and inputs.figures.is_of_objects(figure):
        assert names.place.kind is not None
        owner = inputs.known_objects.kinds[names.place.kind].codes.index(part.object)
    uses = inputs.figures.uses(figure, owner)
    return next((use.source for use in uses if use.period == part.period), uses[0].source)
