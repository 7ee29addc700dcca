"""Figures of the kind that a method needs, and percent figures compared with numbers in percent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from assess.core.flaws import Flaw
from assess.core.kinds import Name, Previous, ReferenceType, ValueOf
from assess.core.methods.traits import FiguresTaken
from assess.core.numbers import Percent, as_written, reduced
from assess.core.rules.checking import places
from assess.core.rules.checking.ids import mapped
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN
from assess.core.text import Text

WRONG_KIND = Text(
    "“{figure}”是{kind}类数据项，这里需要{wanted}。", "“{figure}” is a figure of type {kind}. {wanted} is needed here."
)
NO_AMOUNT = Text(
    "“{figure}”填是或否，不能按大小计分，请改用“完成得满分”，或用公式换算成数值后再用。",
    "“{figure}” is a yes/no figure and cannot be measured. Use `done`, or a formula "
    "figure that turns it into a number.",
)
PERCENT_SIGN = Text(
    "百分数数据项以百分之几记数，请写{plain}，不写{written}。",
    "Percent figures are counted in percent. Write {plain}, not {written}.",
)
MEASURED = (FigureKind.NUMBER, FigureKind.COUNT, FigureKind.PERCENT)
NUMERIC = (*MEASURED, FigureKind.YES_NO)
TAKEN: Mapping[FiguresTaken, tuple[FigureKind, ...]] = {
    FiguresTaken.AMOUNTS: MEASURED,
    FiguresTaken.NUMBERS: NUMERIC,
    FiguresTaken.YES_NO: (FigureKind.YES_NO,),
    FiguresTaken.CHOICES: (FigureKind.CHOICE,),
}


def figure_kinds(sheet: RuleSheet) -> Iterator[Flaw]:
    """A choice is looked up, a list is of yes-no figures, everything else is a number."""
    figures = mapped(sheet.figures)
    for item in all_items(sheet):
        taken = NUMERIC if item.method is BROKEN else TAKEN[item.method.figures_taken]
        for mention in places.mentions(item):
            wanted = NUMERIC if mention.record is item else taken
            yield from wrong_kind(mention, wanted, figures)
    for mention in places.of_ranking(sheet):
        yield from wrong_kind(mention, NUMERIC, figures)


def wrong_kind(
    mention: places.Mention, wanted: tuple[FigureKind, ...], figures: Mapping[str, Figure]
) -> Iterator[Flaw]:
    """A flaw where a key names a figure of another kind."""
    name = figure_named(mention)
    figure = figures.get(name) if name else None
    if figure is None or figure is BROKEN or figure.kind is BROKEN:
        return
    if wanted is MEASURED and figure.kind is FigureKind.YES_NO:
        yield Flaw(mention.path, NO_AMOUNT, {"figure": name})
    elif figure.kind not in wanted:
        facts = {"figure": name, "kind": figure.kind.told, "wanted": kinds_told(wanted)}
        yield Flaw(mention.path, WRONG_KIND, facts)


def kinds_told(kinds: tuple[FigureKind, ...]) -> Text:
    """Kinds of figures one after the other."""
    return Text("、".join(kind.chinese for kind in kinds), ", ".join(kinds))


def figure_named(mention: places.Mention) -> str | None:
    """The figure that a key names, if it names one."""
    if isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure":
        return str(mention.value)
    if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name):
        return mention.value.name
    if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Previous):
        return mention.value.figure
    return None


def percent_signs(sheet: RuleSheet) -> Iterator[Flaw]:
    """`target: 80%` on a figure in percent is a mistake for 80; so are bands, ends, steps and ranges."""
    figures = mapped(sheet.figures)
    for name, figure in figures.items():
        if figure is not BROKEN and figure.kind is FigureKind.PERCENT:
            for key in ("min", "max"):
                yield from percent_sign(getattr(figure, key), ("figures", name, key))
    for item in all_items(sheet):
        if item.method is BROKEN:
            continue
        for mention in places.mentions(item.method):
            if is_amount(mention, item, figures):
                yield from percent_sign(mention.value, mention.path)


def percent_sign(value: object, path: tuple[str | int, ...]) -> Iterator[Flaw]:
    """A flaw where a number was written with a percent sign."""
    if isinstance(value, Percent):
        facts = {"plain": reduced(Fraction(value) * 100), "written": as_written(value)}
        yield Flaw(path, PERCENT_SIGN, facts)


def is_amount(mention: places.Mention, item: Item, figures: Mapping[str, Figure]) -> bool:
    """Whether a number is an amount of a figure in percent, or of a shortfall in percent."""
    place, key = key_of(mention)
    if item.method.is_percentage(mention.record, key):
        return True
    figure = figures.get(getattr(mention.record, "figure", None) or getattr(item.method, "figure", None) or "")
    if figure is None or figure is BROKEN or figure.kind is not FigureKind.PERCENT:
        return False
    return key in item.method.amounts and place == 0


def key_of(mention: places.Mention) -> tuple[int, str]:
    """The key under which a value stands, and its place in its pair, 0 outside of pairs."""
    *_, outer, last = mention.path
    if isinstance(last, str):
        return 0, last
    if isinstance(outer, str):
        return 0, outer
    return last, str(mention.path[-3])
