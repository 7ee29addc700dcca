from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest

from assess.core.rules.sheet import Standing
from assess.core.scorecard.content import RankingTable, Scorecard
from assess.core.text import Language, Text
from assess.files.scorecard_pdf import CheckCode, write_scorecard
from tests.files.cards import DIGEST, a_card, a_figure, a_head, an_item, monthly
from tests.files.full_cards import a_full_card, an_empty_card
from tests.files.long_cards import NAME, a_long_card, a_long_table
from tests.files.rankings import a_table
from tests.files.reading import bookmarks, faults, lines_of, reader, text_of

CLOSING, OPENING = "，。、；：！？）》」』】”’％%", "（《「『【“‘"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def a_document(
    card: Scorecard, ranking: RankingTable | None = None, language: Language = "zh", code: CheckCode | None = None
) -> bytes:
    stream = BytesIO()
    write_scorecard(card, ranking, stream, language, code)
    return stream.getvalue()


def texts(data: bytes) -> list[str]:
    return text_of(data).splitlines()


def after(lines: list[str], title: str, count: int) -> list[str]:
    """The lines that follow a heading."""
    at = lines.index(title) + 1
    return lines[at : at + count]


def test_a_card_begins_with_what_it_is_and_the_result():
    assert texts(a_document(a_card(4, 2)))[1:31] == [
        *("2026年街乡环境保护考核评分表", "考核结果单"),
        *("考核单位", "示范1街道", "分组", "街道组", "考核年度", "2026", "结果性质", "示范"),
        *("考核依据", "《街道（地区）环境保护考核实施细则（2026年示范文本）》"),
        *("总分", "7.34", "满分 8"),
        *("等次", "良好"),
        *("名次", "9 / 24", "参加排名 24 个单位"),
        *("上年总分", "85.10", "第 11 / 24 名 · 良好"),
        *("名次变化", "升 2 位", "与上年相比"),
        *("绩效折算分", "9.18", "满分 10"),
        "班子成员折算",
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

    assert after(lines, "三、失分项目（由大到小）", 9) == [
        *("2.2", "居民垃圾分类参与率", "−0.33"),
        *("2.1", "入河排口溯源整治", "−0.22"),
        *("1.2", "施工工地扬尘管控合格率", "−0.11"),
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

    assert lines.count("其他 2 项合计") == 1
    assert after(lines, "其他 2 项合计", 1) == [f"−{float(others):.2f}"]
    listed = lines[lines.index("三、失分项目（由大到小）") : lines.index("其他 2 项合计")]
    assert [line for line in listed if line.startswith("−")] == [f"−{row.lost}" for row in card.losses[:10]]


def test_the_bridge_leads_from_the_lines_to_the_total():
    lines = texts(a_document(a_full_card(4)))

    assert after(lines, "五、从各项得分到总分", 12) == [
        *("各项得分合计", "83.40", "不涉及项目按比例折算", "+3.95", "加分", "+1.50"),
        *("扣分", "−2.00", "总分上限", "−1.85", "总分", "85.00"),
    ]


def test_items_left_out_are_listed_by_state_and_their_reason_stands_with_the_item():
    lines = texts(a_document(a_full_card(4)))

    assert after(lines, "六、不涉及和缺少数据的项目（原因见考核项目得分）", 4) == [
        *("不涉及 1 项", "2.9 施工工地扬尘管控合格率", "缺数据 1 项", "3.9 入河排口溯源整治"),
    ]
    assert "辖区无河道。" in lines
    assert "“厨余垃圾分出率”没有数据。" in lines


def test_months_of_one_figure_stand_together_and_the_usual_file_is_named_once():
    figures = (a_figure(1, figure=Text.same("PM10")), *monthly(2, Text("道路尘负荷", "Road dust")))
    lines = texts(a_document(a_card(1, 1, evidence=figures)))
    told = "".join(after(lines, "五、数据来源", 30))

    assert "出自 figures-2026.csv；" in told
    assert "1PM10：31.5%（2:4）" in told
    assert "2–13道路尘负荷：1月 35.0；2月 36.1；" in told
    assert told.count("figures-2026.csv") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "card", [a_card(40), a_full_card(70), a_card(150), a_long_card()], ids=["usual", "full", "150 items", "long"]
)
def test_nothing_leaves_the_margins_or_lies_on_something_else(card: Scorecard, language: Language):
    table = a_long_table() if card.name == NAME else a_table()

    assert (
        faults(a_document(card, table, language, CheckCode("https://example.org/check/AB12-CD34", "AB12-CD34"))) == []
    )


@pytest.mark.parametrize("card", [a_full_card(20), a_long_card(20)], ids=["full", "long"])
def test_no_line_on_the_page_begins_or_ends_with_forbidden_punctuation(card: Scorecard):
    lines = texts(a_document(card, a_table()))

    assert [line for line in lines if line[0] in CLOSING] == []
    assert [line for line in lines if line[-1] in OPENING] == []


@pytest.mark.parametrize(
    ("standing", "language", "mark"),
    [
        (Standing.DEMONSTRATION, "zh", "示范数据 · 非真实结果"),
        (Standing.DEMONSTRATION, "en", "Demonstration – not real results"),
        (Standing.DRAFT, "zh", "草案 · 尚未印发"),
        (Standing.DRAFT, "en", "Draft – not issued"),
    ],
)
def test_a_demonstration_or_draft_is_marked_on_every_page_at_the_top_and_across(
    standing: Standing, language: Language, mark: str
):
    pages = lines_of(reader(a_document(a_card(70, head=a_head(standing=standing)), a_table(), language)))

    assert len(pages) > 3
    assert [[line.upright for line in page if line.text == mark] for page in pages] == [[False, True]] * len(pages)


@pytest.mark.parametrize("standing", [Standing.ISSUED, None])
def test_an_issued_sheet_has_no_mark(standing: Standing | None):
    text = text_of(a_document(a_card(4, 2, head=a_head(standing=standing))))

    assert "示范数据" not in text
    assert "草案" not in text


def test_each_page_states_sheet_year_short_digests_and_its_number_and_the_last_part_the_full_digests():
    pages = [[line.text for line in page] for page in lines_of(reader(a_document(a_card(40))))]

    assert [page[-1] for page in pages] == [f"第 {at} 页，共 {len(pages)} 页" for at in range(1, len(pages) + 1)]
    assert {page[-2] for page in pages} == {
        "评分表 shifan-2026（2026年） · 规则摘要 0123456789ab · 数据摘要 fedcba987654"
    }
    assert sum(page.count(DIGEST) for page in pages) == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [("blocked", "缺数据，暂不评分"), ("not-scored", "未评分"), ("no-group", "未编入任何分组")],
)
def test_a_unit_without_a_total_is_told_why_and_nothing_is_made_up(state: str, told: str):
    lines = texts(a_document(an_empty_card(state, Text("没有数据。", "No data."))))

    assert after(lines, told, 3) == ["没有数据。", "一、核验信息", "规则摘要"]
    assert "总分" not in lines


