from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.numbers import (
    NotANumber,
    Percent,
    as_written,
    exact,
    from_cell,
    printed,
    reduced,
    round_half_even,
    round_half_up,
    significant,
)

DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=6)
FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
DIGITS = st.integers(min_value=0, max_value=6)
WIDE = Context(prec=60)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.5", "15/2"), ("-0.30", "-3/10"), ("+4", "4"), (".5", "1/2"), ("5.", "5"), (" 12 ", "12"), ("30%", "3/10"),
        ("2.5 %", "1/40"), ("2/3", "2/3"), ("-1 / 3", "-1/3"), ("2559.27", "255927/100"),
        ("0.1234567890123456789", "1234567890123456789/10000000000000000000"),
    ],
)  # fmt: skip
def test_a_number_is_read_exactly_as_it_is_written(text: str, value: str):
    assert exact(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1e3", "1,000", "0x10", "1_000", "1/0", "1/2/3", "--1", "1.2.3", "%", "½", "７", "inf", "9" * 44],
)
def test_anything_else_is_no_number(text: str):
    with pytest.raises(NotANumber):
        exact(text)


def test_the_double_of_a_cell_is_read_at_the_15_digits_that_excel_shows():
    assert from_cell(0.1) == Fraction(1, 10)
    assert from_cell(0.1 + 0.2) == Fraction(3, 10)
    assert from_cell(2559.27 - 2554.22) == Fraction("5.05000000000018")
    assert from_cell(1e15) == 10**15
    assert from_cell(-1.5e-7) == Fraction("-0.00000015")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        ("7.475", None, "7.475"), ("7.5", 2, "7.50"), ("7", 2, "7.00"), ("7", 0, "7"), ("7", None, "7"),
        ("-0.5", 1, "-0.5"), ("7", 1, "7.0"),
        ("2/3", None, "0.666666666666667"), ("-2/3", None, "-0.666666666666667"),
        ("1/3000", None, "0.000333333333333333"),
        ("200000/3", None, "66666.6666666667"), ("12345678901234567", None, "12345678901234567"),
        ("1234567890123.4567", None, "1234567890123.46"), ("0.12345678901234567", None, "0.123456789012346"),
        ("0.5000", None, "0.5"), ("0", 2, "0.00"), ("-0", 2, "0.00"),
    ],
)  # fmt: skip
def test_a_number_is_shown_in_one_way(value: str, digits: int | None, text: str):
    assert printed(Fraction(value), digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "up", "even"),
    [
        ("7.475", 2, "7.48", "7.48"), ("7.465", 2, "7.47", "7.46"), ("-7.465", 2, "-7.47", "-7.46"),
        ("0.5", 0, "1", "0"),
        ("1.5", 0, "2", "2"), ("-0.5", 0, "-1", "0"), ("7.4649999", 2, "7.46", "7.46"), ("250", -2, "300", "200"),
    ],
)  # fmt: skip
def test_halves_go_away_from_zero_or_to_the_even_neighbour(value: str, digits: int, up: str, even: str):
    assert round_half_up(Fraction(value), digits) == Fraction(up)
    assert round_half_even(Fraction(value), digits) == Fraction(even)


@given(st.integers(-(10**20), 10**20), st.integers(0, 60), st.integers(0, 20))
def test_no_number_is_shown_with_more_than_15_significant_digits(count: int, twos: int, fives: int):
    # A small count of 1/2 ** 60 has 60 decimals.
    value = Fraction(count, 2**twos * 5**fives)
    shown = printed(value)

    if value.denominator != 1:
        assert len(shown.replace(".", "").strip("-0")) <= 15
        assert Fraction(shown) == significant(value, 15)


@given(DECIMALS, DIGITS)
def test_rounding_is_that_of_decimal_arithmetic(value: Decimal, digits: int):
    unit = Decimal(1).scaleb(-digits)

    assert round_half_up(Fraction(value), digits) == Fraction(value.quantize(unit, ROUND_HALF_UP, WIDE))
    assert round_half_even(Fraction(value), digits) == Fraction(value.quantize(unit, ROUND_HALF_EVEN, WIDE))


@given(FRACTIONS, st.integers(min_value=1, max_value=17))
def test_significant_digits_are_those_of_decimal_arithmetic(value: Fraction, digits: int):
    narrow = Context(prec=digits, rounding=ROUND_HALF_UP)
    divided = narrow.divide(Decimal(value.numerator), Decimal(value.denominator))

    assert significant(value, digits) == Fraction(divided)


@given(FRACTIONS)
def test_the_shortest_text_of_a_number_reads_back_as_the_same_number(value: Fraction):
    assert exact(reduced(value)) == value


@given(DECIMALS)
def test_a_percentage_reads_back_as_the_same_number(value: Decimal):
    assert exact(as_written(Percent(value))) == Fraction(value)


@given(DECIMALS, DIGITS)
def test_what_is_shown_with_its_digits_reads_back_as_the_rounded_number(value: Decimal, digits: int):
    rounded = round_half_up(Fraction(value), digits)

    assert exact(printed(rounded, digits)) == rounded
    assert len(printed(rounded, digits).partition(".")[2]) == digits


def test_a_percent_sign_that_an_author_wrote_is_written_again():
    assert as_written(exact("30%")) == "30%"
    assert as_written(exact("12.5%")) == "12.5%"
    assert as_written(exact("0.3")) == "0.3"
    assert as_written(exact("2/3")) == "2/3"
