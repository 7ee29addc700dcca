from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from assess.core.rules.sheet import SheetStanding
from assess.core.scorecard.content import Scorecard
from assess.core.text import Language, Text
from assess.files.scorecard_pdf import CheckCode, write_scorecard
from tests.files.cards import DIGEST, a_card, a_head
from tests.files.full_cards import a_full_card
from tests.files.long_cards import NAME, a_long_card, a_long_table
from tests.files.rankings import a_table
from tests.files.reading import bookmarks, faults, lines_of, reader, text_of
from tests.files.written_cards import LANGUAGES, a_document, texts

CLOSING, OPENING = "，。、；：！？）》」』】”’％%", "（《「『【“‘"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "card", [a_card(40), a_full_card(70), a_card(150), a_long_card()], ids=["usual", "full", "150 items", "long"]
)
def test_nothing_leaves_the_margins_or_lies_on_something_else(card: Scorecard, language: Language):
    table = a_long_table() if card.name == NAME else a_table()

    assert (
        faults(
            a_document(card, table, language, CheckCode("https://example.org/check/42SK-SPVW-DN6D", "42SK-SPVW-DN6D"))
        )
        == []
    )


@pytest.mark.parametrize("card", [a_full_card(20), a_long_card(20)], ids=["full", "long"])
def test_no_line_on_the_page_begins_or_ends_with_forbidden_punctuation(card: Scorecard):
    lines = texts(a_document(card, a_table()))

    assert [line for line in lines if line[0] in CLOSING] == []
    assert [line for line in lines if line[-1] in OPENING] == []


@pytest.mark.parametrize(
    ("standing", "language", "mark"),
    [
        (SheetStanding.DEMONSTRATION, "zh", "演示数据 · 非真实结果"),
        (SheetStanding.DEMONSTRATION, "en", "Demonstration – not real results"),
        (SheetStanding.DRAFT, "zh", "草案 · 尚未印发"),
        (SheetStanding.DRAFT, "en", "Draft – not issued"),
    ],
)
def test_a_demonstration_or_draft_is_marked_on_every_page_at_the_top_and_across(
    standing: SheetStanding, language: Language, mark: str
):
    pages = lines_of(reader(a_document(a_card(70, head=a_head(standing=standing)), a_table(), language)))

    assert len(pages) > 3
    assert [[line.upright for line in page if line.text == mark] for page in pages] == [[False, True]] * len(pages)


@pytest.mark.parametrize("standing", [SheetStanding.ISSUED, None])
def test_an_issued_sheet_has_no_mark(standing: SheetStanding | None):
    text = text_of(a_document(a_card(4, 2, head=a_head(standing=standing))))

    assert "演示数据" not in text
    assert "草案" not in text


def test_each_page_states_sheet_year_short_digests_and_its_number_and_the_last_part_the_full_digests():
    pages = [[line.text for line in page] for page in lines_of(reader(a_document(a_card(40))))]

    assert [page[-1] for page in pages] == [f"第{at}页，共{len(pages)}页" for at in range(1, len(pages) + 1)]
    assert {page[-2] for page in pages} == {
        "评分表shifan-2026（2026年） · 评分表摘要 0123456789ab · 数据摘要 fedcba987654"
    }
    assert sum(page.count(DIGEST) for page in pages) == 1


def test_a_character_that_no_font_has_is_printed_as_a_geta_mark_and_reported():
    stream = BytesIO()
    warnings = write_scorecard(a_card(2, 1, name=Text("𠮷祥街道", "Jixiang")), None, stream, "zh")

    assert "〓祥街道" in texts(stream.getvalue())
    assert [warning.en for warning in warnings] == [
        "The fonts have no character 𠮷 (U+20BB7), so it is printed as 〓. Use a standard character instead."
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
    code = CheckCode("https://example.org/check/42SK-SPVW-DN6D", "42SK-SPVW-DN6D")
    plain, coded = a_document(a_card(2, 1)), a_document(a_card(2, 1), code=code)

    assert "校验码 42SK-SPVW-DN6D" in texts(coded)
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_to_be_read_is_set_in_seven_and_a_half_points_or_more(language: Language):
    card = a_full_card(70)
    pages = lines_of(reader(a_document(replace(card, name=Text("示范街道", "Model")), a_table(), language)))

    assert min(line.size for page in pages for line in page) >= 7.5
