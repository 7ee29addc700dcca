from __future__ import annotations

import random
from fractions import Fraction
from statistics import median

import pytest

from assess.core.evidence.doubts import SPREADS, doubt_of, spread_of
from assess.core.figures.entry import MILLION
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Text

USUAL = (95, 95.5, 96, 96.5, 97, 97.5, 98, 98.5)
NONE_BUT_ONE = (0, 0, 0, 0, 0, 0, 0, 1)
ALIKE = (20, 20, 20, 20, 20, 20, 20, 20)


def doubt(kind: FigureKind, value: float, others: tuple[float, ...] = (), last_year: float | None = None) -> str | None:
    """Why a value is suspicious among those of the other units, in English."""
    whole = [round(each * MILLION) for each in (*others, value)]
    before = None if last_year is None else round(last_year * MILLION)
    found: Text | None = doubt_of(Figure(kind=kind, from_="water-bureau"), whole[-1], before, spread_of(whole))
    return found and found.en


@pytest.mark.parametrize(
    ("kind", "value", "others", "last_year"),
    [
        (FigureKind.PERCENT, 90, USUAL, None),
        (FigureKind.PERCENT, 0.965, USUAL[:6], None),
        (FigureKind.COUNT, 9, NONE_BUT_ONE, None),
        (FigureKind.COUNT, 12, (), 3),
        (FigureKind.NUMBER, 30, (), 20),
        (FigureKind.NUMBER, 30, (), 0),
        (FigureKind.NUMBER, 22, ALIKE, None),
        (FigureKind.YES_NO, 1, NONE_BUT_ONE, 0),
    ],
)
def test_what_is_near_what_few_units_say_and_counts_of_a_few_cases_are_not_suspicious(
    kind: FigureKind, value: float, others: tuple[float, ...], last_year: float | None
):
    assert doubt(kind, value, others, last_year) is None


@pytest.mark.parametrize(
    ("kind", "value", "others", "last_year", "why"),
    [
        (
            FigureKind.PERCENT, 0.965, USUAL, 96,
            ("96 last year, 0.965 now: 99% difference, about 1/100 of last year's value "
             "(96%): check whether a share, such as 0.965 for 96.5%, was entered; the median of 9 "
             "units is 96.5, half of them are between 95.25 and 97.75, this is 0.965, about 1/100 of "
             "the median of the units (96.5%): check whether a share, such as 0.965 for 96.5%, was entered"),
        ),
        (
            FigureKind.NUMBER, 200, ALIKE, None,
            ("the median of 9 units is 20, half of them are between 20 and 20, this is 200, about "
             "10 times the median of the units (20): check the decimal point and the unit of "
             "measure"),
        ),
        (FigureKind.COUNT, 13, (), 2, "2 last year, 13 now: 550% difference"),
        (FigureKind.COUNT, 12, (), 2, "2 last year, 12 now: 500% difference"),
        (
            FigureKind.COUNT, 11, NONE_BUT_ONE, None,
            "the median of 9 units is 0, half of them are between 0 and 0.5, this is 11",
        ),
        (
            FigureKind.COUNT, 11, (0,) * 8, None,
            "the median of 9 units is 0, half of them are between 0 and 0, this is 11",
        ),
    ],
)  # fmt: skip
def test_a_suspicious_value_is_told_with_the_year_before_the_middle_and_the_spread(
    kind: FigureKind, value: float, others: tuple[float, ...], last_year: float | None, why: str
):
    assert doubt(kind, value, others, last_year) == why


def test_far_out_is_more_than_three_times_the_width_of_the_middle_half_from_the_middle_exactly():
    chance = random.Random(7)
    for _ in range(300):
        values = [chance.randrange(1000) for _ in range(chance.randrange(8, 14))]
        half, ordered = len(values) // 2, sorted(values)
        width = Fraction(median(ordered[-half:])) - Fraction(median(ordered[:half]))
        if width:
            value = chance.choice([*values, chance.randrange(-3000, 4000)])
            far = abs(value - Fraction(median(values))) > SPREADS * width
            spread = spread_of(values)
            assert (doubt_of(Figure(kind=FigureKind.NUMBER, from_="x"), value, None, spread) is not None) == far
