from __future__ import annotations

from collections.abc import Sequence

from assess.files.pdf_style.columns import Align, PdfColumn, number_column
from assess.files.pdf_style.document import PdfDocument
from assess.files.pdf_style.flow import FlowBlock, PageFlow, deal, put_in_columns
from assess.files.pdf_style.look import BODY_HEIGHT
from assess.files.pdf_style.tables import PdfTable, paragraph, put_heading
from tests.files.reading import Shown, lines_of, reader


def a_document() -> PdfDocument:
    return PdfDocument("zh", title="试", author="试", subject="试")


def pages_of(document: PdfDocument, flow: PageFlow) -> list[list[Shown]]:
    for page in flow.finish():
        document.add(page)
    return lines_of(reader(document.close()))


def texts(pages: Sequence[Sequence[Shown]]) -> list[list[str]]:
    return [[line.text for line in page] for page in pages]


def test_a_heading_goes_to_the_next_page_with_the_table_below_it():
    document = a_document()
    flow = PageFlow(document.setter)
    flow.put(paragraph(document.setter, "前文"))
    flow.put(FlowBlock(BODY_HEIGHT - 50))
    put_heading(flow, "一、标题")
    table = PdfTable(flow, [PdfColumn("项目", 200), PdfColumn("得分", 60)])
    table.add(["甲", "1.00"])
    table.end()

    assert texts(pages_of(document, flow)) == [["前文"], ["一、标题", "项目", "得分", "甲", "1.00"]]


def test_a_section_row_is_never_the_last_on_a_page():
    document = a_document()
    flow = PageFlow(document.setter)
    flow.put(FlowBlock(BODY_HEIGHT - 30))
    table = PdfTable(flow, [PdfColumn("项目", 200)])
    table.add(["大气"], keep=True)
    table.add(["细颗粒物"])
    table.end()

    assert texts(pages_of(document, flow)) == [[], ["项目", "大气", "细颗粒物"]]


def test_the_head_of_a_table_is_repeated_on_each_page_and_not_after_its_end():
    document = a_document()
    flow = PageFlow(document.setter)
    table = PdfTable(flow, [PdfColumn("项目", 200)])
    for number in range(100):
        table.add([f"第{number}项"])
    table.end()
    flow.break_page()
    flow.put(paragraph(document.setter, "后文"))

    pages = texts(pages_of(document, flow))

    assert [page[0] for page in pages] == ["项目", "项目", "后文"]
    assert [line for page in pages for line in page if line.startswith("第")] == [
        f"第{number}项" for number in range(100)
    ]


def test_a_row_longer_than_a_page_is_cut_with_three_lines_on_either_side():
    document = a_document()
    flow = PageFlow(document.setter)
    table = PdfTable(flow, [PdfColumn("说明", 100)])
    table.add(["监测" * 700])
    table.end()

    pages = texts(pages_of(document, flow))

    assert "".join(line for page in pages for line in page if line != "说明") == "监测" * 700
    assert [page[0] for page in pages] == ["说明"] * len(pages)
    assert min(len(page) - 1 for page in pages) >= 3


def test_a_row_that_fits_on_a_page_is_not_cut():
    document = a_document()
    flow = PageFlow(document.setter)
    flow.put(FlowBlock(BODY_HEIGHT - 100))
    table = PdfTable(flow, [PdfColumn("说明", 100)], head=False)
    table.add(["监测" * 100])
    table.end()

    assert [len(page) for page in pages_of(document, flow)] == [0, 17]


def test_decimal_points_stand_in_line_whatever_the_number_of_decimals():
    document = a_document()
    flow = PageFlow(document.setter)
    numbers = ["8", "7.25", "-12.5", "100.125"]
    column = number_column(document.setter, "得分", numbers)
    table = PdfTable(flow, [column], head=False)
    for number in [*numbers, "—"]:
        table.add([number])
    table.end()

    [lines] = pages_of(document, flow)
    setter = document.setter
    points = {round(line.x + setter.width(line.text.partition(".")[0], column.style), 1) for line in lines[:-1]}

    assert column.align is Align.NUMBER
    assert len(points) == 1
    assert lines[-1].right > max(points)


def test_small_blocks_fill_columns_downwards_and_evenly():
    blocks = [FlowBlock(10.0) for _ in range(7)]

    columns, rest = deal(list(blocks), 3, 500)

    assert [len(column) for column in columns] == [3, 3, 1]
    assert rest == []


def test_blocks_that_do_not_fit_are_left_for_the_next_page():
    columns, rest = deal([FlowBlock(10.0) for _ in range(20)], 3, 45)

    assert [len(column) for column in columns] == [4, 4, 4]
    assert len(rest) == 8


def test_a_heading_stays_with_columns_of_small_blocks():
    document = a_document()
    flow = PageFlow(document.setter)
    flow.put(FlowBlock(BODY_HEIGHT - 45))
    put_heading(flow, "一、标题")
    put_in_columns(flow, [paragraph(document.setter, "甲", width=100), paragraph(document.setter, "乙", width=100)], 2)

    assert texts(pages_of(document, flow)) == [[], ["一、标题", "甲", "乙"]]
