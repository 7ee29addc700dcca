"""A value as it is entered, kept and shown again: the one reader, and what the database can hold of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.exact.integers import INT64, Flags
from assess.core.expressions import TextColumn
from assess.core.figures.table import YES_OR_NO
from assess.core.figures.values import Reading, fit, misfit, plain_numbers, read_column, read_value
from assess.core.naming import trimmed
from assess.core.numbers import exact_places, printed, reduced
from assess.core.parsing import ParseError, wrong
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Text

KEPT_DECIMALS: Final = 6
MILLION: Final = 10**KEPT_DECIMALS
LARGEST: Final = 2**63 - 1
"""The most millionths that 64 bits hold."""
MAX_TEXT_LENGTH: Final = 200

TOO_MANY_DECIMALS = Text(
    "“{text}”有{places}位小数，最多可填{most}位。",
    "“{text}” has {places} decimal places. At most {most} are allowed.",
)
OUT_OF_BOUNDS = Text(
    "“{text}”过大，最多可填约9.2万亿，请核对计量单位。",
    "“{text}” is too large. The limit is about 9.2 trillion. Check the unit of measure.",
)
TEXT_TOO_LONG = Text("内容过长，最多{most}个字符，请精简。", "This is too long. It must be {most} characters or fewer.")
UNSEEN = Text("内容含有不可见的控制字符，请重新填写。", "This contains invisible control characters. Enter it again.")

Answer = Fraction | bool | str
"""A number, yes or no, or the word of a choice."""


class Stored(NamedTuple):
    """A value as the database keeps it: millionths of a number, yes as 1000000 and no as 0; or the word of a choice."""

    millionths: int | None = None
    text: str | None = None


def read_entry(figure: Figure, text: str) -> Answer | ParseError | None:
    """The value that somebody typed for a figure, None where it is blank, or what is wrong with it."""
    if len(text) > MAX_TEXT_LENGTH:
        return ParseError(TEXT_TOO_LONG.format(most=MAX_TEXT_LENGTH))
    plain = trimmed(text)
    if not plain:
        return None
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in plain):
        return ParseError(UNSEEN)
    return kept(read_value(figure, plain), plain)


def read_entries(figure: Figure, texts: Sequence[str]) -> tuple[list[int | str | None], dict[int, ParseError]]:
    """The values that many texts, none of them blank, state for a figure, as `read_entry` reads each.

    Returns:
        Millionths or the word of a choice, None where the text is wrong; and what is wrong, by the place of the text.
    """
    column = None if figure.kind in (FigureKind.YES_NO, FigureKind.CHOICE) else plain_numbers(figure, texts)
    if column is not None and isinstance(column.denominators, int):
        scale, rest = divmod(MILLION, column.denominators)
        if not rest and column.bound * scale <= LARGEST:
            return (column.numerators * scale).tolist(), {}
    read = {text: read_entry(figure, text) for text in set(texts)}
    wrongs = {place: each for place, text in enumerate(texts) if isinstance(each := read[text], ParseError)}
    stored = {text: None if isinstance(each, ParseError) else to_stored(each) for text, each in read.items()}
    return [None if each is None else single(each) for each in map(stored.__getitem__, texts)], wrongs


def single(stored: Stored) -> int | str | None:
    """The millionths or the word of a kept value."""
    return stored.millionths if stored.text is None else stored.text


def kept(reading: Reading, text: str) -> Reading:
    """A reading, or what keeps the database from holding it."""
    if isinstance(reading, ParseError | bool | str):
        return reading
    places = exact_places(reading) or 0
    if places > KEPT_DECIMALS:
        return wrong(TOO_MANY_DECIMALS, text, places=places, most=KEPT_DECIMALS)
    return wrong(OUT_OF_BOUNDS, text) if abs(reading * MILLION) > LARGEST else reading


def to_stored(value: Answer | None) -> Stored:
    """A value that `read_entry` read, as the database keeps it."""
    if value is None:
        return Stored()
    return Stored(text=value) if isinstance(value, str) else Stored(millionths=int(Fraction(value) * MILLION))


def stored_column(figure: Figure, stored: Sequence[Stored]) -> tuple[Column | TextColumn, dict[int, ParseError]]:
    """Kept values as a column of the engine; what is blank or does not fit the figure is missing.

    Returns:
        What `read_column` gives for the same values as text.
    """
    if figure.kind is FigureKind.CHOICE or any(value.text and value.millionths is None for value in stored):
        return read_column(figure, [as_text(figure, *value) for value in stored])
    missing = np.array([value.millionths is None for value in stored], dtype=np.bool_)
    millionths = np.array([value.millionths or 0 for value in stored], dtype=INT64)
    if figure.kind is FigureKind.YES_NO:
        return Column.truths(millionths != 0, missing), {}
    numerators, digits = _without_final_zeros(millionths)
    if fit(figure, numerators[~missing], digits):
        return Column.integers(numerators, 10**digits, missing), {}
    wrongs = _misfits(figure, millionths, missing)
    missing[list(wrongs)] = True
    numerators, digits = _without_final_zeros(np.where(missing, 0, millionths))
    return Column.integers(numerators, 10**digits, missing), wrongs


def _without_final_zeros(millionths: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """The same numbers with as few decimals as all of them need, and how many these are."""
    digits = KEPT_DECIMALS
    while digits and not (millionths % 10).any():
        millionths, digits = millionths // 10, digits - 1
    return millionths, digits


def _misfits(figure: Figure, millionths: NDArray[np.int64], missing: Flags) -> dict[int, ParseError]:
    """What keeps numbers from being entered for a figure, by their place."""
    found = {}
    for place in np.flatnonzero(~missing).tolist():
        value = Fraction(int(millionths[place]), MILLION)
        flaw = misfit(figure, value, reduced(value))
        if flaw is not None:
            found[place] = flaw
    return found


def as_text(figure: Figure, millionths: int | None, text: str | None = None) -> str:
    """A kept value as it would be typed: `yes` or `no`, a plain number, the word of a choice; "" for none."""
    if figure.kind is FigureKind.CHOICE or millionths is None:
        return text or ""
    if figure.kind is FigureKind.YES_NO:
        return "yes" if millionths else "no"
    return reduced(Fraction(millionths, MILLION))


def as_shown(figure: Figure, millionths: int | None, text: str | None = None) -> Text:
    """A kept value as it is shown to a reader."""
    if figure.kind is FigureKind.YES_NO and millionths is not None:
        return YES_OR_NO[1 if millionths else 0]
    if millionths is None:
        return Text.same(text or "")
    return Text.same(printed(Fraction(millionths, MILLION)))
