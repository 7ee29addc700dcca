"""Periods as people write them: 2026-01, 1月, 202601, 第一季度, Q1, 上半年, 1-6月, a date."""

from __future__ import annotations

import re
from typing import Final

from assess.core.figures.periods import MONTHS, PARTS, PeriodLabel
from assess.core.naming import folded
from assess.core.parsing import ParseError, wrong
from assess.core.rules.figure import PeriodKind
from assess.core.text import Text

NOT_A_PERIOD = Text(
    "“{text}”不是填报期，请写成2026、2026-H1、2026-Q1或2026-01的形式。",
    "“{text}” is not a period. Enter it as in 2026, 2026-H1, 2026-Q1 or 2026-01.",
)
OTHER_YEAR = Text("“{text}”不在{year}年度之内，请核对填报期。", "“{text}” is outside {year}. Check the period.")
AMBIGUOUS = Text(
    "“{text}”可以有多种理解，请写明填报期，如{year}-01（1月）、{year}-Q1（第一季度）。",
    "“{text}” can be read in more than one way. Enter a period such as {year}-01 (January) or {year}-Q1 (quarter 1).",
)
NO_SUCH_SPAN = Text(
    "“{text}”不是一个季度、半年或全年，请改为年度内的一个填报期。",
    "“{text}” is not a quarter, half or whole year. Enter a single period of the year.",
)

NUMERALS: Final = {
    **{"上": 1, "下": 2, "元": 1},
    **{zh: number for number, zh in enumerate("一二三四五六七八九十", 1)},
    **{"十一": 11, "十二": 12, "first": 1, "second": 2},
}
"""The number of a part by its word."""
NAMES: Final = {
    "sept": 9, **{month.casefold()[:length]: number for number, month in enumerate(MONTHS, 1) for length in (3, 9)}
}  # fmt: skip
"""The number of a month by its English name."""

YEAR: Final = r"(?:(?P<year>[0-9]{4})|(?P<short>[0-9]{2})(?=年))"
OF_YEAR: Final = rf"(?:{YEAR}(?:年度?|[-/.])?)?"
MONTH: Final = r"0?[1-9]|1[0-2]"
MONTH_WORD: Final = rf"{MONTH}|十[一二]?|[元一二三四五六七八九]"
DAY, TIME = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:t?[0-9:.]{5,15})?"
PERIOD_READERS: Final = (
    (PeriodKind.YEAR, rf"{YEAR}(?:年度?)?(?:全年)?"),
    (PeriodKind.YEAR, r"全年|wholeyear"),
    (PeriodKind.HALF, rf"{OF_YEAR}(?:h(?P<part>[12])|(?P<word>[上下])半年)"),
    (PeriodKind.QUARTER, rf"{OF_YEAR}(?:q(?P<part>[1-4])|第?(?P<word>[1-4一二三四])季度?)"),
    (PeriodKind.QUARTER, r"(?P<part>[1-4])q|quarter(?P<word>[1-4])"),
    (PeriodKind.HALF, r"(?P<part>first|second)half"),
    (PeriodKind.MONTH, rf"{OF_YEAR}(?P<part>{MONTH_WORD})月(?:份|{DAY}日?)?"),
    (PeriodKind.MONTH, rf"{YEAR}[-/年](?P<part>{MONTH})"),
    (PeriodKind.MONTH, rf"{YEAR}(?P<part>0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?"),
    (PeriodKind.MONTH, rf"{YEAR}\.(?P<part>0[1-9]|1[0-2]|[2-9])"),
    (PeriodKind.MONTH, rf"{YEAR}(?P<mark>[-/.])(?P<part>{MONTH})(?P=mark){DAY}{TIME}"),
    (PeriodKind.MONTH, rf"{YEAR}[-/年](?P<part>{MONTH})[-/月]{DAY}日?{TIME}"),
    (PeriodKind.MONTH, rf"(?P<part>{'|'.join(NAMES)})\.?,?(?P<year>[0-9]{{4}})?"),
)
"""How periods are written; a date stands for its month, as Excel turns 2026-01 into one. Without a year it is ours."""
READERS: Final = tuple((kind, re.compile(way)) for kind, way in PERIOD_READERS)

TO: Final = "[-−–—~至到]"
SPANS: Final = (
    re.compile(
        rf"{OF_YEAR}(?P<first>{MONTH_WORD})月?份?{TO}+(?:(?P<until>[0-9]{{4}})[-/年.])?(?P<last>{MONTH_WORD})月份?"
    ),
    re.compile(
        r"(?P<year>[0-9]{4})[-/年.]?(?P<first>0?[1-9]|1[0-2])"
        rf"{TO}+(?P<until>[0-9]{{4}})[-/年.]?(?P<last>0?[1-9]|1[0-2])"
    ),
)
"""From one month to another; of 2026-01-06 nobody could tell, so the month is named or the year stands twice."""
BARE: Final = re.compile(MONTH_WORD)
COUNTED: Final = {"月份": "月", "month": "月", "季度": "季度", "quarter": "季度"}
"""What a bare number counts below a heading of periods."""
UNCLEAR: Final = re.compile(rf"{MONTH_WORD}|(?:{MONTH})[-/.~][0-9]{{1,2}}|[0-9]{{4}}\.1")
"""A bare number; 3-5 and 3.5, a day or two months; 2026.1, which Excel makes of 2026.10 as well."""


def read_label(text: str, year: int) -> PeriodLabel | ParseError:
    """The period of the year that a text names, such as 2026-01, 1月, 2026Q1, 上半年, 1-6月 or a date."""
    plain = folded(text)
    for period, way in READERS:
        if found := way.fullmatch(plain):
            named = {"year": None, "short": None, **found.groupdict()}
            part = named.get("part") or named.get("word") or "1"
            label = PeriodLabel(year_named(named, year), period, number_of(part))
            return label if label.year == year else wrong(OTHER_YEAR, text, year=year)
    return span_of(text, plain, year) or wrong(AMBIGUOUS if UNCLEAR.fullmatch(plain) else NOT_A_PERIOD, text, year=year)


def year_named(named: dict[str, str | None], year: int) -> int:
    """The year that a period names: of two digits it is in the century of ours, where none is named it is ours."""
    full, short = named.get("year"), named.get("short")
    if full is None and short is not None:
        return year - year % 100 + int(short)
    return year if full is None else int(full)


def number_of(part: str) -> int:
    """The number that a digit or a word stands for."""
    return NUMERALS.get(part) or NAMES.get(part) or int(part)


def span_of(text: str, plain: str, year: int) -> PeriodLabel | ParseError | None:
    """The period from one month to another, None where the text names no two months."""
    found = next((match for way in SPANS if (match := way.fullmatch(plain))), None)
    if found is None:
        return None
    named = found.groupdict()
    first, last = number_of(found["first"]), number_of(found["last"])
    begins = year_named(named, year)
    if begins != year or int(named.get("until") or begins) != year:
        return wrong(OTHER_YEAR, text, year=year)
    length = last - first + 1
    period = next((kind for kind, parts in PARTS.items() if 12 // parts == length), None)
    if period is None or (first - 1) % length:
        return wrong(NO_SUCH_SPAN, text)
    return PeriodLabel(year, period, (first - 1) // length + 1)


def of_kind(text: str, heading: str) -> str:
    """A bare number below a heading that says what it counts, such as 3 below 月份, with the word for it."""
    plain = folded(text)
    return f"{plain}{COUNTED[heading]}" if heading in COUNTED and BARE.fullmatch(plain) else text
