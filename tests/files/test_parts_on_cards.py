"""Items that are scored by parts, on paper and in the workbook of results."""

from __future__ import annotations

from openpyxl import load_workbook

from assess.files.ranking_book import write_ranking_book
from tests.builders import a_sheet, a_unit, an_item, score
from tests.files.written_cards import a_document, after, texts
from tests.part_cards import SHEET, parts_card, parts_maker


def test_river_sections_stand_with_value_weight_score_and_whether_they_count(tmp_path):
    lines = texts(a_document(parts_card(tmp_path)))

    assert after(lines, "2 断面水质：18.33分（满分20分）", 29) == [
        *("部分", "水质类别", "权重", "得分", "分值", "是否计入", "得分说明"),
        *("清水河断面", "II", "1", "20", "20", "计入", "水质类别 II，对应20分，得20分"),
        *("白马河断面", "III", "0.5", "15", "20", "计入", "水质类别 III，对应15分，得15分"),
        *("荆河断面", "III", "1", "—", "20", "不参加", "参加条件：level = “national”"),
        "3 断面溶解氧：25.00分（满分40分）",
    ]


def test_sections_by_months_are_a_grid_whose_signs_are_explained_below(tmp_path):
    lines = texts(a_document(parts_card(tmp_path)))

    assert after(lines, "3 断面溶解氧：25.00分（满分40分）", 17) == [
        *("部分", "1月", "2月", "3月"),
        *("清水河断面", "(100.0)", "50.0", "(100.0)"),
        *("白马河断面", "75.0", "免", "除"),
        *("荆河断面", "免", "免", "(75.0)"),
        "( )：未计入，只取最低的2个；免：经批准不涉及；除：按评分表的条件不参加计分",
    ]


def test_scores_in_brackets_are_explained_below_a_list_too(tmp_path):
    lines = texts(a_document(parts_card(tmp_path, "2026-12"), language="en"))

    assert after(lines, "Quarter 3", 5)[:4] == ["1", "(98)", "100", "no"]
    assert "( ): not counted, the highest and the lowest are dropped" in lines


def test_scores_of_money_are_headed_with_what_they_are_counted_in(tmp_path):
    sheet = SHEET.replace("rounding:", "unit_of_result: {zh: 元, en: yuan}\nrounding:")
    card = parts_maker(tmp_path, sheet=sheet).card(0)

    lines = texts(a_document(card))
    assert "2 断面水质：18.33元（满分20元）" in lines
    assert after(lines, "权重", 1) == ["得分（元）"]


def test_the_workbook_lists_every_part_of_every_unit(tmp_path):
    write_ranking_book(parts_maker(tmp_path).lines, tmp_path / "out.xlsx", "en")

    sheet = load_workbook(tmp_path / "out.xlsx")["Points by part"]
    rows = [list(row[3:12]) for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert rows[0] == [
        *("Item", "Object", "Reporting period", "Values", "Weight", "Points", "Full mark", "Counts", "Explanation"),
    ]
    assert rows[2][:8] == ["Water", "Qingshui River", None, "Class: II", 1, 20, 20, "yes"]
    assert rows[5][:8] == ["Oxygen of sections", "Qingshui River", "January", 6.5, None, 100, 100, "no"]


def test_a_workbook_without_parts_has_no_sheet_of_parts(tmp_path):
    write_ranking_book(score(a_sheet(an_item(points=10)), {"a": a_unit(done=1)}).lines, tmp_path / "out.xlsx", "en")

    assert "Points by part" not in load_workbook(tmp_path / "out.xlsx").sheetnames