def test_a_unit_without_last_year_grades_conversion_or_members_has_no_empty_boxes_for_them():
    card = a_card(2, 1, before=None, grade=None, converted=None, convertible=None, members=(), next_grade=None)
    lines = texts(a_document(card))

    assert [
        label for label in ("等次", "上年总分", "名次变化", "绩效折算分", "班子成员折算", "提升等次") if label in lines
    ] == []
    assert after(lines, "总分", 2) == ["3.89", "满分 4"]


def test_a_unit_that_lost_nothing_is_told_so():
    lines = texts(a_document(a_card(1, 1)))

    assert after(lines, "三、失分项目（由大到小）", 1) == ["各项均得满分。"]


def test_the_last_page_shows_the_ranking_of_the_group_with_the_own_line_in_bold():
    pages = lines_of(reader(a_document(a_card(4, 2, seed=4, total="90.50"), a_table())))
    bold = [line.text for line in pages[-1] if line.bold and line.upright]

    assert bold[bold.index("5") :][:5] == ["5", "示范5街道", "90.70", "优秀", "升1"]
    assert "示范6街道" not in bold


def test_a_character_that_no_font_has_is_printed_as_a_geta_mark_and_reported():
    stream = BytesIO()
    warnings = write_scorecard(a_card(2, 1, name=Text("𠮷祥街道", "Jixiang")), None, stream, "zh")

    assert "〓祥街道" in texts(stream.getvalue())
    assert [warning.en for warning in warnings] == [
        "the fonts lack the character 𠮷 (U+20BB7), printed as 〓: use a standard character instead"
    ]


