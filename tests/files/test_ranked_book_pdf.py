from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from assess.core.scorecard.content import Book, RankingTable
from assess.core.text import Language, Text
from assess.files.ranked_book_pdf import write_book
from tests.files.cards import DIGEST, a_card
from tests.files.long_cards import NAME, a_long_table
from tests.files.rankings import a_book, a_ranked, a_table
from tests.files.reading import bookmarks, faults, lines_of, reader

TOWNSHIPS = Text("地区组", "Townships")


def a_document(book: Book, language: Language = "zh") -> bytes:
    stream = BytesIO()
    write_book(book, stream, language, lambda done, steps: None)
    return stream.getvalue()


def pages_of(data: bytes) -> list[list[str]]:
    return [[line.text for line in page] for page in lines_of(reader(data))]


def two_groups() -> Book:
    """Two streets, and one township without last year, grade or conversion."""
    one = a_ranked(0, 1, 2, unit="t1", name=Text("独一乡", "Only Township"), change=None, grade=None, converted=None)
    townships = a_table(1, 2, title=TOWNSHIPS, rows=(replace(one, marks=()),), bounds=())
    book = a_book(2, 4, 2)
    return replace(
        book,
        tables=(*book.tables, townships),
        cards=[*book.cards, partial(a_card, 2, 1, unit="t1", name=one.name)],
        units=[*book.units, ("t1", one.name, 1)],
    )


def test_the_book_has_cover_contents_rankings_and_the_cards_in_order_as_bookmarks():
    assert bookmarks(reader(a_document(two_groups()))) == [
        (0, "封面", 1),
        (0, "目录", 2),
        (0, "街道组", 3),
        (1, "街道组排名", 3),
        (1, "街道组名次升降", 3),
        (1, "街道组总分分布", 3),
        (1, "街道组各类得分", 3),
        (0, "地区组", 4),
        (1, "地区组排名", 4),
        (1, "地区组总分分布", 4),
        (1, "地区组各类得分", 4),
        (0, "街道组考核结果单", 5),
        (1, "示范1街道", 5),
        (1, "示范2街道", 6),
        (0, "地区组考核结果单", 7),
        (1, "独一乡", 7),
    ]


def test_the_contents_head_totals_with_what_they_are_counted_in():
    book = two_groups()
    money = replace(book, head=replace(book.head, unit_of_result=Text("元", "yuan")))

    cover, contents = pages_of(a_document(money))[:2]
    assert "总分（元）" in contents
    assert "平均（元）" in cover


def test_the_contents_give_rank_total_and_page_of_every_card():
    contents = pages_of(a_document(two_groups()))[1]

    assert contents[contents.index("街道组考核结果单") : contents.index("地区组考核结果单")] == [
        *("街道组考核结果单", "名次", "单位", "总分", "页", "1", "示范1街道", "95.20", "5"),
        *("名次", "单位", "总分", "页", "2", "示范2街道", "81.70", "6"),
    ]
    assert contents[3:5] == ["街道组排名", "3"]


def test_contents_of_many_units_name_the_right_pages():
    data = a_document(a_book(120, 2, 1))
    pages, document = pages_of(data), reader(data)
    listed = {
        line: int(page[at + 2])
        for page in pages[1:4]
        for at, line in enumerate(page)
        if line.startswith("示范") and at + 2 < len(page) and page[at + 2].isdecimal()
    }
    found = {title: number for level, title, number in bookmarks(document) if level == 1 and title.startswith("示范1")}

    assert len(found) > 30
    assert {title: listed[title] for title in found} == found


def test_names_in_contents_and_rankings_lead_to_the_cards():
    document = reader(a_document(two_groups()))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(document.pages, 1)}

    def led_to(page: int) -> list[int]:
        return [numbers[link.get_object()["/Dest"][0].idnum] for link in document.pages[page - 1]["/Annots"]]

    assert led_to(2) == [3, 3, 3, 3, 4, 4, 4, 5, 6, 7]
    assert led_to(3) == [5, 6, 5, 6]
    assert led_to(4) == [7, 7]


