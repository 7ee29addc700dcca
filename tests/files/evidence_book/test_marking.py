"""The workbook that comes back marked: nothing of the person's own is lost, and the marks can be cleared again."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import quote_sheetname

from assess.core.evidence.asked import asked_of
from assess.core.flaws import Flaw
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.files.evidence_book.layout import EvidenceStamp
from assess.files.evidence_book.marking import mark_evidence
from assess.files.evidence_book.marks import HEADED, SIGN, WRONG
from assess.files.evidence_book.reading import read_evidence
from assess.files.evidence_book.writing import Filled, write_evidence_book
from assess.files.workbooks.stamps import stamp_of
from tests.files.evidence_book.marked import WORDS, a_book, a_flaw, content_of, marked, tint_of
from tests.files.odd_books.year import DEPARTMENT, NAMES, SHEET, UNITS


def test_wrong_cells_are_tinted_commented_told_behind_their_row_and_listed_with_links(tmp_path: Path) -> None:
    path = a_book(tmp_path / "t.xlsx", lambda book, sheet: sheet.write_comment(1, 1, "按月报汇总"))

    book = marked(
        path, a_flaw("B2", "many"), a_flaw("A3", "=建外"), a_flaw("B2", "1"), Flaw(WorkbookCell("t", "数据"), WORDS)
    )

    data, errors = book["数据"], book["Errors"]
    assert book.active is errors
    assert {cell.coordinate: tint_of(cell) for row in data["A1:D3"] for cell in row if cell.fill.fill_type} == {
        "D1": HEADED,
        "B2": WRONG,
        "A3": WRONG,
    }
    assert data["B2"].comment.text == f"按月报汇总\n\n{SIGN}\nmany is not a number\n1 is not a number"
    assert data["A3"].comment.text == f"{SIGN}\n=建外 is not a number"
    assert [data[f"D{row}"].value for row in (1, 2, 3)] == [
        "Errors",
        "B2 many is not a number\nB2 1 is not a number",
        "A3 =建外 is not a number",
    ]
    assert data.auto_filter.ref == "A1:D3"
    assert [
        (row[0].value, row[1].value, row[2].value, row[1].hyperlink.location) for row in errors.iter_rows(min_row=3)
    ] == [
        ("数据", "B2", "many is not a number", "'数据'!B2"),
        ("数据", "A3", "=建外 is not a number", "'数据'!A3"),
        ("数据", "B2", "1 is not a number", "'数据'!B2"),
        ("数据", "A1", "{text} is not a number", "'数据'!A1"),
    ]
    assert {cell.data_type for row in errors.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Errors"]


def test_marks_of_an_earlier_round_are_cleared_before_new_ones_are_set(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(2, 1, 31.5, book.add_format({"bg_color": "#FFF9E0"}))
        sheet.write_comment(2, 1, "自测")
        sheet.autofilter("A1:B3")
        sheet.filter_column("A", "x == 三里屯")

    path = a_book(tmp_path / "t.xlsx", fill)
    before = content_of(openpyxl.load_workbook(path))
    marked(path, a_flaw("B2"), a_flaw("B3"), language="zh")

    second = marked(path, a_flaw("C2"))

    assert second.sheetnames == ["Errors", "数据", "marks"]
    assert content_of(second)["数据"] == (
        "A1:D3",
        before["数据"][1]
        | {
            "D1": ("Errors", HEADED, None),
            "C2": ("=1+1 as text", WRONG, f"{SIGN}\nx is not a number"),
            "D2": ("C2 x is not a number", None, None),
        },
    )
    assert content_of(marked(path)) == before
    assert len(openpyxl.load_workbook(path)["数据"].auto_filter.filterColumn) == 1


def test_a_text_that_looks_like_a_formula_is_none_in_the_marked_workbook(tmp_path: Path) -> None:
    path = a_book(tmp_path / "t.xlsx")

    texts = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "#REF!"]
    book = marked(path, *(a_flaw("B2", text) for text in texts))

    assert [book["Errors"].cell(row, 3).value for row in range(3, 9)] == [f"{text} is not a number" for text in texts]
    assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert book["数据"]["C2"].value == "=1+1 as text"


def test_a_fill_comes_back_to_the_columns_of_rows_that_were_sorted_meanwhile(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        pale = book.add_format({"bg_color": "#FFF9E0"})
        sheet.write(1, 1, "many", pale)
        sheet.write(2, 1, 31.5, pale)

    path = a_book(tmp_path / "t.xlsx", fill)
    book = marked(path, a_flaw("B2"))
    book["数据"].move_range("A2:D2", rows=5)
    book.save(path)

    sheet = marked(path)["数据"]

    assert (tint_of(sheet["B7"]), tint_of(sheet["B3"]), sheet["B7"].comment) == ("FFFFF9E0", "FFFFF9E0", None)


def test_a_filter_on_the_errors_goes_with_them_and_shows_the_rows_that_it_hid(tmp_path: Path) -> None:
    path = a_book(tmp_path / "t.xlsx")
    book = marked(path, a_flaw("B2"))
    book["数据"].auto_filter.add_filter_column(3, ["B2 x is not a number"])
    book["数据"].row_dimensions[3].hidden = True
    book.save(path)

    sheet = marked(path)["数据"]

    assert (sheet.auto_filter.ref, sheet.row_dimensions[3].hidden) == (None, False)


def test_flaws_of_sheets_that_quotes_and_ours_share_names_with_are_linked(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    for number, title in enumerate(["it's 数据", "Errors", "marks"]):
        sheet = book.create_sheet(title, number)
        sheet.append(["单位", "PM2.5"])
        sheet.append(["三里屯", "many"])
    book.save(path)
    before = content_of(openpyxl.load_workbook(path))

    seen = marked(path, a_flaw("B2", sheet="it's 数据"), a_flaw("B2", sheet="Errors"), a_flaw("B2", sheet="gone"))

    assert seen.sheetnames == ["Errors1", "it's 数据", "Errors", "marks", "Sheet", "marks1"]
    links = [row[1].hyperlink and row[1].hyperlink.location for row in seen["Errors1"].iter_rows(min_row=3)]
    assert links == [f"{quote_sheetname(title)}!B2" for title in ("it's 数据", "Errors")] + [None]
    assert content_of(marked(path)) == before


def test_a_column_of_errors_is_seen_where_all_columns_share_a_width_or_are_hidden(tmp_path: Path) -> None:
    path = a_book(tmp_path / "t.xlsx", lambda book, sheet: sheet.set_column(3, 16383, 4, None, {"hidden": True}))

    columns = marked(path, a_flaw("B2"))["数据"].column_dimensions

    assert {(each.min, each.max, each.hidden) for each in columns.values()} == {(4, 4, False), (5, 16384, True)}


def test_a_flaw_inside_a_merged_area_is_marked_at_its_first_cell(tmp_path: Path) -> None:
    path = a_book(tmp_path / "t.xlsx", lambda book, sheet: sheet.merge_range(3, 0, 4, 1, "国贸"))

    sheet = marked(path, a_flaw("B5"))["数据"]

    assert (tint_of(sheet["A4"]), sheet["D5"].value) == (WRONG, "B5 x is not a number")


def test_an_excel_table_keeps_its_own_filter_and_the_errors_stand_apart(tmp_path: Path) -> None:
    columns = [{"header": each} for each in ("单位", "PM2.5", "备注")]
    path = a_book(tmp_path / "t.xlsx", lambda book, sheet: sheet.add_table(0, 0, 2, 2, {"columns": columns}))

    sheet = marked(path, a_flaw("B3"))["数据"]

    assert [table.ref for table in sheet.tables.values()] == ["A1:C3"]
    assert (sheet["E1"].value, sheet.auto_filter.ref) == ("Errors", "E1:E3")


def a_template(path: Path) -> Path:
    """The template of a department with a count, a choice and a monthly figure."""
    stamp = EvidenceStamp(sheet="a-sheet", year="2026", rules="d" * 64, department=DEPARTMENT)
    write_evidence_book(path, asked_of(SHEET, DEPARTMENT), UNITS, Filled(), stamp, title=Text.same("2026"))
    return path


def test_fonts_inside_a_cell_stay_as_they_are_whether_it_is_marked_or_not(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red", "font_script": 1})
        sheet.write_rich_string("C3", "约 ", bold, "31.5", red, "2", " 单位")
        sheet.write_rich_string("C2", bold, "  已核", "对 ")

    path = a_book(tmp_path / "t.xlsx", fill)
    before = pieces_in_cells(path)
    marked(path, a_flaw("C3"))

    assert pieces_in_cells(path) == before
    assert [len(pieces) for pieces in before.values()] == [2, 4]


def pieces_in_cells(path: Path) -> dict[str, list[tuple[str, Any]]]:
    """The texts in several fonts of the sheet of data, piece by piece with the font."""
    sheet = openpyxl.load_workbook(path, rich_text=True)["数据"]
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, CellRichText)]
    return {
        cell.coordinate: [
            (each.text, each.font) if isinstance(each, TextBlock) else (each, None) for each in cell.value
        ]
        for cell in cells
    }


def test_a_template_saved_by_libreoffice_is_read_and_marked_in_place(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(Path(__file__).with_name("template-saved-by-libreoffice.xlsx").read_bytes())
    before = {sheet.title: frame_of(sheet) for sheet in openpyxl.load_workbook(path, rich_text=True)}
    found = read_evidence(path, SHEET, UNITS, NAMES, DEPARTMENT)
    (flaw,) = found.flaws

    book = marked(path, flaw, language="zh")

    assert (str(flaw.where).rpartition(":")[2], found.warnings) == ("数据!C3", [])
    assert (tint_of(book["数据"]["C3"]), book["数据"]["O3"].value[:2]) == (WRONG, "C3")
    assert read_evidence(path, SHEET, UNITS, NAMES, DEPARTMENT).flaws == [flaw]
    marked(path)
    assert {sheet.title: frame_of(sheet) for sheet in openpyxl.load_workbook(path, rich_text=True)} == before


def test_periods_that_are_none_or_of_another_year_are_marked_at_their_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "数据"
    months = ["2025-12", datetime(2025, 12, 31), "2026年13月", "上月", 202613, "2026-12"]
    for row in [["单位", "期间", "断面水质"], *(["三里屯", month, 3] for month in months)]:
        sheet.append(row)
    book.save(path)
    flaws = read_evidence(path, SHEET, UNITS, NAMES, DEPARTMENT).flaws

    seen = marked(path, *flaws)["数据"]

    assert {cell.coordinate for row in seen for cell in row if tint_of(cell) == WRONG} == {f"B{n}" for n in range(2, 7)}


def test_what_is_no_error_is_listed_below_the_errors(tmp_path: Path) -> None:
    path = a_book(tmp_path / "t.xlsx")
    notice = Flaw(WorkbookCell("t.xlsx", "封面"), Text("此表没有读取。", "This sheet was not read."))
    made = mark_evidence(path, [a_flaw("B2", "=many")], "en", notices=[notice])
    lines = list(openpyxl.load_workbook(BytesIO(made.data))["Errors"].iter_rows(values_only=True))

    assert lines[0][0].startswith("Errors found: 1.")
    assert lines[2:] == [
        ("数据", "B2", "=many is not a number"), ("封面", None, "Note: This sheet was not read."),
    ]  # fmt: skip


def frame_of(sheet: Any) -> dict[str, Any]:
    """What a template is made of, its values aside."""
    return {
        "protected": (sheet.protection.sheet, sheet.protection.sort, sheet.protection.autoFilter),
        "panes": sheet.freeze_panes,
        "state": sheet.sheet_state,
        "widths": {
            letter: (each.min, each.max, each.width, each.hidden) for letter, each in sheet.column_dimensions.items()
        },
        "data validation": sorted(
            (str(each.sqref), each.type, each.formula1, each.formula2, each.promptTitle, each.error)
            for each in sheet.data_validations.dataValidation
        ),
        "cells": {
            cell.coordinate: (cell.value or None, cell.number_format, cell.protection.locked, cell.border.left.style)
            for row in sheet.iter_rows()
            for cell in row
        },
    }


def pieces_of(path: Path, *tags: str) -> list[bytes]:
    """These pieces of every sheet, as they stand in the package."""
    with ZipFile(path) as package:
        sheets = [package.read(name) for name in sorted(package.namelist()) if "worksheets/sheet" in name]
    return [piece for data in sheets for tag in tags for piece in re.findall(f"<{tag}>.*?</{tag}>".encode(), data)]


def test_the_template_comes_back_with_all_that_makes_it_one(tmp_path: Path) -> None:
    path = a_template(tmp_path / "t.xlsx")
    kept = pieces_of(path, "protectedRanges", "ignoredErrors")
    before, stamp = {sheet.title: frame_of(sheet) for sheet in openpyxl.load_workbook(path)}, stamp_of(path)

    book = marked(path, a_flaw("C3"), a_flaw("B4"), language="zh")

    assert book["数据"]["A1"].value == "单位代码"
    assert stamp_of(path) == stamp != {}
    assert pieces_of(path, "protectedRanges", "ignoredErrors") == kept != []
    assert marked(path).sheetnames == list(before)
    after = {sheet.title: frame_of(sheet) for sheet in openpyxl.load_workbook(path)}
    assert after == before
