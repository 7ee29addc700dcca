"""Suspicious values: far from the year before, or far from the other units; the middle and the spread in words.

All comparisons are exact, in millionths. A doubt keeps nothing from being accepted once it is explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

from assess.core.figures.entry import MILLION
from assess.core.numbers import printed, round_half_up
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Text

LEAST_UNITS: Final = 8
"""So many units must have a value before the spread among them means anything."""
SPREADS: Final = 3
"""A value so many interquartile ranges from the middle is far out."""
TIMES_LARGEST: Final = 10
"""Where half of the units have the same value, one so many times the largest of the others is far out."""
CLOSE: Final = Fraction(1, 5)
"""A value this near to a power of ten times what is usual looks like a slip of the decimal point or of the unit."""
FEW: Final = 10 * MILLION
"""A count that differs by fewer cases than these is never suspicious beside the year before."""
FACTORS: Final = (Fraction(1, 1000), Fraction(1, 100), Fraction(1, 10), Fraction(10), Fraction(100), Fraction(1000))
MEASURED: Final = frozenset({FigureKind.NUMBER, FigureKind.PERCENT, FigureKind.COUNT})
SHOWN_DIGITS: Final = 6

LAST_YEAR = Text("上年为{before}，本次为{now}，相差{share}%", "{before} last year, {now} now: {share}% difference")
TIMES_MORE = Text(
    "约为{usual}（{usually}）的{factor}倍，请核对小数点和计量单位",
    "about {factor} times {usual} ({usually}): check the decimal point and the unit of measure",
)
TIMES_LESS = Text(
    "约为{usual}（{usually}）的1/{factor}，请核对小数点和计量单位",
    "about 1/{factor} of {usual} ({usually}): check the decimal point and the unit of measure",
)
A_SHARE = Text(
    "约为{usual}（{usually}%）的1/100，请核对是否把96.5%误填为0.965",
    "about 1/100 of {usual} ({usually}%): check whether a share, such as 0.965 for 96.5%, was entered",
)
OTHERS = Text(
    "{count}个单位的中位数为{middle}，中间一半在{low}至{high}之间，本次为{now}",
    "the median of {count} units is {middle}, half of them are between {low} and {high}, this is {now}",
)
OF_LAST_YEAR = Text("上年数", "last year's value")
OF_OTHERS = Text("各单位中位数", "the median of the units")


@dataclass(frozen=True, slots=True)
class ValueSpread:
    """The values of a figure and period over the units, in millionths: how many, the middle, the middle half, the two
    largest, and from where to where a value lies near enough to the middle."""

    count: int
    middle: Fraction
    low: Fraction
    high: Fraction
    largest: int
    second: int
    near: range


def spread_of(values: Sequence[int]) -> ValueSpread | None:
    """The spread of one figure and period over the units, None where there are too few."""
    if len(values) < LEAST_UNITS:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    middle, low, high = middle_of(ordered), middle_of(ordered[:half]), middle_of(ordered[-half:])
    reach = SPREADS * (high - low)
    return ValueSpread(
        count=len(ordered),
        middle=middle,
        low=low,
        high=high,
        largest=ordered[-1],
        second=ordered[-2],
        near=range(ceil(middle - reach), floor(middle + reach) + 1),
    )


def middle_of(ordered: Sequence[int]) -> Fraction:
    """The median of values in order."""
    place, is_odd = divmod(len(ordered), 2)
    return Fraction(ordered[place]) if is_odd else Fraction(ordered[place - 1] + ordered[place], 2)


def doubt_of(figure: Figure, value: int, last_year: int | None, spread: ValueSpread | None) -> Text | None:
    """Why a value, in millionths, is suspicious; None where it is not, or where the figure is no number.

    Args:
        figure: what the sheet says of it.
        value: the value, in millionths.
        last_year: the unit's own value of the same period a year before, None where there is none.
        spread: the values of all units, this one among them, None where there are too few.
    """
    if figure.kind not in MEASURED:
        return None
    found = [
        each
        for each in (
            None if last_year is None else far_from_last_year(figure, value, last_year),
            None if spread is None else far_from_others(figure, value, spread),
        )
        if each is not None
    ]
    return Text("；".join(each.zh for each in found), "; ".join(each.en for each in found)) if found else None


def far_from_last_year(figure: Figure, value: int, before: int) -> Text | None:
    """What is suspicious beside last year's value: more than half of it away, counts by ten cases at least."""
    away = abs(value - before)
    if before == 0 or 2 * away <= abs(before) or (figure.kind is FigureKind.COUNT and away < FEW):
        return None
    share = round_half_up(Fraction(away * 100, abs(before)), 0)
    what = LAST_YEAR.format(before=shown(before), now=shown(value), share=printed(share))
    return joined(what, slip(figure, value, Fraction(before), OF_LAST_YEAR))


def far_from_others(figure: Figure, value: int, spread: ValueSpread) -> Text | None:
    """What is suspicious beside the other units."""
    if not is_far_out(figure, value, spread):
        return None
    what = OTHERS.format(
        count=spread.count,
        middle=shown(spread.middle),
        low=shown(spread.low),
        high=shown(spread.high),
        now=shown(value),
    )
    return joined(what, slip(figure, value, spread.middle, OF_OTHERS))


def is_far_out(figure: Figure, value: int, spread: ValueSpread) -> bool:
    """Whether a value is far from the middle, as wide as the middle half lies.

    Where half of the units have the same value there is no such width: then a slip by a power of ten is far out, and
    what is many times the largest of the others.
    """
    if spread.high > spread.low:
        return value not in spread.near and not (figure.kind is FigureKind.COUNT and abs(value - spread.middle) < FEW)
    if spread.middle:
        return power_of_ten(value, spread.middle) is not None
    return value == spread.largest and value - spread.second >= FEW and value > TIMES_LARGEST * spread.second


def slip(figure: Figure, value: int, usual: Fraction, whose: Text) -> Text | None:
    """The slip that a value looks like beside what is usual."""
    factor = power_of_ten(value, usual)
    if factor is None:
        return None
    if figure.kind is FigureKind.PERCENT and factor == Fraction(1, 100):
        return A_SHARE.format(usual=whose, usually=shown(usual))
    template, times = (TIMES_MORE, factor) if factor > 1 else (TIMES_LESS, 1 / factor)
    return template.format(usual=whose, usually=shown(usual), factor=printed(times))


def power_of_ten(value: int, usual: Fraction) -> Fraction | None:
    """The power of ten that parts a value from what is usual, None where it is none."""
    return next((factor for factor in FACTORS if usual and abs(value / (usual * factor) - 1) <= CLOSE), None)


def joined(what: Text, more: Text | None) -> Text:
    """Two sentences, or one."""
    return what if more is None else Text(f"{what.zh}，{more.zh}", f"{what.en}, {more.en}")


def shown(millionths: int | Fraction) -> str:
    """Millionths as a number."""
    return printed(round_half_up(Fraction(millionths) / MILLION, SHOWN_DIGITS))
