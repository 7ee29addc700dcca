"""Periods as people write them."""

import pytest

from assess.core.figures.period_words import AMBIGUOUS, NO_SUCH_SPAN, read_label
from assess.core.figures.periods import labels, misfit_of
from assess.core.parsing import ParseError
from assess.core.rules.figure import PeriodKind


def test_the_labels_of_a_year() -> None:
    assert [labels(period, 2026) for period in (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER)] == [
        ("2026",),
        ("2026-H1", "2026-H2"),
        ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"),
    ]
    assert labels(PeriodKind.MONTH, 2026)[::11] == ("2026-01", "2026-12")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026", "2026"),
        ("2026年", "2026"),
        ("２０２６年度", "2026"),
        ("2026-H1", "2026-H1"),
        ("2026h2", "2026-H2"),
        ("2026年上半年", "2026-H1"),
        ("2026下半年", "2026-H2"),
        ("2026-Q3", "2026-Q3"),
        ("2026Q1", "2026-Q1"),
        ("2026年第一季度", "2026-Q1"),
        ("2026年4季度", "2026-Q4"),
        ("2026-01", "2026-01"),
        ("2026-1", "2026-01"),
        ("2026/12", "2026-12"),
        ("2026年1月", "2026-01"),
        ("2026 年 10 月份", "2026-10"),
        ("2026-03-01", "2026-03"),
        ("2026-03-31 00:00:00", "2026-03"),
        ("2026/3/1", "2026-03"),
        *((text, "2026-01") for text in ("1月", "一月", "元月", "１月份", "202601", "２０２６０１", "26年1月", "Jan")),
        *((text, "2026-01") for text in ("2026.01", "20260115", "2026.1.15", "1月15日", "January 2026", "1-1月")),
        ("2026.2", "2026-02"),
        ("2026.10", "2026-10"),
        ("十月", "2026-10"),
        ("十二月份", "2026-12"),
        *((text, "2026-H1") for text in ("上半年", "H1", "first half", "2026年1-6月", "1－6月份", "一至六月")),
        *((text, "2026-H1") for text in ("2026年1月至6月", "2026年1月-2026年6月", "202601~202606")),
        *((text, "2026-Q1") for text in ("第一季度", "1季度", "一季度", "第1季度", "Q1", "ｑ１", "1Q", "1—3月")),
        ("10-12月", "2026-Q4"),
        *((text, "2026") for text in ("全年", "1-12月", "2026年全年")),
    ],
)
def test_a_period_may_be_written_as_people_write_it(text: str, label: str) -> None:
    assert str(read_label(text, 2026)) == label


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-Q5", "H3", "0月", "13月", "202613", "1月2月", "本月", "last year", "2026-02-32"]
)
def test_what_is_no_period_is_told(text: str) -> None:
    reading = read_label(text, 2026)

    assert isinstance(reading, ParseError)
    assert reading.what.en == f"“{text}” is not a period. Enter it as in 2026, 2026-H1, 2026-Q1 or 2026-01."


@pytest.mark.parametrize("text", ["1", "十", "3-5", "3/5", "3.5", "1~6", "2026.1"])
def test_what_can_be_read_in_more_than_one_way_is_never_guessed(text: str) -> None:
    reading = read_label(text, 2026)

    assert isinstance(reading, ParseError)
    assert reading.what == AMBIGUOUS.format(text=text, year=2026)


@pytest.mark.parametrize("text", ["1-5月", "2-7月", "6-1月", "202601-202605"])
def test_months_that_make_no_period_are_told(text: str) -> None:
    reading = read_label(text, 2026)

    assert isinstance(reading, ParseError)
    assert reading.what == NO_SUCH_SPAN.format(text=text)


@pytest.mark.parametrize("text", ["2025-12", "202512", "25年1月", "2025年1-6月", "2026年1月-2027年6月", "Jan 2025"])
def test_a_period_of_another_year_is_told(text: str) -> None:
    reading = read_label(text, 2026)

    assert isinstance(reading, ParseError)
    assert reading.what.en == f"“{text}” is outside 2026. Check the period."


def test_a_period_must_be_as_often_as_the_figure_is_taken() -> None:
    month = read_label("2026-05", 2026)
    assert not isinstance(month, ParseError)

    assert misfit_of(month, PeriodKind.MONTH) is None
    misfits = [misfit_of(month, period) for period in (PeriodKind.YEAR, PeriodKind.QUARTER)]
    assert [each.what.en for each in misfits if each] == [
        "The period “2026-05” does not fit. This figure is yearly. Leave the period empty.",
        "The period “2026-05” does not fit. This figure is quarterly. Enter a period such as 2026-Q1.",
    ]
