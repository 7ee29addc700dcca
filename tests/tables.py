"""Rule sheets, units, tables and workbooks that are valid, for tests that spoil one thing in them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from assess.core.flaws import Flaw
from assess.core.rules.figure import Figure
from assess.core.rules.sheet import RuleSheet
from assess.core.tables import Table
from assess.core.units.unit_list import Units
from assess.core.units.unit_list import given_units as given
from assess.files.rule_sheets import sheet_of_tree
from assess.files.text_tables import read_text_table


def a_figure(kind: str = "number", **keys: Any) -> Figure:
    """One figure as a sheet describes it."""
    return a_sheet(figures={"x": {"kind": kind, "from": "unit", **keys}}).figures["x"]


def a_sheet(figures: dict[str, dict[str, Any]], items: Sequence[dict[str, Any]] = ()) -> RuleSheet:
    """A sheet of 2026 with these figures, an item for each of them in a section `all`, and these items."""
    flaws: list[Flaw] = []
    of_figures = [an_item(f"item.{name}", {"method": "direct", "figure": name}) for name in figures]
    section = {"id": "all", "points": "9", "items": [*of_figures, *items]}
    tree = {"id": "a-sheet", "title": "A sheet", "year": "2026", "figures": figures, "items": [section]}
    sheet = sheet_of_tree(tree, flaws)
    assert flaws == []
    return sheet


def an_item(name: str, method: dict[str, Any]) -> dict[str, Any]:
    """An item with a method and its keys."""
    return {"id": name, "points": "9", "clause": "1", "missing": "zero", **method}


def a_tasks_item(name: str) -> dict[str, Any]:
    """An item that counts obligations."""
    coefficients = {"done": "1", "trial": "0.75", "started": "0.5", "planned": "0.25", "none": "0"}
    return an_item(name, {"method": "tasks", "obligations": {"domain": "air"}, "coefficients": coefficients})


def some_units(**names: str) -> Units:
    """Units by code and Chinese name."""
    units, flaws = given({code: {"name_zh": name, "kind": "street"} for code, name in names.items()}, "a test")
    assert flaws == []
    return units


def a_table(*lines: str) -> Table:
    """The table that a CSV of these lines holds."""
    return read_text_table("\n".join(lines).encode(), Path("t.csv"))


def told(flaws: Sequence[Flaw]) -> list[str]:
    """The flaws in English."""
    return [flaw.localized("en") for flaw in flaws]


def a_workbook(path: Path, *rows: Sequence[Any], sheet: str = "数据") -> Path:
    """A workbook with one sheet of these rows; None is a blank cell."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path


def shown(table: Table) -> list[list[str]]:
    """Headings and rows."""
    return [[heading.name for heading in table.headings], *map(list, zip(*table.columns, strict=True))]


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], **added: bytes | str) -> Path:
    """The workbook with parts changed, taken out (None) or added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: change(name, package.read(name)) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            if data is not None:
                package.writestr(name, data)
        for name, text in added.items():
            package.writestr(name, text)
    return path


def replaced(part: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    """The change of some bytes of the parts whose names hold this."""
    return lambda name, data: data.replace(old, new) if part in name else data


def same(name: str, data: bytes) -> bytes:
    """A part as it was."""
    return data
