"""How the workbook of a rule sheet looks on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from assess.core.rules.sheet import RuleSheet, digest_of, read_sheet
from assess.core.text import Language, Text
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_layout import TABS
from assess.files.rule_sheets.book_writer import write_book
from assess.files.rule_sheets.starters import write_starter

GALLERY = Path(__file__).parents[3] / "rules" / "method-gallery" / "rule-sheet.yaml"
A4_WIDTH, A4_HEIGHT = 11.69, 8.27
"""Inches, across."""


def six_items() -> RuleSheet:
    """A sheet of two sections and six items in several methods, with notes as offices write them."""
    note = {
        "zh": "按市级通报的年度数据计，未通报的按区级自查数据计。",
        "en": "By the city's bulletin, else the district's.",
    }
    bands = [{"from": "90", "points": "20"}, {"from": "80", "points": "15"}, {"points": "0"}]
    ways: list[dict[str, Any]] = [
        {"method": "interpolate", "figure": "f0", "full_at": "30", "zero_at": "50"},
        {"method": "bands", "figure": "f1", "bands": bands},
        {"method": "deduct", "lines": [{"figure": "f2", "points": "2", "partial": "up", "at_most": "10"}]},
        {"method": "ratio", "figure": "f3", "target": "100", "better": "higher"},
        {"method": "rank", "figure": "f4", "better": "lower", "step": "0.5"},
        {"method": "direct", "figure": "f5"},
    ]
    items = [
        {"id": f"i{n}", "title": f"考核项{n}", "points": "20", "clause": f"第{n}条", "note": note, **way}
        for n, way in enumerate(ways)
    ]
    sections = [
        {"id": "air", "title": "大气", "points": "60", "items": items[:3]},
        {"id": "water", "points": "60", "items": items[3:]},
    ]
    figures = {f"f{n}": {"title": f"数据{n}", "unit": "%", "kind": "number", "from": "unit"} for n in range(6)}
    head = {"id": "six", "title": "六项", "year": "2026", "basis": "关于印发考核办法的通知", "missing": "zero"}
    flaws: list[Any] = []
    sheet = read_sheet({**head, "figures": figures, "items": sections}, flaws)
    assert flaws == []
    return sheet


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("looks") / "six.xlsx"
    write_book(six_items(), path)
    return path


def printed(page: Worksheet) -> Iterator[tuple[float, list[float], range]]:
    """The width in inches, the widths of the columns in characters and the rows of what a tab prints."""
    first, top, last, bottom = range_boundaries(page.print_area.rpartition("!")[2].replace("$", ""))
    wide = {
        column: 0.0 if each.hidden else each.width
        for each in page.column_dimensions.values()
        for column in range(each.min, each.max + 1)
    }
    columns = [wide[column] for column in range(first, last + 1)]
    yield sum((each * 7 + 5) / 96 for each in columns if each), columns, range(top, bottom + 1)


def scale_and_pages(page: Worksheet) -> tuple[float, int]:
    """At what scale a tab prints and on how many pages, text reckoned at 15 points a line."""
    ((width, columns, rows),) = printed(page)
    margins = page.page_margins
    across = page.page_setup.fitToWidth or 1
    scale = min(1.0, across * (A4_WIDTH - margins.left - margins.right) / width)
    height = sum(page.row_dimensions[row].height or 15 * lines_of(page, row, columns) for row in rows)
    tall = ceil(height * scale / 72 / (A4_HEIGHT - margins.top - margins.bottom))
    if page.page_setup.fitToHeight:
        return scale / tall, across
    return scale, across * tall


def lines_of(page: Worksheet, row: int, columns: list[float]) -> int:
    """The lines that the longest text of a row takes; Chinese characters are two wide."""
    texts = ((str(page.cell(row, at).value or ""), width) for at, width in enumerate(columns, 1) if width)
    return max(sum(max(1, ceil(wideness(line) / width)) for line in text.split("\n")) for text, width in texts)


def wideness(text: str) -> int:
    """The width of a text in characters."""
    return sum(2 if letter > "\u2e80" else 1 for letter in text)


def test_six_items_print_on_five_pages_of_a4_across_in_a_size_that_can_be_read(six: Path):
    book = load_workbook(six)
    found = {page.title: scale_and_pages(page) for page in book}

    assert {(page.page_setup.paperSize, page.page_setup.orientation) for page in book} == {(9, "landscape")}
    assert list(found) == ["说明", "总则", "数据项", "考核项", "明细"]
    assert sum(pages for _, pages in found.values()) <= 5
    assert min(scale for scale, _ in found.values()) >= 0.6


def test_a_wide_tab_prints_two_pages_wide_with_its_ids_on_both(tmp_path: Path):
    write_book(load_sheet(GALLERY).sheet, tmp_path / "s.xlsx")
    book = load_workbook(tmp_path / "s.xlsx")

    assert min(scale_and_pages(page)[0] for page in book) >= 0.6
    assert book["考核项"].print_title_cols == "$A:$B"
    assert {page.print_title_rows for page in book} == {"$1:$2"}


def test_sections_stand_out_and_what_is_below_them_is_set_in(six: Path):
    page = load_workbook(six)["考核项"]
    keys = [cell.value for cell in page[2]]
    looks = {
        page.cell(row, keys.index("id") + 1).value: (
            {bool(cell.font.b) and cell.fill.bgColor.rgb != "00000000" for cell in page[row][: len(keys)]},
            page.cell(row, keys.index("title.zh") + 1).alignment.indent,
        )
        for row in range(3, 11)
    }

    assert looks == {id: ({True}, 0) if id in ("air", "water") else ({False}, 1) for id in looks}
    assert len(looks) == 8


def test_a_row_that_is_filled_in_later_looks_like_a_section_until_it_has_a_method(six: Path):
    page = load_workbook(six)["考核项"]
    ((area, rules),) = ((str(each.sqref), each.rules) for each in page.conditional_formatting)
    keys = [cell.value for cell in page[2]]
    id, method = (page.cell(2, keys.index(key) + 1).column_letter for key in ("id", "method"))

    assert area.startswith("A11:")
    assert [rule.formula for rule in rules] == [[f'AND(${id}11<>"",${method}11="")']]


def test_tabs_and_columns_without_contents_are_out_of_the_way(six: Path, tmp_path: Path):
    page = load_workbook(six)["考核项"]
    folded = {
        page.cell(2, column).value
        for each in page.column_dimensions.values()
        if each.hidden and each.outlineLevel == 1
        for column in range(each.min, each.max + 1)
    }
    assert {"weight", "floor", "cap", "applies", "round", "text.zh"} <= folded
    assert {"id", "points", "method", "note.zh", "clause"} & folded == set()
    assert digest_of(load_sheet(six).sheet) == digest_of(six_items())

    write_starter("empty", tmp_path / "empty.xlsx", year=2026, title=Text.same("表"), language="zh")
    assert load_workbook(tmp_path / "empty.xlsx").sheetnames == ["说明", *(tab.name for tab in TABS)]


@pytest.mark.parametrize(
    ("language", "method", "clause"),
    [
        ("zh", "计分方法（考核项）\n有计分方法的行是考核项，没有的是考核类别。\n可填：完成得满分、完成 done · ",
         "条款\n依据的条款，考核项和加减分必填。"),
        ("en", "method of an item\nA row with a method is an item, a row without one is a section.\n"
         "Allowed values: 完成得满分、完成 done · ",
         "clause\nThe clause it is based on. Required for items and adjustments."),
    ],
)  # fmt: skip
def test_headings_have_remarks_in_the_language_of_the_reader(
    language: Language, method: str, clause: str, tmp_path: Path
):
    write_book(six_items(), tmp_path / "s.xlsx", language)
    book = load_workbook(tmp_path / "s.xlsx")
    remarks = {
        (page.title, below.value): cell.comment.text
        for page in book.worksheets[1:]
        for cell, below in zip(page[1], page[2], strict=True)
        if cell.comment is not None
    }

    assert remarks["考核项", "method"].startswith(method)
    assert remarks["考核项", "clause"] == clause
    assert {(page.title, cell.value) for page in book.worksheets[1:] for cell in page[2] if cell.value} == {*remarks}
