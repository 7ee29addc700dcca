"""Tables to take away: each cell a text or a printed number, with the score rate that tints it where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from assess.core.text import Text


class TableNumber(NamedTuple):
    """A number as it is printed; `rate` tints it, `is_change` shows its sign."""

    printed: str
    rate: Fraction | None = None
    is_change: bool = False


PrintedCell = Text | TableNumber | None


class PrintedColumn(NamedTuple):
    """A column: its heading, how many characters wide it is, and whether the heading runs upwards to save width."""

    heading: Text
    width: int
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table on a sheet of its own.

    Attributes:
        name: what the sheet is called.
        title: what stands above the table.
        marks: what every reader must see: demonstration, provisional, interim.
        frozen: so many columns stay in sight.
    """

    name: Text
    title: Text
    marks: Sequence[Text]
    columns: Sequence[PrintedColumn]
    rows: Sequence[Sequence[PrintedCell]]
    frozen: int = 1


def number(printed: str | None, rate: Fraction | None = None) -> TableNumber | None:
    """A number cell, or a blank."""
    return None if printed is None else TableNumber(printed, rate)


def change(value: int | None) -> TableNumber | None:
    """A number cell with its sign, or a blank."""
    return None if value is None else TableNumber(str(value), is_change=True)
