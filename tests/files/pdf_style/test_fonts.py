from __future__ import annotations

from assess.files.pdf_style.fonts import face, lacking, printable, width_of


def test_all_digits_are_equally_wide_so_that_numbers_align():
    assert len({width_of(digit, 10, bold) for digit in "0123456789" for bold in (False,)}) == 1
    assert len({width_of(digit, 10, bold) for digit in "0123456789" for bold in (True,)}) == 1


def test_a_character_no_font_has_is_printed_as_a_geta_mark_and_named():
    assert printable("𠮷祥🎉") == "〓祥〓"
    assert list(lacking("𠮷祥🎉")) == ["𠮷", "🎉"]


def test_line_breaks_tabs_and_invisible_marks_do_not_reach_the_page():
    assert printable("一\n二\t三\u200b四\ufeff\x00五\u3000六") == "一 二 三四五 六"


def test_a_rare_character_in_bold_is_known_from_the_regular_face():
    assert "龘" not in face(True).own
    assert "龘" in face(True).widths


def test_both_faces_have_the_signs_of_formulas_and_units():
    signs = "≈≥≤÷−×µ³²₂→·–—％℃±√"

    assert [list(lacking(signs)), [char for char in signs if char not in face(True).widths]] == [[], []]
