"""Scores of items and sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, where
from assess.core.expressions import holds
from assess.core.kinds import EXACT, Digits, Marks, NodeMarks
from assess.core.methods.scored import Amount, Flags, MethodResult, OutcomeSentence
from assess.core.rules.nodes import Item, Missing, MissingRule, Node, NotApplicable, PointsCorrection, is_bounded
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.inputs import ScopeValues
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.scoring.multiplying import scored_by_method
from assess.core.scoring.scores_so_far import ScoresSoFar

SCORED, MISSING, NOT_APPLICABLE, OUTSIDE, BLOCKED = 0, 1, 2, 3, 4
"""States of a node; a mask of missing points is already the state of each. Only sections are blocked."""


@dataclass(frozen=True, slots=True)
class AppliedCorrection:
    """A correction that was looked at: where it holds, and where it could not be told."""

    holds: Flags
    unknown: Flags


@dataclass(frozen=True, slots=True, eq=False)
class PartScores:
    """The scores of the parts of an item, for every unit's periods and objects.

    Attributes:
        names: the values at the parts; the columns below have its entries.
        rows: for each unit's first part, second and so on, the entry of it; -1 where there is none.
        taking_part: the entries that are parts, and were not taken out by `where` or an exemption.
        points: as rounded and stated; missing where a part has no score.
        full: the full mark of a part; None where it has none.
        missing: the parts of which a figure is missing.
        counted: the parts that entered the combination.
        scored: what the method gave.
        exact: the points before the rounding of a part.
        reasons: why figures are missing.
        unknown_where: the parts of which `where` could not tell whether they count.
        combined: the combination before it is scaled to the item's full mark, by unit.
        blocking: the units of which a part lacks a figure that blocks.
        of_applicable: the units that the item applies to, whether or not they have a part.
    """

    names: ScopeValues
    rows: tuple[NDArray[np.int64], ...]
    taking_part: Flags
    points: Column
    full: Amount | None
    missing: Flags
    counted: Flags
    scored: MethodResult
    exact: Column
    reasons: list[OutcomeSentence]
    unknown_where: Flags
    combined: Column
    blocking: Flags
    of_applicable: Flags

    def of_unit(self, unit: int) -> list[int]:
        """The entries of one unit's parts, in their order."""
        found = [int(rows[unit]) for rows in self.rows]
        return [row for row in found if row >= 0 and self.taking_part[row]]


@dataclass(frozen=True, slots=True)
class NodeScore:
    """The score of one node for every unit.

    `points` are as the sheet rounds them and missing where there is no score; `full` is an item's full mark, and
    of a section what counts of it: less `taken_out`, what `rescale-total` takes out of the sheet (None for nothing).
    It is None where the node has no full mark.
    `weight` is what it counts for in a mean.
    `blocks` is where an item lacks a figure and blocks the unit: the item itself, or one below the section.
    """

    node: Node
    points: Column
    full: Amount | None
    state: NDArray[np.int8]
    weight: Amount = Fraction(1)
    taken_out: Column | None = None
    blocks: Flags | None = None


@dataclass(frozen=True, slots=True)
class ItemScore(NodeScore):
    """The score of one item, with what its explanation needs.

    `exact` are the points before floor, cap, corrections and rounding, `bounded` before rounding; `taken_off` where the
    points are those of a deduction.
    """

    missing: Missing = MissingRule.ZERO
    scored: MethodResult | None = None
    exact: Column | None = None
    bounded: Column | None = None
    reasons: list[OutcomeSentence] = field(default_factory=list)
    kept: tuple[AppliedCorrection, ...] = ()
    exempt: Flags | None = None
    unknown_applies: Flags | None = None
    taken_off: bool = False
    parts: PartScores | None = None


@dataclass(frozen=True, slots=True)
class SectionScore(NodeScore):
    """The score of one section: its children, their points combined, `within` floor and cap, and `exact` after the
    corrections, before rounding.

    `entering` are the children as they enter the combination: without points where others were picked.
    """

    children: tuple[NodeScore, ...] = ()
    entering: tuple[NodeScore, ...] = ()
    combined: Column | None = None
    within: Column | None = None
    exact: Column | None = None
    kept: tuple[AppliedCorrection, ...] = ()
    unavailable: Flags | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What all items share: the values, the group of each unit (negative: none), and the scores that are finished."""

    values: ScopeValues
    groups: NDArray[np.int64]
    inside: Flags
    finished: dict[str, NodeScore] = field(default_factory=dict)

    @property
    def sheet(self) -> RuleSheet:
        """The rule sheet."""
        return self.values.inputs.sheet

    def full_mark(self, points: NodeMarks) -> Amount | None:
        """The full mark of each unit; None where the node has none."""
        return None if isinstance(points, str) else self.in_group(points)

    def in_group(self, numbers: Marks) -> Amount:
        """What holds in the group of each unit: one number, or a column where groups differ."""
        return numbers if isinstance(numbers, Fraction) else numbers_by_group(numbers, self)

    def rounded(self, points: Column, digits: Digits) -> Column:
        """Rounded as the sheet says."""
        return points if digits == EXACT else points.round(digits, self.sheet.rounding.mode)


def numbers_by_group(numbers: Mapping[str, Fraction], scene: Scene) -> Column:
    """The number that holds in each unit's group."""
    ids = [group.id for group in scene.sheet.groups or ()]
    return Column.of([numbers[group] for group in ids]).take(np.maximum(scene.groups, 0)).only(scene.inside)


