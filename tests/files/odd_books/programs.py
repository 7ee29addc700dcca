"""Workbooks as other programs than Excel write them, and as Excel seldom does."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import xlsxwriter

from tests.files.odd_books.cases import flawed, refused, sound
from tests.files.odd_books.packages import (
    HEAD,
    MAIN,
    OFFICE,
    Sheet,
    a_book,
    changed,
    formula,
    packed,
    parts_of,
    rows_of,
    shared,
)
from tests.files.odd_books.values import PM

SHEET_1, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
DATA: list[list[Any]] = [["单位", PM], ["三里屯", 31.5], ["建外", 30]]
READ = {"u1 pm": "31.5", "u2 pm": "30"}
STRICT = "http://purl.oclc.org/ooxml"


@sound({f"u{number} pm": str(number) for number in range(1, 7)})
def wps_with_a_wrong_dimension_and_parts_of_its_own() -> bytes:
    names = ("三里屯", "建外", "金盏", "小红门", "太阳宫地区", "太阳宫乡")
    rows = [["单位", PM], *([name, number] for number, name in enumerate(names, 1))]
    parts = parts_of(Sheet("Sheet1", rows_of(rows), '<dimension ref="A1"/>'))
    custom = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    return packed({**parts, "docProps/custom.xml": HEAD + custom, "customXml/item1.xml": "<s:x xmlns:s='urn:wps'/>"})


@sound(READ)
def libreoffice_with_styled_blank_rows_to_the_end() -> bytes:
    strings = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in ("单位", PM, "三里屯", "建外"))
    rows = [[shared(0), shared(1)], [shared(2), 31.5], [shared(3), 30]]
    columns = '<sheetFormatPr defaultRowHeight="12.8"/><cols><col min="1" max="1025" width="11.52" style="0"/></cols>'
    rest = '<row r="1048576" customFormat="false" ht="12.8" hidden="false"/>'
    sheet = Sheet("工作表1", rows_of(rows) + rest, '<dimension ref="A1:B3"/>' + columns)
    return packed(parts_of(sheet, strings=strings))


@sound(READ)
def openpyxl_with_texts_in_the_cells() -> bytes:
    book = openpyxl.Workbook()
    for row in DATA:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@sound(READ)
def xlsxwriter_with_a_table_a_chart_links_and_validations() -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("数据")
    sheet.add_table(0, 0, 2, 1, {"data": DATA[1:], "columns": [{"header": name} for name in DATA[0]]})
    sheet.write_url(3, 4, "https://example.org/", string="三里屯")
    sheet.write_url(4, 4, "internal:'数据'!A1")
    sheet.write_comment(1, 1, "自测")
    sheet.data_validation(1, 1, 2, 1, {"validate": "decimal", "criteria": ">", "value": 0})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='数据'!$B$2:$B$3"})
    sheet.insert_chart("H2", chart)
    other = book.add_chart({"type": "line"})
    other.add_series({"values": "='数据'!$B$2:$B$3"})
    book.add_chartsheet("图").set_chart(other)
    book.close()
    return target.getvalue()


@sound(READ)
def cells_and_rows_without_references() -> bytes:
    rows = rows_of(DATA)
    for reference in ("A1", "B1", "A2", "B2", "A3", "B3"):
        rows = rows.replace(f' r="{reference}"', "")
    for row in "123":
        rows = rows.replace(f'<row r="{row}"', "<row")
    return packed(parts_of(Sheet("数据", rows)))


@sound(READ)
def tags_with_a_prefix() -> bytes:
    xml = Sheet("数据", rows_of(DATA)).xml()
    for tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        for end in (" ", ">"):
            xml = xml.replace(f"<{tag}{end}", f"<x:{tag}{end}").replace(f"</{tag}{end}", f"</x:{tag}{end}")
    return packed({**parts_of(Sheet("数据", "")), SHEET_1: xml.replace("xmlns=", "xmlns:x=")})


@sound(READ)
def a_sheet_in_utf_16() -> bytes:
    xml = Sheet("数据", rows_of(DATA)).xml().replace("UTF-8", "UTF-16")
    return packed({**parts_of(Sheet("数据", "")), SHEET_1: xml.encode("utf-16")})


@sound(READ)
def parts_named_from_the_root_and_not_packed() -> bytes:
    data = changed(a_book(*DATA), "xl/_rels/workbook.xml.rels", ('Target="', 'Target="/xl/'))
    target = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(target, "w", ZIP_STORED) as written:
        for name in package.namelist():
            written.writestr(name, package.read(name))
    return target.getvalue()


@refused("Strict")
def the_strict_kind_of_workbook() -> bytes:
    parts = parts_of(Sheet("数据", rows_of(DATA)))
    strict = {
        name: str(text).replace(MAIN, f"{STRICT}/spreadsheetml/main").replace(OFFICE, f"{STRICT}/officeDocument/rels")
        for name, text in parts.items()
    }  # fmt: skip
    return packed(strict)


@refused("No visible sheet has headings")
def no_sheet_that_can_be_seen() -> bytes:
    return packed(parts_of(Sheet("数据", rows_of(DATA), state="veryHidden")))


@sound(READ)
def styles_that_only_excel_forgives() -> bytes:
    return changed(a_book(*DATA), "xl/styles.xml", ('<fill><patternFill patternType="none"/></fill>', "<fill/>"))


@refused("damaged")
def references_in_small_letters() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ('r="B2"', 'r="b2"'))


@refused("damaged")
def a_shared_text_that_is_not_there() -> bytes:
    return a_book(["单位", PM], ["三里屯", shared(7)], strings="<si><t>x</t></si>")


@refused("damaged")
def a_shared_text_before_the_first() -> bytes:
    return a_book(["单位", shared(-1)], ["三里屯", 1], strings=f"<si><t>{PM}</t></si>")


@refused("damaged")
def an_attribute_twice() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ('r="B2"', 'r="B2" r="B3"'))


@refused("damaged")
def a_cell_beyond_the_last_column() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ('r="B2"', 'r="XFE2"'))


@refused("damaged")
def a_cell_below_the_last_row() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ('r="B2"', 'r="B1048577"'))


@refused("damaged")
def a_number_with_an_underscore() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ("<v>31.5</v>", "<v>3_1.5</v>"))


@refused("damaged")
def a_number_in_full_width() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ("<v>31.5</v>", "<v>３１.５</v>"))


@refused("damaged")
def a_number_that_is_none() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ("<v>31.5</v>", "<v>NaN</v>"))


@refused("damaged")
def an_infinite_date() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ("<v>31.5</v>", "<v>INF</v>"))


@refused("damaged")
def a_sheet_whose_part_is_missing() -> bytes:
    parts = parts_of(Sheet("数据", rows_of(DATA)), Sheet("二", rows_of(DATA)))
    return packed({name: data for name, data in parts.items() if name != SHEET_1})


@refused("damaged")
def two_cells_of_one_reference() -> bytes:
    return changed(a_book(*DATA), SHEET_1, ('r="A3"', 'r="B2"'), ('<row r="3">', '<row r="2">'))


@sound(READ)
def formulas_that_reach_tables_and_other_sheets_of_the_workbook() -> bytes:
    reached = ("SUM(表1[金额])+数据!C1", "表1[[#This Row],[金额]]*'my sheet'!A1", 'IF(C1>"a|b!",[1],1)')
    remarks = [formula(text, "1") for text in reached]
    return a_book(["单位", PM, "备注", "说明"], ["三里屯", 31.5, *remarks[:2]], ["建外", 30, remarks[2]])


@refused("links to other")
def a_formula_that_reaches_another_workbook() -> bytes:
    return a_book(["单位", PM], ["三里屯", formula("SUM('C:\\[b.xlsx]my sheet'!A1:A9)", "31.5")])


@sound({"u1 pm": "31.5", "u2 pm": "30"})
def line_ends_that_excel_escapes() -> bytes:
    return a_book(
        ["单位_x000D_\n", PM.replace("浓", "_x6D53_")], ["三里屯_x000D_", "_x0009_31.5_x000D_\n"], ["建外", 30]
    )


@flawed("数据!A2: _x0000_三里屯", "数据!B3: 31_5")
def escapes_of_what_nobody_can_see() -> bytes:
    return a_book(["单位", PM], ["_x0000_三里屯", 1], ["建外", "31_x005F_5"])
