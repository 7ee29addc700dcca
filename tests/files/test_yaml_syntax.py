"""What stops a YAML file from being read, told in an author's words."""

from __future__ import annotations

import pytest

from assess.core.flaws import ValidationError
from assess.files.yaml_files.trees import yaml_tree


def refused(content: str | bytes) -> tuple[str, str]:
    """The one reason, in Chinese and in English."""
    with pytest.raises(ValidationError) as caught:
        yaml_tree("t.yaml", content if isinstance(content, bytes) else content.encode())
    [flaw] = caught.value.flaws
    return flaw.localized("zh"), flaw.localized("en")


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ("a:\n\t- b\n", "2:1", "There is a tab here"),
        ("a: 1\n\tb: 2\n", "2:1", "There is a tab here"),
        ("unit: %\n", "1:7", "A value cannot begin with %"),
        ("unit: @x\n", "1:7", "A value cannot begin with @"),
        ("title: a: b\n", "1:9", "A colon is not expected here"),
        ("id: a\n   title: b\n", "2:9", "A colon is not expected here"),
        ("a: {b: 1\nc: 2\n", "2:2", "The bracket opened in line 1 is not closed correctly"),
        ("a: 1\nb: [1, 2}\n", "2:9", "The bracket opened in line 2 is not closed correctly"),
        ('{when: x, if: "a" == kind}\n', "1:19", "The bracket opened in line 1 is not closed correctly"),
        ("items:\n  - id: a\n   title: b\n", "3:4", "This does not line up with the lines above"),
        ('a: "x" y\n', "1:8", "This does not line up with the lines above, or text follows a closed quote"),
        ("a: 1\nb\nc: 2\n", "2:1", "A colon is missing"),
        ("a: 1\nyear：2026\n# remark\nc: 2\n", "2:1", "A colon is missing"),
        ("a: 'x\nb: 2\n", "3:1", "The quotation mark opened in line 1 is not closed. Close it."),
        ("a: {b: 1,, c: 2}\n", "1:10", "A value is missing here"),
        ("a: - b\n", "1:4", "A list with dashes must begin on a new line."),
        ("a: |x\n b\n", "1:5", "This cannot be read as YAML"),
    ],
)
def test_broken_syntax_is_one_flaw_with_its_place_and_usual_cause(content: str, place: str, said: str) -> None:
    chinese, english = refused(content)

    assert english.startswith(f"t.yaml:{place}: {said}")
    assert chinese.startswith(f"t.yaml:{place}: ")


def test_a_backslash_in_double_quotes_is_told() -> None:
    assert refused('a: "C:\\data"\n')[0].endswith("双引号内的反斜杠“\\”有特殊含义，请改用单引号。")


def test_a_full_width_colon_near_the_break_is_told() -> None:
    chinese, english = refused("id：air\ntitle: x\n")

    assert chinese.endswith("键后的冒号是全角“：”，请改为半角并空一格。")
    assert english.endswith(" The colon after the key is full-width. Use a plain colon and a space.")


def test_a_full_width_colon_in_a_title_is_nobodys_fault() -> None:
    assert "full-width" not in refused("title: 大气：浓度\nid: [a\n")[1]


NOT_UTF8 = "文件编码不是UTF-8{}，请另存为UTF-8编码后再试。"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id: a\ntitle: 大气污染\n".encode("gb18030"), "2: " + NOT_UTF8.format("（可能是GBK或GB18030）")),
        ("id: a\ntitle: café\n".encode("latin-1"), "2: " + NOT_UTF8.format("")),
        ("id: a\n".encode("utf-16"), "1: " + NOT_UTF8.format("（可能是UTF-16）")),
        (b"id: a\ntitle: x\x07y\n", "2:9: 此处有不可显示的字符U+0007，请删除。"),
        (b"a: 1\0", "1:5: 此处有不可显示的字符U+0000，请删除。"),
    ],
)
def test_other_encodings_and_stray_characters_are_told_with_their_line(content: bytes, told: str) -> None:
    assert refused(content)[0] == f"t.yaml:{told}"
