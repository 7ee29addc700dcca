"""Sheets of many shapes: headings, rows, columns and names as offices arrange them."""

from __future__ import annotations

from typing import Any

from tests.files.odd_books.cases import flawed, sound
from tests.files.odd_books.packages import Sheet, a_book, error, merged, number, packed, parts_of, rows_of
from tests.files.odd_books.values import MONEY, PM, SHARE, WATER

DATA: list[list[Any]] = [["单位", PM, SHARE], ["三里屯", 31.5, 90], ["建外", 30, 85]]
READ = {"u1 pm": "31.5", "u2 pm": "30", "u1 share": "90", "u2 share": "85"}


def a_workbook(*sheets: Sheet, **of_book: Any) -> bytes:
    """A workbook of these sheets."""
    return packed(parts_of(*sheets, **of_book))


@sound(READ)
def hidden_rows_and_columns_and_a_filter() -> bytes:
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    chosen = '<autoFilter ref="A1:C3"><filterColumn colId="0"><filters><filter val="无"/></filters></filterColumn>'
    return a_workbook(Sheet("数据", rows_of(DATA, hidden=[2, 3]), columns, f"{chosen}</autoFilter>"))


@sound(READ)
def a_title_above_and_notes_below() -> bytes:
    rows = [
        ["2026年环境数据"],
        [],
        ["填报单位：生态环境局", None, "2026年1月"],
        *DATA,
        [],
        ["注：数据为初步核算"],
        ["制表人：王"],
    ]
    return a_book(*rows, after=merged("A1:C1"))


@sound(READ)
def two_lines_of_headings_with_merged_cells() -> bytes:
    rows = [["单位", "环境指标", None], [None, PM, SHARE], *DATA[1:]]
    return a_book(*rows, after=merged("A1:A2", "B1:C1"))


@sound({"u1 pm": "31.5"})
def the_lower_of_two_lines_of_headings_counts() -> bytes:
    return a_book(["单位", PM], ["单位", PM], ["三里屯", 31.5])


@flawed("数据!C2: no heading")
def a_heading_merged_over_two_columns_names_the_first() -> bytes:
    return a_book(["单位", PM, None], ["三里屯", 31.5, 32], after=merged("B1:C1"))


@flawed("数据!A2: merged", "数据!B4: merged")
def merged_cells_with_data() -> bytes:
    rows = [["单位", PM, SHARE], ["三里屯", 31.5, 90], [None, 30, 85], ["金盏", 29, None], ["小红门", None, 80]]
    return a_book(*rows, after=merged("A2:A3", "B4:B5", "E2:F9"))


@sound(READ)
def headings_with_breaks_stars_widths_and_units_of_measure() -> bytes:
    headings = ["* 单 位", "ＰＭ２．５\n浓度（µg/m³）*", "达标率\u200b (%)"]
    return a_book(headings, *DATA[1:])


@sound({**READ, "u1 water 2026-01": "3"})
def headings_and_units_of_measure_as_offices_spell_them() -> bytes:
    headings = ["序号", "街道（乡镇）名称", f"{PM}（微克/立方米）", SHARE]
    return a_workbook(
        Sheet("年", rows_of([headings, [1, "三里屯", "31.5ug/m3", 90]])),
        Sheet("年二", rows_of([["街乡镇名称", PM, SHARE], [None, "(ug/m³)", "%"], ["建外", 30, 85]])),
        Sheet("月", rows_of([["街道乡镇", "月份", WATER], ["三里屯", "2026年1月", 3]])),
    )


@sound({f"u1 water 2026-{month:02}": str(month) for month in range(1, 8)})
def months_as_offices_write_them() -> bytes:
    written = ["1月", "二月", "2026年3月", 202604, "2026-05", "６月份", 7]
    return a_book(["街乡", "月份", WATER], *(["三里屯", month, number] for number, month in enumerate(written, 1)))


@flawed(
    "数据!B2: can be read in more than one way", "数据!B3: not a quarter, half or whole year", "数据!B4: outside 2026"
)
def months_that_nobody_can_tell() -> bytes:
    return a_book(["街乡", "期间", WATER], ["三里屯", 1, 1], ["建外", "1-5月", 2], ["金盏", "2025年3月", 3])


@sound({"u1 pm": "31.5", "u1 money": "2"})
def headings_by_id_and_in_english() -> bytes:
    return a_book(["unit", "pm", "spending (10,000 yuan)"], ["sanlitun subdistrict", 31.5, 2])


@sound({**READ, "u3 pm": "1", "u4 pm": "2", "u5 pm": "3"})
def one_unit_of_measure_in_many_spellings() -> bytes:
    return a_workbook(
        Sheet("一", rows_of([["单位", f"{PM} ug/m3", "达标率（单位：％）"], *DATA[1:]])),
        Sheet("二", rows_of([["单位", f"{PM}（微克每立方米）"], ["金盏", 1]])),
        Sheet("三", rows_of([["单位", f"{PM}（µg·m⁻³）"], ["小红门", 2]])),
        Sheet("四", rows_of([["单位", f"{PM}，单位：µg/m^3"], ["太阳宫地区", 3]])),
    )