def test_a_rare_name_in_bold_is_set_and_not_reported():
    stream = BytesIO()

    assert write_scorecard(a_card(2, 1, name=Text("漷龘街道", "Da")), None, stream, "zh") == ()
    assert "漷龘街道" in texts(stream.getvalue())


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_embedded_subsets_of_the_two_fonts_are_used(language: Language):
    document = reader(a_document(a_full_card(70), a_table(), language))
    fonts = [font.get_object() for page in document.pages for font in page["/Resources"]["/Font"].values()]

    assert {font["/BaseFont"].partition("+")[2] for font in fonts} == {"AssessSansSC-Regular", "AssessSansSC-Bold"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_language_title_author_and_bookmarks_are_set(language: Language, tag: str):
    document = reader(a_document(a_card(4, 2), a_table(), language))

    assert document.trailer["/Root"]["/Lang"] == tag
    assert (
        document.metadata.title
        == {
            "zh": "示范1街道 · 2026年街乡环境保护考核评分表",
            "en": "Model Subdistrict 1 · 2026 environmental protection assessment of streets and townships",
        }[language]
    )
    assert document.metadata.author
    assert [title for level, title, _ in bookmarks(document) if level == 0] == [
        {"zh": "示范1街道", "en": "Model Subdistrict 1"}[language]
    ]


def test_the_same_card_gives_the_same_bytes_in_a_stream_and_in_a_file(tmp_path: Path):
    write_scorecard(a_full_card(20), a_table(), tmp_path / "card.pdf", "zh")

    assert (tmp_path / "card.pdf").read_bytes() == a_document(a_full_card(20), a_table())


def test_the_check_code_is_drawn_as_one_path_with_its_words_below():
    code = CheckCode("https://example.org/check/AB12-CD34", "AB12-CD34")
    plain, coded = a_document(a_card(2, 1)), a_document(a_card(2, 1), code=code)

    assert "校验码 AB12-CD34" in texts(coded)
    paths = [
        page.get_contents().get_data().count(b" re f\n") for page in (reader(plain).pages[0], reader(coded).pages[0])
    ]
    assert paths[1] == paths[0] + 1


def test_english_documents_have_no_chinese_in_their_own_words():
    card = a_full_card(20)

    assert [char for char in text_of(a_document(card, a_table(), "en")) if "\u4e00" <= char <= "\u9fff"] == []


def test_cards_written_at_the_same_time_in_threads_do_not_touch_each_other():
    cards = [a_card(10, 3, seed) for seed in range(8)]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(a_document, cards)) == list(map(a_document, cards))


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2026-01 – 2026-12", "PM10：31.5%（1–12月，2）", "PM10: 31.5% (months 1–12, 2)"),
        ("2026-Q1 – 2026-Q4", "PM10：31.5%（1–4季度，2）", "PM10: 31.5% (quarters 1–4, 2)"),
        ("2026-H2", "PM10：31.5%（第2个半年，2）", "PM10: 31.5% (half 2, 2)"),
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_to_be_read_is_set_in_seven_and_a_half_points_or_more(language: Language):
    card = a_full_card(70)
    pages = lines_of(reader(a_document(replace(card, name=Text("示范街道", "Model")), a_table(), language)))

    assert min(line.size for page in pages for line in page) >= 7.5


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
