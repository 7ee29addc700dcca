"""Figures: who supplies them, their periods and ranges, formulas without circles, none without use."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from fractions import Fraction

from assess.core.flaws import Flaw
from assess.core.rules.checking import places
from assess.core.rules.checking.ids import mapped
from assess.core.rules.figure import (
    BY_FORMULA,
    BY_LEDGER,
    BY_PANEL,
    BY_TASK_LIST,
    BY_UNIT,
    OF_LEDGER,
    OF_TASK_LIST,
    SUPPLIERS,
    Figure,
    FigureKind,
    PeriodKind,
    RollUp,
)
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import BROKEN, MISSING_KEY, Tree, complete
from assess.core.text import Text

NOT_HERE = Text("“{key}”只用于{where}，请删去或修改。", "“{key}” is only for {where}. Delete it or change it.")
WRONG_MEASURE = Text(
    "“{measure}”不能用于来自{source}的数据项，请另选。",
    "The measure “{measure}” is not one of {source}. Select another.",
)
NO_ROLL_UP = Text(
    "按{period}采集的数据项须写明roll_up（如何合成全年值），请补上。",
    "A figure by {period} needs `roll_up`. Add how the year's value is made.",
)
CANNOT_ROLL_UP = Text(
    "这类数据项只能用roll_up: 期末，请修改。", "This type of figure can only have `roll_up: last`. Change it."
)
TOO_MANY_PERIODS = Text(
    "min_periods超过一年的期数{most}，请改小。", "`min_periods` is above the {most} periods of a year. Lower it."
)
NO_DETAILS = Text(
    "“details”只用于由部门或街乡报送的次数，请删去。",
    "`details` is only for counts (`kind: count`) that a department or a unit enters. Delete it.",
)
FROM = Text.same("from: {supplier}")
ONLY_CHOICES = Text("kind: 选项", "kind: choice")
MIN_ABOVE_MAX = Text("min大于max，请对调。", "`min` is above `max`. Swap them.")
NO_RANGE = Text("这类数据项没有数值范围，请删去{key}。", "This type of figure has no number range. Delete {key}.")
NO_CHOICES = Text("选择类数据项须列出choices，请补上。", "A choice figure needs `choices`. Add them.")
CHOICES_TWICE = Text("选项“{choice}”重复，请只保留一处。", "The choice “{choice}” appears twice. Keep one.")
CIRCLE = Text(
    "公式互相引用，形成循环：{circle}。请改其中一个。",
    "The formulas refer to each other in a circle: {circle}. Change one of them.",
)
UNUSED = Text(
    "数据项“{id}”没有被任何考核项、条件或公式使用，请删去或使用。",
    "No item, condition or formula uses the figure “{id}”. Use it or delete it.",
)
PERIODS = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}
PERIOD_NAMES = {
    PeriodKind.HALF: Text(
        "半年",
        "half-year",
    ),
    PeriodKind.QUARTER: Text("季度", "quarter"),
    PeriodKind.MONTH: Text("月", "month"),
}


def readable(sheet: RuleSheet) -> Iterator[tuple[str, Figure]]:
    """The figures that could be read; single keys may be BROKEN."""
    return ((name, figure) for name, figure in mapped(sheet.figures).items() if figure is not BROKEN)


def suppliers(sheet: RuleSheet) -> Iterator[Flaw]:
    """Keys that belong to one supplier stand only with it, and those it needs are there."""
    for name, figure in readable(sheet):
        path = ("figures", name)
        if figure.from_ is BROKEN:
            continue
        if figure.from_ == BY_FORMULA and figure.formula is None:
            yield Flaw(path, MISSING_KEY, {"key": "formula"})
        if figure.from_ in (BY_TASK_LIST, BY_LEDGER) and figure.measure is None:
            yield Flaw(path, MISSING_KEY, {"key": "measure"})
        for key, wanted in (
            ("formula", BY_FORMULA), ("panel", BY_PANEL), ("tasks", BY_TASK_LIST), ("findings", BY_LEDGER),
            ("certified_by", BY_UNIT),
        ):  # fmt: skip
            if getattr(figure, key) is not None and figure.from_ != wanted:
                yield Flaw(
                    (*path, key), NOT_HERE, {"key": key, "where": FROM.format(supplier=SUPPLIERS.called(wanted))}
                )
        if figure.measure not in (None, BROKEN):
            measures = {BY_TASK_LIST: OF_TASK_LIST, BY_LEDGER: OF_LEDGER}.get(figure.from_, frozenset())
            if figure.measure not in measures:
                facts = {"measure": figure.measure.told, "source": SUPPLIERS.called(figure.from_)}
                yield Flaw((*path, "measure"), WRONG_MEASURE, facts)


def details(sheet: RuleSheet) -> Iterator[Flaw]:
    """Rows of details belong to counts that somebody enters."""
    for name, figure in readable(sheet):
        if figure.details is not None and (not figure.is_entered or figure.kind not in (FigureKind.COUNT, BROKEN)):
            yield Flaw(("figures", name, "details"), NO_DETAILS)


def periods(sheet: RuleSheet) -> Iterator[Flaw]:
    """A figure with periods says how the year's value is made of them."""
    for name, figure in readable(sheet):
        path = ("figures", name)
        if figure.kind is FigureKind.CHOICE and figure.roll_up not in (None, BROKEN, RollUp.LAST):
            yield Flaw((*path, "roll_up"), CANNOT_ROLL_UP)
        if figure.period is BROKEN:
            continue
        if figure.period is not PeriodKind.YEAR and figure.roll_up is None:
            yield Flaw(path, NO_ROLL_UP, {"period": PERIOD_NAMES[figure.period]})
        if isinstance(figure.min_periods, int) and figure.min_periods > PERIODS[figure.period]:
            yield Flaw((*path, "min_periods"), TOO_MANY_PERIODS, {"most": PERIODS[figure.period]})


