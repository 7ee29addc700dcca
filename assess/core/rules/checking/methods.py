"""The keys of each scoring method: complete, in order, within the full mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from assess.core.comparing import Ties
from assess.core.flaws import Flaw, Path
from assess.core.methods.counting import Award, CountedLine, Deduct
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.normalising import How, Normalise
from assess.core.methods.obligations import STATUSES, Tasks
from assess.core.methods.peers import EfficacyMethod, Rank
from assess.core.methods.progress import Done
from assess.core.methods.steps import Bands, Lookup
from assess.core.numbers import reduced
from assess.core.rules.checking.ids import mapped
from assess.core.rules.checking.item_facts import Of, above_mark, exactly_one
from assess.core.rules.checking.marks import marks_of
from assess.core.rules.checking.steps import check_bands, check_interpolate, check_lookup
from assess.core.rules.figure import FigureKind
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN, hint
from assess.core.text import Text

NO_PARTIAL = Text(
    "没有写明不足一档怎样计，请加partial（pro-rata、up或down）。",
    "The sheet does not say what part of a step costs. Add `partial` (pro-rata, up or down).",
)
NO_STEP = Text("per应大于0，请更改。", "`per` must be above 0. Change it.")
FIRST_IS_FULL = Text(
    "table的第一个数须为分值{full}，请更改。", "The first entry of `table` must be the full mark, {full}. Change it."
)
NO_AVERAGE = Text(
    "按table赋分时ties不能用average，请另选。", "`ties: average` cannot be used with a table. Choose another."
)
STATUS_LEFT_OUT = Text("coefficients中没有“{status}”，请补上。", "`coefficients` lacks “{status}”. Add it.")
NOT_A_STATUS = Text("“{status}”不是任务状态。{hint}", "“{status}” is not a status of tasks. {hint}")
TWO_ENDS = Text("{key}应为两个数，请更改。", "{key} must be two values. Change it.")
POSTS_EQUAL = Text("goalposts两端相同，请改其一。", "Both goalposts are the same. Change one.")
POSTS_ORDER = Text("goalposts应从小到大写，请更改。", "Goalposts must go from lower to higher. Change the order.")
ONLY_WITH = Text("“{key}”只用于how: {how}，请删去。", "“{key}” is only for `how: {how}`. Delete it.")
NEEDS = Text("how: {how}需要“{key}”，请补上。", "`how: {how}` needs the key “{key}”. Add it.")


def method_keys(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every method is complete and in order."""
    figures = {name: figure for name, figure in mapped(sheet.figures).items() if figure is not BROKEN}
    for item in all_items(sheet):
        method = item.method
        if method is BROKEN:
            continue
        marks = marks_of(item, sheet)
        full = min(marks, default=None)
        most = max(full, item.cap) if full is not None and isinstance(item.cap, Fraction) else full
        check = CHECKS.get(type(method))
        if check is not None:
            yield from check(method, Of(item.path, marks, most, figures))


def check_done(method: Done, of: Of) -> Iterator[Flaw]:
    """Either a condition or a list."""
    yield from exactly_one(method, ("when", "figures"), of)


def check_lines(method: Deduct | Award, of: Of) -> Iterator[Flaw]:
    """Each line says what part steps cost, and has a step."""
    for i, line in enumerate(() if method.lines is BROKEN else method.lines):
        if line is not BROKEN:
            yield from check_step(line, (*of.path, "lines", i), of)


def check_step(line: CountedLine, path: Path, of: Of) -> Iterator[Flaw]:
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
    if method.table not in (None, BROKEN):
        if method.ties is Ties.AVERAGE:
            yield Flaw((*of.path, "ties"), NO_AVERAGE)
        wrong = [mark for mark in of.marks if method.table[0] not in (mark, BROKEN)]
        if wrong:
            yield Flaw((*of.path, "table", 0), FIRST_IS_FULL, {"full": reduced(wrong[0])})
        for i, points in enumerate(method.table[1:], start=1):
            yield from above_mark(points, (*of.path, "table", i), of)


def check_spread(method: EfficacyMethod, of: Of) -> Iterator[Flaw]:
    """The lowest points are not above the full mark."""
    yield from above_mark(method.lowest, (*of.path, "lowest"), of)


def check_tasks(method: Tasks, of: Of) -> Iterator[Flaw]:
    """Every status has its coefficient."""
    if method.coefficients is BROKEN:
        return
    for status in STATUSES:
        if status not in method.coefficients:
            yield Flaw((*of.path, "coefficients"), STATUS_LEFT_OUT, {"status": status})
    for status in method.coefficients:
        if status not in STATUSES:
            facts = {"key": status, "status": status, "hint": hint(status, STATUSES)}
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
    if method.how is not BROKEN:
        yield from check_way(method, of)
    for name in ("range", "goalposts"):
        ends = getattr(method, name)
        if ends not in (None, BROKEN) and len(ends) != 2:
            yield Flaw((*of.path, name), TWO_ENDS, {"key": name})
    posts = method.goalposts
    if posts not in (None, BROKEN) and len(posts) == 2 and all(isinstance(post, Fraction) for post in posts):
        low, high = posts
        if low == high:
            yield Flaw((*of.path, "goalposts"), POSTS_EQUAL)
        elif isinstance(low, Fraction) and isinstance(high, Fraction) and low > high:
            yield Flaw((*of.path, "goalposts"), POSTS_ORDER)


def check_way(method: Normalise, of: Of) -> Iterator[Flaw]:
    """The keys of one way to normalise stand only with it, and those it needs are there."""
    for name, ways in NORMALISE_KEYS.items():
        given = getattr(method, name) is not None
        if given and method.how not in ways:
            yield Flaw((*of.path, name), ONLY_WITH, {"key": name, "how": ways[0].value})
        elif not given and method.how in ways:
            yield Flaw(of.path, NEEDS, {"key": name, "how": method.how.value})
    if method.range is not None and method.how not in RANGED:
        yield Flaw((*of.path, "range"), ONLY_WITH, {"key": "range", "how": Text.listed(RANGED)})


CHECKS: dict[type, Callable[[Any, Of], Iterator[Flaw]]] = {
    Done: check_done,
    Interpolate: check_interpolate,
    Bands: check_bands,
    Lookup: check_lookup,
    Deduct: check_lines,
    Award: check_lines,
    Rank: check_rank,
    EfficacyMethod: check_spread,
    Tasks: check_tasks,
    Normalise: check_normalise,
}
