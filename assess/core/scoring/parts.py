"""Items that are scored by periods or objects: each part scored, then combined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, across, total, where
from assess.core.expressions import holds
from assess.core.kinds import EXACT
from assess.core.methods.scored import Amount, Flags
from assess.core.rules.figure import PERIOD_AXES
from assess.core.rules.nodes import Item, Missing, MissingRule, Over, PartTerms
from assess.core.scoring.inputs import ScopeValues
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.scoring.multiplying import scored_by_method
from assess.core.scoring.nodes import (
    ItemScore,
    PartScores,
    Scene,
    applicability,
    corrected,
    digits_of_item,
    where_it_applies,
    within_bounds,
    without_value,
)
from assess.core.scoring.picking import picked_columns
from assess.core.scoring.places import apart

Rows = tuple[NDArray[np.int64], ...]


def score_by_parts(item: Item, missing: Missing, scene: Scene) -> ItemScore:
    """Points of an item with `by`: each part scored, the parts combined and scaled, then as any other item.

    Args:
        item: the item.
        missing: what too few parts with a score mean, from the item, a section above or the sheet.
        scene: the values and groups of the scoring.
    """
    full = scene.full_mark(item.points)
    applicable, exempt, unknown = applicability(item, scene)
    parts = score_parts(item, scene, applicable)
    has_part = np.zeros(len(applicable), dtype=np.bool_)
    has_part[parts.names.units[parts.taking_part]] = True
    applicable = applicable & has_part
    exact = scaled(item, parts, scene)
    bounded, kept = corrected(item.corrections, within_bounds(item, exact, full), scene, applicable)
    points, state = where_it_applies(scene.rounded(bounded, digits_of_item(item, scene)), applicable, scene)
    points, blocks, taken_out = without_value(item, missing, points, state, full)
    if parts.blocking.any():
        points = points.only(~parts.blocking)
        blocks = parts.blocking if blocks is None else blocks | parts.blocking
    return ItemScore(
        node=item, points=points, full=full, state=state, weight=scene.in_group(item.weight),
        taken_out=taken_out, missing=missing, scored=parts.scored,
        exact=exact, bounded=bounded, kept=kept, exempt=exempt, unknown_applies=unknown,
        blocks=blocks, parts=parts,
    )  # fmt: skip


def score_parts(item: Item, scene: Scene, applicable: Flags) -> PartScores:
    """The score of every part, which of them counted, and what they came to."""
    terms = item.each
    assert terms is not None
    names, rows = parts_of(item, scene.values)
    taking_part, unknown_where = parts_taken(item, scene, names, applicable)
    full = of_parts(mark_of_part(item, scene), names)
    inputs = ItemInputs(names, item=item.id, full_mark=full, taking_part=taking_part)
    scored = scored_by_method(item, inputs)
    exact = within_part_bounds(item, terms, scored.points, full)
    points = scene.rounded(exact, EXACT if terms.round is None else terms.round).only(taking_part)
    weights = None
    if item.part_weight is not None:
        weights = weights_of(item, inputs)
        points = points.only(weights.present)
    missing = taking_part & points.missing
    points = with_missing(points, missing, terms.missing)
    blocking = np.zeros(len(applicable), dtype=np.bool_)
    if terms.missing is MissingRule.BLOCK:
        blocking[names.units[missing]] = True
    combination = Combination.of(
        item, points, rows, size=len(applicable), weights=None if weights is None else weights.filled(1)
    )
    combined = combination.points().only(~blocking)
    counted = np.zeros(names.size, dtype=np.bool_)
    for unit_rows, flags in zip(rows, combination.counted(), strict=True):
        counts = flags & combined.present
        counted[unit_rows[counts]] = True
    digits = EXACT if item.over_round is None else item.over_round
    return PartScores(
        names=names, rows=rows, taking_part=taking_part, points=points, full=full, missing=missing, counted=counted,
        scored=scored, exact=exact, reasons=inputs.reasons, unknown_where=unknown_where,
        combined=scene.rounded(combined, digits), blocking=blocking,
        of_applicable=applicable,
    )  # fmt: skip


def parts_of(item: Item, values: ScopeValues) -> tuple[ScopeValues, Rows]:
    """The values at the parts, and for each unit's first part, second and so on the entry of it: objects first."""
    names: ScopeValues = values
    rows: Rows = (np.arange(values.size),)
    for axis in sorted(item.by or (), key=PERIOD_AXES.__contains__):
        finer = names.along(axis)
        rows = tuple(chained(outer, inner) for outer in rows for inner in finer.rows)
        names = finer.names
    return names, rows


def chained(outer: NDArray[np.int64], inner: NDArray[np.int64]) -> NDArray[np.int64]:
    """The entries that lead through two axes; -1 where either has none."""
    return np.where(outer < 0, -1, inner[np.maximum(outer, 0)]) if len(inner) else np.full(len(outer), -1)


def mark_of_part(item: Item, scene: Scene) -> Amount | None:
    """The full mark of a part in the group of each unit: the item's unless stated; None where there is none."""
    assert item.each is not None
    return scene.full_mark(item.points if item.each.points is None else item.each.points)


def of_parts(amount: Amount | None, names: ScopeValues) -> Amount | None:
    """An amount of each unit for each of its parts."""
    return amount.take(names.units) if isinstance(amount, Column) else amount


