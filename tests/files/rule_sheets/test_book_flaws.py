from pathlib import Path

import pytest
import xlsxwriter

from assess.files.rule_sheets.book_reader import read_book
from tests.files.rule_sheets.books import FIGURES, ITEMS, ROWS, SHEET, Broken, Formula, Rows, a_book, found_in

WRONG: dict[str, tuple[dict[str, Rows], list[str]]] = {
    "an unknown key": (
        {"数据项": [{"id": "pm25", "kind": "number", "from": "unit", "colour": "red"}, FIGURES[1]]},
        [
            ("数据项!D2: There is no key “colour”. Use one of: id, title, unit, kind, choices, "
             "decimals, min, max, period, roll_up, min_periods, from, ….")
        ],
    ),
    "a key of the sheet that does not exist": (
        {"总则": [*SHEET, {"key": "rounding.items", "value": 2}]},
        ["总则!A7: There is no key “rounding.items”. Did you mean “rounding.item”?"],
    ),
    "a key twice": (
        {"总则": [*SHEET, {"key": "year", "value": 2027}]},
        ["总则!B7: year appears twice. Delete one."],
    ),
    "a value in a language that has none": (
        {"总则": [*SHEET[:2], {"key": "year", "value.zh": 2026}, SHEET[3]]},
        [
            "总则!C5: year is the same in both languages. Enter it in the column value.",
            "总则: The key “year” is missing. Add it.",
        ],
    ),
    "a formula": (
        {"考核项": [{"parent": None, "id": "air", "points": Formula("=60+40")}, *ITEMS[1:]]},
        [
            "考核项!C3: This is a formula. Enter the value itself.",
            "考核项!C3: The full mark 1 is not the sum of those below, 100. Correct it.",
        ],
    ),
    "an error": (
        {"总则": [*SHEET, {"key": "note", "value": Broken("#N/A")}]},
        ["总则!B7: This is a formula. Enter the value itself."],
    ),
    "an unknown parent": (
        {"考核项": [*ITEMS[:2], {**ITEMS[2], "parent": "aire"}]},
        [
            "考核项!A5: There is no section or adjustment aire. Did you mean “air”?",
            "考核项!C3: The full mark 100 is not the sum of those below, 60. Correct it.",
        ],
    ),
    "an item without id": (
        {"考核项": [*ITEMS[:2], {"parent": "air", "points": 40, "method": "deduct", "clause": "二"}], "明细": []},
        [
            "考核项!A5: The key “lines” is missing. Add it.",
            "考核项!A5: The key “id” is missing. Add it.",
            "数据项!A4: No item, condition or formula uses the figure “burns”. Use it or delete it.",
        ],
    ),
    "a figure without id": (
        {"数据项": [*FIGURES, {"kind": "count", "from": "unit"}]},
        ["数据项!B5: This row has no id. Add it."],
    ),
    "a figure twice": (
        {"数据项": [*FIGURES, FIGURES[0]]},
        ["数据项!A5: pm25 appears twice. Delete one."],
    ),
    "parents in a circle": (
        {
            "考核项": [*ITEMS, {"parent": "b", "id": "a", "points": 1}, {"parent": "a", "id": "b", "points": 1}],
        },
        [
            "考核项!A6: The parents form a circle: a → b → a",
            "考核项!B7: There is neither `method` (an item) nor `items` (a section). Add one of them.",
        ],
    ),
    "a setting that is none": (
        {"考核项": [ITEMS[0], {**ITEMS[1], "settings": "full_at: 30\nzero_at: 50\nquickly"}, ITEMS[2]]},
        ["考核项!F4: quickly must be written as `key: value`, one per line."],
    ),
    "a setting of another method": (
        {"考核项": [ITEMS[0], {**ITEMS[1], "settings": "full_at: 30\nzero_at: 50\nstep: 1"}, ITEMS[2]]},
        [
            "考核项!F4: There is no key “step”. Use one of: id, title, points, weight, clause, "
            "tasks, floor, cap, applies, not_applicable, missing, corrections, …."
        ],
    ),
    "rows of an item that does not exist": (
        {"明细": [*ROWS, {"node": "air.burn", "part": "lines", "figure": "burns", "points": 5}]},
        ["明细!A4: There is no item air.burn. Did you mean “air.burns”?"],
    ),
    "rows of no part": (
        {"明细": [*ROWS, {"node": "air.burns", "part": "line", "figure": "burns", "points": 5}, {"node": "air.burns"}]},
        ["明细!B4: There is no part line. Did you mean “lines”?", "明细!A5: This row has no part. Add it."],
    ),
    "rows out of order": (
        {"明细": [{**ROWS[0], "no": 2}, {**ROWS[0], "no": 1}, {**ROWS[0], "no": "x"}]},
        [
            "明细!C4: The numbers of a part must rise from row to row, because the order of rows is the "
            "order of the sheet. Sort the rows.",
            "明细!C5: x is not a row number. Enter 1, 2, 3 or leave it blank.",
        ],
    ),
    "a column that the part does not have": (
        {"明细": [*ROWS, {"node": "air.pm25", "part": "points_at", "x": 1, "points": 2, "keep": 0.4}]},
        [
            "明细!G4: points_at has no keep. Clear this cell.",
            "考核项!B4: Write exactly one of points_at, full_at + zero_at.",
            "明细!B4: `points_at` needs at least two entries. Add them.",
        ],
    ),
    "an unknown tab": (
        {"考核": [{"id": "a"}]},
        [
            "考核: A rule sheet has no sheet 考核. Did you mean “考核项”? Keep your own notes in a sheet whose "
            "name begins with 备注 or 说明."
        ],
    ),
    "a tab in both languages": (
        {"items": ITEMS},
        ["items: This is the same sheet as 考核项. Keep one of them."],
    ),
    "the tab of figures left out": (
        {
            "数据项": [], "明细": [],
            "考核项": [
                {"id": "a", "points": 5, "method": "done", "when": 'kind == "a"', "clause": "一", "missing": "zero"}
            ],
        },
        [],
    ),
    "a wrong word": (
        {"数据项": [{**FIGURES[0], "kind": "numbr"}, FIGURES[1]]},
        ["数据项!B3: “numbr” cannot be used here. Did you mean “number”?"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_at_its_cell(what: str, tmp_path: Path):
    changes, expected = WRONG[what]
    assert found_in(a_book(tmp_path / "s.xlsx", **changes)) == expected


def test_merged_and_hidden_and_headless_cells_are_named(tmp_path: Path):
    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("数据项")
    page.write_row(1, 0, ["id", "kind", "from", "id"])
    page.write_row(2, 0, ["a", "count", "unit"])
    page.merge_range(3, 0, 3, 2, "b")
    page.write(4, 6, "?")
    page.write(5, 6, "!")
    hidden = book.add_worksheet("等次")
    hidden.write_row(1, 0, ["grade", "least"])
    hidden.hide()
    book.close()
    assert [flaw.localized("en").removeprefix(f"{path}:") for flaw in read_book(path).flaws] == [
        "数据项!D2: The key id appears twice in row 2. Keep one column.",
        "数据项!A4: Cells with data are merged. Unmerge them and fill in each cell.",
        "数据项!G5: This column has values but no key in row 2. Add it, or change the heading to 备注.",
        "等次: This sheet is hidden. Show it, or delete it.",
        "等次!A2: Row 2 must contain the keys, such as id, title, from. Copy the first two rows from an "
        "exported rule sheet.",
    ]


def test_a_workbook_of_something_else_is_refused_in_one_line(tmp_path: Path):
    path = a_book(tmp_path / "s.xlsx", 总则=[], 数据项=[], 考核项=[], 明细=[], 数据=[{"单位": "三里屯"}])
    assert found_in(path) == [
        "The Excel file has none of the sheets of a rule sheet (总则, 部门, 对象类别, 分组, 数据项). "
        "Select the right file."
    ]


def test_a_workbook_cut_short_is_refused_in_one_line(tmp_path: Path):
    path = a_book(tmp_path / "s.xlsx")
    path.write_bytes(path.read_bytes()[:3000])
    assert found_in(path) == ["The Excel file is damaged or incomplete. Open it and save it again as .xlsx."]


def test_a_hundred_flaws_are_enough(tmp_path: Path):
    path = a_book(tmp_path / "s.xlsx", 明细=[{"node": f"n{n}", "part": "lines"} for n in range(5000)])
    found = found_in(path)
    assert (len(found), found[-1]) == (101, "There are more errors. Correct those listed first.")


def test_sections_are_nested_no_deeper_than_yaml_allows(tmp_path: Path):
    rows = [{"parent": f"s{n - 1}" if n else None, "id": f"s{n}", "points": 1} for n in range(3000)]
    path = a_book(tmp_path / "s.xlsx", 考核项=rows, 明细=[])
    assert "考核项!A21: There are too many nested levels (more than 18)." in found_in(path)
