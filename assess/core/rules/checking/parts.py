"""Kinds of objects, and items that are scored by periods or objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from assess.core.flaws import Flaw
from assess.core.kinds import FIGURE_ID, NO_MARK, NOT_A_FIGURE_ID
from assess.core.numbers import reduced
from assess.core.rules.checking import places
from assess.core.rules.checking.figures import PERIODS, readable
from assess.core.rules.checking.ids import mapped
from assess.core.rules.checking.marks import floor_and_cap, part_marks
from assess.core.rules.figure import PERIOD_AXES, Figure
from assess.core.rules.nodes import Item, Over
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN, MISSING_KEY, title_hint
from assess.core.text import Text

NO_KIND = Text("没有“{kind}”这种对象。{hint}", "There is no kind of objects called “{kind}”. {hint}")
RESERVED_KIND = Text(
    "对象类别不能叫“{kind}”，请另取编号。", "A kind of objects cannot be called “{kind}”. Use another ID."
)
LIKE_A_FIGURE = Text(
    "对象类别“{kind}”与数据项同名，请改其中一个。",
    "The kind of objects “{kind}” is called like a figure. Change one of them.",
)
COMPUTED_OF = Text(
    "计算得出的数据项不写of，它随引用的地方而定，请删去。",
    "A computed figure has no `of`: it is computed wherever it is read. Delete it.",
)
TWO_KINDS = Text(
    "公式用到两种对象（{kinds}）的数据项，请分成两个公式。",
    "The formula uses figures of two kinds of objects ({kinds}). Split it into two.",
)
ONLY_WITH_BY = Text("“{key}”只用于有by的考核项，请补上by或删去。", "`{key}` needs `by`. Add `by` or delete it.")
NOT_BY_TASKS = Text("tasks方法不能用by，请删去。", "The method `tasks` cannot have `by`. Delete it.")
NOTHING_BY_IT = Text(
    "考核项用到的数据项都没有按“{axis}”的数值，请改by或数据项。",
    "No figure that the item uses has values by {axis}. Change `by` or the figure.",
)
NO_LAST = Text("按对象计分时over不能用last，请另选。", "`over: last` needs periods alone. Select another.")
BAR_FOR_SHARE = Text("bar只用于over: share，请删去。", "`bar` is only for `over: share`. Delete it.")
BAR_TOO_HIGH = Text(
    "bar {bar}大于每部分的分值{full}，请改小。", "`bar` {bar} is above the full mark of a part, {full}."
)
WEIGHT_FOR_MEAN = Text("part_weight只用于over: mean，请删去。", "`part_weight` is only for `over: mean`. Delete it.")
AT_LEAST_ONE = Text("at_least至少为1，请修改。", "`at_least` must be at least 1. Change it.")
NO_MARK_OF_PART = Text(
    "考核项有分值时，每部分的分值不能是none，请修改。",
    "`each.points` can be `none` only where the item's points are. Change it.",
)
NO_SHARE_OF_NOTHING = Text(
    "没有分值（points: none）的考核项不能用over: share，请另选。",
    "An item without a full mark (`points: none`) cannot have `over: share`. Select another.",
)
NO_ROUNDING = Text("over: share不取位，请删去over_round。", "`over: share` is not rounded. Delete `over_round`.")
RESERVED: Final = frozenset({"month", "quarter", "half", "year", "group", "all"})
PART_KEYS: Final = ("each", "over", "bar", "part_weight", "at_least", "over_round", "where", "pick")


def object_kinds(sheet: RuleSheet) -> Iterator[Flaw]:
    """Kinds have ids of their own, and figures belong to kinds that exist."""
    kinds, figures = mapped(sheet.objects), mapped(sheet.figures)
    for kind in kinds:
        if not FIGURE_ID.fullmatch(kind):
            yield Flaw(("objects", kind), NOT_A_FIGURE_ID, {"key": kind, "text": kind})
        elif kind in RESERVED:
            yield Flaw(("objects", kind), RESERVED_KIND, {"kind": kind})
        elif kind in figures:
            yield Flaw(("objects", kind), LIKE_A_FIGURE, {"kind": kind})
    for name, figure in readable(sheet):
        if figure.of in (None, BROKEN):
            continue
        if figure.is_computed:
            yield Flaw(("figures", name, "of"), COMPUTED_OF)
        elif figure.of not in kinds:
            yield unknown_kind(("figures", name, "of"), str(figure.of), kinds)


def unknown_kind(path: tuple[str | int, ...], kind: str, kinds: Mapping[str, object]) -> Flaw:
    """A kind of objects that the sheet does not declare."""
    titles = {known: getattr(declared, "title", None) for known, declared in kinds.items()}
    return Flaw(path, NO_KIND, {"kind": kind, "hint": title_hint(kind, titles)})


def kinds_in_formulas(sheet: RuleSheet) -> Iterator[Flaw]:
    """A formula reads objects of one kind only, but for what stands in calls over an axis."""
    figures = dict(readable(sheet))
    for name, figure in figures.items():
        direct = [figures[each].of for each in figure.read_here if each in figures]
        kinds = sorted({kind for kind in direct if isinstance(kind, str)})
        if len(kinds) > 1:
            key = "formula" if figure.panel is None else "panel"
            yield Flaw(("figures", name, key), TWO_KINDS, {"kinds": ", ".join(kinds)})


def part_keys(sheet: RuleSheet) -> Iterator[Flaw]:
    """What an item with `by` needs and may have, and what no other item may have."""
    for item in all_items(sheet):
        if item.by is None:
            for key in PART_KEYS:
                if getattr(item, key) is not None:
                    yield Flaw((*item.path, key), ONLY_WITH_BY, {"key": key})
        elif item.by is not BROKEN:
            yield from axes(item, sheet)
            yield from required(item)
            yield from combination(item, sheet)


def axes(item: Item, sheet: RuleSheet) -> Iterator[Flaw]:
    """The axes of an item exist, and a figure that it uses has values along each."""
    if item.method is not BROKEN and item.method.obligations_counted is not None:
        yield Flaw((*item.path, "by"), NOT_BY_TASKS)
        return
    kinds, figures = mapped(sheet.objects), dict(readable(sheet))
    used = [figures[name] for name in entered_below(item, figures) if name in figures]
    for axis in item.by or ():
        if axis in PERIOD_AXES:
            fits = any(PERIODS.get(each.period, 0) >= PERIODS[PERIOD_AXES[axis]] for each in used)
        elif axis in kinds:
            fits = any(each.of == axis for each in used)
        else:
            yield unknown_kind((*item.path, "by"), axis, {**dict.fromkeys(PERIOD_AXES), **kinds})
            continue
        if not fits and item.method is not BROKEN:
            yield Flaw((*item.path, "by"), NOTHING_BY_IT, {"axis": axis})


def entered_below(item: Item, figures: Mapping[str, Figure]) -> set[str]:
    """The figures that an item reads part by part, also through formulas."""
    waiting = [
        name
        for mention in places.mentions(item)
        if mention.path[len(item.path)] not in ("applies", "where", "corrections")
        for name in places.names_in(mention)
    ]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found or name not in figures:
            continue
        found.add(name)
        waiting += places.figures_below(figures[name])
    return found


def required(item: Item) -> Iterator[Flaw]:
    """`each` and `over`, and with some words a key more."""
    for key in ("each", "over"):
        if getattr(item, key) is None:
            yield Flaw(item.path, MISSING_KEY, {"key": key})
    if item.over is Over.SHARE and item.bar is None:
        yield Flaw(item.path, MISSING_KEY, {"key": "bar"})
    each = item.each
    stated = each is None or each is BROKEN or each.points is not None
    if item.over is Over.SUM and not stated and item.points != NO_MARK:
        yield Flaw((*item.path, "each"), MISSING_KEY, {"key": "points"})
    if each is not None and each is not BROKEN and each.points == NO_MARK and item.points != NO_MARK:
        yield Flaw((*each.path, "points"), NO_MARK_OF_PART)
    if item.over is Over.SHARE and item.points == NO_MARK:
        yield Flaw((*item.path, "over"), NO_SHARE_OF_NOTHING)


def combination(item: Item, sheet: RuleSheet) -> Iterator[Flaw]:
    """The keys of a combination fit each other and the full mark of a part."""
    path = item.path
    if item.over is Over.LAST and any(axis not in PERIOD_AXES for axis in item.by or ()):
        yield Flaw((*path, "over"), NO_LAST)
    if item.bar is not None and item.over is not Over.SHARE:
        yield Flaw((*path, "bar"), BAR_FOR_SHARE)
    if item.part_weight is not None and item.over is not Over.MEAN:
        yield Flaw((*path, "part_weight"), WEIGHT_FOR_MEAN)
    if item.at_least == 0:
        yield Flaw((*path, "at_least"), AT_LEAST_ONE)
    if item.over_round is not None and item.over is Over.SHARE:
        yield Flaw((*path, "over_round"), NO_ROUNDING)
    if item.each in (None, BROKEN) or item.each is None:
        return
    full = min(part_marks(item, sheet), default=None)
    if isinstance(item.bar, Fraction) and full is not None and item.bar > full and item.over is Over.SHARE:
        yield Flaw((*path, "bar"), BAR_TOO_HIGH, {"bar": reduced(item.bar), "full": reduced(full)})
    cap = item.each.cap
    if cap is None and item.points != NO_MARK and (item.method is BROKEN or not item.method.may_exceed_mark):
        cap = full
    yield from floor_and_cap(item.each.path, item.each.floor, cap)
