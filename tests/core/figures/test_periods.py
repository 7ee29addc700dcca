"""Periods as people write them."""

import pytest

from assess.core.figures.periods import labels, misfit_of, read_label
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
    ],
)
def test_a_period_may_be_written_as_people_write_it(text: str, label: str) -> None:
    assert str(read_label(text, 2026)) == label


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-Q5", "2026-H3", "1月", "202601", "2026.1", "last year", "2026-02-32"]
)
def test_what_is_no_period_is_told(text: str) -> None:
    reading = read_label(text, 2026)

    assert isinstance(reading, ParseError)
    assert reading.what.en == f"“{text}” is not a period. Enter it as in 2026, 2026-H1, 2026-Q1 or 2026-01."


def test_a_period_of_another_year_is_told() -> None:
    reading = read_label("2025-12", 2026)

    assert isinstance(reading, ParseError)
    assert reading.what.en == "“2025-12” is outside 2026. Check the period."


def test_a_period_must_be_as_often_as_the_figure_is_taken() -> None:
    month = read_label("2026-05", 2026)
    assert not isinstance(month, ParseError)

    assert misfit_of(month, PeriodKind.MONTH) is None
    misfits = [misfit_of(month, period) for period in (PeriodKind.YEAR, PeriodKind.QUARTER)]
    assert [each.what.en for each in misfits if each] == [
        "The period “2026-05” does not fit. This figure is yearly. Leave the period empty.",
        "The period “2026-05” does not fit. This figure is quarterly. Enter a period such as 2026-Q1.",
    ]
