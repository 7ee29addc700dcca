"""The workbook that a department fills in: what stands in it, what it takes, and what it says."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assess.core.evidence.asked import AskedFigure, DepartmentRequest, asked_of
from assess.core.evidence.found import CountedCase
from assess.core.evidence.known import known_of
from assess.core.evidence.left_out import left_out
from assess.core.rules.figure import Figure, FigureKind
from assess.core.sources import StatedFigure
from assess.core.text import Language, Text
from assess.files.evidence_book.layout import EvidenceStamp, headings_of, remark_headings_of
from assess.files.evidence_book.writing import EarlierValue, Filled, write_evidence_book
from assess.files.workbooks.stamps import stamp_of
from tests.demonstration import year_2026
from tests.files.filling import conventions_broken

YEAR = year_2026()
SHEET, UNITS = YEAR.inputs.sheet, YEAR.inputs.units
ECOLOGY, URBAN = "ecology-bureau", "urban-management"
CODE = UNITS.codes[0]
GREY = "FFD5D8DC"


def book(path: Path, department: str = ECOLOGY, language: Language = "zh", **filled: Any) -> Path:
    """The workbook of a department of the demonstration year."""
    stamp = EvidenceStamp(
        sheet=SHEET.id, year="2026", rules="sha256:aa", department=department, language=language
    )  # fmt: skip
    asked = asked_of(SHEET, department)
    write_evidence_book(
        path, asked, UNITS, Filled(**filled), stamp, title=SHEET.title, due="2026-12-20", contact="考核办 65090000"
    )
    return path


def opened(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def column_called(sheet: Any, heading: str) -> str:
    """The letter of the column with this heading."""
    return str(next(cell.column_letter for cell in sheet[1] if cell.value == heading))


def rules_at(sheet: Any, cell: str) -> list[Any]:
    """The validations of a cell."""
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("department", [ECOLOGY, URBAN, "water-bureau", "assessment-office"])
def test_every_department_gets_a_workbook_that_keeps_the_conventions(
    tmp_path: Path, department: str, language: Language
) -> None:
    path = book(tmp_path / "t.xlsx", department, language, left_out=left_out(SHEET, UNITS))

    assert conventions_broken(path) == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", {
            "填写说明": None,
            "数据": ["单位代码", "单位", "厨余垃圾分出率（%）*", "备注：厨余垃圾分出率"],
            "数据（按季度）": ["单位代码", "单位", "填报期", "扬尘问题（起）*", "备注：扬尘问题"],
            "数据（按月）": ["单位代码", "单位", "填报期", "道路尘负荷（g/m²）*", "备注：道路尘负荷"],
            "明细": ["单位*", "数据项*", "填报期*", "日期*", "地点*", "情况*", "照片编号"],
            "stamp": None,
        }),
        ("en", {
            "Instructions": None,
            "Data": ["unit code", "unit", "Share of kitchen waste kept apart (%)*",
                     "Remark: Share of kitchen waste kept apart"],
            "Data (quarters)": ["unit code", "unit", "reporting period", "Dust problems found (cases)*",
                                "Remark: Dust problems found"],
            "Data (months)": ["unit code", "unit", "reporting period", "Road dust load (g/m²)*",
                              "Remark: Road dust load"],
            "Details": ["unit*", "figure*", "reporting period*", "date*", "place*", "what happened*", "photo number"],
            "stamp": None,
        }),
    ],
)  # fmt: skip
def test_there_is_a_sheet_for_each_frequency_and_one_for_details(
    tmp_path: Path, language: Language, expected: dict[str, list[str] | None]
) -> None:
    workbook = opened(book(tmp_path / "t.xlsx", URBAN, language))

    assert [name for name in workbook.sheetnames if name != "lists"] == list(expected)
    for name, headings in expected.items():
        if headings is not None:
            assert [cell.value for cell in workbook[name][1]][: len(headings)] == headings


def test_all_units_stand_in_rows_period_by_period_beside_their_hidden_code(tmp_path: Path) -> None:
    workbook = opened(book(tmp_path / "t.xlsx", URBAN))
    yearly, quarterly = workbook["数据"], workbook["数据（按季度）"]

    assert [row[:2] for row in yearly.iter_rows(3, values_only=True)] == [
        (code, name.zh) for code, name in zip(UNITS.codes, UNITS.names, strict=True)
    ]
    assert [row[:3] for row in quarterly.iter_rows(3, values_only=True)] == [
        (code, name.zh, f"2026-Q{quarter}")
        for quarter in (1, 2, 3, 4)
        for code, name in zip(UNITS.codes, UNITS.names, strict=True)
    ]
    assert [sheet.column_dimensions["A"].hidden for sheet in (yearly, quarterly)] == [True, True]
    assert (yearly.freeze_panes, quarterly.freeze_panes) == ("C3", "D3")


def test_under_each_heading_stands_an_example_with_what_it_takes(tmp_path: Path) -> None:
    zh, en = (opened(book(tmp_path / f"{each}.xlsx", language=each)) for each in ("zh", "en"))

    assert [cell.value for cell in zh["数据（按月）"][2]][1:5] == [
        "例：建外街道", "例：2026-01", "例：31.5（数字，最多1位小数，0至500，单位：µg/m³）", "",
    ]  # fmt: skip
    assert [cell.value for cell in en["Data"][2]][1:4] == ["e.g. Jianwai Subdistrict", "e.g. yes (yes or no)", ""]


def test_what_is_known_stands_in_its_cell_with_its_remark_and_no_text_is_a_formula(tmp_path: Path) -> None:
    known = {
        (CODE, "station_interference", "2026"): EarlierValue("yes", '=HYPERLINK("http://x")'),
        (CODE, "discharge_cases", "2026"): EarlierValue("3"),
        (CODE, "pm25", "2026-02"): EarlierValue("35.2", "+仪器检修 2 天"),
    }
    zh = opened(book(tmp_path / "zh.xlsx", known=known))
    en = opened(book(tmp_path / "en.xlsx", language="en", known=known))
    remark = zh["数据"][f"{column_called(zh['数据'], '备注：查实人为干扰监测站点')}3"]
    months = zh["数据（按月）"]
    february = 3 + len(UNITS)

    assert [cell.value for cell in zh["数据"][3]][1:6] == ["建外街道", "是", '=HYPERLINK("http://x")', 3, None]
    assert [cell.value for cell in en["Data"][3]][1:4] == ["Jianwai Subdistrict", "yes", '=HYPERLINK("http://x")']
    assert (remark.data_type, remark.quotePrefix) != ("f", True)
    assert [cell.value for cell in months[february]][:5] == [CODE, "建外街道", "2026-02", 35.2, "+仪器检修 2 天"]


def test_cells_take_what_their_figure_takes(tmp_path: Path) -> None:
    zh, en = (opened(book(tmp_path / f"{each}.xlsx", language=each)) for each in ("zh", "en"))
    water = opened(book(tmp_path / "water.xlsx", "water-bureau"))["数据"]
    data = zh["数据"]
    (count,) = rules_at(data, f"{column_called(data, '查实违法排污案件（起）*')}3")
    (share,) = rules_at(data, f"{column_called(data, '重点建设用地安全利用率（%）*')}3")
    (truth,) = rules_at(data, f"{column_called(data, '查实人为干扰监测站点*')}3")
    (truth_en,) = rules_at(en["Data"], "C45")
    (choice,) = rules_at(water, f"{column_called(water, '考核断面年均水质类别*')}3")

    assert (count.type, count.operator, count.formula1, count.formula2) == ("whole", None, "0.0", "200.0")
    assert (share.type, share.formula1, share.formula2) == ("decimal", "0.0", "100.0")
    assert (share.error, share.showErrorMessage) == ("百分数，如93.5表示93.5%，最多1位小数，0至100", True)
    assert [rule.formula1 for rule in (truth, truth_en, choice)] == ['"是,否"', '"yes,no"', '"II,III,IV,V,劣V worse"']


def test_a_cell_of_a_unit_that_does_not_have_the_figure_is_grey_and_says_why(tmp_path: Path) -> None:
    why = left_out(SHEET, UNITS)
    known = {(CODE, "plots_safe", "2026"): EarlierValue("95.5")}
    path = book(tmp_path / "t.xlsx", left_out=why, known=known)
    data = opened(path)["数据"]
    letter = column_called(data, "重点建设用地安全利用率（%）*")
    barred = [place for place in range(len(UNITS)) if data[f"{letter}{place + 3}"].fill.fgColor.rgb == GREY]
    cell = f"{letter}{barred[0] + 3}"
    (rule,) = rules_at(data, cell)

    assert 0 in why["plots_safe"]
    assert barred == sorted(why["plots_safe"].keys() - {0})
    assert [data[f"{letter}{place + 3}"].protection.locked for place in (0, barred[0])] == [False, True]
    assert (rule.type, rule.formula1) == ("custom", "FALSE")
    assert rule.prompt == f"此项不用填写，{why['plots_safe'][barred[0]].zh}。"


def test_rows_can_be_sorted_and_filtered_and_still_no_name_of_a_unit_changed(tmp_path: Path) -> None:
    data = opened(book(tmp_path / "t.xlsx", URBAN))["数据（按季度）"]
    last = data.max_row

    assert data.auto_filter.ref == f"A2:{data.cell(1, data.max_column).column_letter}{last}"
    assert (data.protection.sort, data.protection.autoFilter, data.protection.password) == (False, False, None)
    assert [data[f"B{row}"].protection.locked for row in (3, last)] == [True, True]
    assert [[rule.formula1 for rule in rules_at(data, cell)] for cell in ("B3", f"C{last}")] == [["FALSE"], ["FALSE"]]


def test_each_case_behind_a_count_has_a_row_of_its_own(tmp_path: Path) -> None:
    case = CountedCase(
        CODE, "burns", "2026-Q2", date(2026, 4, 3), "=西大望路", "露天焚烧枯叶", "IMG_7", StatedFigure("a test")
    )  # fmt: skip
    known = {(CODE, "burns", "2026-Q2"): EarlierValue("1")}
    workbook = opened(book(tmp_path / "t.xlsx", URBAN, occurrences=[case], known=known))
    sheet = workbook["明细"]
    rules = {letter: rules_at(sheet, f"{letter}5000") for letter in "ABCDEFG"}

    assert [cell.value for cell in sheet[3]] == [
        "建外街道", "露天焚烧", "2026-Q2", datetime(2026, 4, 3), "=西大望路", "露天焚烧枯叶", "IMG_7",
    ]  # fmt: skip
    assert sheet["E3"].data_type != "f"
    assert [sheet.column_dimensions[letter].protection.locked for letter in "AG"] == [False, False]
    assert [rules[letter][0].type for letter in "ABCD"] == ["list", "list", "list", "date"]
    assert rules["C"][0].formula1 == '"2026-Q1,2026-Q2,2026-Q3,2026-Q4"'
    assert rules["B"][0].formula1 == '"扬尘问题,复查仍未整改的扬尘问题,露天焚烧,建筑垃圾偷倒乱倒,渣土运输违规"'
    assert (rules["D"][0].formula1, rules["D"][0].formula2) == ("46023", "46387")


def test_the_units_of_a_long_list_are_offered_from_a_hidden_sheet(tmp_path: Path) -> None:
    workbook = opened(book(tmp_path / "t.xlsx", URBAN, "en"))
    (rule,) = rules_at(workbook["Details"], "A3")

    assert rule.formula1 == f"lists!$A$1:$A${len(UNITS)}"
    assert workbook["lists"].sheet_state == "hidden"
    assert [row[0] for row in workbook["lists"].iter_rows(values_only=True)] == [name.en for name in UNITS.names]


def test_a_department_without_counts_has_no_sheet_of_details(tmp_path: Path) -> None:
    without = [name for name in SHEET.departments or {} if (asked := asked_of(SHEET, name)).figures
               and all(each.stated.kind is not FigureKind.COUNT for each in asked.figures)]  # fmt: skip

    assert "明细" not in opened(book(tmp_path / "t.xlsx", without[0])).sheetnames


def test_the_stamp_says_what_the_workbook_is_and_what_each_heading_means(tmp_path: Path) -> None:
    found = stamp_of(book(tmp_path / "t.xlsx", "housing"))
    asked = asked_of(SHEET, "housing")
    columns = {f"column:{text.zh}": name for name, text in headings_of(asked).items()}
    remarks = {f"remark:{text.zh}": name for name, text in remark_headings_of(asked).items()}

    assert found == {
        "kind": "evidence", "version": "2", "sheet": SHEET.id, "year": "2026", "rules": "sha256:aa",
        "department": "housing", "language": "zh", **columns, **remarks,
    }  # fmt: skip


def test_figures_that_share_a_title_are_told_apart_by_their_id() -> None:
    stated = Figure(kind=FigureKind.COUNT, from_="d", title=Text("检查次数", "Visits"), unit=Text("次", "times"))
    asked = DepartmentRequest("d", Text.same("d"), 2026, (AskedFigure("a", stated), AskedFigure("b", stated)))

    assert headings_of(asked) == {
        "a": Text("检查次数 a（次）", "Visits a (times)"),
        "b": Text("检查次数 b（次）", "Visits b (times)"),
    }


def test_the_instructions_say_who_by_when_and_whom_to_ask(tmp_path: Path) -> None:
    guide = opened(book(tmp_path / "t.xlsx"))["填写说明"]
    lines = [str(row[0]) for row in guide.iter_rows(values_only=True) if row[0]]

    assert lines[:4] == [
        "2026年街乡环境保护考核评分表（演示） · 区生态环境局 · 数据报送表",
        "1. 填写人：区生态环境局",
        "2. 截止日期：2026-12-20",
        "3. 联系方式：考核办 65090000",
    ]
    assert "· 查实违法排污案件（起） – 必填。整数，0至200，单位：起" in lines
    assert not any(line.startswith(("· 备注", "· 单位 ")) and "此栏" in line for line in lines)


def test_the_same_content_gives_the_same_bytes() -> None:
    asked = asked_of(SHEET, URBAN)
    stamp = EvidenceStamp(sheet=SHEET.id, year="2026", rules="sha256:aa", department=URBAN)
    streams = [BytesIO(), BytesIO()]
    known = {key: EarlierValue(text) for key, text in known_of(asked, YEAR.inputs.figures).items()}
    for stream in streams:
        filled = Filled(known=known, left_out=left_out(SHEET, UNITS))
        write_evidence_book(stream, asked, UNITS, filled, stamp, title=SHEET.title)

    assert streams[0].getvalue() == streams[1].getvalue()
