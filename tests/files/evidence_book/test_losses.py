"""What would be lost by marking a workbook is not lost: the errors then come beside it, and it is told why."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from assess.core.flaws import Flaw
from assess.core.sources import TextPosition
from tests.files.evidence_book.marked import WORDS, a_book, a_flaw, beside, marked
from tests.tables import rewritten


def with_part(name: str, kind: str) -> Callable[[Path], Path]:
    """The change of a workbook that adds a part."""

    def change(path: Path) -> Path:
        line = f'<Override PartName="/{name}" ContentType="application/{kind}"/></Types>'.encode()

        def declared(part: str, data: bytes) -> bytes:
            return data.replace(b"</Types>", line) if part == "[Content_Types].xml" else data

        return rewritten(path, declared, **{name: b"<x/>"})

    return change


def a_picture() -> BytesIO:
    """A picture of one point."""
    return BytesIO(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
            "0500016f0b3d0d0000000049454e44ae426082"
        )
    )


def with_chart(book: Any, sheet: Any) -> None:
    """Put a chart into a sheet."""
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='数据'!$B$2:$B$3", "trendline": {"type": "linear"}})
    chart.set_title({"name": "PM2.5"})
    sheet.insert_chart("F2", chart)


HELD: dict[str, Callable[[Any, Any], object]] = {
    "text boxes or shapes": lambda book, sheet: sheet.insert_textbox("F2", "请于5日前报送"),
    "sparklines": lambda book, sheet: sheet.add_sparkline("D2", {"range": "数据!B2:B3"}),
    "stored values of formulas": lambda book, sheet: sheet.write_formula("B3", "=1+2", None, 3),
    "pictures or data types in cells": lambda book, sheet: sheet.embed_image(
        "C3", "p.png", {"image_data": a_picture()}
    ),
    "newer conditional formats": lambda book, sheet: sheet.conditional_format(
        "B2:B3", {"type": "data_bar", "data_bar_2010": True}
    ),
    "form controls": lambda book, sheet: sheet.insert_button("F2", {"caption": "汇总"}),
    "a background picture": lambda book, sheet: sheet.set_background(a_picture()),
    "pictures in headers or footers": lambda book, sheet: sheet.set_header(
        "&L&G", {"image_left": "p.png", "image_data_left": a_picture()}
    ),
}


@pytest.mark.parametrize("name", HELD)
def test_what_marking_would_lose_keeps_a_workbook_as_it_is(tmp_path: Path, name: str) -> None:
    why, rows = beside(a_book(tmp_path / "t.xlsx", HELD[name]), a_flaw("B2", "=many"))

    assert name in why
    assert rows == [
        ["Sheet", "Cell", "Error and how to correct it"],
        ["数据", "B2", "=many is not a number"],
    ]


@pytest.mark.parametrize(
    ("part", "kind", "name"),
    [
        ("xl/threadedComments/threadedComment1.xml", "vnd.ms-excel.threadedcomments+xml", "threaded comments"),
        ("xl/slicers/slicer1.xml", "vnd.ms-excel.slicer+xml", "slicers"),
        ("xl/cellimages.xml", "vnd.wps-officedocument.cellimage+xml", "pictures in cells"),
        ("customXml/item1.xml", "xml", "custom XML data"),
        ("xl/novel/novel1.xml", "vnd.novel+xml", "other content"),
    ],
)
def test_a_part_that_would_be_dropped_keeps_a_workbook_as_it_is(
    tmp_path: Path, part: str, kind: str, name: str
) -> None:
    why, _ = beside(with_part(part, kind)(a_book(tmp_path / "t.xlsx")), a_flaw("B2"))

    assert f"The file contains {name}, which" in why


def test_a_value_that_openpyxl_would_change_keeps_a_workbook_as_it_is(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_number(2, 1, 10**9, book.add_format({"num_format": "yyyy-mm-dd"}))

    assert "an unusual internal structure" in beside(a_book(tmp_path / "t.xlsx", fill), a_flaw("B2"))[0]


def as_excel_writes_it(name: str, data: bytes) -> bytes:
    """What Excel adds to each of its workbooks and nobody sees."""
    if name == "xl/workbook.xml":
        known = b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        known += b'<mc:Choice Requires="x15"><x15ac:absPath url="C:\\x\\" xmlns:x15ac="urn:x"/></mc:Choice>'
        known += b'</mc:AlternateContent><xr:revisionPtr xmlns:xr="urn:y" documentId="13"/>'
        return data.replace(b"<bookViews>", known + b"<bookViews>").replace(
            b"</workbook>",
            b'<extLst><ext uri="{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}"><calcFeatures/></ext></extLst></workbook>',
        )
    if "sheet1.xml" in name:
        return data.replace(b"<pageMargins", b'<phoneticPr fontId="1" type="noConversion"/><pageMargins')
    if name.endswith("sharedStrings.xml"):
        return data.replace(b"</t></si>", b'</t><phoneticPr fontId="1" type="noConversion"/></si>')
    return data


def test_a_workbook_of_excel_with_a_chart_and_a_picture_is_marked_itself(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        with_chart(book, sheet)
        sheet.insert_image("F20", "p.png", {"image_data": a_picture()})
        sheet.ignore_errors({"number_stored_as_text": "A1:C3"})
        sheet.conditional_format("B2:B3", {"type": "cell", "criteria": ">", "value": 75})

    path = rewritten(a_book(tmp_path / "t.xlsx", fill), as_excel_writes_it)

    sheet = marked(path, a_flaw("B2"))["数据"]

    assert (len(sheet._charts), len(sheet._images), len(sheet.conditional_formatting)) == (1, 1, 1)


@pytest.mark.parametrize("left", ["<si><r><rPr><b/></rPr><t>旧</t></r></si>", "<si><r><t>旧</t></r></si>"])
def test_a_workbook_of_libreoffice_or_wps_with_fonts_inside_its_texts_is_marked_itself(
    tmp_path: Path, left: str
) -> None:
    fonts = '<b val="true"/><outline val="false"/><shadow val="false"/><u val="none"/><sz val="11"/><rFont val="宋体"/>'
    text = f'<si><r><rPr>{fonts}<charset val="134"/></rPr><t xml:space="preserve">三里</t></r><r><t>屯</t></r></si>'

    def resaved(part: str, data: bytes) -> bytes:
        if not part.endswith("sharedStrings.xml"):
            return data
        return data.replace("<si><t>三里屯</t></si>".encode(), text.encode()).replace(
            b"</sst>", f"{left}</sst>".encode()
        )

    path = rewritten(a_book(tmp_path / "t.xlsx"), resaved)
    marked(path, a_flaw("B2"))

    value: Any = openpyxl.load_workbook(path, rich_text=True)["数据"]["A2"].value
    assert (str(value), value[0].font.b, value[0].font.rFont) == ("三里屯", True, "宋体")


def test_the_same_error_in_several_cells_of_a_row_is_one_line(tmp_path: Path) -> None:
    path = a_book(tmp_path / "t.xlsx")

    book = marked(path, a_flaw("A2"), a_flaw("B2"), a_flaw("A3"), a_flaw("B3", "y"))

    assert [cell.value for cell in book["数据"]["D"]][1:] == [
        "A2, B2 x is not a number", "A3 x is not a number\nB3 y is not a number"
    ]  # fmt: skip
    assert [cell.value for cell in book.worksheets[0]["B"]][2:] == ["A2, B2", "A3", "B3"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "An old .xls file cannot be marked"),
        ("t.csv", "单位,PM2.5\n三里屯,many\n".encode("gb18030"), "A CSV file cannot be marked"),
        ("t.xlsx", b"PK\x03\x04 and no more", "The file cannot be opened for marking."),
    ],
)
def test_other_files_get_their_errors_in_a_workbook_beside_them(
    tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    told, rows = beside(path, Flaw(TextPosition(name, 2, 2), WORDS, {"text": "@many"}))

    assert why in told
    assert rows == [["Row", "Column", "Error and how to correct it"], ["2", "2", "@many is not a number"]]


BOMBS = {
    "merged": b'<mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells>',
    "linked": b'<hyperlinks><hyperlink ref="A5:XFD1048576" location="A1"/></hyperlinks>',
}


@pytest.mark.parametrize("name", BOMBS)
def test_an_area_of_the_whole_sheet_is_never_spread_over_its_cells(tmp_path: Path, name: str) -> None:
    def spread(part: str, data: bytes) -> bytes:
        return data.replace(b"<pageMargins", BOMBS[name] + b"<pageMargins") if "sheet1.xml" in part else data

    assert "too many cells" in beside(rewritten(a_book(tmp_path / "t.xlsx"), spread), a_flaw("B2"))[0]


def test_a_comment_on_the_whole_sheet_is_never_spread_over_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.load_workbook(a_book(path))
    book["数据"]["A1"].comment = Comment("x", "y")
    book.save(path)

    def spread(part: str, data: bytes) -> bytes:
        return data.replace(b'ref="A1"', b'ref="A1:XFD1048576"') if "comment1.xml" in part else data

    assert "too many cells" in beside(rewritten(path, spread), a_flaw("B2"))[0]


@pytest.mark.parametrize("many", ["<mergeCells>{}</mergeCells>", "<rowBreaks>{}</rowBreaks>"])
def test_rules_and_areas_by_the_hundred_thousand_are_never_built(tmp_path: Path, many: str) -> None:
    tag = '<mergeCell ref="C3:C4"/>' if "merge" in many else '<brk id="1"/>'
    whole = many.format(tag * 150_001).encode()

    def grown(part: str, data: bytes) -> bytes:
        return data.replace(b"<pageMargins", whole + b"<pageMargins") if "sheet1.xml" in part else data

    assert "too many formats, rules or names" in beside(rewritten(a_book(tmp_path / "t.xlsx"), grown), a_flaw("B2"))[0]


def test_errors_beyond_what_anybody_opens_are_listed_beside_the_file(tmp_path: Path) -> None:
    told, rows = beside(a_book(tmp_path / "t.xlsx"), *(a_flaw(f"B{row}") for row in range(2, 60_003)))

    assert ("more than 60000 errors" in told, len(rows)) == (True, 60_002)


def test_a_text_longer_than_any_cell_holds_is_never_taken_into_memory(tmp_path: Path) -> None:
    def wordy(part: str, data: bytes) -> bytes:
        return data.replace(b"many", b"many" * 600_000) if "sharedStrings" in part else data

    assert "an unusual internal structure" in beside(rewritten(a_book(tmp_path / "t.xlsx"), wordy), a_flaw("B2"))[0]
