"""Sheets in Chinese words: as YAML and as workbooks they have the digest of the English ones; full-width cells."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assess.core.kinds import Choice, Formula, Id, ListOf, NumberType, PlainText, ReferenceType, Title, ValueOf
from assess.core.rules.nodes import Combine
from assess.core.rules.sheet import RuleSheet, digest_of, read_sheet, tree_of
from assess.core.schema import FieldType
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_reader import read_book
from assess.files.rule_sheets.book_widths import narrowed
from assess.files.rule_sheets.book_writer import write_book
from assess.files.rule_sheets.yaml_writer import write_yaml
from assess.files.yaml_files.trees import read_yaml
from tests.core.rules.vocabulary import in_chinese
from tests.files.rule_sheets.books import FIGURES, ITEMS, SHEET, a_book, choices_at, found_in
from tests.files.rule_sheets.generated import SHEETS

SHIPPED = sorted(Path(__file__).parents[3].glob("rules/*/rule-sheet.yaml"))
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def a_sheet(tree: Any) -> RuleSheet:
    """The sheet that a tree describes without a flaw."""
    flaws: list[Any] = []
    sheet = read_sheet(tree, flaws)
    assert [flaw.localized("en") for flaw in flaws] == []
    return sheet


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("which", [0, -1, 1], ids=["first", "last", "in turn"])
def test_a_shipped_sheet_said_in_chinese_word_by_word_has_its_digest(path: Path, which: int):
    turn = cycle(range(3))
    english = read_yaml(path).tree
    chinese = in_chinese(english, lambda words: words[next(turn) % len(words) if which == 1 else which])

    assert chinese != english
    assert digest_of(a_sheet(chinese)) == digest_of(load_sheet(path).sheet)


@given(tree=SHEETS, choose=st.randoms(use_true_random=False))
@settings(in_one_folder, max_examples=40)
def test_any_sheet_said_in_chinese_has_its_digest_in_both_forms(tree: dict[str, Any], choose: Any, tmp_path: Path):
    english, chinese = a_sheet(tree), a_sheet(in_chinese(tree, choose.choice))
    write_book(chinese, tmp_path / "zh.xlsx")
    write_yaml(a_sheet(read_book(tmp_path / "zh.xlsx").tree), tmp_path / "a.yaml")

    assert digest_of(english) == digest_of(chinese) == digest_of(a_sheet(read_yaml(tmp_path / "a.yaml").tree))
    assert read_yaml(tmp_path / "a.yaml").tree == tree_of(english)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_workbook_for_a_chinese_reader_has_no_english_word_of_a_list(path: Path, tmp_path: Path):
    write_book(load_sheet(path).sheet, tmp_path / "zh.xlsx")
    tree = read_book(tmp_path / "zh.xlsx").tree

    assert tree == in_chinese(tree_of(load_sheet(path).sheet), lambda words: words[0])


def test_a_supplier_keeps_its_english_word_where_the_chinese_one_would_be_a_department(tmp_path: Path):
    figures = {"x": {"kind": "number", "from": "unit"}, "y": {"kind": "number", "from": "formula", "formula": "x"}}
    item = {"id": "a", "points": "5", "method": "direct", "figure": "y", "clause": "一", "missing": "zero"}
    tree = {"id": "s", "title": "表", "year": "2026", "figures": figures, "items": [item]}
    for departments, words in (({}, ["unit", "公式"]), ({"街乡": {}}, ["unit", "公式"]), ({"a": {}}, ["街乡", "公式"])):
        sheet = a_sheet(tree | ({"departments": departments} if departments else {}))
        write_book(sheet, tmp_path / "s.xlsx")
        page = load_workbook(tmp_path / "s.xlsx")["数据项"]
        column = next(cell.column for cell in page[2] if cell.value == "from")
        offered = choices_at(page, column, 3)

        assert [page.cell(row, column).value for row in (3, 4)] == words
        assert offered is not None
        assert [offered.strip('"').split(",")[place] for place in (0, 3)] == words
        assert digest_of(a_sheet(read_book(tmp_path / "s.xlsx").tree)) == digest_of(sheet)


NODE = ReferenceType("node")
KIND = "kind ＝ “街道，Ａ”"


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        (NumberType(), "－７．５", "-7.5"),
        (NumberType(), "３０％", "30%"),
        (NumberType(), "２／３", "2/3"),
        (ValueOf(), "ｐｒｅｖｉｏｕｓ（ｐｍ２５）", "previous(pm25)"),
        (Id("node"), "ａｉｒ．ｐｍ２５", "air.pm25"),
        (Id(), "ａ", "ａ"),
        (ListOf(NODE), "ａｉｒ，　ｗａｔｅｒ、soil", "air, water,soil"),
        (ListOf(PlainText()), "Ⅱ，Ａ", "Ⅱ，Ａ"),
        (ReferenceType("department"), "ａ", "ａ"),
        (Choice(Combine), "ｍｅａｎ", "mean"),
        (Title(), "（一）", "（一）"),
        (Formula(), "（ａ ＋ b）×２ ÷ ３ ≥ １ and c ≠ ４ or d≤５", "(a + b)*2 / 3 >= 1 and c != 4 or d<=5"),
        (Formula(), "kind ＝ “ｓｔｒｅｅｔ，（一）”", 'kind == "ｓｔｒｅｅｔ，（一）"'),
        (Formula(), "a ＝＝ 1 and b ＜＝ 2 and c ！＝ ‘＝’", "a == 1 and b <= 2 and c != '＝'"),
        (Formula(), 'kind == "“一”，×"', 'kind == "“一”，×"'),
    ],
)  # fmt: skip
def test_full_width_characters_of_a_cell_are_read_as_half_width_but_for_words_of_the_author(
    kind: FieldType, text: str, read: str
):
    assert narrowed(text, kind) == read
    assert narrowed(read, kind) == read


def test_a_workbook_typed_with_a_chinese_keyboard_is_the_one_typed_with_another(tmp_path: Path):
    wide = a_book(
        tmp_path / "wide.xlsx",
        总则=[*SHEET[:3], {"key": "missing", "value": "ｐｏｉｎｔｓ：６０"}],
        数据项=[{**FIGURES[0], "kind": "数值"}, {"id": "ｂｕｒｎｓ", "kind": "计数", "from": "unit"}],
        考核项=[
            {**ITEMS[0], "points": "１００", "title": "（一）大气"},
            {
                **ITEMS[1],
                "parent": "ａｉｒ",
                "settings": "full_at：３０\nzero_at：５０",
                "applies": KIND,
            },
            {**ITEMS[2], "id": "ａｉｒ．ｂｕｒｎｓ"},
        ],
        明细=[{"node": "air．burns", "part": "ｌｉｎｅｓ", "no": "１", "figure": "ｂｕｒｎｓ", "points": "５"}],
    )
    narrow = a_book(
        tmp_path / "narrow.xlsx",
        总则=[*SHEET[:3], {"key": "missing", "value": "points: 60"}],
        考核项=[{**ITEMS[0], "title": "（一）大气"}, {**ITEMS[1], "applies": 'kind == "街道，Ａ"'}, ITEMS[2]],
    )

    assert found_in(wide) == found_in(narrow) == []
    assert digest_of(load_sheet(wide).sheet) == digest_of(load_sheet(narrow).sheet)


def test_yaml_keeps_full_width_characters(tmp_path: Path):
    path = tmp_path / "s.yaml"
    path.write_text(
        "id: s\ntitle: 表\nyear: 2026\nmissing: zero\nfigures: {x: {kind: number, from: unit}}\n"
        'items: [{id: a, points: １０, method: direct, figure: x, clause: "1"}]\n'
    )
    told = f"{path}:6:25: “１０” is not a number. Enter it as in 7.5, 30% or 2/3."

    assert [flaw.localized("en") for flaw in load_sheet(path).checked()] == [told]
