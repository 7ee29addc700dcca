"""The template of the department, and of others, filled in and rearranged by openpyxl as people do by hand."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from assess.core.evidence.asked import asked_of
from assess.core.rules.sheet import RuleSheet, digest_of
from assess.core.text import Language
from assess.files.evidence_book.layout import EvidenceStamp
from assess.files.evidence_book.writing import Filled, write_evidence_book
from tests.builders import a_sheet, an_item
from tests.files.odd_books.cases import flawed, refused, sound
from tests.files.odd_books.values import CASES, MONEY, PM, SHARE
from tests.files.odd_books.year import DEPARTMENT, DEPARTMENTS, FIGURES, ITEMS, OTHER_DEPARTMENT, SHEET, UNITS

NAMES = ("三里屯街道", "建国门外街道", "金盏地区", "小红门乡", "太阳宫地区", "太阳宫乡")
MONTHLY, DETAILS = "数据（按月）", "明细"
DETAIL = ["三里屯", CASES, "2026-03-15", "三里屯路 1 号", "裸土未覆盖", "IMG_1"]
Cells = Mapping[tuple[str, str], Any]
"""What is filled in, by the name of the unit and how the heading begins."""


def template(cells: Cells, sheet: RuleSheet = SHEET, department: str = DEPARTMENT, language: Language = "zh") -> Any:
    """The template with these cells of its first sheet of data filled in."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "t.xlsx")
        stamp = EvidenceStamp(
            sheet=sheet.id, year=str(sheet.year), rules=digest_of(sheet), department=department, language=language
        )
        write_evidence_book(path, asked_of(sheet, department), UNITS, Filled(), stamp, title=sheet.title)
        book: Any = openpyxl.load_workbook(path)
    data = book.worksheets[1]
    for (unit, start), value in cells.items():
        row = next(row for row in range(3, 9) if data.cell(row, 2).value == unit)
        column = next(cell.column for cell in data[1] if str(cell.value).startswith(start))
        data.cell(row, column).value = value
    return book


