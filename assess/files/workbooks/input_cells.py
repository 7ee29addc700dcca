"""Cells of a workbook to fill in: which of a column take the same, and what a text is as the value of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from assess.core.numbers import PLAIN, from_cell, reduced

Cell = TypeVar("Cell")
Area = tuple[int, int, int, int]
"""First row, first column, last row and last column of cells, all counted from 0."""


def areas_of(cells: Sequence[Cell], first: int, column: int) -> list[tuple[Cell, list[Area]]]:
    """The areas of a column whose cells take the same, which are one object, in the order in which each begins."""
    found: dict[int, tuple[Cell, list[Area]]] = {}
    for row, cell in enumerate(cells, first):
        _, areas = found.setdefault(id(cell), (cell, []))
        if areas and areas[-1][2] == row - 1:
            areas[-1] = (areas[-1][0], column, row, column)
        else:
            areas.append((row, column, row, column))
    return list(found.values())


def value_of(text: str, is_date: bool) -> date | float | None:
    """The date or number that a cell holds instead of its text, if it says just the same."""
    if is_date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    if not PLAIN.fullmatch(text):
        return None
    return float(text) if reduced(from_cell(float(text))) == text else None


def width_in_cells(line: str) -> int:
    """How wide a line is, a Chinese character counting twice."""
    return sum(2 if char > "\u2e7f" else 1 for char in line)