def ranges(sheet: RuleSheet) -> Iterator[Flaw]:
    """What may be entered is possible."""
    for name, figure in readable(sheet):
        path = ("figures", name)
        if isinstance(figure.min, Fraction) and isinstance(figure.max, Fraction) and figure.min > figure.max:
            yield Flaw((*path, "min"), MIN_ABOVE_MAX)
        if figure.kind in (FigureKind.CHOICE, FigureKind.YES_NO):
            for key in ("min", "max", "decimals"):
                if getattr(figure, key) is not None:
                    yield Flaw((*path, key), NO_RANGE, {"key": key})
        if figure.kind is FigureKind.CHOICE:
            yield from choices(figure, path)
        elif figure.choices is not None and figure.kind is not BROKEN:
            yield Flaw((*path, "choices"), NOT_HERE, {"key": "choices", "where": ONLY_CHOICES})


def choices(figure: Figure, path: tuple[str, ...]) -> Iterator[Flaw]:
    """A choice has words to choose from, each once."""
    if figure.choices is None:
        yield Flaw(path, NO_CHOICES)
        return
    for i, choice in enumerate(complete(figure.choices)):
        if choice in figure.choices[:i]:
            yield Flaw((*path, "choices", i), CHOICES_TWICE, {"choice": choice})


def circles(sheet: RuleSheet) -> Iterator[Flaw]:
    """No computed figure needs itself; last year's value of itself is no circle."""
    needs = {name: sorted(figure.made_of_same_time) for name, figure in readable(sheet) if figure.is_computed}
    reported: set[frozenset[str]] = set()
    for name in needs:
        circle = circle_from(name, needs)
        if circle and frozenset(circle) not in reported:
            reported.add(frozenset(circle))
            key = "formula" if mapped(sheet.figures)[name].panel is None else "panel"
            yield Flaw(("figures", name, key), CIRCLE, {"circle": " → ".join(circle)})


def circle_from(name: str, needs: Mapping[str, list[str]]) -> list[str]:
    """The shortest way from a formula back to itself, or nothing."""
    waiting = deque([name])
    before: dict[str, str] = {}
    while waiting:
        last = waiting.popleft()
        for needed in needs.get(last, ()):
            if needed == name:
                return [*way_to(last, name, before), name]
            if needed not in before:
                before[needed] = last
                waiting.append(needed)
    return []


def way_to(last: str, first: str, before: Mapping[str, str]) -> list[str]:
    """The way on which a name was found."""
    way = [last]
    while way[-1] != first:
        way.append(before[way[-1]])
    return way[::-1]


def unused(sheet: RuleSheet, unreadable: Tree) -> Iterator[Flaw]:
    """Every figure is used; what unreadable parts of the tree mention counts as used."""
    used = places.figures_used(sheet) | words_in(unreadable)
    for name in mapped(sheet.figures):
        if name not in used:
            yield Flaw(("figures", name), UNUSED, {"key": name, "id": name})


SAYINGS = frozenset(
    {"title", "note", "text", "counting", "example", "proof", "clause", "basis", "issued_by", "issued_on"}
)


def words_in(tree: Tree) -> set[str]:
    """The words that stand anywhere in the values of a tree, titles and notes aside."""
    if isinstance(tree, Mapping):
        return set().union(*(words_in(value) for key, value in tree.items() if key not in SAYINGS))
    if isinstance(tree, list):
        return set().union(*map(words_in, tree))
    return set(re.findall(r"\w+", tree)) if isinstance(tree, str) else set()