def test_pages_are_numbered_in_the_book_and_in_the_card():
    pages = pages_of(a_document(a_book(2, 40)))

    assert [page[-1] for page in pages] == [
        *(f"全册第{number}/9页" for number in (1, 2, 3)),
        *(f"第{number}页，共3页 · 全册第{number + 3}/9页" for number in (1, 2, 3)),
        *(f"第{number}页，共3页 · 全册第{number + 6}/9页" for number in (1, 2, 3)),
    ]


def test_the_cover_states_title_year_groups_and_full_digests():
    cover = pages_of(a_document(two_groups()))[0]

    assert cover[1:5] == ["2026年街乡环境保护考核评分表", "考核结果汇编", "2026年度", "演示数据 · 非真实结果"]
    assert cover[cover.index("街道组") :][:6] == ["街道组", "2", "2", "88.45", "95.20", "81.70"]
    assert DIGEST in cover


def test_the_ranking_shows_grade_change_conversion_and_what_touched_a_unit():
    ranking = pages_of(a_document(a_book(24, 2, 1)))[2]

    assert ranking[ranking.index("24") :][:7] == ["24", "示范24街道", "69.33", "良好", "升2", "6.94", "一票否决"]


def test_a_unit_without_a_rank_stands_last_with_its_reason():
    blocked = a_ranked(
        2,
        3,
        1,
        unit="u9",
        name=Text("缺数街道", "Blocked"),
        rank=None,
        total=None,
        grade=None,
        change=None,
        converted=None,
        sections=((None, None),),
        marks=(),
        why=Text("缺少数据。", "Data are missing."),
    )
    table = a_table(2, 1)
    ranking = pages_of(a_document(a_book(2, 2, 1, tables=(replace(table, rows=(*table.rows, blocked)),))))[2]

    assert ranking[ranking.index("缺数街道") - 1 :][:7] == ["—", "缺数街道", "—", "—", "—", "—", "缺少数据。"]


def test_movers_are_sorted_by_how_far_they_moved_and_show_both_ranks():
    rows = tuple(a_ranked(at, 4, 1, change=change, marks=()) for at, change in enumerate((2, -1, 0, -3)))
    page = pages_of(a_document(a_book(4, 2, 1, tables=(a_table(4, 1, rows=rows),))))[2]
    at = page.index("街道组名次升降")

    assert page[at + 1 : at + 16] == [
        *("上升最多", "上年→本年", "升降", "示范1街道", "3 → 1", "升2"),
        *("下降最多", "上年→本年", "升降", "示范4街道", "1 → 4", "降3", "示范2街道", "1 → 2", "降1"),
    ]


def test_more_units_that_moved_than_fit_are_counted_and_a_single_one_more_is_shown():
    rows = tuple(a_ranked(at, 20, 1, change=1 if at < 9 else -1, marks=()) for at in range(20))
    page = pages_of(a_document(a_book(20, 2, 1, tables=(a_table(20, 1, rows=rows),))))[2]
    risen, fallen = page.index("上升最多"), page.index("下降最多")

    assert [line for line in page[risen:fallen] if "街道" in line] == [f"示范{at}街道" for at in range(1, 10)]
    assert "另有3个单位" in page[fallen:]


def test_without_last_year_there_are_no_movers():
    page = pages_of(a_document(two_groups()))[3]

    assert "地区组排名" in page
    assert "地区组名次升降" not in page


def test_every_tinted_score_also_shows_its_number_and_low_ones_are_bold():
    row = a_ranked(0, 1, sections=(("18.00", Fraction(9, 10)), ("9.00", Fraction(9, 20))))
    page = lines_of(reader(a_document(a_book(1, 2, 1, tables=(a_table(1, 2, rows=(row,)),)))))[2]

    assert {line.text: line.bold for line in page if line.text in ("18.00", "9.00")} == {"18.00": False, "9.00": True}