@flawed("一!B1: Enter the values as", "二!B1: Enter the values as", "三!B1: Enter the values as")
def other_units_of_measure_are_never_converted() -> bytes:
    return a_workbook(
        *(Sheet(name, rows_of([["单位", f"{PM}（{measure}）", SHARE], ["三里屯", 31.5, 90]]))
          for name, measure in (("一", "毫克/立方米"), ("二", "μg/m2"), ("三", "万μg/m³")))
    )  # fmt: skip


@flawed("数据!B1: 达标", "数据!C1: PM2.5浓度(mg/m³)", "数据!D1: 其他情况")
def headings_that_mean_nothing() -> bytes:
    return a_book(["单位", "达标比率", "PM2.5浓度(mg/m³)", "其他情况", PM], ["三里屯", 1, 2, "x", 31.5])


@flawed("数据!C1: supplied by")
def a_figure_of_another_department() -> bytes:
    return a_book(["单位", PM, "火灾起数"], ["三里屯", 31.5, 2])


@sound({"u1 pm": "31.5"})
def columns_that_are_left_alone() -> bytes:
    rows = [
        ["序号", "单位", PM, "备注", "说明（可不填）", "备注2"],
        [1, "三里屯", 31.5, error("#N/A"), "x" * 600, "=1"],
    ]
    return a_book(*rows)


@flawed("数据!C2: 500 characters")
def a_remark_on_a_figure_that_is_too_long() -> bytes:
    return a_book(["单位", PM, f"备注：{PM}"], ["三里屯", 31.5, "x" * 501])


@flawed("数据!C3: no heading")
def values_below_no_heading() -> bytes:
    return a_book(["单位", PM], ["三里屯", 31.5], ["建外", 30, 29])


@sound(READ)
def rows_sorted_and_columns_moved() -> bytes:
    return a_book([SHARE, "备注", PM, "单位"], [85, None, 30, "建外"], [90, None, 31.5, "三里屯"])


