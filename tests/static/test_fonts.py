"""The two fonts can print what the service says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase import ttfonts

TOP = Path(__file__).parents[2]
FOLDER = TOP / "static" / "fonts"
STYLES = ("Regular", "Bold")


@cache
def font(style: str) -> TTFont:
    return TTFont(FOLDER / f"AssessSansSC-{style}.ttf")


@cache
def signs_of(style: str) -> frozenset[str]:
    return frozenset(map(chr, font(style).getBestCmap()))


@pytest.mark.parametrize("style", STYLES)
def test_digits_are_equally_wide_so_that_columns_align(style: str):
    glyphs, widths = font(style).getBestCmap(), font(style)["hmtx"]

    assert len({widths[glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1


@pytest.mark.parametrize("style", STYLES)
def test_every_sign_of_a_scorecard_has_a_glyph(style: str):
    signs = "µμ⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉↑↓→−×÷≤≥≠·•●○■□▲▼①⑳ⅠⅤ‰℃—–“”‘’《》〔〕（），。；：、％漷"

    assert set(signs) - signs_of(style) == set()


@pytest.mark.parametrize("style", STYLES)
def test_every_name_of_a_shipped_unit_has_its_glyphs(style: str):
    texts = [path.read_text(encoding="utf-8") for path in TOP.glob("rules/*/units.csv")]

    assert texts
    assert set("".join(texts)) - signs_of(style) - {"\n"} == set()


@pytest.mark.parametrize("style", STYLES)
def test_a_font_may_be_embedded_and_does_not_bear_the_reserved_name(style: str):
    names = {record.nameID: str(record) for record in font(style)["name"].names}
    loaded = ttfonts.TTFont(style, str(FOLDER / f"AssessSansSC-{style}.ttf"))

    assert [names[number] for number in (1, 2, 6)] == ["Assess Sans SC", style, f"AssessSansSC-{style}"]
    assert loaded.face.name == f"AssessSansSC-{style}".encode()
    assert font(style)["OS/2"].fsType == 0
    assert names[0].startswith("(c) 2014-2021 Adobe")
    assert "with Reserved Font Name 'Source'" in (FOLDER / "OFL.txt").read_text(encoding="utf-8").splitlines()[0]
