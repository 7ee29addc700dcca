from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assess.core.rules.sheet import RuleSheet, digest_of, read_sheet, tree_of
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_reader import read_book
from assess.files.rule_sheets.book_writer import write_book
from assess.files.rule_sheets.yaml_writer import write_yaml
from assess.files.yaml_files.trees import read_yaml
from tests.files.rule_sheets.generated import FULL_SHEETS, SHEETS
from tests.rounds import examples

SHIPPED = sorted(Path(__file__).parents[3].glob("rules/*/rule-sheet.yaml"))
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
with_every_key = settings(in_one_folder, suppress_health_check=list(HealthCheck))
"""A tree with every key is large by its nature."""


def a_sheet(tree: dict[str, Any]) -> RuleSheet:
    """The sheet that a tree describes without a flaw."""
    flaws: list[Any] = []
    sheet = read_sheet(tree, flaws)
    assert [flaw.localized("en") for flaw in flaws] == []
    return sheet


def both_ways(sheet: RuleSheet, folder: Path) -> list[str]:
    """The digest as given, and after each step from YAML to a workbook and back; trees are compared on the way."""
    write_yaml(sheet, folder / "a.yaml")
    from_yaml = read_yaml(folder / "a.yaml")
    write_book(a_sheet(from_yaml.tree), folder / "b.xlsx", "en")
    write_book(a_sheet(from_yaml.tree), folder / "z.xlsx", "zh")
    from_book, in_chinese = read_book(folder / "b.xlsx"), read_book(folder / "z.xlsx")
    assert (from_yaml.flaws, from_book.flaws, in_chinese.flaws) == ((), (), ())
    assert from_yaml.tree == from_book.tree == tree_of(sheet) == tree_of(a_sheet(in_chinese.tree))
    write_yaml(a_sheet(from_book.tree), folder / "c.yaml")
    assert read_yaml(folder / "c.yaml").tree == from_yaml.tree
    return [digest_of(each) for each in (sheet, *map(a_sheet, (from_yaml.tree, from_book.tree, in_chinese.tree)))]


@given(tree=SHEETS)
@settings(in_one_folder, max_examples=examples(60))
def test_a_sheet_says_the_same_in_yaml_and_in_a_workbook(tree: dict[str, Any], tmp_path: Path):
    assert len(set(both_ways(a_sheet(tree), tmp_path))) == 1


@given(tree=FULL_SHEETS)
@settings(with_every_key, max_examples=10)
def test_a_sheet_with_every_key_says_the_same_in_both_forms(tree: dict[str, Any], tmp_path: Path):
    assert len(set(both_ways(a_sheet(tree), tmp_path))) == 1


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_the_shipped_sheets_say_the_same_in_both_forms(path: Path, tmp_path: Path):
    loaded = load_sheet(path)
    assert loaded.flaws == ()
    assert len(set(both_ways(loaded.sheet, tmp_path))) == 1
    assert (tmp_path / "c.yaml").read_bytes() == (tmp_path / "a.yaml").read_bytes()


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path):
    sheet = load_sheet(SHIPPED[0]).sheet
    for name in ("a", "b"):
        write_book(sheet, tmp_path / f"{name}.xlsx")
        write_yaml(sheet, tmp_path / f"{name}.yaml")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()


def test_what_only_explains_stands_in_both_forms_and_leaves_no_trace_where_left_out(tmp_path: Path):
    plain = tree_of(load_sheet(SHIPPED[0]).sheet)
    explained = deepcopy(plain)
    words = {"zh": "说明文字", "en": "Words"}
    explained |= {"issued_by": words, "issued_on": "2026-01-15"}
    next(iter(explained["figures"].values())).update({"counting": words, "example": words, "proof": words})
    explained["items"][0]["text"] = words
    assert len(set(both_ways(a_sheet(explained), tmp_path))) == 1
    assert not {"text", "counting", "example", "proof", "issued_by", "issued_on"} & keys_in(plain)


def keys_in(tree: Any) -> set[str]:
    """Every key of a tree, at any depth."""
    if isinstance(tree, dict):
        return set(tree).union(*map(keys_in, tree.values()))
    return set().union(*map(keys_in, tree)) if isinstance(tree, list) else set()
