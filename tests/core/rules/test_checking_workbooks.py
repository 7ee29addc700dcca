"""The same flaws in a sheet that is a workbook, each at its sheet and cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_writer import write_book
from tests.core.rules.sheets import a_text, loaded

ITEMS = """
- id: air
  points: 10
  items:
    - {id: a, points: 4, method: ratio, figure: x, target: 80, better: higher, clause: "1"}
    - {id: b, points: 6, method: bands, figure: y, bands: [{from: 90, points: 6}, {points: 0}], clause: "2"}
"""
FIGURES = "x: {kind: number, from: unit}\ny: {kind: percent, from: unit}"
GRADES = "grades: [{id: good, from: 60, at_most: 30%}, {id: fail}]"


def spoilt(path: Path, **cells: object) -> list[str]:
    """The flaws of a workbook after single cells, such as `数据项_F3`, were overwritten."""
    write_book(loaded(a_text(ITEMS, figures=FIGURES, rest=GRADES)).sheet, path)
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, _, cell = place.partition("_")
        book[sheet][cell] = value
    book.save(path)
    return [flaw.localized("en").removeprefix(f"{path}:") for flaw in load_sheet(path).checked()]


def test_a_workbook_passes_as_its_yaml_does(tmp_path: Path):
    assert spoilt(tmp_path / "s.xlsx") == []


def test_every_flaw_of_a_workbook_is_told_at_its_cell(tmp_path: Path):
    told = spoilt(
        tmp_path / "s.xlsx",
        总则_B5="this year",
        数据项_F3="numbr",
        考核项_E4=5,
        考核项_M4=None,
        明细_H3=7,
        明细_M3="90%",
        等次_F3=1.3,
        等次_D4=70,
    )

    assert told == [
        "总则!B5: “this year” is not a whole number. Enter 0, 1, 2 and so on.",
        "数据项!F3: “numbr” cannot be used here. Did you mean “number”?",
        "考核项!B4: The key “clause” is missing. Add it.",
        "考核项!E3: The full mark 10 is not the sum of those below, 11. Correct it.",
        "明细!H3: 7 points is above the full mark of 6. Lower the points, or raise the full mark.",
        "明细!M3: Percent figures are counted in percent. Write 90, not 90%.",
        "等次!D4: The last grade takes the rest, so it has no `from`. Delete it.",
        "等次!F3: A quota cannot be above 100%. Write a share such as 30%.",
    ]