def score_item(item: Item, missing: Missing, scene: Scene) -> ItemScore:
    """Points of one item: method, floor and cap, corrections, rounding; then what missing and not applicable mean.

    Args:
        item: the item.
        missing: what a missing figure means here, from the item, a section above or the sheet.
        scene: the values and groups of the scoring.
    """
    full = scene.full_mark(item.points)
    applicable, exempt, unknown = applicability(item, scene)
    inputs = ItemInputs(scene.values, item=item.id, full_mark=full, taking_part=applicable)
    scored = scored_by_method(item, inputs)
    bounded, kept = corrected(item.corrections, within_bounds(item, scored.points, full), scene, applicable)
    points, state = where_it_applies(scene.rounded(bounded, digits_of_item(item, scene)), applicable, scene)
    points, blocks, taken_out = without_value(item, missing, points, state, full)
    return ItemScore(
        node=item, points=points, full=full, state=state, weight=scene.in_group(item.weight),
        taken_out=taken_out, missing=missing, scored=scored, exact=scored.points, bounded=bounded,
        reasons=inputs.reasons, kept=kept, exempt=exempt, unknown_applies=unknown, blocks=blocks,
    )  # fmt: skip


def digits_of_item(item: Item, scene: Scene) -> Digits:
    """The digits that the points of an item are rounded to."""
    return scene.sheet.rounding.item if item.round is None else item.round


def where_it_applies(points: Column, applicable: Flags, scene: Scene) -> tuple[Column, NDArray[np.int8]]:
    """Points where the item applies; scored, missing or not applicable, before these mean anything."""
    state = points.missing.astype(np.int8)
    if applicable.all():
        return points, state
    state[~applicable] = NOT_APPLICABLE
    state[~scene.inside] = OUTSIDE
    return points.only(applicable), state


def applicability(item: Item, scene: Scene) -> tuple[Flags, Flags | None, Flags | None]:
    """Where the item applies; where it is exempt; where it cannot be told whether it applies (then it does)."""
    applicable, exempt, unknown = scene.inside, None, None
    if item.applies is not None:
        true, unknown = holds(scene.values.evaluate(item.applies))
        applicable = applicable & (true | unknown)
    exemptions = scene.values.inputs.exemptions
    if exemptions is not None and (exempt := exemptions.of(item.id)) is not None:
        applicable = applicable & ~exempt
        unknown = None if unknown is None else unknown & ~exempt
    return applicable, exempt, unknown


def bounds_of(item: Item, full: Amount | None) -> tuple[Fraction | None, Amount | None]:
    """Floor and cap of an item: 0 and the full mark unless given; none where points may exceed the mark."""
    if full is None or not is_bounded(item):
        return item.floor, item.cap
    return Fraction(0) if item.floor is None else item.floor, full if item.cap is None else item.cap


def within_bounds(item: Item, points: Column, full: Amount | None) -> Column:
    """Points within floor and cap."""
    floor, cap = bounds_of(item, full)
    if cap is not None:
        points = points.at_most(cap)
    return points if floor is None else points.at_least(floor)


def corrected(
    corrections: tuple[PointsCorrection, ...] | None, points: Column, scene: Scene, among: Flags
) -> tuple[Column, tuple[AppliedCorrection, ...]]:
    """Points after the corrections, in turn; one that cannot be told has no effect."""
    kept = []
    for correction in corrections or ():
        true, unknown = holds(ScoresSoFar(scene.values, scene.finished).evaluate(correction.when))
        points = where(true, points * correction.keep, points)
        kept.append(AppliedCorrection(true, unknown & points.present & among))
    return points, tuple(kept)


def without_value(
    item: Item, rule: Missing, points: Column, state: NDArray[np.int8], full: Amount | None
) -> tuple[Column, Flags | None, Column | None]:
    """Points where a figure is missing or the item does not apply; where it blocks; what leaves the full mark."""
    blocks: Flags | None = None
    taken_out: Column | None = None
    if not points.any_missing:
        return points, blocks, taken_out
    missing, absent = state == MISSING, state == NOT_APPLICABLE
    if missing.any():
        if rule is MissingRule.BLOCK:
            blocks = missing
        elif rule is not MissingRule.EXCLUDE:
            points = where(missing, Fraction(0) if rule is MissingRule.ZERO else rule, points)
    if absent.any():
        if item.not_applicable is NotApplicable.FULL and full is not None:
            points = where(absent, full, points)
        elif item.not_applicable is NotApplicable.ZERO:
            points = where(absent, 0, points)
        elif item.not_applicable is NotApplicable.RESCALE_TOTAL and full is not None:
            taken_out = where(absent, full, 0)
    return points, blocks, taken_out
