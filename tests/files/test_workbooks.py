"""Workbooks as offices send them, and as they should not."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from assess.core.flaws import ValidationError
from assess.core.sources import WorkbookCell
from assess.core.tables import Table
from assess.files.tables import read_table
from assess.files.workbooks.books import new_book, open_book, write_text
from assess.files.workbooks.cells import NO_STORED_VALUE, read_cells
from tests.tables import a_workbook, replaced, rewritten, shown, told

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def read(path: Path) -> Table:
    """The table of units in a workbook."""
    return read_table(path, ["unit", "单位"])


def with_sheet(path: Path, data: str) -> Path:
    """A workbook whose only sheet holds this."""
    sheet = f"<worksheet {MAIN}><sheetData>{data}</sheetData></worksheet>".encode()
    return rewritten(a_workbook(path, ["unit"]), lambda name, old: sheet if name.endswith("sheet1.xml") else old)


def test_cells_are_read_as_the_text_that_a_person_would_type(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("数据")
    formats = [book.add_format({"num_format": each}) for each in ("0.0%", "yyyy-mm-dd", '0.0"%"')]
    sheet.write_row(0, 0, ["unit", "number", "text", "percent", "date", "truth", "formula", "quoted", "long"])
    sheet.write_row(1, 0, [110105001, 12.300000000000001, " １２．５ "])
    sheet.write_number(1, 3, 0.98765, formats[0])
    sheet.write_datetime(1, 4, date(2026, 1, 31), formats[1])  # type: ignore[arg-type]
    sheet.write_boolean(1, 5, True)
    sheet.write_formula(1, 6, "=1/3", None, 1 / 3)
    sheet.write_number(1, 7, 93.5, formats[2])
    sheet.write_number(1, 8, 0.0000001234)
    book.close()

    assert shown(read(path))[1] == [
        "110105001",
        "12.3",
        "１２．５",
        "98.765%",
        "2026-01-31",
        "true",
        "0.333333333333333",
        "93.5",
        "0.0000001234",
    ]


def test_dates_in_the_built_in_formats_of_chinese_excel_are_dates(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit", "period"], ["u1", 46023])

    in_format_57 = replaced("styles", b'<cellXfs count="1"><xf numFmtId="0"', b'<cellXfs count="1"><xf numFmtId="57"')

    assert shown(read(rewritten(path, in_format_57)))[1] == ["u1", "2026-01-01"]


def test_the_first_visible_sheet_with_the_headings_is_read_below_its_title(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("说明").write_row(0, 0, ["填报说明", "…"])
    hidden = book.add_worksheet("旧")
    hidden.write_row(0, 0, ["单位", "old"])
    hidden.hide()
    sheet = book.add_worksheet("数据")
    sheet.merge_range(0, 0, 0, 2, "2026年数据表")
    sheet.write_row(2, 0, ["单位*", "PM2.5", "备注"])
    sheet.write_row(4, 0, ["三里屯", 31.5])
    sheet.set_row(4, None, None, {"hidden": True})
    book.close()

    table = read(path)

    assert shown(table) == [["单位*", "PM2.5", "备注"], ["三里屯", "31.5", ""]]
    assert (table.headings[1].source, table.places(0, 1)) == (
        WorkbookCell(str(path), "数据", "B3"),
        WorkbookCell(str(path), "数据", "B5"),
    )
    assert table.flaws == ()


def test_everything_wrong_with_cells_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("数据")
    sheet.write_row(0, 0, ["unit", "a", "b", "A", "", "c"])
    sheet.merge_range(1, 1, 2, 2, 5)
    sheet.write_formula(3, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(3, 1, "=A1", None, "")
    sheet.write_number(3, 2, 1234567890123456)
    sheet.write_row(4, 0, ["u4", 1, 2, "", "note", 3])
    sheet.merge_range(6, 0, 6, 4, "")
    book.close()

    def without_value(name: str, data: bytes) -> bytes:
        return data.replace(b"<f>A1</f><v></v>", b"<f>A1</f>")

    found = [line.removeprefix(f"{path}:") for line in told(read(rewritten(path, without_value)).flaws)]

    assert found == [
        "数据!D1: The heading A appears twice. Keep one column.",
        "数据!B2: Cells with data are merged. Unmerge them and fill in each cell.",
        "数据!A4: The cell shows the error #DIV/0!. Correct the formula or enter the value.",
        "数据!B4: The formula has no stored result. Open and save the file in Excel, or enter the value.",
        "数据!C4: The number has more than 15 digits, and Excel lost the last ones. Enter it as text.",
        "数据!E5: This column has values but no heading. Add one.",
    ]


def test_an_empty_text_that_a_formula_stored_is_a_blank_cell(tmp_path: Path) -> None:
    path = with_sheet(
        tmp_path / "t.xlsx",
        '<row r="1"><c t="inlineStr"><is><t>unit</t></is></c><c t="inlineStr"><is><t>a</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>u</t></r><r><t>1</t></r><rPh><t>x</t></rPh></is></c>'
        '<c r="B2" t="str"><f>IF(1,"","")</f><v></v></c></row>',
    )

    assert (shown(read(path)), read(path).flaws) == ([["unit", "a"], ["u1", ""]], ())


def test_a_number_that_a_program_left_to_be_calculated_is_no_blank_cell(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit", "a"], ["u1", 1])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B2"] = "=1+1"
    book.save(path)

    assert [line.removeprefix(f"{path}:") for line in told(read(path).flaws)] == [
        f"{book.worksheets[0].title}!B2: {NO_STORED_VALUE.en}"
    ]


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit"], *([f"u{number}"] for number in range(1000)))

    def lying(name: str, data: bytes) -> bytes:
        return data.replace(b'<dimension ref="A1:A1001"/>', b'<dimension ref="A1"/>')

    assert len(read(rewritten(path, lying))) == 1000


def test_a_small_file_with_cells_in_opposite_corners_costs_nothing(tmp_path: Path) -> None:
    cell = '<row r="{row}"><c r="{at}" t="inlineStr"><is><t>unit</t></is></c></row>'
    path = with_sheet(tmp_path / "t.xlsx", cell.format(row=1, at="A1") + cell.format(row=1_048_576, at="XFD1048576"))

    table = read(path)

    assert shown(table) == [["unit"], [""]]
    assert [str(flaw.where).removeprefix(f"{path}:") for flaw in table.flaws] == ["数据!XFD1048576"]


def test_a_million_formatted_blank_cells_are_innocent(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{row}">' + '<c s="0"/>' * 1000 + "</row>" for row in range(2, 1002))
    path = with_sheet(tmp_path / "t.xlsx", '<row r="1"><c r="A1" t="inlineStr"><is><t>unit</t></is></c></row>' + blank)

    assert shown(read(path)) == [["unit"]]


def test_more_than_two_hundred_thousand_values_are_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit"], *([1] * 1000 for _ in range(200)))

    with pytest.raises(ValidationError) as caught:
        read(path)
    assert told(caught.value.flaws) == [
        f"{path}: The Excel file has more than 200000 cells with data. Split it and upload the parts separately."
    ]


def test_a_hyperlink_is_no_external_link(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("数据")
    sheet.write_row(0, 0, ["unit", "a"])
    sheet.write_url(1, 0, "https://example.org/", string="u1")
    book.close()

    assert shown(read(path)) == [["unit", "a"], ["u1", ""]]


def test_a_workbook_with_another_ending_is_a_workbook_still(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit"], ["u1"]).rename(tmp_path / "figures.csv")

    assert shown(read(path)) == [["unit"], ["u1"]]


def test_what_a_person_typed_is_written_as_text_and_the_same_content_gives_the_same_bytes() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "https://example.org/", "{=1}", "", "漷县"]

    def written() -> bytes:
        out = BytesIO()
        book = new_book(out)
        sheet = book.add_worksheet("数据")
        for row, text in enumerate(texts):
            write_text(sheet, row, 0, text)
        book.close()
        return out.getvalue()

    data = written()
    cells = openpyxl.load_workbook(BytesIO(data))["数据"]["A"]

    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None) for text in texts]
    assert written() == data


def test_a_workbook_is_opened_with_stored_values(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("数据").write_formula(0, 0, "=1+1", None, 2)
    book.close()

    opened = open_book(path)
    assert read_cells(opened, opened.sheets[0], path).rows == [(1, {1: "2"})]
