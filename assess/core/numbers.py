"""Exact numbers from text, and the one way to print them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

MAX_DIGITS: Final = 40
"""Longer numbers are no figures of an assessment; the bound keeps hostile text cheap."""

PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
SHARE = re.compile(r"([+-]?\d+)\s*/\s*(\d+)", re.ASCII)


class NotANumber(ValueError):
    """The text is not an exact number."""


class Percent(Fraction):
    """A number that its author wrote with a percent sign: `30%` is 0.30."""


def exact(text: str) -> Fraction:
    """The exact value of a number as rule sheets write it: `7.5`, `30%` (0.30) or `2/3`.

    Raises:
        NotANumber: anything else, exponents and more than 40 digits included.
    """
    text = text.strip()
    if len(text) > MAX_DIGITS + 3:
        raise NotANumber(text)
    if PLAIN.fullmatch(text):
        return Fraction(text)
    if text.endswith("%") and PLAIN.fullmatch(text[:-1].rstrip()):
        return Percent(Fraction(text[:-1].rstrip()) / 100)
    share = SHARE.fullmatch(text)
    if share and int(share[2]):
        return Fraction(int(share[1]), int(share[2]))
    raise NotANumber(text)


def is_too_long(text: str) -> bool:
    """Whether a text is a number of more digits than are read."""
    plain = text.strip().removesuffix("%").rstrip()
    return len(text.strip()) > MAX_DIGITS + 3 and (PLAIN.fullmatch(plain) or SHARE.fullmatch(plain)) is not None


def from_cell(value: float) -> Fraction:
    """The exact decimal of a spreadsheet number at the 15 significant digits that Excel shows."""
    return Fraction(format(value, ".15g"))


def printed(value: Fraction, digits: int | None = None) -> str:
    """The one way a number is shown: with so many decimals (the value is already rounded to them),
    else as many as are exact, at most 15 significant digits, halves away from zero."""
    if digits is not None and digits > 0:
        return with_decimals(value, digits)
    if value.denominator == 1:
        return str(value.numerator)
    places = exact_places(value)
    if places is None or abs(value) * 10**places >= 10**SIGNIFICANT:
        value = significant(value, SIGNIFICANT)
        places = exact_places(value) or 0
    return with_decimals(value, places) if places else str(value.numerator)


SIGNIFICANT: Final = 15


def with_decimals(value: Fraction, digits: int) -> str:
    """A value that so many decimals hold, written with all of them."""
    numerator, denominator, scale = abs(value.numerator), value.denominator, 10**digits
    units, rest = divmod((2 * numerator * scale + denominator) // (2 * denominator), scale)
    sign = "-" if value < 0 and (units or rest) else ""
    return f"{sign}{units}.{rest:0{digits}d}"


def exact_places(value: Fraction) -> int | None:
    """How many decimals write the value in full, or None where no number of them does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def round_half_up(value: Fraction, digits: int) -> Fraction:
    """Rounded to so many decimals, halves away from zero (四舍五入)."""
    scale = Fraction(10) ** digits
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole) / scale


def round_half_even(value: Fraction, digits: int) -> Fraction:
    """Rounded to so many decimals, halves to the even neighbour."""
    scale = Fraction(10) ** digits
    return Fraction(round(value * scale)) / scale


def significant(value: Fraction, digits: int) -> Fraction:
    """Rounded to so many significant digits, halves away from zero."""
    if not value:
        return value
    size = abs(value)
    exponent = (size.numerator.bit_length() - size.denominator.bit_length()) * 30103 // 100000
    while Fraction(10) ** exponent > size:
        exponent -= 1
    while Fraction(10) ** (exponent + 1) <= size:
        exponent += 1
    return round_half_up(value, digits - 1 - exponent)


def reduced(value: Fraction) -> str:
    """The shortest exact text of a number: a decimal where one exists, else `n/d`."""
    places = exact_places(value)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    return with_decimals(value, places) if places else str(value.numerator)


def as_written(value: Fraction) -> str:
    """A number as an author would write it: percent where it was, else reduced."""
    return f"{reduced(value * 100)}%" if isinstance(value, Percent) else reduced(value)
