from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assess.core.text import Text
from tests.files.cards import a_card, a_figure, an_item, monthly
from tests.files.full_cards import a_full_card, an_empty_card
from tests.files.rankings import a_table
from tests.files.reading import lines_of, reader
from tests.files.written_cards import a_document, after, texts


def test_a_card_begins_with_what_it_is_and_the_result():
    assert texts(a_document(a_card(4, 2)))[1:31] == [
        *("2026年街乡环境保护考核评分表", "考核结果单"),
        *("单位", "示范1街道", "分组", "街道组", "考核年度", "2026", "结果性质", "演示"),
        *("考核依据", "《街道（地区）环境保护考核实施细则（2026年示范文本）》"),
        *("总分", "7.34", "满分8"),
        *("等次", "良好"),
        *("名次", "9 / 24", "参加排名24个单位"),
        *("上年总分", "85.10", "第11 / 24名 · 良好"),
        *("名次变化", "升2位", "与上年相比"),
        *("绩效折算分", "9.18", "满分10"),
        "领导班子成员折算",
    ]


def test_each_item_has_mark_points_mean_reason_clause_and_numbers_of_its_data():
    item = an_item("1.1", 3, evidence=(1, 2, 3, 7))
    lines = texts(a_document(a_card(1, 1, rows=(item,))))

    assert after(lines, "数据号", 9) == [
        *("1.1", "居民垃圾分类参与率", "2", "1.67", "1.72"),
        *(
            "本组24个单位中列第9名（并列2个），首名满分，每降一名减",
            "0.06分。（记录1.1/3）",
            "第六条第（4）项",
            "1–3, 7",
        ),
    ]


def test_a_clause_in_both_languages_stands_in_the_language_of_the_document():
    item = an_item("1.1", 3)

    assert "Art. 6(4)" in texts(a_document(a_card(1, 1, rows=(item,)), language="en"))
    assert "第六条第（4）项" in texts(a_document(a_card(1, 1, rows=(item,))))


def test_losses_stand_in_the_order_given_with_their_sign():
    lines = texts(a_document(a_card(4, 2)))

    assert after(lines, "三、失分（由大到小）", 11) == [
        *("2.2", "居民垃圾分类参与率", "−0.33"),
        *("2.1", "入河排口溯源整治", "−0.22"),
        *("1.2", "施工工地扬尘管控合格率", "−0.11"),
        *("合计：满分8减总分7.34", "−0.66"),
    ]


def test_adjustments_that_took_effect_stand_in_a_table_and_the_others_in_one_line():
    lines = texts(a_document(a_full_card(4)))
    table = lines[lines.index("四、加减分与等次调整") : lines.index("未发生")]

    for kind, effect in [
        ("加分", "加 1.50 分"),
        ("扣分", "扣 2.00 分"),
        ("等次限制", "等次不高于良好"),
        ("总分上限", "总分不超过 85"),
    ]:
        at = table.index(kind)
        assert effect in table[at : at + 4]
    assert after(lines, "未发生", 1) == [
        "一票否决：负有责任的突发环境事件（第十八条）；等次降低：考核数据不实（第二十条）"
    ]


def test_the_ten_largest_losses_are_listed_and_the_others_summed_up():
    card = a_card(14, 2)
    lines = texts(a_document(card))
    others = sum(Fraction(row.lost or 0) for row in card.losses[10:])

    assert lines.count("其他2项合计") == 1
    assert after(lines, "其他2项合计", 1) == [f"−{float(others):.2f}"]
    listed = lines[lines.index("三、失分（由大到小）") : lines.index("其他2项合计")]
    assert [line for line in listed if line.startswith("−")] == [f"−{row.lost}" for row in card.losses[:10]]


def test_the_bridge_leads_from_the_lines_to_the_total():
    lines = texts(a_document(a_full_card(4)))

    assert after(lines, "五、从各项得分到总分", 12) == [
        *("各项得分合计", "83.40", "不涉及项目按比例折算", "+3.95", "加分", "+1.50"),
        *("扣分", "−2.00", "总分上限", "−1.85", "总分", "85.00"),
    ]


def test_items_left_out_are_listed_by_state_and_their_reason_stands_with_the_item():
    lines = texts(a_document(a_full_card(4)))

    assert after(lines, "六、不涉及和缺数据的项目（原因见各考核项得分）", 4) == [
        *("不涉及1项", "2.9 施工工地扬尘管控合格率", "缺数据1项", "3.9 入河排口溯源整治"),
    ]
    assert "辖区无河道。" in lines
    assert "“厨余垃圾分出率”没有数据。" in lines


