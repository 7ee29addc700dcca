"""The one reader of a typed value: what somebody wrote for a figure becomes an exact value, or a flaw in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from assess.core.exact import Column
from assess.core.exact.integers import INT64, Integers, integers
from assess.core.expressions import TextColumn
from assess.core.figures.measures import measure_key
from assess.core.naming import Guesses, folded, trimmed
from assess.core.numbers import exact_places, printed
from assess.core.parsing import DECIMALS, TRUTHS, WHOLE_DIGITS, ParseError, wrong
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Text

Reading = Fraction | bool | str | ParseError
"""A number, yes or no, the word of a choice; or what is wrong."""

NOT_A_NUMBER = Text(
    "“{text}”不是数字，请只填数字，例如{example}。", "“{text}” is not a number. Enter one such as {example}."
)
NO_VALUE = Text(
    "“{text}”不是数值，没有数据时请留空。", "“{text}” is not a value. Leave the cell empty if there is none."
)
EXPONENT = Text("“{text}”用了科学记数法，请写出全部数字。", "“{text}” has an exponent. Enter the number in full.")
COMMAS = Text(
    "“{text}”中的逗号不是千位分隔符，小数点用“.”，例如{example}。",
    "The commas in “{text}” do not separate thousands. Enter a number such as {example}.",
)
NO_PERCENT = Text(
    "“{text}”带百分号，但本项不是百分数，请填原数。",
    "“{text}” is a percentage, but this figure is not. Enter the plain number.",
)
OTHER_UNIT = Text(
    "“{text}”的计量单位不是“{unit}”，请换算后只填数字。",
    "“{text}” is not in {unit}. Convert it and enter only the number.",
)
TOO_LONG_BEFORE = Text(
    "“{text}”的整数部分有{digits}位，最多{most}位，请核对。",
    "“{text}” has {digits} digits before the point. At most {most} are allowed. Check it.",
)
TOO_LONG_AFTER = Text(
    "“{text}”的小数部分有{digits}位，最多{most}位，请减少小数位。",
    "“{text}” has {digits} digits after the point. At most {most} are allowed. Shorten it.",
)
NOT_WHOLE = Text(
    "“{text}”不是整数，本项按个数填写，例如3。", "“{text}” is not a whole number. Enter a count such as 3."
)
TOO_EXACT = Text(
    "“{text}”有{places}位小数，最多可填{most}位。",
    "“{text}” has {places} decimal places. At most {most} are allowed.",
)
NO_DECIMALS = Text("“{text}”有小数，本项只填整数。", "“{text}” has decimals. Enter a whole number.")
TOO_SMALL = Text("“{text}”小于允许的最小值{least}，请核对。", "“{text}” is below the minimum of {least}. Check it.")
TOO_LARGE = Text("“{text}”大于允许的最大值{most}，请核对。", "“{text}” is above the maximum of {most}. Check it.")
NOT_A_TRUTH = Text("“{text}”应填“是”或“否”。", "“{text}” must be yes or no.")
NOT_A_CHOICE = Text("“{text}”不在可选范围，请从{words}中选填。", "“{text}” is not a choice. Select one of {words}.")

NARROW: Final = str.maketrans("０１２３４５６７８９．，－＋％−", "0123456789.,-+%-")
NUMBER: Final = re.compile(r"[+-]?(?:(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")
EXPONENT_PART: Final = re.compile(r"e[+-]?[0-9]+", re.IGNORECASE)
PLACEHOLDERS: Final = frozenset(
    ["-", "--", "—", "——", "–", "/", "\\", "无", "空", "缺", "n/a", "na", "nil", "none", "null", "…"]
)
PLAIN_COLUMN: Final = re.compile(rf"(?:(?:-?[0-9]{{1,{WHOLE_DIGITS}}}(?:\.[0-9]{{1,{DECIMALS}}})?)?\n)*+")
PERCENT_COLUMN: Final = re.compile(rf"(?:(?:-?[0-9]{{1,{WHOLE_DIGITS}}}(?:\.[0-9]{{1,{DECIMALS}}})?%?)?\n)*+")
NUMBERS_IN_64_BITS: Final = 18


def read_value(figure: Figure, text: str) -> Reading:
    """The value that a text, which is not blank, states for a figure.

    Full-width characters, separators of thousands and blanks around are understood, and so is the figure's own unit
    of measure behind a number; what could be meant in two ways is wrong.
    """
    text = trimmed(text)
    if figure.kind is FigureKind.YES_NO:
        return truth_in(text)
    if figure.kind is FigureKind.CHOICE:
        return choice_in(text, figure.choices or ())
    value = number_in(figure, text)
    if isinstance(value, ParseError):
        return value
    return misfit(figure, value, text) or value


def truth_in(text: str) -> bool | ParseError:
    """Yes or no."""
    truth = TRUTHS.get(folded(text))
    return wrong(NOT_A_TRUTH, text) if truth is None else truth


def choice_in(text: str, words: Sequence[str]) -> str | ParseError:
    """One of the words, whatever the width and case of its characters."""
    if text in words:
        return text
    alike = [word for word in words if folded(word) == folded(text)]
    if len(alike) == 1:
        return alike[0]
    near = Guesses(words).nearest(text)
    offered = words if near is None else (near, *(word for word in words if word != near))
    return wrong(NOT_A_CHOICE, text, words=Text("、".join(offered), ", ".join(offered)))


def number_in(figure: Figure, text: str) -> Fraction | ParseError:
    """The number at the head of the text, if only the figure's unit of measure follows."""
    narrow = text.translate(NARROW)
    found = NUMBER.match(narrow)
    if found is None:
        placeholder = folded(text) in PLACEHOLDERS
        return wrong(NO_VALUE, text) if placeholder else wrong(NOT_A_NUMBER, text, example=example_of(figure))
    rest = narrow[found.end() :].strip()
    if rest and not is_own_unit(figure, rest):
        return wrong_rest(figure, text, rest)
    digits = found[0].replace(",", "")
    whole, _, decimals = digits.lstrip("+-0").partition(".")
    if len(whole) > WHOLE_DIGITS:
        return wrong(TOO_LONG_BEFORE, text, digits=len(whole), most=WHOLE_DIGITS)
    if len(decimals) > DECIMALS:
        return wrong(TOO_LONG_AFTER, text, digits=len(decimals), most=DECIMALS)
    return Fraction(digits)


