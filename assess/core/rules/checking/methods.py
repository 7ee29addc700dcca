"""The keys of each scoring method: complete, in order, within the full mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from assess.core.comparing import Ties
from assess.core.flaws import Flaw, Path
from assess.core.methods.counting import Award, Deduct, Line
from assess.core.methods.normalising import How, Normalise
from assess.core.methods.obligations import STATUSES, Tasks
from assess.core.methods.peers import Rank, Spread
from assess.core.methods.progress import Done, Interpolate
from assess.core.methods.scored import Better
from assess.core.methods.steps import Bands, Edge, Lookup, bound_of
from assess.core.numbers import reduced
from assess.core.rules.checking.ids import mapped
from assess.core.rules.checking.marks import least_mark
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN, MISSING_KEY, hint, is_whole
from assess.core.text import Text

ONE_OF = Text("{keys} 应写且只写一个", "write exactly one of {keys}")
ABOVE_MARK = Text("{points} 分超过分值 {full}", "{points} points are above the full mark of {full}")
SAME_ENDS = Text("full_at 与 zero_at 相同", "full_at and zero_at are the same: one must differ")
NOT_A_PAIR = Text("points_at 的每一点应为 [数值, 分数]", "each entry of points_at must be [figure, points]")
TOO_FEW_POINTS = Text("points_at 至少要有两点", "points_at needs at least two entries")
SAME_POINT = Text("points_at 中数值 {x} 重复", "the figure {x} stands twice in points_at")
OTHER_BOUND = Text(
    "{better} 时每档只写 {wanted}：上一档从哪里起，下一档就到哪里止，不会留空档",
    "with better: {better} a band has only `{wanted}`: it ends where the next begins, so that no gap is left",
)
NOT_IN_ORDER = Text(
    "各档应从优到劣排列：{bound} 的位置不对",
    "bands go from best to worst: {bound} is out of order or stands twice",
)
GAP = Text(
    "最后一档之外没有规定分数：请加一档只写 points",
    "nothing is said of figures beyond the last band: add a band with only `points`",
)
NOT_LAST = Text("没有界限的档只能放在最后", "a band without a bound must be the last")
CHOICE_LEFT_OUT = Text("table 中没有选项“{choice}”", "the table lacks the choice {choice}: add it")
NOT_A_CHOICE = Text("“{choice}”不是该数据项的选项，{hint}", "{choice} is not a choice of the figure; {hint}")
NO_PARTIAL = Text(
    "不足一档怎样计没有写明：请加 partial（pro-rata、up 或 down）",
    "it is not said what a part of a step costs: add `partial` (pro-rata, up or down)",
)
NO_STEP = Text("per 应大于零", "per must be above zero")
FIRST_IS_FULL = Text("table 的第一个数应为分值 {full}", "the first entry of the table must be the full mark, {full}")
NO_AVERAGE = Text("按 table 赋分时 ties 不能用 average", "ties: average cannot be used with a table")
STATUS_LEFT_OUT = Text("coefficients 中没有“{status}”", "coefficients lacks {status}: add it")
NOT_A_STATUS = Text("“{status}”不是任务状态，{hint}", "{status} is not a status of obligations; {hint}")
TWO_ENDS = Text("{key} 应为两个数", "{key} takes two values")
POSTS_EQUAL = Text("goalposts 两端相同", "both goalposts are the same")
POSTS_ORDER = Text("goalposts 应从小到大写", "goalposts go from the lower to the higher")
ONLY_WITH = Text("“{key}”只用于 how: {how}", "{key} is only for how: {how}")
NEEDS = Text("how: {how} 需要“{key}”", "how: {how} needs the key {key}")


class Of(NamedTuple):
    """What a check of a method knows: its path, the smallest full mark, the most points, and the sheet's figures."""

    path: Path
    full: Fraction | None
    most: Fraction | None
    figures: dict[str, Figure]


