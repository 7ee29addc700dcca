"""Figures of the kind that a method needs, and percent figures compared with numbers in percent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from assess.core.flaws import Flaw
from assess.core.kinds import Name, Previous, ReferenceType, ValueOf
from assess.core.methods.counting import CountedLine
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.normalising import Normalise
from assess.core.methods.peers import EfficacyMethod, Rank, Relative
from assess.core.methods.progress import Done, Ratio
from assess.core.methods.steps import Band, Bands, Lookup
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
    "“{figure}”填是或否，不能按大小计分，请改用done，或用公式换算成数值后再用。",
    "“{figure}” is a yes/no figure and cannot be measured. Use `done`, or a formula "
    "figure that turns it into a number.",
)
PERCENT_SIGN = Text(
    "百分数数据项以百分之几记数，请写{plain}，不写{written}。",
    "Percent figures are counted in percent. Write {plain}, not {written}.",
)
MEASURED = (FigureKind.NUMBER, FigureKind.COUNT, FigureKind.PERCENT)
NUMERIC = (*MEASURED, FigureKind.YES_NO)
MEASURING = (Ratio, Interpolate, Bands, Rank, Relative, EfficacyMethod, Normalise)
"""Methods that measure how much there is: a yes or no is no amount."""
SHARES = frozenset({"zero_below", "full_from"})
"""Value positions of `ratio` that hold a share and not an amount of the figure."""


def figure_kinds(sheet: RuleSheet) -> Iterator[Flaw]:
    """A choice is looked up, a list is of yes-no figures, everything else is a number."""
    figures = mapped(sheet.figures)
    for item in all_items(sheet):
        for mention in places.mentions(item):
            name = figure_named(mention)
            figure = figures.get(name) if name else None
            if figure is None or figure is BROKEN or figure.kind is BROKEN:
                continue
            wanted = wanted_kinds(mention)
            if wanted is MEASURED and figure.kind is FigureKind.YES_NO:
                yield Flaw(mention.path, NO_AMOUNT, {"figure": name})
            elif figure.kind not in wanted:
                facts = {"figure": name, "kind": figure.kind.value, "wanted": Text.listed(wanted)}
                yield Flaw(mention.path, WRONG_KIND, facts)


def figure_named(mention: places.Mention) -> str | None:
    """The figure that a key names, if it names one."""
    if isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure":
        return str(mention.value)
    if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name):
        return mention.value.name
    if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Previous):
        return mention.value.figure
    return None


def wanted_kinds(mention: places.Mention) -> tuple[FigureKind, ...]:
    """The kinds of figure that a key takes."""
    if isinstance(mention.record, Lookup):
        return (FigureKind.CHOICE,)
    if isinstance(mention.record, MEASURING):
        return MEASURED
    return (FigureKind.YES_NO,) if isinstance(mention.record, Done) else NUMERIC


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
    record, key = mention.record, mention.path[-1]
    if isinstance(record, CountedLine) and record.relative is True and key in ("per", "free"):
        return True
    named = item.method if isinstance(record, Band) else record
    figure = figures.get(getattr(named, "figure", None) or "")
    if figure is None or figure is BROKEN or figure.kind is not FigureKind.PERCENT:
        return False
    if isinstance(record, Band) and isinstance(item.method, Bands):
        return key in ("from", "to")
    if "points_at" in mention.path:
        return key == 0
    if isinstance(record, Normalise) and key in ("mean", "deviation"):
        return True
    return isinstance(mention.kind, ValueOf) and not (isinstance(record, Ratio) and key in SHARES)