def test_months_of_one_figure_stand_together_and_the_usual_file_is_named_once():
    figures = (a_figure(1, figure=Text.same("PM10")), *monthly(2, Text("道路尘负荷", "Road dust")))
    lines = texts(a_document(a_card(1, 1, evidence=figures)))
    told = "".join(after(lines, "五、数据来源", 30))

    assert "出自figures-2026.csv；" in told
    assert "1PM10：31.5%（2:4）" in told
    assert "2–13道路尘负荷：1月 35.0；2月 36.1；" in told
    assert told.count("figures-2026.csv") == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [("blocked", "缺数据，暂无总分"), ("not-scored", "未计分"), ("no-group", "未编入任何分组")],
)
def test_a_unit_without_a_total_is_told_why_and_nothing_is_made_up(state: str, told: str):
    lines = texts(a_document(an_empty_card(state, Text("没有数据。", "No data."))))

    assert after(lines, told, 3) == ["没有数据。", "一、核验信息", "评分表摘要"]
    assert "总分" not in lines


def test_a_unit_without_last_year_grades_conversion_or_members_has_no_empty_boxes_for_them():
    card = a_card(2, 1, before=None, grade=None, converted=None, convertible=None, members=(), next_grade=None)
    lines = texts(a_document(card))

    assert [
        label
        for label in ("等次", "上年总分", "名次变化", "绩效折算分", "领导班子成员折算", "提升等次")
        if label in lines
    ] == []
    assert after(lines, "总分", 2) == ["3.89", "满分4"]


def test_a_unit_that_lost_nothing_is_told_so():
    lines = texts(a_document(a_card(1, 1)))

    assert after(lines, "三、失分（由大到小）", 1) == ["没有失分。"]


def test_the_last_page_shows_the_ranking_of_the_group_with_the_own_line_in_bold():
    pages = lines_of(reader(a_document(a_card(4, 2, seed=4, total="90.50"), a_table())))
    bold = [line.text for line in pages[-1] if line.bold and line.upright]

    assert bold[bold.index("5") :][:5] == ["5", "示范5街道", "90.70", "优秀", "升1"]
    assert "示范6街道" not in bold


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2026-01 – 2026-12", "PM10：31.5%（1–12月，2）", "PM10: 31.5% (months 1–12, 2)"),
        ("2026-Q1 – 2026-Q4", "PM10：31.5%（1–4季度，2）", "PM10: 31.5% (quarters 1–4, 2)"),
        ("2026-H2", "PM10：31.5%（下半年，2）", "PM10: 31.5% (second half, 2)"),
        ("2026-H1 – 2026-H2", "PM10：31.5%（全年，2）", "PM10: 31.5% (whole year, 2)"),
        ("2025-Q3", "PM10：31.5%（2025年3季度，2）", "PM10: 31.5% (quarter 3 of 2025, 2)"),
        ("2025", "PM10：31.5%（2025，2）", "PM10: 31.5% (2025, 2)"),
        ("2026", "PM10：31.5%（2）", "PM10: 31.5% (2)"),
    ],
)
def test_periods_are_named_as_people_name_them_and_the_own_year_is_not(period: str, zh: str, en: str):
    figures = (a_figure(1, figure=Text.same("PM10"), period=period), a_figure(2))
    card = a_card(2, 1, evidence=figures)

    assert zh in texts(a_document(card))
    assert en in texts(a_document(card, language="en"))


@pytest.mark.parametrize("nodes", [1, 2])
def test_a_sheet_of_one_section_shows_the_parts_of_that_section(nodes: int):
    rows = a_card(6, 2).rows
    inner = tuple(replace(row, depth=row.depth + nodes - 1) for row in rows)
    top = replace(rows[0], title=Text("总指数", "Index"), number="1")
    lines = texts(a_document(a_card(6, 2, rows=(*((top,) * (nodes - 1)), *inner))))

    assert after(lines, "100%", 1) == ["大气污染防治"]


def test_a_scored_unit_that_takes_no_part_in_the_ranking_is_told_so():
    lines = texts(a_document(a_card(2, 1, rank=None, of=None)))

    assert after(lines, "名次", 2) == ["—", "不参加排名"]
