"""Scores of sections: sums with what is left out scaled up, rates, means and the lowest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, total, where
from assess.core.methods.scored import Amount, Flags
from assess.core.rules.nodes import Combine, Missing, MissingRule, Node, Section
from assess.core.scoring.geometric import geometric_mean
from assess.core.scoring.nodes import (
    BLOCKED,
    MISSING,
    NOT_APPLICABLE,
    OUTSIDE,
    SCORED,
    NodeScore,
    Scene,
    SectionScore,
    corrected,
    score_item,
)
from assess.core.scoring.parts import score_by_parts
from assess.core.scoring.picking import picked_columns


def score_nodes(
    nodes: tuple[Node, ...], inherited: Missing | None, scene: Scene, scores: dict[str, NodeScore]
) -> tuple[NodeScore, ...]:
    """The scores of nodes and of all below them, which are also put into `scores` by id, parents first.

    `inherited` is what a missing figure means unless a node says otherwise.
    """
    found: list[NodeScore] = []
    for node in nodes:
        missing = inherited if node.missing is None else node.missing
        if isinstance(node, Section):
            found.append(score_section(node, missing, scene, scores))
        else:
            assert missing is not None
            if not node.counts and missing is MissingRule.BLOCK:
                missing = MissingRule.EXCLUDE
            scores[node.id] = (score_item if node.by is None else score_by_parts)(node, missing, scene)
            found.append(scores[node.id])
        scene.finished[node.id] = found[-1]
    return tuple(found)


def score_section(
    section: Section, missing: Missing | None, scene: Scene, scores: dict[str, NodeScore]
) -> SectionScore:
    """The score of a section: its children combined, availability, floor and cap, corrections, rounding."""
    below: dict[str, NodeScore] = {}
    children = counting_scores(score_nodes(section.items, missing, scene, below))
    taken_out = sum_taken_out(children)
    full = scene.full_mark(section.points)
    counted = full if full is None or taken_out is None else full - taken_out
    entering = picked_children(section, children)
    combined = COMBINED[section.combine](entering, counted)
    within = within_section(section, combined)
    unavailable = None
    if section.availability is not None:
        unavailable = (share_with_score(children) < section.availability) & scene.inside
        within = within.only(~unavailable)
    blocks = blocked_by(children)
    if blocks is not None:
        within = within.only(~blocks)
    exact, kept = corrected(section.corrections, within, scene, scene.inside)
    points = scene.rounded(exact, scene.sheet.rounding.section)
    score = SectionScore(
        node=section, points=points, full=counted, weight=scene.in_group(section.weight),
        state=state_of(points, children, scene, unavailable),
        taken_out=taken_out, blocks=blocks if section.counts else None, children=children, entering=entering,
        combined=combined, within=within, exact=exact, kept=kept, unavailable=unavailable,
    )  # fmt: skip
    scores[section.id] = score
    scores.update(below)
    return score


def counting_scores(scores: tuple[NodeScore, ...]) -> tuple[NodeScore, ...]:
    """Those that count in what is above."""
    return tuple(score for score in scores if score.node.counts)


def picked_children(section: Section, children: tuple[NodeScore, ...]) -> tuple[NodeScore, ...]:
    """The children as they enter the combination: picked by their scores, of `rate` by their score rates."""
    if section.pick is None:
        return children
    rates = section.combine is Combine.RATE
    compared = [rate_of(child) if rates else child.points for child in children]
    kept = picked_columns(section.pick, compared)
    return tuple(
        replace(child, points=child.points.only(column.present)) for child, column in zip(children, kept, strict=True)
    )


def rate_of(score: NodeScore) -> Column:
    """The score rate of a node that has a full mark."""
    assert score.full is not None
    return score.points / score.full


def within_section(section: Section, points: Column) -> Column:
    """Points within the floor and cap of a section."""
    if section.cap is not None:
        points = points.at_most(section.cap)
    return points if section.floor is None else points.at_least(section.floor)


def state_of(
    points: Column, children: tuple[NodeScore, ...], scene: Scene, unavailable: Flags | None
) -> NDArray[np.int8]:
    """Scored; else blocked where an item below blocks; else missing where too few children have a score; else not
    applicable where no child applies, missing where some do."""
    if not points.any_missing:
        return np.full(len(points), SCORED, dtype=np.int8)
    nowhere = np.logical_and.reduce([child.state == NOT_APPLICABLE for child in children])
    if unavailable is not None:
        nowhere = nowhere & ~unavailable
    state = np.where(points.present, SCORED, np.where(nowhere, NOT_APPLICABLE, MISSING)).astype(np.int8)
    blocks = blocked_by(children)
    if blocks is not None:
        state[blocks] = BLOCKED
    state[~scene.inside] = OUTSIDE
    return state


def blocked_by(children: tuple[NodeScore, ...]) -> Flags | None:
    """Where an item below lacks a figure and blocks the unit; None where none does."""
    blocks = [child.blocks for child in children if child.blocks is not None]
    return np.logical_or.reduce(blocks) if blocks else None


def sum_taken_out(children: tuple[NodeScore, ...]) -> Column | None:
    """The full mark that `rescale-total` takes out of the total, of all children together."""
    parts = [child.taken_out for child in children if child.taken_out is not None]
    return total(parts) if parts else None


def share_with_score(children: tuple[NodeScore, ...]) -> Column:
    """The share of children that have a score, by count."""
    present = np.sum([child.points.present for child in children], axis=0)
    return Column.integers(present.astype(np.int64), len(children))


def any_left_out(children: tuple[NodeScore, ...]) -> bool:
    """Whether any child lacks a score somewhere."""
    return any(child.points.any_missing for child in children)


def points_and_marks(children: tuple[NodeScore, ...]) -> tuple[Column, Column, Flags]:
    """Σ points and Σ full marks of the children that have a score, and where any has."""
    present = [child.points.present for child in children]
    points = total([child.points.filled(0) for child in children])
    size = len(points)
    marks = total([counted_mark(child.full, there, size) for child, there in zip(children, present, strict=True)])
    return points, marks, np.logical_or.reduce(present)


def counted_mark(full: Amount | None, present: Flags, size: int) -> Column:
    """A child's full mark where it has a score, else 0."""
    assert full is not None
    return where(present, as_column(full, size), 0)


