"""Periods of a year and their labels: 2026, 2026-H1, 2026-Q1, 2026-01."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from assess.core.parsing import ParseError, wrong
from assess.core.rules.figure import PeriodKind
from assess.core.text import Text

NOT_YEARLY = Text(
    "填报期“{text}”与本项不符，本项按年填报，填报期请留空。",
    "The period “{text}” does not fit. This figure is yearly. Leave the period empty.",
)
NOT_ITS_PERIOD = Text(
    "填报期“{text}”与本项不符，本项{often}填报，例如{example}。",
    "The period “{text}” does not fit. This figure is {often}. Enter a period such as {example}.",
)

OFTEN: Final = {
    PeriodKind.HALF: Text("按半年", "half-yearly"),
    PeriodKind.QUARTER: Text("按季度", "quarterly"),
    PeriodKind.MONTH: Text("按月", "monthly"),
}
PARTS: Final = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}
SHAPES: Final = {
    PeriodKind.YEAR: "{year}",
    PeriodKind.HALF: "{year}-H{part}",
    PeriodKind.QUARTER: "{year}-Q{part}",
    PeriodKind.MONTH: "{year}-{part:02}",
}
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
CALLED: Final = {
    PeriodKind.YEAR: (Text("全年", "whole year"),),
    PeriodKind.HALF: (Text("上半年", "first half"), Text("下半年", "second half")),
    PeriodKind.QUARTER: tuple(Text(f"第{zh}季度", f"quarter {part}") for part, zh in enumerate("一二三四", 1)),
    PeriodKind.MONTH: tuple(Text(f"{part}月", month) for part, month in enumerate(MONTHS, 1)),
}


class PeriodLabel(NamedTuple):
    """A period of a year: the year itself, or its so-manieth half, quarter or month."""

    year: int
    period: PeriodKind
    part: int

    @property
    def is_year(self) -> bool:
        """Whether it is the whole year."""
        return self.period is PeriodKind.YEAR

    @property
    def label(self) -> Text:
        """What the period is called within its year."""
        return CALLED[self.period][self.part - 1]

    def __str__(self) -> str:
        return SHAPES[self.period].format(year=self.year, part=self.part)

    @property
    def months(self) -> range:
        """Its months, counted from 1."""
        width = 12 // PARTS[self.period]
        return range((self.part - 1) * width + 1, self.part * width + 1)

    def holds(self, other: PeriodLabel) -> bool:
        """Whether it holds the whole of another period."""
        return self.year == other.year and self.months[0] <= other.months[0] and other.months[-1] <= self.months[-1]

    def years_back(self, years: int) -> PeriodLabel:
        """The same period so many years before."""
        return self._replace(year=self.year - years)

    def before(self) -> PeriodLabel:
        """The period before; before the first of a year the last of the year before."""
        if self.part > 1:
            return self._replace(part=self.part - 1)
        return PeriodLabel(self.year - 1, self.period, PARTS[self.period])

    def around(self, period: PeriodKind) -> PeriodLabel:
        """The period of a longer kind that holds it."""
        return PeriodLabel(self.year, period, (self.months[0] - 1) * PARTS[period] // 12 + 1)


def within_year(text: str, year: int) -> PeriodLabel:
    """The period of a year that expressions write as 01 to 12, Q1 to Q4, H1 or H2."""
    kind = {"Q": PeriodKind.QUARTER, "H": PeriodKind.HALF}.get(text[0], PeriodKind.MONTH)
    return PeriodLabel(year, kind, int(text.lstrip("QH")))


@lru_cache
def periods_of(period: PeriodKind, year: int) -> tuple[PeriodLabel, ...]:
    """A year's periods, in order."""
    return tuple(PeriodLabel(year, period, part) for part in range(1, PARTS[period] + 1))


def label_on(day: date, period: PeriodKind) -> PeriodLabel:
    """The period of this kind that a day lies in."""
    return PeriodLabel(day.year, period, (day.month - 1) * PARTS[period] // 12 + 1)


def labels(period: PeriodKind, year: int) -> tuple[str, ...]:
    """The labels of a year's periods, in order."""
    return tuple(map(str, periods_of(period, year)))


def year_label(year: int) -> PeriodLabel:
    """The label of the whole year."""
    return PeriodLabel(year, PeriodKind.YEAR, 1)


def misfit_of(label: PeriodLabel, period: PeriodKind) -> ParseError | None:
    """What is wrong with a period for a figure taken so often; the whole year always fits."""
    if label.period in (period, PeriodKind.YEAR):
        return None
    if period is PeriodKind.YEAR:
        return wrong(NOT_YEARLY, str(label))
    return wrong(NOT_ITS_PERIOD, str(label), often=OFTEN[period], example=PeriodLabel(label.year, period, 1))