def is_own_unit(figure: Figure, rest: str) -> bool:
    """Whether what follows a number is the figure's unit of measure."""
    if rest == "%" and figure.kind is FigureKind.PERCENT:
        return True
    return figure.unit is not None and measure_key(rest) in map(measure_key, figure.unit)


def wrong_rest(figure: Figure, text: str, rest: str) -> ParseError:
    """What is wrong with a text that goes on after its number."""
    if EXPONENT_PART.fullmatch(rest):
        return wrong(EXPONENT, text)
    if rest == "%":
        return wrong(NO_PERCENT, text)
    if "," in text.translate(NARROW) and rest[0] in ",.0123456789":
        return wrong(COMMAS, text, example=example_of(figure))
    own = Text.same("%") if figure.kind is FigureKind.PERCENT else figure.unit
    if own is not None and (rest[0].isalpha() or rest[0] in "°‰"):
        return wrong(OTHER_UNIT, text, unit=own)
    return wrong(NOT_A_NUMBER, text, example=example_of(figure))


def misfit(figure: Figure, value: Fraction, text: str) -> ParseError | None:
    """What keeps a number from being entered for a figure."""
    if figure.kind is FigureKind.COUNT and value.denominator != 1:
        return wrong(NOT_WHOLE, text)
    places = exact_places(value) or 0
    if figure.decimals is not None and places > figure.decimals:
        return wrong(TOO_EXACT if figure.decimals else NO_DECIMALS, text, places=places, most=figure.decimals)
    least = least_of(figure)
    if least is not None and value < least:
        return wrong(TOO_SMALL, text, least=printed(least))
    if figure.max is not None and value > figure.max:
        return wrong(TOO_LARGE, text, most=printed(figure.max))
    return None