def as_column(amount: Amount, size: int) -> Column:
    """An amount for every unit."""
    return amount if isinstance(amount, Column) else Column.constant(amount, size)


def combined_sum(children: tuple[NodeScore, ...], full: Amount | None) -> Column:
    """Σ points; where children are left out, Σ points ÷ Σ full marks of the rest × the section's full mark.

    Without a full mark nothing is scaled up.
    """
    if not any_left_out(children):
        return total([child.points for child in children])
    if full is None:
        present = np.logical_or.reduce([child.points.present for child in children])
        return total([child.points.filled(0) for child in children]).only(present)
    points, marks, anything = points_and_marks(children)
    complete = marks == full
    return where(complete, points, points / marks * full).only(anything)


def combined_rate(children: tuple[NodeScore, ...], full: Amount | None) -> Column:
    """Σ points ÷ Σ full marks × the section's full mark (得分率折算)."""
    assert full is not None
    points, marks, anything = points_and_marks(children)
    return (points / marks * full).only(anything)


def weights_present(children: tuple[NodeScore, ...]) -> list[Column]:
    """Each child's weight where it has a score, else 0."""
    return [where(c.points.present, as_column(c.weight, len(c.points)), 0) for c in children]


def combined_mean(children: tuple[NodeScore, ...], full: Amount | None) -> Column:
    """The weighted mean of the children that have a score; missing where their weights are all 0."""
    weights = weights_present(children)
    weighted = total([weight * child.points.filled(0) for weight, child in zip(weights, children, strict=True)])
    return weighted / total(weights)


def extremes(children: tuple[NodeScore, ...]) -> tuple[Flags, Flags]:
    """Where a child that carries weight is 0, and where one is negative."""
    weights = weights_present(children)
    pairs = list(zip(children, weights, strict=True))
    zero: Flags = np.logical_or.reduce([(child.points == 0) & (weight > 0) for child, weight in pairs])
    negative: Flags = np.logical_or.reduce([(child.points < 0) & (weight > 0) for child, weight in pairs])
    return zero, negative


def combined_harmonic(children: tuple[NodeScore, ...], full: Amount | None) -> Column:
    """Σ weights ÷ Σ (weight ÷ score); 0 where a child is 0, missing where one is negative."""
    zero, negative = extremes(children)
    weights = weights_present(children)
    size = len(zero)
    parts = [
        where(child.points > 0, weight / child.points, Column.constant(0, size))
        for weight, child in zip(weights, children, strict=True)
    ]
    return where(zero, Column.constant(0, size), total(weights) / total(parts)).only(~negative)


def combined_geometric(children: tuple[NodeScore, ...], full: Amount | None) -> Column:
    """The weighted geometric mean at 12 significant digits; 0 and negatives as in the harmonic mean."""
    zero, negative = extremes(children)
    positive = [child.points.only(child.points > 0) for child in children]
    means = geometric_mean(positive, [child.weight for child in children])
    return where(zero, 0, means).only(~negative)


def combined_minimum(children: tuple[NodeScore, ...], full: Amount | None) -> Column:
    """The lowest child that has a score (取较低分)."""
    lowest = children[0].points
    for child in children[1:]:
        lower = child.points < lowest
        lowest = where(lower | lowest.missing, child.points, lowest)
    return lowest


COMBINED = {
    Combine.SUM: combined_sum,
    Combine.RATE: combined_rate,
    Combine.MEAN: combined_mean,
    Combine.GEOMETRIC: combined_geometric,
    Combine.HARMONIC: combined_harmonic,
    Combine.MINIMUM: combined_minimum,
}


def base_total(tops: tuple[NodeScore, ...], full: Amount | None, size: int) -> Column:
    """The base total: a sum over the top nodes; what `rescale-total` took out is scaled up here. None without any.

    Σ points ÷ Σ full marks that count × the sheet's full mark.
    """
    if not tops:
        return Column.absent(size)
    if full is None or sum_taken_out(tops) is None:
        return combined_sum(tops, full)
    return combined_rate(tops, full)
