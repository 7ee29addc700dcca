"""What people type for a figure, and what it means."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.figures.values import read_column, read_value
from assess.core.parsing import ParseError
from assess.core.rules.figure import Figure
from tests.tables import a_figure

PM25 = a_figure("number", unit="µg/m³")
RATE = a_figure("percent", min="0", max="100")
BURNS = a_figure("count", unit={"zh": "起", "en": "cases"})
OPEN = a_figure("yes-no")
WATER = a_figure("choice", choices=["II", "III", "worse"])


@pytest.mark.parametrize(
    ("figure", "text", "value"),
    [
        (PM25, "35.2", Fraction("35.2")),
        (PM25, " 35.20\u200b", Fraction("35.2")),
        (PM25, "１２．５", Fraction("12.5")),
        (PM25, "－3", Fraction(-3)),
        (PM25, "1,234,567.5", Fraction("1234567.5")),
        (PM25, "1，234", Fraction(1234)),
        (PM25, "35.2 µg/m³", Fraction("35.2")),
        (PM25, "35.2μg/m3", Fraction("35.2")),
        (PM25, "12.300000000000001", Fraction("12.300000000000001")),
        (RATE, "93.5%", Fraction("93.5")),
        (RATE, "93.5 ％", Fraction("93.5")),
        (RATE, "0.935", Fraction("0.935")),
        (BURNS, "3起", Fraction(3)),
        (BURNS, "3 cases", Fraction(3)),
        (BURNS, "3.0", Fraction(3)),
        (OPEN, "是", True),
        (OPEN, "No", False),
        (OPEN, "TRUE", True),
        (OPEN, "０", False),
        (WATER, "III", "III"),
        (WATER, "Ⅲ", "III"),
        (WATER, "Worse", "worse"),
    ],
)
def test_a_value_may_be_written_as_people_write_it(figure: Figure, text: str, value: Any) -> None:
    assert read_value(figure, text) == value


@pytest.mark.parametrize(
    ("figure", "text", "told"),
    [
        (PM25, "many", "“many” is not a number. Enter one such as 31.5."),
        (PM25, "约30", "“约30” is not a number. Enter one such as 31.5."),
        (PM25, "≥30", "“≥30” is not a number. Enter one such as 31.5."),
        (PM25, "十二", "“十二” is not a number. Enter one such as 31.5."),
        (PM25, "2/3", "“2/3” is not a number. Enter one such as 31.5."),
        (PM25, "1 2", "“1 2” is not a number. Enter one such as 31.5."),
        (PM25, "3\u200b5", "“3 5” is not a number. Enter one such as 31.5."),
        (PM25, "3\n5", "“3 5” is not a number. Enter one such as 31.5."),
        (PM25, "30-40", "“30-40” is not a number. Enter one such as 31.5."),
        (PM25, "2026-01-05", "“2026-01-05” is not a number. Enter one such as 31.5."),
        (PM25, "3²", "“3²” is not a number. Enter one such as 31.5."),
        (PM25, "-", "“-” is not a value. Leave the cell empty if there is none."),
        (PM25, "／", "“／” is not a value. Leave the cell empty if there is none."),
        (PM25, "无", "“无” is not a value. Leave the cell empty if there is none."),
        (PM25, "N/A", "“N/A” is not a value. Leave the cell empty if there is none."),
        (PM25, "1e3", "“1e3” has an exponent. Enter the number in full."),
        (PM25, "12,5", "The commas in “12,5” do not separate thousands. Enter a number such as 31.5."),
        (PM25, "1234,567", "The commas in “1234,567” do not separate thousands. Enter a number such as 31.5."),
        (PM25, "0,123", "The commas in “0,123” do not separate thousands. Enter a number such as 31.5."),
        (PM25, "35%", "“35%” is a percentage, but this figure is not. Enter the plain number."),
        (PM25, "35 mg/m³", "“35 mg/m³” is not in µg/m³. Convert it and enter only the number."),
        (RATE, "9万", "“9万” is not in %. Convert it and enter only the number."),
        (
            PM25,
            "1234567890123456",
            "“1234567890123456” has 16 digits before the point. At most 15 are allowed. Check it.",
        ),
        (PM25, f"0.{'1' * 25}", f"“0.{'1' * 25}” has 25 digits after the point. At most 24 are allowed. Shorten it."),
        (BURNS, "2.5", "“2.5” is not a whole number. Enter a count such as 3."),
        (BURNS, "-1", "“-1” is below the minimum of 0. Check it."),
        (RATE, "105.02", "“105.02” is above the maximum of 100. Check it."),
        (a_figure(decimals="1"), "12.34", "“12.34” has 2 decimal places. At most 1 are allowed."),
        (a_figure(decimals="0"), "12.3", "“12.3” has decimals. Enter a whole number."),
        (OPEN, "也许", "“也许” must be yes or no."),
        (OPEN, "2", "“2” must be yes or no."),
        (WATER, "IV", "“IV” is not a choice. Select one of II, III, worse."),
        (WATER, "wors", "“wors” is not a choice. Select one of worse, II, III."),
    ],
)
def test_what_could_be_meant_in_two_ways_is_told_and_never_guessed(figure: Figure, text: str, told: str) -> None:
    reading = read_value(figure, text)

    assert isinstance(reading, ParseError)
    assert reading.what.en == told


def test_a_wrong_value_is_told_in_chinese() -> None:
    reading = read_value(BURNS, "2.5起")

    assert isinstance(reading, ParseError)
    assert reading.what.zh == "“2.5起”不是整数，本项按个数填写，例如3。"


def test_trailing_zeros_are_no_decimals() -> None:
    assert read_value(a_figure(decimals="1"), "12.500") == Fraction("12.5")


def test_the_example_of_a_flaw_is_a_value_that_the_figure_takes() -> None:
    reading = read_value(a_figure(min="50", max="60", decimals="0"), "?")

    assert isinstance(reading, ParseError)
    assert reading.what.en == "“?” is not a number. Enter one such as 50."


texts = st.one_of(
    st.sampled_from(
        ["", "12", "12.5", "-3", "93.5%", "1,234", "3起", "x", "0.10", "999999999999999", "7.123456789", " 4 "]
    ),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=1000).map(str),
)
figures = st.sampled_from([PM25, RATE, BURNS, OPEN, a_figure(decimals="1"), a_figure(min="3", max="12.5")])


@given(figures, st.lists(texts, max_size=8))
def test_a_column_reads_each_text_as_it_is_read_alone(figure: Figure, column: list[str]) -> None:
    values, wrongs = read_column(figure, column)

    alone = [read_value(figure, text) if text else None for text in column]
    assert wrongs == {place: each for place, each in enumerate(alone) if isinstance(each, ParseError)}
    assert values.fractions() == [None if each is None or isinstance(each, ParseError) else each for each in alone]


def test_a_column_of_choices_is_words() -> None:
    values, wrongs = read_column(WATER, ["II", "", "ⅲ", "V"])

    assert (values.values.tolist(), values.missing.tolist(), list(wrongs)) == (
        ["II", "", "III", ""],
        [False, True, False, True],
        [3],
    )


def test_two_numbers_in_one_cell_are_not_two_cells() -> None:
    values, wrongs = read_column(PM25, ["1\n2", "3"])

    assert (values.fractions(), list(wrongs)) == ([None, 3], [0])


def test_numbers_of_forty_digits_stay_exact() -> None:
    text = "123456789012345.123456789012345678901234"

    assert read_column(PM25, [text, "1"])[0].fractions() == [Fraction(text), 1]


@given(st.text(max_size=30))
def test_no_text_is_more_than_wrong(text: str) -> None:
    readings = [read_value(figure, text) for figure in (PM25, RATE, BURNS, OPEN, WATER)]

    assert all(isinstance(each, Fraction | bool | str | ParseError) for each in readings)
    assert all("\n" not in each.what.en for each in readings if isinstance(each, ParseError))
