"""Periods of a year and their labels: 2026, 2026-H1, 2026-Q1, 2026-01."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from assess.core.evidence import Wrong, wrong
from assess.core.naming import folded
from assess.core.rules.figure import Period
from assess.core.text import Text

NOT_A_PERIOD = Text(
    "“{text}”不是期间：请写成 2026、2026-H1、2026-Q1 或 2026-01 的形式",
    "{text} is not a period: write it like 2026, 2026-H1, 2026-Q1 or 2026-01",
)
OTHER_YEAR = Text("“{text}”不在 {year} 年度之内：请核对期间", "{text} lies outside {year}: check the period")
NOT_YEARLY = Text(
    "期间“{text}”与本项不符：本项按年填报，期间请留空",
    "the period {text} does not fit: this figure is yearly, leave the period empty",
)
NOT_ITS_PERIOD = Text(
    "期间“{text}”与本项不符：本项{often}填报，例如 {example}",
    "the period {text} does not fit: this figure is {often}, as in {example}",
)

OFTEN: Final = {
    Period.HALF: Text("按半年", "half-yearly"),
    Period.QUARTER: Text("按季度", "quarterly"),
    Period.MONTH: Text("按月", "monthly"),
}
PARTS: Final = {Period.YEAR: 1, Period.HALF: 2, Period.QUARTER: 4, Period.MONTH: 12}
SHAPES: Final = {
    Period.YEAR: "{year}",
    Period.HALF: "{year}-H{part}",
    Period.QUARTER: "{year}-Q{part}",
    Period.MONTH: "{year}-{part:02}",
}
NUMERALS: Final = {"上": 1, "下": 2, "一": 1, "二": 2, "三": 3, "四": 4}

YEAR, MONTH = r"(?P<year>[0-9]{4})", r"(?P<part>0?[1-9]|1[0-2])"
DAY, TIME = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:t?[0-9:.]{5,15})?"
WAYS: Final = (
    (Period.YEAR, re.compile(rf"{YEAR}(?:年度?|全年)?")),
    (Period.HALF, re.compile(rf"{YEAR}(?:-?h(?P<part>[12])|年?(?P<word>[上下])半年)")),
    (Period.QUARTER, re.compile(rf"{YEAR}(?:-?q(?P<part>[1-4])|年?第?(?P<word>[1-4一二三四])季度?)")),
    (Period.MONTH, re.compile(rf"{YEAR}[-/年]{MONTH}(?:月份?)?")),
    (Period.MONTH, re.compile(rf"{YEAR}[-/年]{MONTH}[-/月]{DAY}日?{TIME}")),
)
"""How periods are written; a date stands for its month, as Excel turns 2026-01 into one."""

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
CALLED: Final = {
    Period.YEAR: (Text("全年", "whole year"),),
    Period.HALF: (Text("上半年", "first half"), Text("下半年", "second half")),
    Period.QUARTER: tuple(Text(f"第{zh}季度", f"quarter {part}") for part, zh in enumerate("一二三四", 1)),
    Period.MONTH: tuple(Text(f"{part}月", month) for part, month in enumerate(MONTHS, 1)),
}


class Label(NamedTuple):
    """A period of a year: the year itself, or its so-manieth half, quarter or month."""

    year: int
    period: Period
    part: int

    @property
    def is_year(self) -> bool:
        """Whether it is the whole year."""
        return self.period is Period.YEAR

    @property
    def called(self) -> Text:
        """What the period is called within its year."""
        return CALLED[self.period][self.part - 1]

    def __str__(self) -> str:
        return SHAPES[self.period].format(year=self.year, part=self.part)


@lru_cache
def periods_of(period: Period, year: int) -> tuple[Label, ...]:
    """A year's periods, in order."""
    return tuple(Label(year, period, part) for part in range(1, PARTS[period] + 1))


def label_on(day: date, period: Period) -> Label:
    """The period of this kind that a day lies in."""
    return Label(day.year, period, (day.month - 1) * PARTS[period] // 12 + 1)


def labels(period: Period, year: int) -> tuple[str, ...]:
    """The labels of a year's periods, in order."""
    return tuple(map(str, periods_of(period, year)))


def year_label(year: int) -> Label:
    """The label of the whole year."""
    return Label(year, Period.YEAR, 1)


def read_label(text: str, year: int) -> Label | Wrong:
    """The period of the year that a text names, such as 2026-01, 2026年1月, 2026Q1, 2026上半年 or a date."""
    plain = folded(text)
    for period, way in WAYS:
        found = way.fullmatch(plain)
        if found:
            named = found.groupdict()
            part = named.get("part") or named.get("word") or "1"
            label = Label(int(named["year"]), period, NUMERALS[part] if part in NUMERALS else int(part))
            return label if label.year == year else wrong(OTHER_YEAR, text, year=year)
    return wrong(NOT_A_PERIOD, text)


def misfit_of(label: Label, period: Period) -> Wrong | None:
    """What is wrong with a period for a figure taken so often; the whole year always fits."""
    if label.period in (period, Period.YEAR):
        return None
    if period is Period.YEAR:
        return wrong(NOT_YEARLY, str(label))
    return wrong(NOT_ITS_PERIOD, str(label), often=OFTEN[period], example=Label(label.year, period, 1))
