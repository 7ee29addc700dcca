from __future__ import annotations

from fractions import Fraction

import pytest

from assess.core.figures.entry import Stored, as_shown, as_text, read_entry, to_stored
from assess.core.parsing import ParseError
from assess.core.text import Text
from tests.tables import a_figure

UNSEEN = "This contains invisible control characters. Enter it again."


def told(text: str, kind: str = "number", **keys: object) -> str:
    found = read_entry(a_figure(kind, **keys), text)
    assert isinstance(found, ParseError)
    return found.what.en


def test_a_blank_entry_is_missing_and_no_flaw():
    assert [read_entry(a_figure(), text) for text in ("", "  ", "\t\r\n", "\u200b")] == [None] * 4


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "again", "shown"),
    [
        ("number", "１,234.5", Stored(millionths=1_234_500_000), "1234.5", Text.same("1234.5")),
        ("number", "-0.000001", Stored(millionths=-1), "-0.000001", Text.same("-0.000001")),
        (
            "number",
            "9223372036854.775807",
            Stored(millionths=2**63 - 1),
            "9223372036854.775807",
            Text.same("9223372036854.78"),
        ),
        ("percent", "93.50%", Stored(millionths=93_500_000), "93.5", Text.same("93.5")),
        ("count", "0", Stored(millionths=0), "0", Text.same("0")),
        ("yes-no", "是", Stored(millionths=1_000_000), "yes", Text("是", "yes")),
        ("yes-no", "false", Stored(millionths=0), "no", Text("否", "no")),
        ("choice", "ⅱ", Stored(text="II"), "II", Text.same("II")),
    ],
)
def test_a_value_is_kept_exactly_and_comes_back_as_it_would_be_typed(
    kind: str, typed: str, kept: Stored, again: str, shown: Text
):
    figure = a_figure(kind, **({"choices": ["II", "III"]} if kind == "choice" else {}))
    value = read_entry(figure, typed)
    assert not isinstance(value, ParseError)

    assert to_stored(value) == kept
    assert (as_text(figure, *kept), as_shown(figure, *kept)) == (again, shown)
    assert read_entry(figure, again) == value


def test_nothing_is_kept_as_nothing():
    assert to_stored(None) == Stored(None, None)
    assert [as_text(a_figure(kind), None) for kind in ("number", "yes-no", "choice")] == ["", "", ""]


def test_six_decimals_are_kept_and_more_are_refused_even_where_the_sheet_allows_them():
    assert read_entry(a_figure(decimals="8"), "0.123456") == Fraction("0.123456")
    assert told("0.1234567", decimals="8") == "“0.1234567” has 7 decimal places. At most 6 are allowed."


def test_a_number_that_64_bits_of_millionths_cannot_hold_is_refused():
    assert told("9223372036854.775808").startswith("“9223372036854.775808” is too large")
    assert told("-9223372036854.775808").startswith("“-9223372036854.775808” is too large")


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("1" * 201, "This is too long. It must be 200 characters or fewer."),
        ("1\x002", UNSEEN),
        ("1\n2", UNSEEN),
        ("\x00", UNSEEN),
        ("<script>", "“<script>” is not a number. Enter one such as 31.5."),
        ("1e3", "“1e3” has an exponent. Enter the number in full."),
    ],
)
def test_what_no_value_could_be_is_refused_in_plain_words(typed: str, what: str):
    assert told(typed) == what
