"""Rank stability: re-scorings of a result with varied weights, and the range of ranks of each unit.

Varied are the weights of the items. A section that adds up, rates or averages what is below it is open: its items are
varied, and a unit's total is its full mark × Σ (factor × points in effect) ÷ Σ (factor × full mark in effect), where
"in effect" means after what is left out for that unit has been spread over the rest. So the full mark stays the same,
and an item that does not count for a unit has no say. Any other section (geometric, harmonic, minimum) is varied as a
whole. What rounding, floors and caps of sections did stays as it was, and so do bonuses, deductions, caps and
tie-breaks; the total is bounded and rounded as the sheet says. With all factors alike the ranks are the result's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, total, where
from assess.core.exact.comparing import Ties
from assess.core.exact.integers import INT64, LIMIT, Integers, largest, narrowed
from assess.core.kinds import EXACT
from assess.core.methods.scored import Amount, Better
from assess.core.numbers import printed
from assess.core.rules.adjustments import Bonus, Deduction, TotalCap
from assess.core.rules.nodes import Combine, Node, Section, counting
from assess.core.scoring.adjusting import within_total_bounds
from assess.core.scoring.nodes import NodeScore, SectionScore
from assess.core.scoring.ranking import COMPARED_DIGITS, rank_totals, tie_breaks
from assess.core.scoring.results import Results
from assess.core.text import Text

Factors = NDArray[np.int64]
"""One row a re-scoring, one column a varied node: the factor of its weight in thousandths, above 0."""

OPEN: Final = (Combine.SUM, Combine.RATE, Combine.MEAN)
USUAL: Final = 1000
"""A factor of one, and how many re-scorings are usual."""
SPREAD: Final = 200
"""The usual variation in thousandths: 20 % up or down."""
BLOCK: Final = 1_000_000
"""So many totals are compared at a time, which bounds the memory."""

ALWAYS = Text("始终为第{best}名：名次稳定", "always {best_th}: stable")
BETWEEN = Text("第{best}至第{worst}名：与相邻单位接近", "{best_th} to {worst_th}: close to its neighbours")


@dataclass(frozen=True, slots=True)
class RankRange:
    """Ranks over all re-scorings, one entry per unit, missing for those unranked.

    `likely_best` and `likely_worst` bound the middle 90 %: one re-scoring in twenty lies beyond each.
    """

    best: Column
    worst: Column
    likely_best: Column
    likely_worst: Column


@dataclass(frozen=True, slots=True)
class NodeWeight:
    """What one varied node counts for each unit: points and full mark in effect, both 0 where it has no score."""

    node: str
    points: Column
    full: Column


def effects(results: Results) -> list[NodeWeight]:
    """The varied nodes, in the order of the sheet."""
    tops = tuple(results.scores[node.id] for node in counting(results.inputs.sheet.items))
    return list(opened(tops, Combine.SUM, results.full, len(results.total)))


def opened(children: tuple[NodeScore, ...], combine: Combine, full: Amount | None, size: int) -> Iterator[NodeWeight]:
    """The effects of what is below a section, where it has `full` marks in effect; missing where it has no score."""
    if full is None:
        yield from unmarked(children, size)
        return
    shares = [child.weight if combine is Combine.MEAN else 1 for child in children]
    marks = [
        (Column.constant(0, size) + mark_of(child) * share).only(child.points.present).filled(0)
        for child, share in zip(children, shares, strict=True)
    ]
    scale = full / total(marks)
    for child, share in zip(children, shares, strict=True):
        counted = (scale * share).only(child.points.present)
        if isinstance(child, SectionScore) and is_open(child.node):
            assert isinstance(child.node, Section)
            yield from opened(child.children, child.node.combine, counted * mark_of(child), size)
        else:
            yield NodeWeight(child.node.id, (child.points * counted).filled(0), (counted * mark_of(child)).filled(0))


def mark_of(score: NodeScore) -> Amount:
    """The full mark of a node that has one."""
    assert score.full is not None
    return score.full


def unmarked(children: tuple[NodeScore, ...], size: int) -> Iterator[NodeWeight]:
    """The effects of nodes without full marks: their points as they are, all of one weight."""
    for child in children:
        if isinstance(child, SectionScore):
            yield from unmarked(child.children, size)
        else:
            there = Column.truths(child.points.present)
            yield NodeWeight(child.node.id, child.points.filled(0), there)


def is_open(node: Node) -> bool:
    """Whether what is below a section may be weighed anew; where some are picked the section is weighed as a whole."""
    return isinstance(node, Section) and node.combine in OPEN and node.pick is None


def varied_factors(seed: str, nodes: Sequence[str], scorings: int = USUAL, spread: int = SPREAD) -> Factors:
    """Factors between 1000 − `spread` and 1000 + `spread`, the same for the same seed and node wherever it stands."""
    steps = 2 * spread + 1
    drawn = [
        np.frombuffer(hashlib.shake_256(f"{seed}\n{node}".encode()).digest(4 * scorings), dtype="<u4") % steps
        for node in nodes
    ]
    return np.stack(drawn, axis=1).astype(INT64) + (USUAL - spread)


def rank_range(results: Results, factors: Factors) -> RankRange:
    """The range of ranks of each unit over re-scorings with varied weights.

    Args:
        results: what is re-scored.
        factors: at least one row; a column for each of `effects`, in their order.
    """
    varied = Varied(results)
    each_time = max(BLOCK // max(len(results.total), 1), 1)
    blocks = [varied.ranks(factors[start : start + each_time]) for start in range(0, len(factors), each_time)]
    ranks = np.concatenate(blocks)
    ranks.sort(axis=0)
    beyond = len(ranks) // 20
    unranked = results.ranks.missing
    rows = (ranks[0], ranks[-1], ranks[beyond], ranks[-1 - beyond])
    return RankRange(*(Column.integers(row.astype(INT64), 2, unranked) for row in rows))


class Varied:
    """A result made ready for re-scorings."""

    def __init__(self, results: Results) -> None:
        self.results = results
        found = effects(results)
        self.size = len(results.total)
        self.points, self.full = whole_parts([each.points for each in found], [each.full for each in found])
        kept = total([each.points for each in found])
        self.marks = total([each.full for each in found])
        self.left_over = results.base - kept
        self.tie_breaks = tie_breaks(results.scene, results.scores)

    def ranks(self, factors: Factors) -> NDArray[np.int32]:
        """Twice the rank of each unit (ties may share a half) in each re-scoring; 0 for those unranked."""
        results, times = self.results, len(factors)
        sheet = results.inputs.sheet
        totals = self.totals(factors)
        unit = np.tile(np.arange(self.size), times)
        scoring = np.repeat(np.arange(times), self.size)
        groups = results.groups[unit]
        rows = np.where(groups < 0, -1, groups + scoring * (int(results.groups.max(initial=0)) + 1))
        found = rank_totals(
            totals,
            [each.take(unit) for each in self.tie_breaks],
            rows,
            results.ranks.present[unit],
            higher=sheet.ranking.better is Better.HIGHER,
            ties=Ties(sheet.ranking.ties),
        )
        twice = (found * 2).filled(0)
        return (twice.numerators // twice.denominators).reshape(times, self.size).astype(np.int32)

    def totals(self, factors: Factors) -> Column:
        """The total of every unit in one re-scoring, then in the next, as the sheet rounds it."""
        sheet = self.results.inputs.sheet
        unit = np.tile(np.arange(self.size), len(factors))
        points, full = weighed(factors, self.points), weighed(factors, self.full)
        exact = Column.integers(points) / Column.integers(full) * self.marks.take(unit) + self.left_over.take(unit)
        for adjusted in self.results.adjusted:
            if isinstance(adjusted.adjustment, Bonus | Deduction) and adjusted.points is not None:
                exact = exact + adjusted.points.take(unit)
            elif isinstance(adjusted.adjustment, TotalCap):
                exact = where(adjusted.applied[unit], exact.at_most(adjusted.adjustment.at), exact)
        digits = sheet.rounding.total
        exact = within_total_bounds(exact, sheet)
        return exact.round(COMPARED_DIGITS if digits == EXACT else digits, sheet.rounding.mode)


def weighed(factors: Factors, amounts: Integers) -> Integers:
    """Σ factor × amount of each unit, by re-scoring: in 64 bits where Σ factors × the largest amount fits."""
    most = int(factors.sum(axis=1).max(initial=0)) * largest(amounts.ravel())
    wide = most > LIMIT or amounts.dtype != INT64
    sums: Integers = (factors.astype(object) @ amounts.astype(object) if wide else factors @ amounts).ravel()
    return sums


def whole_parts(points: Sequence[Column], full: Sequence[Column]) -> tuple[Integers, Integers]:
    """Both as whole numbers, nodes × units, over a common denominator for each unit, which their quotient loses."""
    columns = [*points, *full]
    size = len(columns[0])
    below = [np.broadcast_to(np.asarray(each.denominators, dtype=object), size) for each in columns]
    common = np.lcm.reduce(below)
    above = np.stack([each.numerators * (common // under) for each, under in zip(columns, below, strict=True)])
    shared = np.gcd.reduce(above)
    whole = above // np.where(shared == 0, 1, shared)
    fitting = narrowed(whole.ravel()).reshape(whole.shape)
    return fitting[: len(points)], fitting[len(points) :]


def range_told(best: Column, worst: Column, unit: int) -> Text | None:
    """A unit's range of ranks in words; None for one that is not ranked."""
    first, last = best.fraction(unit), worst.fraction(unit)
    if first is None or last is None:
        return None
    facts = {"best": printed(first), "worst": printed(last)}
    named = {f"{name}_th": ordinal(text) for name, text in facts.items()}
    return (ALWAYS if first == last else BETWEEN).format(**facts, **named)


def ordinal(number: str) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 2.5th."""
    tens = number[-2:-1] if "." not in number else "1"
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + ("th" if tens == "1" else ending)