def test_few_long_scores_are_cut_and_marked():
    rows = (a_ranked(0, 1, sections=(("13.3669565217391", Fraction(95478, 100000)), ("10", Fraction(1)))),)
    page = pages_of(a_document(a_book(1, 2, 1, tables=(a_table(1, 2, rows=rows),))))[2]

    assert "≈13.367" in page
    assert "13.3669565217391" not in page


def test_many_long_scores_of_a_sheet_that_does_not_round_its_sections_are_shown_as_rates():
    scores = (("13.3670565217391", Fraction(95478, 100000)), *(("10", Fraction(1)),) * 7)
    rows = tuple(a_ranked(at, 2, sections=scores) for at in range(2))
    page = pages_of(a_document(a_book(2, 2, 1, tables=(a_table(2, 8, rows=rows),))))[2]

    assert page.count("95.5%") * 7 == page.count("100.0%") == 14
    assert "表中为得分率，得分见各单位考核结果单" in page
    assert "13.3670565217391" not in page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "table",
    [a_table(24), a_long_table(), a_table(1, 1), a_table(0, 3), a_table(3, 0), a_table(30, 40)],
    ids=["usual", "long", "one unit", "empty", "no sections", "many sections"],
)
def test_nothing_leaves_the_margins_or_lies_on_something_else(table: RankingTable, language: Language):
    units = [(row.unit, row.name, 0) for row in table.rows[:2]]
    cards = [partial(a_card, 2, 1, unit=unit, name=name) for unit, name, _ in units]

    assert faults(a_document(a_book(1, tables=(table,), cards=cards, units=units), language)) == []


def test_a_sheet_with_more_sections_than_fit_side_by_side_is_shown_in_parts():
    table = a_table(2, 31)
    scores = [score for row in table.rows for score, _ in row.sections]
    pages = pages_of(a_document(a_book(2, 2, 1, tables=(table,))))

    shown = [line for page in pages[2:4] for line in page]
    assert [score for score in scores if score not in shown] == []


def test_a_book_without_any_unit_is_still_a_book():
    pages = pages_of(a_document(a_book(1, tables=(a_table(0, 2, mean=None),), cards=[], units=[])))

    assert len(pages) == 3
    assert "本组没有单位。" in pages[2]


def test_the_same_book_gives_the_same_bytes_and_tells_how_far_it_is(tmp_path: Path):
    told: list[tuple[int, int]] = []
    write_book(two_groups(), tmp_path / "book.pdf", "zh", lambda done, steps: told.append((done, steps)))

    assert (tmp_path / "book.pdf").read_bytes() == a_document(two_groups())
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_character_missing_from_the_fonts_is_reported_for_the_whole_book():
    book = a_book(1, 2, 1, cards=[partial(a_card, 2, 1, name=Text("𠮷街道", "Ji"))])

    assert [warning.zh for warning in write_book(book, BytesIO(), "zh", lambda done, steps: None)] == [
        "字库中没有“𠮷”字（U+20BB7），文件中以“〓”代替，请改用规范字。"
    ]


def test_the_demonstration_mark_is_on_every_page_and_the_language_is_set():
    data = a_document(two_groups(), "en")
    pages = pages_of(data)

    assert [page.count("Demonstration – not real results") for page in pages] == [3, *[2] * (len(pages) - 1)]
    assert reader(data).trailer["/Root"]["/Lang"] == "en"


def test_long_names_are_not_cut_in_contents_and_rankings():
    table = a_table(1, 1, rows=(a_ranked(0, 1, 1, name=NAME),))
    pages = pages_of(a_document(a_book(1, 2, 1, tables=(table,), units=[("u000", NAME, 0)])))

    assert NAME.zh in "".join(pages[1])
    assert NAME.zh in "".join(pages[2])