def least_of(figure: Figure) -> Fraction | None:
    """The least possible value; a count is never negative."""
    if figure.kind is FigureKind.COUNT:
        return max(figure.min or Fraction(0), Fraction(0))
    return figure.min


def example_of(figure: Figure) -> str:
    """A value that the figure would take."""
    if figure.kind is FigureKind.COUNT:
        example = Fraction(3)
    else:
        usual = "93.5" if figure.kind is FigureKind.PERCENT else "31.5"
        example = Fraction(usual if figure.decimals != 0 else usual[:2])
    if figure.max is not None and example > figure.max:
        example = figure.max
    least = least_of(figure)
    return printed(least if least is not None and example < least else example)


def read_column(figure: Figure, texts: Sequence[str]) -> tuple[Column | TextColumn, dict[int, ParseError]]:
    """The values that many texts state for a figure, as `read_value` reads each; blank ones are missing.

    Returns:
        A column of numbers (yes is 1, no 0) or the words of a choice; and what is wrong, by the place of the text,
        whose value is then missing.
    """
    if figure.kind not in (FigureKind.YES_NO, FigureKind.CHOICE):
        column = plain_numbers(figure, texts)
        if column is not None:
            return column, {}
    read = {text: read_value(figure, text) for text in set(texts) if trimmed(text)}
    readings = [read.get(text) for text in texts]
    wrongs = {place: each for place, each in enumerate(readings) if isinstance(each, ParseError)}
    known = [None if isinstance(each, ParseError) else each for each in readings]
    if figure.kind is FigureKind.CHOICE:
        return TextColumn.of(None if each is None else str(each) for each in known), wrongs
    return Column.of(None if each is None else Fraction(each) for each in known), wrongs


def plain_numbers(figure: Figure, texts: Sequence[str]) -> Column | None:
    """The column where every text is a plain decimal that fits, as most columns are; None where one is not."""
    joined = "\n".join((*texts, ""))
    is_percent = figure.kind is FigureKind.PERCENT
    if joined.count("\n") != len(texts) or not (PERCENT_COLUMN if is_percent else PLAIN_COLUMN).fullmatch(joined):
        return None
    if "%" in joined:
        texts = joined.replace("%", "").split("\n")[:-1]
    numerators, digits = over_tens(texts, "." in joined)
    has_blank = joined.startswith("\n") or "\n\n" in joined
    missing = np.array([not text for text in texts], dtype=np.bool_) if has_blank else None
    if not fit(figure, numerators if missing is None else numerators[~missing], digits):
        return None
    return Column.integers(numerators, 10**digits, missing)


def over_tens(texts: Sequence[str], pointed: bool) -> tuple[Integers, int]:
    """Plain decimals as integers that count units of the last decimal, and how many decimals; a blank is 0."""
    if not pointed:
        return int_array([int(text or 0) for text in texts], WHOLE_DIGITS), 0
    parts = [text.partition(".") for text in texts]
    digits = max(map(len, [decimals for _, _, decimals in parts]))
    numerators = [int(whole + decimals.ljust(digits, "0")) for whole, _, decimals in parts]
    return int_array(numerators, WHOLE_DIGITS + digits), digits


def int_array(values: list[int], digits: int) -> Integers:
    """The integers, none of which has more digits, as an array."""
    return np.array(values, dtype=INT64) if digits <= NUMBERS_IN_64_BITS else integers(values)


def fit(figure: Figure, numerators: Integers, digits: int) -> bool:
    """Whether no number keeps from being entered for a figure."""
    if digits and (figure.kind is FigureKind.COUNT or (figure.decimals is not None and digits > figure.decimals)):
        return False
    if not len(numerators):
        return True
    least, scale = least_of(figure), 10**digits
    if least is not None and int(numerators.min()) < least * scale:
        return False
    return figure.max is None or int(numerators.max()) <= figure.max * scale