@sound({"u1 pm": "31.5", "u2 share": "85"}, warned=("封面: This sheet was not read",))
def the_same_headings_on_sheets_of_other_names() -> bytes:
    return a_workbook(
        Sheet("封面", rows_of([["朝阳区2026年数据"]])),
        Sheet('张三\'s "表"', rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("=1+1", rows_of([["街道", SHARE], ["建外", 85]])),
        Sheet("空", ""),
    )


@sound({"u1 pm": "31.5"})
def hidden_sheets_are_not_read() -> bytes:
    wrong = rows_of([["单位", PM, "无此项"], ["不存在", "many", 1]])
    return a_workbook(
        Sheet("旧", wrong, state="hidden"), Sheet("数据", rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("更旧", wrong, state="veryHidden"),
    )  # fmt: skip


@flawed("一!C1: PM2.5 has two columns, B and this one")
def two_columns_of_one_figure_though_they_agree() -> bytes:
    return a_workbook(Sheet("一", rows_of([["单位", PM, "pm"], ["三里屯", 31.5, "31.50"]])))


@flawed(
    "月度!C1: Enter the values as “water”, and correct the heading",
    warned=("联系人: This sheet was not read", "说明: This sheet was not read"),
)
def a_second_tab_whose_heading_states_another_unit_of_measure() -> bytes:
    return a_workbook(
        Sheet("年度", rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("月度", rows_of([["单位", "期间", f"{WATER}（毫克/升）"], ["三里屯", "2026-01", 3]])),
        Sheet("联系人", rows_of([["单位", "联系人", "电话"], ["三里屯", "张三", "65090000"]])),
        Sheet("说明", rows_of([["本表由监测科填报"]])),
    )


@flawed("数据!C1: Did you mean “compliance (%)”?", "数据!D1: has no figure “甲乙丙”")
def a_heading_close_to_a_figure_of_the_department_is_offered_as_the_sheet_writes_it() -> bytes:
    return a_book(["单位", PM, "达标比率", "甲乙丙"], ["三里屯", 31.5, 90, 1])


@flawed("月度!C1: has no figure “氨氮”", "月度!D1: has no figure “责任人”")
def a_second_tab_of_periods_and_numbers_under_a_heading_that_nobody_knows() -> bytes:
    return a_workbook(
        Sheet("年度", rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("月度", rows_of([["单位", "期间", "氨氮", "责任人"], ["三里屯", "2026-01", 0.3, "张三"]])),
    )


@sound({"u1 pm": "31.5"}, warned=("安排: This sheet was not read",))
def a_second_tab_of_units_and_periods_without_a_number() -> bytes:
    return a_workbook(
        Sheet("年度", rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("安排", rows_of([["单位", "期间", "责任人"], ["三里屯", "2026-01", "张三"]])),
    )


@sound({"u1 pm": "31.5"}, counted=2)
def the_same_value_in_two_sheets() -> bytes:
    return a_workbook(
        Sheet("一", rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("二", rows_of([["单位", PM], ["三里屯街道", number("31.5")]])),
    )


@flawed("二!B2: differs from 一!B2")
def two_values_for_one_figure() -> bytes:
    return a_workbook(
        Sheet("一", rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("二", rows_of([["单位", PM], ["u1", 31.6]])),
    )


@flawed("数据!A3: rows 2 and 3", "数据!A5: rows 2 and 5")
def a_unit_twice_by_name_and_by_code() -> bytes:
    return a_book(["单位", PM], ["三里屯街道", 31.5], ["三里屯", 31.5], ["建外", 30], ["Ｕ１", 31.5])


@flawed("数据!A2: No unit is called", "数据!A3: several units", "数据!A4: No unit is called", "数据!A5: no unit")
def units_that_nobody_knows() -> bytes:
    formula = "=cmd|' /C calc'!A0"
    return a_book(["单位", PM], ["不存在街道", 1], ["太阳宫", 2], [formula, 3], [None, 4], ["金盏", 5])


@sound({"u1 pm": "1", "u2 pm": "2", "u3 pm": "3", "u4 pm": "4", "u5 pm": "5", "u6 pm": "6"})
def units_by_code_alias_short_name_and_with_blanks_inside() -> bytes:
    names = ["三里\u200b屯 街道", "建外", "金 盏", "XIAOHONGMEN township", "ｕ５", "太阳宫乡\n"]
    return a_book(["街道", PM], *([name, value] for value, name in enumerate(names, 1)))


@flawed("数据!B3: two units")
def a_code_and_a_name_that_are_not_of_one_unit() -> bytes:
    return a_book(["单位代码", "单位名称", PM], ["u1", "三里屯", 31.5], ["u1", "建外", 30])


@sound(READ, warned=("数据!A4: 合计", "数据!A5: 平均值", "数据!A7: 小 计"))
def rows_that_sum_up_others_are_left_out() -> bytes:
    return a_book(*DATA, ["合计", 61.5, 175], ["平均值", 30.75, 87.5], ["总计", None, None], ["小 计", error("#REF!")])


@sound({"u1 pm": "31.5"})
def rows_without_a_value_are_not_read() -> bytes:
    return a_book(["单位", PM, "备注"], ["三里屯", 31.5], ["不存在街道", None, "待报"], [error("#REF!"), None, None])


@flawed("数据: No value is filled in")
def headings_and_no_value() -> bytes:
    return a_book(["单位", PM], ["三里屯"], ["建外", " "])


@flawed(": No visible sheet has headings")
def an_empty_workbook() -> bytes:
    return a_workbook(Sheet("Sheet1", ""))


@flawed(": No visible sheet has headings")
def only_hidden_sheets_have_headings() -> bytes:
    return a_workbook(Sheet("数据", rows_of(DATA), state="hidden"), Sheet("Sheet1", ""))


@sound(READ)
def headings_far_below_blank_rows() -> bytes:
    return a_workbook(Sheet("数据", rows_of(DATA, first=70_000)))


@flawed(": No visible sheet has headings")
def headings_below_twenty_lines_of_text() -> bytes:
    return a_book(*([f"第{line}行说明"] for line in range(20)), *DATA)


@sound({"u1 water 2026-01": "3", "u2 water 2026-01": "4", "u1 pm": "31.5"})
def sheets_by_the_year_and_by_the_month() -> bytes:
    return a_workbook(
        Sheet("年", rows_of([["单位", PM], ["三里屯", 31.5]])),
        Sheet("月", rows_of([["期间", "单位", WATER], ["2026-1", "三里屯", 3], ["2026-01", "建外", 4]])),
    )


@sound({"u1 pm": "31.5"})
def a_column_and_a_sheet_of_errors_of_an_earlier_round() -> bytes:
    listed = Sheet(
        "错误清单", rows_of([["共发现 1 处错误"], ["工作表", "单元格", "问题与修改方法"], ["数据", "B2", "单位：x"]])
    )
    data = Sheet("数据", rows_of([["单位", PM, "错误", "Errors"], ["三里屯", 31.5, "B2 x"], ["不存在", None, "A3 x"]]))
    return a_workbook(listed, data, Sheet("marks", rows_of([["单位", PM]]), state="veryHidden"))


@sound({"u1 money": "2"})
def names_that_refer_to_other_workbooks_by_text_alone() -> bytes:
    names = "<definedNames><definedName name=\"x\">'C:\\[b.xlsx]s'!$A$1</definedName></definedNames>"
    return a_book(["单位", MONEY], ["三里屯", 2], names=names)


@sound(READ)
def units_of_measure_in_a_line_below_the_headings() -> bytes:
    return a_book(["单位", PM, SHARE, "备注"], [None, "（µg/m³）", "％", None], *DATA[1:])


@flawed("数据!A2: no unit", "数据!B2: not a number")
def a_line_below_the_headings_with_another_unit_of_measure() -> bytes:
    return a_book(["单位", PM, SHARE], [None, "mg/m³", None], *DATA[1:])


@flawed("数据!C1: supplied by 消防救援支队", "数据!D1: calculated by its formula", "数据!E1: the units themselves")
def figures_that_others_supply() -> bytes:
    return a_book(["单位", PM, "火灾 起数【起】", "人均投入(元)", "自评次数*"], ["三里屯", 31.5, None, 1, 2])
