"""Characters that nobody sees, or that turn others round, are refused in names and shown in names of files."""

from __future__ import annotations

import pytest

from assess.core.unseen import HIDDEN, seen, unseen_in_table, unseen_in_tree
from tests.tables import a_table


@pytest.mark.parametrize("letter", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x85"])
def test_no_text_turns_what_stands_in_it_round(letter: str) -> None:
    assert HIDDEN.search(f"建外{letter}街道")
    assert [flaw.where for flaw in unseen_in_tree({"title": f"x{letter}", "note": "y"})] == [("title",)]


def test_words_in_any_language_are_seen() -> None:
    assert not HIDDEN.search("建外街道 Jianwai　É עברית\n\t👨‍👩‍👧")


def test_a_list_names_the_cells_whose_names_look_like_others() -> None:
    table = a_table(
        "unit,name_zh,name_en", "u1,建\u200b外,Jianwai", "u2,\u200b建外 ,Jian\u202ewai", "u3,三里屯,Sanlitun"
    )

    assert [str(flaw.where) for flaw in unseen_in_table(table)] == ["t.csv:2:2", "t.csv:3:3"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("in\u202efdp.exe", "in_fdp.exe"),
        ("报表\u3000一季度.xlsx", "报表 一季度.xlsx"),
        ("a\r\nb\u200b.csv", "a  b_.csv"),
        ("数据.xlsx", "数据.xlsx"),
        ("../../../etc/cron.d/数据.xlsx", "数据.xlsx"),
        ("C:\\报送\\数据.xlsx", "数据.xlsx"),
        ("报送/数据.xlsx/", "数据.xlsx"),
    ],
)
def test_the_name_of_a_file_names_no_folder_and_shows_where_something_was_hidden(name: str, shown: str) -> None:
    assert seen(name) == shown
