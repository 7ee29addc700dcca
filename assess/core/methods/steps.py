"""Points by bands of a figure (M06, M20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.flaws import Flaw, Path
from assess.core.kinds import Choice, ChoiceWords, ListOf, NumberType, RecordOf, ReferenceType
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import (
    Amount,
    Better,
    Explained,
    ExplanationClause,
    Fact,
    Flags,
    MethodInputs,
    MethodResult,
    OutcomeSentence,
)
from assess.core.methods.traits import (
    NO_TARGETS,
    CheckedItem,
    DivisorBits,
    FiguresTaken,
    ScoringMethod,
    SpokenRecord,
    above_mark,
)
from assess.core.numbers import as_written, reduced
from assess.core.schema import BROKEN, key, path_field
from assess.core.text import Text


class Edge(ChoiceWords):
    """Whether reaching a band's bound is enough."""

    REACHED = "at", "达到", "reached"
    ABOVE = "above", "超过"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(SpokenRecord):
    """One step: the bound from which (or up to which) its points are given."""

    from_: Fraction | None = key(NumberType(), None, name="from")
    to: Fraction | None = key(NumberType(), None)
    points: Fraction = key(NumberType(), words=Text("得分", "points"))
    path: Path = path_field()

    def in_words(self) -> Text | None:
        """The bound and what it is worth; None where there are two bounds."""
        points = as_written(self.points)
        if self.from_ is not None:
            return None if self.to is not None else FROM.format(bound=as_written(self.from_), points=points)
        if self.to is None:
            return REST.format(points=points)
        return UP_TO.format(bound=as_written(self.to), points=points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands(ScoringMethod):
    """Points by the first band that the figure reaches."""

    name = "bands"
    chinese_name = "分档"
    other_names = ("分档计分",)
    figures_taken = FiguresTaken.AMOUNTS
    targets = NO_TARGETS
    amounts = frozenset({"from", "to"})

    figure: str = key(ReferenceType("figure"))
    bands: tuple[Band, ...] = key(ListOf(RecordOf(Band)))
    better: Better = key(Choice(Better), Better.HIGHER)
    edge: Edge = key(Choice(Edge), Edge.REACHED)

    def score(self, inputs: MethodInputs) -> MethodResult:
        """The points of the first band whose bound is reached; bands are half-open (分档计分).

        Source: rules/README.md M06, M20.
        """
        value = inputs.figure(self.figure)
        step = np.zeros(len(value), dtype=np.int64)
        for band in self.bands[:-1]:
            step += ~in_band(band, value, self)
        last = in_band(self.bands[-1], value, self)
        points = Column.of(band.points for band in self.bands).take(step)
        if value.any_missing or not last.all():
            points = points.only(last)
        return MethodResult(points, partial(bands_explained, self, inputs, value, step))

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """One bound a band, from best to worst, complete, none above the full mark."""
        if self.bands is BROKEN:
            return
        for i, band in enumerate(self.bands):
            if band is not BROKEN:
                yield from above_mark(band.points, (*of.path, "bands", i, "points"), of)
        if self.better is not BROKEN:
            yield from check_bounds(self, of)
            if leaves_gap(self, of):
                yield Flaw((*of.path, "bands"), GAP)

    def own_targets(self, figure: str, inputs: MethodInputs) -> Iterator[Text]:
        """The bound of the best band."""
        bound = bound_of(self.bands[0])
        if figure == self.figure and bound is not None:
            yield BEST_BAND.format(value=inputs.spelled(figure, bound))

    @property
    def needs_mark(self) -> bool:
        """The points of each band are stated."""
        return False

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figure that it measures."""
        return (self.figure,)

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """The bounds of the bands."""
        return [bound for band in self.bands if (bound := bound_of(band)) is not None]

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Points of a table or all of them: nothing is divided."""
        return 0


OTHER_BOUND = Text(
    "{better}时每档只写{wanted}，上一档从哪里起，下一档就到哪里止，不会留空档。",
    "With better: {better}, a band has only `{wanted}`. It ends where the next begins, so there are no gaps.",
)
NOT_IN_ORDER = Text(
    "各档应从优到劣排列，{bound}的位置不对，请修改。",
    "Bands go from best to worst. {bound} is out of order or appears twice. Change it.",
)
GAP = Text(
    "最后一档之外没有规定分数，请加一档，只写points。",
    "Values beyond the last band have no points. Add a band with only `points`.",
)
NOT_LAST = Text("没有界限的档只能放在最后，请移动。", "A band without a bound must be the last. Move it.")
FROM = Text("{bound}起{points}分", "from {bound}: {points}")
UP_TO = Text("至{bound}得{points}分", "up to {bound}: {points}")
REST = Text("其余{points}分", "else {points}")
BEST_BAND = Text("最高档{value}", "highest band {value}")
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
    return method.score(inputs.as_shown(shown)).points


def bound_of(band: Band) -> Fraction | None:
    """The band's one bound, or None of the band that takes the rest."""
    return band.to if band.from_ is None else band.from_


def check_bounds(method: Bands, of: CheckedItem) -> Iterator[Flaw]:
    """One bound a band, on the side that `better` asks for, from best to worst."""
    higher = method.better is Better.HIGHER
    wanted, other = ("from", "to") if higher else ("to", "from")
    before: Fraction | None = None
    for i, band in enumerate(method.bands):
        path = (*of.path, "bands", i)
        if band is BROKEN:
            continue
        bound = bound_of(band)
        if (band.to if higher else band.from_) is not None:
            yield Flaw((*path, other), OTHER_BOUND, {"better": method.better.told, "wanted": wanted})
        elif bound is None and i < len(method.bands) - 1:
            yield Flaw(path, NOT_LAST)
        elif isinstance(bound, Fraction):
            if before is not None and (bound >= before if higher else bound <= before):
                yield Flaw((*path, wanted), NOT_IN_ORDER, {"bound": reduced(bound)})
            before = bound


def leaves_gap(method: Bands, of: CheckedItem) -> bool:
    """Whether a figure may lie beyond the last band; not told of bands that are wrong in other ways."""
    bounds = [BROKEN if band is BROKEN else bound_of(band) for band in method.bands]
    figure = of.figures.get(method.figure)
    last, end = bounds[-1], None
    if not isinstance(last, Fraction) or not all(isinstance(bound, Fraction) for bound in bounds):
        return False
    if figure is not None:
        end = figure.min if method.better is Better.HIGHER else figure.max
        if end is None and figure.is_count and method.better is Better.HIGHER:
            end = Fraction(0)
    if not isinstance(end, Fraction):
        return end is None
    reached = last <= end if method.better is Better.HIGHER else last >= end
    return not reached or (last == end and method.edge is Edge.ABOVE)


def in_band(band: Band, value: Column, method: Bands) -> Flags:
    """Which units reach the band."""
    bound = bound_of(band)
    if bound is None:
        return value.present
    if method.better is Better.HIGHER:
        return value > bound if method.edge is Edge.ABOVE else value >= bound
    return value < bound if method.edge is Edge.ABOVE else value <= bound
