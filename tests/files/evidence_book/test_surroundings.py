from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from assess.core.evidence.asked import asked_of
from assess.core.evidence.names import HeadingNames
from assess.files.evidence_book.near import page_near
from assess.files.evidence_book.sheets import open_sheets
from assess.files.evidence_book.surroundings import CellPosition, place_from, surroundings_of
from tests.demonstration import year_2026

SHEET = "xl/worksheets/sheet1.xml"
NAMES = HeadingNames(year_2026().inputs.sheet, asked_of(year_2026().inputs.sheet, "water-bureau"), None)


def a_long_book(path: Path, change: Callable[[bytes], bytes] = lambda sheet: sheet) -> Path:
    """A workbook whose headings stand in its seventh row, of three hundred rows below them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "汇总"
    sheet["A1"] = "2026年水务数据"
    for column, text in enumerate(["序号", "单位", "期间", "污水收集处理率", "河长制问题整改率", "备注"], 1):
        sheet.cell(7, column, text)
    for number in range(1, 301):
        for column, text in enumerate([number, f"单位{number}", "2026年", number / 4, 90, f"说明{number}"], 1):
            sheet.cell(7 + number, column, text)
    sheet.merge_cells("A1:F1")
    made = BytesIO()
    book.save(made)
    with ZipFile(made) as whole, ZipFile(path, "w", ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            changed.writestr(name, change(whole.read(name)) if name == SHEET else whole.read(name))
    return path


def test_a_cell_far_down_is_drawn_with_the_headings_the_unit_and_the_rows_around_it(tmp_path: Path):
    around = surroundings_of(a_long_book(tmp_path / "a.xlsx"), CellPosition("汇总", 250, 6), NAMES)

    assert around is not None
    assert [(each.name, each.skips) for each in around.columns] == [
        ("B", True), ("C", False), ("D", False), ("E", False), ("F", False),
    ]  # fmt: skip
    assert [(row.number, row.skips, row.is_heading, row.texts[:3]) for row in around.rows] == [
        (7, True, True, ("单位", "期间", "污水收集处理率")),
        (248, True, False, ("单位241", "2026年", "60.25")),
        (249, False, False, ("单位242", "2026年", "60.5")),
        (250, False, False, ("单位243", "2026年", "60.75")),
        (251, False, False, ("单位244", "2026年", "61")),
        (252, False, False, ("单位245", "2026年", "61.25")),
    ]


def with_prefix(sheet: bytes) -> bytes:
    """The same sheet as some programs write it, each tag with a prefix."""
    tags = sheet.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:").replace(b"<x:?", b"<?")
    return tags.replace(b"xmlns=", b"xmlns:x=")


def without_numbers(sheet: bytes) -> bytes:
    """The same sheet, its first row without its number."""
    return sheet.replace(b'<row r="1"', b"<row", 1)


def with_a_comment(sheet: bytes) -> bytes:
    """The same sheet with a remark of the program that wrote it."""
    return sheet.replace(b"<sheetData>", b'<!-- <row r="9"> --><sheetData>')


@pytest.mark.parametrize("change", [bytes, with_prefix, without_numbers, with_a_comment])
def test_what_is_read_for_one_cell_is_what_the_whole_sheet_says(tmp_path: Path, change: Callable[[bytes], bytes]):
    path = a_long_book(tmp_path / "a.xlsx", change)
    whole = dict(open_sheets(path).pages[0].rows)

    page = page_near(path, "汇总", 250)

    assert page is not None
    near = dict(page.rows)
    assert near == {number: whole[number] for number in near}
    assert set(range(243, 251)) | {1, 7} <= set(near)
    assert page.merged == [((1, 1), (1, 6))]
    assert (len(near) < 40) is (change is bytes)


def test_a_file_of_lines_is_drawn_as_a_sheet_without_a_name(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes("单位,污水收集处理率\n建外街道,95\n朝外街道,96\n".encode("gb18030"))

    around = surroundings_of(path, CellPosition("", 3, 2), NAMES, neighbours=0)

    assert around is not None
    assert around.sheet == ""
    assert [(row.number, row.skips, row.texts[:2]) for row in around.rows] == [
        (1, False, ("单位", "污水收集处理率")), (3, True, ("朝外街道", "96")),
    ]  # fmt: skip


def test_there_is_nothing_around_a_cell_of_a_sheet_that_is_not_there(tmp_path: Path):
    assert surroundings_of(a_long_book(tmp_path / "a.xlsx"), CellPosition("数据", 9, 4), NAMES) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("数据!B2", CellPosition("数据", 2, 2)),
        ("Data (months)!AA1048576", CellPosition("Data (months)", 1_048_576, 27)),
        ("a!b!C3", CellPosition("a!b", 3, 3)),
        ("B2", CellPosition("", 2, 2)),
        ("3:2", CellPosition("", 3, 2)),
        ("", None),
        ("数据", None),
    ],
)
def test_a_place_is_read_as_it_is_kept_beside_a_value(text: str, place: CellPosition | None):
    assert place_from(text) == place
