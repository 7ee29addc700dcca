"""Points along a straight line between stated points, flat outside (M04, M05)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from assess.core.exact import Column, where
from assess.core.flaws import Flaw
from assess.core.kinds import ListOf, NumberType, ReferenceType, Value, ValueOf
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.progress import where_known
from assess.core.methods.scored import (
    Amount,
    Explained,
    ExplanationClause,
    Fact,
    MethodInputs,
    MethodResult,
    OutcomeSentence,
    PointsFact,
    RatioFact,
)
from assess.core.methods.traits import ONE_OF, CheckedItem, DivisorBits, FiguresTaken, ScoringMethod, above_mark
from assess.core.numbers import reduced
from assess.core.schema import BROKEN, MISSING_KEY, key
from assess.core.text import Text

FULL_MARK_AT: Final[Mapping[str, Text]] = {"full_at": Text("{value}得满分", "{value} for the full mark")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolate(ScoringMethod):
    """A straight line between points, flat outside."""

    name = "interpolate"
    chinese_name = "线性插值"
    other_names = ("插值",)
    figures_taken = FiguresTaken.AMOUNTS
    targets = FULL_MARK_AT
    amounts = frozenset({"full_at", "zero_at", "points_at", "zero_below", "zero_above"})

    figure: str = key(ReferenceType("figure"))
    full_at: Value | None = key(ValueOf(), None)
    zero_at: Value | None = key(ValueOf(), None)
    points_at: tuple[tuple[Fraction, ...], ...] | None = key(ListOf(ListOf(NumberType())), None)
    zero_below: Value | None = key(ValueOf(), None)
    zero_above: Value | None = key(ValueOf(), None)

    def score(self, inputs: MethodInputs) -> MethodResult:
        """Points on a straight line between a zero-mark and a full-mark figure, flat outside (线性插值).

        Source: rules/README.md M04, with the cut-offs of M05.
        """
        value = inputs.figure(self.figure)
        if self.points_at is not None:
            points = along(self.points_at, value)
        else:
            points = way_to_full(self, value, inputs) * inputs.full_mark
        return MethodResult(
            cut_outside(points, value, self, inputs), partial(interpolate_explained, self, inputs, value)
        )

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """Either two ends that differ, or a list of points."""
        if self.points_at is not None:
            if self.full_at is not None or self.zero_at is not None:
                yield Flaw(of.path, ONE_OF, {"keys": Text.listed(("points_at", "full_at + zero_at"))})
            yield from check_line(self.points_at, of)
            return
        for name in ("full_at", "zero_at"):
            if getattr(self, name) is None:
                yield Flaw(of.path, MISSING_KEY, {"key": name})
        if self.full_at not in (None, BROKEN) and self.full_at == self.zero_at:
            yield Flaw((*of.path, "zero_at"), SAME_ENDS)

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figure that it measures."""
        return (self.figure,)

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """The points of the line and the cut-offs."""
        stated = (self.full_at, self.zero_at, self.zero_below, self.zero_above)
        ends = [inputs.value_of(value) for value in stated if value is not None]
        return [*(x for x, _ in self.points_at or ()), *ends]

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Divided by the distance of its ends."""
        ends = (self.full_at, self.zero_at)
        return bits.varied if all(end is None or isinstance(end, Fraction) for end in ends) else bits.divided

    @property
    def needs_mark(self) -> bool:
        """Not where the points along the line are stated."""
        return self.points_at is None


SAME_ENDS = Text("full_at与zero_at相同，请修改其一。", "`full_at` and `zero_at` are the same. Change one.")
NOT_A_PAIR = Text(
    "points_at的每一点应为[数值, 分数]，请修改。", "Each entry of `points_at` must be [figure, points]. Change it."
)
TOO_FEW_POINTS = Text("points_at至少要有两点，请补上。", "`points_at` needs at least two entries. Add them.")
SAME_POINT = Text("points_at中数值{x}重复，请只保留一处。", "The value {x} appears twice in `points_at`. Keep one.")
LINE_FULL = Text("{title} {value}，达到满分线{full_at}", "{title}: {value}, no worse than {full_at}")
LINE_ZERO = Text(
    "{title} {value}，未过零分线{zero_at}", "{title}: {value}, no better than {zero_at}, which earns nothing"
)
LINE_BETWEEN = Text(
    "{title} {value}，位于{low}（{low_points}）至{high}（{high_points}）的{share}处",
    "{title}: {value}, {share} of the way from {low} ({low_points}) to {high} ({high_points})",
)
LINE_BEFORE = Text("{title} {value}，不高于{low}，对应{low_points}", "{title}: {value}, not above {low}, {low_points}")
LINE_AFTER = Text(
    "{title} {value}，不低于{high}，对应{high_points}", "{title}: {value}, not below {high}, {high_points}"
)
CUT_BELOW = Text(
    "{title} {value}，低于不得分线{zero_below}",
    "{title}: {value}, below {zero_below}, which earns nothing",
)
CUT_ABOVE = Text(
    "{title} {value}，高于不得分线{zero_above}",
    "{title}: {value}, above {zero_above}, which earns nothing",
)
NO_LINE = Text("满分线与零分线相同，无法计分", "the full-mark and zero-mark values are the same")


def way_to_full(method: Interpolate, value: Column, inputs: MethodInputs) -> Column:
    """The share of the way from the zero-mark to the full-mark figure."""
    assert method.full_at is not None
    assert method.zero_at is not None
    full_at, zero_at = inputs.value_of(method.full_at), inputs.value_of(method.zero_at)
    return ((value - zero_at) / as_column(full_at - zero_at, value)).at_most(1).at_least(0)


def interpolate_explained(method: Interpolate, inputs: MethodInputs, value: Column) -> Explained:
    """Where the value lies on the line, or beyond which cut-off."""
    stretch = between_points(method.points_at, value) if method.points_at else between_ends(method, value, inputs)
    bounds = {
        name: inputs.value_of(bound)
        for name in ("zero_below", "zero_above", "full_at", "zero_at")
        if (bound := getattr(method, name)) is not None
    }
    measured = bounds | {"value": value, "low": stretch.low, "high": stretch.high}
    facts: dict[str, Fact] = {name: inputs.measured(method.figure, amount) for name, amount in measured.items()}
    points = {"low_points": PointsFact(stretch.low_points), "high_points": PointsFact(stretch.high_points)}
    facts |= {"title": inputs.title(method.figure), "share": RatioFact(stretch.share), **points}
    cases: list[OutcomeSentence] = []
    if "zero_below" in bounds:
        cases.append(OutcomeSentence(value < bounds["zero_below"], CUT_BELOW))
    if "zero_above" in bounds:
        cases.append(OutcomeSentence(value > bounds["zero_above"], CUT_ABOVE))
    before, after = (LINE_BEFORE, LINE_AFTER) if method.points_at else (LINE_ZERO, LINE_FULL)
    cases += [
        OutcomeSentence(stretch.share <= 0, before),
        OutcomeSentence(stretch.share >= 1, after),
        OutcomeSentence(None, LINE_BETWEEN),
    ]
    no_gap = OutcomeSentence((as_column(stretch.high - stretch.low, value) == 0) & value.present, NO_LINE)
    ways = (partial(line_as_shown, method, inputs), partial(stretch_as_shown, method, inputs, value, stretch))
    return Explained((ExplanationClause(tuple(cases), facts),), (no_gap,), ways)


class LineSegment(NamedTuple):
    """The straight part of a line that a value lies on: its ends, their points, and how far along the value is."""

    low: Amount
    low_points: Amount
    high: Amount
    high_points: Amount
    share: Column


def between_ends(method: Interpolate, value: Column, inputs: MethodInputs) -> LineSegment:
    """The line from the zero-mark to the full-mark figure."""
    assert method.full_at is not None
    assert method.zero_at is not None
    low, high = inputs.value_of(method.zero_at), inputs.value_of(method.full_at)
    return LineSegment(low, Fraction(0), high, inputs.full_mark, way_to_full(method, value, inputs))


def between_points(line: tuple[tuple[Fraction, ...], ...], value: Column) -> LineSegment:
    """The two stated points beside the value; before the first or behind the last one, the share is 0 or 1."""
    ends = sorted(line)
    place = np.sum([value > x for x, _ in ends[1:-1]], axis=0, dtype=np.int64) + np.zeros(len(value), dtype=np.int64)
    known = [Column.of([end[part] for end in ends]) for part in (0, 1)]
    low, low_points = (column.take(place) for column in known)
    high, high_points = (column.take(place + 1) for column in known)
    share = ((value - low) / (high - low)).at_least(0).at_most(1)
    return LineSegment(low, low_points, high, high_points, share)


def line_as_shown(method: Interpolate, inputs: MethodInputs, shown: TruncatedAmounts) -> Column:
    """The points by figure and ends as the sentence shows them."""
    return method.score(inputs.as_shown(shown)).points


def stretch_as_shown(
    method: Interpolate, inputs: MethodInputs, value: Column, stretch: LineSegment, shown: TruncatedAmounts
) -> Column:
    """The points by the share of the way as the sentence shows it."""
    points = stretch.low_points + shown.share(stretch.share) * (stretch.high_points - stretch.low_points)
    return cut_outside(points, value, method, inputs)


def as_column(amount: Amount, like: Column) -> Column:
    """An amount as one entry per unit."""
    return amount if isinstance(amount, Column) else Column.constant(amount, len(like))


def along(line: tuple[tuple[Fraction, ...], ...], value: Column) -> Column:
    """Points read off the line through (figure, points), flat outside."""
    ends = sorted(line)
    points = Column.constant(ends[0][1], len(value)).only(value.present)
    for (x0, p0), (x1, p1) in pairwise(ends):
        points = where(value > x0, p0 + (value.at_most(x1) - x0) * ((p1 - p0) / (x1 - x0)), points)
    return points


def cut_outside(points: Column, value: Column, method: Interpolate, inputs: MethodInputs) -> Column:
    """Nothing beyond the cut-offs."""
    if method.zero_below is not None:
        line = inputs.value_of(method.zero_below)
        points = where_known(where(value < line, 0, points), points, line)
    if method.zero_above is not None:
        line = inputs.value_of(method.zero_above)
        points = where_known(where(value > line, 0, points), points, line)
    return points


def check_line(line: tuple[tuple[Fraction, ...], ...], of: CheckedItem) -> Iterator[Flaw]:
    """At least two points of two numbers, each figure once, none above the full mark."""
    if line is BROKEN:
        return
    if len(line) < 2:
        yield Flaw((*of.path, "points_at"), TOO_FEW_POINTS)
    seen: set[Fraction] = set()
    for i, point in enumerate(line):
        path = (*of.path, "points_at", i)
        if point is BROKEN:
            continue
        if len(point) != 2:
            yield Flaw(path, NOT_A_PAIR)
        elif BROKEN not in point:
            if point[0] in seen:
                yield Flaw(path, SAME_POINT, {"x": reduced(point[0])})
            seen.add(point[0])
            yield from above_mark(point[1], (*path, 1), of)
