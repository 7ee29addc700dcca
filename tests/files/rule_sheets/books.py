"""Workbooks of rule sheets for tests: a small one that is right, to spoil one thing in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from assess.core.flaws import ValidationError
from assess.files.rule_sheets import load_sheet

Rows = Sequence[Mapping[str, Any]]

SHEET: Rows = (
    {"key": "id", "value": "small"},
    {"key": "title", "value.zh": "小表", "value.en": "Small"},
    {"key": "year", "value": 2026},
    {"key": "missing", "value": "zero"},
)
FIGURES: Rows = (
    {"id": "pm25", "kind": "number", "from": "unit"},
    {"id": "burns", "kind": "count", "from": "unit"},
)
ITEMS: Rows = (
    {"parent": None, "id": "air", "points": 100},
    {"parent": "air", "id": "air.pm25", "points": 60, "method": "interpolate", "figure": "pm25",
     "settings": "full_at: 30\nzero_at: 50", "clause": "一"},
    {"parent": "air", "id": "air.burns", "points": 40, "method": "deduct", "clause": "二"},
)  # fmt: skip
ROWS: Rows = ({"node": "air.burns", "part": "lines", "no": 1, "figure": "burns", "points": 5},)
SMALL: Mapping[str, Rows] = {"总则": SHEET, "数据项": FIGURES, "考核项": ITEMS, "明细": ROWS}


class Formula(str):
    """The formula of a cell; its stored value is 1."""


class Broken(str):
    """The error that a cell shows."""


def a_book(path: Path, **tabs: Rows) -> Path:
    """The small workbook, with other rows in some tabs; a tab of no rows is left out."""
    book = xlsxwriter.Workbook(str(path))
    percent = book.add_format({"num_format": "0.0%"})
    for name, rows in {**SMALL, **tabs}.items():
        if not rows:
            continue
        page = book.add_worksheet(name)
        keys = list(dict.fromkeys(key for row in rows for key in row))
        page.write_row(1, 0, keys)
        for number, row in enumerate(rows, 2):
            for key, value in row.items():
                put(page, number, keys.index(key), value, percent)
    book.close()
    return path


def put(page: Any, row: int, column: int, value: Any, percent: Any) -> None:
    """Write one cell."""
    if isinstance(value, Formula):
        page.write_formula(row, column, value, None, 1)
    elif isinstance(value, Broken):
        page.write_formula(row, column, "=1/0", None, str(value))
    elif isinstance(value, float) and abs(value) < 1:
        page.write_number(row, column, value, percent)
    elif value is not None:
        page.write(row, column, value)


def found_in(path: Path) -> list[str]:
    """Every flaw of a workbook in English, without the name of the file; each is worded in Chinese too."""
    try:
        flaws = load_sheet(path).checked()
    except ValidationError as flawed:
        flaws = list(flawed.flaws)
    assert all(flaw.localized("zh") != flaw.localized("en") for flaw in flaws)
    return [flaw.localized("en").removeprefix(f"{path}:").strip() for flaw in flaws]


def choices_at(page: Worksheet, column: int, row: int) -> str | None:
    """The source of the drop-down of a cell."""
    cell = page.cell(row, column).coordinate
    return next((each.formula1 for each in page.data_validations.dataValidation if cell in each.sqref), None)
