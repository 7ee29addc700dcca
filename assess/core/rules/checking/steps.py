"""Bands, straight lines and tables of points: complete, in order, within the full mark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assess.core.flaws import Flaw
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.scored import Better
from assess.core.methods.steps import Bands, Edge, Lookup, bound_of
from assess.core.numbers import reduced
from assess.core.rules.checking.ids import words_of
from assess.core.rules.checking.item_facts import ONE_OF, Of, above_mark
from assess.core.rules.figure import FigureKind
from assess.core.schema import BROKEN, MISSING_KEY, hint
from assess.core.text import Text

SAME_ENDS = Text("full_at与zero_at相同，请更改其一。", "`full_at` and `zero_at` are the same. Change one.")
NOT_A_PAIR = Text(
    "points_at的每一点应为[数值, 分数]，请更改。", "Each entry of `points_at` must be [figure, points]. Change it."
)
TOO_FEW_POINTS = Text("points_at至少要有两点，请补上。", "`points_at` needs at least two entries. Add them.")
SAME_POINT = Text("points_at中数值{x}重复，请只保留一处。", "The value {x} appears twice in `points_at`. Keep one.")
OTHER_BOUND = Text(
    "{better}时每档只写{wanted}，上一档从哪里起，下一档就到哪里止，不会留空档。",
    "With better: {better}, a band has only `{wanted}`. It ends where the next begins, so there are no gaps.",
)
NOT_IN_ORDER = Text(
    "各档应从优到劣排列，{bound}的位置不对，请更改。",
    "Bands go from best to worst. {bound} is out of order or appears twice. Change it.",
)
GAP = Text(
    "最后一档之外没有规定分数，请加一档，只写points。",
    "Values beyond the last band have no points. Add a band with only `points`.",
)
NOT_LAST = Text("没有界限的档只能放在最后，请移动。", "A band without a bound must be the last. Move it.")
CHOICE_LEFT_OUT = Text("table中没有选项“{choice}”，请补上。", "The table lacks the choice “{choice}”. Add it.")
NOT_A_CHOICE = Text("“{choice}”不是该数据项的选项。{hint}", "“{choice}” is not a choice of the figure. {hint}")


def check_interpolate(method: Interpolate, of: Of) -> Iterator[Flaw]:
    """Either two ends that differ, or a list of points."""
    if method.points_at is not None:
        if method.full_at is not None or method.zero_at is not None:
            yield Flaw(of.path, ONE_OF, {"keys": Text.listed(("points_at", "full_at + zero_at"))})
        yield from check_line(method.points_at, of)
        return
    for name in ("full_at", "zero_at"):
        if getattr(method, name) is None:
            yield Flaw(of.path, MISSING_KEY, {"key": name})
    if method.full_at not in (None, BROKEN) and method.full_at == method.zero_at:
        yield Flaw((*of.path, "zero_at"), SAME_ENDS)


def check_line(line: tuple[tuple[Fraction, ...], ...], of: Of) -> Iterator[Flaw]:
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


def check_bands(method: Bands, of: Of) -> Iterator[Flaw]:
    """One bound a band, from best to worst, complete, none above the full mark."""
    if method.bands is BROKEN:
        return
    for i, band in enumerate(method.bands):
        if band is not BROKEN:
            yield from above_mark(band.points, (*of.path, "bands", i, "points"), of)
    if method.better is not BROKEN:
        yield from check_bounds(method, of)
        if leaves_gap(method, of):
            yield Flaw((*of.path, "bands"), GAP)


def check_bounds(method: Bands, of: Of) -> Iterator[Flaw]:
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
            yield Flaw((*path, other), OTHER_BOUND, {"better": method.better.value, "wanted": wanted})
        elif bound is None and i < len(method.bands) - 1:
            yield Flaw(path, NOT_LAST)
        elif isinstance(bound, Fraction):
            if before is not None and (bound >= before if higher else bound <= before):
                yield Flaw((*path, wanted), NOT_IN_ORDER, {"bound": reduced(bound)})
            before = bound


def leaves_gap(method: Bands, of: Of) -> bool:
    """Whether a figure may lie beyond the last band; not told of bands that are wrong in other ways."""
    bounds = [BROKEN if band is BROKEN else bound_of(band) for band in method.bands]
    figure = of.figures.get(method.figure)
    last, end = bounds[-1], None
    if not isinstance(last, Fraction) or not all(isinstance(bound, Fraction) for bound in bounds):
        return False
    if figure is not None:
        end = figure.min if method.better is Better.HIGHER else figure.max
        if end is None and figure.kind is FigureKind.COUNT and method.better is Better.HIGHER:
            end = Fraction(0)
    if not isinstance(end, Fraction):
        return end is None
    reached = last <= end if method.better is Better.HIGHER else last >= end
    return not reached or (last == end and method.edge is Edge.ABOVE)


def check_lookup(method: Lookup, of: Of) -> Iterator[Flaw]:
    """Every choice has its points, none above the full mark."""
    figure = of.figures.get(method.figure)
    choices = () if figure is None else words_of(figure.choices)
    if method.table is BROKEN:
        return
    for choice in choices:
        if choice not in method.table:
            yield Flaw((*of.path, "table"), CHOICE_LEFT_OUT, {"choice": choice})
    for choice, points in method.table.items():
        if choices and choice not in choices:
            facts = {"key": choice, "choice": choice, "hint": hint(choice, choices)}
            yield Flaw((*of.path, "table", choice), NOT_A_CHOICE, facts)
        yield from above_mark(points, (*of.path, "table", choice), of)
