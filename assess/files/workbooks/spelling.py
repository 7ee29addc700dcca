"""How a workbook spells the numbers of its cells: percentages, dates, and digits as Excel shows them."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from assess.core.numbers import PLAIN, from_cell, reduced
from assess.core.text import Text
from assess.files.workbooks.shared_texts import MAIN

ERROR_CELL = Text(
    "单元格显示错误{text}，请修改公式或填写数值。",
    "The cell shows the error {text}. Correct the formula or enter the value.",
)
TOO_MANY_DIGITS = Text(
    "数字超过15位，Excel已丢失末尾数字，请以文本填写。",
    "The number has more than 15 digits, and Excel lost the last ones. Enter it as text.",
)

MAX_DIGITS: Final = 15
CHINESE_DATES: Final = frozenset((*range(27, 37), *range(50, 59)))
"""Built-in formats that Chinese Excel uses for dates, which the workbook does not spell out."""
CELL_STYLES, STYLE, FORMAT = (MAIN + name for name in ("cellXfs", "xf", "numFmt"))
LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.')
DOUBLE: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """How the numbers of a workbook are written, by the style of their cell.

    Attributes:
        percent, dates: the styles that show a number as a percentage or as a date.
        epoch: the day from which dates count.
    """

    percent: Set[int]
    dates: Set[int]
    epoch: datetime

    def number(self, text: str, style: int) -> str | Text:
        """The text of a number, or why it cannot be used."""
        if style in self.dates:
            return self.date(double(text))
        if len(text) > MAX_DIGITS or not PLAIN.fullmatch(text):
            value = double(text)
            if abs(value) >= 10**MAX_DIGITS:
                return TOO_MANY_DIGITS
            text = reduced(from_cell(value))
        return in_percent(text) if style in self.percent else text

    def date(self, value: float) -> str | Text:
        """The text of a date; what is no date Excel shows as a row of #."""
        try:
            return date_text(from_excel(value, self.epoch))
        except (OverflowError, ValueError):
            return ERROR_CELL.format(text="####")


def double(text: str) -> float:
    """A number as the format spells it.

    Raises:
        ValueError: it is none, though Python would take it for one, such as 1_000 or nan.
    """
    if DOUBLE.fullmatch(text.strip()) is None:
        raise ValueError(text)
    return float(text)


@lru_cache(maxsize=4096)
def in_percent(text: str) -> str:
    """A number as the percentage that its cell shows."""
    return f"{reduced(Fraction(text) * 100)}%"


def is_percent(shown: str) -> bool:
    """Whether a format code shows a percentage."""
    return "%" in LITERAL.sub("", shown)


def spelling_of(styles: bytes, epoch: datetime) -> Spelling:
    """How a workbook with these styles spells numbers; nothing else of the styles is looked at.

    Raises:
        ExpatError, ValueError: they are damaged.
    """
    found = Formats()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.Parse(styles, True)
    shown = [found.codes.get(number) or BUILTIN_FORMATS.get(number, "General") for number in found.cells]
    dates = {
        style
        for style, (number, code) in enumerate(zip(found.cells, shown, strict=True))
        if number in CHINESE_DATES or (is_date_format(code) and not is_timedelta_format(code))
    }
    return Spelling({style for style, code in enumerate(shown) if is_percent(code)}, dates, epoch)


class Formats:
    """The number format of each style of cells, and the codes of formats that the workbook spells out."""

    def __init__(self) -> None:
        self.cells: list[int] = []
        self.codes: dict[int, str] = {}
        self.in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if name == STYLE and self.in_cells:
            self.cells.append(int(attributes.get("numFmtId", 0)))
        elif name == CELL_STYLES:
            self.in_cells = True
        elif name == FORMAT:
            self.codes.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", "General"))

    def end(self, name: str) -> None:
        """A tag closes."""
        if name == CELL_STYLES:
            self.in_cells = False


def date_text(value: datetime | date | time | None) -> str:
    """A date in ISO form, with its time of day where that is not midnight."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return "" if value is None else value.isoformat()
