from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assess.files.pdf_style.breaking import NO_END, NO_START, shortened, wrap
from assess.files.pdf_style.fonts import width_of

CHINESE = (
    "全年细颗粒物（PM2.5）年均浓度35.2 µg/m³，比目标值（32微克/立方米）高3.2微克/立方米，"
    "“三长”联动闭环率98.5%，扣1.92分。"
)


def test_chinese_breaks_anywhere_but_before_closing_and_after_opening_punctuation():
    assert wrap("监测结果为优，良、中；差（三类）。另见《办法》第三条", 60, 10) == (
        "监测结果为",
        "优，良、中；",
        "差（三类）。",
        "另见《办法》",
        "第三条",
    )


def test_words_numbers_and_numbers_with_their_units_are_not_cut():
    assert wrap(CHINESE, 120, 8) == (
        "全年细颗粒物（PM2.5）年均浓度",
        "35.2 µg/m³，比目标值",
        "（32微克/立方米）高",
        "3.2微克/立方米，“三长”联动闭",
        "环率98.5%，扣1.92分。",
    )


def test_english_breaks_at_blanks_and_keeps_numbers_with_their_units():
    text = "Annual mean PM2.5 was 35.2 µg/m³ and 10 000 m³ of water, 98.5 % of the target (see Art. 6)."

    assert wrap(text, 90, 8) == (
        "Annual mean PM2.5",
        "was 35.2 µg/m³ and",
        "10 000 m³ of water,",
        "98.5 % of the target (see",
        "Art. 6).",
    )


def test_a_blank_that_holds_keeps_a_month_with_its_value():
    assert wrap("浓度：2026-01\xa035.2；2026-02\xa036.1", 70, 8) == ("浓度：", "2026-01\xa035.2；", "2026-02\xa036.1")


def test_a_digest_longer_than_the_column_breaks_anywhere_and_loses_nothing():
    digest = "sha256:" + "0123456789abcdef" * 4

    lines = wrap(digest, 100, 8)

    assert "".join(lines) == digest
    assert max(width_of(line, 8) for line in lines) <= 100.5


PIECES = st.sampled_from(
    ["监测", "PM2.5", "浓度", "35.2 µg/m³", "3起", "house", "−0.66", "第三条", "12.5%", "a/b", "10 000 t"]
)
ENDS = st.sampled_from(["", "，", "。", "）", "》；", " ", "！", "……", "、", "；", "%"])
BEGINS = st.sampled_from(["", "（", "《", "“", "“（", " "])


@given(st.lists(st.tuples(BEGINS, PIECES, ENDS), max_size=30), st.floats(90, 300))
def test_no_line_begins_or_ends_with_forbidden_punctuation_and_nothing_is_lost(
    pieces: list[tuple[str, ...]], width: float
):
    text = "".join(begin + piece + end for begin, piece, end in pieces).strip()

    lines = wrap(text, width, 8)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [line for line in lines[1:] if line[0] in NO_START] == []
    assert [line for line in lines[:-1] if line[-1] in NO_END] == []
    assert [line for line in lines if width_of(line, 8) > width + 0.5] == []


@given(st.text(max_size=300), st.floats(1, 60))
def test_any_text_in_any_column_ends(text: str, width: float):
    lines = wrap(text, width, 8)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_many_brackets_take_no_longer_than_other_text():
    assert "".join(wrap("（" * 3000, 100, 8)) == "（" * 3000
    assert "".join(wrap("(" * 3000, 100, 8)) == "(" * 3000


def test_what_does_not_fit_ends_with_an_ellipsis_within_the_column():
    lines = shortened("生态文明建设示范区管理委员会第一街道", 50, 8, lines=2)

    assert lines == ("生态文明建设", "示范区管理…")
    assert max(width_of(line, 8) for line in lines) <= 50