def parts_taken(item: Item, scene: Scene, names: ScopeValues, applicable: Flags) -> tuple[Flags, Flags]:
    """The parts that are not taken out, and those of which `where` cannot tell."""
    taking = applicable[names.units]
    exemptions = scene.values.inputs.exemptions
    if exemptions is not None:
        taking = taking & ~exemptions.of_parts(item.id, names.part_names)
    if item.where is None:
        return taking, np.zeros(names.size, dtype=np.bool_)
    true, unknown = holds(names.with_part_names().evaluate(item.where))
    return taking & (true | unknown), taking & unknown


def within_part_bounds(item: Item, terms: PartTerms, points: Column, full: Amount | None) -> Column:
    """Points of parts within floor and cap: 0 and the part's full mark unless given, none where there is no mark."""
    floor, cap = terms.floor, terms.cap
    if full is not None and not item.method.may_exceed_mark:
        points = points.at_most(full if cap is None else cap)
        return points.at_least(Fraction(0) if floor is None else floor)
    points = points if cap is None else points.at_most(cap)
    return points if floor is None else points.at_least(floor)


def weights_of(item: Item, inputs: ItemInputs) -> Column:
    """The weight of each part; missing where it is missing or negative."""
    assert item.part_weight is not None
    weights = inputs.value_of(item.part_weight)
    column = Column.constant(weights, inputs.values.size) if isinstance(weights, Fraction) else weights
    return column.only(column >= 0)


def with_missing(points: Column, missing: Flags, rule: Missing) -> Column:
    """The points of parts, those that lack a figure as the rule says."""
    if rule in (MissingRule.EXCLUDE, MissingRule.BLOCK):
        return points
    return where(missing, 0 if isinstance(rule, MissingRule) else rule, points)


@dataclass(frozen=True, slots=True)
class Combination:
    """The scores of the parts of each unit, one column a part, and how they are combined."""

    item: Item
    columns: Sequence[Column]
    weights: Sequence[Column] | None
    enough: Flags

    @classmethod
    def of(cls, item: Item, points: Column, rows: Rows, *, size: int, weights: Column | None) -> Combination:
        """The parts of each of so many units that have a score."""
        columns = apart(points, rows)
        scored = across.present(columns) if columns else np.zeros(size, dtype=np.int64)
        enough = scored >= (1 if item.at_least is None else item.at_least)
        if item.pick is not None and columns:
            columns = picked_columns(item.pick, columns)
        return cls(item, columns, None if weights is None else apart(weights, rows), enough)

    def points(self) -> Column:
        """What the parts come to; missing where too few have a score, or where all weights are 0."""
        if not self.columns:
            return Column.absent(len(self.enough))
        assert self.item.over is not None
        return WAYS[self.item.over](self).only(self.enough)

    def mean(self) -> Column:
        """The mean, weighted where parts have a weight."""
        if self.weights is None:
            return across.mean_of(self.columns)
        weights = [weight.only(column.present).filled(0) for weight, column in self.weighted]
        points = [weight * column.filled(0) for weight, (_, column) in zip(weights, self.weighted, strict=True)]
        return total(points) / total(weights)

    @property
    def weighted(self) -> list[tuple[Column, Column]]:
        """Weight and points of each part."""
        assert self.weights is not None
        return list(zip(self.weights, self.columns, strict=True))

    def share(self) -> Column:
        """The share of the parts with a score whose points reach the bar."""
        assert self.item.bar is not None
        bar = self.item.bar
        return across.mean_of([Column.truths(each >= bar, each.missing) for each in self.columns])

    def counted(self) -> list[Flags]:
        """For each part where it entered the combination."""
        if not self.columns:
            return []
        present = [column.present for column in self.columns]
        if self.item.over is Over.LAST:
            return last_of(present)
        if self.item.over not in (Over.WORST, Over.BEST):
            return present
        return across.first_equal(self.columns, self.points())


WAYS: Final[dict[Over, Callable[[Combination], Column]]] = {
    Over.MEAN: Combination.mean,
    Over.SUM: lambda parts: across.sum_of(parts.columns),
    Over.WORST: lambda parts: across.lowest_of(parts.columns),
    Over.BEST: lambda parts: across.highest_of(parts.columns),
    Over.MEDIAN: lambda parts: across.median_of(parts.columns),
    Over.LAST: lambda parts: across.latest_of(parts.columns),
    Over.SHARE: Combination.share,
}


def last_of(present: Sequence[Flags]) -> list[Flags]:
    """For each part where it is the last that is there."""
    found: list[Flags] = []
    later = np.zeros(len(present[0]), dtype=np.bool_)
    for flags in reversed(present):
        found.append(flags & ~later)
        later = later | flags
    return found[::-1]


def scaled(item: Item, parts: PartScores, scene: Scene) -> Column:
    """The combination in the full mark of the item: of `share` that part of it, of a sum as it is."""
    full, part = scene.full_mark(item.points), mark_of_part(item, scene)
    assert item.each is not None
    if full is None or part is None:
        return parts.combined
    if item.over is Over.SHARE:
        return parts.combined * full
    if item.over is Over.SUM or item.each.points is None:
        return parts.combined
    return parts.combined * full / part
