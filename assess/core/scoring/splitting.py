"""The exact split of every printed total: what each item, section, adjustment, bound and rounding put into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.exact import Column, total, where
from assess.core.kinds import EXACT
from assess.core.methods.scored import Amount
from assess.core.rules.adjustments import TotalCap
from assess.core.rules.nodes import Combine, Node, Section, counting
from assess.core.scoring.adjusting import within_total_bounds
from assess.core.scoring.nodes import NodeScore, SectionScore
from assess.core.scoring.results import Results
from assess.core.scoring.sections import any_left_out, points_and_marks, sum_taken_out, weights_present

UNDIVIDED: Final = frozenset({Combine.MINIMUM, Combine.GEOMETRIC, Combine.HARMONIC})
"""Sections whose score is no sum of shares of what is below them: they are leaves of the split."""


class EntryKind(StrEnum):
    """What puts points into a total."""

    ITEM = "item"
    SECTION = "section"
    ADJUSTMENT = "adjustment"
    BOUNDS = "bounds"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one item, section or adjustment put into the totals; missing where it has no part in one.

    `full` is what an item would have put there with its full mark, None where it has none and for everything else.
    """

    kind: EntryKind
    id: str | None
    points: Column
    full: Column | None = None

    @property
    def lost(self) -> Column:
        """What the totals lost by it; negative where it added to them beyond the full mark."""
        return -self.points if self.full is None else self.full - self.points


class UnitContribution(NamedTuple):
    """One entry of one unit: what it put into the total, and what the total lost by it."""

    kind: EntryKind
    id: str | None
    points: Fraction
    lost: Fraction


@dataclass(frozen=True, slots=True)
class Split:
    """The entries of all totals, in the order of the sheet.

    Attributes:
        entries: of one unit they add up to its entry in `totals`.
        totals: as printed; where the sheet does not round them, exact.
        full: the full mark of the total, None where it has none; the losses of one unit add up to it less the total.
        factors: what a point of a node counts in the total, by the node's id; of nodes below a leaf there is none.
    """

    entries: tuple[Contribution, ...]
    totals: Column
    full: Amount | None
    factors: Mapping[str, Column]

    def of(self, unit: int) -> list[UnitContribution]:
        """The entries of one unit, those of nothing left out; none where it has no total."""
        found = []
        for entry in self.entries:
            points, lost = entry.points.fraction(unit), entry.lost.fraction(unit)
            if points is not None and lost is not None and (points or lost):
                found.append(UnitContribution(entry.kind, entry.id, points, lost))
        return found

    def whole_loss(self, unit: int) -> Fraction | None:
        """The full mark less the total; None without one of them."""
        full = self.full.fraction(unit) if isinstance(self.full, Column) else self.full
        reached = self.totals.fraction(unit)
        return None if full is None or reached is None else full - reached


def split(results: Results) -> Split:
    """The exact split of the totals of all units."""
    tops = tuple(results.scores[node.id] for node in counting(results.inputs.sheet.items))
    combine = Combine.SUM if sum_taken_out(tops) is None else Combine.RATE
    tree = TreeSplit([], {})
    scored = results.total.present
    for top, share in zip(tops, shares(tops, combine, results.full), strict=True):
        tree.add(top, share.only(scored))
    after, exact = split_after(results)
    entries = [*tree.entries, *after]
    if results.inputs.sheet.rounding.total == EXACT:
        return Split(tuple(entries), exact, results.full, tree.factors)
    entries.append(Contribution(EntryKind.ROUNDING, None, results.total - exact))
    return Split(tuple(entries), results.total, results.full, tree.factors)


def is_undivided(node: Node) -> bool:
    """Whether the score of a section is no sum of shares of everything below it."""
    return isinstance(node, Section) and (node.combine in UNDIVIDED or node.pick is not None)


class TreeSplit(NamedTuple):
    """Collects the entries of the tree, and what a point of each node counts in the total."""

    entries: list[Contribution]
    factors: dict[str, Column]

    def add(self, score: NodeScore, factor: Column) -> None:
        """Add the entries of a node and of all below it."""
        node = score.node
        self.factors[node.id] = factor
        if not isinstance(score, SectionScore) or is_undivided(node):
            full = None if score.full is None else factor * score.full
            self.entries.append(Contribution(EntryKind.ITEM, node.id, score.points * factor, full))
            return
        assert isinstance(node, Section)
        below = shares(score.children, node.combine, score.full)
        together = total([(child.points * part).filled(0) for child, part in zip(score.children, below, strict=True)])
        self.entries.append(Contribution(EntryKind.SECTION, node.id, (score.points - together) * factor))
        for child, part in zip(score.children, below, strict=True):
            self.add(child, part * factor)


def shares(children: Sequence[NodeScore], combine: Combine, full: Amount | None) -> list[Column]:
    """What a point of each child counts in what is above; missing for a child without a score."""
    several = tuple(children)
    if combine in (Combine.SUM, Combine.RATE):
        factor = scaling(several, combine, full)
        return [factor.only(child.points.present) for child in several]
    weights = weights_present(several)
    together = total(weights)
    return [(weight / together).only(child.points.present) for weight, child in zip(weights, several, strict=True)]


def scaling(children: tuple[NodeScore, ...], combine: Combine, full: Amount | None) -> Column:
    """By what a sum of points is multiplied: 1 in a sum where nothing was left out, or that has no full mark."""
    if full is None or (combine is Combine.SUM and not any_left_out(children)):
        return Column.constant(1, len(children[0].points))
    _, marks, anything = points_and_marks(children)
    scaled = full / marks
    return (where(marks == full, 1, scaled) if combine is Combine.SUM else scaled).only(anything)


def split_after(results: Results) -> tuple[list[Contribution], Column]:
    """What adjustments and bounds did to the totals in turn, and the exact totals after them."""
    entries, exact = [], results.base.only(results.total.present)
    for each in results.adjusted:
        if isinstance(each.adjustment, TotalCap):
            after = where(each.applied, exact.at_most(each.adjustment.at), exact)
        elif each.points is not None:
            after = exact + each.points
        else:
            continue
        entries.append(Contribution(EntryKind.ADJUSTMENT, each.adjustment.id, after - exact))
        exact = after
    bounded = within_total_bounds(exact, results.inputs.sheet)
    if bounded is not exact:
        entries.append(Contribution(EntryKind.BOUNDS, None, bounded - exact))
    return entries, bounded
