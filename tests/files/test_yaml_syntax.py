"""What stops a YAML file from being read, told in an author's words."""

from __future__ import annotations

import pytest

from assess.core.flaws import ValidationError
from assess.files.yaml_trees import yaml_tree


def refused(content: str | bytes) -> tuple[str, str]:
    """The one reason, in Chinese and in English."""
    with pytest.raises(ValidationError) as caught:
        yaml_tree("t.yaml", content if isinstance(content, bytes) else content.encode())
    [flaw] = caught.value.flaws
    return flaw.localized("zh"), flaw.localized("en")


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ("a:\n\t- b\n", "2:1", "there is a tab here"),
        ("a: 1\n\tb: 2\n", "2:1", "there is a tab here"),
        ("unit: %\n", "1:7", "a value cannot begin with %"),
        ("unit: @x\n", "1:7", "a value cannot begin with @"),
        ("title: a: b\n", "1:9", "a colon is not expected here"),
        ("id: a\n   title: b\n", "2:9", "a colon is not expected here"),
        ("a: {b: 1\nc: 2\n", "2:2", "the bracket opened in line 1 does not end well"),
        ("a: 1\nb: [1, 2}\n", "2:9", "the bracket opened in line 2 does not end well"),
        ('{when: x, if: "a" == kind}\n', "1:19", "the bracket opened in line 1 does not end well"),
        ("items:\n  - id: a\n   title: b\n", "3:4", "this does not line up with what is above"),
        ('a: "x" y\n', "1:8", "this does not line up with what is above, or text follows a closed quote"),
        ("a: 1\nb\nc: 2\n", "2:1", "a colon is missing"),
        ("a: 1\nyear：2026\n# remark\nc: 2\n", "2:1", "a colon is missing"),
        ("a: 'x\nb: 2\n", "3:1", "the quotation mark opened in line 1 is never closed"),
        ("a: {b: 1,, c: 2}\n", "1:10", "a value is missing here"),
        ("a: - b\n", "1:4", "a list with dashes begins on a new line"),
        ("a: |x\n b\n", "1:5", "this cannot be read as YAML"),
    ],
)
def test_broken_syntax_is_one_flaw_with_its_place_and_usual_cause(content: str, place: str, said: str) -> None:
    chinese, english = refused(content)

    assert english.startswith(f"t.yaml:{place}: {said}")
    assert chinese.startswith(f"t.yaml:{place}: ")


def test_a_backslash_in_double_quotes_is_told() -> None:
    assert refused('a: "C:\\data"\n')[0].endswith("双引号内的反斜杠“\\”有特殊含义：请改用单引号")


def test_a_full_width_colon_near_the_break_is_told() -> None:
    chinese, english = refused("id：air\ntitle: x\n")

    assert chinese.endswith("；键后的冒号是全角“：”，请改为半角并空一格")
    assert english.endswith("; the colon after the key is a full-width one: use a plain colon and a blank")


def test_a_full_width_colon_in_a_title_is_nobodys_fault() -> None:
    assert "full-width" not in refused("title: 大气：浓度\nid: [a\n")[1]


NOT_UTF8 = "文件不是 UTF-8 编码{}：请另存为 UTF-8 编码后再试"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id: a\ntitle: 大气污染\n".encode("gb18030"), "2: " + NOT_UTF8.format("，可能是 GBK（GB18030）编码")),
        ("id: a\ntitle: café\n".encode("latin-1"), "2: " + NOT_UTF8.format("")),
        ("id: a\n".encode("utf-16"), "1: " + NOT_UTF8.format("，可能是 UTF-16 编码")),
        (b"id: a\ntitle: x\x07y\n", "2:9: 此处有不可显示的字符 U+0007：请删除"),
        (b"a: 1\0", "1:5: 此处有不可显示的字符 U+0000：请删除"),
    ],
)
def test_other_encodings_and_stray_characters_are_told_with_their_line(content: bytes, told: str) -> None:
    assert refused(content)[0] == f"t.yaml:{told}"