def saved(book: Any) -> bytes:
    """A workbook as a file."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def changed_sheet(*items: Any, year: int = 2026, **figures: Any) -> RuleSheet:
    """The rule sheet as it was before a revision, or of another year."""
    return a_sheet(*ITEMS, *items, figures={**FIGURES, **figures}, departments=DEPARTMENTS, year=year)


@sound({"u1 pm": "31.5", "u2 share": "85", "u1 cases": "1", "u3 level": "良", "u3 online": "no"})
def template_filled_in() -> bytes:
    book = template({(NAMES[0], PM): 31.5, (NAMES[1], SHARE): "85%", (NAMES[0], CASES): 1, (NAMES[2], "评价"): "良",
                     (NAMES[2], "是否"): "否", (NAMES[0], f"备注：{PM}"): "=1+1 初步"})  # fmt: skip
    book[DETAILS].append(DETAIL)
    return saved(book)


@sound({"u1 pm": "31.5", "u6 money": "-2.5", "u2 water 2026-02": "3"})
def template_in_english() -> bytes:
    book = template(
        {("Sanlitun Subdistrict", "PM2.5"): 31.5, ("Taiyanggong Township", "spending"): -2.5}, language="en"
    )
    monthly = book.worksheets[2]
    row = next(
        row for row in range(3, 75) if monthly.cell(row, 1).value == "u2" and monthly.cell(row, 3).value[-1] == "2"
    )
    monthly.cell(row, 4).value = 3
    return saved(book)


@sound({}, warned=("数据: No value is filled in, so there is nothing to import.",))
def template_with_nothing_filled_in() -> bytes:
    return saved(template({}))


@sound({"u1 pm": "31.5", "u6 pm": "6"})
def template_with_rows_sorted_and_units_renamed_by_hand() -> bytes:
    book = template({(NAMES[0], PM): 31.5, (NAMES[5], PM): 6})
    data = book["数据"]
    rows = [[cell.value for cell in row] for row in data.iter_rows(min_row=3)]
    for at, row in enumerate(reversed(rows), 3):
        for column, value in enumerate(row, 1):
            data.cell(at, column).value = value
    data["B8"] = "三里屯"
    return saved(book)


@flawed("数据!B3: two units")
def template_with_the_name_of_another_unit_beside_the_hidden_code() -> bytes:
    book = template({(NAMES[0], PM): 31.5})
    book["数据"]["B3"] = "建外"
    return saved(book)


@sound({"u1 pm": "31.5", "u2 share": "85"})
def template_with_columns_deleted_added_and_sheets_renamed() -> bytes:
    book = template({(NAMES[0], PM): 31.5, (NAMES[1], SHARE): 85})
    data = book["数据"]
    data.delete_cols(1)
    data.delete_cols(8, 4)
    data.insert_cols(2)
    data["B1"] = "备注（内部）"
    data["B4"] = "x"
    data.title, book[MONTHLY].title = "Sheet1", "Sheet2"
    book.remove(book[DETAILS])
    book.remove(book["填写说明"])
    return saved(book)


@flawed("数据!O1: has no figure “责任人”")
def template_with_a_column_of_ones_own() -> bytes:
    book = template({(NAMES[0], PM): 31.5})
    book["数据"]["O1"] = "责任人"
    return saved(book)


@flawed("数据!G3: has no row for it. Add one row", "数据!G4: has 1 of its rows", "明细!B5: but no count")
def template_with_counts_that_their_details_do_not_bear_out() -> bytes:
    book = template({(NAMES[0], CASES): 2, (NAMES[1], CASES): 3, (NAMES[2], CASES): 0})
    for unit in ("建外", "", "小红门"):
        book[DETAILS].append([unit, *DETAIL[1:]] if unit else [])
    return saved(book)


@flawed("数据!G3: not a number")
def template_with_a_wrong_count_whose_details_stand() -> bytes:
    book = template({(NAMES[0], CASES): "三起"})
    book[DETAILS].append(["三里屯", *DETAIL[1:]])
    return saved(book)


@flawed(
    "明细!C3: outside 2026", "明细!D3: no place", "明细!A4: No unit is called",
    "明细!B4: is not a count and has no details",
    "明细!C4: no date", "明细!E5: There is no description",
)  # fmt: skip
def template_with_details_that_say_too_little() -> bytes:
    book = template({(NAMES[0], CASES): 2, (NAMES[0], PM): 31.5})
    book[DETAILS].append(["三里屯", CASES, "2025-03-15", None, "x"])
    book[DETAILS].append(["不存在", PM, None, "x", "x"])
    book[DETAILS].append(["三里屯", CASES, "2026年3月15日 8:30", "x", None])
    return saved(book)


@sound({"u1 cases": "2"})
def details_with_true_dates_and_times() -> bytes:
    book = template({(NAMES[0], CASES): 2})
    book[DETAILS].append(DETAIL)
    book[DETAILS].append(DETAIL)
    for cell, value in (("C3", 46000.5), ("C4", 46030)):
        book[DETAILS][cell].value, book[DETAILS][cell].number_format = value + 50, "yyyy-mm-dd hh:mm"
    return saved(book)


@sound({"u1 pm": "31.5", "u1 share": "90"}, warned=(": The rule sheet changed", "数据!O1: left out"))
def template_of_before_a_figure_went_and_two_were_renamed() -> bytes:
    older = changed_sheet(
        an_item(id="old", figure="old"),
        pm={**FIGURES["pm"], "title": {"zh": "细颗粒物", "en": "fine dust"}},
        share={**FIGURES["share"], "title": {"zh": "优良率", "en": "good days"}},
        old={"title": {"zh": "旧指标", "en": "old"}, "kind": "number", "from": "bureau"},
    )
    cells = {(NAMES[0], "细颗粒物"): 31.5, (NAMES[0], "优良率"): 90, (NAMES[0], "旧指标"): 1}
    return saved(template(cells, older))


@flawed("数据!C3: above the maximum of 500", warned=(": The rule sheet changed",))
def template_of_before_a_figure_had_a_range() -> bytes:
    older = changed_sheet(pm={**FIGURES["pm"], "max": 5000})
    return saved(template({(NAMES[0], PM): 501}, older))


@refused("template of another department (消防救援支队)")
def template_of_another_department() -> bytes:
    return saved(template({(NAMES[0], "火灾"): 1}, department=OTHER_DEPARTMENT))


@refused("This is the template of 2025")
def template_of_another_year() -> bytes:
    return saved(template({(NAMES[0], PM): 31.5}, changed_sheet(year=2025)))


@refused("another form of this service")
def another_form_of_the_service() -> bytes:
    book = template({(NAMES[0], MONEY): 2})
    book["stamp"]["B1"] = "form"
    return saved(book)


@sound({"u1 money": "2"}, warned=("填写说明: This sheet was not read",))
def a_hidden_sheet_called_stamp_that_is_none() -> bytes:
    book = template({(NAMES[0], MONEY): 2})
    book["stamp"].delete_rows(1, 99)
    book["stamp"]["A1"] = "公章"
    return saved(book)
