"""YAML files as plain trees of text whose every part knows its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assess.core.flaws import Flaw, ValidationError
from assess.core.schema import MISSING_KEY, UNKNOWN_KEY
from assess.core.sources import TextPosition
from assess.core.text import Text
from assess.files.placed_trees import PlacedTree
from assess.files.yaml_files.trees import MAX_VALUES, read_yaml, yaml_tree

LOADERS = [yaml.BaseLoader, *([yaml.CBaseLoader] if yaml.__with_libyaml__ else [])]
SHEET = Path(__file__).parents[2] / "rules/chaoyang-2026/rule-sheet.yaml"


def read(text: str) -> PlacedTree:
    """The tree of a text, the same from every parser there is."""
    first, *others = [yaml_tree("t.yaml", text.encode(), loader) for loader in LOADERS]
    assert all(told(other.flaws) == told(first.flaws) and other.tree == first.tree for other in others)
    return first


def told(flaws: tuple[Flaw, ...]) -> list[str]:
    """What the flaws say in English; in Chinese they say something too."""
    assert all(flaw.localized("zh").strip() for flaw in flaws)
    return [flaw.localized("en") for flaw in flaws]


def refused(text: str) -> list[str]:
    """Why a text cannot be read at all."""
    reasons = []
    for loader in LOADERS:
        with pytest.raises(ValidationError) as caught:
            yaml_tree("t.yaml", text.encode(), loader)
        reasons.append(told(caught.value.flaws))
    assert all(each == reasons[0] for each in reasons)
    return reasons[0]


def test_every_value_is_text_exactly_as_written() -> None:
    numbers = ["0.53", "010", "1e3", "2026", "2026-01-01", "30%", "2/3", ".inf", "1_000", "0x1F", "12:30:45"]
    words = ["no", "Yes", "true", "<<", "=", "NaN"]

    assert read(f"a: [{', '.join(numbers + words)}]\n").tree == {"a": numbers + words}
    assert read("".join(f"{word}: {number}\n" for word, number in zip(words, numbers, strict=False))).tree == dict(
        zip(words, numbers, strict=False)
    )


def test_a_null_is_blank_unless_it_stands_in_quotes() -> None:
    assert read("a:\nb: ~\nc: null\nd: 'null'\ne: ''\nf: [~, '~']\n").tree == {
        "a": "", "b": "", "c": "", "d": "null", "e": "", "f": ["", "~"],
    }  # fmt: skip


def test_a_byte_order_mark_and_any_line_ends_are_understood() -> None:
    assert read("\ufeffid: a\r\ntitle: 大气\r\n").tree == {"id": "a", "title": "大气"}


def test_every_value_and_every_key_has_its_line_and_column() -> None:
    placed = read("id: air\nitems:\n  - id: dust\n    lines: [{figure: sites, per: 1}, x]\n")

    assert placed.places == {
        (): TextPosition("t.yaml", 1, 1),
        ("id",): TextPosition("t.yaml", 1, 5),
        ("items",): TextPosition("t.yaml", 3, 3),
        ("items", 0): TextPosition("t.yaml", 3, 5),
        ("items", 0, "id"): TextPosition("t.yaml", 3, 9),
        ("items", 0, "lines"): TextPosition("t.yaml", 4, 12),
        ("items", 0, "lines", 0): TextPosition("t.yaml", 4, 13),
        ("items", 0, "lines", 0, "figure"): TextPosition("t.yaml", 4, 22),
        ("items", 0, "lines", 0, "per"): TextPosition("t.yaml", 4, 34),
        ("items", 0, "lines", 1): TextPosition("t.yaml", 4, 38),
    }
    assert placed.keys[("items", 0, "lines")] == TextPosition("t.yaml", 4, 5)


def test_a_flaw_stands_at_its_value_an_unknown_key_at_the_key_a_missing_key_at_its_node() -> None:
    placed = read("figures:\n  pm25: {title: x, knid: number}\n")
    figure = ("figures", "pm25")

    assert [
        placed.located(flaw).where
        for flaw in (
            Flaw((*figure, "title"), Text.same("wrong")),
            Flaw((*figure, "knid"), UNKNOWN_KEY, {"key": "knid", "hint": ""}),
            Flaw(figure, MISSING_KEY, {"key": "kind"}),
            Flaw((*figure, "kind", 3), Text.same("not there")),
            Flaw((), MISSING_KEY, {"key": "year"}),
        )
    ] == [TextPosition("t.yaml", *at) for at in ((2, 17), (2, 20), (2, 9), (2, 9), (1, 1))]


def test_a_key_twice_is_a_flaw_at_the_second() -> None:
    assert told(read("id: a\nyear: 2026\nid: b\nitems: [{x: 1, x: 2}]\n").flaws) == [
        "t.yaml:3:1: The key id appears twice, first in line 1. Keep one.",
        "t.yaml:4:16: The key x appears twice, first in line 4. Keep one.",
    ]


@pytest.mark.parametrize("expression", ["if(a, b, c)", "min(a,b) > 3", "kind in (x, y)", "max(if(a, b , c), 1)"])
def test_an_expression_with_a_comma_in_braces_is_told_to_need_quotes_once(expression: str) -> None:
    placed = read("- {id: a, where: " + expression + ", title: x}\n- {id: b, when: " + expression + "}\n")

    assert placed.tree == [{"id": "a", "where": expression, "title": "x"}, {"id": "b", "when": expression}]
    told_of = f'An expression or text with a comma inside {{…}} must be in quotes: "{expression}"'
    assert told(placed.flaws) == [f"t.yaml:1:18: {told_of}", f"t.yaml:2:17: {told_of}"]


def test_quotes_around_the_expression_are_those_it_does_not_hold() -> None:
    assert told(read('{a: if(kind == "street", b, c)}\n').flaws) == [
        "t.yaml:1:5: An expression or text with a comma inside {…} must be in quotes: 'if(kind == \"street\", b, c)'"
    ]


def test_a_word_without_colon_and_value_in_braces_is_told() -> None:
    assert told(read("{a: [1, 2], b, c: , d : }\n").flaws) == [
        "t.yaml:1:13: b has no colon and value. Add them, or put a text with a comma in quotes."
    ]


def test_a_billion_laughs_are_refused_unexpanded_with_one_flaw_a_line() -> None:
    lines = ["a0: &a0 [ha, ha]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9))]

    assert told(read("\n".join(lines)).flaws) == [
        f"t.yaml:{line}:5: References with & and * cannot be used. Write the contents out." for line in range(1, 10)
    ]


def test_tags_and_further_documents_are_refused() -> None:
    assert told(read("a: !!python/object:os.system x\nb: !x [1]\n--- {}\n").flaws) == [
        "t.yaml:1:4: Type tags with ! cannot be used. Write the plain value.",
        "t.yaml:2:4: Type tags with ! cannot be used. Write the plain value.",
        "t.yaml:3:1: The file contains several documents (---). Keep one.",
    ]


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "{{a: b}: c}\n", "a: {[x]: y}\n"])
def test_a_key_that_is_no_text_ends_the_reading(text: str) -> None:
    assert [reason.split(": ", 1)[1] for reason in refused(text)] == [
        "The key here is not text. Check brackets and indentation."
    ]


@pytest.mark.parametrize("text", ["", " \n", "# nothing\n", "---\n", "~\n"])
def test_a_file_that_says_nothing_is_told_so(text: str) -> None:
    assert refused(text) == ["t.yaml: The file has only blank lines and comments. Select the right file."]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_without_end_is_refused(opening: str) -> None:
    assert len(refused(opening * 10_000)) == 1


def test_forty_levels_are_read() -> None:
    tree: Any = "x"
    for _ in range(40):
        tree = [tree]

    assert read(json.dumps(tree)).tree == tree


def test_more_values_than_any_sheet_has_are_refused_at_once() -> None:
    assert refused("- x\n" * (MAX_VALUES + 1)) == [
        f"t.yaml:{MAX_VALUES}:3: The file contains more than {MAX_VALUES} values. Check that it is the right one."
    ]


def test_of_very_many_flaws_the_first_hundred_are_told() -> None:
    reasons = refused("a: 1\n" * 500)

    assert len(reasons) == 101
    assert reasons[-1] == "t.yaml: There are more errors. Correct those listed first."


def test_what_an_escape_smuggles_in_is_refused_where_no_workbook_could_hold_it() -> None:
    assert told(read('a: "x\\x07"\nb: "\\t\\n fine"\n"\\e": c\n').flaws) == [
        "t.yaml:1:4: There is a character here that cannot be shown (U+0007). Delete it.",
        "t.yaml:3:1: There is a character here that cannot be shown (U+001B). Delete it.",
    ]


def test_ten_megabytes_a_folder_an_empty_and_a_missing_file_are_one_flaw_each(tmp_path: Path) -> None:
    (tmp_path / "huge.yaml").write_bytes(b"a: 1\n" * 2_000_000)
    (tmp_path / "empty.yaml").touch()

    for name in ("huge.yaml", "empty.yaml", "none.yaml", "."):
        with pytest.raises(ValidationError) as caught:
            read_yaml(tmp_path / name)
        assert len(caught.value.flaws) == 1


scalars = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t ,:#-?[]{}\"'\\%&*!|>@`~")
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(scalars.filter(bool), inner, max_size=4),
    max_leaves=20,
)


@given(trees.filter(lambda tree: tree != ""))
def test_quoted_text_comes_back_as_it_went_in_and_everything_is_placed(tree: Any) -> None:
    placed = read(json.dumps(tree, ensure_ascii=False))

    assert placed.tree == tree
    assert placed.flaws == ()
    assert set(placed.places) == set(paths(tree))


def paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value of a tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(each for name, value in inner for each in paths(value, (*path, name)))]


@pytest.mark.parametrize("loader", LOADERS)
@given(st.binary(max_size=200) | st.text("a:-? {}[],&*!|>'\"%@`#\n\t~.\\x", max_size=60).map(str.encode))
def test_whatever_a_file_holds_it_is_a_tree_or_flaws_in_both_languages(loader: Any, content: bytes) -> None:
    try:
        flaws = yaml_tree("t.yaml", content, loader).flaws
    except ValidationError as flawed:
        flaws = flawed.flaws
        assert flaws
    assert all(flaw.localized(language).startswith("t.yaml") for flaw in flaws for language in ("zh", "en"))


@given(st.data())
def test_a_sheet_damaged_anywhere_is_a_tree_or_flaws(data: st.DataObject) -> None:
    text = SHEET.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 50, len(text))))
    damaged = text[:start] + data.draw(st.text("a:-? {}[],&*!|>'\"%#\n\t~", max_size=5)) + text[end:]
    try:
        yaml_tree("t.yaml", damaged.encode())
    except ValidationError as flawed:
        assert all(flaw.localized("zh") and flaw.localized("en") for flaw in flawed.flaws)