def method_keys(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every method is complete and in order."""
    figures = {name: figure for name, figure in mapped(sheet.figures).items() if is_whole(figure)}
    for item in all_items(sheet):
        method = item.method
        if method is BROKEN or not is_whole(method):
            continue
        full = least_mark(item, sheet)
        most = max(full, item.cap) if full is not None and isinstance(item.cap, Fraction) else full
        check = CHECKS.get(type(method))
        if check is not None:
            yield from check(method, Of(item.path, full, most, figures))


def exactly_one(method: object, keys: tuple[str, ...], of: Of) -> Iterator[Flaw]:
    """A flaw unless one and only one of the keys is there."""
    if sum(getattr(method, name) is not None for name in keys) != 1:
        yield Flaw(of.path, ONE_OF, {"keys": "、".join(keys)})


def above_mark(points: Fraction, path: Path, of: Of) -> Iterator[Flaw]:
    """A flaw where stated points are more than can be earned."""
    if of.most is not None and isinstance(points, Fraction) and points > of.most:
        yield Flaw(path, ABOVE_MARK, {"points": reduced(points), "full": reduced(of.most)})


def check_done(method: Done, of: Of) -> Iterator[Flaw]:
    """Either a condition or a list."""
    yield from exactly_one(method, ("when", "figures"), of)


def check_interpolate(method: Interpolate, of: Of) -> Iterator[Flaw]:
    """Either two ends that differ, or a list of points."""
    if method.points_at is not None:
        if method.full_at is not None or method.zero_at is not None:
            yield Flaw(of.path, ONE_OF, {"keys": "points_at、full_at + zero_at"})
        yield from check_line(method.points_at, of)
        return
    for name in ("full_at", "zero_at"):
        if getattr(method, name) is None:
            yield Flaw(of.path, MISSING_KEY, {"key": name})
    if method.full_at is not None and method.full_at == method.zero_at:
        yield Flaw((*of.path, "zero_at"), SAME_ENDS)


def check_line(line: tuple[tuple[Fraction, ...], ...], of: Of) -> Iterator[Flaw]:
    """At least two points of two numbers, each figure once, none above the full mark."""
    if len(line) < 2:
        yield Flaw((*of.path, "points_at"), TOO_FEW_POINTS)
    seen: set[Fraction] = set()
    for i, point in enumerate(line):
        path = (*of.path, "points_at", i)
        if point is BROKEN or len(point) != 2:
            yield Flaw(path, NOT_A_PAIR)
        elif BROKEN not in point:
            if point[0] in seen:
                yield Flaw(path, SAME_POINT, {"x": reduced(point[0])})
            seen.add(point[0])
            yield from above_mark(point[1], (*path, 1), of)


def check_bands(method: Bands, of: Of) -> Iterator[Flaw]:
    """One bound a band, from best to worst, complete, none above the full mark."""
    higher = method.better is Better.HIGHER
    wanted, other = ("from", "to") if higher else ("to", "from")
    before: Fraction | None = None
    for i, band in enumerate(method.bands):
        path = (*of.path, "bands", i)
        if not is_whole(band):
            return
        if (band.to if higher else band.from_) is not None:
            yield Flaw((*path, other), OTHER_BOUND, {"better": method.better.value, "wanted": wanted})
            continue
        yield from above_mark(band.points, (*path, "points"), of)
        bound = bound_of(band)
        if bound is None:
            if i < len(method.bands) - 1:
                yield Flaw(path, NOT_LAST)
            continue
        if before is not None and (bound >= before if higher else bound <= before):
            yield Flaw((*path, wanted), NOT_IN_ORDER, {"bound": reduced(bound)})
        before = bound
    if leaves_gap(method, of):
        yield Flaw((*of.path, "bands"), GAP)


def leaves_gap(method: Bands, of: Of) -> bool:
    """Whether a figure may lie beyond the last band."""
    last = bound_of(method.bands[-1])
    figure = of.figures.get(method.figure)
    if last is None:
        return False
    end = None
    if figure is not None:
        end = figure.min if method.better is Better.HIGHER else figure.max
        if end is None and figure.kind is FigureKind.COUNT and method.better is Better.HIGHER:
            end = Fraction(0)
    if end is None:
        return True
    reached = last <= end if method.better is Better.HIGHER else last >= end
    return not reached or (last == end and method.edge is Edge.ABOVE)


def check_lookup(method: Lookup, of: Of) -> Iterator[Flaw]:
    """Every choice has its points, none above the full mark."""
    figure = of.figures.get(method.figure)
    choices = () if figure is None else figure.choices or ()
    for choice in choices:
        if choice not in method.table:
            yield Flaw((*of.path, "table"), CHOICE_LEFT_OUT, {"choice": choice})
    for choice, points in method.table.items():
        if choices and choice not in choices:
            yield Flaw((*of.path, "table", choice), NOT_A_CHOICE, {"choice": choice, "hint": hint(choice, choices)})
        yield from above_mark(points, (*of.path, "table", choice), of)


def check_lines(method: Deduct | Award, of: Of) -> Iterator[Flaw]:
    """Each line says what part steps cost, and has a step."""
    for i, line in enumerate(method.lines):
        if is_whole(line):
            yield from check_step(line, (*of.path, "lines", i), of)


def check_step(line: Line, path: Path, of: Of) -> Iterator[Flaw]:
    """Part steps need a rule unless the figure is a count and each one is a step."""
    figure = of.figures.get(line.figure)
    if isinstance(line.per, Fraction) and line.per <= 0:
        yield Flaw((*path, "per"), NO_STEP)
    whole_steps = figure is None or (figure.kind is FigureKind.COUNT and line.per == 1)
    if line.partial is None and not whole_steps:
        yield Flaw(path, NO_PARTIAL)


def check_rank(method: Rank, of: Of) -> Iterator[Flaw]:
    """A step, a last place or a table that begins with the full mark."""
    yield from exactly_one(method, ("step", "last", "table"), of)
    if method.last is not None:
        yield from above_mark(method.last, (*of.path, "last"), of)
    if method.table is not None and BROKEN not in method.table:
        if method.ties is Ties.AVERAGE:
            yield Flaw((*of.path, "ties"), NO_AVERAGE)
        if of.full is not None and method.table[0] != of.full:
            yield Flaw((*of.path, "table", 0), FIRST_IS_FULL, {"full": reduced(of.full)})
        for i, points in enumerate(method.table[1:], start=1):
            yield from above_mark(points, (*of.path, "table", i), of)


def check_spread(method: Spread, of: Of) -> Iterator[Flaw]:
    """The lowest points are not above the full mark."""
    yield from above_mark(method.lowest, (*of.path, "lowest"), of)


def check_tasks(method: Tasks, of: Of) -> Iterator[Flaw]:
    """Every status has its coefficient."""
    for status in STATUSES:
        if status not in method.coefficients:
            yield Flaw((*of.path, "coefficients"), STATUS_LEFT_OUT, {"status": status})
    for status in method.coefficients:
        if status not in STATUSES:
            facts = {"status": status, "hint": hint(status, STATUSES)}
            yield Flaw((*of.path, "coefficients", status), NOT_A_STATUS, facts)


NORMALISE_KEYS = {
    "goalposts": (How.GOALPOSTS,),
    "target": (How.TO_TARGET,),
    "mean": (How.Z_SCORE,),
    "deviation": (How.Z_SCORE,),
}
RANGED = (How.MIN_MAX, How.GOALPOSTS, How.PERCENTILE_RANK, How.TO_BEST, How.TO_TARGET)


def check_normalise(method: Normalise, of: Of) -> Iterator[Flaw]:
    """Each way to normalise has the keys it needs and no others."""
    for name, ways in NORMALISE_KEYS.items():
        given = getattr(method, name) is not None
        if given and method.how not in ways:
            yield Flaw((*of.path, name), ONLY_WITH, {"key": name, "how": ways[0].value})
        elif not given and method.how in ways:
            yield Flaw(of.path, NEEDS, {"key": name, "how": method.how.value})
    if method.range is not None and method.how not in RANGED:
        yield Flaw((*of.path, "range"), ONLY_WITH, {"key": "range", "how": "、".join(RANGED)})
    for name in ("range", "goalposts"):
        ends = getattr(method, name)
        if ends is not None and len(ends) != 2:
            yield Flaw((*of.path, name), TWO_ENDS, {"key": name})
    posts = method.goalposts
    if posts is not None and len(posts) == 2 and all(isinstance(post, Fraction) for post in posts):
        low, high = posts
        if low == high:
            yield Flaw((*of.path, "goalposts"), POSTS_EQUAL)
        elif isinstance(low, Fraction) and isinstance(high, Fraction) and low > high:
            yield Flaw((*of.path, "goalposts"), POSTS_ORDER)


CHECKS: dict[type, Callable[[Any, Of], Iterator[Flaw]]] = {
    Done: check_done,
    Interpolate: check_interpolate,
    Bands: check_bands,
    Lookup: check_lookup,
    Deduct: check_lines,
    Award: check_lines,
    Rank: check_rank,
    Spread: check_spread,
    Tasks: check_tasks,
    Normalise: check_normalise,
}
