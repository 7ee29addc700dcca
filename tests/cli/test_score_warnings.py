from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from assess.cli.scoring import score

SHEET = """
id: rare-names
points: 10
title: {zh: 罕见字, en: Rare characters}
year: 2026
figures: {done: {title: 完成, kind: count, from: unit}}
items: [{id: done, title: 完成, points: 10, method: direct, figure: done, clause: 第一条, missing: zero}]
"""


@pytest.mark.parametrize(
    ("language", "told", "last"),
    [
        ("zh", "字库中没有“𠮷”字（U+20BB7），文件中以“〓”代替，请改用规范字。", "计分 1 个，共 1 个"),
        (
            "en",
            "The fonts have no character 𠮷 (U+20BB7), so it is printed as 〓. Use a standard character instead.",
            "scored 1 of 1 units",
        ),
    ],
)
def test_a_character_that_the_fonts_lack_is_told_and_the_book_is_written(
    tmp_path: Path, language: str, told: str, last: str
):
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "units.csv").write_text("unit,name_zh,name_en,kind\n1,𠮷祥街道,𠮷 Street,street\n", encoding="utf-8")
    (tmp_path / "figures.csv").write_text("unit,done\n1,8\n", encoding="utf-8")
    book = tmp_path / "book.pdf"

    result = CliRunner().invoke(
        score,
        [
            str(tmp_path / "sheet.yaml"),
            *("--units", str(tmp_path / "units.csv"), "--figures", str(tmp_path / "figures.csv")),
            *("--out", str(book), "--lang", language),
        ],
    )

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{book}: {told}\n{last}\n")
    assert book.read_bytes().startswith(b"%PDF")
