"""Workbooks to fill in, as tests look at them and fill them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl


def filled(path: Path, sheet: str, cells: Mapping[str, Any]) -> Path:
    """The workbook with these cells of a sheet filled in and saved by another program than ours."""
    book = openpyxl.load_workbook(path)
    for at, value in cells.items():
        book[sheet][at] = value
    book.save(path)
    return path


def conventions_broken(path: Path) -> list[str]:
    """What a workbook to fill in lacks of what all of them have."""
    book = openpyxl.load_workbook(path)
    first, data = book.worksheets[:2]
    heads = [cell for cell in data[1] if cell.value]
    below = data[data.max_row]
    inputs = [cell for cell in below if not cell.protection.locked]
    validated = {
        letter.rstrip("0123456789")
        for rule in data.data_validations.dataValidation
        for area in str(rule.sqref).split()
        for letter in (area.split(":")[0],)
        if rule.prompt and rule.error
    }
    demands = {
        "instructions come first": first.title in ("填写说明", "Instructions"),
        "instructions are locked": first.protection.sheet,
        "the data are locked without a password": data.protection.sheet and not data.protection.password,
        "headings stay in sight": data.freeze_panes is not None,
        "headings are locked": all(cell.protection.locked for cell in heads),
        "something is required": any(str(cell.value).endswith("*") for cell in heads),
        "input cells are tinted": bool(inputs) and all(cell.fill.fgColor.rgb == "FFFFF9E0" for cell in inputs),
        "input cells say what they take": {cell.column_letter for cell in inputs} <= validated,
        "the stamp is very hidden": book.worksheets[-1].sheet_state == "veryHidden",
    }
    return [demand for demand, met in demands.items() if not met]
