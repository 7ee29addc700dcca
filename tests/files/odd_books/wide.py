"""Tables with months across, as offices make them."""

from __future__ import annotations

from typing import Any

from tests.files.odd_books.cases import flawed, sound
from tests.files.odd_books.packages import DAY, Sheet, a_book, merged, number, packed, parts_of, rows_of
from tests.files.odd_books.values import PM, WATER

MONTHS: list[Any] = ["1月", "二月", number(46082, DAY)]
ROWS: list[list[Any]] = [["三里屯街道办事处", 1, 2, 3], ["建外", 4, 5, None]]
READ = {"u1 water 2026-01": "1", "u1 water 2026-02": "2", "u1 water 2026-03": "3",
        "u2 water 2026-01": "4", "u2 water 2026-02": "5"}  # fmt: skip


@sound(READ)
def months_below_a_merged_figure() -> bytes:
    rows = [["附件1"], ["2026年各街道监测情况"], ["街乡", WATER, None, None], [None, *MONTHS], *ROWS, ["注：初步核算"]]
    return a_book(*rows, after=merged("A2:D2", "A3:A4", "B3:D3", "A7:D7"))


@sound(READ)
def months_below_a_title_that_names_the_figure() -> bytes:
    rows = [
        [f"2026年1-3月各街道（乡镇）{WATER}统计表"],
        [None, None, None, "填报单位：生态环境局"],
        ["单位", *MONTHS],
        *ROWS,
    ]
    return a_book(*rows, after=merged("A1:D1"))


@sound({**READ, "u1 pm": "30"}, warned=("表!E4: sums up", "表!G4: sums up"))
def months_beside_a_yearly_figure_sums_and_remarks() -> bytes:
    rows = [
        ["序号", "街道", WATER, None, None, None, None, PM, "备注"],
        [None, None, "1月", "2月", "第一季度", "3月", "平均", None, None],
        [1, "三里屯", 1, 2, 9, 3, 2, 30, "x"],
        [2, "建外", 4, 5, 9, None, 5, None, None],
    ]
    spans = merged("A3:A4", "B3:B4", "C3:G3", "H3:H4", "I3:I4")
    title = ["2026年统计", *[None] * 8]
    return packed(parts_of(Sheet("表", rows_of([title, title, *rows]), after=spans)))


@sound(READ)
def figures_below_merged_months_and_in_one_heading() -> bytes:
    first = [["单位", "1月", None], [None, WATER, "备注"], ["三里屯", 1, "见附件"], ["建外", 4, None]]
    second = [["单位", f"2026年2月{WATER}", f"{WATER}（3月）"], ["三里屯", 2, 3], ["建外", 5, None]]
    sheets = Sheet("一", rows_of(first), after=merged("A1:A2", "B1:C1")), Sheet("二", rows_of(second))
    return packed(parts_of(*sheets))


@sound(READ, ending=".csv")
def months_across_in_a_csv_file() -> bytes:
    return f"街道,{WATER},,\n,1月,2月,3月\n三里屯,1,2,3\n建外,4,5,\n".encode()


@flawed("表: no figure is named")
def months_across_without_a_figure() -> bytes:
    return packed(parts_of(Sheet("表", rows_of([["单位", *MONTHS], *ROWS]))))


@flawed("数据!A1: is outside 2026")
def a_title_of_another_year() -> bytes:
    return a_book([f"2025年{WATER}"], ["单位", *MONTHS], *ROWS)


@flawed("数据!A1: is not about water itself")
def a_title_of_something_made_of_the_figure() -> bytes:
    return a_book([f"{WATER}同比变化"], ["单位", *MONTHS], *ROWS)


@flawed(
    "数据!C2: can be read in more than one way",
    "数据!D2: two columns for January",
    "数据!E2: not a quarter, half or",
    "数据!F2: no figure",
)
def months_that_are_unclear_twice_or_none() -> bytes:
    rows = [["单位", "1月", "3-5", "202601", "1-2月", "联系人"], ["三里屯", 1, 2, 3, 4, "王"]]
    return a_book([f"{WATER}"], *rows, after=merged("A1:F1"))


@flawed(
    "数据!B3: is not a number", "数据!A4: No unit is called", "数据!A5: fits several units", "数据!A6: appears twice"
)
def wrong_cells_of_a_wide_table() -> bytes:
    rows = [["三里屯", "many", 2], ["无此街道", 1, 2], ["太阳宫办事处", 1, 2], ["三里屯街道", 1, 2]]
    return a_book([WATER], ["单位", "1月", "2月"], *rows)
